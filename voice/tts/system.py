"""The voices that come with the system: `say` on macOS, SAPI on Windows, flite where it is installed on Linux.

Each writes a file that is read as soon as it is whole, so the first sound waits for the end of the sentence. No
times of words are told. The macOS and Windows parts are written after their documentation and were not tried there.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from alisa.runtime.errors import EngineError, MissingError
from voice.tts.formats import WavReader
from voice.tts.speech import MAX_RATE, MIN_RATE, Output, SpeakRequest, VoiceInfo

_SECONDS = 30.0
_LIST_SECONDS = 5.0
_MAC_WORDS_A_MINUTE = 175


class Speaker(Protocol):
    """One system's way to write a sentence into a WAV file."""

    def write(self, request: SpeakRequest, path: Path, out: Output) -> None:
        """Write the sentence. Raises EngineError."""

    def voices(self) -> Sequence[VoiceInfo]:
        """The voices that are installed."""


class System:
    """The engine `system`; it has no options. Raises MissingError where the system has no voice."""

    notice = ""

    def __init__(self, platform: str = sys.platform) -> None:
        self._speaker = _speaker(platform)

    def speak(self, request: SpeakRequest, out: Output) -> None:
        """Speak one sentence; see `SpeechEngine`."""
        with tempfile.TemporaryDirectory(prefix="alisa-voice-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "sentence.wav"
            self._speaker.write(request, path, out)
            if out.cancelled:
                return
            reader = WavReader(out)
            try:
                reader.feed(path.read_bytes())
            except OSError as error:
                raise _failed("it wrote nothing") from error
            reader.finish()

    def voices(self) -> Sequence[VoiceInfo]:
        """The voices that are installed."""
        return self._speaker.voices()


class Say:
    """macOS: the program `say`. The text comes on its stdin: what begins with a dash is no option."""

    def __init__(self, program: str) -> None:
        self._program = program

    def write(self, request: SpeakRequest, path: Path, out: Output) -> None:
        rate = round(_MAC_WORDS_A_MINUTE * min(max(request.rate, MIN_RATE), MAX_RATE))
        argv = [self._program, "-o", str(path), "--file-format=WAVE", "--data-format=LEI16@22050", "-r", str(rate)]
        argv += ["-v", request.voice] if request.voice else []
        _run([*argv, "-f", "-"], request.text.replace("[[", "[ ["), out)  # [[…]] would be a command

    def voices(self) -> Sequence[VoiceInfo]:
        lines = _run([self._program, "-v", "?"], "", None).splitlines()
        found = [re.match(r"(?P<name>.+?)\s+(?P<language>[a-z]{2,3}[_-]\S+)\s+#", line) for line in lines]
        return [VoiceInfo(match["name"], match["language"].replace("_", "-")) for match in found if match]


class Flite:
    """Linux: the program `flite`, where it is installed."""

    def __init__(self, program: str) -> None:
        self._program = program

    def write(self, request: SpeakRequest, path: Path, out: Output) -> None:
        stretch = 1 / min(max(request.rate, MIN_RATE), MAX_RATE)
        voice = request.voice or "slt"
        if voice not in {known.name for known in self.voices()}:
            raise EngineError(
                "unknown_voice", f"flite has no voice {voice!r}.", "`alisa voices --engine system` lists them."
            )
        source = path.with_suffix(".txt")
        source.write_text(request.text, "utf-8")
        argv = [self._program, "-voice", voice, "--setf", f"duration_stretch={stretch:g}"]
        _run([*argv, "-f", str(source), "-o", str(path)], "", out)

    def voices(self) -> Sequence[VoiceInfo]:
        listed = _run([self._program, "-lv"], "", None).partition(":")[2].split()
        return [VoiceInfo(name, "en-US", default=name == "slt") for name in listed]


def _speaker(platform: str) -> Speaker:
    if platform == "win32":
        from voice.tts.sapi import Sapi

        return Sapi()
    name, make = ("say", Say) if platform == "darwin" else ("flite", Flite)
    program = shutil.which(name)
    if program is None:
        raise MissingError(
            "system_voice_missing",
            "This system has no voice of its own.",
            "On Debian or Ubuntu: sudo apt install flite",
        )
    return make(program)


def _run(argv: list[str], text: str, out: Output | None) -> str:
    """Run a program to its end, or until the sentence is cancelled; return what it printed. Raises EngineError."""
    try:
        process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if out is not None:
            out.on_cancel(process.kill)
        printed, _ = process.communicate(text.encode("utf-8", "replace"), _SECONDS if out else _LIST_SECONDS)
    except subprocess.TimeoutExpired as error:
        process.kill()
        raise _failed("it took too long") from error
    except OSError as error:
        raise _failed(error.strerror or type(error).__name__) from error
    if process.returncode and not (out is not None and out.cancelled):
        raise _failed(f"it ended with code {process.returncode}")
    return printed.decode("utf-8", "replace")


def _failed(reason: str) -> EngineError:
    return EngineError(
        "system_voice_failed", f"The system's voice could not speak: {reason}.", "`alisa voices` lists the others."
    )


def create(_options: Mapping[str, Any]) -> System:
    """The engine `system`."""
    return System()
