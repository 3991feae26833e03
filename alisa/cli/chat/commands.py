"""What a line that the user typed means: words for her, or a command of the chat.

Pure. How a command is carried out is not known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches

from alisa.cli.quiet import minutes
from alisa.runtime.errors import UsageError

MAX_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Speak:
    """Words for her."""

    text: str


@dataclass(frozen=True, slots=True)
class ChangeMode:
    """Change the mode; None: show which there are."""

    mode: str | None


@dataclass(frozen=True, slots=True)
class Help:
    """Show what can be typed."""


@dataclass(frozen=True, slots=True)
class NewConversation:
    """Go to another conversation; None: to a fresh one."""

    name: str | None


@dataclass(frozen=True, slots=True)
class ShowHistory:
    """Show the latest messages again."""

    count: int


@dataclass(frozen=True, slots=True)
class BeQuiet:
    """She shall not speak up by herself for so long; 0 ends it."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Why:
    """Tell why she is silent, and why she spoke up."""


@dataclass(frozen=True, slots=True)
class Quit:
    """Leave."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A command that cannot be carried out, and what would be right."""

    message: str
    hint: str


Command = Speak | ChangeMode | Help | NewConversation | ShowHistory | BeQuiet | Why | Quit | Mistake


@dataclass(frozen=True, slots=True)
class Row:
    """One command, as `/help` and the completion show it."""

    name: str
    argument: str
    summary: str


ROWS: tuple[Row, ...] = (
    Row("/mode", "[name]", "how she talks: show the modes, or change to one"),
    Row("/new", "[name]", "another conversation: a fresh one, or the one with that name"),
    Row("/history", "[n]", "what was said last"),
    Row("/quiet", "[2h]", "she does not speak up by herself for a while, or until 6pm (off ends it)"),
    Row("/why", "", "why she is silent, and why she said what she said by herself"),
    Row("/help", "", "this list"),
    Row("/quit", "", "leave"),
)


def after_leaving(*, she_stays: bool) -> str:
    """What becomes of her when the user leaves: `up --chat` puts her to sleep again."""
    return "she keeps running" if she_stays else "she goes to sleep"


_COMMAND = re.compile(r"/([a-z]+)(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)
_HINT = "Type /help to see the commands; begin with // to say something that starts with a slash."


def parse(line: str, now: datetime | None = None) -> Command | None:
    """What the line means, typed now; None for an empty one. A path such as `/etc/hosts` is words, and so is `//x`
    (as `/x`)."""
    text = line.strip()
    if not text:
        return None
    if text.startswith("//"):
        return Speak(text[1:])
    match = _COMMAND.fullmatch(text)
    if match is None:
        return Speak(text)
    word, argument = match[1].lower(), (match[2] or "").strip()
    match word:
        case "mode":
            return ChangeMode(argument or None)
        case "new":
            return NewConversation(argument or None)
        case "help":
            return Help()
        case "quit" | "exit" | "bye":
            return Quit()
        case "why":
            return Why()
        case "history":
            return _history(argument)
        case "quiet" | "snooze":
            return _quiet(argument, now or datetime.now(UTC))
        case _:
            return _unknown(word)


def _history(argument: str) -> Command:
    if not argument:
        return ShowHistory(20)
    if not re.fullmatch(r"[0-9]{1,9}", argument) or not 1 <= int(argument) <= MAX_SHOWN:
        return Mistake(f"{argument} is not a number from 1 to {MAX_SHOWN}.", "For example: /history 20")
    return ShowHistory(int(argument))


def _quiet(argument: str, now: datetime) -> Command:
    if not argument:
        return BeQuiet(30)
    try:
        return BeQuiet(minutes(argument, now))
    except UsageError as error:
        return Mistake(error.message, "For example: /quiet 30, /quiet until 6pm")


def _unknown(word: str) -> Mistake:
    near = get_close_matches(f"/{word}", [row.name for row in ROWS], n=1)
    guess = f"Did you mean {near[0]}? " if near else ""
    return Mistake(f"There is no command /{word}.", guess + _HINT)


def completions(text: str, modes: list[str]) -> list[tuple[str, str, int]]:
    """What may stand in place of the text before the cursor: the completed word, its meaning, and how many
    characters it replaces."""
    if text.startswith("/mode "):
        begun = text.removeprefix("/mode ").lstrip()
        return [(mode, "", len(begun)) for mode in modes if mode.startswith(begun)]
    if not re.fullmatch(r"/[a-z]*", text):
        return []
    return [(row.name, row.summary, len(text)) for row in ROWS if row.name.startswith(text)]
