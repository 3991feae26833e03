"""Whether a window may be looked at. Pure, and asked before anything is grabbed.

What is denied by default stays denied, whatever is allowed: an allow-list narrows, it never opens. What is not known
is not looked at. A reason never quotes the window.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from vision.privacy.denied import (
    BRACKETED,
    DENIED_APPS,
    DENIED_LETTERS,
    DENIED_TITLES,
    DENIED_WHOLE,
    MONEY_LETTERS,
    MONEY_TITLES,
    WORKSHOPS,
)  # fmt: skip

if TYPE_CHECKING:
    from vision.desktop.window import Window
    from vision.settings import VisionSettings

_PROGRAM_ENDINGS = (".exe", ".app", ".desktop", ".appimage")
_BRACKETED = re.compile(
    r"(?:[(\[\u3010]\s*(?:{words})\s*[)\]\u3011])|(?:[-\u2013\u2014|]\s*(?:{words})\s*$)".format(
        words="|".join(BRACKETED)
    )
)
_WORD = re.compile(r"[^\W_]+[+]*")
_WHOLE = frozenset(DENIED_WHOLE)
_INVISIBLE = frozenset({"Cf", "Cc"})


@dataclass(frozen=True, slots=True)
class Rules:
    """What the user allows and denies, beside what is always denied. Parts of names, however they are written."""

    allow_apps: tuple[str, ...] = ()
    """where there are any, nothing else is looked at"""
    deny_apps: tuple[str, ...] = ()
    deny_titles: tuple[str, ...] = ()

    @classmethod
    def from_settings(cls, settings: VisionSettings) -> Rules:
        """The rules that the settings ask for."""
        return cls(tuple(settings.allow_apps), tuple(settings.deny_apps), tuple(settings.deny_titles))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a window may be looked at; if not, `why` completes "not looked at: …" without quoting it."""

    allowed: bool
    why: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def may_look(window: Window | None, rules: Rules) -> Verdict:
    """May this window be grabbed and read? A window that nobody can name may not."""
    if window is None or not (window.app.strip() or window.title.strip()):
        return Verdict(False, "it is not known which window that is")
    app, title = _plain(_program(window.app)), _plain(window.title)
    app_words, title_words = _words(app), _words(title)
    for why, found in (
        *((why, _has(app_words, names)) for why, names in DENIED_APPS.items()),
        *((why, _has(title_words, names)) for why, names in DENIED_TITLES.items()),
        *((why, _holds(title, letters)) for why, letters in DENIED_LETTERS.items()),
        ("a password manager", title_words.strip() in _WHOLE),
        ("private browsing", _BRACKETED.search(title) is not None),
        ("Alisa herself", title_words == " alisa "),
        ("a bank or a payment", _is_about_money(app_words, title, title_words)),
        ("an application that you denied", _holds_any(app, app_words, rules.deny_apps)),
        ("a title that you denied", _holds_any(title, title_words, rules.deny_titles)),
    ):
        if found:
            return Verdict(False, why)
    if rules.allow_apps and not _holds_any(app, app_words, rules.allow_apps):
        return Verdict(False, "an application that you did not allow")
    return Verdict(True)


def _is_about_money(app_words: str, title: str, title_words: str) -> bool:
    if _has(app_words, WORKSHOPS):
        return False
    title_words = title_words.replace(" git checkout ", " ").replace(" actions checkout ", " ")
    return _has(title_words, MONEY_TITLES) or _holds(title, MONEY_LETTERS) or _has(app_words, MONEY_TITLES)


def _program(name: str) -> str:
    """The name of a program without its folder and its ending."""
    name = re.split(r"[\\/]", name.strip().rstrip("\\/"))[-1]
    for ending in _PROGRAM_ENDINGS:
        if name.casefold().endswith(ending):
            return name[: -len(ending)]
    return name


def _plain(text: str) -> str:
    """One way of writing: small letters, no accents apart from their letters, nothing that cannot be seen."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", "".join(c for c in folded if unicodedata.category(c) not in _INVISIBLE))


def _words(plain: str) -> str:
    """The words with one space around each."""
    return f" {' '.join(_WORD.findall(plain))} "


def _has(words: str, names: tuple[str, ...]) -> bool:
    return _pattern(names).search(words) is not None


@lru_cache(maxsize=32)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    wholes = [re.escape(_plain(name)) for name in names if not name.endswith("*")]
    beginnings = [re.escape(_plain(name[:-1])) for name in names if name.endswith("*")]
    parts = [f"(?:{'|'.join(wholes)})(?= )"] if wholes else []
    parts += [f"(?:{'|'.join(beginnings)})"] if beginnings else []
    return re.compile(f" (?:{'|'.join(parts)})")


def _holds(plain: str, letters: Iterable[str]) -> bool:
    close = plain.replace(" ", "")
    return any(_plain(each).replace(" ", "") in close for each in letters)


def _holds_any(plain: str, words: str, wished: Iterable[str]) -> bool:
    """Is one of these parts in the name, as it is written or word by word? An empty part is in nothing."""
    for part in wished:
        wanted = _plain(part).strip()
        if wanted and (wanted in plain or (_words(wanted).strip() and _words(wanted).strip() in words)):
            return True
    return False
