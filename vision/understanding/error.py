"""An error as it was found in the words of a window, and how its parts are read although the reader slipped. Pure.

The text comes from a picture: a one may be an `l`, a nought an `O`, a full stop a comma, quotation marks of any
kind, and a long line may be broken in two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMBER = r"[0-9OoQlI|Z]{1,7}"
"""A line's number, as it may be misread."""
LINE = r"[l1I|!]ine"
OPEN, CLOSE = (r"[\"'\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb`*\u2033]{1,2}",) * 2
"""Any quotation mark, and two single ones for a double."""
START = r"(?m:^)[ \t|\u2502\u2503]*"
"""The beginning of a line, and the frame of a window that may be read as a letter."""
PATH = r"(?:[A-Za-z]:)?[^\s:\"'()\[\]<>|,;*?]{1,240}"

_COLON = re.compile(r"(?<!\(\?)(?<![\\[]): (?![*+?{])")
_STARS = re.compile(r"(?:\\\*){3}")
_ENDINGS = r"py|[cm]?js|jsx|tsx?|java|kts?|cpp|rs|cs|go|rb|php|vue"


def soft(pattern: str, flags: int = re.MULTILINE) -> re.Pattern[str]:
    """The pattern, with its punctuation as it may be read: a colon as its like and without the space, stars as any."""
    return re.compile(_STARS.sub("[*<+«»]{1,4}", _COLON.sub("[:;.] ?", pattern)), flags)


_READ = str.maketrans("OoQlI|Z", "0001112")
MOST_MESSAGE_CHARS = 2000
MOST_LINE = 10_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """An error that the window shows."""

    kind: str
    """the language or the tool: `python`, `shell`, `dialog`, …"""
    message: str
    file: str = ""
    """as it is written there; empty: none is named"""
    line: int | None = None
    at: int = 0
    """where in the text it begins; the last one counts"""
    sums_up: bool = False
    """It only says that something before it went wrong."""


def number(text: str | None) -> int | None:
    """The number that this is meant to be; None: it is none that a line can have."""
    read = (text or "").translate(_READ)
    value = int(read) if read.isdigit() else 0
    return value if 0 < value <= MOST_LINE else None


def path(text: str | None) -> str:
    """The name of the file that this is meant to be: breaks of lines are none of its own, nor is a comma its dot."""
    whole = re.sub(r"\s*[\r\n]+\s*", "", text or "").strip().strip("\"'`")
    whole = re.sub(r"^file\w?:?//+(?=[A-Za-z]:)|^file\w?:?/+(?=/)", "", whole)
    whole = re.sub(r"(^|[/\\])s[rft][ceo](?=[/\\])", r"\1src", whole)  # the commonest folder, and what it is read as
    whole = (
        re.sub(rf"(?<=[A-Za-z0-9_])({_ENDINGS})$", r".\1", whole) if not re.search(r"[.,]\w{1,5}$", whole) else whole
    )
    return re.sub(r"[,\u00b7](?=[A-Za-z]{1,5}$)|(?<=[A-Za-z0-9_]) ?\. ?(?=[A-Za-z]{1,5}$)", ".", whole).replace(
        " .", "."
    )


def sentence(text: str | None) -> str:
    """A message on one line, not too long."""
    whole = " ".join((text or "").split()).strip(" |")
    return whole if len(whole) <= MOST_MESSAGE_CHARS else whole[: MOST_MESSAGE_CHARS - 1].rstrip() + "…"
