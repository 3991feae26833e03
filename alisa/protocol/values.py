"""From what a frame holds to the value of a field: one reader for each kind of annotation.

A reader takes a JSON value and returns the field's value, or raises UnreadableError that
says in a few words what was wanted. Which message the field belongs to is not known here.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin

from alisa.protocol.errors import UnreadableError

Reader = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Range:
    """Bounds of a number, both included, written beside its type: `Annotated[float, Range(0, 1)]`."""

    least: float
    most: float


def reader(annotation: Any) -> Reader:
    """The reader for a field's annotation. Raises TypeError for a kind that no frame can carry."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation is Any:
        return lambda value: value
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _one_of(annotation)
    if origin is Annotated:
        return _within(reader(arguments[0]), arguments[1])
    if origin in (Union, types.UnionType) and len(arguments) == 2 and type(None) in arguments:
        return _or_none(reader(next(kind for kind in arguments if kind is not type(None))))
    if origin is tuple and arguments[1:] == (...,):
        return _sequence(reader(arguments[0]))
    if origin is Mapping and arguments[0] is str:
        return _mapping(reader(arguments[1]))
    raise TypeError(f"no frame can carry {annotation!r}")


def _str(value: Any) -> str:
    if not isinstance(value, str):
        raise UnreadableError("wants text")
    return value


def _int(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise UnreadableError("wants a whole number")
    return value


def _float(value: Any) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise UnreadableError("wants a number")
    return float(value)


def _bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise UnreadableError("wants true or false")
    return value


_SIMPLE: Mapping[Any, Reader] = {str: _str, int: _int, float: _float, bool: _bool}


def _one_of(choices: type[Enum]) -> Reader:
    by_value = {choice.value: choice for choice in choices}

    def read(value: Any) -> Any:
        if not isinstance(value, str) or value not in by_value:
            raise UnreadableError(f"wants one of {', '.join(by_value)}")
        return by_value[value]

    return read


def _within(inner: Reader, bounds: Range) -> Reader:
    def read(value: Any) -> Any:
        number = inner(value)
        if number is not None and not bounds.least <= number <= bounds.most:
            raise UnreadableError(f"wants a number from {bounds.least} to {bounds.most}")
        return number

    return read


def _or_none(inner: Reader) -> Reader:
    return lambda value: None if value is None else inner(value)


def _sequence(inner: Reader) -> Reader:
    def read(value: Any) -> Any:
        if not isinstance(value, list):
            raise UnreadableError("wants a list")
        return tuple(inner(part) for part in value)

    return read


def _mapping(inner: Reader) -> Reader:
    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise UnreadableError("wants an object")
        return {key: inner(part) for key, part in value.items()}

    return read
