"""What is the user's own: the home folder, the settings, the cards, history, ports and what runs now."""

from __future__ import annotations

import sqlite3
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from alisa.cli.doctor.finding import Finding, Patient, ok, problem, warning
from alisa.cli.hub import running_hub
from alisa.cli.supervisor.leftovers import left_behind
from alisa.runtime.errors import AlisaError
from alisa.runtime.ports import port_owner

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_QUICK_BYTES = 200 * 1024 * 1024


def home(patient: Patient) -> Iterator[Finding]:
    root = patient.home.root
    try:
        patient.home.ensure()
        with tempfile.TemporaryFile(dir=root) as file:
            file.write(b"x")
    except (OSError, AlisaError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield problem(
            f"Alisa cannot write into her home {root}: {reason}.",
            "Check who owns that folder, or name another one in ALISA_HOME.",
        )
        return
    readable = [path for path in _private(patient) if _others_may_read(path)]
    for path in readable:
        yield warning(f"Others on this machine may read {path}.", f'chmod go-rwx "{path}"')
    if not readable:
        yield ok(f"Her home is {root}.")


def _private(patient: Patient) -> list[Path]:
    found = patient.home
    return [path for path in (found.root, found.token_file, found.database, found.run, found.logs) if path.exists()]


def _others_may_read(path: Path) -> bool:
    return sys.platform != "win32" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def settings(patient: Patient) -> Iterator[Finding]:
    for found in patient.settings.problems:
        yield problem(str(found), "`alisa config edit`, or `alisa config show` for what is used now.")
    if patient.hub.host not in _LOOPBACK:
        yield warning(
            f"The hub listens on {patient.hub.host}: other machines can reach it. They still need the token.",
            "To keep it on this machine: `alisa config unset hub.host`.",
        )
    if patient.hub.allow_guests:
        yield warning(
            "Programs of this machine may talk with her without the token (hub.allow_guests).",
            "To close that: `alisa config unset hub.allow_guests`.",
        )
    if not patient.settings.problems:
        yield ok("The settings can all be used.")


def personas(patient: Patient) -> Iterator[Finding]:
    from backend.persona.cards import broken_cards, persona_or_default
    from backend.settings import ConversationSettings

    broken = broken_cards(patient.home)
    for error in broken:
        yield warning(error.message, error.hint)
    card, error_of_chosen = persona_or_default(patient.settings[ConversationSettings].persona, patient.home)
    if error_of_chosen and error_of_chosen.message not in {each.message for each in broken}:
        yield warning(error_of_chosen.message, error_of_chosen.hint)
    yield ok(f"She is {card.title}.")


def history(patient: Patient) -> Iterator[Finding]:
    path = patient.home.database
    aside = sorted(patient.home.root.glob("*.corrupt-*.db"))
    for each in aside:
        yield warning(
            f"A damaged history was moved aside: {each.name}.",
            "What could be saved is in use. Delete that file when you miss nothing.",
        )
    if not path.exists():
        yield ok("There is no history yet.")
        return
    fault = _fault(path)
    if fault:
        yield problem(
            f"The history is damaged: {fault}.",
            "`alisa stop`, then `alisa up`: it is moved aside and the newest good backup takes its place.",
        )
    else:
        yield ok(f"The history is whole ({path.stat().st_size / 1e6:.1f} MB).")


def _fault(path: Path) -> str:
    """What SQLite finds wrong, ""; a big file is only opened, so that this stays quick."""
    check = "PRAGMA quick_check(1)" if path.stat().st_size < _QUICK_BYTES else "PRAGMA schema_version"
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5.0)) as connection:
            answer = str(connection.execute(check).fetchone()[0])
    except sqlite3.Error as error:
        return "" if "locked" in str(error) else str(error)
    if answer == "ok" or check.endswith("version"):
        return ""
    lines = [line.strip() for line in answer.splitlines() if line.strip() and not line.startswith("***")]
    return lines[0].rstrip(".") if lines else "its pages contradict one another"


def ports(patient: Patient) -> Iterator[Finding]:
    hub = running_hub(patient.home)
    wanted = patient.hub.port
    if hub:
        yield ok(f"The hub listens at {hub.url}.")
    elif wanted == 0:
        yield ok("The hub takes a free port at each start.")
    elif owner := port_owner(wanted):
        yield problem(
            f"Port {wanted} of the hub is taken by {owner}.",
            f"End that program, or take another port: `alisa config set hub.port {wanted + 1}`.",
        )
    else:
        yield ok(f"Port {wanted} of the hub is free.")
    model_port = patient.llm.port
    if model_port and not hub and (owner := port_owner(model_port)):
        yield problem(
            f"Port {model_port} of the model server is taken by {owner}.",
            "End that program, or take a free port: `alisa config unset llm.port`.",
        )


def running(patient: Patient) -> Iterator[Finding]:
    from alisa.cli.status import look

    report = look(patient.home)
    for each in report["problems"]:
        if each["code"] == "history_notice":
            yield warning(each["message"], "It stands here until she starts again; `alisa logs backend` tells more.")
        elif each["code"] != "setting":
            circular = "alisa doctor" in each["hint"]
            yield problem(
                each["message"], "What stands above, and `alisa logs`, tell more." if circular else each["hint"]
            )
    left = left_behind(patient.home)
    if left:
        yield warning(f"An earlier run left something behind: {', '.join(left)}.", "`alisa stop` ends it.")
    if report["running"]:
        ready = [each["name"] for each in report["processes"] if each["state"] == "ready"]
        yield ok(f"Alisa is running: {', '.join(ready) or 'nothing is ready yet'}.")
    elif report["hub"]["url"]:
        yield ok(f"A hub that was not started by `alisa up` runs at {report['hub']['url']}.")
    elif not left:
        yield ok("Alisa is not running.")
