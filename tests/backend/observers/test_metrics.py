"""Counts and times."""

from __future__ import annotations

from datetime import UTC, datetime

from alisa.protocol.tags import Cause, Emotion, EndReason, Source
from backend.events.bus import Bus
from backend.events.facts import TurnEnded, TurnFailed, UserSpoke
from backend.observers.metrics import Metrics

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def test_facts_are_counted() -> None:
    """Messages, turns, tokens, errors, times and clients, each under its name; two hubs do not share them."""
    bus = Bus()
    metrics, other = Metrics(bus, lambda: 3), Metrics(Bus(), lambda: 0)
    timings = {"tokens": 12, "prompt_tokens": 400, "cached_tokens": 390, "first_token": 20, "total": 90}
    bus.publish(UserSpoke("main", 1, "hi", Source.SPOKEN, "it", NOW))
    bus.publish(TurnFailed("main", 1, "llm_busy", "Busy.", "Wait."))
    bus.publish(TurnEnded("main", 1, Cause.USER, EndReason.STOP, "x", Emotion.CALM, NOW, timings))
    text = metrics.render().decode()
    for line in (
        'alisa_messages_total{source="spoken"} 1.0',
        'alisa_turns_total{cause="user",reason="stop"} 1.0',
        "alisa_tokens_total 12.0",
        'alisa_prompt_tokens_total{cached="no"} 10.0',
        'alisa_errors_total{code="llm_busy"} 1.0',
        'alisa_first_token_seconds_bucket{le="0.02"} 1.0',
        "alisa_turn_seconds_count 1.0",
        "alisa_clients 3.0",
    ):
        assert line in text.splitlines()
    assert "alisa_tokens_total 0.0" in other.render().decode().splitlines()
