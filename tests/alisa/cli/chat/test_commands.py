"""What a typed line means."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alisa.cli.chat.commands import (
    ROWS,
    BeQuiet,
    ChangeMode,
    Command,
    Help,
    Mistake,
    NewConversation,
    Quit,
    ShowHistory,
    Speak,
    Why,
    completions,
    parse,
)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("", None),
        ("   ", None),
        ("  hello there \n", Speak("hello there")),
        ("two\nlines", Speak("two\nlines")),
        ("/etc/hosts is what?", Speak("/etc/hosts is what?")),
        ("/", Speak("/")),
        ("//mode is a command", Speak("/mode is a command")),
        ("/mode", ChangeMode(None)),
        ("/mode  my mode ", ChangeMode("my mode")),
        ("/MODE calm", ChangeMode("calm")),
        ("/help", Help()),
        ("/new", NewConversation(None)),
        ("/new work", NewConversation("work")),
        ("/history", ShowHistory(20)),
        ("/history 5", ShowHistory(5)),
        ("/quiet", BeQuiet(30)),
        ("/quiet 0", BeQuiet(0)),
        ("/quiet off", BeQuiet(0)),
        ("/quiet 45", BeQuiet(45)),
        ("/quiet 2h", BeQuiet(120)),
        ("/quiet for half an hour", BeQuiet(30)),
        ("/why", Why()),
        ("/quit", Quit()),
        ("/exit", Quit()),
    ],
)
def test_lines_and_their_meaning(line: str, command: Command | None) -> None:
    """Words are words, paths are words, two slashes say one; the rest are commands."""
    assert parse(line) == command


def test_quiet_until_a_time() -> None:
    """As long as it is until then, rounded up: never a minute too short."""
    now = datetime(2026, 11, 21, 20, 14, 30).astimezone()
    assert parse("/quiet until 22:00", now) == BeQuiet(106)


@pytest.mark.parametrize(
    "line",
    [
        "/history lots",
        "/history 0",
        "/history -1",
        "/quiet 99999999",
        "/quiet ٣",
        "/quiet soon",
        "/quiet 8d",
        "/mdoe",
        "/xyz",
    ],
)
def test_mistakes_say_what_would_be_right(line: str) -> None:
    """A wrong number or an unknown command is never sent to her as words."""
    command = parse(line)
    assert isinstance(command, Mistake)
    assert command.message
    assert command.hint


def test_a_near_miss_is_guessed() -> None:
    """/mdoe meant /mode."""
    command = parse("/mdoe calm")
    assert isinstance(command, Mistake)
    assert "Did you mean /mode?" in command.hint


@given(st.text())
def test_any_line_has_a_meaning(line: str) -> None:
    """Nothing that can be typed breaks the chat, and words are never empty."""
    command = parse(line)
    if isinstance(command, Speak):
        assert command.text.strip()


def test_every_command_in_the_list_works() -> None:
    """What /help promises, the chat understands."""
    assert not any(isinstance(parse(row.name), Speak | Mistake) for row in ROWS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/", [row.name for row in ROWS]),
        ("/h", ["/history", "/help"]),
        ("/mode ", ["calm", "teasing"]),
        ("/mode t", ["teasing"]),
        ("/new x", []),
        ("hello /h", []),
    ],
)
def test_completion(text: str, words: list[str]) -> None:
    """Commands at the start of the line, then modes; nothing inside of words."""
    found = completions(text, ["calm", "teasing"])
    assert [word for word, _, _ in found] == words
    assert all(text[len(text) - replaced :] == word[:replaced] for word, _, replaced in found)
