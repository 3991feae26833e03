"""`alisa up`: wake her, in the foreground, in the background, or with the chat in front."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from alisa.cli.files import read_object
from alisa.cli.hub import history_notices
from alisa.cli.machine import code_folder, look_around
from alisa.cli.narrate import Narrator, why_failed
from alisa.cli.output import complain, say
from alisa.cli.plan import NEEDED, Plan, environment, make_plan
from alisa.cli.supervisor import state
from alisa.cli.supervisor.control import ask
from alisa.cli.supervisor.spec import State, Status, status_from_json
from alisa.runtime.errors import AlisaError, UsageError
from alisa.runtime.paths import Home

if TYPE_CHECKING:
    from alisa.cli.supervisor.launcher import Detached
    from alisa.cli.supervisor.session import Order

app = App(
    name="up",
    help_epilogue="""Examples:
  alisa up                    wake her here; Ctrl-C puts her to sleep
  alisa up --chat             wake her and talk; leaving puts her to sleep
  alisa up --detach           wake her in the background; `alisa stop` ends it
  alisa up --detach --only backend,llm_server
  alisa up --without voice""",
)


@app.default
def up(
    *,
    detach: Annotated[bool, Parameter(name=["--detach", "-d"])] = False,
    chat: bool = False,
    keep: bool = False,
    only: str = "",
    without: str = "",
    timeout: float = 300.0,
) -> int:
    """Wake Alisa.

    Parameters
    ----------
    detach
        Run in the background, and return when everything is ready.
    chat
        Open the chat once she is awake; leaving it stops what was started for it.
    keep
        With --chat: let her stay awake when you leave the chat.
    only
        Start these parts alone, separated by commas: backend, llm_server, overlay, voice, vision.
    without
        Leave these parts out, separated by commas.
    timeout
        Seconds that she may take to wake, with --detach and --chat.
    """
    if keep and not chat:
        raise UsageError("wrong_use", "--keep goes with --chat.", "`alisa up --detach` keeps her in the background.")
    if detach and chat:
        raise UsageError("wrong_use", "--detach and --chat do not go together.", "Try `alisa up --chat --keep`.")
    home = Home.find().ensure()
    plan = _plan(home, _names(only), _names(without))
    narrator = Narrator(_say, lambda: model_told(home), lambda: history_notices(home), failures=not detach)
    if not plan.processes:
        narrator.missing(plan.missing)
        _say("There is nothing to start.", "faint")
        return 0
    running = state.read(home)
    if running:
        return _already(running, plan, narrator, chat=chat)
    narrator.missing(plan.missing)
    order = _order(home, plan)
    try:
        if not (detach or chat):
            return _in_foreground(order, narrator)
        return _in_background(order, narrator, timeout_seconds=timeout, chat=chat, keep=keep)
    except AlisaError as error:
        running = state.wait_for(home, 5.0) if error.code == "already_running" else None
        if running is None:
            raise
        return _already(running, plan, narrator, chat=chat)  # another `alisa up` was a moment quicker


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _plan(home: Home, only: tuple[str, ...], without: tuple[str, ...]) -> Plan:
    from alisa.cli.sections import SECTIONS
    from alisa.runtime.sections import LlmSettings
    from alisa.runtime.settings import load

    settings = load(*SECTIONS, home=home, complete=True)
    for problem in settings.problems:  # of every part: what a part writes into its log, nobody reads
        complain(str(problem), style="warn")
    return make_plan(settings[LlmSettings], look_around(), home, sys.executable, only=only, without=without)


def _order(home: Home, plan: Plan) -> Order:
    from alisa.cli.supervisor.session import Order

    env = environment(os.environ, home, str(code_folder()))
    return Order(home, plan.processes, env, home.root)


def _say(line: str, style: str) -> None:
    with contextlib.suppress(OSError):  # nobody reads any more: no reason to put her to sleep
        say(line, style=style)


def model_told(home: Home) -> tuple[str, str]:
    """The model that llama.cpp runs now, and why it is another one than was chosen; "" where nobody wrote it down."""
    told = read_object(home.llm_file)
    return str(told.get("model", "")), str(told.get("detail", ""))


# --- in front ---------------------------------------------------------------------------------


def _in_foreground(order: Order, narrator: Narrator) -> int:
    """Keep everything running until Ctrl-C."""
    from alisa.cli.supervisor import journal, session
    from alisa.runtime import tasks

    journal.open_journal(order.home)
    refused: list[AlisaError] = []

    async def live(lifetime: tasks.Lifetime) -> int | None:
        try:
            return await session.supervise(lifetime, order, narrator.changed, settled)
        except AlisaError as error:
            refused.append(error)
            return error.exit_code

    def settled(statuses: tuple[Status, ...]) -> None:
        narrator.awake(statuses)
        if any(status.state is State.READY for status in statuses):
            _say("  Ctrl-C puts her to sleep.", "faint")

    code = tasks.run(live, process=journal.NAME, limits=session.STOP_LIMITS)
    if refused:
        raise refused[0]
    _say("Good night.", "faint")
    return code


# --- behind -----------------------------------------------------------------------------------


def _in_background(order: Order, narrator: Narrator, *, timeout_seconds: float, chat: bool, keep: bool) -> int:
    """Start the supervisor apart from this terminal; return when all is ready, or after the chat."""
    from alisa.cli.supervisor.launcher import Detached

    detached = Detached(order)
    specs = {spec.name for spec in order.specs}
    essential = (specs & NEEDED) or specs
    kept = False
    try:
        statuses = _listen(detached, narrator, timeout_seconds)
        failed = [status for status in statuses if status.state is State.FAILED and status.name in essential]
        hub_ready = any(status.name == "backend" and status.state is State.READY for status in statuses)
        if failed and not (chat and hub_ready):
            raise _did_not_start(failed[0])
        narrator.awake(statuses, chat_here=chat)
        if keep or not chat:
            detached.keep()
            kept = True
        if not chat:
            return 0
        code = _chat(she_stays=keep)
        if not keep:
            _say("Good night.", "faint")
        return code
    finally:
        if not kept:
            detached.stop()


def _listen(detached: Detached, narrator: Narrator, timeout_seconds: float) -> tuple[Status, ...]:
    """Say what happens until nothing is under way any more; return how all processes are."""
    for news in detached.news(timeout_seconds):
        if isinstance(news, tuple):
            return news
        narrator.changed(news)
    return ()


def _did_not_start(status: Status) -> AlisaError:
    detail = status.detail.rstrip(".")
    return AlisaError(
        "start_failed",
        f"{status.name} did not start: {detail}.",
        f"`alisa doctor` checks everything; `alisa logs {status.name}` tells more.",
    )


def _chat(*, she_stays: bool) -> int:
    from alisa.cli.chat.entry import run

    return run(None, as_json=False, conversation="main", she_stays=she_stays)


# --- she runs already -------------------------------------------------------------------------


def _already(running: state.Running, plan: Plan, narrator: Narrator, *, chat: bool) -> int:
    """She runs: wait until what was asked for is ready, or say why it cannot be had now."""
    asked = {spec.name for spec in plan.processes}
    here = {each["name"] for each in ask(running, "status")["processes"]}
    if asked - here:
        raise AlisaError(
            "already_running",
            f"Alisa is already running, without {', '.join(sorted(asked - here))}.",
            "Run `alisa stop`, then `alisa up` again.",
        )
    answer = ask(running, "wait", timeout_seconds=None)
    statuses = [status for each in answer["processes"] if (status := status_from_json(each)).name in asked]
    for status in statuses:
        if status.state is State.STOPPED:  # by itself, such as an avatar that was closed
            say(f"{status.name} is not running: {status.detail.rstrip('.')}. `alisa restart {status.name}` starts it.")
    failed = [status for status in statuses if status.state not in (State.READY, State.STOPPED)]
    if failed:
        raise AlisaError(
            "not_ready", f"Alisa is already running, but {failed[0].name} is not ready.", why_failed(failed[0])
        )
    say("Alisa is already running.", style="faint")
    narrator.awake(statuses, chat_here=chat)
    return _chat(she_stays=True) if chat else 0
