"""Who she can be, and in which moods: cards that a person can write with a text editor.

A card is a small TOML file, named after itself. Those in the Alisa home win over those that ship
with the house. What a prompt is made of besides the card is not known here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from alisa.runtime.errors import AlisaError, SettingsError, UsageError
from alisa.runtime.paths import Home, data_folder
from alisa.runtime.sources import guess

DEFAULT_PERSONA = "alisa"
MAX_FILE_BYTES = 256 * 1024
MAX_PROMPT_CHARS = 20_000
MAX_TITLE_CHARS = 200

T = TypeVar("T")
_Check = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class PersonaCard:
    """Who she is."""

    name: str
    """the name of the file, in lower case: how she is chosen"""
    title: str
    """how she is called"""
    prompt: str
    summary: str = ""
    mode: str = ""
    """the mode in which a conversation with her begins; empty: none"""


@dataclass(frozen=True, slots=True)
class Mode:
    """A mood that the user can ask for."""

    name: str
    title: str
    prompt: str
    temperature: float | None = None
    """how adventurous her words are, 0 to 2; None: as the language model's settings say"""


NO_MODE = Mode("", "", "")


def load_persona(name: str, home: Home) -> PersonaCard:
    """The card of that name, in any case. Raises UsageError `unknown_persona` or SettingsError `broken_card`."""
    return _load(_PERSONAS, name, home)


def load_mode(name: str, home: Home) -> Mode:
    """The mode of that name, in any case. Raises UsageError `unknown_mode` or SettingsError `broken_card`."""
    return _load(_MODES, name, home)


def list_personas(home: Home) -> list[PersonaCard]:
    """Every card that can be used, by name; broken ones are left out (see `broken_cards`)."""
    return [card for card in _read_all(_PERSONAS, home) if isinstance(card, PersonaCard)]


def list_modes(home: Home) -> list[Mode]:
    """Every mode that can be used, by name; broken ones are left out (see `broken_cards`)."""
    return [card for card in _read_all(_MODES, home) if isinstance(card, Mode)]


def broken_cards(home: Home) -> list[SettingsError]:
    """What is wrong with the cards that cannot be used: each names its file, the line and the reason."""
    found = [*_read_all(_PERSONAS, home), *_read_all(_MODES, home)]
    return [card for card in found if isinstance(card, SettingsError)]


def persona_or_default(name: str, home: Home) -> tuple[PersonaCard, AlisaError | None]:
    """The card of that name, else the one of that name that ships, else Alisa; and what was wrong."""
    try:
        return load_persona(name, home), None
    except AlisaError as error:
        shipped = _files(data_folder() / "personas")
        path = shipped.get(name.casefold()) or shipped[DEFAULT_PERSONA]
        return _read(_PERSONAS, path), error


def mode_or_none(name: str, home: Home) -> tuple[Mode, AlisaError | None]:
    """The mode of that name, else the one of that name that ships, else none; and what was wrong."""
    if not name:
        return NO_MODE, None
    try:
        return load_mode(name, home), None
    except AlisaError as error:
        path = _files(data_folder() / "modes").get(name.casefold())
        return (_read(_MODES, path) if path else NO_MODE), error


def _text(longest: int, *, required: bool = False) -> _Check:
    def check(value: Any) -> str:
        if not isinstance(value, str):
            return "must be text in quotes"
        if required and not value.strip():
            return "must not be empty"
        return f"must not be longer than {longest} characters" if len(value) > longest else ""

    return check


