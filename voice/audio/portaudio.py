"""PortAudio, guarded: whether it is there, and how it is made to see devices that were plugged in since.

PortAudio looks at the devices when it starts, and only then. To look again it has to be ended and started,
and no stream survives that: whoever has one registers here, lets go of it when asked to, and opens it again.
What a stream is for is not known here.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from alisa.runtime.errors import MissingError
from voice.audio import alsa
from voice.audio.buffers import Buffer

_lock = threading.RLock()
_users: set[Callable[[], None]] = set()

_FIXES = {
    "linux": "Install it: `sudo apt install libportaudio2 libasound2-plugins` (Fedora: `sudo dnf install portaudio`).",
    "darwin": "Install it: `brew install portaudio`.",
    "win32": "It comes with Alisa on Windows: install Alisa again.",
}


def library() -> Any:
    """Return the module `sounddevice`, with PortAudio started. Raises MissingError `no_portaudio`."""
    with _lock:
        first = "sounddevice" not in sys.modules
        narrowed = first and alsa.narrow()
        try:
            import sounddevice
        except (ImportError, OSError) as error:  # OSError: the shared library is not there
            raise MissingError(
                "no_portaudio",
                "Microphone and speaker are reached through PortAudio, which is not on this system.",
                _FIXES.get(sys.platform, "Install PortAudio with your system's packages."),
            ) from error
        except Exception as error:  # sounddevice.PortAudioError, which cannot be imported just now
            raise MissingError(
                "portaudio_broken",
                f"PortAudio does not start: {error}.",
                "Restart your system's sound, then try again.",
            ) from error
        if narrowed:
            _widen_if_blind(sounddevice)
    return sounddevice


@contextmanager
def using(let_go: Callable[[], None]) -> Iterator[Any]:
    """Hold PortAudio still while a stream is opened, and be asked to `let_go` of it when devices are looked for.

    Yields the module. `let_go` is called from any thread, and returns when the stream is closed.
    """
    with _lock:
        _users.add(let_go)
        yield library()


def done(let_go: Callable[[], None]) -> None:
    """The stream is closed."""
    with _lock:
        _users.discard(let_go)


@contextmanager
def still() -> Iterator[Any]:
    """Hold PortAudio still for a moment: nobody ends it meanwhile. Yields the module."""
    with _lock:
        yield library()


def divide(buffer: Buffer) -> None:
    """Let the next stream's buffer be divided into its pieces: PortAudio's own idea is three of them for ALSA.

    Call it within `using`. Where the library cannot be told so, all is as it likes.
    """
    name = getattr(sys.modules.get("sounddevice"), "_libname", None)
    if sys.platform != "linux" or not buffer.piece or buffer.size == "low" or name is None:
        return
    with contextlib.suppress(OSError, AttributeError):  # another build of it, without ALSA
        ctypes.CDLL(name).PaAlsa_SetNumPeriods(max(4, round(buffer.size / buffer.piece) + 1))


def look_again() -> None:
    """Let PortAudio see the devices that are there now. Open streams are interrupted for about 0.1 s."""
    with _lock:
        sounddevice = library()
        for let_go in list(_users):
            let_go()
        sounddevice._terminate()  # there is no other way to look again, says its documentation
        narrowed = alsa.narrow()
        sounddevice._initialize()
        if narrowed:
            _widen_if_blind(sounddevice)


def _widen_if_blind(sounddevice: Any) -> None:
    """Where ALSA has no way to the sound server (its plugin is not installed), let PortAudio see all that it has."""
    if any(row["name"] == "pulse" for row in sounddevice.query_devices()):
        return
    alsa.widen()
    sounddevice._terminate()
    sounddevice._initialize()
