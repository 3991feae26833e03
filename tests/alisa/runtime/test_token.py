"""One token for each home, made once, whoever asks first."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest

from alisa.runtime.errors import StorageError
from alisa.runtime.paths import Home
from alisa.runtime.token import read_or_make_token
from tests.faults import forbidden, needs_posix


def test_a_token_is_made_once(home: Home) -> None:
    """256 bits, safe in a URL, the same at the next call, and another in another home."""
    token = read_or_make_token(home)
    assert len(token) == 43
    assert token.replace("-", "").replace("_", "").isalnum()
    assert read_or_make_token(home) == token
    assert read_or_make_token(Home(home.root / "other")) != token


@needs_posix
def test_only_the_owner_can_read_it(home: Home) -> None:
    """The file is private, and made private again when it is not."""
    read_or_make_token(home)
    assert stat.S_IMODE(home.token_file.stat().st_mode) == 0o600
    home.token_file.chmod(0o644)
    read_or_make_token(home)
    assert stat.S_IMODE(home.token_file.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"\n", b"short", b"\xff" * 43, b"a b" * 20, b"x" * 600])
def test_an_unusable_token_is_replaced(home: Home, content: bytes) -> None:
    """What a crash or a person left there that is no safe token gives way to a new one."""
    home.token_file.write_bytes(content)
    token = read_or_make_token(home)
    assert len(token) == 43
    assert home.token_file.read_text().strip() == token


def test_a_token_of_ones_own_counts(home: Home) -> None:
    """A person may write a long enough one themselves."""
    home.token_file.write_text("my-own-token-that-is-long-enough-to-be-safe\r\n")
    assert read_or_make_token(home) == "my-own-token-that-is-long-enough-to-be-safe"


def test_a_folder_in_its_place_is_told(home: Home) -> None:
    """What cannot be read is an error with its path, never a new token beside it."""
    home.token_file.mkdir()
    with pytest.raises(StorageError, match="token"):
        read_or_make_token(home)


def test_many_processes_agree(home: Home) -> None:
    """Processes that start at the same time, on an empty home, all have the same token."""
    program = (
        "import sys; from pathlib import Path; from alisa.runtime.paths import Home; "
        "from alisa.runtime.token import read_or_make_token; sys.stdin.read(); "
        "print(read_or_make_token(Home(Path(sys.argv[1]))))"
    )
    fresh = Home(home.root / "fresh")
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(fresh.root)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ),
        )
        for _ in range(4)
    ]  # fmt: skip
    for process in started:
        assert process.stdin is not None
        process.stdin.close()  # all go at once
    tokens = {process.stdout.read() if process.stdout else "" for process in started}
    for process in started:
        assert process.wait(30) == 0
        assert process.stdout is not None
        process.stdout.close()
    assert len(tokens) == 1


@needs_posix
def test_a_token_of_somebody_else_is_told(home: Home) -> None:
    """A token that this user may not read is an error, and is not replaced."""
    token = read_or_make_token(home)
    with forbidden(home.root), pytest.raises(StorageError, match="cannot be read"):
        read_or_make_token(home)
    assert read_or_make_token(home) == token
