"""`python -m vision`: her eyes, as a process. With both closed it still knows when to leave somebody alone."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence

from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import configure, get_logger
from alisa.runtime.paths import Home
from alisa.runtime.sections import HubSettings, LogSettings
from alisa.runtime.settings import Settings, load
from alisa.runtime.tasks import Lifetime, Phase, report, run
from vision.options import Options, parse
from vision.settings import VisionSettings

PROCESS = "vision"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until it is told to stop; return the exit code."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    try:
        home = Home.find().ensure()
        settings = load(VisionSettings, HubSettings, LogSettings, home=home)
        configure(PROCESS, settings[LogSettings], home)
        for problem in settings.problems:
            get_logger(PROCESS).warning(str(problem))
    except AlisaError as error:
        return report(error, PROCESS)
    return run(lambda lifetime: _look(lifetime, home, settings, options), process=PROCESS)


async def _look(lifetime: Lifetime, home: Home, settings: Settings, options: Options) -> None:
    """Look until the lifetime ends: first the eyes close, then what they saw is sent, then the line is let go."""
    from vision.app import Eyes

    eyes = Eyes(home, settings, options)
    looking = asyncio.create_task(eyes.run(), name="eyes")
    lifetime.on_stop(Phase.STOP_INPUT, eyes.close)
    lifetime.on_stop(Phase.DRAIN, eyes.line.drained)
    lifetime.on_stop(Phase.CLOSE, lambda: _ended(looking))
    try:
        await asyncio.shield(looking)
    finally:
        await _ended(looking)


async def _ended(task: asyncio.Task[None]) -> None:
    """Cancel a task and wait until it is gone."""
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


if __name__ == "__main__":
    sys.exit(main())
