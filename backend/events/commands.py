"""What somebody wants of a conversation: commands, imperative, to one consumer."""

from __future__ import annotations

from dataclasses import dataclass

from alisa.protocol.tags import Cause, Channel, Source


@dataclass(frozen=True, slots=True)
class Command:
    """A wish, addressed to a conversation."""

    conversation: str


@dataclass(frozen=True, slots=True)
class Say(Command):
    """The user said this: store it, then answer it."""

    text: str
    source: Source = Source.TYPED
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a turn has to name, whatever words the model finds for it."""

    names: tuple[str, ...]
    """each has to stand in her words"""
    sentence: str
    """our own, which names them all and is added where one is missing"""


@dataclass(frozen=True, slots=True)
class Muse(Command):
    """Let her speak of her own accord. `cue` is our own words to the model, never foreign text."""

    cause: Cause
    cue: str
    channel: Channel | None = None
    naming: Naming | None = None
    """what she has to name in it; None: nothing in particular"""


@dataclass(frozen=True, slots=True)
class Interrupt(Command):
    """End the running reply. `turn` None: whichever runs; the id of one that has ended: it becomes what was heard.

    `heard` is what the user had heard by then; None where nobody knows.
    """

    turn: int | None = None
    heard: str | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class ChangeMode(Command):
    """Change the mode of the conversation."""

    mode: str
    origin: str = ""
