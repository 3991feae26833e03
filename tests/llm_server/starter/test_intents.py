"""The themes: every intent can be said and answered, with the seven emotions and no other."""

from __future__ import annotations

import random
import re

import pytest

from llm_server.starter.grammar.dialogue import intents
from llm_server.starter.grammar.exchange import Scene
from llm_server.starter.grammar.intents import EMOTIONS, TONES, Intent, parse, parse_reply

ALL = intents()


def test_there_are_many_intents_with_names_of_their_own() -> None:
    """At least eighty, none twice."""
    names = [intent.name for intent in ALL]
    assert len(names) >= 80
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("intent", ALL, ids=lambda intent: intent.name)
def test_every_pattern_and_reply_expands(intent: Intent) -> None:
    """Braces are balanced, slots are known, and each of her tones but the plain one has a reply."""
    assert intent.patterns
    scene = Scene(random.Random(1), "Alisa", "teasing")
    for _ in range(5):
        for pattern in [*intent.patterns, *(step.pattern for step in intent.follow_ups)]:
            assert scene.ask(pattern, scene.slots()).content.strip()
        for reply in [*intent.replies, *(step.reply for step in intent.follow_ups)]:
            assert re.fullmatch(r"<emotion=\w+> [^<>{}]+", scene.answer(reply, scene.slots()).content)
    for tone in TONES:
        assert intent.suited(tone) or tone == "plain"


def test_every_emotion_is_used() -> None:
    """All seven, and no eighth, stand in the themes."""
    assert {reply.emotion for intent in ALL for reply in intent.replies} == set(EMOTIONS)


@pytest.mark.parametrize("line", ["bored: hm", "happy@loud: hm", "happy hm", "happy:"])
def test_an_unknown_emotion_or_tone_is_refused(line: str) -> None:
    """A slip in the data is found when it is read."""
    with pytest.raises(ValueError, match="not a reply"):
        parse_reply(line)


def test_parse_reads_all_five_kinds_of_line() -> None:
    """Head with weight, user's words, reply, reply for a tone, follow-up."""
    (intent,) = parse("[greet 2]\n? hi\nhappy: Hello.\ncalm@calm: Mm.\n+ why? => shy: Because.")
    assert (intent.name, intent.weight, intent.patterns) == ("greet", 2.0, ["hi"])
    assert [reply.pattern for reply in intent.suited("serious")] == ["Hello."]
    assert [reply.pattern for reply in intent.suited("calm")] == ["Mm.", "Mm.", "Hello."]
    assert intent.suited("plain") == []
    assert intent.follow_ups[0].reply.emotion == "shy"


def test_honest_intents_name_the_way_to_a_real_model() -> None:
    """Asked for what the starter cannot do, each of her replies holds the command that helps."""
    from llm_server.starter.grammar.themes import limits

    for intent in parse(limits.TEXT):
        for reply in intent.replies:
            assert "alisa models pull" in reply.pattern, intent.name


def test_in_a_crisis_every_reply_points_to_people() -> None:
    """No tone, and no follow-up, leaves somebody alone with it."""
    crisis = next(intent for intent in ALL if intent.name == "crisis")
    for reply in [*crisis.replies, *(step.reply for step in crisis.follow_ups)]:
        assert reply.emotion == "serious"
        assert re.search(r"crisis line|emergency|someone you trust", reply.pattern)
        assert "alisa models pull" not in reply.pattern
