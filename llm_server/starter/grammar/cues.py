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
STUCK = "(An error shows on the screen: {where}. Offer the user your help.)"
LONG_WORK = "(The user has been working for {how_long}. Suggest a short break.)"
SUFFIXES = "py js ts java c cpp rs go rb php cs kt sh sql html css json yaml toml".split()
TIMES = "at {hour}:{minute}|today, {hour}:{minute}|tomorrow, {hour}:{minute}|on <weekday>, {hour}:{minute}"
WISHES = (
    "remind me {when} to <errand>|remind me to <errand> {when}|please remind me {when} to <errand>|{when} I have to <errand>, "
    "remind me|can you remind me to <errand> {when}|don't let me forget to <errand> {when}|tell me {when} to <errand>|"
    "I need a reminder {when}: <errand>|set a reminder {when} to <errand>|wake me up {when}, I must <errand>"
)
TIMER_SHARE = 0.3
TIMER_WISHES = (
    "set a timer for {how_long}|timer for {how_long}|start a timer, {how_long}|{how_long} timer please|"
    "can you time {how_long}|count {how_long} for me|set the timer to {how_long}|I need a timer for {how_long}"
)
SPOKEN_TIMES = (
    "at {hour}|at {hour}:{minute}|in {minute} minutes|in an hour|in half an hour|tomorrow at {hour}|on <weekday>|tonight|"
    "this evening at {hour}|tomorrow morning|at noon|at six|at eight o'clock|in two hours"
)
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


def spoken(scene: Scene, name: str, **known: str) -> Message:
    """What she says, in her tone; `known` fills slots."""
    slots = scene.slots()
    for slot, word in known.items():
        slots.set(slot, word)
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
    return f"(A reminder is due: {errand}. Tell the user.)", spoken(scene, "reminder", errand=errand)


def stuck(scene: Scene) -> tuple[str, Message]:
    """The cue that an error shows on the screen, and her offer to help, which names the place."""
    rng = scene.rng
    stem = scene.slots().fill(rng.choice(("<thing>", "<task>", "<newname>", "<topic>", "main", "app", "test", "utils")))
    stem = "_".join(stem.lower().replace("the ", "").split())
    if rng.random() < 0.2:
        stem = f"{rng.choice(('test', 'run', 'my', 'new', 'old'))}_{stem}"
    file = f"{stem}.{rng.choice(SUFFIXES)}"
    where = f"{file}, line {rng.randint(1, rng.choice((60, 400, 999)))}" if rng.random() < 0.85 else file
    return STUCK.format(where=where), spoken(scene, "stuck", where=where)


def long_work(scene: Scene) -> tuple[str, Message]:
    """The cue that the user has worked for long, and her advice."""
    how_long = scene.rng.choice(("an hour", "two hours", "three hours", "four hours", "90 minutes"))
    return LONG_WORK.format(how_long=how_long), spoken(scene, "long_work")


def set_reminder(scene: Scene, block: Block) -> tuple[str, Message]:
    """The user wants to be reminded, the note says what was set, and she confirms it."""
    rng = scene.rng
    errand = scene.slots().fill(choose(rng, ERRANDS))
    clock = {"hour": f"{rng.randrange(24):02d}", "minute": f"{rng.randrange(60):02d}"}
    if rng.random() < TIMER_SHARE:
        return set_timer(scene, block, clock)
    block.reminder = scene.slots().fill(rng.choice(TIMES.split("|")).format(**clock))
    when = rng.choice(SPOKEN_TIMES.split("|")).format(hour=rng.randint(1, 23), minute=clock["minute"])
    wish = rng.choice(WISHES.split("|")).replace("{when}", when).replace("<errand>", errand)
    slots = scene.slots()
    said = scene.ask(wish, slots, rough=False).content
    reply = spoken(scene, "reminder_set", errand=errand, due=block.reminder)
    block.reminder += f", {errand}"
    return said, reply


def set_timer(scene: Scene, block: Block, clock: dict[str, str]) -> tuple[str, Message]:
    """The user wants a timer; the note says when it is over."""
    rng = scene.rng
    how_long = rng.choice((f"{rng.randint(2, 90)} minutes", f"{rng.choice((2, 3, 4))} hours", "an hour"))
    due = f"today, {clock['hour']}:{clock['minute']}"
    said = scene.ask(rng.choice(TIMER_WISHES.split("|")).replace("{how_long}", how_long), scene.slots(), rough=False)
    block.reminder = f"{due}, the timer of {how_long} is over"
    return said.content, spoken(scene, "timer_set", due=due, how=how_long)
