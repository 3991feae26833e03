"""A program that runs another one, and ends it when its own stdin ends, that is, when its parent is gone.

For systems where the kernel does not do that (macOS). Standard library only, and nothing of
Alisa: it is started as a script without site-packages, so that it is small.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from types import FrameType


def main(argv: list[str]) -> int:
    """Run `argv` until it ends or stdin does; return its exit code, 128 + signal where one ended it."""
    try:
        child = subprocess.Popen(argv, stdin=subprocess.DEVNULL)
    except OSError as error:
        sys.stderr.write(f"{argv[0]} could not be started: {error.strerror}\n")
        return 127

    def ask(number: int, _frame: FrameType | None) -> None:
        child.send_signal(number)

    def watch() -> None:
        with contextlib.suppress(OSError):
            while os.read(0, 4096):
                pass
        child.kill()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    threading.Thread(target=watch, daemon=True).start()
    code = child.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
