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
from llm_server.starter.grammar.themes import daily, feelings, fun, herself, limits, social, talk
from llm_server.starter.grammar.words import draw
from llm_server.starter.template import Dialogue, Message

COMPUTED_SHARE = 0.35
"""Share of exchanges whose answer must be computed: names, the clock, memories, small sums."""

UNASKED_SHARE = 0.2
"""Share of the last turns that begin with a cue, or with a reminder to be set."""

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
    """A history of about so many characters, with long messages among the short ones."""
    rng = scene.rng
    messages: list[Message] = []
    while sum(len(message.content) for message in messages) < characters:
        if rng.random() < 0.3:
            messages.append(Message("user", paragraph(rng, rng.randint(1, 6))))
            messages.append(
                say(rng.choice(("calm", "neutral", "happy")), paragraph(rng, rng.randint(1, 7)), learn=False)
            )
        else:
            messages += exchange(scene, setting)
    return messages


def last_turn(scene: Scene, setting: Setting) -> list[Message]:
    """The turn that is answered now, mostly with a context block before it."""
    rng = scene.rng
    if rng.random() < 0.1:
        return exchange(scene, setting)
    named = scene.me or (draw(rng, "name") if rng.random() < 0.35 else None)
    block = context.draw_block(rng, named if rng.random() < 0.7 else None)
    scene.me = scene.me or block.name
    scene.block = block
    if rng.random() < UNASKED_SHARE:
        cue, reply = unasked(scene, block)
        return [Message("user", block.text(rng) + cue), reply]
    head = block.text(rng)
    made = exchange(scene, setting)
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
        earlier = long_history(scene, setting, rng.randint(3_000, 11_500))
    elif brief:
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
