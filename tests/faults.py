"""What can go wrong outside the program, as named context managers.

Each is the real thing or as near to it as a test may go, and says in which way it is less.
"""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

_NOBODY = 65534

needs_posix = pytest.mark.skipif(os.name != "posix", reason="POSIX only")
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux only")


@contextlib.contextmanager
def no_network() -> Iterator[None]:
    """Nothing but this machine can be reached from this process: other addresses are unreachable, names unknown.

    Sockets are refused in Python, so child processes and libraries that bring their own sockets are not held.
    """
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if not _is_here(self.family, address):
            raise OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH))
        return connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        return connect_ex(self, address) if _is_here(self.family, address) else errno.ENETUNREACH

    def guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name and not _is_own_name(name):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known (no network in this test)")
        return getaddrinfo(host, *args, **kwargs)

    with (
        mock.patch.object(socket.socket, "connect", guarded_connect),
        mock.patch.object(socket.socket, "connect_ex", guarded_connect_ex),
        mock.patch.object(socket, "getaddrinfo", guarded_getaddrinfo),
    ):
        yield


def _is_here(family: int, address: Any) -> bool:
    return family not in (socket.AF_INET, socket.AF_INET6) or _is_own_name(address[0])


def _is_own_name(host: str) -> bool:
    if host in ("", "localhost", socket.gethostname()):
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


@contextlib.contextmanager
def full_disk(folder: Path, *, leaving_bytes: int = 0) -> Iterator[None]:
    """`folder`, which must be empty or not there, is a real file system with `leaving_bytes` (in pages) left on it.

    A tmpfs, so this needs root and Linux; the test is skipped without. More may be written into it
    first by giving `leaving_bytes` and filling that.
    """
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a full disk can only be had as root on Linux")
    folder.mkdir(parents=True, exist_ok=True)
    pages = -(-leaving_bytes // 4096) + 16
    options = f"size={pages * 4096},mode=0700"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("this machine lets nobody mount a tmpfs")
    try:
        fill(folder, leaving_bytes)
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path, leaving_bytes: int = 0) -> None:
    """Fill the (small!) file system of `folder` but for `leaving_bytes`, with a file called `.ballast`."""
    with (folder / ".ballast").open("ab", buffering=0) as ballast, contextlib.suppress(OSError):
        while os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize > leaving_bytes:
            ballast.write(b"\0" * 4096)


@contextlib.contextmanager
def file_size_limit(max_bytes: int) -> Iterator[None]:
    """No file of this process can grow beyond `max_bytes`: writing fails with EFBIG, near to ENOSPC. POSIX only."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (max_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@contextlib.contextmanager
def forbidden(path: Path) -> Iterator[None]:
    """A file or folder that this process may neither read nor write. POSIX only.

    Root may do everything, so there the whole process is another user for the while.
    """
    before = stat.S_IMODE(path.stat().st_mode)
    path.chmod(0)
    if os.geteuid() != 0:
        try:
            yield
        finally:
            path.chmod(before)
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        path.chmod(before)


@contextlib.contextmanager
def port_taken(host: str = "127.0.0.1", port: int = 0) -> Iterator[int]:
    """Another program listens on the port (its number is given); it never answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.bind((host, port))
        listener.listen()
        yield listener.getsockname()[1]


@contextlib.contextmanager
def frozen(pid: int) -> Iterator[None]:
    """The process exists but does nothing (SIGSTOP), as one that hangs. POSIX only."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def kill_hard(pid: int) -> None:
    """End a process as kill -9 or the task manager does: it can do nothing about it."""
    os.kill(pid, signal.SIGKILL if os.name == "posix" else signal.SIGTERM)


def truncated(path: Path, keep_bytes: int) -> None:
    """Cut a file off, as a crash in the middle of writing does."""
    with path.open("r+b") as file:
        file.truncate(keep_bytes)


def scribbled(path: Path, at: int, junk: bytes) -> None:
    """Overwrite bytes in the middle of a file, as a bad disk does."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(junk)
