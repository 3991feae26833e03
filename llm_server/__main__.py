"""`python -m llm_server`: run the language model on this machine until asked to stop."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Iterator

from alisa.runtime import children, logs, tasks
from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings, LogSettings
from alisa.runtime.settings import Settings, load
from alisa.runtime.tasks import Lifetime, Phase
from llm_server import binaries, catalogue, machine
from llm_server.command import TINY_BYTES
from llm_server.library import Library, ModelFile
from llm_server.service import Service

PROCESS = "llm_server"
log = logs.get_logger(__name__)


def main() -> int:
    """Run until SIGTERM, Ctrl-C or the parent's end; return the exit code."""
    return tasks.run(_serve, process=PROCESS)


async def _serve(lifetime: Lifetime) -> None:
    home = Home.find().ensure()
    settings = load(LlmSettings, LogSettings, home=home)
    logs.configure(PROCESS, settings[LogSettings], home)
    for problem in settings.problems:
        log.warning(str(problem))
    llm = settings[LlmSettings]
    if llm.url or llm.engine != "openai":
        why = "llm.url names another model server" if llm.url else f"the {llm.engine} engine makes the words"
        last_words = f"not needed: {why}"  # in one piece, since `alisa status` shows them
        log.info(last_words)
        return
    with _alone(home):
        await _keep_running(lifetime, home, settings)


async def _keep_running(lifetime: Lifetime, home: Home, settings: Settings) -> None:
    """Run the service until it fails or the process is to stop, then end the model's process."""
    for name in await children.sweep(home):
        log.warning("ended what an earlier run left behind", process=name)
    llm = settings[LlmSettings]
    service = Service(
        home,
        llm,
        Library.of(home, catalogue.load()),
        binaries.engines(llm.server_path, binaries.RealFiles()),
        _look,
        layers_chosen=settings.source("llm", "gpu_layers") != "default",
    )
    running = asyncio.create_task(service.run(), name="service")

    async def close() -> None:
        running.cancel()
        await asyncio.wait({running})
        await service.stop()

    lifetime.on_stop(Phase.CLOSE, close)
    await asyncio.wait({running})
    if not running.cancelled():
        running.result()


async def _look(file: ModelFile) -> machine.Machine:
    """Return what this machine has; graphics cards are looked for only where a model could use one."""
    if file.size <= TINY_BYTES:
        return machine.without_cards()
    return await asyncio.to_thread(machine.look)


@contextlib.contextmanager
def _alone(home: Home) -> Iterator[None]:
    """Hold this home's model server: a second one would take the first one's address away."""
    import filelock

    lock = filelock.FileLock(home.run / "llm_server.lock")
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout as error:
        raise AlisaError(
            "already_running",
            "The model server runs already.",
            "See it with `alisa status`, or end it with `alisa stop`.",
        ) from error
    try:
        yield
    finally:
        lock.release()


if __name__ == "__main__":
    sys.exit(main())
