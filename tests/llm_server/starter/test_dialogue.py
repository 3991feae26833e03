"""Whole dialogues: shaped as the hub's, honest about what stands in them, the same under the same seed."""

from __future__ import annotations

import itertools
import json
import random
import re

import pytest

from llm_server.starter.grammar import prompts, turns
from llm_server.starter.grammar.context import Block, draw_block
from llm_server.starter.grammar.cues import MUSING
from llm_server.starter.grammar.dialogue import Setting, dialogue, quiz, told_early
from llm_server.starter.grammar.exchange import Scene
from llm_server.starter.grammar.intents import EMOTIONS
from llm_server.starter.shape import DATA

SPOKEN = re.compile(rf"<emotion=({'|'.join(EMOTIONS)})> \S[^<>]*", re.DOTALL)


def many(count: int, seed: int = 5, *, long: bool = False):
    rng = random.Random(seed)
    return [dialogue(rng, long=long) for _ in range(count)]


def test_every_reply_has_exactly_one_valid_tag() -> None:
    """What she says begins with one of the seven tags and has no other; a tool call is bare JSON."""
    for made in many(1500):
        for message in made.messages:
            if message.role != "assistant":
                continue
            if message.content.startswith("{"):
                assert json.loads(message.content)["name"] in {tool["function"]["name"] for tool in made.tools}
            else:
                assert SPOKEN.fullmatch(message.content), message.content
                assert message.content.count("emotion=") == 1


def test_users_and_she_take_turns_and_she_speaks_last() -> None:
    """Every dialogue ends with words of hers, and nobody speaks twice in a row."""
    for made in many(300):
        roles = [message.role for message in made.messages]
        assert roles[-1] == "assistant"
        assert made.messages[-1].content.startswith("<emotion=")
        assert all(a != b for a, b in itertools.pairwise(roles))


def test_only_the_last_message_of_the_user_has_a_block() -> None:
    """As in the hub: older turns carry none."""
    for made in many(300):
        said = [message.content for message in made.messages if message.role == "user"]
        assert not any("[context]" in text for text in said[:-1])


def test_the_same_seed_gives_the_same_dialogues() -> None:
    """Training data can be made again."""
    assert many(40, seed=9) == many(40, seed=9)
    assert many(40, seed=9) != many(40, seed=10)


def test_most_system_prompts_are_the_shipped_ones_word_for_word() -> None:
    """Persona, rules and mode, joined as the hub joins them."""
    rules = (DATA / "prompts" / "rules.txt").read_text("utf-8").strip()
    assert f"\n\n{rules}\n\n" in prompts.real()
    shipped = {
        prompts.real(persona, mode) for persona in ("Alisa", "Assistant") for mode in ("teasing", "serious", "calm")
    }
    assert sum(made.system in shipped for made in many(400)) > 200


def test_long_dialogues_fill_the_window() -> None:
    """Some have more than 10,000 characters of history, which is about 3,000 tokens."""
    lengths = [sum(len(message.content) for message in made.messages) for made in many(80, long=True)]
    assert max(lengths) > 10_000


def scene(block: Block | None, me: str | None = None, tone: str = "teasing") -> Scene:
    return Scene(random.Random(2), "Alisa", tone, me=me, block=block)


@pytest.mark.parametrize("tone", ["teasing", "serious", "calm", "plain"])
def test_the_time_is_read_from_the_block_or_not_told(tone: str) -> None:
    """Without a clock in front of her she says so."""
    block = draw_block(random.Random(1), None)
    told = turns.ask_time(scene(block, tone=tone))
    assert told
    assert f"{block.when:%H:%M}" in told[-1].content
    untold = turns.ask_time(scene(None, tone=tone))
    assert untold
    assert "clock" in untold[-1].content


def test_what_was_told_early_is_asked_back_once() -> None:
    """A quiz asks for each fact of the beginning once, answers as it was told, and then has nothing left to ask."""
    made = Scene(random.Random(4), "Alisa", "teasing", by_name=0.0)
    told_early(made, Setting("", (), "Alisa", "teasing"))
    known = dict(made.told)
    assert made.me
    assert len(known) >= 3
    asked = quiz(made, 60)
    replies = [message.content for message in asked if message.role == "assistant"]
    assert not made.told
    assert all(sum(answer in reply for reply in replies) >= 1 for _, answer in known.values())
    assert any(made.me in reply for reply in replies)


def test_a_name_is_recalled_only_when_it_was_given() -> None:
    """Known: said. Unknown: asked for."""
    known = turns.ask_name(scene(None, me="Oskar"))
    assert known
    assert "Oskar" in known[-1].content
    unknown = turns.ask_name(scene(None))
    assert unknown
    assert re.search("told|know your name", unknown[-1].content)


def test_she_does_not_claim_to_see_without_eyes() -> None:
    """No line of sight, no claim."""
    blind = Block(draw_block(random.Random(1), None).when, None, [], None, None)
    for seed in range(20):
        made = turns.ask_sight(Scene(random.Random(seed), "Alisa", "teasing", block=blind))
        assert made
    assert re.search("can't see|don't see|nothing reaches", made[-1].content, re.IGNORECASE)


def test_small_sums_are_right() -> None:
    """Every sum she is taught is true."""
    for seed in range(200):
        made = turns.small_sum(Scene(random.Random(seed), "Alisa", "teasing"))
        assert made
        match = re.search(r"(\d+) (plus|minus) (\d+) is (\d+)", made[-1].content)
        assert match
        a, b, result = int(match[1]), int(match[3]), int(match[4])
        assert result == (a + b if match[2] == "plus" else a - b)


def test_there_are_unprompted_turns() -> None:
    """The cue for musing is among the last messages, and the answer is short."""
    musings = [made for made in many(800) if made.messages[-2].content.endswith(MUSING)]
    assert musings
    assert all(len(made.messages[-1].content) < 200 for made in musings)
