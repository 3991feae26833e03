"""Sound for tests: a microphone somebody speaks into and a loudspeaker that is listened to, without hardware.

    @pytest.mark.sound                                  # run in the slow half: real sound server
    async def test_she_answers(sound: Sound) -> None:
        with sound.recording() as tape:                 # both sides, on one clock
            said = sound.say("hello, how are you")      # flite speaks into the microphone
            ...
            await sound.until(lambda: tape.loud_after(1.0), "her answer")
        tape.speaker, tape.microphone                   # Clips of 48 kHz that begin at the same moment

Fixtures (tests/rig/sound_fixtures.py; offer them in a conftest: `from tests.rig.sound_fixtures import ...`):

* `sound`: the rig. One PulseAudio of our own for the whole session (up in half a second); each test finds
  speaker and microphone plugged in and the default. The environment of this process points there, so a
  device opened here or in a subprocess (`env=sound.environment`) is the rig's. Skipped in one sentence where
  PulseAudio or flite is absent.
* `speech`: only flite, no server: `speech("hello there", voice="awb") -> Clip`.
* `with sound_rig() as own:` a rig of your own, also for benchmarks.

`with sound.echo(-12.0):` lets the microphone hear the speaker, some 50 ms later, as in a room. `echoed(clip,
decibels, delay_seconds)` is the same for one clip. (PulseAudio's own loopback starves, so a program does it.)
Nothing here knows Alisa; no process outlives the test.
"""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alisa.runtime import children
from tests.rig import room as room_program
from tests.rig.daemon import RATE, Daemon, NoSoundError, serving
from tests.rig.room import response
from voice.audio.clips import Clip, read_wav
from voice.audio.rates import resampled

__all__ = ["RATE", "NoSoundError", "Player", "Sound", "Tape", "echoed", "lag", "sound_rig", "speech"]

WAIT_SECONDS = 20.0
"""Long enough for a machine that trains a model meanwhile; nothing waits longer than it must."""
_CHANNELS = 4
_BYTES = 4 * _CHANNELS


@lru_cache(maxsize=256)
def speech(text: str, voice: str = "rms") -> Clip:
    """Return a sentence spoken by flite (`rms` and `awb` are men, `slt` a woman), at 16 kHz."""
    with tempfile.TemporaryDirectory(prefix="flite-") as folder:
        path = Path(folder) / "speech.wav"
        subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(path)], check=True, timeout=WAIT_SECONDS)
        return read_wav(path)


def echoed(clip: Clip, decibels: float, delay_seconds: float = 0.06, seed: int = 1) -> Clip:
    """Return how a room gives a sound back: later, less loud by so many dB in all, with some reverberation."""
    room = response(decibels, seed, clip.rate)
    size = len(clip.samples) + len(room) - 1
    spectrum = np.fft.rfft(clip.samples, size) * np.fft.rfft(room, size)
    wet = np.fft.irfft(spectrum, size).astype(np.float32)
    return Clip(np.concatenate([np.zeros(round(delay_seconds * clip.rate), np.float32), wet]), clip.rate)


def lag(heard: Clip, clip: Clip) -> tuple[int, float]:
    """Return where in `heard` the clip begins (a sample) and how alike they are there (1 is the same).

    Both have the same rate. The loudness does not matter.
    """
    assert heard.rate == clip.rate
    size = 1 << (len(heard.samples) + len(clip.samples)).bit_length()
    spectrum = np.fft.rfft(heard.samples, size) * np.conj(np.fft.rfft(clip.samples, size))
    places = np.fft.irfft(spectrum, size)[: len(heard.samples)]
    begin = int(np.argmax(places))
    part = heard.samples[begin : begin + len(clip.samples)]
    scale = float(np.linalg.norm(part) * np.linalg.norm(clip.samples[: len(part)]))
    return begin, float(places[begin]) / scale if scale else 0.0


class Player:
    """Somebody who speaks into the microphone, until the clip is over."""

    def __init__(self, process: subprocess.Popen[bytes], clip: Clip) -> None:
        self.clip = clip
        self._process = process

    @property
    def over(self) -> bool:
        """Has everything been said?"""
        return self._process.poll() is not None

    def wait(self) -> None:
        """Wait until everything is said."""
        self._process.wait(self.clip.seconds + WAIT_SECONDS)

    async def heard(self) -> None:
        """The same, while the event loop turns."""
        await asyncio.to_thread(self.wait)

    def stop(self) -> None:
        """Fall silent in the middle."""
        if self._process.poll() is None:
            self._process.terminate()
        self._process.wait(5)


