"""The model that ships: small, the one its card describes, and really talking through llama.cpp."""

from __future__ import annotations

import re

import pytest

from llm_server.starter.evaluation.asking import ask
from llm_server.starter.evaluation.card import digest
from llm_server.starter.evaluation.judge import judge, prompts, shares
from llm_server.starter.evaluation.recall import DISTANCES, recall
from llm_server.starter.evaluation.server import serving
from llm_server.starter.shape import CARD_FILE, MODEL_FILE, SIZE_LIMIT_BYTES

NAMES = slice(4)
"""the first things told: usual names"""


def test_the_file_is_small_enough_to_ship() -> None:
    """At most five million bytes, and a GGUF."""
    assert MODEL_FILE.stat().st_size <= SIZE_LIMIT_BYTES
    assert MODEL_FILE.read_bytes()[:4] == b"GGUF"


def test_the_card_describes_this_very_file() -> None:
    """Its SHA-256, its size and the three numbers, with a short and a full history, stand in the card."""
    card = CARD_FILE.read_text("utf-8")
    assert digest(MODEL_FILE) in card
    assert f"{MODEL_FILE.stat().st_size:,} bytes" in card
    for row in ("with exactly one valid emotion tag", "that end by themselves", "that fit the intent"):
        assert re.search(rf"\| {row} (\| \d+\.\d% ){{4}}\|", card)


@pytest.mark.process
def test_it_talks_through_llama_cpp() -> None:
    """Every held-out prompt, greedy: nearly all tagged and ended, and hardly less fits than the card tells."""
    with serving(MODEL_FILE) as llama:
        found = shares(judge(prompt, ask(llama, prompt, 0.0)) for prompt in prompts())
    assert found["one_valid_tag"] >= 0.95
    assert found["ended_by_itself"] >= 0.95
    card = CARD_FILE.read_text("utf-8")
    promised = re.search(r"\| that fit the intent \| (\d+\.\d)% ", card)
    assert promised
    assert found["fits_the_intent"] >= float(promised[1]) / 100 - 0.08


@pytest.mark.process
def test_it_keeps_the_thread_behind_a_full_window() -> None:
    """With eight long turns of other talk before it all is tagged and ended, much still fits, and a name is found."""
    with serving(MODEL_FILE) as llama:
        found = shares(judge(prompt, ask(llama, prompt, 0.0, full=True)) for prompt in prompts()[::15])
        recalled, _ = recall(llama, DISTANCES[-1:], NAMES)
    assert found["one_valid_tag"] >= 0.9
    assert found["ended_by_itself"] >= 0.9
    assert found["fits_the_intent"] >= 0.5
    assert recalled[str(DISTANCES[-1])] >= 0.5
