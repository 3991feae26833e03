"""Changing the configuration as a person would: one value, and every comment stays where it was.

What is written is checked twice: before, by the section that the value belongs to, and after, by
reading the new text and comparing it with what it was meant to say.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from alisa.runtime.errors import SettingsError, UsageError
from alisa.runtime.paths import Home, private_write
from alisa.runtime.section import Section, expected, from_text, is_secret, shown
from alisa.runtime.settings import environment_name
from alisa.runtime.sources import from_file, guess

_HEADER = "# Alisa's settings. `alisa config show` lists all of them.\n\n"
_LOCK_SECONDS = 10.0
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed; values are shown as text, secrets masked."""

    key: str
    before: str
    """the value that the file held, "" when it held none"""
    after: str
    """the value that it holds now, or the default that counts again"""
    overridden_by: str = ""
    """the environment variable that wins over the file, or "" """


def set_value(
    home: Home, key: str, value: str, sections: Iterable[type[Section]], env: Mapping[str, str] | None = None
) -> Change:
    """Set `hub.port` to a value written as text (lists and tables: as JSON).

    Raises UsageError (no such setting), SettingsError (a value that it does not take, a file that cannot be
    read as TOML) or StorageError; the file is then as it was.
    """
    section, name = _find(key, sections)
    new = _checked(section, name, value)
    with _locked(home):
        text, document = _read(home)
        table = document.setdefault(section.section, _new_table())
        _refuse_no_table(section, table)
        before = _unwrapped(table.get(name))
        table[name] = new
        wanted = tomllib.loads(text)
        wanted.setdefault(section.section, {})[name] = new
        _write(home, text, document, wanted)
    return _change(section, name, before, new, env)


def unset_value(
    home: Home, key: str, sections: Iterable[type[Section]], env: Mapping[str, str] | None = None
) -> Change:
    """Take a setting out of the file, so that its default counts again. Raises as `set_value`."""
    section, name = _find(key, sections)
    before = None
    if home.config_file.exists():
        with _locked(home):
            text, document = _read(home)
            table = document.get(section.section, {})
            _refuse_no_table(section, table)
            if name in table:
                before = _unwrapped(table[name])
                del table[name]
                wanted = tomllib.loads(text)
                del wanted[section.section][name]
                _write(home, text, document, wanted)
    default = section.model_fields[name].get_default(call_default_factory=True)
    return _change(section, name, before, default, env)


def _find(key: str, sections: Iterable[type[Section]]) -> tuple[type[Section], str]:
    """Return the section and the field that `key` names. Raises UsageError."""
    known = {f"{section.section}.{name}": (section, name) for section in sections for name in section.model_fields}
    if key in known:
        return known[key]
    near = " or ".join(name for name in known if name.endswith(f".{key}")) or guess(key, known)
    raise UsageError(
        "unknown_setting",
        f"There is no setting called {key!r}.",
        f"Did you mean {near}?" if near else "`alisa config show` lists them all.",
    )


def _checked(section: type[Section], name: str, text: str) -> Any:
    """Return the value as TOML can hold it. Raises SettingsError when the section does not take it."""
    field = section.model_fields[name]
    try:
        whole = section.model_validate({name: from_text(field, text)})
    except ValidationError as error:
        own = next((item["msg"] for item in error.errors() if item["type"] == "value_error"), "")
        what = own.removeprefix("Value error, ") if own and not is_secret(field) else f"should be {expected(field)}"
        given = "The value given" if is_secret(field) else shown(field, text)
        raise SettingsError(
            "bad_value", f"{given} is not a value for {section.section}.{name}: it {what}.", "Nothing was changed."
        ) from error
    return whole.model_dump(mode="json")[name]


def _new_table() -> Any:
    import tomlkit

    return tomlkit.table()


def _read(home: Home) -> tuple[str, Any]:
    """Return the file's text and its document; of a file that is not there, those of a new one."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    if not home.config_file.exists():
        return _HEADER, tomlkit.parse(_HEADER)
    problem = from_file(home.config_file).error
    try:
        if not problem:
            text = home.config_file.read_bytes().decode("utf-8").removeprefix(_BOM)
            return text, tomlkit.parse(text)
    except TOMLKitError:
        problem = "is not valid TOML; all defaults are used"
    raise SettingsError(
        "unreadable_settings",
        f"alisa.toml {problem.partition(';')[0]}, so it was not changed.",
        "Repair it with `alisa config edit`.",
    )


def _write(home: Home, before: str, document: Any, wanted: Mapping[str, Any]) -> None:
    """Write the document, once it is sure that it says what was wanted and nothing else."""
    import tomlkit

    after = tomlkit.dumps(document)
    if "\r\n" in before:
        after = after.replace("\r\n", "\n").replace("\n", "\r\n")
    if tomllib.loads(after.replace("\r\n", "\n")) != wanted:
        raise SettingsError(
            "edit_failed",
            "alisa.toml is written in a way that cannot be changed from here, so it was not changed.",
            "Change it by hand with `alisa config edit`.",
        )
    private_write(home.config_file.resolve(), after.encode("utf-8"))


@contextmanager
def _locked(home: Home) -> Iterator[None]:
    """Keep other commands from changing the file at the same time."""
    from filelock import FileLock, Timeout

    home.ensure()
    try:
        with FileLock(home.run / "config.lock", timeout=_LOCK_SECONDS):
            yield
    except Timeout as error:
        raise SettingsError(
            "settings_locked", "Another program is changing the configuration.", "Try again in a moment."
        ) from error


def _refuse_no_table(section: type[Section], table: object) -> None:
    if not isinstance(table, Mapping):
        raise SettingsError(
            "unreadable_settings",
            f"alisa.toml holds a value called {section.section} where a table should be, so it was not changed.",
            f"Change it to [{section.section}] with `alisa config edit`.",
        )


def _unwrapped(value: Any) -> Any:
    return value.unwrap() if hasattr(value, "unwrap") else value


def _change(section: type[Section], name: str, before: Any, after: Any, env: Mapping[str, str] | None) -> Change:
    field = section.model_fields[name]
    variable = environment_name(section.section, name)
    set_there = any(key.upper() == variable for key in (os.environ if env is None else env))
    return Change(
        f"{section.section}.{name}",
        "" if before is None else shown(field, before),
        shown(field, after),
        variable if set_there else "",
    )
