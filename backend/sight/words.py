"""What is seen, in the few words that the model is told: an application, a title, a presence; never the screen's words.

Pure. The starter model is trained on these very words. Titles are foreign text: they are cut, and what looks like a
secret is taken out once more, though the eyes have done so already.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from itertools import takewhile

from alisa.protocol.tags import Attention, Presence
from alisa.protocol.text import made_whole
from backend.sight.seen import Error, Report, Seen

MOST_CHARS = 90
_TITLE_CHARS = 60
_FILE_CHARS = 48
OLD_AFTER = timedelta(minutes=10)
"""From this age on it is said how old something is."""

_SECRET = re.compile(
    r"\S+@\S+\.\S+"  # an address
    r"|(?:\d[ -]?){12,19}"  # a card, an account
    r"|\b(?=\S*\d)(?=\S*[A-Za-z])[\w+/=-]{20,}"  # a key, a token
    r"|(?i:\b(?:password|passwort|passwd|token|secret|key)\b\s*[:=]\s*\S+)"
)
_SEPARATOR = re.compile(r"\s+[-–—|·•]\s+")  # noqa: RUF001 - dashes of many kinds stand in titles
_MODIFIED = re.compile(r"^\s*[●•*]\s*|\s*(\*|\[\+\]|\(modified\))\s*$")
_FILE_NAME = re.compile(r"[\w][\w .()+@-]{0,60}\.[A-Za-z][A-Za-z0-9]{0,8}")
_GAMES = "gaming"


def webcam(seen: Seen, now: datetime) -> str:
    """What the webcam tells of the user; empty: nothing."""
    if seen.face is None:
        return ""
    if seen.presence is Presence.ABSENT:
        words = "the user is absent"
    elif seen.attention is Attention.DISTRACTED:
        words = "the user looks away"
    elif seen.attention is Attention.FOCUSED:
        words = "the user looks focused"
    else:
        words = "the user is present"
    return words + _age(seen.face, now)


def screen(seen: Seen, now: datetime) -> str:
    """What the user has before them; empty: nothing."""
    report = seen.screen
    if report is None:
        return ""
    app = _tidy(report.text("app"), 40)
    error = seen.error
    subject = "an error on the screen" if error is not None else _subject(report)
    if error is not None and (where := place(error)):
        subject += f" in {where}"
    if not app and not subject:
        return ""
    if report.text("task") == _GAMES and app and error is None:
        return f"the game {app}"[:MOST_CHARS] + _age(report, now)
    return ", ".join(part for part in (app, subject) if part)[:MOST_CHARS] + _age(report, now)


def place(error: Error) -> str:
    """The file and the line of an error: `main.py, line 42`; empty where no file is known.

    A file name is foreign text: only what looks like one is passed on.
    """
    file = error.file.replace("\\", "/").rpartition("/")[2].strip()
    if not _FILE_NAME.fullmatch(file) or len(file) > _FILE_CHARS or _SECRET.search(file):
        return ""
    return file if error.line is None else f"{file}, line {error.line}"


def is_modified(title: str) -> bool:
    """Whether a title says that its document is not saved."""
    return bool(_MODIFIED.search(title)) or "●" in title[:3]


def spoken_age(age: timedelta) -> str:
    """`20 minutes`, `an hour`, `3 hours`."""
    minutes = round(age.total_seconds() / 60)
    if minutes < 2:
        return "a minute"
    if minutes < 55:
        return f"{minutes} minutes"
    hours = round(minutes / 60)
    return "an hour" if hours <= 1 else f"{hours} hours"


def _subject(report: Report) -> str:
    """What the window is about: its title without the name of the application."""
    app = report.text("app").casefold()
    parts = _SEPARATOR.split(report.text("window")[:500])
    kept = list(takewhile(lambda part: not app or part.casefold() not in app, parts)) or parts[:1]
    title = _tidy(_MODIFIED.sub("", kept[0]) if kept else "", _TITLE_CHARS)
    return "" if title.casefold() == app else title


def _tidy(text: str, most: int) -> str:
    visible = "".join(char if char.isprintable() else " " for char in made_whole(text[:500]))
    line = _SECRET.sub("…", " ".join(visible.split()))
    return line if len(line) <= most else line[: most - 1] + "…"


def _age(report: Report, now: datetime) -> str:
    age = now - report.at
    return f", for {spoken_age(age)}" if age >= OLD_AFTER else ""
