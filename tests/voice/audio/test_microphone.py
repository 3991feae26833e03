"""The microphone on the sound rig: what is said arrives whole, at the right rate and time, and it comes back.

A machine that has too much to do tears the rig's own playback now and then: a sentence is then said again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np
import pytest

from tests.rig.sound import Sound, lag, speech
from voice.audio.clips import Clip
from voice.audio.microphone import Microphone
from voice.audio.rates import resampled
from voice.audio.streams import FRAME, FRAME_SECONDS, RATE, Frame, State

pytestmark = pytest.mark.sound


@asynccontextmanager
async def listening(microphone: Microphone) -> AsyncIterator[list[Frame]]:
    """All frames since, in a list that grows."""
    frames: list[Frame] = []

    async def listen() -> None:
        async for frame in microphone:
            frames.append(frame)  # noqa: PERF401 (a list that others read while it grows)

    task = asyncio.create_task(listen())
    yield frames
    task.cancel()


async def more(sound: Sound, frames: list[Frame], count: int = 30) -> None:
    """Let so many more frames come: what was on its way is then there."""
    end = len(frames) + count
    await sound.until(lambda: len(frames) >= end, "more frames")


async def understood(sound: Sound, frames: list[Frame], text: str) -> bool:
    """Does a sentence arrive sample for sample? At most three attempts."""
    said = speech(text)
    for _ in range(3):
        await more(sound, frames, 10)
        begin = len(frames)
        await sound.play(said).heard()
        await more(sound, frames)
        heard = resampled(joined(frames[begin - 10 :]), 48000)  # the device's rate: a third of a sample matters
        if lag(heard, resampled(said, 48000))[1] > 0.999:
            return True
    return False


def joined(frames: list[Frame]) -> Clip:
    """What was heard."""
    return Clip(np.concatenate([frame.samples for frame in frames]), RATE)


async def test_a_sentence_arrives_whole(sound: Sound) -> None:
    """What flite says is what is heard: the same samples at the same rate, none lost, none twice."""
    async with Microphone() as microphone, listening(microphone) as frames:
        assert microphone.state is State.LIVE
        assert await understood(sound, frames, "hello there, how are you today")
    assert all(frame.samples.shape == (FRAME,) and frame.samples.dtype == np.float32 for frame in frames)


async def test_frames_come_on_time(sound: Sound) -> None:
    """Times go up by 10 ms a frame, and a frame is there soon after it was heard."""
    late = []
    async with Microphone() as microphone:
        count = 0
        times = []
        async for frame in microphone:
            times.append(frame.at)
            late.append(time.monotonic() - frame.at - FRAME_SECONDS)
            count += 1
            if count == 200:
                break
    steps = np.diff(times)[50:]
    assert np.median(steps) == pytest.approx(FRAME_SECONDS, abs=0.0005)
    assert (steps > 0).all()
    assert float(np.median(late[50:])) < 0.05


async def test_at_rest_a_few_frames_come_together(sound: Sound) -> None:
    """While nothing is urgent the listener is woken for three frames at a time, and misses none."""

    async def wakes(microphone: Microphone) -> int:
        moments: list[float] = []
        async for frame in microphone:
            moments.append(time.monotonic())
            times.append(frame.at)
            if len(moments) == 150:
                return 1 + int((np.diff(moments) > 0.003).sum())
        return 0

    times: list[float] = []
    async with Microphone() as microphone:
        often = await wakes(microphone)
        microphone.urgent = False
        seldom = await wakes(microphone)
    assert seldom < 0.6 * often
    assert np.median(np.diff(times)) == pytest.approx(FRAME_SECONDS, abs=0.0005)


async def test_the_level_and_the_last_half_second(sound: Sound) -> None:
    """A tone of -20 dBFS is measured as such; the pre-roll holds the newest half second; muted there is nothing."""
    times = np.arange(RATE * 3) / RATE
    tone = Clip((0.1 * np.sqrt(2) * np.sin(2 * np.pi * 500 * times)).astype(np.float32), RATE)
    async with Microphone() as microphone, listening(microphone) as frames:
        sound.play(tone)
        await sound.until(lambda: microphone.level > -21 and len(frames) > 60, "the tone")
        assert microphone.level == pytest.approx(-20.0, abs=0.5)
        kept = microphone.pre_roll()
        assert kept.shape == (RATE // 2,)
        assert (kept == joined(frames).samples[-RATE // 2 :]).all()
        microphone.muted = True
        await more(sound, frames, 20)
        assert not frames[-1].samples.any()
        assert microphone.level == -96.0


async def test_a_microphone_that_is_pulled_out_comes_back(sound: Sound) -> None:
    """Pulled out, the state is `away`, nothing raises, and no frame comes from another device; then it hears again."""
    async with Microphone("rigmic") as microphone, listening(microphone) as frames:
        assert microphone.device is not None
        assert microphone.device.port == "mic"
        sound.unplug("mic")
        await sound.until(lambda: microphone.state is State.AWAY, "away", 5)
        await asyncio.sleep(0.2)  # for those that were on their way
        count = len(frames)
        await asyncio.sleep(0.3)
        assert len(frames) == count
        sound.plug("mic")
        await sound.until(lambda: microphone.state is State.LIVE, "back", 5)
        assert await understood(sound, frames, "are you still there")


async def test_a_microphone_that_is_not_there_is_waited_for(sound: Sound) -> None:
    """Opened without any microphone nothing raises; put in, it is found within a moment."""
    sound.unplug("mic")
    async with Microphone() as microphone, listening(microphone) as frames:
        assert microphone.state is State.AWAY
        sound.plug("mic")
        await sound.until(lambda: frames, "the first frame", 5)


async def test_the_default_is_followed(sound: Sound) -> None:
    """When the system's default becomes another microphone, that one is heard."""
    sound.daemon.pactl("load-module", "module-null-sink", "sink_name=elsewhere")
    number = sound.daemon.pactl("load-module", "module-remap-source", "source_name=headset", "master=elsewhere.monitor")
    try:
        async with Microphone() as microphone, listening(microphone):
            sound.daemon.pactl("set-default-source", "headset")
            await sound.until(lambda: microphone.device and microphone.device.port == "headset", "the headset", 5)
    finally:
        sound.daemon.pactl("set-default-source", "mic")
        sound.daemon.pactl("unload-module", number.strip())
