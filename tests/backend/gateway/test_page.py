"""What a browser sees can be read: by day and by night, every word stands out from what is behind it."""

from __future__ import annotations

import re

import pytest

from backend.gateway.page import note, page
from backend.gateway.settings_page import settings_page

TEXT = ("ink", "faint", "soft", "good", "bad", "from", "to")
BEHIND = ("ground", "card", "field", "chip")
LEAST = 4.5
"""WCAG 2.2, 1.4.3: contrast (minimum)"""


def palettes(html: str) -> list[dict[str, str]]:
    """The colours by day, and those by night."""
    blocks = re.findall(r":root\s*{([^}]*)}", html)
    by_day, by_night = (dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{3,6})", block)) for block in blocks)
    return [by_day, {**by_day, **by_night}]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("html", [settings_page()[0], page(well=True, guest=False)], ids=["settings", "root"])
@pytest.mark.parametrize("night", [False, True])
def test_words_stand_out(html: str, night: bool) -> None:
    """Every colour of words, on every ground that it may stand on."""
    colours = palettes(html)[night]
    pairs = [(word, ground) for word in TEXT for ground in BEHIND if word in colours and ground in colours]
    pairs += [("on-fill", "fill"), ("ink", "warn-ground")] if "fill" in colours else []
    # the name in its colours stands on the ground and on a card alone
    pairs = [(word, ground) for word, ground in pairs if word not in ("from", "to") or ground in ("ground", "card")]
    low = {pair: contrast(*(colours[name] for name in pair)) for pair in pairs}
    assert {pair: round(ratio, 2) for pair, ratio in low.items() if ratio < LEAST} == {}


def test_a_note_is_text() -> None:
    """Whatever it says."""
    assert "&lt;b&gt;" in note("<b>", "")
