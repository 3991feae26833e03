"""Turns that no user began: a remark of her own, somebody who comes back, a reminder."""

from __future__ import annotations

from functools import cache

from llm_server.starter.grammar.context import Block
from llm_server.starter.grammar.exchange import Scene
from llm_server.starter.grammar.expand import choose
from llm_server.starter.grammar.intents import Intent, parse
from llm_server.starter.grammar.themes import unasked
from llm_server.starter.template import Message

MUSING = "(Nobody has spoken for a while. Say something short of your own accord.)"
RETURNED = "(The user has just come back.)"
ERRANDS = (
    "call the dentist|take the <food> out of the oven|water the plants|feed the <pet>|call <name>|send the <task>|"
    "buy <food> and <drink>|take your medicine|leave for the <place>|pay the rent|meeting with <name>|drink some water|"
    "go to bed|pick up the parcel|do the laundry|meet <name> at the <place>|stretch for five minutes|finish the <task>|"
    "write to your <relative>|charge the phone|book the <sport> court|take out the trash|practise the <instrument>|"
    "return the <thing>|bring the <thing> to <name>|visit your <relative>|clean the <thing>|study <subject>|buy a <thing>"
)
TIMELY_SHARE = 0.35
"""How often a musing is about the hour rather than about anything."""


@cache
def words_of(name: str) -> Intent:
    """Her words for one cue."""
    return next(intent for intent in parse(unasked.TEXT) if intent.name == name)


def spoken(scene: Scene, name: str, errand: str = "") -> Message:
    """What she says, in her tone."""
    slots = scene.slots()
    slots.set("errand", errand)
    return scene.answer(scene.rng.choice(words_of(name).suited(scene.tone)), slots)


def moment(scene: Scene, block: Block) -> str:
    """What a musing is about."""
    hour = block.when.hour
    if scene.tone == "plain":
        return "musing"
    if block.webcam and ("tired" in block.webcam or "yawning" in block.webcam):
        return "musing_tired"
    if scene.rng.random() < TIMELY_SHARE:
        for name, hours in (
            ("night", range(5)),
            ("morning", range(5, 10)),
            ("noon", range(12, 14)),
            ("evening", range(22, 24)),
        ):
            if hour in hours:
                return f"musing_{name}"
    return "musing"


def muse(scene: Scene, block: Block) -> tuple[str, Message]:
    """The cue for a remark of her own accord, and the remark."""
    return MUSING, spoken(scene, moment(scene, block))


def welcome(scene: Scene) -> tuple[str, Message]:
    """The cue that the user is back, and what she says to them."""
    return RETURNED, spoken(scene, "returned")


def remind(scene: Scene) -> tuple[str, Message]:
    """The cue of a reminder, and how she passes it on."""
    errand = scene.slots().fill(choose(scene.rng, ERRANDS))
    return f"(A reminder is due: {errand}. Tell the user.)", spoken(scene, "reminder", errand)
