"""`alisa status`: what runs, how it does, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from cyclopts import App

from alisa.cli.asking import ask_hub
from alisa.cli.files import number, read_object
from alisa.cli.hub import health, is_there, notices_in, running_hub
from alisa.cli.narrate import why_failed
from alisa.cli.output import say, say_json
from alisa.cli.supervisor import state
from alisa.cli.supervisor.control import ask
from alisa.cli.supervisor.spec import State, status_from_json
from alisa.cli.why_lines import initiative_line, remark_line
from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home

app = App(
    name="status",
    help_epilogue="""Examples:
  alisa status
  alisa status --json     for programs: processes, hub, model, problems""",
)

_STYLES = {"ready": "good", "failed": "bad", "restarting": "warn", "degraded": "warn", "down": "warn"}


@app.default
def status(*, json: bool = False) -> int:
    """Show what runs. Exits with 0 also when nothing does.

    Parameters
    ----------
    json
        Print one JSON object.
    """
    report = look(Home.find())
    if json:
        say_json(report)
    else:
        _show(report)
    return 0


def look(home: Home) -> dict[str, Any]:
    """Everything that can be known from outside, as `alisa status --json` prints it."""
    problems: list[dict[str, str]] = []
    processes = _processes(home, problems)
    hub = _hub(home, problems)
    for process in processes:
        if process["state"] == State.FAILED:
            status = status_from_json(process)
            problems.append({"code": "failed", "message": f"{status.name} failed.", "hint": why_failed(status)})
    problems += _settings_problems(home)
    return {
        "running": bool(processes),
        "processes": processes,
        "hub": {"url": hub.get("url"), "clients": hub.get("clients", 0), "turn": hub.get("turn"),
                "state": hub.get("status", "down")},
        "model": _model(home, hub),
        "eyes": dict(told) if isinstance(told := hub.get("eyes"), dict) else {},
        **(_initiative(home) if hub.get("status") not in (None, "silent") else _NO_MIND),
        "problems": problems,
    }  # fmt: skip


def _processes(home: Home, problems: list[dict[str, str]]) -> list[dict[str, Any]]:
    running = state.read(home)
    if running is None:
        return []
    try:
        return list(ask(running, "status")["processes"])
    except AlisaError as error:
        problems.append({"code": error.code, "message": error.message, "hint": error.hint})
        return []


def _hub(home: Home, problems: list[dict[str, str]]) -> Mapping[str, Any]:
    hub = running_hub(home)
    if hub is None:
        return {}
    told = health(hub.url)
    if told is None:
        message = f"The hub (process {hub.pid}) does not answer at {hub.url}."
        hint = "Wait a moment; then `alisa restart backend`."
        problems.append({"code": "hub_silent", "message": message, "hint": hint})
        return {"url": hub.url, "status": "silent"}
    for name, found in _dependencies(told).items():
        if found.get("last_error") and found.get("state") not in ("ready", "ok", "busy"):
            message = f"{name}: {found['last_error']}"
            problems.append({"code": f"{name}_{found['state']}", "message": message, "hint": "`alisa doctor`."})
    look = "`alisa history` shows what is there."
    problems += [{"code": "history_notice", "message": notice, "hint": look} for notice in notices_in(told)]
    return {**told, "url": hub.url}


def _dependencies(hub: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    found = hub.get("dependencies")
    return {name: each for name, each in found.items() if isinstance(each, dict)} if isinstance(found, dict) else {}


def _model(home: Home, hub: Mapping[str, Any]) -> dict[str, Any]:
    """The model as the model server tells, else as the hub sees the one that it uses."""
    seen = _dependencies(hub).get("llm", {})
    told = read_object(home.run / "llm_state.json")
    if told and is_there(number(told.get("pid"))):
        address = read_object(home.llm_file)
        return {
            "name": told.get("model", ""), "state": told.get("state", "down"), "since": told.get("since", ""),
            "detail": told.get("detail", ""), "url": address.get("url"), "engine": address.get("engine"),
        }  # fmt: skip
    detail = seen.get("detail")
    named, note = (str(detail.get(key) or "") for key in ("model", "note")) if isinstance(detail, dict) else ("", "")
    ready = seen.get("state") in ("ready", "busy")
    return {
        "name": named, "state": seen.get("state", "down"), "since": seen.get("since", ""),
        "detail": note or ("" if ready else str(seen.get("last_error") or "")), "url": None, "engine": None,
    }  # fmt: skip


def _initiative(home: Home) -> dict[str, str | None]:
    """Whether she may speak up by herself now, and why not; what she said so last. None where the hub does not tell."""
    try:
        told = ask_hub(home, "GET", "/initiative", limit=0)
    except AlisaError:
        return _NO_MIND
    return {"initiative": initiative_line(told), "remark": remark_line(told) or None}


_NO_MIND: dict[str, str | None] = {"initiative": None, "remark": None}


def _settings_problems(home: Home) -> list[dict[str, str]]:
    from alisa.cli.sections import SECTIONS
    from alisa.runtime.settings import load

    found = load(*SECTIONS, home=home, complete=True).problems
    return [{"code": "setting", "message": str(each), "hint": "`alisa config edit`."} for each in found]


# --- for a person -----------------------------------------------------------------------------


def _show(report: Mapping[str, Any]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not report["running"] and not report["hub"]["url"]:
        say("Alisa is not running. `alisa up --chat` wakes her.")
    if report["processes"]:
        table = Table("part", "state", "for", "restarts", "process", "detail", box=box.SIMPLE_HEAD, pad_edge=False)
        for each in report["processes"]:
            table.add_row(
                each["name"], Text(each["state"], _RICH.get(_STYLES.get(each["state"], ""), "")), _ago(each["since"]),
                str(each["restarts"]), str(each["pid"] or ""), Text(each["detail"]),
            )  # fmt: skip
        Console(highlight=False).print(table)
    hub, model = report["hub"], report["model"]
    if hub["url"]:
        turn = f", turn {hub['turn']}" if hub["turn"] else ""
        say(f"hub    {hub['state']} at {hub['url']}, {_count(hub['clients'])}{turn}")
        name = f"{model['name']}, " if model["name"] else ""
        detail = f": {model['detail']}" if model["detail"] else ""
        say(f"model  {name}{model['state']}{detail}")
    if report.get("initiative"):
        say(f"mind   {report['initiative']}")
    if report.get("remark"):
        say(f"       spoke up {report['remark']}")
    if report["eyes"]:
        say("eyes   " + ", ".join(f"{name} {state}" for name, state in report["eyes"].items()))
    for problem in report["problems"]:
        say(f"! {problem['message']} {problem['hint']}", style="warn")


_RICH = {"good": "green", "bad": "red", "warn": "yellow"}


def _count(clients: Any) -> str:
    return "1 client" if clients == 1 else f"{clients} clients"


def _ago(since: str) -> str:
    """How long ago, short: `12 s`, `3 min`, `2 h`, `5 d`."""
    try:
        seconds = max(0.0, (datetime.now(UTC) - datetime.fromisoformat(since)).total_seconds())
    except (ValueError, TypeError):
        return ""
    for limit, unit, size in ((120, "s", 1), (7200, "min", 60), (172_800, "h", 3600)):
        if seconds < limit:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds / 86400:.0f} d"
