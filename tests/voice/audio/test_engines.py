"""Sources and sinks by name; those of files and scripts, in virtual time."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest

from alisa.runtime.errors import UsageError
from voice.audio.clips import Clip, read_wav, write_wav
from voice.audio.echo import WithoutEcho
from voice.audio.engines import SINKS, SOURCES, open_sink, open_source
from voice.audio.files import FileSink, file_source
from voice.audio.microphone import Microphone
from voice.audio.scripted import ScriptedSink, ScriptedSource
from voice.audio.speaker import Speaker
from voice.audio.streams import FRAME, RATE, State
from voice.settings import VoiceSettings

TONE = Clip((0.5 * np.sin(np.arange(8000) * 0.2)).astype(np.float32), RATE)


def test_the_settings_choose() -> None:
    """`device`, `file` and `scripted`; her voice is taken out where a sink is given and echo is not off."""
    assert isinstance(open_source(VoiceSettings()), Microphone)
    assert isinstance(sink := open_sink(VoiceSettings()), Speaker)
    assert isinstance(open_source(VoiceSettings(), sink=sink), WithoutEcho)
    assert isinstance(open_source(VoiceSettings(echo="off"), sink=sink), Microphone)
    assert isinstance(open_source(VoiceSettings(source="scripted")), ScriptedSource)
    assert isinstance(open_sink(VoiceSettings(sink="scripted")), ScriptedSink)
    assert set(SOURCES.names()) >= {"device", "file", "scripted"}
    assert set(SINKS.names()) >= {"device", "file", "scripted"}


def test_a_file_has_to_be_named() -> None:
    """The engine `file` without a file, and an engine that does not exist, are said in a sentence."""
    with pytest.raises(UsageError, match="file"):
        open_source(VoiceSettings(source="file"))
    with pytest.raises(UsageError, match="sclipted"):
        open_sink(VoiceSettings(sink="sclipted"))


@pytest.mark.looptime
@pytest.mark.parametrize("paced", [True, False])
async def test_a_file_is_heard_once(tmp_path: Path, paced: bool) -> None:
    """All its samples at 16 kHz, then the source ends; paced it takes as long as it sounds."""
    write_wav(tmp_path / "tone.wav", TONE)
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with file_source(tmp_path / "tone.wav", paced=paced) as source:
        frames = [frame async for frame in source]
    assert np.concatenate([frame.samples for frame in frames]) == pytest.approx(TONE.samples, abs=1e-3)
    assert source.state is State.ENDED
    assert loop.time() - began == pytest.approx(0.5 if paced else 0.0, abs=0.001)
    assert frames[10].at - frames[0].at == pytest.approx(0.1)


@pytest.mark.looptime
async def test_her_voice_is_written_to_a_file(tmp_path: Path) -> None:
    """What she says, with the silence in it, is in the file when the sink is closed."""
    async with FileSink(tmp_path / "her.wav", RATE) as sink:
        await asyncio.sleep(1.0)
        sink.write(TONE.samples)
        await sink.drained()
    heard = read_wav(tmp_path / "her.wav").samples
    begin = int(np.flatnonzero(np.abs(heard) > 0.01)[0])
    assert begin == pytest.approx(RATE, abs=2 * FRAME)
    assert heard[begin - 1 : begin + 7000] == pytest.approx(TONE.samples[:7001], abs=1e-3)


@pytest.mark.looptime
async def test_a_script_is_heard_in_time() -> None:
    """What is said at a second is heard then; pulled out, no frame comes; muted, silence does; it can be ended."""
    source = ScriptedSource([(1.0, TONE)])
    began = asyncio.get_running_loop().time()
    loud: list[float] = []
    count = 0
    async with source:
        async for frame in source:
            count += 1
            if np.abs(frame.samples).max() > 0.1:
                loud.append(frame.at - began)
            if count == 120:
                source.muted = True
            if count == 130:
                source.go_away()
                asyncio.get_running_loop().call_later(1.0, source.come_back)
            if count == 140:
                source.end()
    assert loud[0] == pytest.approx(1.0, abs=0.011)
    assert loud[-1] == pytest.approx(1.19, abs=0.011)
    assert asyncio.get_running_loop().time() - began == pytest.approx(2.4, abs=0.05)


@pytest.mark.looptime
async def test_an_hour_of_silence_costs_nothing() -> None:
    """A scripted sink keeps only what sounds, and its positions are right after an hour."""
    async with ScriptedSink() as sink:
        await asyncio.sleep(3600)
        assert sink.write(np.ones(4800, np.float32)) == 0
        sink.gain(0.5)
        await asyncio.sleep(0.055)
        assert sink.played() == pytest.approx(2400, abs=481)
        end = sink.clear()
        await sink.drained()
        assert sink.played() == end
        assert len(sink._heard) < 20
