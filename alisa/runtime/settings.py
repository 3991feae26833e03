"""Settings: a file and the environment become values that are always valid.

The idea here is *healing*: one bad value never stops the program and never spoils the good
values beside it. It is named, replaced by its default, and the user's file is left alone.
For a setting marked `strictest` a bad value in either source means the strictest value,
whatever the other source says: a typing error must not open a door.

Which sections exist is not known here; each process passes the ones that it reads.
Changing the file is the business of `edit`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeVar, cast

from pydantic import ValidationError

from alisa.runtime.paths import Home
from alisa.runtime.section import Section, expected, from_text, is_secret, is_strictest, printable, shown, strictest
from alisa.runtime.sources import ENVIRONMENT_PREFIX, FileTable, from_environment, from_file, guess

__all__ = [
    "Given", "Problem", "Row", "Section", "Settings", "Source", "describe", "environment_name", "load", "strictest",
]  # fmt: skip

Given: TypeAlias = Literal["file", "environment"]
Source: TypeAlias = Literal["default", "file", "environment"]
S = TypeVar("S", bound=Section)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the configuration that could not be used as it stands."""

    section: str
    """the section, or "" when the whole source is meant"""
    field: str
    """the field, or "" when the whole section is meant"""
    source: Given
    why: str
    """what is wrong with it, without the value"""
    value: str = ""
    """the value as it was written, shortened; masked when it is or may be a secret"""
    used: str = ""
    """the value that is used instead; "" where there is none"""

    @property
    def key(self) -> str:
        """The name as the user writes it: `hub.port` or `ALISA_HUB__PORT`."""
        if self.source == "environment":
            return environment_name(self.section, self.field)
        return ".".join(printable(part) for part in (self.section, self.field) if part)

    def __str__(self) -> str:
        where = "the environment" if self.source == "environment" else "alisa.toml"
        name = f"{self.key} in {where}" if self.key else where
        value = f" is {self.value}" if self.value else ""
        used = f"; using {self.used}" if self.used else ""
        return f"{name}{value}: {self.why}{used}".rstrip("?.") + ("?" if self.why.endswith("?") else ".")


class Settings:
    """The values of the sections that were loaded, where each came from, and what was wrong."""

    def __init__(
        self,
        sections: Mapping[type[Section], Section],
        problems: Iterable[Problem] = (),
        sources: Mapping[tuple[str, str], Source] | None = None,
    ) -> None:
        self._sections = dict(sections)
        self._sources = dict(sources or {})
        self.problems = tuple(problems)

    @classmethod
    def of(cls, *sections: Section) -> Settings:
        """Return settings that hold exactly these sections: for tests and for embedding."""
        return cls({type(section): section for section in sections})

    def __getitem__(self, section: type[S]) -> S:
        value = self._sections[section]
        return cast("S", value)

    def __contains__(self, section: type[Section]) -> bool:
        return section in self._sections

    def source(self, section: str, field: str) -> Source:
        """Where a value came from; a healed one came from its default or from the other source."""
        return self._sources.get((section, field), "default")


def load(
    *sections: type[Section],
    home: Home,
    env: Mapping[str, str] | None = None,
    complete: bool = False,
) -> Settings:
    """Read `home/alisa.toml` and `ALISA_SECTION__FIELD` variables, which win over the file.

    Never raises for what they hold, and never writes. `complete` says that `sections` are all
    there are, so that every other section in the file is a mistake; without it only a section
    whose name is close to one of `sections` is named, since other processes read the rest.
    """
    env = os.environ if env is None else env
    file = from_file(home.config_file)
    variables = from_environment(env)
    problems = [Problem("", "", "file", file.error)] if file.error else []
    problems += _unknown_sections(file.tables, variables, sections, complete)
    problems += _half_underscored(env, sections)

    values: dict[type[Section], Section] = {}
    sources: dict[tuple[str, str], Source] = {}
    for section in sections:
        values[section], found, came_from = _heal(
            section, file.tables.get(section.section, {}), variables.get(section.section, {})
        )
        problems += found
        sources.update({(section.section, name): source for name, source in came_from.items()})
    return Settings(values, problems, sources)


def environment_name(section: str, field: str) -> str:
    """Return the variable that sets a field: `ALISA_HUB__PORT`."""
    return ENVIRONMENT_PREFIX + "__".join(part.upper() for part in (section, field) if part)


@dataclass(frozen=True, slots=True)
class _Fault:
    """A value that a section does not take."""

    field: str
    source: Given
    value: object
    why: str


def _heal(
    section: type[Section], table: object, variables: Mapping[str, str]
) -> tuple[Section, list[Problem], dict[str, Source]]:
    """Return the valid section nearest to what was asked for, what had to be replaced, and the sources."""
    name, fields = section.section, section.model_fields
    problems: list[Problem] = []
    if not isinstance(table, dict):
        why = f"should be a table: write [{name}] on a line of its own, and the settings below it"
        problems.append(Problem(name, "", "file", why, used="the defaults"))
        table = {}
    given: dict[Given, Mapping[str, object]] = {
        "file": table,
        "environment": {
            key: from_text(fields[key], text) if key in fields else text for key, text in variables.items()
        },
    }

    merged: dict[str, object] = {}
    sources: dict[str, Given] = {}
    faults: list[_Fault] = []
    for source, raw in given.items():
        problems += [_unknown_field(section, key, source) for key in raw if key not in fields]
        good, bad = _usable(section, {key: value for key, value in raw.items() if key in fields})
        merged |= good
        sources |= dict.fromkeys(good, source)
        faults += [_Fault(key, source, raw[key], why) for key, why in bad.items()]
    for fault in faults:
        if is_strictest(fields[fault.field]):
            merged.pop(fault.field, None)

    agreed, bad = _usable(section, merged)  # the two sources may not go together
    faults += [_Fault(key, sources[key], merged[key], why) for key, why in bad.items()]
    value = section.model_validate(agreed)
    problems += [_problem(section, fault, getattr(value, fault.field)) for fault in faults]
    return value, problems, {key: sources[key] for key in agreed}


