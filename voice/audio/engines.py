"""The sources and sinks of sound, chosen by name."""

from __future__ import annotations

from pathlib import Path

from alisa.runtime.engines import Engine, Registry
from alisa.runtime.errors import UsageError
from voice.audio.streams import Sink, Source
from voice.settings import VoiceSettings

SOURCES = Registry(
    "sound source",
    (
        Engine("device", "voice.audio.engines:_microphone", summary="a microphone"),
        Engine("file", "voice.audio.engines:_file_source", summary="a WAV file, heard once"),
        Engine("scripted", "voice.audio.engines:_scripted_source", summary="what a test says"),
    ),
    "alisa.sources",
)
SINKS = Registry(
    "sound sink",
    (
        Engine("device", "voice.audio.engines:_speaker", summary="a loudspeaker or headset"),
        Engine("file", "voice.audio.engines:_file_sink", summary="a WAV file that her voice is written to"),
        Engine("scripted", "voice.audio.engines:_scripted_sink", summary="what a test looks at"),
    ),
    "alisa.sinks",
)


def open_source(settings: VoiceSettings, *, sink: Sink | None = None, file: Path | None = None) -> Source:
    """Return what hears, as the settings say, not yet entered; with a sink, her own voice is taken out of it.

    Raises AlisaError: an unknown engine, no PortAudio, no such file.
    """
    source: Source = SOURCES.create(settings.source, settings, file)
    if sink is None or settings.echo == "off":
        return source
    from voice.audio.echo import WithoutEcho, create

    return WithoutEcho(source, sink.reference, create(settings.echo, delay_ms=settings.echo_delay_ms))


def open_sink(settings: VoiceSettings, *, file: Path | None = None) -> Sink:
    """Return what speaks, as the settings say, not yet entered. Raises AlisaError as `open_source` does."""
    sink: Sink = SINKS.create(settings.sink, settings, file)
    sink.gain(settings.volume)
    return sink


def _microphone(settings: VoiceSettings, _file: Path | None) -> Source:
    from voice.audio.microphone import Microphone

    return Microphone(settings.microphone)


def _speaker(settings: VoiceSettings, _file: Path | None) -> Sink:
    from voice.audio.speaker import Speaker

    return Speaker(settings.speaker)


def _file_source(_settings: VoiceSettings, file: Path | None) -> Source:
    from voice.audio.files import file_source

    return file_source(_named(file))


def _file_sink(_settings: VoiceSettings, file: Path | None) -> Sink:
    from voice.audio.files import FileSink

    return FileSink(_named(file))


def _scripted_source(_settings: VoiceSettings, _file: Path | None) -> Source:
    from voice.audio.scripted import ScriptedSource

    return ScriptedSource()


def _scripted_sink(_settings: VoiceSettings, _file: Path | None) -> Sink:
    from voice.audio.scripted import ScriptedSink

    return ScriptedSink()


def _named(file: Path | None) -> Path:
    if file is None:
        raise UsageError("no_file", "The engine `file` needs the name of a WAV file.", "Give one, or choose `device`.")
    return file
