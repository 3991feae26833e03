"""What a section of the configuration is, and how its fields are put into words.

A field carries all that is said about it: its type and limits, its docstring, whether it is a
secret (`repr=False`) and whether it guards something (`strictest`). Where values come from is not
known here.
"""

from __future__ import annotations

import json
import types
from collections.abc import Iterable
from enum import Enum
from typing import Any, ClassVar, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic.fields import FieldInfo

MASK = "(hidden)"
_STRICTEST = "alisa_strictest"
_SHOWN_CHARS = 80


class Section(BaseModel):
    """One table of `alisa.toml`: frozen values, each with a default and a docstring."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
        allow_inf_nan=False,
    )

    section: ClassVar[str]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse a field without a default: without one there would be nothing to heal with."""
        required = [name for name, field in cls.model_fields.items() if field.is_required()]
        if required:
            raise TypeError(f"{cls.__name__} has fields without a default: {', '.join(required)}")

    @field_validator("*", mode="before")
    @classmethod
    def _plain_text(cls, value: object) -> object:
        """Refuse text that no file, path or message can hold; such bytes come from the environment."""
        if isinstance(value, str) and not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
            raise ValueError("should be text in UTF-8")
        if isinstance(value, str) and "\0" in value:
            raise ValueError("should be text without a zero byte")
        return value


def strictest(default: Any, **constraints: Any) -> Any:
    """Return a field for a security setting, whose default is the strictest value that it can have."""
    return Field(default, json_schema_extra={_STRICTEST: True}, **constraints)


def is_strictest(field: FieldInfo) -> bool:
    """Is this a security setting?"""
    extra = field.json_schema_extra
    return isinstance(extra, dict) and extra.get(_STRICTEST) is True


def is_secret(field: FieldInfo) -> bool:
    """Is the value of this field never to be shown?"""
    return not field.repr


def shown(field: FieldInfo, value: object) -> str:
    """Return a value as text for a person: on one line, shortened, and masked when it is a secret."""
    if is_secret(field):
        return MASK if value else '""'
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{printable(value)}"' if isinstance(value, str) else printable(ascii(value))


def printable(text: str) -> str:
    """Return text on one line, without what could move a terminal's cursor, and shortened."""
    text = text if text.isprintable() else ascii(text)[1:-1]
    return text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 1] + "…"


def from_text(field: FieldInfo, text: str) -> object:
    """Return a value that was written as text: the text itself; for a list or a table, what it says as JSON."""
    if not _kind(field.annotation).startswith(("a list", "a table")):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def expected(field: FieldInfo) -> str:
    """Return what a field takes: `a whole number from 0 to 65535`, `true or false`, `one of debug, info`."""
    return _kind(field.annotation) + _limits(field.metadata)


_KINDS: dict[object, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text",
    type(None): "nothing",
}


def _kind(annotation: Any) -> str:
    origin = get_origin(annotation)
    if origin is Literal:
        return "one of " + _listed(get_args(annotation))
    if origin in (Union, types.UnionType):
        return " or ".join(_kind(part) for part in get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return "one of " + _listed(member.value for member in annotation)
    base = origin or annotation
    if base in (list, tuple, set, frozenset):
        return "a list"
    return "a table" if base is dict else _KINDS.get(base, "a value of its kind")


def _listed(values: Iterable[object]) -> str:
    return ", ".join(str(value) for value in values)


def _limits(metadata: Iterable[object]) -> str:
    """Put annotated_types' limits into words: ` from 0 to 65535`, ` above 0 and at most 600`."""
    found: dict[str, Any] = {}
    for item in metadata:
        for name in ("ge", "gt", "le", "lt", "min_length", "max_length"):
            if (limit := getattr(item, name, None)) is not None:
                found[name] = f"{limit:,}".replace(",", "") if isinstance(limit, int) else f"{limit:g}"
    if "ge" in found and "le" in found:
        return f" from {found['ge']} to {found['le']}"
    words = {
        "ge": "at least {}", "gt": "above {}", "le": "at most {}", "lt": "below {}",
        "min_length": "at least {} long", "max_length": "at most {} long",
    }  # fmt: skip
    parts = [word.format(found[name]) for name, word in words.items() if name in found]
    return f" {' and '.join(parts)}" if parts else ""
