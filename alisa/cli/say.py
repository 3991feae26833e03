"""`alisa say`: hear her voice say something, or write it into a file. Needs no hub."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter
from cyclopts.validators import Number

from alisa.cli.output import complain, say, say_json
from alisa.runtime.errors import MissingError, UsageError
from alisa.runtime.paths import Home, write_error

if TYPE_CHECKING:
    from voice.audio.clips import Clip
    from voice.audio.streams import Sink
    from voice.settings import VoiceSettings
    from voice.tts.chain import Chain
    from voice.tts.speech import Speech, WordMark

_LOOK_SECONDS = 0.25
_AWAY_SECONDS = 3.0
"""A loudspeaker that is being plugged in is there by then."""

app = App(
    name="say",
    usage="Usage: alisa say [OPTIONS] TEXT...",
    help_epilogue="""Examples:
  alisa say "Hello, it's me."                    with the voice that is set
  alisa say "Hello" --out hello.wav              into a file
  alisa say "Hello" --engine espeak --rate 1.2   with another voice
  echo "A longer text." | alisa say -            what comes on standard input""",
)


@app.default
def say_(
    *text: Annotated[str, Parameter(allow_leading_hyphen=True)],
    out: Path | None = None,
    engine: str = "",
    voice: str = "",
    rate: Annotated[float | None, Parameter(validator=Number(gte=0.5, lte=2.0))] = None,
    pitch: Annotated[float | None, Parameter(validator=Number(gte=-12, lte=12))] = None,
    plain: bool = False,
    json: bool = False,
) -> int:
    """Say a text with her voice.

    Parameters
    ----------
    text
        What to say; `-` takes it from standard input.
    out
        The WAV file to write; without it, it is heard.
    engine
        What makes the voice, and nothing else if it cannot; without it, as the settings say.
    voice
        The name of the voice (`alisa voices`).
    rate
        How fast, from 0.5 to 2; 1 is usual.
    pitch
        How many semitones higher, from -12 to 12.
    plain
        Say the text exactly as it is; else numbers, signs and abbreviations are put into words first.
    json
        Print JSON: who spoke, how long it is, when each word is said.
    """
    words = " ".join(sys.stdin.read() if part == "-" else part for part in text).strip()
    if not words:
        raise UsageError("nothing_to_say", "There is nothing to say.", 'Such as: alisa say "Hello"')
    logging.getLogger().addHandler(logging.NullHandler())  # what is logged is said below, in one line
    settings = _settings(engine, voice, rate, pitch)
    spoken = words if plain else _speakable(words, settings)
    if not any(map(str.isalnum, spoken)):
        raise UsageError("nothing_to_say", "There is nothing in this text that can be said.", "Try some words.")
    told = asyncio.run(_say(spoken, settings, out))
    if json:
        say_json(told)
        return 0
    if told["why"]:
        stands_in = "" if told["engine"] == told["wanted"] else f"{told['engine']} speaks instead of {told['wanted']}: "
        complain(stands_in + told["why"], style="warn")
    if out is not None:
        say(f"{told['seconds']:.1f} s by {told['engine']} in {out}.", style="good")
    return 0


async def _say(text: str, settings: VoiceSettings, out: Path | None) -> dict[str, Any]:
    from voice.tts.assemble import chain
    from voice.tts.speech import SpeakRequest
    from voice.words.prosody import PERSONA_VOICES

    voices, home = next(iter(PERSONA_VOICES.values()), {}), Home.find()
    speaking = chain(settings, home, voices=voices, on_change=lambda state: _notice(state.notice, home))
    try:
        await speaking.start()
        speech = speaking.speak(SpeakRequest(text, rate=settings.tts_rate, pitch=settings.tts_pitch))
        heard = _Heard()
        if out is None:
            await _play(speech, settings, heard)
        else:
            async with aclosing(speech) as pieces:
                async for piece in pieces:
                    heard.take(piece)
            _write(heard.clip(), out)
        return heard.told(text, speaking, out)
    finally:
        await speaking.aclose()


class _Heard:
    """What came, and when the first of it did."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._first_seconds: float | None = None
        self._pieces: list[Any] = []
        self._words: list[WordMark] = []

    def take(self, piece: Speech) -> None:
        from voice.tts.speech import Audio, WordMark

        if isinstance(piece, Audio):
            if self._first_seconds is None:
                self._first_seconds = time.monotonic() - self._begun
            self._pieces.append(piece)
        elif isinstance(piece, WordMark):
            self._words.append(piece)

    def clip(self) -> Clip:
        """All of it, at the rate of the first piece: another engine that went on may have another."""
        import numpy as np

        from voice.audio.clips import Clip
        from voice.audio.rates import resampled

        if not self._pieces:
            raise UsageError("nothing_to_say", "There is nothing in this text that can be said.", "Try some words.")
        rate = self._pieces[0].rate
        parts, run = [], [self._pieces[0]]
        for piece in [*self._pieces[1:], None]:
            if piece is not None and piece.rate == run[-1].rate:
                run.append(piece)
                continue
            whole = Clip(np.concatenate([each.samples for each in run]), run[-1].rate)
            parts.append(resampled(whole, rate).samples)
            run = [piece]
        return Clip(np.concatenate(parts), rate)

    def told(self, text: str, speaking: Chain, out: Path | None) -> dict[str, Any]:
        state = speaking.state
        return {
            "said": text,
            "engine": state.engine,
            "wanted": state.wanted,
            "why": state.why,
            "seconds": round(sum(piece.seconds for piece in self._pieces), 3),
            "rate": self._pieces[0].rate if self._pieces else None,
            "first_audio_ms": None if self._first_seconds is None else round(self._first_seconds * 1000, 1),
            "words": [{"text": word.text, "start": word.start_s, "end": word.end_s} for word in self._words],
            "out": None if out is None else str(out),
        }


