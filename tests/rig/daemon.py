"""A sound server of our own: PulseAudio without hardware, which ends with the tests.

Speaker and microphone are channels of one null sink, and so have one clock: a recording of it holds both
sides, and times between them are differences of samples. What is said and heard is `sound.py`.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from alisa.runtime import children

RATE = 48000
START_SECONDS = 20.0
PROGRAMS = ("pulseaudio", "pactl", "pacat", "flite")
# A null sink that does not rewind: otherwise what is played begins up to a second late.
_BOTH = (
    f"module-null-sink norewinds=1 sink_name=both rate={RATE} channels=4"
    " channel_map=front-left,front-right,rear-left,rear-right"
)
PARTS: Mapping[str, str] = {
    "speaker": "module-remap-sink sink_name=speaker master=both remix=no channels=2"
    " channel_map=front-left,front-right master_channel_map=front-left,front-right"
    " sink_properties=device.description=RigSpeaker",
    "micfeed": "module-remap-sink sink_name=micfeed master=both remix=no channels=1"
    " channel_map=mono master_channel_map=rear-left",
    "mic": "module-remap-source source_name=mic master=both.monitor remix=no channels=1"
    " channel_map=mono master_channel_map=rear-left source_properties=device.description=RigMicrophone",
}
"""the devices that a program sees, and that can be unplugged: name and the module that makes it"""


class NoSoundError(RuntimeError):
    """There can be no sound server here; the text says why in one sentence."""


@dataclass
class Daemon:
    """A running server."""

    variables: Mapping[str, str]
    """what is different in the environment of a program that shall use it"""
    folder: Path

    def pactl(self, *words: str) -> str:
        """Ask the server. Raises CalledProcessError."""
        return subprocess.run(
            ["pactl", *words], env=self.environment, check=True, capture_output=True, text=True, timeout=START_SECONDS
        ).stdout

    @property
    def environment(self) -> dict[str, str]:
        """The whole environment of a program that shall use this server."""
        return {**os.environ, **self.variables}

    def modules(self) -> dict[str, str]:
        """Return which of PARTS are plugged in: name and number of the module."""
        found = {}
        for line in self.pactl("list", "short", "modules").splitlines():
            number, module, *arguments = line.split("\t")
            for name, part in PARTS.items():
                if module == part.split()[0] and arguments and f"_name={name} " in arguments[0]:
                    found[name] = number
        return found

    def plug(self, name: str) -> None:
        """Let a device be there."""
        if name not in self.modules():
            self.pactl("load-module", *PARTS[name].split())
        if name in ("speaker", "mic"):
            self.pactl("set-default-sink" if name == "speaker" else "set-default-source", name)

    def unplug(self, name: str) -> None:
        """Let a device go away, as if it were pulled out."""
        if name in (plugged := self.modules()):
            self.pactl("unload-module", plugged[name])


@contextlib.contextmanager
def serving() -> Iterator[Daemon]:
    """Start a server with a speaker and a microphone; it ends after. Raises NoSoundError."""
    if not sys.platform.startswith("linux"):
        raise NoSoundError("A sound server of our own needs PulseAudio, which this system does not have.")
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        raise NoSoundError(
            f"{', '.join(missing)} not installed"
            " (sudo apt install pulseaudio pulseaudio-utils libasound2-plugins flite)."
        )
    with tempfile.TemporaryDirectory(prefix="sound-") as made, contextlib.ExitStack() as stack:
        folder = Path(made)
        daemon = Daemon(_variables(folder), folder)
        process = _start(daemon)
        stack.callback(_end, process)
        _wait(daemon, process)
        yield daemon


def _variables(folder: Path) -> dict[str, str]:
    for name in ("run/pulse", "state", "config"):
        (folder / name).mkdir(parents=True)
    (folder / "run").chmod(0o700)
    cookie = folder / "cookie"
    cookie.write_bytes(secrets.token_bytes(256))
    return {
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "PULSE_RUNTIME_PATH": str(folder / "run" / "pulse"),
        "PULSE_STATE_PATH": str(folder / "state"),
        "PULSE_COOKIE": str(cookie),
        "PULSE_SERVER": f"unix:{folder / 'run' / 'pulse' / 'native'}",
        "PULSE_LATENCY_MSEC": "30",
        "JACK_NO_START_SERVER": "1",
    }


def _start(daemon: Daemon) -> subprocess.Popen[bytes]:
    lines = [f"load-module module-native-protocol-unix socket={daemon.variables['PULSE_SERVER'][5:]} auth-anonymous=1"]
    lines += [f"load-module {module}" for module in (_BOTH, *PARTS.values())]
    lines += ["set-default-sink speaker", "set-default-source mic", ""]
    script = daemon.folder / "rig.pa"
    script.write_text("\n".join(lines))
    argv = ["pulseaudio", "-n", "-F", str(script), "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
    argv += ["--disable-shm=yes", "--realtime=no", "--high-priority=yes"]
    with (daemon.folder / "pulse.log").open("wb") as log:
        return subprocess.Popen(
            argv, env=daemon.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **children.popen_kwargs()
        )


def _wait(daemon: Daemon, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        with contextlib.suppress(subprocess.SubprocessError):
            if len(daemon.modules()) == len(PARTS):
                return
        if process.poll() is not None or time.monotonic() > deadline:
            said = (daemon.folder / "pulse.log").read_text("utf-8", "replace")[-300:]
            raise NoSoundError(f"PulseAudio did not start: {said}")
        time.sleep(0.02)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
