"""Keeps a stream of a device open: opens it, notices when the device goes away, and opens it when it is back.

It lives in a thread of its own, because opening and closing a device may take long. A device that is not there
is looked for when the system says that something changed, and now and then by itself, ever more seldom.
What flows through the stream is its owner's business.
"""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Literal, TypeAlias

from alisa.runtime.errors import AlisaError, MissingError
from alisa.runtime.logs import get_logger
from voice.audio import devices, portaudio, pulse
from voice.audio.buffers import Buffer
from voice.audio.devices import Device, Direction
from voice.audio.streams import State

Opener: TypeAlias = Callable[[Device, int, int], dict[str, Any]]
"""(device, rate, channels) -> the arguments `callback` and others for the stream"""
_Wake: TypeAlias = Literal["leave", "ended", "let_go", "changed", "power"]

RATES = (48000, 44100, 96000, 16000)
"""what is tried when a device does not take its own rate; all are multiples of 100"""
FIRST_RETRY_SECONDS = 0.25
LONGEST_RETRY_SECONDS = 10.0
_STALL_SECONDS = 1.0
"""a live device calls every 10 ms; drivers have been seen to stop calling after an underrun"""

log = get_logger("audio")


class Keeper:
    """One stream, kept open as far as it can be."""

    def __init__(
        self,
        direction: Direction,
        wanted: str,
        opened: Opener,
        changed: Callable[[State], None],
        buffer: Callable[[], Buffer],
    ) -> None:
        """`opened` is told what was found before its stream starts; `changed` is told each new state, and LIVE each
        time that a stream was opened. `buffer` is asked before one is.
        """
        self.direction: Direction = direction
        self.state = State.STARTING
        self.calls = 0
        """how often the device called"""
        self._caller = 0
        self.device: Device | None = None
        self._wanted = wanted
        self._opened = opened
        self._changed = changed
        self._buffer = buffer
        self._wakes: queue.SimpleQueue[tuple[_Wake, int]] = queue.SimpleQueue()
        self._change_waits = False
        self._stream: Any = None
        self._stream_lock = threading.Lock()
        self._generation = 0
        self.awake = True
        """whether the device shall run: one that stands still costs nothing"""
        self._empty = False
        self._running = False
        self._tried = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"sound {direction}", daemon=True)

    def start(self) -> None:
        """Begin, and return when the device is open, or known to be away. Blocks. Raises MissingError."""
        portaudio.library()
        self._thread.start()
        self._tried.wait()

    def stop(self) -> None:
        """Close the stream and end. Blocks."""
        self._wakes.put(("leave", 0))
        self._thread.join()

    def rest(self) -> None:
        """Throw away what the device holds, and let it stand still until `wake`. Does not wait for it."""
        self._empty, self.awake = True, False
        self._wakes.put(("power", self._generation))

    def wake(self) -> None:
        """Let it run again; the owner is told that it is live. Does not wait for it."""
        self.awake = True
        self._wakes.put(("power", self._generation))

    def open_anew(self) -> None:
        """Close the stream and open another one. Does not wait for it."""
        self._wakes.put(("let_go", self._generation))

    def called(self) -> None:
        """The device called: its callback says so each time."""
        self.calls += 1
        if threading.get_ident() != self._caller:  # each start of a stream has a thread of its own
            self._caller = threading.get_ident()
            _hurry()

    def _run(self) -> None:
        _prepare_thread()
        pulse.watch.listen(self._something_changed)
        retry, failed = FIRST_RETRY_SECONDS, False
        try:
            while True:
                device = self._look(again=failed)
                if device is not None and self._open(device):
                    began = time.monotonic()
                    self._enter(State.LIVE, anew=True)
                    reason = self._guard(device)
                    self._close()
                    if reason == "leave":
                        return
                    failed = reason == "ended"
                    lived = time.monotonic() - began
                    if lived > LONGEST_RETRY_SECONDS or not failed:
                        retry = FIRST_RETRY_SECONDS
                    if lived > 2 * _STALL_SECONDS or not failed:
                        continue  # often it is there: a server that was started again, a card that stumbled
                failed = True
                self._enter(State.AWAY)
                if self._wait_away(retry) == "leave":
                    return
                retry = min(retry * 2, LONGEST_RETRY_SECONDS)
        finally:
            pulse.watch.leave(self._something_changed)
            self._enter(State.ENDED)

    def _look(self, *, again: bool) -> Device | None:
        try:
            return devices.find(self.direction, self._wanted, again=again)
        except MissingError as error:
            log.warning("sound_unavailable", direction=self.direction, reason=error.message)
        except Exception as error:  # noqa: BLE001 (a sound system that fails is a device that is away)
            log.debug("devices_unknown", direction=self.direction, reason=str(error))
        return None

    def _guard(self, device: Device) -> _Wake:
        """Stay while the device does, and return why it should be closed."""
        calls = -1
        while True:
            try:
                wake, generation = self._wakes.get(timeout=_STALL_SECONDS)
            except queue.Empty:
                if self._running and self.calls == calls:
                    return "ended"
                if calls < 0:
                    self._something_changed()  # perhaps before the watch began
                calls = self.calls
                continue
            if wake == "changed":
                self._change_waits = False
                if not self._still_meant(device):
                    return "let_go"
            elif wake == "leave":
                return wake
            elif generation != self._generation:
                continue  # said of a stream that is no more
            elif wake != "power":
                return wake
            elif not self._power():
                return "ended"

    def _still_meant(self, device: Device) -> bool:
        """Is this the device that would be opened now? Streams are moved elsewhere when theirs goes away."""
        found = self._look(again=False)
        return found is not None and (found.port, found.portaudio_name) == (device.port, device.portaudio_name)

    def _wait_away(self, seconds: float) -> _Wake | None:
        """Wait until there is reason to look again."""
        until = time.monotonic() + seconds
        while True:
            try:
                wake, _ = self._wakes.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                return None
            if wake == "changed":
                self._change_waits = False
            if wake in ("leave", "changed"):
                return wake

    # --- the stream ------------------------------------------------------------------------------

    def _open(self, device: Device) -> bool:
        self._generation += 1
        self._empty, self.awake, self._running = False, True, True
        try:
            with portaudio.using(self._let_go) as sounddevice, self._asking(device):
                self._stream = self._start_stream(sounddevice, device)
        except Exception as error:  # noqa: BLE001 (PortAudioError, or what its library raises)
            portaudio.done(self._let_go)
            log.debug("device_refuses", device=device.name, reason=str(error))
            return False
        self.device = device
        log.info("device_open", direction=self.direction, device=device.name)
        return True

    def _start_stream(self, sounddevice: Any, device: Device) -> Any:
        index, buffer = _index(sounddevice, device, self.direction), self._buffer()
        portaudio.divide(buffer)
        kind = sounddevice.InputStream if self.direction == "input" else sounddevice.OutputStream
        extra = sounddevice.WasapiSettings(auto_convert=True) if device.interface == "WASAPI" else None
        finished = self._finished(self._generation)
        trouble: Exception | None = None
        for rate in dict.fromkeys((device.rate, *RATES)):
            for channels in _channels(sounddevice, index, self.direction):
                if rate % 100:
                    continue
                stream = None
                try:
                    stream = kind(
                        device=index,
                        samplerate=rate,
                        channels=channels,
                        dtype="float32",
                        blocksize=rate // 100,
                        latency=buffer.size,
                        extra_settings=extra,
                        finished_callback=finished,
                        **self._opened(device, rate, channels),
                    )
                    stream.start()
                except (sounddevice.PortAudioError, ValueError) as error:
                    trouble = error
                    if stream is not None:
                        stream.close(ignore_errors=True)
                else:
                    return stream
        raise trouble or AlisaError("no_rate", f"{device.name} offers nothing that can be used.")

    def _finished(self, generation: int) -> Callable[[], None]:
        """Return what PortAudio's thread calls when the stream is over, which it says of an orderly end, too."""

        def over() -> None:
            if self._running:
                self._wakes.put(("ended", generation))

        return over

    def _power(self) -> bool:
        """Empty the device, let it stand still or run, as it was asked last. Does it do so?"""
        try:
            with self._stream_lock:
                if self._empty and self._running:
                    self._running = False
                    self._stream.abort()
                self._empty = False
                if not self.awake or self._running:
                    return True
                with self._asking(self.device):  # the server's stream is made anew, too
                    self._stream.start()
                self._running = True
        except Exception as error:  # noqa: BLE001 (as in `_open`; or it was let go of meanwhile)
            log.debug("device_refuses", device=self._wanted, reason=str(error))
            return False
        self._changed(State.LIVE)
        return True

    def _close(self) -> None:
        with self._stream_lock:
            if self._stream is not None:
                with contextlib.suppress(Exception):
                    self._stream.close()
            self._stream = None
        portaudio.done(self._let_go)

    def _let_go(self) -> None:
        """PortAudio is about to look again, in whatever thread: without the stream."""
        generation = self._generation
        self._close()
        self._wakes.put(("let_go", generation))

    def _something_changed(self) -> None:
        if not self._change_waits:
            self._change_waits = True
            self._wakes.put(("changed", 0))

    def _asking(self, device: Device | None) -> contextlib.AbstractContextManager[None]:
        """What the sound server is asked for, where there is one, while a stream is opened or started."""
        if device is None or not device.port:
            return contextlib.nullcontext()
        return pulse.asking(self.direction, device.port, self._buffer().piece)

    def _enter(self, state: State, *, anew: bool = False) -> None:
        if anew or state is not self.state:
            self.state = state
            if state is State.AWAY:
                log.warning("device_away", direction=self.direction, wanted=self._wanted or "the default")
            self._changed(state)
        self._tried.set()


