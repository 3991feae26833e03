"""The budget: whole turns, the newest, never more than fits; counting only where it matters."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alisa.runtime.errors import EngineError
from backend.conversation.budget import Budget, kept_turns, likely_tokens, longest_reply, most_tokens
from backend.conversation.counting import REMEMBERED_TEXTS, TokenCounts
from backend.conversation.turn import fitting
from backend.llm.scripted import ScriptedModel
from backend.llm.types import ChatMessage


def test_the_arithmetic() -> None:
    """The newest turns that fit, by whichever limit is the tighter one."""
    budget = Budget(prompt_tokens=100, past_tokens=50)
    assert kept_turns([10, 10, 10], 20, budget) == 3
    assert kept_turns([30, 20, 20], 20, budget) == 2
    assert kept_turns([10, 60, 10], 20, budget) == 1
    assert kept_turns([10, 10], 95, budget) == 0
    assert kept_turns([10], 200, budget) == 0
    assert kept_turns([], 0, budget) == 0


def test_a_reply_leaves_room_for_the_prompt() -> None:
    """However long replies may be, half of the context is for the prompt."""
    assert Budget.of(4096, 512, 3000) == Budget(3584, 3000)
    assert Budget.of(1000, 4000, 3000) == Budget(500, 3000)
    assert longest_reply(1000, 4000) == 500
    assert Budget(100, 50).harder() == Budget(50, 25)


@given(st.lists(st.integers(0, 100), max_size=20), st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_it_always_fits(costs: list[int], fixed: int, prompt: int, past: int) -> None:
    """What is kept fits, and one turn more would not."""
    budget = Budget(prompt, past)
    kept = kept_turns(costs, fixed, budget)
    used = sum(costs[len(costs) - kept :])
    assert kept == 0 or (used <= past and used + fixed <= prompt)
    if kept < len(costs):
        more = used + costs[len(costs) - kept - 1]
        assert more > past or more + fixed > prompt


def test_bounds() -> None:
    """A text has at most as many tokens as bytes; the estimate lies below."""
    assert most_tokens("日本") == 6
    assert most_tokens("") == 0
    assert 1 <= likely_tokens("hello there") <= most_tokens("hello there")


class Counting(ScriptedModel):
    """A model that remembers what it was asked to count."""

    def __init__(self, *, counts: bool = True) -> None:
        super().__init__(counts=counts)
        self.counted: list[list[str]] = []

    async def count_tokens(self, texts: Sequence[str]) -> Sequence[int] | None:
        self.counted.append(list(texts))
        return await super().count_tokens(texts)


def turns(*texts: str) -> list[tuple[ChatMessage, ...]]:
    return [(ChatMessage("user", text),) for text in texts]


async def test_nothing_is_counted_when_it_fits_anyway() -> None:
    """A reply does not wait for arithmetic that cannot change anything."""
    model = Counting()
    past = turns("a b", "c d")
    assert await fitting(TokenCounts(model), Budget(1000, 500), "system", past, "hello") == past
    assert model.counted == []


async def test_what_matters_is_counted_once() -> None:
    """One question for everything that is not known; the exact counts decide."""
    model = Counting()
    counts = TokenCounts(model)
    past = turns("a " * 100, "b " * 100, "c " * 100)
    for _ in range(2):
        assert await fitting(counts, Budget(10_000, 220), "system", past, "hello") == past[1:]
    assert [len(texts) for texts in model.counted] == [5]
    assert counts.known("a " * 100) == 100
    assert counts.at_most("a " * 100) == 100
    assert counts.at_most("zz") == 2


async def test_where_nobody_counts_it_is_estimated() -> None:
    """The last words always go through: whether they fit is then for the server to say."""
    counts = TokenCounts(Counting(counts=False))
    past = turns("a " * 300, "b " * 300)
    assert await fitting(counts, Budget(500, 400), "system", past, "hello") == past[1:]
    assert await fitting(counts, Budget(10, 10), "system", past, "hello " * 100) == []
    assert not await counts.learn(["x"])


async def test_what_cannot_fit_is_refused() -> None:
    """By exact counts only."""
    with pytest.raises(EngineError) as caught:
        await fitting(TokenCounts(Counting()), Budget(50, 50), "system", [], "hello " * 100)
    assert caught.value.code == "message_too_long"


async def test_counts_of_another_model_are_void() -> None:
    """Another model answers: its tokens are others. And memory is bounded."""
    model = Counting()
    counts = TokenCounts(model)
    await counts.learn(["one", "two", "one"])
    await counts.learn(["two"])
    assert model.counted == [["one", "two"]]
    model.identity = "another"
    await counts.learn(["two"])
    assert model.counted[-1] == ["two"]
    await counts.learn([f"t{n}" for n in range(REMEMBERED_TEXTS + 10)])
    assert counts.known("two") is None
    assert counts.known(f"t{REMEMBERED_TEXTS}") == 1
