"""The detached supervisor: `alisa up --detach` starts it and gives it its order on stdin.

Until it hears `keep` on stdin it belongs to the command that started it: when stdin ends, it stops
everything and goes. So a start that fails, or that the user breaks off, leaves nothing behind. It
tells what happens as JSON lines on stdout.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from alisa.cli.supervisor import journal, session, spec
from alisa.runtime import tasks
from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home

KEEP = b"keep\n"


def main() -> int:
    """Read the order, keep the processes alive, and return the exit code."""
    order = read_order(json.loads(sys.stdin.buffer.readline()))
    order.home.ensure()
    journal.open_journal(order.home)

    async def live(lifetime: tasks.Lifetime) -> int | None:
        _belong_to_starter(lifetime)
        try:
            return await session.supervise(
                lifetime,
                order,
                lambda status: _tell({"status": status.to_json()}),
                lambda statuses: _tell({"settled": [status.to_json() for status in statuses]}),
            )
        except AlisaError as error:
            _tell({"error": {"code": error.code, "message": error.message, "hint": error.hint}})
            return error.exit_code

    return tasks.run(live, process=journal.NAME, limits=session.STOP_LIMITS)


def write_order(order: session.Order) -> bytes:
    """The line that `read_order` reads."""
    value = {
        "home": str(order.home.root),
        "specs": [spec.to_json(each) for each in order.specs],
        "env": dict(order.env),
        "folder": str(order.folder),
    }
    return json.dumps(value).encode() + b"\n"


def read_order(value: Mapping[str, Any]) -> session.Order:
    """The order that `write_order` wrote."""
    return session.Order(
        home=Home(Path(value["home"])),
        specs=tuple(spec.from_json(each) for each in value["specs"]),
        env=value["env"],
        folder=Path(value["folder"]),
    )


def _tell(value: Mapping[str, Any]) -> None:
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.write(json.dumps(value) + "\n")
        sys.stdout.flush()


def _belong_to_starter(lifetime: tasks.Lifetime) -> None:
    """Stop when stdin ends, unless `keep` was heard; then let go of the starter's pipes."""
    loop = asyncio.get_running_loop()

    def listen() -> None:
        heard = b""
        with contextlib.suppress(OSError):
            while chunk := os.read(0, 64):
                heard += chunk
                if KEEP in heard:
                    _let_go()
                    return
        with contextlib.suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(lifetime.stop, "the command that started it has ended", 0)

    threading.Thread(target=listen, name="starter", daemon=True).start()


def _let_go() -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)


if __name__ == "__main__":
    sys.exit(main())
