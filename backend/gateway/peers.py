"""The clients that are connected, who of them hears what, and when their writers are woken.

Putting a frame into the outboxes never waits. One flush wakes all writers together; when many
clients make a flush long, the next one waits a little, so that sending takes a bounded share of the hub's time
and several frames go out in one write. What the frames say is not known here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from alisa.protocol.roles import HEARS, Role
from alisa.protocol.tags import Tag
from alisa.runtime.logs import get_logger
from backend.gateway.frames import Frame
from backend.gateway.outbox import Outbox

MAIN = "main"
"""The conversation that every plain client is in."""
TOO_SLOW = (1013, "you do not read what you are sent")

_REST_PER_FLUSH = 2.0
"""How long the hub does other things between flushes, in lengths of a flush: sending takes a third of its time."""
_WORTH_WAITING_SECONDS = 0.0005
"""A shorter rest is skipped: an event loop's timer is not finer than about a millisecond."""
_LONGEST_REST_SECONDS = 0.004
"""What a listener is never made to wait longer than; at thirty frames a second nobody sees it."""

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Farewell:
    """Why a client is let go: a WebSocket close code and a few words."""

    code: int
    reason: str


@dataclass(frozen=True, slots=True)
class Audience:
    """Who hears a frame, by the dialect in which they hear it."""

    full: tuple[Peer, ...]
    plain: tuple[Peer, ...]


class Peer:
    """One client: who it is, what waits for it, and whether it is to be let go."""

    def __init__(self, number: int, limit: int, *, guest: bool, since: datetime) -> None:
        self.number = number
        self.name = f"plain-{number}"
        self.role = Role.PLAIN
        self.conversation = MAIN
        self.guest = guest
        self.since = since
        self.outbox = Outbox(limit)
        self.farewell: Farewell | None = None
        self.send_now: Callable[[], None] = _nothing
        """sends as much as the connection takes without waiting; its writer's, set once it is connected"""
        self._waiting: asyncio.Future[None] | None = None

    @property
    def is_plain(self) -> bool:
        """Is it served in the plain dialect?"""
        return self.role is Role.PLAIN

    def wake(self) -> None:
        """Let its writer look again."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def woken(self) -> None:
        """Wait until something may have changed for its writer, of which there is one."""
        self._waiting = asyncio.get_running_loop().create_future()
        await self._waiting

    def let_go(self, code: int, reason: str) -> None:
        """Have its writer close the connection; the first reason stands."""
        if self.farewell is None:
            self.farewell = Farewell(code, reason)
            self.wake()


class Peers:
    """All clients. For use within one event loop."""

    def __init__(self, queue_frames: int) -> None:
        self._limit = queue_frames
        self._peers: dict[int, Peer] = {}
        self._last_number = 0
        self._audiences: dict[tuple[str, Tag], Audience] = {}
        self._unsent: set[Peer] = set()
        self._flush_planned = False
        self._rest_until = 0.0
        self._nobody = asyncio.Event()
        self._nobody.set()

    def __len__(self) -> int:
        return len(self._peers)

    def __iter__(self) -> Iterator[Peer]:
        return iter(tuple(self._peers.values()))

    def join(self, *, guest: bool, since: datetime) -> Peer:
        """A client has connected; it hears the plain dialect until it introduces itself."""
        self._last_number += 1
        peer = Peer(self._last_number, self._limit, guest=guest, since=since)
        self._peers[peer.number] = peer
        self._nobody.clear()
        self._audiences.clear()
        return peer

    def introduce(self, peer: Peer, role: Role, name: str, conversation: str) -> None:
        """A client has said who it is. A name that another client has gets a number, so that names tell them apart."""
        taken = {other.name for other in self if other is not peer}
        wanted = name or role.value
        peer.name = wanted if wanted not in taken else f"{wanted}-{peer.number}"
        peer.role = role
        peer.conversation = conversation
        self._audiences.clear()

    def leave(self, peer: Peer) -> None:
        """A client is gone."""
        self._peers.pop(peer.number, None)
        self._unsent.discard(peer)
        self._audiences.clear()
        if not self._peers:
            self._nobody.set()

    async def empty(self) -> None:
        """Wait until every client is gone."""
        await self._nobody.wait()

    def audience(self, conversation: str, tag: Tag) -> Audience:
        """Who hears such a frame of this conversation; an empty conversation means all of them."""
        key = (conversation, tag)
        found = self._audiences.get(key)
        if found is None:
            hearing = [
                peer
                for peer in self._peers.values()
                if tag in HEARS[peer.role] and conversation in ("", peer.conversation)
            ]
            found = self._audiences[key] = Audience(
                tuple(peer for peer in hearing if not peer.is_plain), tuple(peer for peer in hearing if peer.is_plain)
            )
        return found

    def anybody_hears(self, conversation: str) -> bool:
        """Whether a client of this conversation shows or speaks what she says."""
        shows = (Tag.TOKEN, Tag.SENTENCE)
        return any(self.audience(conversation, tag) != Audience((), ()) for tag in shows)

    def put(self, frame: Frame, peers: Iterable[Peer]) -> None:
        """Queue a frame for these clients; one that has no room left is let go."""
        unsent = self._unsent
        for peer in peers:
            if peer.outbox.put(frame) or _put_after_sending(peer, frame):
                unsent.add(peer)
            elif peer.farewell is None:
                _log.warning("client does not read and was disconnected", client=peer.name, role=peer.role.value,
                             waiting=len(peer.outbox))  # fmt: skip
                peer.let_go(*TOO_SLOW)
        if unsent and not self._flush_planned:
            self._plan_flush()

    def drop_turn(self, conversation: str, turn: int) -> None:
        """Take the pieces of an interrupted reply out of every queue of its conversation."""
        for peer in self._peers.values():
            if peer.conversation == conversation:
                peer.outbox.drop_turn(turn)

    def let_all_go(self, code: int, reason: str) -> None:
        """Close every connection, each after what waits for it."""
        for peer in self:
            peer.let_go(code, reason)

    def _plan_flush(self) -> None:
        self._flush_planned = True
        loop = asyncio.get_running_loop()
        rest = self._rest_until - loop.time()
        if rest > _WORTH_WAITING_SECONDS:
            loop.call_later(rest, self._flush)
        else:
            loop.call_soon(self._flush)

    def _flush(self) -> None:
        loop = asyncio.get_running_loop()
        self._flush_planned = False
        waking, self._unsent = self._unsent, set()
        for peer in waking:
            peer.wake()
        # The writers run in the order in which they were woken, and this after the last of them.
        loop.call_soon(self._flushed, loop.time())

    def _flushed(self, began: float) -> None:
        now = asyncio.get_running_loop().time()
        self._rest_until = now + min(_REST_PER_FLUSH * (now - began), _LONGEST_REST_SECONDS)


def _put_after_sending(peer: Peer, frame: Frame) -> bool:
    """Put a frame into a full queue; the client may be quick, and only its writer had no turn for a long while."""
    peer.send_now()
    return peer.outbox.put(frame)


def _nothing() -> None:
    """Nothing can be sent yet."""
