"""An X server of our own: Xvfb with a cookie, a window manager and a compositor, which end with the test.

What is seen and done on the screen is `screen.py`; here are only the processes behind it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from alisa.runtime import children

START_SECONDS = 20.0
"""Xvfb is up in 0.3 s on a quiet machine; a machine that trains a model needs longer."""
_FAMILY_LOCAL = 256  # Xauth.h
_HOSTS_OF_X = ("DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "DBUS_SESSION_BUS_ADDRESS")


class NoScreenError(RuntimeError):
    """There can be no screen here; the text says why in one sentence."""


@dataclass
class Server:
    """A running X server and the programs that serve it."""

    display: str
    """as in DISPLAY, for example ":3" """
    environment: Mapping[str, str]
    """the whole environment of a program that shall run on this screen"""
    folder: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, argv: Sequence[str]) -> None:
        """Start a program that serves the screen; its output goes to a file in `folder`."""
        if shutil.which(argv[0]) is None:
            raise NoScreenError(f"{argv[0]} is not installed (sudo apt install {argv[0]}).")
        with (self.folder / f"{name}.log").open("wb") as log:
            self.running[name] = subprocess.Popen(
                argv,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **children.popen_kwargs(),
            )

    def stop(self, name: str) -> None:
        """End one of them and wait until it is gone."""
        process = self.running.pop(name)
        process.terminate()
        try:
            process.wait(3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def said(self, name: str) -> str:
        """What the program wrote."""
        return (self.folder / f"{name}.log").read_text("utf-8", "replace")


@contextlib.contextmanager
def serving(size: tuple[int, int]) -> Iterator[Server]:
    """Start Xvfb alone, with a screen of this size; all that was started on it ends after."""
    if not sys.platform.startswith("linux"):
        raise NoScreenError("A screen of our own needs X11, which this system does not have.")
    if shutil.which("Xvfb") is None:
        raise NoScreenError("Xvfb is not installed (sudo apt install xvfb openbox picom xdotool).")
    with tempfile.TemporaryDirectory(prefix="screen-") as made:
        folder = Path(made)
        cookie = secrets.token_bytes(16)
        authority = folder / "xauthority"
        authority.write_bytes(_entry("0", cookie))  # the server looks at the cookie, not at the number
        with contextlib.ExitStack() as stack:
            number = _start_xvfb(folder, authority, size, stack)
            authority.write_bytes(_entry(number, cookie))
            server = Server(f":{number}", _environment(folder, authority, number), folder)
            try:
                yield server
            finally:
                for name in reversed(list(server.running)):
                    server.stop(name)


def _start_xvfb(folder: Path, authority: Path, size: tuple[int, int], stack: contextlib.ExitStack) -> str:
    """Start the server and return the number of the display that it chose by itself."""
    reader, writer = os.pipe()
    argv = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{size[0]}x{size[1]}x24", "-auth", str(authority)]
    argv += ["-nolisten", "tcp", "-noreset", "-dpi", "96"]
    argv += ["+extension", "COMPOSITE", "+extension", "RANDR", "+extension", "XTEST"]
    with (folder / "xvfb.log").open("wb") as log:
        process = subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[writer], **children.popen_kwargs()
        )
    os.close(writer)
    stack.callback(_end, process)
    with os.fdopen(reader, "rb") as answer:
        number = answer.readline().decode().strip()  # ends at once when the server does
    if not number:
        raise NoScreenError(f"Xvfb did not start: {(folder / 'xvfb.log').read_text('utf-8', 'replace')[-300:]}")
    return number


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _entry(number: str, cookie: bytes) -> bytes:
    """One entry of an Xauthority file (Xau(3)): family, address, display number, protocol, data."""
    parts = [socket.gethostname().encode(), number.encode(), b"MIT-MAGIC-COOKIE-1", cookie]
    return struct.pack(">H", _FAMILY_LOCAL) + b"".join(struct.pack(">H", len(part)) + part for part in parts)


def _environment(folder: Path, authority: Path, number: str) -> dict[str, str]:
    """This process's environment, with the screen, and a home without anybody's configuration."""
    environment = {name: value for name, value in os.environ.items() if name not in _HOSTS_OF_X}
    return environment | {
        "DISPLAY": f":{number}",
        "XAUTHORITY": str(authority),
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_RUNTIME_DIR": str(folder),
        "XDG_SESSION_TYPE": "x11",
        "LC_ALL": "C.UTF-8",
        "NO_AT_BRIDGE": "1",
    }


def until(holds: Callable[[], object], what: str, seconds: float = START_SECONDS) -> None:
    """Wait until it holds. Raises NoScreenError, naming what was waited for."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise NoScreenError(f"{what} did not happen within {seconds:.0f} s.")
        time.sleep(0.01)