def _problem(section: type[Section], fault: _Fault, used: object) -> Problem:
    field = section.model_fields[fault.field]
    return Problem(
        section.section,
        fault.field,
        fault.source,
        "cannot be used" if is_secret(field) else fault.why,
        value=shown(field, fault.value),
        used=shown(field, used),
    )


def _usable(section: type[Section], raw: Mapping[str, object]) -> tuple[dict[str, object], dict[str, str]]:
    """Split `raw` into the values that the section takes, and the reasons why it does not take the others."""
    good = dict(raw)
    bad: dict[str, str] = {}
    while True:
        try:
            value = section.model_validate(good)
        except ValidationError as error:
            if not good:
                raise TypeError(f"the defaults of {section.__name__} are not valid") from error
            named = _reasons(section, good, error)
        else:
            # pydantic takes `true` for the number 1; a person who wrote `port = true` did not mean 1
            named = {
                key: f"should be {expected(section.model_fields[key])}"
                for key, item in good.items()
                if isinstance(item, bool) and type(getattr(value, key)) in (int, float)
            }
            if not named:
                return good, bad
        bad |= named
        for key in named:
            del good[key]


def _half_underscored(env: Mapping[str, str], sections: Iterable[type[Section]]) -> list[Problem]:
    """Name the variables that would be settings with one more underscore: `ALISA_HUB_PORT`."""
    problems = []
    for section in sections:
        for name in section.model_fields:
            right = environment_name(section.section, name)
            wrong = ENVIRONMENT_PREFIX + right.removeprefix(ENVIRONMENT_PREFIX).replace("__", "_", 1)
            if wrong in env:
                why = f"is not set by {wrong}, which lacks an underscore"
                problems.append(Problem(section.section, name, "environment", why))
    return problems


def _reasons(section: type[Section], raw: Mapping[str, object], error: ValidationError) -> dict[str, str]:
    """Return why each value of `raw` was refused, in words that do not quote it."""
    reasons: dict[str, str] = {}
    for item in error.errors():
        key = str(item["loc"][0]) if item["loc"] else ""
        own = item["msg"].removeprefix("Value error, ")
        if key in raw:
            ours = f"should be {expected(section.model_fields[key])}"
            reasons.setdefault(key, own if item["type"] == "value_error" else ours)
    if not reasons:  # a rule about the whole section: no single value is to blame
        reasons = dict.fromkeys(raw, error.errors()[0]["msg"].removeprefix("Value error, "))
    return reasons


def _unknown_field(section: type[Section], key: str, source: Given) -> Problem:
    """Name a key that the section does not have; its value may be a misplaced secret, so it is not shown."""
    near = guess(key, section.model_fields)
    why = f"is not a setting; did you mean {near}?" if near else "is not a setting"
    return Problem(section.section, key, source, why)


def _unknown_sections(
    tables: FileTable,
    variables: Mapping[str, Mapping[str, str]],
    sections: Iterable[type[Section]],
    complete: bool,
) -> list[Problem]:
    """Name what stands outside every known section."""
    known = {section.section: section for section in sections}
    problems: list[Problem] = []
    for name, table in tables.items():
        if name in known:
            continue
        owner = next((key for key, section in known.items() if name in section.model_fields), None)
        near = guess(name, known)
        if not isinstance(table, dict) and owner:
            why = f"stands outside every section; it belongs below [{owner}]"
        elif near:
            why = f"is not a section; did you mean [{near}]?"
        elif complete or not isinstance(table, dict):
            why = "is not a section"
        else:
            continue
        problems.append(Problem(name, "", "file", why))
    for name, fields in variables.items():
        near = guess(name, known)
        if name in known or not (near or complete):
            continue
        why = f"is not a setting; did you mean section {near.upper()}?" if near else "is not a setting"
        problems += [Problem(name, field, "environment", why) for field in fields]
    return problems


@dataclass(frozen=True, slots=True)
class Row:
    """One setting, for a table of all of them."""

    section: str
    field: str
    key: str
    """`hub.port`"""
    variable: str
    """`ALISA_HUB__PORT`"""
    takes: str
    """what it takes, in words"""
    default: str
    description: str
    secret: bool
    strictest: bool
    value: str = ""
    """the value now, masked when it is a secret; "" when no settings were given"""
    source: Source = "default"


def describe(sections: Iterable[type[Section]], settings: Settings | None = None) -> list[Row]:
    """Return a row for each setting, in the order in which they are written in the code."""
    rows = []
    for section in sections:
        for name, field in section.model_fields.items():
            key = section.section, name
            value = shown(field, getattr(settings[section], name)) if settings else ""
            rows.append(
                Row(
                    section.section, name, ".".join(key), environment_name(*key),
                    takes=expected(field), default=shown(field, field.get_default(call_default_factory=True)),
                    description=" ".join((field.description or "").split()),
                    secret=is_secret(field), strictest=is_strictest(field),
                    value=value, source=settings.source(*key) if settings else "default",
                )
            )  # fmt: skip
    return rows
