"""What is to be done with words that were said: nothing, something at once, or an answer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voice.turns.orders import Order, order_of
from voice.turns.wake import addressed


@dataclass(frozen=True, slots=True)
class Ask:
    """They want an answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Called:
    """She was called by name, and nothing else was said yet."""


@dataclass(frozen=True, slots=True)
class Obey:
    """They want something of the voice itself, at once and without the model."""

    order: Order


Meaning = Ask | Called | Obey | None
"""None: they were not meant for her"""


def meaning(text: str, *, names: Sequence[str], must_call: bool) -> Meaning:
    """What words want. `must_call`: only those that begin with her name are meant for her."""
    text = text.strip()
    if not any(char.isalnum() for char in text):
        return None
    called = addressed(text, names)
    if called is None and must_call:
        return None
    if called is not None and not any(char.isalnum() for char in called):
        return Called() if must_call else Ask(text)
    order = order_of(called or text)
    if order is not None:
        return Obey(order)
    return Ask(called if must_call and called else text)
