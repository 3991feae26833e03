"""Every letter of bubble and menu can be read."""

import pytest

from alisa.cli import look
from overlay.bubble import palette
from overlay.bubble.palette import BY_DAY, BY_NIGHT, Palette, contrast


def test_contrast_is_what_wcag_says() -> None:
    """Black on white is 21 to 1, a colour on itself 1 to 1, and a known grey 4.54 to 1."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#6d5bd0", "#6d5bd0") == 1
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colours", [BY_DAY, BY_NIGHT], ids=["day", "night"])
def test_every_pair_can_be_read(colours: Palette) -> None:
    """Letters and their ground differ by 4.5 to 1 at least, by day and by night."""
    for letters, ground in colours.pairs:
        assert contrast(letters, ground) >= 4.5, (letters, ground)


def test_the_terminal_and_the_desktop_share_their_colours() -> None:
    """One identity: what the terminal's palette names, the bubble's names with the same value."""
    for name in ("VIOLET", "LAVENDER", "INK", "NIGHT", "DAY", "WHITE", "AMBER"):
        assert getattr(palette, name) == getattr(look, name)
