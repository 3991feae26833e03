"""What helps while typing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from alisa.cli.chat.typing_aids import CommandCompleter, PrivateHistory, mode_names
from alisa.runtime.paths import Home


def completed(home: Home, text: str) -> list[str]:
    completer = CommandCompleter(home)
    return [found.text for found in completer.get_completions(Document(text), CompleteEvent())]


def test_modes_are_those_that_ship_and_the_users_own(home: Home) -> None:
    """Each a file; the same name is one mode."""
    (home.modes / "pirate.toml").write_text("", encoding="utf-8")
    (home.modes / "calm.toml").write_text("", encoding="utf-8")
    assert mode_names(home) == ["calm", "pirate", "serious", "teasing"]
    assert completed(home, "/mode p") == ["pirate"]


def test_words_for_her_are_left_alone(home: Home) -> None:
    """Nothing is offered inside of a message, of one line or several."""
    assert completed(home, "hello /mo") == []
    assert completed(home, "/mode\nx") == []


def test_what_was_typed_is_kept_for_its_owner(tmp_path: Path) -> None:
    """Of several lines too, and for nobody else to read."""
    path = tmp_path / "typed"
    history = PrivateHistory(path)
    history.append_string("one\ntwo 😀")
    assert list(PrivateHistory(path).load_history_strings()) == ["one\ntwo 😀"]
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    """It is remembered for this chat alone."""
    history = PrivateHistory(tmp_path / "missing" / "typed")
    history.append_string("still here")
    assert history.get_strings() == ["still here"]


@pytest.mark.parametrize("text", ["/", "/h", "/mode ", "x"])
def test_completions_fit_the_place_of_the_cursor(home: Home, text: str) -> None:
    """Each replaces what was begun."""
    for found in CommandCompleter(home).get_completions(Document(text), CompleteEvent()):
        assert (text[: len(text) + found.start_position] + found.text).startswith("/")
