"""Facts travel here: whoever publishes one does not know who listens.

A subscriber is a plain function that takes the fact and returns at once; one that fails is
logged and hurts nobody. What the facts mean is not known here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from alisa.runtime.logs import get_logger
from backend.events.facts import Fact

F = TypeVar("F", bound=Fact)
Subscriber = Callable[[Any], None]

log = get_logger(__name__)


class Bus:
    """One place for what happened in the hub, on one event loop.

    Everybody hears the facts in the same order: a fact that is published while another is being
    delivered waits until everybody has heard that one.
    """

    def __init__(self) -> None:
        self._subscribers: list[tuple[tuple[type[Fact], ...], Subscriber]] = []
        self._by_type: dict[type[Fact], tuple[Subscriber, ...]] = {}
        self._waiting: deque[Fact] = deque()
        self._delivering = False

    def subscribe(self, callback: Callable[[F], None], *types: type[F]) -> Callable[[], None]:
        """Call `callback` with every fact of these types and their subtypes; without types, with all.

        Returns the function that ends the subscription; it may be called from a subscriber, and twice.
        """
        entry: tuple[tuple[type[Fact], ...], Subscriber] = (types or (Fact,), callback)
        self._subscribers.append(entry)
        self._by_type.clear()

        def unsubscribe() -> None:
            self._subscribers[:] = [other for other in self._subscribers if other is not entry]
            self._by_type.clear()

        return unsubscribe

    def publish(self, fact: Fact) -> None:
        """Tell everybody who asked for it, in the order in which they subscribed. Never raises."""
        self._waiting.append(fact)
        if self._delivering:
            return
        self._delivering = True
        try:
            while self._waiting:
                self._deliver(self._waiting.popleft())
        finally:
            self._delivering = False

    def _deliver(self, fact: Fact) -> None:
        kind = type(fact)
        callbacks = self._by_type.get(kind)
        if callbacks is None:
            callbacks = tuple(callback for types, callback in self._subscribers if issubclass(kind, types))
            self._by_type[kind] = callbacks
        for callback in callbacks:
            try:
                callback(fact)
            except Exception:
                log.exception("a subscriber failed", fact=kind.__name__, subscriber=_name(callback))


def _name(callback: Subscriber) -> str:
    return getattr(callback, "__qualname__", type(callback).__name__)
