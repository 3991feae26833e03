"""A client of the seed system, which knows only the plain dialect, holds a conversation unchanged."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import pytest
import websockets

from benchmarks import rig

pytestmark = pytest.mark.process

EMOTIONS = {"happy", "calm", "teasing", "shy", "serious", "sad", "neutral"}


@pytest.fixture(scope="module")
def with_guests() -> Iterator[rig.Rig]:
    """Alisa with guests allowed: such clients bring no token."""
    with rig.running(settings={"ALISA_HUB__ALLOW_GUESTS": "true"}) as running:
        yield running


async def reply(socket: websockets.ClientConnection) -> tuple[str, list[str]]:
    """The text of a reply and its control frames, as a seed client tells them apart."""
    text, control = "", []
    async with asyncio.timeout(30):
        while True:
            frame = str(await socket.recv())
            if frame == "[END]":
                return text, control
            if frame.startswith("["):
                control.append(frame)
            else:
                text += frame


async def test_a_conversation(with_guests: rig.Rig) -> None:
    """Bare text and the JSON form are both heard; each reply has its words, one emotion and an end."""
    async with websockets.connect(with_guests.socket) as socket:
        for message in ("hello there", json.dumps({"message": "my name is Mia"}), "what is my name?"):
            await socket.send(message)
            text, control = await reply(socket)
            assert text.strip()
            assert "<" not in text
            emotions = [frame.removeprefix("[EMOTION]") for frame in control if frame.startswith("[EMOTION]")]
            assert len(emotions) == 1
            assert emotions[0] in EMOTIONS
        assert "Mia" in text


async def test_every_client_hears_every_reply(with_guests: rig.Rig) -> None:
    """Whoever asked: the overlay of the seed system shows what the terminal asked for."""
    async with websockets.connect(with_guests.socket) as asks, websockets.connect(with_guests.socket) as listens:
        await asks.send("hello")
        assert (await reply(asks))[0] == (await reply(listens))[0]


async def test_mode_speech_and_sight(with_guests: rig.Rig) -> None:
    """The other frames of the seed system do what they did."""
    async with websockets.connect(with_guests.socket) as one, websockets.connect(with_guests.socket) as other:
        await one.send("/mode calm")
        async with asyncio.timeout(10):
            assert await one.recv() == "[MODE CHANGED]"
            assert await one.recv() == "[END]"
        await one.send("[VISION_FACE]focused")
        await one.send("[VISION_DESKTOP]coding|Editor|python|False||main.py|def main")
        await one.send("[VISION_SCREEN]main.py | def main")
        await one.send("[SPEECH_START]")
        await one.send("[SPEECH_END]")
        async with asyncio.timeout(10):
            assert [await other.recv(), await other.recv()] == ["[SPEECH_START]", "[SPEECH_END]"]


async def test_a_guest_stays_in_the_plain_dialect(with_guests: rig.Rig) -> None:
    """A guest can talk, but not become a client that approves actions; it is told so and may go on talking."""
    async with websockets.connect(with_guests.socket) as socket:
        await socket.send('[HELLO]{"role":"dashboard"}')
        async with asyncio.timeout(10):
            assert str(await socket.recv()).startswith("[ERROR]")
        await socket.send("hello")
        assert (await reply(socket))[0].strip()
