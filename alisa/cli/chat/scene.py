"""The conversation as the terminal shows it: the hub's messages come in, what to print comes out.

Pure: neither a terminal nor a socket is known here. What is finished is printed once and for all; what still
grows (the end of her reply, messages that wait for their turn) is part of the scene and drawn anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from alisa.cli.chat.words import harmless, split_blocks
from alisa.link.items import Connected, Disconnected, Item
from alisa.protocol.messages import EmotionShown, End, Error, Mode, Status, Token, Turn, User
from alisa.protocol.tags import Cause, Channel, Emotion, EndReason

# --- what to print -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UserLine:
    """What the user said."""

    text: str


@dataclass(frozen=True, slots=True)
class HerName:
    """A reply of hers begins."""

    emotion: Emotion | None


@dataclass(frozen=True, slots=True)
class Block:
    """A complete block of her reply, in Markdown. `first`: nothing of the reply stands above it."""

    text: str
    first: bool = True


@dataclass(frozen=True, slots=True)
class ReplyOver:
    """Her reply is complete, or was cut off."""

    reason: EndReason


@dataclass(frozen=True, slots=True)
class Note:
    """The product speaks."""

    text: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something failed: what, and what to do next."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Aside:
    """Something that she says unasked and only in writing, in one piece, unobtrusively."""

    text: str
    emotion: Emotion | None


Print = UserLine | HerName | Block | ReplyOver | Note | Trouble | Aside

# --- what still changes --------------------------------------------------------------------------


@dataclass(slots=True)
class Waiting:
    """A message of the user whose turn has not begun. `turn` is None until the hub has taken it."""

    text: str
    mine: bool
    turn: int | None = None
    printed: bool = False


@dataclass(slots=True)
class Reply:
    """A reply that is being written."""

    turn: int
    cause: Cause = Cause.USER
    text: str = ""
    emotion: Emotion | None = None
    channel: Channel | None = None
    """None: aloud; else she whispers, so to say"""
    named: bool = False
    printed_blocks: int = 0


TOLD_ONCE = ("reminder_note", "initiative_note")
"""What the hub tells in its own words: of reminders, and that she gives up speaking of something."""


@dataclass(slots=True)
class Scene:
    """One conversation in one terminal."""

    conversation: str = "main"
    connected: bool = False
    ever_connected: bool = False
    persona: str = "Alisa"
    mode: str = ""
    emotion: Emotion = Emotion.NEUTRAL
    status: Mapping[str, Any] = field(default_factory=dict)
    reply: Reply | None = None
    waiting: list[Waiting] = field(default_factory=list)
    over: set[int] = field(default_factory=set)
    """turns that have been shown to their end"""

    @property
    def busy(self) -> bool:
        """Whether she speaks, or the user waits for her to."""
        speaks = self.reply is not None and self.reply.channel is None
        return speaks or any(message.mine for message in self.waiting)

    @property
    def queued(self) -> list[str]:
        """What the user said that is not printed yet, because she still speaks."""
        return [message.text for message in self.waiting if not message.printed]

    @property
    def unheard(self) -> list[str]:
        """What was typed here and the hub has not said that it took, oldest first."""
        return [message.text for message in self.waiting if message.mine and message.turn is None]

    @property
    def growing(self) -> str:
        """The part of her reply that is not printed yet."""
        if self.reply is None or self.reply.channel is not None:
            return ""
        blocks, rest = split_blocks(self.reply.text)
        return "\n\n".join([*blocks[self.reply.printed_blocks :], rest]).strip("\n")

    def say(self, text: str) -> list[Print]:
        """The user typed this: printed at once when nothing is going on, else when its turn begins."""
        busy = self.busy
        self.waiting.append(Waiting(text, mine=True))
        return [] if busy else self._print_waiting(self.waiting)

    def feed(self, item: Item) -> list[Print]:
        """The hub said this, or came, or went."""
        match item:
            case Connected():
                return self._came(item)
            case Disconnected():
                return self._went(item)
            case User():
                return self._heard_user(item)
            case Turn(turn=int(turn)):
                return self._began(turn, item.cause, item.channel)
            case EmotionShown() if self.reply is not None and item.turn == self.reply.turn:
                self.reply.emotion = self.emotion = item.emotion
            case Token() if self.reply is not None and item.turn == self.reply.turn:
                self.reply.text += harmless(item.text)
                return self._settled(self.reply)
            case Error():
                return self._failed(item)
            case End(turn=int(turn)) if self.reply is not None and turn == self.reply.turn:
                return self._ended(self.reply, item.reason)
            case End(turn=int(turn)):
                self.over.add(turn)
                self.waiting = [message for message in self.waiting if message.turn != turn]
            case Mode() if item.mode != self.mode:
                self.mode = harmless(item.mode)
                return [Note(f"Mode: {self.mode}.")]
            case Status():
                return self._told(item.values)
            case _:
                pass
        return []

    # --- the hub comes and goes ------------------------------------------------------------------

    def _came(self, item: Connected) -> list[Print]:
        back = self.ever_connected and not self.connected
        self.connected = self.ever_connected = True
        self.persona = _as_name(item.welcome.persona)
        self.mode = harmless(item.welcome.mode)
        self.emotion = item.welcome.emotion
        return [Note("The hub is back.")] if back else []

    def _went(self, item: Disconnected) -> list[Print]:
        was_connected = self.connected
        self.connected = False
        if not was_connected:
            return []
        return [Note(f"The hub is away: {harmless(item.reason)}. I'll go on when it is back.")]

    def _told(self, values: Mapping[str, Any]) -> list[Print]:
        """How the parts do; what the hub tells in its own words is shown once, when it is new."""
        before, self.status = self.status, values
        lines = [(key, values.get(key)) for key in TOLD_ONCE] if before else []
        return [
            Note(harmless(line)) for key, line in lines if isinstance(line, str) and line != before.get(key) and line
        ]

    # --- a turn ------------------------------------------------------------------------------------

    def _heard_user(self, item: User) -> list[Print]:
        text = harmless(item.text)
        if item.turn in self.over or any(item.turn == message.turn for message in self.waiting):
            return []
        if self.reply is not None and item.turn == self.reply.turn:
            return []
        own = next((m for m in self.waiting if m.mine and m.turn is None and m.text.strip() == text.strip()), None)
        if own is not None:
            own.turn = item.turn
            return []
        message = Waiting(text, mine=False, turn=item.turn)
        self.waiting.append(message)
        return self._print_waiting([message]) if self.reply is None else []

    def _began(self, turn: int, cause: Cause, channel: Channel | None) -> list[Print]:
        if turn in self.over:
            return []
        if self.reply is not None and self.reply.turn == turn:  # told again after a reconnect
            self.reply.text = ""
            return []
        prints = self._ended(self.reply, EndReason.INTERRUPTED) if self.reply is not None else []
        due = [message for message in self.waiting if message.turn is not None and message.turn <= turn]
        prints += self._print_waiting(due)
        self.waiting = [message for message in self.waiting if message not in due]
        self.reply = Reply(turn, cause, channel=channel)
        return prints

    def _settled(self, reply: Reply) -> list[Print]:
        """Print the blocks that have become complete."""
        if "\n" not in reply.text or reply.channel is not None:
            return []
        blocks, _ = split_blocks(reply.text)
        return self._blocks(reply, blocks)

    def _blocks(self, reply: Reply, blocks: list[str]) -> list[Print]:
        prints: list[Print] = []
        for block in blocks[reply.printed_blocks :]:
            if not reply.named:
                prints.append(HerName(reply.emotion))
            prints.append(Block(block, first=not reply.named))
            reply.named = True
            reply.printed_blocks += 1
        return prints

    def _flushed(self, reply: Reply) -> list[Print]:
        blocks, rest = split_blocks(reply.text)
        return self._blocks(reply, [*blocks, *([rest.strip("\n")] if rest.strip() else [])])

    def _failed(self, item: Error) -> list[Print]:
        prints: list[Print] = []
        if self.reply is not None and item.turn == self.reply.turn:
            prints += self._flushed(self.reply)
        elif item.turn is None and item.code != "unknown_mode":
            self._forget_oldest_unheard()
        return [*prints, Trouble(harmless(item.message), harmless(item.hint))]

    def _ended(self, reply: Reply, reason: EndReason) -> list[Print]:
        if reply.channel is not None:
            self.over.add(reply.turn)
            self.reply = None
            text = " ".join(reply.text.split())
            return [Aside(text, reply.emotion)] if text else []
        prints = self._flushed(reply)
        self.over.add(reply.turn)
        self.reply = None
        if reply.named or reason is EndReason.INTERRUPTED:
            prints.append(ReplyOver(reason))
        return prints

    # --- the user's messages -----------------------------------------------------------------------

    def _forget_oldest_unheard(self) -> None:
        refused = next((m for m in self.waiting if m.mine and m.turn is None), None)
        if refused is not None:
            self.waiting.remove(refused)

    def _print_waiting(self, messages: list[Waiting]) -> list[Print]:
        fresh = [message for message in messages if not message.printed]
        for message in fresh:
            message.printed = True
        return [UserLine(message.text) for message in fresh]


def _as_name(persona: str) -> str:
    name = harmless(persona).strip() or "Alisa"
    return name[0].upper() + name[1:]
