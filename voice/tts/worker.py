"""A speech engine as a process of its own: `python -m voice.tts.worker ENGINE`, or this file by its path.

By its path it also runs in another Python's environment, whose libraries come before Alisa's. The protocol
(`frames`) has the real stdin and stdout to itself; whatever the engine or its libraries print goes to stderr.
When stdin ends, whoever wanted speech is gone, and so is this process, in whatever the engine is caught.
Which engine makes the speech, and how, is not known here. Standard library only.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # by its path: our packages are found last, after those of this Python
    sys.path.append(str(Path(__file__).resolve().parents[2]))

from alisa.runtime.errors import AlisaError, EngineError, MissingError
from voice.tts import engines
from voice.tts.frames import BEAT_SECONDS, SOUND_BYTES, Decoder, Frame, FrameError, Kind, encode, encode_sound
from voice.tts.speech import SpeakRequest

_READ_BYTES = 65536
_EXIT_WRONG = 2


class Wire:
    """The real standard streams, taken away from everybody else in this process."""

    def __init__(self) -> None:
        self._input, self._output = os.dup(0), os.dup(1)
        if sys.platform == "win32":
            import msvcrt

            for descriptor in (self._input, self._output):
                msvcrt.setmode(descriptor, os.O_BINARY)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.dup2(2, 1)
        self._writing = threading.Lock()

    def read(self) -> bytes:
        """Return what came; nothing at the end."""
        try:
            return os.read(self._input, _READ_BYTES)
        except OSError:
            return b""

    def write(self, data: bytes) -> None:
        """Write a whole frame. When nobody reads any more, this process ends."""
        with self._writing:
            try:
                view = memoryview(data)
                while view:
                    view = view[os.write(self._output, view) :]
            except OSError:
                os._exit(0)


class SentenceOutput:
    """Where the engine puts one sentence; see `speech.Output`."""

    def __init__(self, wire: Wire, number: int) -> None:
        self.number = number
        self._wire = wire
        self._odd = b""
        self._lock = threading.Lock()
        self._cancelled = False
        self._callbacks: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    def cancel(self) -> None:
        """The rest is no longer wanted."""
        with self._lock:
            self._cancelled = True
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def on_cancel(self, callback: Callable[[], None]) -> None:
        with self._lock:
            if not self._cancelled:
                self._callbacks.append(callback)
                return
        callback()

    def format(self, rate: int) -> None:
        self._wire.write(encode(Kind.FORMAT, {"id": self.number, "rate": rate}))

    def pcm(self, data: bytes) -> None:
        if self._cancelled:
            return
        data = self._odd + data
        even = len(data) - len(data) % 2
        self._odd = data[even:]
        for begin in range(0, even, SOUND_BYTES):
            self._wire.write(encode_sound(self.number, data[begin : min(begin + SOUND_BYTES, even)]))

    def word(self, text: str, start_s: float, end_s: float) -> None:
        self._marks(words=[[text, start_s, end_s]])

    def phoneme(self, symbol: str, start_s: float, end_s: float) -> None:
        self._marks(phonemes=[[symbol, start_s, end_s]])

    def _marks(self, **marks: list[list[Any]]) -> None:
        if not self._cancelled:
            self._wire.write(encode(Kind.MARKS, {"id": self.number, **marks}))


class Worker:
    """One engine, and the jobs that wait for it. Jobs run in a thread of their own, so that a cancel gets through."""

    def __init__(self, wire: Wire, name: str) -> None:
        self._wire = wire
        self._name = name
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._outputs: dict[int, SentenceOutput] = {}
        self._sound = bytearray()
        self._busy = threading.Event()
        self._engine: Any = None

    def run(self) -> None:
        """Serve until stdin ends. Raises FrameError for what is not the protocol."""
        threading.Thread(target=self._work, daemon=True, name="engine").start()
        threading.Thread(target=self._beat, daemon=True, name="heart").start()
        decoder = Decoder()
        while data := self._wire.read():
            for frame in decoder.feed(data):
                self._take(frame)

    def _take(self, frame: Frame) -> None:
        if frame.kind is Kind.SOUND:
            self._sound += frame.sound
            return
        asked = frame.json()
        if frame.kind is Kind.OPEN:
            self._jobs.put(lambda: self._open(asked.get("options") or {}))
        elif frame.kind is Kind.CANCEL:
            if (output := self._outputs.get(frame.id)) is not None:
                output.cancel()
        elif frame.kind is Kind.VOICES:
            self._jobs.put(lambda: self._voices(frame.id))
        elif frame.kind in (Kind.SPEAK, Kind.CONVERT):
            output = self._outputs[frame.id] = SentenceOutput(self._wire, frame.id)
            sound, self._sound = bytes(self._sound), bytearray()
            self._jobs.put(lambda: self._sentence(frame.kind, asked, sound, output))
        else:
            raise FrameError("an answer where a request should be")

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            self._busy.set()
            job()
            self._busy.clear()

    def _beat(self) -> None:
        """Say that this process lives, while there is something to wait for."""
        pause = threading.Event()
        while self._busy.wait():
            self._wire.write(encode(Kind.BEAT, {}))
            pause.wait(BEAT_SECONDS)

    def _open(self, options: dict[str, Any]) -> None:
        try:
            self._engine = engines.create(self._name, options)
        except Exception as error:  # noqa: BLE001 (it is told to the one who waits)
            self._fail(None, error)
            os._exit(_EXIT_WRONG)
        self._wire.write(encode(Kind.READY, {"engine": self._name, "notice": self._engine.notice}))

    def _voices(self, number: int) -> None:
        from dataclasses import asdict

        try:
            found = [asdict(voice) for voice in self._engine.voices()]
        except Exception as error:  # noqa: BLE001 (the same)
            self._fail(number, error)
            return
        self._wire.write(encode(Kind.VOICES, {"id": number, "voices": found}))

    def _sentence(self, kind: Kind, asked: dict[str, Any], sound: bytes, output: SentenceOutput) -> None:
        try:
            if not output.cancelled:
                if kind is Kind.CONVERT:
                    self._engine.convert(sound, asked["rate"], output)
                else:
                    request = SpeakRequest(asked["text"], asked["voice"], asked["rate"], asked["pitch"])
                    self._engine.speak(request, output)
        except Exception as error:  # noqa: BLE001 (the same)
            self._fail(output.number, error)
        else:
            self._wire.write(encode(Kind.DONE, {"id": output.number}))
        finally:
            self._outputs.pop(output.number, None)

    def _fail(self, number: int | None, error: Exception) -> None:
        if not isinstance(error, AlisaError):
            import traceback

            traceback.print_exception(error)  # to stderr: the voice writes it into its log
            reason = " ".join(str(error).split()) or type(error).__name__
            error = EngineError(
                "speech_failed", f"The voice {self._name!r} failed: {reason}.", "Choose another voice: `alisa voices`."
            )
        told = {"id": number, "code": error.code, "message": error.message, "hint": error.hint}
        self._wire.write(encode(Kind.FAILED, {**told, "missing": isinstance(error, MissingError)}))


def main(arguments: list[str]) -> int:
    """Serve one engine; return the exit code."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.stderr.write("usage: python -m voice.tts.worker ENGINE   (it speaks frames on stdin and stdout)\n")
        return _EXIT_WRONG
    wire = Wire()
    try:
        Worker(wire, arguments[0]).run()
    except FrameError as error:
        sys.stderr.write(f"What came is not the protocol: {error}.\n")
        os._exit(_EXIT_WRONG)
    os._exit(0)  # the engine may be caught in anything: nothing waits for it


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
