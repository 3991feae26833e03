"""One client's connection: a loop that receives and a loop that sends, side by side.

Only the sending loop sends. A client that goes away takes nothing with it: its turn runs on.
What messages mean stands in `inbound`; the first greeting in `welcome`.
"""

from __future__ import annotations

import asyncio
from functools import partial

from starlette.types import Receive, Scope, Send

from alisa.protocol.errors import ProtocolError
from alisa.protocol.message import Message
from alisa.protocol.messages import End, Error, Hello, Mode, ModeChanged, Say
from alisa.protocol.roles import Role
from alisa.protocol.tags import EndReason
from alisa.runtime.clock import Clock
from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger
from backend.events.bus import Bus
from backend.events.commands import ChangeMode, Command
from backend.events.facts import Fact, SightChanged, StatusChanged
from backend.gateway.door import admitted
from backend.gateway.fanout import Fanout
from backend.gateway.inbound import Sender, decide, error_of, read
from backend.gateway.needs import Conversations
from backend.gateway.peers import Peer, Peers
from backend.gateway.welcome import Reception
from backend.gateway.wire import NOT_TEXT, Wire, wire_of
from backend.sight.seen import EYES

_log = get_logger(__name__)

BINARY = Error("bad_message", "Binary frames are not understood here.", "Send text frames.")
NOT_UTF8 = Error("bad_message", "The text is not valid UTF-8.", "Send UTF-8.")
FAULT = Error("internal_error", "Something went wrong in the hub.", "Try again; `alisa logs backend` tells more.")
STOPPING = (1012, "Alisa is stopping; connect again in a moment")


class Socket:
    """The WebSocket endpoint, as an ASGI application."""

    def __init__(
        self, conversations: Conversations, bus: Bus, peers: Peers, fanout: Fanout, reception: Reception, clock: Clock
    ) -> None:
        self._conversations = conversations
        self._bus = bus
        self._peers = peers
        self._fanout = fanout
        self._reception = reception
        self._clock = clock
        self._stopping = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wire = wire_of(scope)
        await receive()  # websocket.connect
        await send({"type": "websocket.accept", "subprotocol": next(iter(scope["subprotocols"]), None)})
        peer = self._peers.join(guest=admitted(scope).guest, since=self._clock.now())
        wire.on_drained = peer.wake
        peer.send_now = partial(_send_now, wire, peer)
        _log.info("client connected", client=peer.name, guest=peer.guest)
        if self._stopping:
            peer.let_go(*STOPPING)
        try:
            async with asyncio.TaskGroup() as loops:
                loops.create_task(self._receive(receive, peer))
                loops.create_task(_send(wire, peer))
        finally:
            self._peers.leave(peer)
            _log.info("client disconnected", client=peer.name, role=peer.role.value)
            self._note_loss(peer)

    def refuse_new(self) -> None:
        """Tell whoever connects from now on to come back later."""
        self._stopping = True

    async def stop(self) -> None:
        """Let every client go, after what waits for it, and wait until all are gone."""
        self._stopping = True
        self._peers.let_all_go(*STOPPING)
        await self._peers.empty()

    def _note_loss(self, peer: Peer) -> None:
        """What a voice or the eyes said of themselves is true no longer when the last of them is gone."""
        left = [other for other in self._peers if other.role is peer.role]
        if peer.role is Role.VOICE and not left:
            self._bus.publish(StatusChanged("", {"voice": "off"}))
        if peer.role is Role.VISION and not left:
            self._bus.publish(StatusChanged("", {"eyes": "off"}))
        if peer.role is Role.VISION and not any(other.conversation == peer.conversation for other in left):
            for eye in EYES:
                self._bus.publish(SightChanged(peer.conversation, eye, {}))

    async def _receive(self, receive: Receive, peer: Peer) -> None:
        while (event := await receive())["type"] != "websocket.disconnect":
            text = event.get("text")
            if text is not None:
                await self._handle(peer, text)
            elif NOT_TEXT in event:
                self._fanout.answer(peer, NOT_UTF8)
                peer.let_go(1007, NOT_UTF8.message)
            else:
                self._fanout.answer(peer, BINARY)
            await asyncio.sleep(0)  # many small frames may have come at once: the others get their turn
        peer.let_go(1000, "")

    async def _handle(self, peer: Peer, frame: str) -> None:
        self._fanout.came_in(peer, frame)
        try:
            message = read(frame, peer.role)
        except ProtocolError as error:
            self._fanout.answer(peer, error_of(error))
            return
        if message is None:
            return
        try:
            await self._act(peer, message)
        except AlisaError as error:
            self._refuse(peer, message, Error(error.code, error.message, error.hint))
        except Exception:  # noqa: BLE001 - one message must not end the connection, whatever it meets
            _log.exception("a message could not be handled", client=peer.name, tag=message.tag.value)
            self._refuse(peer, message, FAULT)

    async def _act(self, peer: Peer, message: Message) -> None:
        sender = Sender(peer.name, peer.role, peer.conversation, peer.guest, self._clock.now())
        match decide(message, sender):
            case Hello() as hello:
                await self._reception.introduce(peer, hello)
            case Command() as command:
                await self._conversations.submit(command)
                if peer.is_plain and isinstance(command, ChangeMode):
                    self._fanout.answer(peer, ModeChanged(), End())
            case Fact() as fact:
                self._bus.publish(fact)
            case Error() as error:
                self._refuse(peer, message, error)

    def _refuse(self, peer: Peer, message: Message, error: Error) -> None:
        """Say no; a plain client that waits for a reply also hears that none comes."""
        waits = peer.is_plain and isinstance(message, (Say, Mode))
        self._fanout.answer(peer, error, *([End(EndReason.ERROR)] if waits else []))


async def _send(wire: Wire, peer: Peer) -> None:
    while wire.is_open:
        _send_now(wire, peer)
        if peer.farewell is not None:
            wire.close(peer.farewell.code, peer.farewell.reason)
            return
        await peer.woken()


def _send_now(wire: Wire, peer: Peer) -> None:
    """Send what waits, as far as the client keeps up."""
    while peer.outbox.ready and not wire.is_clogged:
        wire.write(peer.outbox.take())
