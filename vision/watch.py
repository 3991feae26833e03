"""What changes while the eyes run: the settings' file, and the keys that close the eyes."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from alisa.desktop import hotkey
from alisa.desktop.hotkey import Listener

FILE_SECONDS = 1.0
"""How often the file is asked for its date: one call of the system."""
KEYS_SECONDS = 0.2
"""How often the keys are asked for where no loop can wait for them (Windows)."""
SETTING = "vision.pause_hotkey"


def stamp(path: Path) -> tuple[int, int, int]:
    """What is different when the file is; all noughts while there is none."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_size, found.st_ino)


async def file_changes(path: Path, then: Callable[[], Awaitable[None]], *, since: tuple[int, int, int]) -> None:
    """Call `then` each time that the file is another one than before, for ever."""
    while True:
        await asyncio.sleep(FILE_SECONDS)
        now = stamp(path)
        if now != since:
            since = now
            await then()


def keys(text: str) -> Listener:
    """Wait for these keys from now on; what keeps them from being heard is a sentence in `problem`."""
    on_x11 = sys.platform == "linux" and bool(os.environ.get("DISPLAY"))
    return hotkey.listen(text, setting=SETTING, x11="" if on_x11 else None)


async def presses(listener: Listener, then: Callable[[], Awaitable[None]]) -> None:
    """Call `then` each time that the keys are pressed; ends when they never will be again."""
    loop, rung = asyncio.get_running_loop(), asyncio.Event()
    waits = sys.platform != "win32"
    while (watched := listener.fileno()) >= 0:
        if waits:
            loop.add_reader(watched, rung.set)
            try:
                await rung.wait()
            finally:
                loop.remove_reader(watched)
            rung.clear()
        else:
            await asyncio.sleep(KEYS_SECONDS)
        if listener.taken():
            await then()
