"""The events of a reply: whatever stands in them, out come deltas or a clear error, and nothing else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alisa.runtime.errors import EngineError
from backend.llm.deltas import ReplyReader
from backend.llm.types import Delta, Finished, TextDelta

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
DELTA = st.dictionaries(st.sampled_from(["content", "reasoning_content", "tool_calls", "role"]), JSON, max_size=3)
CHOICE = st.fixed_dictionaries({}, optional={"delta": DELTA | JSON, "finish_reason": JSON, "message": JSON})
EVENT = st.fixed_dictionaries(
    {}, optional={"choices": st.lists(CHOICE | JSON, max_size=2) | JSON, "usage": JSON, "timings": JSON, "error": JSON}
)


@given(st.lists(EVENT | JSON, max_size=6))
def test_any_events_are_survived(events: list[object]) -> None:
    """Deltas that are whole, one `Finished` at most and last, or an EngineError with a hint."""
    reader = ReplyReader()
    out: list[Delta] = []
    try:
        for event in events:
            out += reader.take(json.dumps(event))
        out += reader.finish()
        assert isinstance(out[-1], Finished)
    except EngineError as error:
        hint = error.hint
    else:
        hint = "none needed"
    assert hint
    for delta in out:
        if isinstance(delta, TextDelta):
            assert delta.text
            delta.text.encode()


def event(**delta: object) -> str:
    return json.dumps({"choices": [{"delta": delta}]})


def test_a_pair_of_halves_becomes_one_character() -> None:
    """An emoji whose halves come in two events; a half that stays alone becomes U+FFFD."""
    reader = ReplyReader()
    assert reader.take(event(content="a\ud83d")) == [TextDelta("a")]
    assert reader.take(event(content="\ude00b")) == [TextDelta("😀b")]
    assert reader.take(event(content="\ud83d")) == []
    reader.take("[DONE]")
    assert reader.finish()[0] == TextDelta("\ufffd")


def test_figures_from_wherever_they_come() -> None:
    """OpenAI's usage, llama.cpp's timings, or both; nonsense in them is passed over."""
    for figures, expected in (
        ({"usage": {"prompt_tokens": 9, "completion_tokens": 2}}, (9, None, 2)),
        ({"usage": {"prompt_tokens": 9, "prompt_tokens_details": {"cached_tokens": 4}}}, (9, 4, None)),
        ({"timings": {"prompt_n": 3, "cache_n": 5, "prompt_ms": "x", "flag": True}}, (8, 5, None)),
        ({"usage": {"prompt_tokens": -1, "completion_tokens": True}}, (None, None, None)),
        ({"timings": {"prompt_n": float("nan"), "cache_n": 10**400}}, (None, None, None)),
    ):
        reader = ReplyReader()
        reader.take(event(content="Hi"))
        reader.take(json.dumps({"choices": [], **figures}))
        reader.take("[DONE]")
        finished = reader.finish()[-1]
        assert isinstance(finished, Finished)
        assert (finished.prompt_tokens, finished.cached_tokens, finished.reply_tokens) == expected


def test_a_stream_that_was_not_ended_broke_off() -> None:
    """Without a reason and without `[DONE]` nobody knows whether the reply is whole."""
    reader = ReplyReader()
    reader.take(event(content="Hi"))
    with pytest.raises(EngineError) as caught:
        reader.finish()
    assert caught.value.code == "llm_broke_off"
