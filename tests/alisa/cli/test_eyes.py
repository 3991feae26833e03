"""`alisa eyes`: which are open, without a hub to ask."""

from __future__ import annotations

import json

import pytest

from alisa.cli import eyes
from tests.alisa.cli.conftest import Alisa


def test_both_are_closed_at_first(alisa: Alisa) -> None:
    """And it is said how one is opened."""
    out = alisa("eyes").out
    assert "webcam  closed" in out
    assert "alisa eyes open screen" in out


def test_opening_and_closing(alisa: Alisa) -> None:
    """One by its name, both without; what is set is what is shown."""
    assert "The screen eye is open." in alisa("eyes", "open", "screen").out
    shown = json.loads(alisa("eyes", "--json").out)
    assert (shown["screen"]["wanted"], shown["webcam"]["wanted"]) == (True, False)
    assert shown["screen"]["state"] == "not running"
    alisa("eyes", "open")
    assert json.loads(alisa("eyes", "--json").out)["webcam"]["wanted"]
    alisa("eyes", "close")
    assert not json.loads(alisa("eyes", "--json").out)["screen"]["wanted"]


def test_an_eye_that_is_none(alisa: Alisa) -> None:
    """Is wrong use."""
    assert alisa("eyes", "open", "nose").code == 2


def test_what_they_saw_is_shown(alisa: Alisa, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the state and the note that the process told."""
    told = {
        "eyes": {
            "eyes": "open", "eyes_webcam": "away", "eyes_screen": "open", "eyes_note": "There is no camera.",
            "eyes_screen_since": "2026-11-29T10:00:00+00:00",
        },
        "seen": {"screen": {"app": "Code", "task": "coding", "error_kind": "python"}},
    }  # fmt: skip
    monkeypatch.setattr(eyes, "_told", lambda: told)
    out = alisa("eyes").out
    assert "screen  open since " in out
    assert "saw Code, coding, with an error (python)" in out
    assert "! There is no camera." in out
