"""A voice that is kept ready: sentences go in, audio and marks come out, and a broken worker is replaced.

`TtsWorker` runs one engine in a process of its own (`process`). A worker that is silent for longer than
its engine's limits, dies or talks nonsense costs the sentence that it was at: `speak` raises, and a
fresh worker is being started meanwhile. Who speaks the sentence instead is known to `chain`.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

import numpy as np

from alisa.runtime.errors import AlisaError, EngineError
from alisa.runtime.logs import get_logger
from voice.tts.engines import Limits, limits_of
from voice.tts.frames import SOUND_BYTES, Frame, FrameError, Kind, encode, encode_sound
from voice.tts.process import WorkerProcess, failure
from voice.tts.speech import Audio, PhonemeMark, SpeakRequest, Speech, VoiceInfo, WordMark

FULL_SCALE = 32768.0
_VOICES_SECONDS = 15.0

log = get_logger(__name__)


class TtsWorker:
    """One engine behind a process. One sentence at a time; others wait for their turn.

    `options` go to the engine's factory; they may hold keys, and travel through a pipe, never on a
    command line. `python` is the interpreter of another environment, where the engine needs one.
    """

    def __init__(
        self, engine: str, options: Mapping[str, Any] | None = None, *, limits: Limits | None = None, python: str = ""
    ) -> None:
        self.engine = engine
        self._options = dict(options or {})
        self._limits = limits or limits_of(engine)
        self._python = python
        self._process: WorkerProcess | None = None
        self._starting = asyncio.Lock()
        self._speaking = asyncio.Lock()
        self._number = 0
        self._cancelled: tuple[int, float] | None = None
        """the sentence that was given up last, and until when the worker may take to let go of it"""
        self._replacing: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The number of the worker's process, while one runs."""
        return self._process.pid if self._process is not None and self._process.alive else None

    @property
    def notice(self) -> str:
        """What the user must know about this engine; known once it has started."""
        return self._process.notice if self._process is not None else ""

    async def start(self) -> None:
        """Have a worker ready. Raises MissingError, EngineError; does nothing when one is."""
        await self._ready()

    async def speak(self, request: SpeakRequest) -> AsyncGenerator[Speech, None]:
        """Speak one sentence: audio and marks as they are made. Raises EngineError, MissingError.

        Iterate within `contextlib.aclosing`: leaving early tells the worker at once that the rest is not wanted.
        """
        asked = {"text": request.text, "voice": request.voice, "rate": request.rate, "pitch": request.pitch}
        async with self._speaking:
            process = await self._ready()
            self._number += 1
            data = encode(Kind.SPEAK, {"id": self._number, **asked})
            async with aclosing(self._job(process, self._number, data)) as items:
                async for item in items:
                    yield item

    async def convert(self, audio: Audio) -> AsyncGenerator[Speech, None]:
        """Have a converter change a whole sentence; as `speak`."""
        sound = (np.clip(audio.samples, -1, 1) * (FULL_SCALE - 1)).astype("<i2").tobytes()
        async with self._speaking:
            process = await self._ready()
            self._number += 1
            pieces = [
                encode_sound(self._number, sound[begin : begin + SOUND_BYTES])
                for begin in range(0, len(sound), SOUND_BYTES)
            ]
            pieces.append(encode(Kind.CONVERT, {"id": self._number, "rate": audio.rate}))
            async with aclosing(self._job(process, self._number, b"".join(pieces))) as items:
                async for item in items:
                    yield item

    async def voices(self) -> tuple[VoiceInfo, ...]:
        """The voices of this engine. Raises EngineError, MissingError."""
        async with self._speaking:
            process = await self._ready()
            self._number += 1
            try:
                await process.send(encode(Kind.VOICES, {"id": self._number}))
                deadline = _now() + _VOICES_SECONDS
                while True:
                    frame = await process.frame(deadline, self._limits.beat_seconds)
                    if frame.id == self._number:
                        break
                if frame.kind is Kind.FAILED:
                    raise failure(frame)
                return tuple(VoiceInfo(**voice) for voice in frame.json()["voices"])
            except (EngineError, FrameError, KeyError, TypeError):
                if not process.alive:
                    self._replace()
                raise

    async def aclose(self) -> None:
        """End the worker, whatever it does."""
        self._closed = True
        if self._replacing is not None:
            self._replacing.cancel()
            await asyncio.gather(self._replacing, return_exceptions=True)
        if self._process is not None:
            await self._process.end()
            self._process = None

    async def _ready(self) -> WorkerProcess:
        """A worker that lives and has let go of what was cancelled."""
        async with self._starting:
            if self._process is not None and self._process.alive and self._cancelled is not None:
                await self._let_go(self._process, *self._cancelled)
            self._cancelled = None
            if self._process is None or not self._process.alive:
                await self._start()
            if self._process is None:
                raise EngineError("speech_died", f"The voice {self.engine!r} is closed.")
            return self._process

    async def _start(self) -> None:
        if self._process is not None:
            await self._process.end()
            self._process = None
        if not self._closed:
            self._process = await WorkerProcess.start(self.engine, self._options, self._limits, self._python)

    async def _let_go(self, process: WorkerProcess, number: int, deadline: float) -> None:
        """Wait for the end of a cancelled sentence; a worker that does not end it is ended itself."""
        try:
            while True:
                frame = await process.frame(deadline, self._limits.beat_seconds)
                if frame.kind in (Kind.DONE, Kind.FAILED) and frame.id == number:
                    return
        except (EngineError, FrameError):
            log.info("a voice did not let go of a cancelled sentence", engine=self.engine)
            await process.end()

    async def _job(self, process: WorkerProcess, number: int, data: bytes) -> AsyncGenerator[Speech, None]:
        """Send a request and yield its answers until the end; give it up when whoever iterates leaves."""
        over = False
        try:
            await process.send(data)
            async for item in self._answers(process, number):
                yield item
            over = True
        except FrameError as error:
            over = True
            await process.end()
            self._replace()
            raise EngineError(
                "speech_garbled", f"The voice {self.engine!r} sent something that is no speech.", str(error)
            ) from error
        except AlisaError as error:
            over = True
            if error.code == "speech_hung":
                await process.end()
            if not process.alive:
                self._replace()
            raise
        finally:
            if not over and process.alive:
                self._cancelled = number, _now() + self._limits.cancel_seconds
                with contextlib.suppress(EngineError):
                    await process.send(encode(Kind.CANCEL, {"id": number}))

    async def _answers(self, process: WorkerProcess, number: int) -> AsyncGenerator[Speech, None]:
        rate = 0
        deadline = _now() + self._limits.first_audio_seconds
        while True:
            frame = await process.frame(deadline, self._limits.beat_seconds)
            if frame.kind is Kind.SOUND and frame.id == number:
                if not rate:
                    raise FrameError("sound without a format")
                deadline = _now() + self._limits.stall_seconds
                yield _audio(frame, rate)
            elif frame.id != number:
                continue
            elif frame.kind is Kind.FORMAT:
                rate = _rate(frame)
            elif frame.kind is Kind.MARKS:
                for mark in _marks(frame):
                    yield mark
            elif frame.kind is Kind.FAILED:
                raise failure(frame)
            elif frame.kind is Kind.DONE:
                return

    def _replace(self) -> None:
        """Start a fresh worker in the background, so that the next sentence finds it ready."""
        if self._closed or (self._replacing is not None and not self._replacing.done()):
            return

        async def replace() -> None:
            with contextlib.suppress(AlisaError):  # the next sentence will tell
                await self._ready()

        self._replacing = asyncio.create_task(replace(), name=f"replace {self.engine}")


def _audio(frame: Frame, rate: int) -> Audio:
    return Audio(np.frombuffer(frame.sound, dtype="<i2").astype(np.float32) / np.float32(FULL_SCALE), rate)


def _rate(frame: Frame) -> int:
    rate = frame.json().get("rate")
    if not isinstance(rate, int) or not 4000 <= rate <= 192_000:
        raise FrameError("a sample rate that cannot be")
    return rate


def _marks(frame: Frame) -> list[WordMark | PhonemeMark]:
    told = frame.json()
    try:
        marks: list[WordMark | PhonemeMark] = [
            WordMark(str(text), float(start), float(end)) for text, start, end in told.get("words", ())
        ]
        marks += [PhonemeMark(str(text), float(start), float(end)) for text, start, end in told.get("phonemes", ())]
    except (TypeError, ValueError) as error:
        raise FrameError("marks that cannot be read") from error
    return marks


def _now() -> float:
    return asyncio.get_running_loop().time()
