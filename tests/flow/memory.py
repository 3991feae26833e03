"""History in memory, for virtual time: what the real one promises, without its threads.

The same flows are run over the real one in `test_over_sqlite.py`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from alisa.protocol.tags import Cause, Emotion, EndReason, Source
from alisa.runtime.errors import StorageError
from backend.storage.types import ConversationInfo, PendingTurn, StoredMessage

ANSWERED = (EndReason.STOP, EndReason.LENGTH, EndReason.INTERRUPTED)


@dataclass
class KeptTurn:
    """One turn as it stands."""

    id: int
    conversation: str
    cause: Cause
    user: StoredMessage | None
    hers: StoredMessage | None = None
    reason: EndReason | None = None
    timings: Mapping[str, float] = field(default_factory=dict)
    partials: list[str] = field(default_factory=list)


def disk_full() -> StorageError:
    return StorageError("disk_full", "The disk is full.", "Free some space, then try again.")


class MemoryHistory:
    """`commit_seconds` pass in each write; a method named in `failing` raises."""

    def __init__(self, commit_seconds: float = 0.0) -> None:
        self.turns: list[KeptTurn] = []
        self.infos: dict[str, ConversationInfo] = {}
        self.commit_seconds = commit_seconds
        self.failing: set[str] = set()

    async def _write(self, name: str) -> None:
        await asyncio.sleep(self.commit_seconds)
        if name in self.failing:
            raise disk_full()

    def turn(self, number: int) -> KeptTurn:
        return next(turn for turn in self.turns if turn.id == number)

    def said(self, conversation: str = "main") -> list[str]:
        """What stands in history, marked where it was cut off."""
        turns = [turn for turn in self.turns if turn.conversation == conversation]
        messages = [message for turn in turns for message in (turn.user, turn.hers) if message]
        return [f"{message.role}: {message.text}{' (cut off)' if message.interrupted else ''}" for message in messages]

    async def open_turn(
        self, conversation: str, cause: Cause, *, text: str | None, source: Source | None, origin: str, at: datetime
    ) -> int:
        await self._write("open_turn")
        number = len(self.turns) + 1
        user = None
        if text is not None:
            user = StoredMessage(2 * number, number, conversation, "user", text, None, cause, origin, False, at)
        self.turns.append(KeptTurn(number, conversation, cause, user))
        return number

    def _hers(self, kept: KeptTurn, text: str, emotion: Emotion | None, interrupted: bool, at: datetime) -> None:
        kept.hers = StoredMessage(
            2 * kept.id + 1, kept.id, kept.conversation, "assistant", text, emotion, kept.cause, "", interrupted, at
        )

    async def save_partial(self, turn: int, text: str, emotion: Emotion | None, at: datetime) -> None:
        await self._write("save_partial")
        kept = self.turn(turn)
        assert kept.reason is None, "a partial after the end would mark the whole as cut off"
        kept.partials.append(text)
        self._hers(kept, text, emotion, True, at)

    async def close_turn(
        self,
        turn: int,
        *,
        reason: EndReason,
        text: str,
        emotion: Emotion | None,
        interrupted: bool,
        origin: str,
        timings: Mapping[str, float],
        at: datetime,
    ) -> None:
        await self._write("close_turn")
        kept = self.turn(turn)
        assert kept.reason is None, "a turn ends once"
        kept.reason, kept.timings = reason, timings
        if text.strip():
            self._hers(kept, text, emotion, interrupted, at)
        else:
            kept.hers = None

    async def amend_heard(self, conversation: str, turn: int, heard: Callable[[str], str]) -> str | None:
        await self._write("amend_heard")
        kept = next((kept for kept in self.turns if kept.id == turn and kept.conversation == conversation), None)
        if kept is None or kept.hers is None or kept.reason is None:
            return None
        part = heard(kept.hers.text)
        if part == kept.hers.text:
            return None
        kept.hers = replace(kept.hers, text=part, interrupted=True) if part else None
        kept.reason = EndReason.INTERRUPTED
        return part

    async def window(self, conversation: str, *, turns: int, before_turn: int | None = None) -> list[StoredMessage]:
        kept = [
            turn
            for turn in self.turns
            if turn.conversation == conversation and (before_turn is None or turn.id < before_turn)
        ]
        return [m for turn in [t for t in kept if t.user or t.hers][-turns:] for m in (turn.user, turn.hers) if m]

    async def unanswered(self, conversation: str | None = None) -> list[PendingTurn]:
        pending: list[PendingTurn] = []
        for name in {turn.conversation for turn in self.turns}:
            trailing: list[PendingTurn] = []
            for turn in (turn for turn in self.turns if turn.conversation == name):
                if turn.hers or turn.reason in ANSWERED:
                    trailing = []
                elif turn.user:
                    trailing.append(PendingTurn(turn.id, name, turn.user.text, turn.user.at))
            pending += trailing
        return [turn for turn in pending if conversation in (None, turn.conversation)]

    async def recover(self, at: datetime) -> list[PendingTurn]:
        for turn in self.turns:
            if turn.reason is None:
                cut_off = turn.hers or turn.cause is not Cause.USER
                turn.reason = EndReason.INTERRUPTED if cut_off else EndReason.ERROR
        return await self.unanswered()

    async def ensure_conversation(self, name: str, mode: str, persona: str) -> ConversationInfo:
        await self._write("ensure_conversation")
        return self.infos.setdefault(name, ConversationInfo(name, mode, persona, 0, None, None))

    async def set_mode(self, name: str, mode: str) -> None:
        await self._write("set_mode")
        self.infos[name] = replace(self.infos[name], mode=mode)

    async def latest(self, conversation: str) -> tuple[int | None, Emotion | None]:
        hers = [turn.hers for turn in self.turns if turn.conversation == conversation and turn.hers]
        ids = [turn.id for turn in self.turns if turn.conversation == conversation]
        return ids[-1] if ids else None, hers[-1].emotion if hers else None
