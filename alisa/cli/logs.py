"""`alisa logs`: what the parts write down, in words."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number

from alisa.cli.log_lines import Follower, Line, last_lines, parse, words
from alisa.cli.machine import PARTS
from alisa.cli.output import complain, say
from alisa.runtime.errors import UsageError
from alisa.runtime.paths import Home

_LOOK_SECONDS = 0.2
_STYLES = {"warning": "warn", "error": "bad", "critical": "bad", "debug": "faint"}

app = App(
    name="logs",
    help_epilogue="""Examples:
  alisa logs                    the last lines of all parts, in order of time
  alisa logs backend -n 200
  alisa logs llm_server -f      and what comes; Ctrl-C ends it
  alisa logs --raw | jq .       the JSON lines as they stand in the file""",
)


@app.default
def logs(
    name: str = "",
    /,
    *,
    follow: Annotated[bool, Parameter(name=["--follow", "-f"])] = False,
    lines: Annotated[int, Parameter(name=["--lines", "-n"], validator=Number(gte=0, lte=100_000))] = 40,
    raw: bool = False,
) -> int:
    """Show what the parts write down.

    Parameters
    ----------
    name
        One part (backend, llm_server, supervisor …); all of them without it.
    follow
        Go on and show what comes.
    lines
        How many lines of the past.
    raw
        The JSON lines as they are.
    """
    home = Home.find()
    files = _files(home.logs, name)
    followers = {process: Follower(path) for process, path in files.items()} if follow else {}
    past = [(process, line) for process, path in files.items() for line in last_lines(path, lines)]
    parsed = sorted(((parse(process, line), line) for process, line in past), key=lambda pair: pair[0].at)
    for line, text in parsed[-lines:] if lines else []:
        _show(line, text, raw)
    if not files and not follow:
        complain("Nothing has been written down yet.")
    while follow:
        time.sleep(_LOOK_SECONDS)
        followers = _with_new_files(followers, home.logs, name)
        for process, follower in followers.items():
            for text in follower.new_lines():
                _show(parse(process, text), text, raw)
    return 0


def _files(folder: Path, name: str) -> dict[str, Path]:
    """The logs by process. Raises UsageError when there is none of that name."""
    files = {path.stem: path for path in sorted(folder.glob("*.jsonl"))}
    if not name:
        return files
    if name not in files and name not in PARTS:
        choices = f"Choose from: {', '.join(files)}." if files else "`alisa up` begins one."
        raise UsageError("unknown_log", f"There is no log called {name!r}.", choices)
    return {name: files[name]} if name in files else {}


def _with_new_files(followers: dict[str, Follower], folder: Path, name: str) -> dict[str, Follower]:
    """Follow the logs that have come to be since, too, from their beginning."""
    new = {path.stem: path for path in folder.glob("*.jsonl") if path.stem not in followers}
    return followers | {process: Follower(path, whole=True) for process, path in new.items() if name in ("", process)}


def _show(line: Line, text: bytes, raw: bool) -> None:
    if raw:
        say(text.decode("utf-8", "replace"))
    else:
        say(words(line), style=_STYLES.get(line.level, ""))
