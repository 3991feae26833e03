"""The devices of PulseAudio and PipeWire, by the names that people know.

PortAudio sees one device of that name, `pulse`, behind which all others stand; which of them a stream gets is
said in the environment. `pactl`, which comes with both, knows them, and tells at once when one comes or goes.
Where it is not installed, nothing is found here, and PortAudio's own list has to do.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from alisa.runtime import children

VARIABLES = {"input": "PULSE_SOURCE", "output": "PULSE_SINK"}
_LATENCY = "PULSE_LATENCY_MSEC"
_asking = threading.Lock()
_ANSWER_SECONDS = 5.0
_RETRY_SECONDS = 5.0
_EVENT = re.compile(r"Event '(?:new|remove)' on (?:sink|source) #|Event 'change' on server")


@dataclass(frozen=True, slots=True)
class Port:
    """A sink or a source of the sound server."""

    name: str
    """what the server calls it"""
    label: str
    """what people call it"""
    rate: int
    default: bool


def ports(direction: str) -> list[Port] | None:
    """Return the sinks ("output") or the microphones ("input"), or None where no such server answers."""
    kind = "sinks" if direction == "output" else "sources"
    info, listed = _pactl("info"), _pactl("list", kind)
    if info is None or listed is None:
        return None
    return parse(info, listed, direction)


def parse(info: str, listed: str, direction: str) -> list[Port]:
    """Read what `pactl info` and `pactl list sinks|sources` say in English. What a sink plays is no microphone."""
    word = "Sink" if direction == "output" else "Source"
    default = _field(info, f"Default {word}")
    found = []
    for block in re.split(rf"^{word} #\d+$", listed, flags=re.MULTILINE)[1:]:
        if direction == "input" and _field(block, "Monitor of Sink") not in ("", "n/a"):
            continue
        rate = re.search(r"(\d+)Hz", _field(block, "Sample Specification"))
        name = _field(block, "Name")
        label = _field(block, "Description") or name
        found.append(Port(name, label, int(rate[1]) if rate else 48000, name == default))
    return found


@contextlib.contextmanager
def asking(direction: str, name: str, seconds: float = 0.0) -> Iterator[None]:
    """Let streams that are opened meanwhile get this sink or source, and so much sound at once; 0: as it likes.

    The server serves all its programs as quickly as the most hurried of them wants; without a word a microphone is
    read thirty times a second, and each word is late by as much.
    """
    wanted = {VARIABLES[direction]: name}
    if seconds:
        wanted[_LATENCY] = str(round(1000 * seconds))
    with _asking:
        before = {variable: os.environ.get(variable) for variable in wanted}
        os.environ.update(wanted)
        try:
            yield
        finally:
            for variable, value in before.items():
                if value is None:
                    del os.environ[variable]
                else:
                    os.environ[variable] = value


class Watch:
    """Tells its listeners when a device came or went, or another one became the default.

    It costs a process that sleeps (`pactl subscribe`), which is there while somebody listens.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: set[Callable[[], None]] = set()
        self._process: subprocess.Popen[str] | None = None
        self._left = threading.Event()

    def listen(self, listener: Callable[[], None]) -> None:
        """Call this, from a thread of its own, at every change. Nothing happens where there is no such server."""
        with self._lock:
            self._listeners.add(listener)
            if len(self._listeners) > 1 or not available():
                return
            self._left = threading.Event()
            threading.Thread(target=self._run, args=(self._left,), name="sound devices", daemon=True).start()

    def leave(self, listener: Callable[[], None]) -> None:
        """Call it no longer."""
        with self._lock:
            self._listeners.discard(listener)
            if not self._listeners:
                self._left.set()
                if self._process is not None:
                    self._process.kill()

    def _run(self, left: threading.Event) -> None:
        while not left.is_set():
            with self._lock:
                process = None if left.is_set() else self._start()
                self._process = process
            if process is not None and process.stdout is not None:
                with process:
                    for line in process.stdout:
                        if _EVENT.match(line):
                            self._tell()
                self._tell()  # the server is gone
            left.wait(_RETRY_SECONDS)

    def _start(self) -> subprocess.Popen[str] | None:
        try:
            return subprocess.Popen(
                ["pactl", "subscribe"],
                env={**os.environ, "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                **children.popen_kwargs(),
            )
        except OSError:
            return None

    def _tell(self) -> None:
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            listener()


watch = Watch()
"""the one of this process"""


def available() -> bool:
    """Can the sound server be asked here?"""
    return sys.platform.startswith("linux") and shutil.which("pactl") is not None


def answers() -> bool:
    """Does a sound server of this kind run?"""
    return _pactl("info") is not None


def _pactl(*words: str) -> str | None:
    if not available():
        return None
    try:
        answer = subprocess.run(
            ["pactl", *words],
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_ANSWER_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout if answer.returncode == 0 else None


def _field(text: str, name: str) -> str:
    found = re.search(rf"^\s*{name}: (.*)$", text, flags=re.MULTILINE)
    return found[1].strip() if found else ""
