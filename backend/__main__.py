"""`python -m backend`: the hub as a process."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import configure, get_logger
from alisa.runtime.paths import Home, private_write
from alisa.runtime.sections import HubSettings, LogSettings
from alisa.runtime.settings import Settings, load
from alisa.runtime.tasks import Lifetime, Phase, report, run

if TYPE_CHECKING:
    from fastapi import FastAPI

PROCESS = "backend"


def main() -> int:
    """Run the hub until it is told to stop; return the exit code."""
    try:
        from backend.app import SECTIONS

        home = Home.find().ensure()
        settings = load(*SECTIONS, LogSettings, home=home)
        configure(PROCESS, settings[LogSettings], home)
        for problem in settings.problems:
            get_logger(PROCESS).warning(str(problem))
    except AlisaError as error:
        return report(error, PROCESS)
    return run(lambda lifetime: serve(lifetime, settings, home), process=PROCESS)


async def serve(lifetime: Lifetime, settings: Settings, home: Home, app: FastAPI | None = None) -> None:
    """Take the port, open the hub, serve until the lifetime ends. `app`: a hub of another make, for tests."""
    from backend import serving
    from backend.app import Hub, create_app

    chosen = settings[HubSettings]
    with serving.listen(chosen.host, chosen.port) as listener:
        app = app or create_app(settings, home)
        hub: Hub = app.state.hub
        server = serving.server(app)
        closed = asyncio.Event()

        async def close() -> None:
            server.stop()
            await closed.wait()

        lifetime.on_stop(Phase.STOP_INPUT, hub.stop_input)
        lifetime.on_stop(Phase.FINISH, hub.finish)
        lifetime.on_stop(Phase.DRAIN, hub.drain)
        lifetime.on_stop(Phase.CLOSE, close)
        try:
            async with hub.running():
                url = serving.url_of(listener)
                _announce(home, url)
                try:
                    _settle()
                    await server.serve([listener])
                finally:
                    _withdraw(home)
        finally:
            closed.set()


def _announce(home: Home, url: str) -> None:
    """Tell the other processes where the hub is, and a person at a terminal how to open the page."""
    found = {"url": url, "pid": os.getpid(), "created": datetime.now(UTC).isoformat()}
    private_write(home.hub_file, json.dumps(found).encode())
    get_logger(PROCESS).info("the hub listens", url=url)
    if sys.stderr.isatty():
        token = home.token_file.read_text("ascii").strip()
        print(f"Alisa is online. Her page: {url}/?token={token}", file=sys.stderr, flush=True)  # noqa: T201


def _withdraw(home: Home) -> None:
    """Take the announcement back, unless another hub has made its own."""
    try:
        if json.loads(home.hub_file.read_bytes()).get("pid") == os.getpid():
            home.hub_file.unlink()
    except (OSError, ValueError, AttributeError):
        return


def _settle() -> None:
    """Everything that was loaded stays: the garbage collector need not look at it again while she speaks."""
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    sys.exit(main())
