"""Judging is strict, and the held-out prompts are new to the grammar."""

from __future__ import annotations

import re

import pytest

from llm_server.starter.evaluation.judge import Reply, Verdict, fits, has_one_tag, judge, prompts, shares
from llm_server.starter.evaluation.novelty import known_as, plain, sampled
from llm_server.starter.grammar.cues import MUSING
from llm_server.starter.grammar.intents import EMOTIONS


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("<emotion=happy> Hi.", True),
        ("<emotion=angry> Hi.", False),
        ("Hi. <emotion=happy> Hi.", False),
        ("<emotion=happy> Hi. <emotion=calm> Oh.", False),
        ("<emotion=happy> ", False),
        ("<emotion=happy>Hi.", False),
        ("happy Hi.", False),
        ("", False),
    ],
)
def test_exactly_one_valid_tag_at_the_start(text: str, valid: bool) -> None:
    """Anything else does not count."""
    assert has_one_tag(text) is valid


def test_a_reply_fits_by_emotion_words_and_what_it_leaves_out() -> None:
    """All three must hold."""
    prompt = {"id": "1", "intent": "sad", "say": "oh", "emotions": ["sad"], "any": "sorry", "not": "starter"}
    assert fits(prompt, Reply("<emotion=sad> I'm Sorry.", "stop"))
    assert not fits(prompt, Reply("<emotion=happy> I'm sorry.", "stop"))
    assert not fits(prompt, Reply("<emotion=sad> Great.", "stop"))
    assert not fits(prompt, Reply("<emotion=sad> Sorry, I'm the starter.", "stop"))
    assert not judge(prompt, Reply("<emotion=sad> Sorry", "length")).ended


def test_a_tool_call_fits_by_name_and_arguments() -> None:
    """A call carries no tag, so the share of tags leaves it out."""
    prompt = {"id": "1", "intent": "tool", "say": "w", "call": {"name": "set_timer", "arguments": {"minutes": 5}}}
    good = judge(prompt, Reply("", "tool_calls", {"name": "set_timer", "arguments": {"minutes": 5}}))
    assert (good.tagged, good.ended, good.fits) == (None, True, True)
    assert not judge(prompt, Reply("", "tool_calls", {"name": "set_timer", "arguments": {"minutes": 7}})).fits
    assert not judge(prompt, Reply("<emotion=calm> Done.", "stop")).fits


def test_shares_are_counted_over_what_they_concern() -> None:
    """Tags over spoken replies, the other two over all."""
    verdicts = [Verdict("1", "a", "", "", True, True, False), Verdict("2", "a", "", "", None, True, True)]
    assert shares(verdicts) == {"one_valid_tag": 1.0, "ended_by_itself": 1.0, "fits_the_intent": 0.5}


def test_the_prompts_are_many_and_sound() -> None:
    """At least 120; emotions exist and expressions compile."""
    every = prompts()
    assert len(every) >= 120
    assert len({prompt["id"] for prompt in every}) == len(every)
    for prompt in every:
        assert set(prompt["emotions"]) <= set(EMOTIONS)
        re.compile(prompt["any"])
        re.compile(prompt.get("not", ""))


CUES = (MUSING, "(The user has just come back.)", "(A reminder is due")


def test_no_held_out_prompt_comes_from_the_grammar() -> None:
    """None matches a pattern of a theme or is said in 20,000 dialogues; only the hub's own cues are what they are."""
    said = sampled(20_000)
    for prompt in prompts():
        words = prompt["say"]
        if words and not words.startswith(CUES):
            assert known_as(words) is None, words
            assert plain(words) not in said, words


@pytest.mark.parametrize(
    "words", ["Hello, Alisa!", "well, i ate sushi today", "Tell me about dinosaurs", "what is 12 times 30?"]
)
def test_what_does_come_from_the_grammar_is_recognised(words: str) -> None:
    """The proof above would find a leak."""
    assert known_as(words)
