"""How a setting is asked for in a form: by a switch, a number, one of a few choices, text, or a list of lines.

Read from the same field that `section` puts into words. How a form looks is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal, TypeAlias, get_args, get_origin

from pydantic.fields import FieldInfo

Kind: TypeAlias = Literal["bool", "whole", "number", "choice", "list", "text"]


@dataclass(frozen=True, slots=True)
class Form:
    """What a form has to know of a field."""

    kind: Kind
    """`text` is also what has no control of its own, such as a table: there it is JSON"""
    choices: tuple[str, ...] = ()
    """of a `choice`, in the order of the code"""
    least: float | None = None
    most: float | None = None
    """of a number: its bounds. Where a bound itself is not allowed, it is refused when it is set."""


def form_of(field: FieldInfo) -> Form:
    """The form of a field."""
    annotation: Any = field.annotation
    if get_origin(annotation) is Literal:
        return Form("choice", tuple(str(value) for value in get_args(annotation)))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return Form("choice", tuple(str(member.value) for member in annotation))
    if annotation is bool:
        return Form("bool")
    if annotation in (int, float):
        least, most = _bound(field.metadata, "ge", "gt"), _bound(field.metadata, "le", "lt")
        return Form("whole" if annotation is int else "number", least=least, most=most)
    if get_origin(annotation) is list and get_args(annotation) == (str,):
        return Form("list")
    return Form("text")


def _bound(metadata: Iterable[object], *names: str) -> float | None:
    found = (getattr(item, name, None) for item in metadata for name in names)
    return next((limit for limit in found if limit is not None), None)
