"""The bus: facts reach everybody, in one order, and nobody can spoil it for the others."""

from __future__ import annotations

from backend.events.bus import Bus
from backend.events.facts import Fact, HistoryCleared, ModeChanged, TokenStreamed


def token(text: str) -> TokenStreamed:
    return TokenStreamed("main", 1, text)


def test_a_subscriber_hears_the_types_it_asked_for() -> None:
    """Only facts of the named types arrive; without a name, all."""
    bus, some, everything = Bus(), [], []
    bus.subscribe(some.append, TokenStreamed, HistoryCleared)
    bus.subscribe(everything.append)
    facts: list[Fact] = [token("a"), ModeChanged("main", "calm", ""), HistoryCleared("main")]
    for fact in facts:
        bus.publish(fact)
    assert some == [facts[0], facts[2]]
    assert everything == facts


def test_a_failing_subscriber_hurts_nobody() -> None:
    """Others still hear the fact, and the publisher notices nothing."""
    bus, heard = Bus(), []

    def broken(_: Fact) -> None:
        raise RuntimeError("broken")

    bus.subscribe(broken)
    bus.subscribe(heard.append)
    bus.publish(token("a"))
    bus.publish(token("b"))
    assert [fact.text for fact in heard] == ["a", "b"]


def test_everybody_hears_the_same_order() -> None:
    """What a subscriber publishes comes after the fact that made it do so, for everybody."""
    bus, first, second = Bus(), [], []

    def answer(fact: Fact) -> None:
        first.append(fact)
        if fact == token("question"):
            bus.publish(token("answer"))

    bus.subscribe(answer)
    bus.subscribe(second.append)
    bus.publish(token("question"))
    assert first == second == [token("question"), token("answer")]


def test_a_subscription_ends() -> None:
    """After the end nothing arrives; ending twice, or inside a call, is harmless; equal callbacks are told apart."""
    bus, heard = Bus(), []
    ends = [bus.subscribe(heard.append, TokenStreamed), bus.subscribe(heard.append, TokenStreamed)]

    def once(_: Fact) -> None:
        ends[0]()
        ends[0]()

    bus.subscribe(once)
    bus.publish(token("a"))
    assert len(heard) == 2
    bus.publish(token("b"))
    assert len(heard) == 3
    ends[1]()
    bus.publish(token("c"))
    assert len(heard) == 3
