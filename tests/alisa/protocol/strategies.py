"""Every message with every kind of field, for the tests that hold for all of them."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from alisa.protocol import MESSAGES, Body, Message
from alisa.protocol.text import MAX_DIGITS

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NUMBERS = st.integers(-(10**MAX_DIGITS) + 1, 10**MAX_DIGITS - 1)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | FLOATS | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=12,
)
TURNS = st.none() | st.integers(0, 10**MAX_DIGITS - 1)
PIPE_TEXT = TEXT.map(lambda text: text.replace("|", "").strip())


def of(annotation: Any) -> st.SearchStrategy[Any]:
    """Values that fit a field's annotation."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        bounds = arguments[1]
        if arguments[0] is float:
            return st.floats(bounds.least, bounds.most)
        whole = st.integers(int(bounds.least), int(bounds.most))
        return st.none() | whole if type(None) in get_args(arguments[0]) else whole
    if origin in (Union, types.UnionType):
        return st.one_of(*(st.none() if kind is type(None) else of(kind) for kind in arguments))
    if origin is tuple:
        return st.lists(of(arguments[0]), max_size=4).map(tuple)
    if origin is Mapping:
        return st.dictionaries(TEXT, of(arguments[1]), max_size=4)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from(list(annotation))
    simple = {str: TEXT, int: NUMBERS, float: FLOATS, bool: st.booleans(), Any: JSON}
    return simple[annotation]


def messages_of(kind: type[Message]) -> st.SearchStrategy[Message]:
    hints = get_type_hints(kind, include_extras=True)
    values = {}
    for field in fields(kind):  # type: ignore[arg-type]
        strategy = TURNS if field.name == "turn" else of(hints[field.name])
        if kind.body is Body.PIPES and hints[field.name] is str:
            strategy = PIPE_TEXT
        values[field.name] = strategy
    return st.builds(kind, **values)


MESSAGES_ANY = st.one_of(*(messages_of(kind) for kind in MESSAGES.values()))
