"""`alisa restart`: one part again, while the others go on."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from alisa.cli.output import say, say_json
from alisa.cli.supervisor import state
from alisa.cli.supervisor.control import ask
from alisa.cli.supervisor.spec import State, Status, status_from_json
from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home

app = App(
    name="restart",
    help_epilogue="""Examples:
  alisa restart llm_server    after `alisa models use …`
  alisa restart backend       after `alisa config set …`""",
)


@app.default
def restart(name: str, /, *, json: Annotated[bool, Parameter(negative="")] = False) -> int:
    """Start one part again, and wait until it is ready.

    Parameters
    ----------
    name
        The part: backend, llm_server, overlay, voice or vision.
    json
        Print JSON.
    """
    if json:
        after = _restarted(Home.find(), name)
        say_json({"name": name, "state": after.state, "detail": after.detail})
    else:
        restart_part(Home.find(), name)
    return 0


def restart_part(home: Home, name: str) -> None:
    """Start it again and say how it went. Raises AlisaError when she does not run, or it fails."""
    after = _restarted(home, name)
    if after.state is State.STOPPED:
        say(f"{name} ended again by itself: {after.detail.rstrip('.')}.", style="faint")
    else:
        say(f"{name} is ready again.", style="good")


def _restarted(home: Home, name: str) -> Status:
    """Start it again; return how it is once it is ready, or has ended because it is not needed or not wanted."""
    running = state.read(home)
    if running is None:
        raise AlisaError("not_running", "Alisa is not running.", "`alisa up --detach` wakes her.")
    ask(running, "restart", name=name)
    answer = ask(running, "wait", timeout_seconds=None)
    after = next(status for each in answer["processes"] if (status := status_from_json(each)).name == name)
    if after.state not in (State.READY, State.STOPPED):
        raise AlisaError(
            "not_ready", f"{name} is {after.state}: {after.detail.rstrip('.')}.", f"`alisa logs {name}` tells more."
        )
    return after
