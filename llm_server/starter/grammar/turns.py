"""Exchanges that must be computed: names, memories, the clock, sights, small sums. A maker returns None when it does not fit.

The words stand in `themes/computed.py`; here is decided which of them are true.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from llm_server.starter.grammar.context import draw_fact, patterns, spoken_time
from llm_server.starter.grammar.exchange import Scene
from llm_server.starter.grammar.expand import Slots, choose
from llm_server.starter.grammar.intents import Intent, parse
from llm_server.starter.grammar.themes import computed, facts
from llm_server.starter.grammar.words import NUMBERS, draw
from llm_server.starter.template import Message

Exchange = list[Message] | None
Maker = Callable[[Scene], Exchange]

# the answer to the question about what the user told, by its kind; the words stand in `themes/facts.py`
ANSWERS = {
    "pet": "<newname>, your <pet>",
    "thing": "a <color> <thing>",
    "travel": "<country>, in <month>",
    "car": "a <color> car",
    "weekend": "the <place>",
    "genre": "<genre>",
    "instrument": "the <instrument>",
    "animal": "the <animal>",
    "fear": "<animal>s",
    "gift": "a <color> <thing>",
    "dream": "a <job>",
    "wakeup": "at <hour>",
    "exam": "on <weekday>",
    "birthday": "in <month>",
    "number": "<small>",
    "age": "<age>",
    "study": "<subject>",
    "allergy": "<food>",
    "dislike": "<food>",
    "friend": "<newname>",
    "sister": "<newname>",
    "brother": "<newname>",
    "child": "<newname>",
    "partner": "<newname>",
    "mother": "<newname>",
}
"""Where it is not simply the slot that bears the name of its kind."""


@cache
def words_of(name: str) -> Intent:
    """Patterns and replies of one computed exchange."""
    return next(intent for intent in parse(computed.TEXT) if intent.name == name)


def asked(scene: Scene, name: str, slots: Slots, *, rough: bool = True) -> Message:
    """What the user says."""
    return scene.ask(scene.rng.choice(words_of(name).patterns), slots, rough=rough)


def answered(scene: Scene, name: str, slots: Slots) -> Message:
    """What she says, in her tone."""
    return scene.answer(scene.rng.choice(words_of(name).suited(scene.tone)), slots)


def tell_name(scene: Scene) -> Exchange:
    """The user gives their name."""
    slots = scene.slots()
    scene.me = draw(scene.rng, "name")
    slots.set("who", scene.me)
    slots.set("me", "")
    return [asked(scene, "tell_name", slots), answered(scene, "tell_name", slots)]


TOLD_FIRST = 0.7
"""Share of the questions after something untold before which it is told; or "you have not told me" is all she learns."""


def ask_name(scene: Scene) -> Exchange:
    """Does she know the user's name?"""
    before = None if scene.me or scene.rng.random() > TOLD_FIRST else tell_name(scene)
    slots = scene.slots()
    if scene.me:
        slots.set("who", scene.me)
    reply = answered(scene, "ask_name" if scene.me else "name_unknown", slots)
    return [*(before or ()), asked(scene, "ask_name", slots), reply]


def tell_fact(scene: Scene) -> Exchange:
    """The user tells something that they may ask about later."""
    rng, slots = scene.rng, scene.slots()
    told = patterns(facts.TELLING)
    kind = rng.choice([kind for kind in told if kind not in scene.told] or list(told))
    slots.set("small", str(rng.randint(1, 99)))
    slots.set("age", str(rng.randint(9, 90)))
    slots.set("hour", NUMBERS[rng.randint(5, 11)])
    slots.set("fact", slots.fill(choose(rng, rng.choice(told[kind]))))
    question = slots.fill(choose(rng, rng.choice(patterns(facts.ASKED)[kind])))
    scene.told[kind] = (question, slots.fill(ANSWERS.get(kind, f"<{kind}>")))
    return [asked(scene, "tell_fact", slots), answered(scene, "tell_fact", slots)]


def ask_told(scene: Scene) -> Exchange:
    """A question about something said earlier in this dialogue."""
    if not scene.told and scene.rng.random() > TOLD_FIRST:
        return None
    before = None if scene.told else tell_fact(scene)
    noted = {fact.kind for fact in scene.block.facts} if scene.block else set()
    kinds = [kind for kind in scene.told if kind not in noted]
    if not kinds:
        return None
    slots = scene.slots()
    question, answer = scene.told[scene.rng.choice(kinds)]
    slots.set("question", question)
    slots.set("answer", answer)
    return [*(before or ()), asked(scene, "ask_told", slots), answered(scene, "ask_told", slots)]


def ask_memory(scene: Scene) -> Exchange:
    """A question about a memory that stands in the context block, or about one that does not."""
    rng, slots = scene.rng, scene.slots()
    notes = scene.block.facts if scene.block else []
    if not notes and rng.random() < TOLD_FIRST:
        return None
    known = bool(notes) and rng.random() < 0.8
    fact = rng.choice(notes) if known else draw_fact(rng, notes)
    if fact.kind in scene.told:
        return None
    slots.set("question", fact.slots.fill(choose(rng, rng.choice(fact.questions))))
    slots.set("answer", fact.slots.fill(choose(rng, fact.answers)))
    return [asked(scene, "ask_memory", slots), answered(scene, "ask_memory" if known else "unknown", slots)]


