"""What changes while the eyes run is noticed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from alisa.desktop.bell import Bell
from vision.watch import FILE_SECONDS, file_changes, presses, stamp


@pytest.mark.looptime
async def test_a_changed_file_is_noticed_soon(tmp_path: Path) -> None:
    """A file that comes, changes or goes; and one that stays is no news."""
    file, changes = tmp_path / "alisa.toml", []

    async def changed() -> None:
        changes.append(stamp(file))

    watching = asyncio.create_task(file_changes(file, changed, since=stamp(file)))
    for number, text in enumerate(["a = 1\n", "a = 10\n", None], 1):
        file.write_text(text) if text else file.unlink()
        await asyncio.sleep(FILE_SECONDS + 0.1)
        await asyncio.sleep(3 * FILE_SECONDS)
        assert len(changes) == number
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


class Keys(Bell):
    """Keys that a test presses."""

    problem = ""
    lost = False

    def fileno(self) -> int:
        return -1 if self.lost else super().fileno()


async def test_pressed_keys_are_heard_at_once() -> None:
    """Each time; keys that are lost end the waiting."""
    keys, heard = Keys(), asyncio.Queue[int]()

    async def pressed() -> None:
        heard.put_nowait(1)

    waiting = asyncio.create_task(presses(keys, pressed))
    await asyncio.sleep(0)
    for _ in range(2):
        keys.ring()
        await asyncio.wait_for(heard.get(), 5)
    keys.lost = True
    keys.ring()
    await asyncio.wait_for(waiting, 5)
    keys.close()
