"""Who is connected, who hears what, when writers are woken."""

from __future__ import annotations

import asyncio
import gc
from datetime import UTC, datetime

from alisa.protocol.roles import Role
from alisa.protocol.tags import Tag
from backend.gateway.frames import Frame
from backend.gateway.peers import TOO_SLOW, Peer, Peers

NOW = datetime(2026, 11, 21, tzinfo=UTC)
TOKEN = Frame(b"x", Tag.TOKEN, 1)


def joined(peers: Peers, role: Role = Role.PLAIN, name: str = "", conversation: str = "main") -> Peer:
    peer = peers.join(guest=False, since=NOW)
    if role is not Role.PLAIN:
        peers.introduce(peer, role, name, conversation)
    return peer


def test_who_hears_what() -> None:
    """By role and conversation; plain clients are in `main`; no conversation means everybody."""
    peers = Peers(16)
    plain, chat, voice = joined(peers), joined(peers, Role.CHAT), joined(peers, Role.VOICE)
    elsewhere = joined(peers, Role.CHAT, conversation="work")
    assert peers.audience("main", Tag.TOKEN).full == (chat,)
    assert peers.audience("main", Tag.TOKEN).plain == (plain,)
    assert peers.audience("main", Tag.SENTENCE).full == (voice,)
    assert peers.audience("work", Tag.TOKEN).full == (elsewhere,)
    assert peers.audience("", Tag.STATUS).full == (chat, voice, elsewhere)
    peers.leave(chat)
    assert peers.audience("main", Tag.TOKEN).full == ()


def test_names_tell_clients_apart() -> None:
    """The second client of a name gets a number."""
    peers = Peers(16)
    names = [joined(peers, Role.CHAT, "terminal").name for _ in range(2)] + [joined(peers, Role.VOICE).name]
    assert names == ["terminal", "terminal-2", "voice"]


async def test_a_writer_is_woken_by_a_flush() -> None:
    """Frames that are put in together wake it once."""
    peers = Peers(16)
    peer = joined(peers)
    waiting = asyncio.create_task(peer.woken())
    await asyncio.sleep(0)
    for _ in range(3):
        peers.put(TOKEN, (peer,))
    async with asyncio.timeout(5):
        await waiting
    assert peer.outbox.take() == b"xxx"


async def test_a_client_that_does_not_read_is_let_go_alone() -> None:
    """Its queue is full: it goes, the others get every frame."""
    peers = Peers(16)
    slow, quick = joined(peers), joined(peers)
    for _ in range(40):
        peers.put(TOKEN, (slow, quick))
        quick.outbox.take()
    assert slow.farewell is not None
    assert (slow.farewell.code, slow.farewell.reason) == TOO_SLOW
    assert len(slow.outbox) == 16
    assert quick.farewell is None


async def test_a_burst_is_no_reason_to_let_a_quick_client_go() -> None:
    """More frames than a queue holds come before any writer has its turn: the queue is sent, and nobody is lost."""
    peers = Peers(16)
    quick = joined(peers)
    sent = b""

    def send_now() -> None:
        nonlocal sent
        sent += quick.outbox.take()

    quick.send_now = send_now
    for _ in range(100):
        peers.put(TOKEN, (quick,))
    assert quick.farewell is None
    assert sent + quick.outbox.take() == b"x" * 100


async def test_many_listeners_share_a_write() -> None:
    """When one flush to many clients takes long, the next one waits, so that pieces gather: but not for long."""
    peers = Peers(1024)
    everyone = [joined(peers) for _ in range(200)]
    writes = 0
    loop = asyncio.get_running_loop()

    async def writer(peer: Peer) -> None:
        nonlocal writes
        while True:
            await peer.woken()
            if peer.outbox.take():
                writes += 1

    async with asyncio.TaskGroup() as group:
        writers = [group.create_task(writer(peer)) for peer in everyone]
        await asyncio.sleep(0)
        gc.collect()
        began = loop.time()
        pieces = 0
        while loop.time() - began < 0.2:
            peers.put(TOKEN, everyone)
            pieces += 1
            await asyncio.sleep(0)
        for task in writers:
            task.cancel()
    assert writes < pieces * len(everyone)
    assert writes / len(everyone) > 0.2 / 0.1  # each was written to many times in those 200 ms


def test_goodbye_is_said_once() -> None:
    """The first reason stands."""
    peer = joined(Peers(16))
    peer.let_go(1013, "slow")
    peer.let_go(1000, "")
    assert peer.farewell is not None
    assert peer.farewell.code == 1013
