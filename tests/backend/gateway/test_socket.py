"""One client's connection, on a real port with a real client."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
import struct
from collections.abc import Sequence

import pytest
import websockets

from alisa.protocol.messages import Hello, Say
from alisa.protocol.tags import EndReason
from alisa.runtime.errors import AlisaError
from backend.events import commands
from backend.events.facts import CutIn, ModeChanged, MouthMoved, TokenStreamed
from tests.backend.gateway.rig import TOKEN, Rig, gateway


def error_in(frame: str) -> dict[str, str]:
    assert frame.startswith("[ERROR]{"), frame
    error: dict[str, str] = json.loads(frame.removeprefix("[ERROR]"))
    assert error["message"]
    return error


# --- who comes in ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "query", "status", "code"),
    [
        ({}, "", 401, "token_missing"),
        ({"Authorization": "Bearer wrong"}, "", 401, "token_wrong"),
        ({}, "?token=wrong", 401, "token_wrong"),
        ({"Authorization": f"Bearer {TOKEN}", "Origin": "https://evil.example"}, "", 403, "wrong_origin"),
    ],
)
async def test_a_stranger_is_refused_before_the_handshake(
    headers: dict[str, str], query: str, status: int, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The answer is HTTP, with a sentence; no WebSocket ever came to be, and the log calls it no fault of the hub."""
    async with gateway() as rig:
        with pytest.raises(websockets.InvalidStatus) as caught:
            async with rig.plain(headers=headers, query=query):
                pass
        assert caught.value.response.status_code == status
        assert json.loads(caught.value.response.body or b"")["code"] == code
        assert len(rig.peers) == 0
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_a_wrong_host_is_refused() -> None:
    """A page that points its own name at this machine is told so before the handshake."""
    async with gateway() as rig:
        reader, writer = await asyncio.open_connection("127.0.0.1", rig.port)
        writer.write(
            f"GET /ws/chat HTTP/1.1\r\nHost: evil.example:{rig.port}\r\nAuthorization: Bearer {TOKEN}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        assert b" 403 " in await reader.readline()
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize(
    ("options", "chosen"),
    [
        ({"query": f"?token={TOKEN}", "headers": {}}, None),
        ({"subprotocols": [f"alisa.token.{TOKEN}"], "headers": {}}, None),
        ({"subprotocols": ["alisa", f"alisa.token.{TOKEN}"], "headers": {}}, "alisa"),
    ],
)
async def test_the_ways_in(options: dict[str, object], chosen: str | None) -> None:
    """By query and by subprotocol; the token is never echoed, another subprotocol that was offered is."""
    async with gateway() as rig, rig.plain(**options) as client:
        assert client.connection.subprotocol == chosen
        await client.send("hello")
        assert await rig.behind.command() == commands.Say("main", "hello", origin="plain-1")


async def test_a_guest_can_talk_and_not_more() -> None:
    """When guests are allowed, a program without the token holds a conversation, and cannot become more."""
    async with gateway(allow_guests=True) as rig, rig.plain(headers={}) as guest:
        await guest.send("hello")
        assert isinstance(await rig.behind.command(), commands.Say)
        await guest.send(Hello("chat"))
        assert error_in(await guest.frame())["code"] == "token_needed"
        rig.speak(1, "Hi")
        assert await guest.frames(3) == ["[EMOTION]happy", "Hi", "[END]"]


# --- what is heard -----------------------------------------------------------------------------


async def test_a_reply_in_both_dialects() -> None:
    """Every client hears the reply, whoever asked, in the dialect that it speaks."""
    async with gateway() as rig, rig.plain() as plain, rig.full() as chat, rig.full("voice") as voice:
        rig.speak(7, "Hel", "lo.")
        assert await plain.frames(4) == ["[EMOTION]happy", "Hel", "lo.", "[END]"]
        assert await chat.frames(6) == [
            "[USER:7]hi", '[TURN:7]{"cause":"user"}', "[EMOTION:7]happy", "[TOKEN:7]Hel", "[TOKEN:7]lo.",
            '[END:7]{"reason":"stop","timings":{}}',
        ]  # fmt: skip
        assert (await voice.frames(4))[2] == "[SENTENCE:7]Hello."


async def test_conversations_share_nothing() -> None:
    """What is said in one is not heard in another."""
    async with gateway() as rig, rig.full(conversation="a") as one, rig.full(conversation="b") as two:
        rig.speak(1, "in a", conversation="a")
        rig.speak(2, "in b", conversation="b")
        assert "[TOKEN:1]in a" in await one.until("[END")
        assert "[TOKEN:2]in b" in await two.until("[END")


async def test_playback_is_relayed_to_every_other_client() -> None:
    """What the voice plays moves the avatar; the voice itself is not told."""
    async with gateway() as rig, rig.full("voice") as voice, rig.full("overlay") as overlay, rig.plain() as plain:
        for frame in ("[SPEECH_START:7]", "[MOUTH]0.42", '[SPEECH_END:7]{"heard":"Hi","completed":true}'):
            await voice.send(frame)
        assert (await overlay.frames(3))[:2] == ["[SPEECH_START:7]", "[MOUTH]0.42"]
        assert await plain.frames(2) == ["[SPEECH_START]", "[SPEECH_END]"]
        await plain.send("[SPEECH_START]")
        assert await overlay.frame() == "[SPEECH_START]"
        rig.speak(8, "x")
        assert (await voice.frame()).startswith("[TURN:8]")


async def test_a_voice_tells_how_it_does_and_is_missed() -> None:
    """What it says of itself reaches everybody, and is withdrawn when the last voice is gone."""
    async with gateway() as rig, rig.full("overlay") as overlay:
        async with rig.full("voice") as voice:
            async with rig.full("voice") as second:
                await second.send('[STATUS]{"voice":"idle","voice_engine":"espeak"}')
                assert await overlay.frame() == '[STATUS]{"voice":"idle","voice_engine":"espeak"}'
            await voice.send('[STATUS]{"voice":"listening"}')
            assert await overlay.frame() == '[STATUS]{"voice":"listening","voice_engine":"espeak"}'
        assert (await overlay.frame()).startswith('[STATUS]{"voice":"off"')


async def test_what_eyes_saw_is_forgotten_when_they_are_gone() -> None:
    """Nobody goes on believing what no eye sees any more."""
    async with gateway() as rig, rig.full("dashboard") as panel:
        async with rig.full("vision") as eyes:
            await eyes.send('[SIGHT_FACE]{"presence":"present","faces":1}')
            assert (await panel.frame()).startswith('[VISION]{"face":{"presence":"present"')
        assert await panel.frame() == '[STATUS]{"eyes":"off"}'
        assert await panel.frame() == "[VISION]{}"


async def test_a_voice_is_told_when_somebody_else_cuts_in() -> None:
    """It may still be playing a reply that is over; nobody else needs to know, and not whoever said it."""
    async with gateway() as rig, rig.full("voice") as voice, rig.full("overlay") as overlay:
        rig.bus.publish(CutIn("main", 7, "overlay"))
        assert await voice.frame() == "[INTERRUPT:7]"
        rig.bus.publish(CutIn("main", 7, "voice"))
        rig.speak(8, "x")
        assert (await voice.frame()).startswith("[TURN:8]")
        assert (await overlay.frame()).startswith("[TURN:8]")


async def test_a_mode() -> None:
    """A plain client is answered as it always was; the full clients of the conversation hear the new mode."""
    async with gateway() as rig, rig.plain() as plain, rig.full() as chat:
        await plain.send("/mode calm")
        assert await rig.behind.command() == commands.ChangeMode("main", "calm", "plain-1")
        assert await plain.frames(2) == ["[MODE CHANGED]", "[END]"]
        rig.bus.publish(ModeChanged("main", "calm", "plain-1"))
        assert await chat.frame() == "[MODE]calm"


async def test_a_client_that_leaves_does_not_end_its_turn() -> None:
    """Nothing is submitted when a connection ends, and the others hear the reply to its end."""
    async with gateway() as rig, rig.full() as stays:
        async with rig.full() as leaves:
            await leaves.send(Say("hi"))
            await rig.behind.command()
            rig.speak(1, "one", end=False)
        async with asyncio.timeout(5):
            while len(rig.peers) > 1:
                await asyncio.sleep(0)
        rig.bus.publish(TokenStreamed("main", 1, "two"))
        rig.end(1)
        assert (await stays.until("[END:1]"))[-2] == "[TOKEN:1]two"
        assert rig.behind.commands == []


# --- bad input ---------------------------------------------------------------------------------

BAD_FRAMES = [
    '[SAY]{"text":', "[SAY]", '[SAY]{"text":7}', '[SAY]{"text":"\\ud800"}', "[MOUTH]NaN", "[INTERRUPT:1]nonsense",
    "[FEEDBACK:99999999999999999999]{}", '[HELLO]{"role":"chat"}', "[END:1]", "[VISION_FACE]present", "[TOKEN:3]hi",
    '[APPROVE]{"action":"a","token":"b"}', "[SPEECH_START:1]", '[SAY]{"text":"  "}', b"binary", b"",
    '[SAY]{"text":"x","source":"dreamt"}', '[SAY]{"text":"a","x":' + "[" * 100 + "]" * 100 + "}",
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD_FRAMES)
async def test_bad_input_gets_an_answer_and_the_socket_stays_open(bad: str | bytes) -> None:
    """Malformed, not allowed, binary: each gets an error with a message, and the next message is taken."""
    async with gateway() as rig, rig.full() as client:
        await client.send(bad)
        error_in(await client.frame())
        await client.send(Say("still here"))
        assert (await rig.behind.command()) == commands.Say("main", "still here", origin="chat")


async def test_unknown_tags_are_words() -> None:
    """`[WORDS]` that are no tag are what the user said; an empty frame is a keep-alive."""
    async with gateway() as rig, rig.full() as client:
        for frame in ("", "[DANCE]now", "[TOKEN hi"):
            await client.send(frame)
        assert [(await rig.behind.command()) for _ in range(2)] == [
            commands.Say("main", "[DANCE]now", origin="chat"),
            commands.Say("main", "[TOKEN hi", origin="chat"),
        ]


async def test_what_cannot_be_done_is_answered() -> None:
    """A refusal reaches whoever asked; a plain client that waits for a reply also hears that none comes."""
    async with gateway() as rig, rig.full() as chat, rig.plain() as plain:
        rig.behind.refusal = AlisaError("unknown_mode", "There is no mode named x.", "Modes are: calm.")
        await chat.send("[MODE]x")
        assert error_in(await chat.frame()) == {
            "code": "unknown_mode", "message": "There is no mode named x.", "hint": "Modes are: calm.",
        }  # fmt: skip
        await plain.send("/mode x")
        assert error_in(await plain.frame())["code"] == "unknown_mode"
        assert await plain.frame() == "[END]"


async def test_a_fault_of_ours_does_not_end_the_connection() -> None:
    """It is logged, the client hears that something went wrong, and the next message is taken."""
    async with gateway() as rig, rig.full() as chat:
        rig.behind.refusal = ValueError("a bug")
        await chat.send(Say("hi"))
        error = error_in(await chat.frame())
        assert error["code"] == "internal_error"
        assert "a bug" not in str(error)
        rig.behind.refusal = None
        await chat.send(Say("hi"))
        assert isinstance(await rig.behind.command(), commands.Say)


@pytest.mark.parametrize("size", [1024 * 1024 + 1, 5 * 1024 * 1024])
async def test_a_huge_message_is_closed_with_1009(size: int) -> None:
    """And the client reads why, even when it had not finished sending."""
    async with gateway() as rig, rig.full() as client:
        with contextlib.suppress(websockets.ConnectionClosed):
            await client.send("x" * size)
        code, _ = await client.closed()
        assert code == 1009
        assert rig.behind.commands == []


async def test_invalid_utf8_is_answered_and_closed_with_1007() -> None:
    """As RFC 6455 asks, and with a sentence."""
    async with gateway() as rig, rig.full() as client:
        await client.connection.send(b"\xff\xfe", text=True)
        assert error_in(await client.frame())["code"] == "bad_message"
        assert (await client.closed())[0] == 1007


async def test_many_frames_at_once_do_not_stop_the_others() -> None:
    """A client that sends thousands of frames in one go is read, and the others are served in between."""
    async with gateway(queue_frames=65536) as rig, rig.full() as noisy, rig.full("overlay") as other:
        await asyncio.gather(*(noisy.connection.send("[MOUTH]x") for _ in range(2000)))
        rig.bus.publish(MouthMoved("main", 0.5, "test"))
        assert await other.frame() == "[MOUTH]0.5"
        for _ in range(2000):
            error_in(await noisy.frame())


# --- clients that do not read ------------------------------------------------------------------


def connect_and_never_read(rig: Rig) -> socket.socket:
    """A client that says hello and then takes nothing more."""
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.connect(("127.0.0.1", rig.port))
    raw.sendall(
        f"GET /ws/chat HTTP/1.1\r\nHost: 127.0.0.1:{rig.port}\r\nAuthorization: Bearer {TOKEN}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    assert b" 101 " in raw.recv(1000)
    hello = b'[HELLO]{"role":"chat","name":"sleeper"}'
    raw.sendall(bytes((0x81, 0x80 | len(hello))) + struct.pack("!I", 0) + hello)
    return raw


async def seated(rig: Rig, name: str) -> None:
    """Wait until a client of this name has introduced itself."""
    async with asyncio.timeout(5):
        while name not in {peer.name for peer in rig.peers}:
            await asyncio.sleep(0)


async def test_a_client_that_never_reads_delays_nobody(caplog: pytest.LogCaptureFixture) -> None:
    """It is let go by name once its queue is full; the others get every frame, in time."""
    async with gateway(queue_frames=64) as rig, rig.full() as reader:
        sleeper = await asyncio.to_thread(connect_and_never_read, rig)
        await seated(rig, "sleeper")
        loop = asyncio.get_running_loop()
        longest, piece = 0.0, "x" * 1000
        turn = 0
        while "sleeper" in {peer.name for peer in rig.peers}:
            turn += 1
            began = loop.time()
            rig.speak(turn, *[piece] * 20)
            await reader.until(f"[END:{turn}]")
            longest = max(longest, loop.time() - began)
            assert turn < 5000
        assert longest < 1.0
        sleeper.close()
        assert "sleeper" in caplog.text


async def test_a_slow_client_reads_what_was_sent_and_why_it_was_let_go() -> None:
    """When it does read at last, everything that had left is whole, and then comes 1013."""
    async with gateway(queue_frames=16) as rig, rig.full() as other:
        sleeper = await asyncio.to_thread(connect_and_never_read, rig)
        await seated(rig, "sleeper")
        turn = 0
        while "sleeper" in {peer.name for peer in rig.peers}:
            turn += 1
            rig.speak(turn, "x" * 5000)
            await other.until(f"[END:{turn}]")
        raw = await asyncio.to_thread(_read_all, sleeper)
        assert raw.endswith(struct.pack("!H", 1013) + b"you do not read what you are sent")


def _read_all(raw: socket.socket) -> bytes:
    raw.settimeout(10)
    received = b""
    while chunk := raw.recv(1 << 16):
        received += chunk
        if struct.pack("!H", 1013) in chunk:
            break
    raw.close()
    return received


async def test_an_interrupted_reply_is_taken_out_of_the_queues() -> None:
    """Pieces that had not left are dropped, and nothing of the turn follows its end."""
    async with gateway() as rig, rig.full() as client:
        rig.speak(5, *["x"] * 50, end=False)
        rig.end(5, reason=EndReason.INTERRUPTED)
        rig.bus.publish(TokenStreamed("main", 5, "late"))
        rig.speak(6, "next")
        frames = await client.until("[END:6]")
        assert frames[:3] == ["[USER:5]hi", '[TURN:5]{"cause":"user"}', '[END:5]{"reason":"interrupted","timings":{}}']
        assert not any("[TOKEN:5]" in frame for frame in frames)


# --- stopping ----------------------------------------------------------------------------------


async def test_stopping_sends_what_waits_and_says_goodbye() -> None:
    """Every client gets what was queued, then 1012: come back."""
    async with gateway() as rig, rig.full() as client:
        rig.speak(1, "last words")
        await rig.socket.stop()
        assert "[TOKEN:1]last words" in await client.until("[END:1]")
        assert (await client.closed())[0] == 1012


async def test_the_journal_sees_both_directions() -> None:
    """Every frame in the full dialect, with the names of those who sent or heard it."""
    seen: list[tuple[str, tuple[str, ...], str]] = []

    def tap(direction: str, names: Sequence[str], frame: str) -> None:
        seen.append((direction, tuple(names), frame))

    async with gateway(tap=tap) as rig, rig.full(name="terminal") as client, rig.plain():
        await client.send(Say("hi"))
        await rig.behind.command()
        rig.speak(1, "Hello")
        await client.until("[END:1]")
    assert ("in", ("terminal",), '[SAY]{"text":"hi","source":"typed"}') in seen
    assert ("out", ("terminal", "plain-2"), "[TOKEN:1]Hello") in seen
    assert any(direction == "out" and frame.startswith("[WELCOME]") for direction, _, frame in seen)
