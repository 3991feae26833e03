"""The voice, put together: what opens and closes the microphone, and what stands in for what is missing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from alisa.link import Connected, HubLink, HubSide
from alisa.protocol.messages import Welcome
from alisa.runtime.paths import Home
from alisa.runtime.ports import free_port
from alisa.runtime.sections import HubSettings
from alisa.runtime.settings import Settings, load
from tests.voice.stt import tiny_whisper
from tests.voice.stt.sounds import in_a_room, needs_flite, speech
from tests.voice.turns.tiny_onnx import tiny_turn_model
from voice import app
from voice.app import Talk, opened
from voice.audio.clips import Clip
from voice.audio.scripted import ScriptedSink
from voice.audio.streams import State
from voice.choosing import ASKED
from voice.settings import VoiceSettings
from voice.status import Board, VoiceState
from voice.told import Told
from voice.turns import engines

pytestmark = pytest.mark.timeout(60)


class Keys:
    """Keys that a test presses."""

    problem = ""

    def __init__(self) -> None:
        self.pressed = False
        self.closed = False

    def fileno(self) -> int:
        return -1

    def taken(self) -> bool:
        pressed, self.pressed = self.pressed, False
        return pressed

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Keys:
    made = Keys()
    monkeypatch.setattr(app.hotkey, "listen", lambda _text, *, setting, x11: made)
    return made


@asynccontextmanager
async def voice(home: Home, **chosen: Any) -> AsyncIterator[Talk]:
    """A voice that runs, without devices and without a hub."""
    given = {"source": "scripted", "sink": "scripted", "vad": "scripted", "stt": "scripted", "tts": "scripted"}
    settings = VoiceSettings(**{**given, "echo": "off", **chosen})
    sections = {VoiceSettings: settings, HubSettings: HubSettings()}
    async with opened(home, Settings(sections, ()), Board()) as talk:
        running = asyncio.create_task(talk.run())
        await until(lambda: not talk.conversation.starting and talk.board.now.state is not VoiceState.STARTING)
        yield talk
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def until(holds: Any) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.01)


async def test_the_hotkey_closes_the_microphone_and_opens_it(home: Home, keys: Keys) -> None:
    """Hands-free: pressed, nothing is heard, and that is shown; pressed again, she hears."""
    async with voice(home) as talk:
        assert talk.ears is not None
        keys.pressed = True
        await until(lambda: talk.ears.source.muted)
        await until(lambda: "microphone is closed" in talk.board.now.note)
        keys.pressed = True
        await until(lambda: not talk.ears.source.muted)
        await until(lambda: "microphone" not in talk.board.now.note)
    assert keys.closed


async def test_the_hotkey_is_what_is_pushed_to_talk(home: Home, keys: Keys) -> None:
    """Pressed, an utterance begins, whatever is heard; pressed again, it is over."""
    async with voice(home, mode="push_to_talk") as talk:
        keys.pressed = True
        await until(lambda: talk.ears is not None and talk.ears.attending)
        keys.pressed = True
        await until(lambda: talk.ears is not None and not talk.ears.attending)
        assert talk.ears is not None
        assert not talk.ears.source.muted


async def test_the_first_time(home: Home, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    """Welcomed, she has the voice of her persona, says what her ears are worth, and asks which voice she shall have;
    the answer is kept."""
    hub = HubSide()
    monkeypatch.setattr(app, "_link", lambda _home, _hub, hello: HubLink("pair:", "", hello, connect=hub.connect))
    async with voice(home, tts="", stt="sphinx") as talk:
        await until(lambda: "small recogniser" in talk.board.now.note)
        await hub.accept(Welcome("test", "main", persona="assistant"))
        await until(lambda: talk.board.now.connected)
        assert talk.player._style.request(talk.player._style.words("Hello."), None).voice == "en-us"
        await until(lambda: Told(home).already(ASKED))
        assert talk.conversation.asked_first("number three")
        await until(lambda: load(VoiceSettings, home=home)[VoiceSettings].tts == "espeak")


async def test_whoever_has_chosen_a_voice_is_not_asked(home: Home, keys: Keys) -> None:
    """Nor is somebody who only types."""
    async with voice(home) as talk:
        assert talk.choosing is None
        talk.line._take(Connected(Welcome("test", "main", persona="assistant")))
        assert talk.player.speaker._links[1].name == "en-us", "who stands in has the voice of the persona"
    sections = {VoiceSettings: VoiceSettings(sink="scripted"), HubSettings: HubSettings()}
    async with opened(home, Settings(sections, ()), Board(), text=True) as typed:
        assert typed.choosing is None
        assert typed.ears is None


async def test_nothing_is_asked_where_nobody_would_hear_it() -> None:
    """The question of the first time is asked once: it waits for a loudspeaker."""
    board = Board()
    board.change(connected=True, state=VoiceState.IDLE)
    async with ScriptedSink() as sink:
        assert app._is_quiet(board, sink)
        sink.state = State.AWAY
        assert not app._is_quiet(board, sink)
        sink.state = State.LIVE
        board.change(state=VoiceState.SPEAKING)
        assert not app._is_quiet(board, sink)


async def test_an_end_of_turn_model_that_is_not_there_is_said(home: Home, keys: Keys) -> None:
    """In one sentence with the command that gets it; she hears all the same."""
    async with voice(home, end_of_turn="smart_turn") as talk:
        await until(lambda: "alisa models pull smart-turn" in talk.board.now.note)
        assert talk.ears is not None


async def test_an_end_of_turn_model_that_is_here_is_asked(home: Home, keys: Keys) -> None:
    """What `alisa models pull smart-turn` left is opened."""
    path = engines.model_path(VoiceSettings(), home)
    path.parent.mkdir(parents=True)
    path.write_bytes(tiny_turn_model())
    async with voice(home, end_of_turn="smart_turn") as talk:
        assert talk.ears is not None
        assert talk.ears.judges_ends
        assert "end_of_turn" not in talk.board.now.note


@needs_flite
async def test_a_server_that_is_away_costs_no_words(home: Home, keys: Keys) -> None:
    """What was said to it is understood by the recogniser that ships, and it is shown who stands in for whom."""
    async with voice(home, stt="openai", stt_url=f"http://127.0.0.1:{free_port()}/v1") as talk:
        assert talk.ears is not None
        assert talk.board.now.stt == "openai"
        talk.ears.source.hear(Clip(in_a_room(speech("good morning")), 16000))  # type: ignore[attr-defined]
        await until(lambda: talk.board.now.said)
        assert talk.board.now.said == "good morning"
        await until(lambda: talk.board.now.stt == "sphinx")
        assert "127.0.0.1 cannot be reached" in talk.board.now.note
        assert "small recogniser" in talk.board.now.note


async def test_a_model_that_is_broken_is_stood_in_for(home: Home, keys: Keys) -> None:
    """The small recogniser hears everything, trusted no more than ever; how to mend it is said."""
    folder = tiny_whisper.build(home.models / "whisper-tiny", "Hello.")
    (folder / "model.bin").write_bytes(b"no model")
    async with voice(home, stt="whisper") as talk:
        await until(lambda: talk.board.now.stt == "sphinx")
        assert "alisa models pull whisper-tiny" in talk.board.now.note
        assert talk.ears is not None
        assert not talk.ears._judge.params.words_trusted


@pytest.mark.parametrize(("echo", "chosen", "alone"), [("nobody", "auto", True), ("nobody", "off", False)])
async def test_where_her_voice_cannot_be_taken_out_one_speaks_at_a_time(
    home: Home, keys: Keys, echo: str, chosen: str, alone: bool
) -> None:
    """She is not heard by herself; unless the user wants it so."""
    async with voice(home, echo=echo, half_duplex=chosen) as talk:
        talk.player.sentence(None, "One two three four five six.")
        await until(lambda: talk.player.audible)
        assert talk.conversation.deaf() is alone
