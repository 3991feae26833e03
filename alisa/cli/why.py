"""`alisa why`: why she is silent, and why she said what she said by herself."""

from __future__ import annotations

from cyclopts import App

from alisa.cli.asking import ask_hub
from alisa.cli.output import say, say_json
from alisa.cli.why_lines import decision_lines, why_lines
from alisa.runtime.errors import MissingError
from alisa.runtime.paths import Home

app = App(
    name="why",
    help_epilogue="""Examples:
  alisa why              why she is silent now, and why she spoke up last
  alisa why 17           why she said turn 17
  alisa why --all        what she decided lately, one line each
  alisa why --json""",
)


@app.default
def why(turn: int | None = None, /, *, all: bool = False, json: bool = False) -> int:  # noqa: A002 - the name of the flag
    """Show why she is silent, and why she said what she said by herself.

    Parameters
    ----------
    turn
        The number of a turn that she began by herself.
    all
        Show her latest decisions, too, the newest first.
    json
        Print one JSON object.
    """
    told = ask_hub(Home.find(), "GET", "/initiative", turn=turn)
    if turn is not None and not told.get("last_remark"):
        raise MissingError(
            "no_such_remark",
            f"She did not begin turn {turn} by herself.",
            "`alisa why` tells of the last that she did.",
        )
    if json:
        say_json(told)
        return 0
    for line in why_lines(told, turn):
        say(line)
    for line in decision_lines(told) if all else []:
        say(line, style="faint")
    return 0
