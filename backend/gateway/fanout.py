"""From the bus to the clients' queues: each fact is encoded once for each dialect, and never waits for anyone.

What a fact says to clients stands in `outbound`; who they are in `peers`.
"""

from __future__ import annotations

from collections.abc import Iterable

from alisa.protocol.codec import encode
from alisa.protocol.message import Message
from alisa.protocol.tags import EndReason
from backend.events.bus import Bus
from backend.events.facts import Fact, TurnEnded
from backend.gateway.ledger import Ledger
from backend.gateway.needs import Tap
from backend.gateway.outbound import frame_for, frames_for, message_of, origin_of
from backend.gateway.peers import Peer, Peers


class Fanout:
    """Tells the clients what happened."""

    def __init__(self, bus: Bus, peers: Peers, ledger: Ledger, tap: Tap | None = None) -> None:
        self._peers = peers
        self._ledger = ledger
        self._tap = tap
        self._unsubscribe = bus.subscribe(self.tell)

    def close(self) -> None:
        """Listen no longer."""
        self._unsubscribe()

    def tell(self, fact: Fact) -> None:
        """Queue what clients are to hear of this fact."""
        if not self._ledger.enter(fact):
            return
        if isinstance(fact, TurnEnded) and fact.reason is EndReason.INTERRUPTED:
            self._peers.drop_turn(fact.conversation, fact.turn)
        message = message_of(fact, self._ledger)
        if message is None:
            return
        audience = self._peers.audience(fact.conversation, message.tag)
        origin = origin_of(fact)
        for plain, peers in ((False, audience.full), (True, audience.plain)):
            hearing = peers if origin is None else tuple(peer for peer in peers if peer.name != origin)
            if hearing and (frame := frame_for(message, plain=plain)) is not None:
                self._peers.put(frame, hearing)
        if self._tap is not None:
            names = [peer.name for peer in (*audience.full, *audience.plain) if peer.name != origin]
            self._tap("out", names, encode(message))

    def answer(self, peer: Peer, *messages: Message) -> None:
        """Queue something for one client alone."""
        for frame in frames_for(messages, peer.role):
            self._peers.put(frame, (peer,))
        self.note(peer, messages)

    def note(self, peer: Peer, messages: Iterable[Message]) -> None:
        """Let the journal know what one client was told."""
        if self._tap is not None:
            for message in messages:
                self._tap("out", [peer.name], encode(message))

    def came_in(self, peer: Peer, frame: str) -> None:
        """Let the journal know what a client sent."""
        if self._tap is not None:
            self._tap("in", [peer.name], frame)
