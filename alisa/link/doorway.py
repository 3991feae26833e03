"""The way to the settings page: the link with the token, in a private file that sends the browser on to it.

Other users of a computer can read command lines, so the token must not stand on the browser's; the file is for its
owner alone, and does not stay.

`python -m alisa.link.doorway FILE` removes such a file after a while, when whoever wrote it has gone.
"""

from __future__ import annotations

import contextlib
import html
import http.client
import json
import secrets
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from alisa.runtime.opening import environment
from alisa.runtime.paths import Home, private_write
from alisa.runtime.token import read_or_make_token

KEEP_SECONDS = 30.0
"""A browser that has to start first takes some seconds."""
_ASK_SECONDS = 3.0
_NAME = "settings-{}.html"
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={link}"><title>Alisa</title></head>
<body><p>One moment … <a href="{link}">Alisa's settings</a></p></body></html>
"""


def settings_link(home: Home) -> str | None:
    """The link to the page, token and all; None when no hub of this home answers. Raises StorageError (the token)."""
    try:
        told = json.loads(home.hub_file.read_bytes())
        url, pid = str(told["url"]), int(told["pid"])
        parts = urlsplit(url)
        port = parts.port or 80
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if parts.scheme != "http" or not parts.hostname or not _is_there(pid) or not _answers(parts.hostname, port):
        return None
    return f"{url.rstrip('/')}/settings?token={read_or_make_token(home)}"


def write_doorway(home: Home, link: str) -> Path:
    """Write the file, and remove those that were left behind. Raises StorageError."""
    for old in home.run.glob(_NAME.format("*")):
        with contextlib.suppress(OSError):
            if time.time() - old.stat().st_mtime > 2 * KEEP_SECONDS:  # the wall's clock: files are stamped by it
                old.unlink()
    path = home.run / _NAME.format(secrets.token_hex(8))
    private_write(path, _PAGE.format(link=html.escape(link)).encode("utf-8"))
    return path


def remove_later(path: Path, seconds: float = KEEP_SECONDS) -> None:
    """Have the file removed after a while by a process of its own, for a command that ends before that."""
    argv = [sys.executable, "-P", "-m", "alisa.link.doorway", str(path), str(seconds)]
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            argv, stdin=quiet, stdout=quiet, stderr=quiet, env=environment(),
            start_new_session=sys.platform != "win32",
        )  # fmt: skip
    except OSError:
        path.unlink(missing_ok=True)
        raise
    threading.Thread(target=process.wait, name="remover", daemon=True).start()


def _is_there(pid: int) -> bool:
    import psutil

    try:
        return pid > 0 and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except (psutil.Error, OverflowError):
        return False


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=_ASK_SECONDS)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def main(path: str, seconds: str) -> None:
    """Remove the file after so many seconds."""
    time.sleep(float(seconds))
    Path(path).unlink(missing_ok=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
