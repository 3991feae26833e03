"""`alisa doctor`: check everything, and say how to fix what is wrong."""

from __future__ import annotations

import os

from cyclopts import App

from alisa.cli.doctor.checks import CHECKS, examine
from alisa.cli.doctor.finding import Finding, Level, Patient
from alisa.cli.output import say, say_json
from alisa.runtime.paths import Home

app = App(
    name="doctor",
    help_epilogue="""Examples:
  alisa doctor
  alisa doctor --json     for programs; exit code 1 where there is a problem""",
)

_STYLES = {Level.OK: "good", Level.WARNING: "warn", Level.PROBLEM: "bad"}


@app.default
def doctor(*, json: bool = False) -> int:
    """Check everything that Alisa stands on. Exits with 1 when there is a problem.

    Parameters
    ----------
    json
        Print one JSON object.
    """
    patient = Patient(Home.find(), os.environ)
    found: list[tuple[str, Finding]] = []
    for check in CHECKS:
        for finding in examine(check, patient):
            found.append((check.name, finding))
            if not json:
                _show(check.name, finding)
    problems = sum(finding.level is Level.PROBLEM for _, finding in found)
    if json:
        rows = [{"check": name, "level": each.level, "says": each.says, "fix": each.fix} for name, each in found]
        say_json({"findings": rows, "problems": problems})
    else:
        say()
        say(_verdict(problems), style="bad" if problems else "good")
    return 1 if problems else 0


def _show(name: str, finding: Finding) -> None:
    say(f"{name:<10} {finding.level:<8} {finding.says}", style=_STYLES[finding.level])
    if finding.fix:
        say(f"{'':<19} Fix: {finding.fix}")


def _verdict(problems: int) -> str:
    if not problems:
        return "Nothing stands in her way."
    return "One problem." if problems == 1 else f"{problems} problems."
