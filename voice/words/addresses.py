# ruff: noqa: RUF001 (punctuation and letters that look alike are what is told apart here)
"""Links, e-mail addresses and paths: nobody wants to hear them letter by letter.

A link is said by its host, a path by its last part. The dots in what is left are said elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from voice.words.aligned import Pass, Replacement, in_order, rule

_TRAILING = ".,;:!?)]}'\"*_~»”’"
"""What ends the sentence rather than the link."""
_ENDINGS = (
    "com|org|net|io|dev|ai|app|edu|gov|co|uk|de|fr|jp|eu|us|ca|au|ch|nl|se|no|es|it|info|me|tv|gg|xyz|tech|cloud|site"
)
_HOST = rf"(?:[a-z0-9-]{{1,63}}\.){{1,5}}(?:{_ENDINGS})"
_START = r"(?<![^\s(\"'\[])"
"""a path begins a word"""
_FILE = r"\.?\w[\w.+@-]{0,80}"
_HOST_OF = re.compile(r"(?:[a-z]{2,9}://)?(?:[^/?#\s@]{1,64}@)?([^/?#\s:]*)", re.IGNORECASE)
_WWW = re.compile(r"\A(?:www\.)+", re.IGNORECASE)
_WORDS_OF_FILE = re.compile(r"[_-]+")


def file_words(name: str) -> str:
    """The name of a file or an identifier as words: "max_tokens.py" → "max tokens dot py"."""
    words = _WORDS_OF_FILE.sub(" ", name.strip("./\\~"))
    return re.sub(r"(?<=\w)\.(?=\w)", " dot ", words).strip()


def _link_with(lead: str) -> Callable[[re.Match[str]], Replacement]:
    """What is said for a link: the lead, if any, and the name of its host."""

    def link(match: re.Match[str]) -> Replacement:
        whole = match[0].rstrip(_TRAILING)
        found = _HOST_OF.match(whole)
        host = _WWW.sub("", found[1] if found else "")
        named = host if any(map(str.isalpha, host)) else ""
        words = f"{lead}link to {named}" if lead and named else named or f"{lead}link"
        return words + match[0][len(whole) :]

    return link


def _links(lead: str) -> Pass:
    link = _link_with(lead)
    return in_order(
        rule(r"<((?:https?|ftp|mailto):[^\s<>]{1,2000})>", [1]),
        rule(r"\bmailto:(?=\w)", ""),
        rule(r"\b(?:https?|ftp|wss?|file|ssh|git)://[^\s<>\"]+", link, re.IGNORECASE),
        rule(r"(?<![\w@./-])www\.[^\s<>\"]+", link, re.IGNORECASE),
        rule(rf"(?<![\w@./-]){_HOST}/[^\s<>\"]*", link),
    )


def _mail(match: re.Match[str]) -> Replacement:
    person = re.sub(r"[._+-]+", lambda m: " dot " if m[0] == "." else " ", match[1])
    return f"{person} at {match[2]}"


def _path(match: re.Match[str]) -> Replacement:
    whole = match[0].rstrip(_TRAILING)
    parts = [part for part in re.split(r"[/\\]", whole) if part.strip("~.")]
    words = file_words(parts[-1]) if parts else ""
    return f"{words}{match[0][len(whole) :]}" if words else None


links = _links("a ")
"""Links become "a link to" their host."""
foreign_links = _links("")
"""Links become the name of their host, in any language."""

mail = rule(r"(?<![\w.+-])([\w.+-]{1,64})@((?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,24})\b", _mail)
"""Addresses of e-mail are said with "at"."""

paths = in_order(
    rule(rf"{_START}[A-Za-z]:\\(?:[^\\/:*?\"<>|\s]{{1,80}}\\){{0,20}}(?:{_FILE})?", _path),
    rule(rf"{_START}(?:~|\.{{1,2}})?/(?:{_FILE}/){{0,20}}{_FILE}/?", _path),
    rule(rf"{_START}(?:{_FILE}/){{2,20}}{_FILE}(?![\w/])", _path),
    rule(rf"{_START}(?:[A-Za-z_][\w-]{{0,40}}/){{1,20}}[\w-]{{1,60}}\.[a-z]{{1,5}}\b(?!/)", _path),
)
"""Paths are said by the name of the file or folder that they end in."""
