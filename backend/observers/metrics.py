"""Counts and times for Prometheus, taken from the facts; each hub has its own registry.

Tokens are counted when a turn ends: nothing is done for each of them.
"""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from backend.events.bus import Bus
from backend.events.facts import TurnEnded, TurnFailed, UserSpoke

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """What was counted since the hub was started. `clients` tells how many are connected now."""

    def __init__(self, bus: Bus, clients: Callable[[], int]) -> None:
        self._registry = registry = CollectorRegistry()
        self._messages = Counter("alisa_messages", "Messages of the user.", ["source"], registry=registry)
        self._turns = Counter("alisa_turns", "Turns that ended.", ["cause", "reason"], registry=registry)
        self._tokens = Counter("alisa_tokens", "Tokens that she said.", registry=registry)
        self._prompt = Counter("alisa_prompt_tokens", "Tokens that were read.", ["cached"], registry=registry)
        self._errors = Counter("alisa_errors", "Turns that failed.", ["code"], registry=registry)
        self._first = Histogram("alisa_first_token_seconds", "From the message to the first token.",
                                buckets=_SECONDS, registry=registry)  # fmt: skip
        self._whole = Histogram("alisa_turn_seconds", "From the message to the end of the reply.",
                                buckets=_SECONDS, registry=registry)  # fmt: skip
        Gauge("alisa_clients", "Clients that are connected.", registry=registry).set_function(clients)
        bus.subscribe(self._spoke, UserSpoke)
        bus.subscribe(self._failed, TurnFailed)
        bus.subscribe(self._ended, TurnEnded)

    def render(self) -> bytes:
        """Everything, in Prometheus' text format."""
        return generate_latest(self._registry)

    def _spoke(self, fact: UserSpoke) -> None:
        self._messages.labels(fact.source.value).inc()

    def _failed(self, fact: TurnFailed) -> None:
        self._errors.labels(fact.code).inc()

    def _ended(self, fact: TurnEnded) -> None:
        self._turns.labels(fact.cause.value, fact.reason.value).inc()
        timings = fact.timings
        self._tokens.inc(timings.get("tokens", 0))
        cached = timings.get("cached_tokens", 0)
        self._prompt.labels("yes").inc(cached)
        self._prompt.labels("no").inc(max(0, timings.get("prompt_tokens", 0) - cached))
        if "first_token" in timings:
            self._first.observe(timings["first_token"] / 1000)
        if "total" in timings:
            self._whole.observe(timings["total"] / 1000)
