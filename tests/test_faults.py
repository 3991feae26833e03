"""The faults are what they say: a test that relies on one relies on something real."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.faults import (
    file_size_limit,
    fill,
    forbidden,
    frozen,
    full_disk,
    kill_hard,
    needs_posix,
    port_taken,
    scribbled,
    truncated,
)


def test_there_is_no_network() -> None:
    """Every test is offline: names are unknown, addresses cannot be reached, and this machine can."""
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("example.com", 443)
    with socket.socket() as outside, pytest.raises(OSError, match="unreachable"):
        outside.connect(("192.0.2.1", 80))
    with socket.socket() as outside:
        assert outside.connect_ex(("192.0.2.1", 80)) == errno.ENETUNREACH
    with port_taken() as port, socket.create_connection(("localhost", port)):
        pass


async def test_there_is_no_network_for_asyncio_either() -> None:
    """A client that Alisa really uses notices it at once."""
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.get("https://example.com")
        with pytest.raises(httpx.ConnectError):
            await client.get("http://192.0.2.1/")


def test_a_full_disk_is_full(tmp_path: Path) -> None:
    """What was left can be written, and nothing more; room that is made is room."""
    with full_disk(tmp_path / "full", leaving_bytes=8192):
        file = tmp_path / "full" / "file"
        file.write_bytes(b"x" * 4096)
        fill(file.parent)
        with pytest.raises(OSError) as caught, file.open("ab", buffering=0) as more:  # noqa: PT012
            while True:
                more.write(b"x" * 4096)
        assert caught.value.errno == errno.ENOSPC
        (file.parent / ".ballast").unlink()
        file.write_bytes(b"x" * 8192)


@needs_posix
def test_files_cannot_grow(tmp_path: Path) -> None:
    """A limit on the size of files is an error for the writer, not its end."""
    with file_size_limit(1000), pytest.raises(OSError) as caught:
        (tmp_path / "file").write_bytes(b"x" * 2000)
    assert caught.value.errno == errno.EFBIG
    (tmp_path / "file").write_bytes(b"x" * 2000)


@needs_posix
def test_what_is_forbidden_cannot_be_opened(tmp_path: Path) -> None:
    """Neither reading nor writing works, and afterwards both do."""
    path = tmp_path / "file"
    path.write_text("x")
    with forbidden(path):
        for mode in ("r", "a"):
            with pytest.raises(PermissionError):
                path.open(mode)
    assert path.read_text() == "x"


@needs_posix
def test_a_frozen_process_does_nothing_and_a_killed_one_is_gone() -> None:
    """A frozen one does not answer but goes on later; one that is killed hard does not even clean up."""
    echo = "import sys\nfor line in sys.stdin: print(line, end='', flush=True)"
    with subprocess.Popen([sys.executable, "-S", "-c", echo], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        with frozen(process.pid):
            process.stdin.write(b"hello\n")
            process.stdin.flush()
            os.set_blocking(process.stdout.fileno(), False)
            assert process.stdout.read(1) is None
            os.set_blocking(process.stdout.fileno(), True)
        assert process.stdout.readline() == b"hello\n"
        kill_hard(process.pid)
        assert process.wait() == -9


def test_files_can_be_damaged(tmp_path: Path) -> None:
    """Cut off at a byte, or overwritten in the middle."""
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    scribbled(path, 2, b"xx")
    truncated(path, 6)
    assert path.read_bytes() == b"01xx45"