async def _play(speech: Any, settings: VoiceSettings, heard: _Heard) -> None:
    """Let it be heard while it is made."""
    from voice.audio.engines import open_sink
    from voice.audio.rates import Resampler
    from voice.tts.speech import Audio

    stream: Resampler | None = None
    async with open_sink(settings) as sink, aclosing(speech) as pieces:
        async for piece in pieces:
            heard.take(piece)
            if not isinstance(piece, Audio):
                continue
            if stream is None or stream.source_rate != piece.rate:
                if stream is not None:
                    sink.write(stream.feed(piece.samples[:0], last=True))
                stream = Resampler(piece.rate, sink.rate)
            sink.write(stream.feed(piece.samples))
        if stream is not None:
            import numpy as np

            sink.write(stream.feed(np.zeros(0, np.float32), last=True))
        await _heard_out(sink)


async def _heard_out(sink: Sink) -> None:
    """Wait until all was heard. Raises MissingError when there is no loudspeaker for a while."""
    from voice.audio.streams import State

    drained = asyncio.create_task(sink.drained())
    try:
        away_seconds = 0.0
        while not (await asyncio.wait({drained}, timeout=_LOOK_SECONDS))[0]:
            away_seconds = 0.0 if sink.state is State.LIVE else away_seconds + _LOOK_SECONDS
            if away_seconds >= _AWAY_SECONDS:
                raise MissingError(
                    "speaker_missing",
                    "There is no loudspeaker or headset that she could be heard from.",
                    "`alisa devices` lists them; or write a file: --out hello.wav",
                )
    finally:
        drained.cancel()


def _write(clip: Clip, out: Path) -> None:
    from voice.audio.clips import write_wav

    try:
        out.open("wb").close()  # what cannot be written is said by the system, before `wave` stumbles
        write_wav(out, clip)
    except OSError as error:
        raise write_error(error, out) from error


def _settings(engine: str, voice: str, rate: float | None, pitch: float | None) -> VoiceSettings:
    """The user's settings, with what was asked for now; an engine that is named speaks alone."""
    from alisa.runtime.settings import load
    from voice.settings import VoiceSettings
    from voice.tts.engines import voice_row

    settings = load(VoiceSettings, home=Home.find())[VoiceSettings]
    asked: dict[str, Any] = {}
    if engine:
        voice_row(engine)
        own = engine == settings.tts
        asked |= {"tts": engine, "tts_fallbacks": [], "tts_voice": settings.tts_voice if own else ""}
    wishes = {"tts_voice": voice or None, "tts_rate": rate, "tts_pitch": pitch}
    asked |= {name: wish for name, wish in wishes.items() if wish is not None}
    return settings.model_copy(update=asked)


def _speakable(text: str, settings: VoiceSettings) -> str:
    from voice.words.speakable import speakable

    return speakable(text, english=settings.language.startswith("en"))


def _notice(text: str, home: Home) -> None:
    """What the user must know about an engine, once."""
    from voice.told import Told

    if text and Told(home).once(text):
        complain(text, style="faint")