def _hurry() -> None:
    """Let the calling thread, an audio callback's, go before others where the system allows it.

    Linux: ALSA's thread is an ordinary one; -11 is the niceness that sound servers take, too. Elsewhere PortAudio
    has done so by itself.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), -11)


def _prepare_thread() -> None:
    """Windows: WASAPI is COM, which each thread has to begin for itself."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.ole32.CoInitializeEx(None, 0)  # COINIT_MULTITHREADED


def _index(sounddevice: Any, device: Device, direction: Direction) -> int:
    """Return PortAudio's number of a device. Raises ValueError when it is not in its list any more."""
    for interface in sounddevice.query_hostapis():
        if device.interface not in ("PulseAudio", interface["name"].removeprefix("Windows ")):
            continue
        for index in interface["devices"]:
            row = sounddevice.query_devices(index)
            if row["name"] == device.portaudio_name and row[f"max_{direction}_channels"] > 0:
                return int(index)
    raise ValueError(f"{device.name} is not in the list")


def _channels(sounddevice: Any, index: int, direction: Direction) -> tuple[int, ...]:
    """Return how many channels to ask for, the best first: one that is heard; two that speak, where there are."""
    most = int(sounddevice.query_devices(index)[f"max_{direction}_channels"])
    if most < 2:
        return (1,)
    return (1, 2) if direction == "input" or sys.platform == "linux" else (2, 1)
