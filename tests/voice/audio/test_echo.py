"""Her own voice is removed from the microphone, in virtual time and on the sound rig; the user's is not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import numpy as np
import pytest

from alisa.runtime.errors import UsageError
from tests.rig.sound import Sound, lag
from voice.audio.clips import Clip, Samples
from voice.audio.echo import Off, WebRtc, WithoutEcho, create
from voice.audio.levels import dbfs
from voice.audio.microphone import Microphone
from voice.audio.rates import resampled
from voice.audio.scripted import ScriptedSink, ScriptedSource
from voice.audio.speaker import Speaker
from voice.audio.streams import FRAME_SECONDS, RATE

HERS = (
    "Good morning my friend, it is nice to see you again. I have been waiting for you all day long, and I am happy to "
    "hear your voice. Shall we go on with the story of yesterday? The old man opened the door and looked at the sea."
)


class Counting:
    """A canceller that counts how often it is asked, and keeps what it was given."""

    def __init__(self) -> None:
        self.inner = WebRtc()
        self.heard: list[Samples] = []
        self.left: list[Samples] = []

    def process(self, microphone: Samples, reference: Samples) -> Samples:
        clean = self.inner.process(microphone, reference)
        self.heard.append(microphone)
        self.left.append(clean)
        return clean

    def reduction(self, begin: float, end: float) -> float:
        """How many dB less loud it became between two times, in seconds since it was first asked."""
        part = slice(round(begin / FRAME_SECONDS), round(end / FRAME_SECONDS))
        return dbfs(np.concatenate(self.heard[part])) - dbfs(np.concatenate(self.left[part]))


async def collected(source: WithoutEcho, into: list[Samples]) -> None:
    async for frame in source:
        into.append(frame.samples)  # noqa: PERF401 (others read it while it grows)


@pytest.mark.looptime
@pytest.mark.parametrize("delay", [0.0, 0.06, 0.2])
async def test_her_own_voice_is_removed(speech: Callable[..., Clip], delay: float) -> None:
    """At -12 dB, whether it takes no time or 200 ms: more than 20 dB less after the first seconds, and it is known."""
    hers = resampled(speech(HERS, "slt"), 48000)
    counting, frames = Counting(), []
    async with ScriptedSink() as sink, WithoutEcho(ScriptedSource(), sink.reference, counting) as source:
        source.source.leak(sink, -12.0, delay)
        task = asyncio.create_task(collected(source, frames))
        sink.write(hers.samples)
        await sink.drained()
        task.cancel()
    assert counting.reduction(3.0, hers.seconds) > 20
    late = slice(round(3.0 / FRAME_SECONDS), round(hers.seconds / FRAME_SECONDS))
    assert dbfs(np.concatenate(frames[late])) < dbfs(np.concatenate(counting.heard[late])) - 15, "what it yields"
    assert source.reduction_db is not None
    assert source.reduction_db > 15


@pytest.mark.looptime
async def test_the_user_is_heard_over_her_voice(speech: Callable[..., Clip]) -> None:
    """What the user says while she speaks stays: at most 6 dB less loud, while her voice alone is 20 dB less."""
    hers, his = resampled(speech(HERS, "slt"), 48000), speech("stop talking please, I have a question", "rms")
    counting, frames = Counting(), []
    async with ScriptedSink() as sink, WithoutEcho(ScriptedSource(), sink.reference, counting) as source:
        source.source.leak(sink, -12.0)
        task = asyncio.create_task(collected(source, frames))
        sink.write(hers.samples)
        await asyncio.sleep(5.0)
        source.source.hear(his)
        await sink.drained()
        task.cancel()
    heard = np.concatenate(frames)[5 * RATE : 5 * RATE + len(his.samples)]
    assert dbfs(heard) > dbfs(his.samples) - 6
    assert counting.reduction(3.0, 4.9) > 20


@pytest.mark.looptime
async def test_while_she_is_silent_nothing_is_done(speech: Callable[..., Clip]) -> None:
    """Before she speaks, and a second after, what the microphone hears passes as it is and the canceller rests."""
    his = speech("hello there", "rms")
    counting, frames = Counting(), []
    async with ScriptedSink() as sink, WithoutEcho(ScriptedSource(), sink.reference, counting) as source:
        source.source.hear(his)
        task = asyncio.create_task(collected(source, frames))
        await asyncio.sleep(his.seconds + 0.1)
        assert counting.heard == []
        assert lag(Clip(np.concatenate(frames), RATE), his)[1] > 0.9999
        sink.write(np.ones(4800, np.float32) * 0.1)
        await asyncio.sleep(5.0)
        assert 90 <= len(counting.heard) <= 125
        task.cancel()


@pytest.mark.looptime
async def test_off_changes_nothing(speech: Callable[..., Clip]) -> None:
    """The engine `off` gives back what was heard, echo and all."""
    frames: list[Samples] = []
    async with ScriptedSink() as sink, WithoutEcho(ScriptedSource(), sink.reference, Off()) as source:
        source.source.leak(sink, 0.0, 0.1)
        task = asyncio.create_task(collected(source, frames))
        clip = speech("hello there")
        sink.write(resampled(clip, 48000).samples)
        await sink.drained()
        await asyncio.sleep(0.3)
        task.cancel()
        assert lag(Clip(np.concatenate(frames), RATE), clip)[1] > 0.99
        source.muted = True
        assert source.source.muted
        source.urgent = False
        assert not source.source.urgent


def test_an_unknown_canceller_is_refused() -> None:
    """The names that exist are named."""
    with pytest.raises(UsageError, match="webrtc"):
        create("magic")
    assert isinstance(create("webrtc", delay_ms=50), WebRtc)


@pytest.mark.sound
async def test_her_own_voice_is_removed_on_real_devices(sound: Sound, speech: Callable[..., Clip]) -> None:
    """Speaker and microphone of the rig, an echo at -12 dB with reverberation: more than 20 dB less."""
    hers = resampled(speech(HERS, "slt"), 48000)
    found = []
    for _ in range(3):  # a machine that has too much to do tears the loop
        counting, frames = Counting(), []
        async with Speaker() as speaker, WithoutEcho(Microphone(), speaker.reference, counting) as source:
            task = asyncio.create_task(collected(source, frames))
            with sound.echo(-12.0):
                speaker.write(hers.samples)
                await asyncio.wait_for(speaker.drained(), 30)
            task.cancel()
        assert dbfs(np.concatenate(counting.heard)) > -50  # there was an echo
        found.append(counting.reduction(3.0, hers.seconds))
        if found[-1] > 20:
            return
    pytest.fail(f"only {found} dB")
