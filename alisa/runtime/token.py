"""The token that lets a program of this user talk to the hub: one secret in one private file."""

from __future__ import annotations

import re
import secrets
import stat
import sys

from alisa.runtime.errors import StorageError
from alisa.runtime.paths import Home, private_write, write_error

TOKEN_BYTES = 32
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32,512}", re.ASCII)
_LOCK_SECONDS = 10.0


def read_or_make_token(home: Home) -> str:
    """Return the token of this home: 256 random bits, url-safe. The first caller makes it.

    Several processes may ask at once; all get the same one. A file that holds no usable token
    (empty, cut off, too short to be safe) is replaced. Raises StorageError.
    """
    token = _read(home)
    if token:
        return token
    from filelock import FileLock, Timeout

    home.ensure()
    try:
        with FileLock(home.run / "token.lock", timeout=_LOCK_SECONDS, mode=0o600):
            token = _read(home)
            if not token:
                token = secrets.token_urlsafe(TOKEN_BYTES)
                private_write(home.token_file, token.encode("ascii") + b"\n")
            return token
    except Timeout as error:
        raise StorageError(
            "token_locked",
            "Another program holds the token file and does not let go.",
            "Try again in a moment.",
        ) from error
    except OSError as error:
        raise write_error(error, home.token_file) from error


def _read(home: Home) -> str | None:
    """Return the token that is there, or None. A file that others may read is closed to them."""
    path = home.token_file
    try:
        token = path.read_bytes().decode("ascii", "replace").strip()
        if sys.platform != "win32" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            path.chmod(0o600)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(
            "token_unreadable",
            f"The token file {path} cannot be read: {error.strerror or 'unknown error'}.",
            "Check who owns it, or delete it: a new token is made at the next start.",
        ) from error
    return token if _TOKEN.fullmatch(token) else None
