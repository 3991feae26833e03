"""One avatar for one home."""

from __future__ import annotations

import contextlib
import json
import socket
import stat
import subprocess
import sys
import threading
import time

import pytest

from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home
from overlay.desktop.single import claim


def until(holds: object, seconds: float = 10.0) -> None:
    """Wait for it."""
    deadline = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_second_start_asks_the_first_to_come(home: Home) -> None:
    """The first is told once; the second is none."""
    first = claim(home)
    assert first is not None
    assert not first.taken()
    assert claim(home) is None
    until(first.taken)
    assert not first.taken()
    first.close()


def test_from_another_process_too(home: Home) -> None:
    """It ends with 0."""
    first = claim(home)
    assert first is not None
    script = (
        "import sys; from pathlib import Path; from alisa.runtime.paths import Home; "
        "from overlay.desktop.single import claim; sys.exit(0 if claim(Home(Path(sys.argv[1]))) is None else 3)"
    )
    assert subprocess.run([sys.executable, "-c", script, str(home.root)], timeout=60, check=False).returncode == 0
    until(first.taken)
    first.close()


def test_after_the_first_has_gone_the_next_is_the_one(home: Home) -> None:
    """Nothing is left behind."""
    first = claim(home)
    assert first is not None
    first.close()
    assert not (home.run / "overlay.json").exists()
    second = claim(home)
    assert second is not None
    second.close()


def test_a_file_left_by_a_crash_does_not_matter(home: Home) -> None:
    """The lock went with the process; what stands in the file is old."""
    home.ensure()
    (home.run / "overlay.json").write_text('{"port": 1, "secret": "old"}', encoding="utf-8")
    first = claim(home)
    assert first is not None
    assert claim(home) is None
    first.close()


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are POSIX")
def test_the_secret_is_private(home: Home) -> None:
    """Only the owner can read how to call her."""
    first = claim(home)
    assert first is not None
    assert stat.S_IMODE((home.run / "overlay.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((home.run / "overlay.lock").stat().st_mode) == 0o600
    first.close()


@pytest.mark.parametrize("said", [b"\n", b"wrong\n", b"x" * 5000, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"\xff\x00\n"])
def test_who_does_not_know_the_secret_moves_nothing(home: Home, said: bytes) -> None:
    """Another user's program on this machine can reach the port, and no more."""
    first = claim(home)
    assert first is not None
    port = json.loads((home.run / "overlay.json").read_bytes())["port"]
    # Who says too much is hung up on, which may be an error here.
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5) as stranger:
        stranger.sendall(said)
        stranger.shutdown(socket.SHUT_WR)
        assert stranger.recv(100) == b""
    assert not first.taken()
    assert claim(home) is None
    until(first.taken)
    first.close()


def test_a_first_that_does_not_answer_is_said(home: Home) -> None:
    """After a while, in a sentence."""
    first = claim(home)
    assert first is not None
    (home.run / "overlay.json").write_text("{}", encoding="utf-8")
    with pytest.raises(AlisaError, match="does not answer") as silent:
        claim(home, wait=lambda _seconds: None)
    assert silent.value.code == "avatar_silent"
    first.close()


def test_a_second_that_comes_while_the_first_starts_waits(home: Home) -> None:
    """Two at once: one of them is the one, the other asks it."""
    found = []
    threads = [threading.Thread(target=lambda: found.append(claim(home))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    ones = [one for one in found if one is not None]
    assert len(found) == 4
    assert len(ones) == 1
    ones[0].close()
