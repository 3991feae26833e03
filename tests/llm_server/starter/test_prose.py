"""Prose that fills histories: plain English sentences of the project's own, the same under the same seed."""

from __future__ import annotations

import random

from llm_server.starter.evaluation.judge import prompts
from llm_server.starter.grammar import prose


def test_it_has_many_words_and_no_markup() -> None:
    """Thousands of sentences with thousands of words, none with what would be read as a tag or a header."""
    known = prose.sentences()
    assert len(known) > 2_000
    assert len({word for sentence in known for word in sentence.lower().split()}) > 4_000
    assert not any(mark in sentence for sentence in known for mark in "<>|`[]{}")


def test_no_held_out_prompt_stands_in_it() -> None:
    """Or the evaluation would ask for what was read."""
    everything = " ".join(prose.sentences()).lower()
    said = [prompt["say"].lower() for prompt in prompts() if prompt["say"] and len(prompt["say"]) > 15]
    assert not [words for words in said if words in everything]


def test_a_passage_is_as_long_as_asked() -> None:
    """So many sentences, and the same ones again under the same seed."""
    made = prose.passage(random.Random(3), 5)
    assert made == prose.passage(random.Random(3), 5)
    assert len(made) > 5 * 28