def _temperature(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 2:
        return "must be a number from 0 to 2"
    return ""


@dataclass(frozen=True, slots=True)
class _Sort(Generic[T]):
    """A sort of card: where its files are, what may stand in them, and what is made of them."""

    word: str
    folder: str
    keys: Mapping[str, _Check]
    make: Callable[[str, Mapping[str, Any]], T]


def _make_persona(name: str, table: Mapping[str, Any]) -> PersonaCard:
    return PersonaCard(
        name,
        table.get("name", name.title()).strip(),
        table["prompt"].strip(),
        table.get("summary", "").strip(),
        table.get("mode", "").strip(),
    )


def _make_mode(name: str, table: Mapping[str, Any]) -> Mode:
    return Mode(name, table.get("title", name.title()).strip(), table["prompt"].strip(), table.get("temperature"))


_PROMPT = _text(MAX_PROMPT_CHARS, required=True)
_TITLE = _text(MAX_TITLE_CHARS)
_PERSONAS = _Sort(
    "persona",
    "personas",
    {"name": _text(MAX_TITLE_CHARS, required=True), "summary": _TITLE, "mode": _TITLE, "prompt": _PROMPT},
    _make_persona,
)
_MODES = _Sort(
    "mode",
    "modes",
    {"title": _text(MAX_TITLE_CHARS, required=True), "prompt": _PROMPT, "temperature": _temperature},
    _make_mode,
)


def _load(sort: _Sort[T], name: str, home: Home) -> T:
    files = _all_files(sort, home)
    path = files.get(name.strip().casefold())
    if path is not None:
        return _read(sort, path)
    near = guess(name.strip().casefold(), files)
    question = f"Did you mean {near}? " if near else ""
    raise UsageError(
        f"unknown_{sort.word}",
        f"There is no {sort.word} called {name.strip()[:60]!r}.",
        f"{question}Choose one of: {', '.join(files)}.",
    )


def _read_all(sort: _Sort[T], home: Home) -> list[T | SettingsError]:
    found: list[T | SettingsError] = []
    for path in _all_files(sort, home).values():
        try:
            found.append(_read(sort, path))
        except SettingsError as error:
            found.append(error)
    return found


def _all_files(sort: _Sort[Any], home: Home) -> dict[str, Path]:
    own = _files(home.root / sort.folder)
    return dict(sorted((_files(data_folder() / sort.folder) | own).items()))


def _files(folder: Path) -> dict[str, Path]:
    """The cards in a folder by name. A name is looked up here, and never becomes part of a path."""
    try:
        return {path.stem.casefold(): path for path in sorted(folder.iterdir()) if path.suffix.lower() == ".toml"}
    except OSError:
        return {}


def _read(sort: _Sort[T], path: Path) -> T:
    """One card. Raises SettingsError `broken_card`, which names the file, the line and the reason."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _broken(sort, path, "it is not UTF-8 text") from None
    except OSError as error:
        raise _broken(sort, path, f"it cannot be read ({error.strerror or type(error).__name__})") from None
    if len(content) > MAX_FILE_BYTES:
        raise _broken(sort, path, f"it is larger than {MAX_FILE_BYTES // 1024} KiB")
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _broken(sort, path, f"it is not TOML ({' '.join(str(error).split())})") from None
    for key, value in table.items():
        if key not in sort.keys:
            near = guess(key, sort.keys)
            raise _broken(sort, path, f"{key!r} is no key of a {sort.word}" + (f"; {near}?" if near else ""), text, key)
        if reason := sort.keys[key](value):
            raise _broken(sort, path, f"{key} {reason}", text, key)
    if "prompt" not in table:
        raise _broken(sort, path, "it has no prompt")
    return sort.make(path.stem.casefold(), table)


def _broken(sort: _Sort[Any], path: Path, reason: str, text: str = "", key: str = "") -> SettingsError:
    place = f"{path.parent.name}/{path.name}"
    if key and (found := re.search(rf"^\s*[\"']?{re.escape(key)}\b", text, re.MULTILINE)):
        place += f", line {text.count(chr(10), 0, found.end()) + 1}"
    return SettingsError(
        "broken_card",
        f"The {sort.word} card {place} cannot be used: {reason}.",
        "Correct the file, or move it away; the cards that come with Alisa show how one looks.",
    )