def ask_about_me(scene: Scene) -> Exchange:
    """What does she know about the user?"""
    slots = scene.slots()
    notes = scene.block.facts if scene.block else []
    slots.set("notes", ", and: ".join(fact.slots.fill(fact.note) for fact in notes[:2]))
    return [asked(scene, "ask_about_me", slots), answered(scene, "ask_about_me" if notes else "unknown", slots)]


def ask_time(scene: Scene) -> Exchange:
    """What time is it?"""
    slots = scene.slots()
    said = asked(scene, "ask_time", slots)
    if not scene.block:
        return [said, answered(scene, "no_clock", slots)]
    when = scene.block.when
    slots.set("clock", spoken_time(when))
    remark = words_of(f"hour_{part_of_day(when.hour)}").replies[0].pattern
    slots.set("remark", choose(scene.rng, remark))
    return [said, answered(scene, "ask_time", slots)]


def part_of_day(hour: int) -> str:
    """Night, morning, day or evening."""
    return "night" if hour < 5 else "morning" if hour < 11 else "day" if hour < 18 else "evening"


def ask_day(scene: Scene) -> Exchange:
    """What day is it?"""
    slots = scene.slots()
    kind = scene.rng.choice(("day", "date", "year", "month"))
    said = asked(scene, f"ask_{kind}", slots)
    if not scene.block:
        return [said, answered(scene, "no_clock", slots)]
    when = scene.block.when
    date = f"{when:%A}, {when.day} {when:%B} {when.year}"
    slots.set("day", {"day": f"{when:%A}", "date": date, "year": f"{when:%Y}", "month": f"{when:%B}"}[kind])
    return [said, answered(scene, "tell_day", slots)]


ADDRESSED = (
    ("the user", "you"),
    ("you looks", "you look"),
    ("you is", "you are"),
    ("you has", "you have"),
    ("you wears", "you wear"),
    ("you holds", "you hold"),
    ("their", "your"),
)


def ask_sight(scene: Scene) -> Exchange:
    """What does she see?"""
    slots, block = scene.slots(), scene.block
    eye = scene.rng.choice(("screen", "webcam"))
    seen = (block.screen if eye == "screen" else block.webcam) if block else None
    for before, after in ADDRESSED if seen else ():
        seen = seen and seen.replace(before, after)
    slots.set("seen", seen or "")
    return [asked(scene, f"ask_{eye}", slots), answered(scene, f"ask_{eye}" if seen else "no_sight", slots)]


def small_sum(scene: Scene) -> Exchange:
    """A sum or a difference within ten."""
    rng, slots = scene.rng, scene.slots()
    a, b = rng.randint(0, 10), rng.randint(0, 10)
    plus = rng.random() < 0.7
    if plus and a + b > 10:
        a, b = a // 2, b // 2
    if not plus and b > a:
        a, b = b, a
    first, second = (str(a), str(b)) if rng.random() < 0.6 else (NUMBERS[a], NUMBERS[b])
    sign = choose(rng, "plus|+|and" if plus else "minus|-|take away")
    slots.set("sum", f"{first} {sign} {second}")
    slots.set("result", f"{a} {'plus' if plus else 'minus'} {b} is {a + b if plus else a - b}")
    return [asked(scene, "sum", slots), answered(scene, "sum", slots)]


def count(scene: Scene) -> Exchange:
    """Counting to ten at most."""
    rng, slots = scene.rng, scene.slots()
    last = rng.randint(3, 10)
    down = rng.random() < 0.25
    slots.set("last", str(last) if rng.random() < 0.6 else NUMBERS[last])
    numbers = [NUMBERS[i] for i in range(1, last + 1)]
    slots.set("numbers", ", ".join(reversed(numbers) if down else numbers))
    return [asked(scene, "count_down" if down else "count", slots), answered(scene, "counted", slots)]


PHRASES = (
    "<thing>|<animal>|<food>|<name>|<newname>|<color> <thing>|hello <name>|I like <food>|good luck|<city> is nice|"
    "the <animal> sleeps|<food> and <drink>|hello world|I am here|<newname> <newname2>"
)


def repeat(scene: Scene) -> Exchange:
    """She says a few words after the user."""
    slots = scene.slots()
    phrase = slots.fill(choose(scene.rng, PHRASES))
    slots.set("phrase", phrase)
    slots.set("echo", phrase)
    return [asked(scene, "repeat", slots, rough=False), answered(scene, "repeat", slots)]


def ask_last_words(scene: Scene) -> Exchange:
    """What did I just say?"""
    if not scene.said or len(scene.said) > 60 or set(scene.said) & set('<"'):
        return None
    slots = scene.slots()
    slots.set("before", scene.said)
    return [asked(scene, "ask_last_words", slots), answered(scene, "ask_last_words", slots)]


MAKERS: tuple[tuple[float, Maker], ...] = (
    (6, tell_name),
    (8, ask_name),
    (3, tell_fact),
    (7, ask_told),
    (8, ask_memory),
    (1, ask_about_me),
    (6, ask_time),
    (3, ask_day),
    (2, ask_sight),
    (2, small_sum),
    (1, count),
    (2, repeat),
    (0.5, ask_last_words),
)
"""Each maker, and how often it is drawn. Saying something again from the prompt is learned late, so it is drawn often."""

NEEDS_BLOCK = frozenset((ask_memory, ask_about_me, ask_time, ask_day, ask_sight))
"""Those that read the context block."""
