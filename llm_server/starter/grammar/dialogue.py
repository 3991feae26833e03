"""Whole dialogues: a setting (system prompt, tools), a history, and a last turn with its context block."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from typing import Any

from llm_server.starter.grammar import context, cues, prompts, tools, turns
from llm_server.starter.grammar.exchange import Scene, from_intent, say
from llm_server.starter.grammar.filler import paragraph
from llm_server.starter.grammar.intents import Intent, parse
from llm_server.starter.grammar.prose import passage
from llm_server.starter.grammar.themes import daily, feelings, fun, herself, limits, social, talk
from llm_server.starter.grammar.words import draw
from llm_server.starter.template import Dialogue, Message

COMPUTED_SHARE = 0.35
"""Share of exchanges whose answer must be computed: names, the clock, memories, small sums."""

UNASKED_SHARE = 0.2
"""Share of the last turns that begin with a cue, or with a reminder to be set."""

TOLD_EARLY_SHARE = 0.8
"""Share of the long histories in which the user says something of themselves at the beginning."""

BACK_SHARE = 0.4
"""Share of the long dialogues whose last question is about that."""

SHORTEST, LONGEST = 800, 10_500
"""Characters of a long history; every doubling between is as frequent, so that she learns to look ever farther back."""

LISTENING = "statement"
"""The intent whose replies let somebody go on."""

THEMES = (social, feelings, limits, herself, fun, daily, talk)


@dataclass(frozen=True)
class Setting:
    """What stays the same while one talks: system prompt, tools, her name and tone."""

    system: str
    tools: tuple[dict[str, Any], ...]
    name: str
    tone: str


@cache
def intents() -> tuple[Intent, ...]:
    """Every intent of every theme."""
    return tuple(intent for theme in THEMES for intent in parse(theme.TEXT))


@cache
def pool(tone: str) -> tuple[tuple[Intent, ...], tuple[float, ...]]:
    """The intents that have a reply in this tone, and how often each is drawn."""
    fitting = tuple(intent for intent in intents() if intent.suited(tone))
    return fitting, tuple(intent.weight for intent in fitting)


def draw_setting(rng: random.Random, *, long: bool = False, brief: bool = False) -> Setting:
    """A setting; every fourth has tools."""
    drawn = prompts.draw_brief(rng) if brief else prompts.draw(rng)
    offered = tools.offer(rng) if rng.random() < (0.08 if long else 0.25) else ()
    return Setting(drawn.text, offered, drawn.name, drawn.tone)


def exchange(scene: Scene, setting: Setting) -> list[Message]:
    """Any one exchange, remembered by the scene."""
    made = draw_exchange(scene, setting)
    scene.said = made[0].content
    return made


def draw_exchange(scene: Scene, setting: Setting) -> list[Message]:
    """Any one exchange."""
    rng = scene.rng
    if setting.tools and rng.random() < 0.6:
        return tools.use(scene, setting.tools)
    if scene.last and scene.last.follow_ups and rng.random() < 0.5 and scene.tone != "plain":
        slots, step = scene.slots(), rng.choice(scene.last.follow_ups)
        scene.last = None
        return [scene.ask(step.pattern, slots), scene.answer(step.reply, slots)]
    if rng.random() < COMPUTED_SHARE:
        weights, makers = zip(*turns.MAKERS, strict=True)
        maker = rng.choices(makers, weights)[0]
        clashes = setting.tools and maker in (turns.ask_time, turns.tell_fact)
        made = None if clashes else recalled(scene, maker)
        if made:
            scene.last = None
            return made
    fitting, shares = pool(scene.tone)
    return from_intent(scene, rng.choices(fitting, shares)[0])


def recalled(scene: Scene, maker: turns.Maker) -> turns.Exchange:
    """An exchange; one in the past may have read a block that is gone, and then its answer is not taught."""
    if scene.block or maker not in turns.NEEDS_BLOCK or scene.rng.random() < 0.4:
        return maker(scene)
    scene.block = context.draw_block(scene.rng, None)
    made = maker(scene)
    scene.block = None
    return made and [Message(m.role, m.content, learn=False) for m in made]


def history(scene: Scene, setting: Setting, length: int) -> list[Message]:
    """Earlier exchanges without context blocks; what she read from a block then is not taught now."""
    messages: list[Message] = []
    for _ in range(length):
        messages += exchange(scene, setting)
    return messages


def long_history(scene: Scene, setting: Setting, characters: int) -> list[Message]:
    """A history of about so many characters: things told early, long messages among short ones, now and then asked back."""
    rng = scene.rng
    messages = told_early(scene, setting) if rng.random() < TOLD_EARLY_SHARE else []
    wordy = rng.uniform(0.1, 0.8)
    while sum(len(message.content) for message in messages) < characters:
        if rng.random() < wordy:
            messages += at_length(scene)
        elif rng.random() < 0.1:
            messages += quiz(scene, 1)
        else:
            messages += exchange(scene, setting)
    return messages


def told_early(scene: Scene, setting: Setting) -> list[Message]:
    """What the user says of themselves at the beginning: a name, a few facts, other things between."""
    rng = scene.rng
    makers: list[turns.Maker] = [turns.tell_fact] * rng.randint(0, 7)
    makers += [turns.tell_name] * (rng.random() < 0.8)
    rng.shuffle(makers)
    messages = history(scene, setting, rng.choice((0, 0, 1, 2)))
    for maker in makers:
        messages += maker(scene) or []
        messages += history(scene, setting, rng.choice((0, 0, 1)))
    return messages


def quiz(scene: Scene, length: int) -> list[Message]:
    """Questions about what was told, one after the other: what is far back is asked for many times in one dialogue."""
    return [message for _ in range(length) for message in asked_back(scene) or ()]


def at_length(scene: Scene) -> list[Message]:
    """A long message: she lets the user go on, or says something long herself, which she is not taught."""
    rng = scene.rng
    told = Message("user", at_any_length(rng, rng.randint(1, 8)))
    if rng.random() < 0.5:
        listening = next(intent for intent in intents() if intent.name == LISTENING)
        return [told, scene.answer(rng.choice(listening.suited(scene.tone)), scene.slots())]
    mood = rng.choice(("calm", "neutral", "happy", "teasing", "serious"))
    return [told, say(mood, at_any_length(rng, rng.randint(1, 6)), learn=False)]


def at_any_length(rng: random.Random, count: int) -> str:
    """`count` sentences of prose."""
    return passage(rng, count) if rng.random() < 0.6 else paragraph(rng, count)


def asked_back(scene: Scene) -> turns.Exchange:
    """A question about something told earlier; each fact is asked for once, so that nearly all answers are far away."""
    if scene.me and (not scene.told or scene.rng.random() < 0.4):
        return turns.ask_name(scene)
    known = set(scene.told)
    made = turns.ask_told(scene) if known else None
    for kind in known:
        if made and any(scene.told[kind][0] in message.content for message in made):
            del scene.told[kind]
            break
    return made


def last_turn(scene: Scene, setting: Setting, *, back: bool = False) -> list[Message]:
    """The turn that is answered now, mostly with a context block before it; `back`: about what was told, if anything."""
    rng = scene.rng
    if rng.random() < 0.1:
        return (back and asked_back(scene)) or exchange(scene, setting)
    named = scene.me or (draw(rng, "name") if rng.random() < 0.35 else None)
    block = context.draw_block(rng, named if rng.random() < (0.2 if back else 0.7) else None)
    scene.me = scene.me or block.name
    scene.block = block
    if not back and rng.random() < UNASKED_SHARE:
        cue, reply = unasked(scene, block)
        return [Message("user", block.text(rng) + cue), reply]
    head = block.text(rng)
    made = (back and asked_back(scene)) or exchange(scene, setting)
    last = max(place for place, message in enumerate(made) if message.role == "user")
    return [*made[:last], Message("user", head + made[last].content), *made[last + 1 :]]


def unasked(scene: Scene, block: context.Block) -> tuple[str, Message]:
    """A cue of the hub's and her words, or a wish to be reminded that the hub has taken note of."""
    makers = (
        lambda: cues.muse(scene, block),
        lambda: cues.welcome(scene),
        lambda: cues.remind(scene),
        lambda: cues.stuck(scene),
        lambda: cues.long_work(scene),
        lambda: cues.set_reminder(scene, block),
    )
    return scene.rng.choices(makers, (7, 3, 3, 4, 1, 4))[0]()