class Tape:
    """A recording of both sides that goes on. It begins when the first sample has arrived."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _channel(self, number: int) -> Clip:
        data = self._path.read_bytes()
        samples: NDArray[np.float32] = np.frombuffer(data[: len(data) // _BYTES * _BYTES], "<f4")
        return Clip(samples.reshape(-1, _CHANNELS)[:, number].copy(), RATE)

    @property
    def speaker(self) -> Clip:
        """What came out of the loudspeaker so far."""
        return self._channel(0)

    @property
    def microphone(self) -> Clip:
        """What went into the microphone so far."""
        return self._channel(2)

    @property
    def seconds(self) -> float:
        """How long it is so far."""
        return self._path.stat().st_size // _BYTES / RATE

    def loud_after(self, seconds: float, threshold: float = 0.01) -> bool:
        """Was anything louder than this said by the loudspeaker after so many seconds?"""
        return bool((np.abs(self.speaker.samples[int(seconds * RATE) :]) > threshold).any())


class Sound:
    """A rig: somebody who speaks, somebody who listens."""

    def __init__(self, daemon: Daemon) -> None:
        self.daemon = daemon
        self._running: list[subprocess.Popen[bytes]] = []

    @property
    def environment(self) -> dict[str, str]:
        """The whole environment of a program that shall hear and speak here."""
        return self.daemon.environment

    def say(self, text: str, voice: str = "rms") -> Player:
        """Let flite say this into the microphone. Returns at once."""
        return self.play(speech(text, voice))

    def play(self, clip: Clip, device: str = "micfeed") -> Player:
        """Play a clip into the microphone (or to another sink). Returns at once."""
        with tempfile.TemporaryFile() as file:
            file.write(resampled(clip, RATE).samples.astype("<f4").tobytes())
            file.seek(0)
            argv = ["pacat", "--playback", f"--device={device}", "--raw", f"--rate={RATE}", "--channels=1"]
            argv += ["--format=float32le", "--latency-msec=150"]
            return Player(self._start(argv, stdin=file.fileno()), clip)

    @contextlib.contextmanager
    def recording(self) -> Iterator[Tape]:
        """Record both sides. The tape runs when this returns, and can be read afterwards, too."""
        path = self.daemon.folder / f"tape-{time.monotonic_ns()}.f32"
        with path.open("wb") as file:
            argv = ["parec", "--device=both.monitor", "--raw", f"--rate={RATE}", f"--channels={_CHANNELS}"]
            argv += ["--channel-map=front-left,front-right,rear-left,rear-right", "--no-remix", "--no-remap"]
            process = self._start([*argv, "--format=float32le", "--latency-msec=20"], stdout=file.fileno())
        try:
            self.until_now(lambda: path.stat().st_size >= _BYTES, "the recording")
            yield Tape(path)
        finally:
            process.terminate()
            process.wait(5)

    @contextlib.contextmanager
    def echo(self, decibels: float = -12.0, seed: int = 1) -> Iterator[None]:
        """Let the microphone hear what the speaker plays, as a room gives it back. Somebody may speak meanwhile."""
        into = f"--rate={RATE} --channels=1 --format=float32le --latency-msec=20 --raw".split()
        with contextlib.ExitStack() as stack:
            hear = self._start(["parec", "--device=speaker.monitor", *into], stdout=subprocess.PIPE)
            assert hear.stdout is not None
            room = [sys.executable, room_program.__file__, str(decibels), str(seed)]
            mixed = self._start(room, stdin=hear.stdout.fileno(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            assert mixed.stdout is not None
            assert mixed.stderr is not None
            play = self._start(["pacat", "--playback", "--device=micfeed", *into], stdin=mixed.stdout.fileno())
            for process in (hear, mixed, play):
                stack.callback(_end, process)
            mixed.stderr.readline()  # it is ready, or it ended
            for pipe in (hear.stdout, mixed.stdout, mixed.stderr):
                pipe.close()  # they belong to the programs now
            yield

    def until_now(self, holds: Callable[[], object], what: str, seconds: float = WAIT_SECONDS) -> None:
        """Wait, without an event loop, until it holds. Fails, naming what was waited for."""
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, f"{what} did not come within {seconds:.0f} s"
            time.sleep(0.005)

    async def until(self, holds: Callable[[], object], what: str, seconds: float = WAIT_SECONDS) -> None:
        """Wait until it holds while the event loop turns. Fails, naming what was waited for."""
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, f"{what} did not come within {seconds:.0f} s"
            await asyncio.sleep(0.01)

    def plug(self, name: str) -> None:
        """Let the `speaker` or the `mic` be there again."""
        self.daemon.plug(name)

    def unplug(self, name: str) -> None:
        """Pull the `speaker` or the `mic` out."""
        self.daemon.unplug(name)

    def rest(self) -> None:
        """Silence everybody and plug in what was pulled out."""
        for process in self._running:
            if process.poll() is None:
                process.kill()
            process.wait(5)
        self._running.clear()
        for name in ("speaker", "micfeed", "mic"):
            self.plug(name)

    def _start(
        self,
        argv: list[str],
        stdin: int = subprocess.DEVNULL,
        stdout: int = subprocess.DEVNULL,
        stderr: int = subprocess.DEVNULL,
    ) -> subprocess.Popen[bytes]:
        environment = self.environment
        del environment["PULSE_LATENCY_MSEC"]  # it would overrule what each asks for
        process = subprocess.Popen(
            ["nice", "-n", "-11", *argv],  # as sound servers do; where that is not allowed, it goes on without
            env=environment,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            **children.popen_kwargs(),
        )
        self._running.append(process)
        return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait(5)


@contextlib.contextmanager
def sound_rig() -> Iterator[Sound]:
    """Start a rig of your own. Raises NoSoundError."""
    with serving() as daemon:
        rig = Sound(daemon)
        try:
            yield rig
        finally:
            for process in rig._running:
                if process.poll() is None:
                    process.kill()
                process.wait(5)
