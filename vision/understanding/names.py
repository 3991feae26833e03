"""Names in one way of writing, and tables of them: whole words, small letters. Pure.

A name in a table that ends with `*` is the beginning of a word, one of several words stands for them in a row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T", bound=str)
_ENDING = re.compile(r"\.(?:exe|app|desktop|appimage|bin)$")
_WORD = re.compile(r"[^\W_]+[+#]*")


def program(app: str) -> str:
    """The name of a program without its folder and its ending, as a person would write it."""
    name = re.split(r"[\\/]", app.strip().rstrip("\\/"))[-1]
    return _ENDING.sub("", name.casefold()) and name[: len(_ENDING.sub("", name.casefold()))]


def words(text: str) -> str:
    """The words of a name, with one space before and behind each."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def look_up(table: Mapping[T, tuple[str, ...]], text: str) -> T | None:
    """The first row with a name that stands in the text."""
    if not text.strip():
        return None
    found = words(text)
    return next((key for key, names in table.items() if _pattern(names).search(found)), None)


@lru_cache(maxsize=128)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    parts = [re.escape(name.rstrip("*")) + ("" if name.endswith("*") else "(?= )") for name in names]
    return re.compile(f" (?:{'|'.join(parts)})")
