"""A client introduces itself: it is told how things stand, then what it missed, then everything that follows.

Nothing is told twice and nothing is left out. At one instant, without waiting, the client is moved to its
conversation, its queue begins to collect, and the ledger is read; history is asked afterwards, and everything that
happened since that instant waits behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alisa import __version__
from alisa.protocol.message import Message
from alisa.protocol.messages import Error, Hello, Mute, Status, User, Vision, Welcome
from alisa.protocol.roles import HEARS, MAY_SEND, Role
from alisa.protocol.tags import Tag
from alisa.runtime.errors import AlisaError
from backend.gateway.fanout import Fanout
from backend.gateway.ledger import Ledger
from backend.gateway.needs import Conversations, ConversationView, Past
from backend.gateway.outbound import finished_turn, frames_for, turn_so_far
from backend.gateway.outbox import Outbox
from backend.gateway.peers import Peer, Peers
from backend.storage.types import StoredMessage


@dataclass(frozen=True, slots=True)
class _Instant:
    """A conversation as it stood when the client's queue began to collect."""

    open_turns: frozenset[int]
    running: int | None
    so_far: tuple[Message, ...]


class Reception:
    """Introduces clients to the hub. `started` is when the hub was started."""

    def __init__(
        self, conversations: Conversations, past: Past, peers: Peers, ledger: Ledger, fanout: Fanout, started: datetime
    ) -> None:
        self._conversations = conversations
        self._past = past
        self._peers = peers
        self._ledger = ledger
        self._fanout = fanout
        self._started = started

    async def introduce(self, peer: Peer, hello: Hello) -> None:
        """Serve this client in the full dialect from now on. Raises AlisaError when its conversation cannot be had."""
        await self._conversations.ensure(hello.conversation)
        self._peers.introduce(peer, Role(hello.role), hello.name, hello.conversation)
        peer.outbox.hold()
        instant = self._instant(hello.conversation)
        told = self._how_things_stand(peer, self._conversations.state(hello.conversation))
        if hello.resume is not None and Tag.TURN in HEARS[peer.role]:
            told += await self._missed(peer, hello.resume, instant)
        else:
            told += instant.so_far
        peer.outbox.release(frames_for(told, peer.role))
        peer.wake()
        self._fanout.note(peer, told)

    def _instant(self, conversation: str) -> _Instant:
        running = self._ledger.running(conversation)
        return _Instant(
            self._ledger.open_turns(conversation),
            None if running is None else running.turn,
            () if running is None else tuple(turn_so_far(running)),
        )

    def _how_things_stand(self, peer: Peer, view: ConversationView) -> list[Message]:
        welcome = Welcome(
            server=__version__,
            conversation=peer.conversation,
            current_turn=view.current_turn,
            mode=view.mode,
            emotion=view.emotion,
            persona=view.persona,
            may_send=tuple(sorted(tag.value for tag in MAY_SEND[peer.role])),
            hears=tuple(sorted(tag.value for tag in HEARS[peer.role])),
        )
        sight = self._ledger.sight(peer.conversation)
        return [
            welcome,
            Mute(self._ledger.muted),
            Status(dict(self._ledger.status)),
            *([Vision(dict(sight))] if sight else []),
        ]

    async def _missed(self, peer: Peer, finished: int, instant: _Instant) -> list[Message]:
        try:
            turns = await self._past.turns_after(peer.conversation, finished)
        except AlisaError as error:
            return [*instant.so_far, Error(error.code, error.message, error.hint)]
        before: list[Message] = []
        after: list[Message] = []
        for messages in turns:
            turn = messages[0].turn
            if turn != instant.running:
                part = after if instant.running is not None and turn > instant.running else before
                part += self._retold(peer.outbox, messages, instant)
        return [*before, *instant.so_far, *after]

    def _retold(self, outbox: Outbox, messages: Sequence[StoredMessage], instant: _Instant) -> list[Message]:
        """One turn from history, without what comes live."""
        turn = messages[0].turn
        if turn in instant.open_turns:
            return [User(message.text, turn) for message in messages if message.role == "user"]
        if outbox.holds(Tag.TURN, turn) or outbox.holds(Tag.USER, turn):
            return []
        answered = any(message.role == "assistant" for message in messages)
        just_stored = messages[0].at >= self._started and not self._ledger.has_ended(messages[0].conversation, turn)
        return [] if just_stored and not answered else finished_turn(messages)
