"""`alisa stop`: put her to sleep, whatever state she is in, and leave no process behind."""

from __future__ import annotations

import asyncio
import time

from cyclopts import App

from alisa.cli.hub import running_hub
from alisa.cli.machine import PARTS
from alisa.cli.output import say
from alisa.cli.supervisor import leftovers, state
from alisa.cli.supervisor.control import ask
from alisa.runtime import children
from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home

_STOP_SECONDS = 75.0
"""A little more than the supervisor gives its processes."""
_GRACE_SECONDS = 5.0
"""For a supervisor that does not answer; when it is killed, its processes end by themselves."""

app = App(
    name="stop",
    help_epilogue="""Examples:
  alisa stop            stop everything that `alisa up` started
  alisa up --detach     wake her again""",
)


@app.default
def stop() -> int:
    """Stop everything that `alisa up` started; nothing happens when nothing runs."""
    home = Home.find()
    stopped = _stop_supervisor(home) if home.run.is_dir() else []
    swept = asyncio.run(children.sweep(home)) if home.run.is_dir() else []
    if stopped:
        say(f"Alisa sleeps. Stopped: {', '.join(stopped)}.")
    left = [name for name in swept if name not in stopped]
    if left:
        say(f"Ended what an earlier run had left behind: {', '.join(left)}.")
    if not stopped and not left:
        say("Alisa was not running.")
    hub = running_hub(home)
    if hub:
        say(f"A hub that was not started by `alisa up` still runs at {hub.url} (process {hub.pid}).")
    return 0


def _stop_supervisor(home: Home) -> list[str]:
    """Stop the supervisor, and return what it ran."""
    running = state.read(home) or (None if state.is_free(home) else state.wait_for(home, 2.0))
    if running:
        try:
            answer = ask(running, "stop")
        except AlisaError:
            return _end(running.pid)
        names = [each["name"] for each in answer["processes"] if each["pid"]]
        if not _gone(running, _STOP_SECONDS):
            _end(running.pid)
        return names or ["supervisor"]
    pid = leftovers.owner(home, PARTS)
    return _end(pid) if pid else []


def _gone(running: state.Running, seconds: float) -> bool:
    """Wait until the process has ended; False when it has not within that time."""
    deadline = time.monotonic() + seconds
    while children.is_running(running.pid, running.created):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _end(pid: int) -> list[str]:
    """End a supervisor that does not answer; its processes end with it."""
    asyncio.run(children.terminate_tree(pid, _GRACE_SECONDS))
    return ["supervisor"]