def conversation(
    rng: random.Random, setting: Setting, *, long: bool = False, brief: bool = False
) -> tuple[Message, ...]:
    """The messages after the system prompt; `long` ones fill up to about 3,000 tokens, `brief` ones are a turn or two."""
    scene = Scene(rng, setting.name, setting.tone)
    if long:
        scene.by_name = rng.choice((0.0, 0.0, scene.by_name))
        earlier = long_history(scene, setting, round(SHORTEST * (LONGEST / SHORTEST) ** rng.random()))
        earlier += quiz(scene, rng.choice((0, 0, 1, 3, 6)))
        return (*earlier, *last_turn(scene, setting, back=rng.random() < BACK_SHARE))
    if brief:
        earlier = history(scene, setting, rng.choices((0, 1, 2), (75, 17, 8))[0])
        if rng.random() < 0.4:
            return (*earlier, *exchange(scene, setting))
    else:
        earlier = history(scene, setting, rng.choices((0, 1, 2, 3, 5, 8), (48, 17, 13, 10, 8, 4))[0])
    return (*earlier, *last_turn(scene, setting))


def dialogue(rng: random.Random, *, long: bool = False) -> Dialogue:
    """One whole dialogue."""
    setting = draw_setting(rng, long=long)
    return Dialogue(setting.system, conversation(rng, setting, long=long), setting.tools)
