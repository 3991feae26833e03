"""`alisa config`: see the settings, where each comes from, and change them without losing a comment."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from alisa.cli.output import complain, say, say_json
from alisa.cli.sections import PARTS_OF, SECTIONS, TITLES
from alisa.cli.supervisor import state
from alisa.cli.supervisor.control import ask
from alisa.runtime.errors import AlisaError, MissingError, UsageError
from alisa.runtime.forms import form_of
from alisa.runtime.paths import Home, private_write
from alisa.runtime.settings import Problem, Row, Section, Settings, describe, load

app = App(
    name="config",
    help="Show and change the settings.",
    help_epilogue="""Examples:
  alisa config show                  every setting, its value and its source
  alisa config show hub              one section
  alisa config show hub.port         one setting, explained
  alisa config set hub.port 8001
  alisa config set llm.api_key --stdin < key.txt
  alisa config unset hub.port        the default counts again
  alisa config edit                  open alisa.toml in your editor
  alisa config path                  where alisa.toml is""",
)


@app.command
def show(which: str = "", /, *, json: bool = False) -> int:
    """Show the settings: value, where it comes from, and what could not be used.

    Parameters
    ----------
    which
        A section (`hub`) or a setting (`hub.port`); all of them without it.
    json
        Print JSON.
    """
    home = Home.find()
    settings = load(*SECTIONS, home=home, complete=True)
    rows = _chosen(describe(SECTIONS, settings), which)
    if json:
        say_json({"file": str(home.config_file), "settings": [_row_json(row, settings) for row in rows],
                  "sections": [_section_json(section) for section in sorted(SECTIONS, key=_place)],
                  "problems": [problem_json(problem) for problem in settings.problems],
                  "running": _running(home)})  # fmt: skip
        return 0
    if len(rows) == 1 and "." in which:
        _explain(rows[0])
    else:
        _list(rows)
    for problem in settings.problems:
        complain(str(problem), style="warn")
    return 0


@app.command(name="set")
def set_(
    key: str,
    value: Annotated[str | None, Parameter(allow_leading_hyphen=True)] = None,
    /,
    *,
    stdin: Annotated[bool, Parameter(negative="")] = False,
    json: Annotated[bool, Parameter(negative="")] = False,
) -> int:
    """Set one value in alisa.toml; comments and everything else stay as they are.

    Parameters
    ----------
    key
        The setting, such as `hub.port`.
    value
        Its value; lists and tables are written as JSON.
    stdin
        Read the value from standard input: other users of this computer can see what stands on a command line.
    json
        Print JSON.
    """
    from alisa.runtime.edit import set_value

    if (value is None) is not stdin:
        raise UsageError(
            "no_value", "Give the value, or --stdin, and not both.", "`alisa config set --help` shows how."
        )
    if value is None:
        value = sys.stdin.read().removesuffix("\n").removesuffix("\r")
    home = Home.find()
    change = set_value(home, key, value, SECTIONS)
    if json:
        say_json(asdict(change))
        return 0
    before = f" (was {change.before})" if change.before else ""
    say(f"{change.key} = {change.after}{before}")
    row = next(row for row in describe(SECTIONS) if row.key == change.key)
    if row.strictest and change.after != row.default:  # a door was opened: what that means is said once more
        complain(row.description, style="warn")
    _say_without_card(home, change.key, value)
    _say_what_counts(home, change.key, change.overridden_by)
    return 0


@app.command
def unset(key: str, /, *, json: Annotated[bool, Parameter(negative="")] = False) -> int:
    """Take one value out of alisa.toml, so that its default counts again.

    Parameters
    ----------
    key
        The setting, such as `hub.port`.
    json
        Print JSON.
    """
    from alisa.runtime.edit import unset_value

    home = Home.find()
    change = unset_value(home, key, SECTIONS)
    if json:
        say_json(asdict(change))
        return 0
    if change.before:
        say(f"{change.key} is {change.after} again, the default (was {change.before}).")
    else:
        say(f"{change.key} was not set; the default is {change.after}.")
    _say_what_counts(home, change.key, change.overridden_by)
    return 0


@app.command
def edit() -> int:
    """Open alisa.toml in your editor (VISUAL or EDITOR), and check it when you are done."""
    home = Home.find().ensure()
    _make(home)
    editor = _editor()
    try:
        code = subprocess.run([*editor, str(home.config_file)], check=False).returncode
    except OSError as error:
        raise MissingError(
            "no_editor", f"The editor {editor[0]} could not be started: {error.strerror}.", _EDITOR_HINT
        ) from error
    if code:
        complain(f"The editor ended with exit code {code}.", style="warn")
    problems = load(*SECTIONS, home=home, complete=True).problems
    for problem in problems:
        complain(str(problem), style="warn")
    if not problems:
        say("The settings are fine.", style="good")
    return 0


@app.command
def path(*, make: Annotated[bool, Parameter(negative="")] = False) -> int:
    """Print where alisa.toml is, whether or not it is there yet.

    Parameters
    ----------
    make
        Make it where it is not there, every setting with its default.
    """
    home = Home.find()
    if make:
        _make(home.ensure())
    say(str(home.config_file))
    return 0


def _make(home: Home) -> None:
    """Write a new alisa.toml, unless there is one."""
    if not home.config_file.exists():
        private_write(home.config_file, _template().encode())


# --- showing ----------------------------------------------------------------------------------


def _chosen(rows: list[Row], which: str) -> list[Row]:
    chosen = [row for row in rows if which in ("", row.section, row.key)]
    if chosen:
        return chosen
    from alisa.runtime.sources import guess

    near = guess(which, [row.key for row in rows] + sorted({row.section for row in rows}))
    hint = f"Did you mean {near}?" if near else "`alisa config show` lists them all."
    raise UsageError("unknown_setting", f"There is no setting or section called {which!r}.", hint)


def _list(rows: Iterable[Row]) -> None:
    section = ""
    for row in rows:
        if row.section != section:
            say(f"{chr(10) if section else ''}[{row.section}]", style="strong")
            section = row.section
        origin = "" if row.source == "default" else f"   ({row.source}; default {row.default})"
        say(f"  {row.field:<28} {row.value}{origin}", style="" if row.source == "default" else "good")


def _explain(row: Row) -> None:
    say(f"{row.key} = {row.value}", style="strong")
    say(f"  {row.description}")
    say(f"  takes    {row.takes}")
    say(f"  default  {row.default}")
    say(f"  from     {row.source}  (variable {row.variable})")


def _row_json(row: Row, settings: Settings) -> dict[str, object]:
    section = next(each for each in SECTIONS if each.section == row.section)
    value = row.value if row.secret else settings[section].model_dump(mode="json")[row.field]
    default = row.default if row.secret else section().model_dump(mode="json")[row.field]
    return {
        "key": row.key, "value": value, "source": row.source, "default": row.default, "default_value": default,
        "takes": row.takes,
        "variable": row.variable, "description": row.description, "secret": row.secret,
        "parts": PARTS_OF[row.section], **asdict(form_of(section.model_fields[row.field])),
    }  # fmt: skip


def _section_json(section: type[Section]) -> dict[str, str]:
    name = section.section
    return {"name": name, "title": TITLES[name], "description": " ".join((section.__doc__ or "").split())}


def _place(section: type[Section]) -> int:
    return list(TITLES).index(section.section)


def _running(home: Home) -> list[str]:
    """The parts that `alisa up` keeps running now, and that can be restarted."""
    running = state.read(home)
    try:
        return [str(each["name"]) for each in ask(running, "status")["processes"]] if running else []
    except AlisaError:
        return []


def problem_json(problem: Problem) -> dict[str, str]:
    """A problem of the configuration, for a program."""
    return {
        "key": problem.key, "source": problem.source, "value": problem.value, "used": problem.used,
        "why": problem.why, "message": str(problem),
    }  # fmt: skip


# --- changing ---------------------------------------------------------------------------------


def _say_without_card(home: Home, key: str, name: str) -> None:
    """A persona or mode whose card is not there yet may be set; that she would start without it is said at once."""
    from backend.persona.cards import mode_or_none, persona_or_default

    find = {"conversation.persona": persona_or_default, "conversation.mode": mode_or_none}.get(key)
    error = find(name, home)[1] if find else None
    if error:
        complain(f"{error.message} {error.hint}", style="warn")


def _say_what_counts(home: Home, key: str, overridden_by: str) -> None:
    """Say what has to start again, of that which runs."""
    section = key.partition(".")[0]
    running = _running(home)
    again = [f"`alisa restart {part}`" for part in PARTS_OF[section] if part in running]
    if overridden_by:
        complain(f"The variable {overridden_by} is set, and wins over the file.", style="warn")
    elif not running:
        return
    elif not PARTS_OF[section]:
        say("It counts at once.", style="faint")
    elif key in ("llm.url", "llm.engine") and "llm_server" not in running:  # is it needed? decided when she wakes
        say("It counts after `alisa stop` and `alisa up --detach`.", style="faint")
    elif again:
        say(f"It counts after {' and '.join(again)}.", style="faint")


_EDITOR_HINT = "Name your editor in the variable EDITOR, or change the file that `alisa config path` prints."


def _editor() -> list[str]:
    """The user's editor as an argument list. Raises MissingError."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if named.strip():
        if Path(named).is_file():
            return [named]
        parts = shlex.split(named, posix=sys.platform != "win32")
        return [part.strip('"') for part in parts]
    usual = ("notepad",) if sys.platform == "win32" else ("sensible-editor", "nano", "vim", "vi")
    found = next((program for name in usual if (program := shutil.which(name))), None)
    if not found:
        raise MissingError("no_editor", "No editor was found.", _EDITOR_HINT)
    return [found]


def _template() -> str:
    """A new alisa.toml: every setting with its default, commented out."""
    lines = ["# Alisa's settings. Remove the # before a line to change what it says.", ""]
    section = ""
    for row in describe(SECTIONS):
        if row.section != section:
            lines += [*([""] if section else []), f"[{row.section}]"]
            section = row.section
        lines += [f"# {row.description}", f"# {row.field} = {row.default}"]
    return "\n".join(lines) + "\n"
