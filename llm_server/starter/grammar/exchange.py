"""One exchange: what the user says, and what she answers; the unit that dialogues are made of."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from llm_server.starter.grammar.context import Block
from llm_server.starter.grammar.expand import Slots, choose, tidy
from llm_server.starter.grammar.intents import Intent, Reply
from llm_server.starter.grammar.noise import dress, roughen
from llm_server.starter.grammar.words import draw
from llm_server.starter.template import Message


@dataclass
class Scene:
    """What the exchanges of one dialogue share: her name and tone, and what has been said so far."""

    rng: random.Random
    bot: str
    tone: str
    me: str | None = None
    """The user's name, once it stands in the dialogue or the context block."""
    told: dict[str, tuple[str, str]] = field(default_factory=dict)
    """What the user has said about themselves: by kind, the question about it and its answer."""
    block: Block | None = None
    """The notes before the message that is being answered."""
    last: Intent | None = None
    """The intent just answered, whose follow-ups fit now."""
    said: str = ""
    """The user's words just before."""
    by_name: float = 0.5
    """How often she calls the user by name; where she seldom does, a name must be found far back."""

    def slots(self) -> Slots:
        """Fresh words, with the names of this scene."""
        slots = Slots(self.rng, draw_word)
        slots.set("bot", self.bot)
        slots.set("me", f", {self.me}" if self.me and self.rng.random() < self.by_name else "")
        return slots

    def ask(self, pattern: str, slots: Slots, *, rough: bool = True) -> Message:
        """The user's words from a pattern."""
        text = choose(self.rng, pattern)
        if rough:
            text = roughen(self.rng, text)
        return Message("user", dress(self.rng, slots.fill(text).strip()))

    def answer(self, reply: Reply, slots: Slots, *, learn: bool = True) -> Message:
        """Her words from a reply."""
        return say(reply.emotion, slots.fill(choose(self.rng, reply.pattern)), learn=learn)


def draw_word(rng: random.Random, slot: str) -> str:
    """A word for any slot, the composed ones too."""
    if slot == "bignum":
        return str(rng.choice((rng.randint(11, 99), rng.randint(11, 99), rng.randint(100, 9999), rng.randint(11, 50))))
    if slot == "longtext":
        from llm_server.starter.grammar.filler import paragraph

        return paragraph(rng, rng.randint(2, 8))
    return draw(rng, slot)


def say(emotion: str, text: str, *, learn: bool = True) -> Message:
    """Her message: the tag, one space, the words."""
    return Message("assistant", f"<emotion={emotion}> {tidy(text)}", learn)


def from_intent(scene: Scene, intent: Intent) -> list[Message]:
    """The user's words and her answer for an intent written in a theme."""
    slots = scene.slots()
    asked = scene.ask(scene.rng.choice(intent.patterns), slots)
    scene.last = intent
    return [asked, scene.answer(scene.rng.choice(intent.suited(scene.tone)), slots)]
