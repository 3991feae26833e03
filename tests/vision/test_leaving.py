"""What of the screen leaves the eyes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alisa.protocol.sight import SightScreen
from vision.desktop.window import TOLD_TITLE
from vision.leaving import MOST_TEXT, leaving
from vision.privacy import redact

KEY = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD"


def test_secrets_stay_here_wherever_they_stand() -> None:
    """In the title, the text, the error and its file."""
    told = leaving(
        SightScreen(window=f"{KEY} - Editor", text=f"OPENAI_API_KEY={KEY}\n", error_message=f"401 {KEY}", offer=KEY),
        redact,
    )
    assert KEY not in str(told)


def test_a_secret_is_found_before_it_is_cut() -> None:
    """Half a key would look like none."""
    told = leaving(SightScreen(text=("x" * 30 + "\n") * 200 + KEY + "\n" + "y" * (MOST_TEXT - 20)), redact)
    assert KEY[-20:] not in told.text


def test_the_newest_of_a_long_text_is_told() -> None:
    """From the start of a line on."""
    told = leaving(SightScreen(text="\n".join(f"line {number}" for number in range(2000))), redact)
    assert len(told.text) <= MOST_TEXT
    assert told.text.startswith("line ")
    assert told.text.endswith("line 1999")


@given(st.text(max_size=30_000), st.text(max_size=2_000))
def test_nothing_is_long(title: str, text: str) -> None:
    """Whatever the window is called."""
    told = leaving(SightScreen(window=title, text=text, error_message=title), str)
    assert len(told.window) <= TOLD_TITLE
    assert len(told.text) <= MOST_TEXT
    assert len(told.error_message) <= 400
