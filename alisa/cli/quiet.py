"""`alisa quiet`: she does not speak up by herself for a while, or about something."""

from __future__ import annotations

import re
from datetime import datetime

from cyclopts import App

from alisa.cli.asking import ask_hub
from alisa.cli.output import say, say_json
from alisa.runtime.errors import UsageError
from alisa.runtime.paths import Home

MAX_MINUTES = 7 * 24 * 60
_UNITS = {"m": 1, "min": 1, "h": 60, "d": 24 * 60}
_SPAN = re.compile(r"(?:(\d{1,4})(d))?(?:(\d{1,4})(h))?(?:(\d{1,5})(min|m)?)?", re.ASCII)

app = App(
    name="quiet",
    help_epilogue="""Examples:
  alisa quiet                       for an hour
  alisa quiet 2h                    for two hours; also 45m, 1h30, 1d
  alisa quiet off                   she may speak up again
  alisa quiet --kind silence off    never again because nobody spoke for a while
  alisa quiet --kind silence on     again
She answers all the same when you speak to her.""",
)


@app.default
def quiet(how_long: str = "1h", /, *, kind: str | None = None, json: bool = False) -> int:
    """Let her not speak up by herself for a while.

    Parameters
    ----------
    how_long
        Such as 2h, 45m or 1d; `off` ends it. With --kind: `off` or `on`.
    kind
        Only about one thing: silence, back, away, stuck, break, late or thread.
    json
        Print JSON.
    """
    home = Home.find()
    if kind is not None:
        if how_long not in ("on", "off"):
            raise UsageError(
                "wrong_use", "A kind of remark is turned `on` or `off`.", "`alisa quiet --kind silence off`"
            )
        told = ask_hub(home, "POST", "/initiative/kinds", kind=kind, on=how_long == "on")
        words = f"She {'may speak up' if told.get('on') else 'does not speak up'} about this ({kind})."
    else:
        told = ask_hub(home, "POST", "/initiative/snooze", minutes=minutes(how_long))
        words = _until(told.get("until"))
    if json:
        say_json(told)
    else:
        say(words)
    return 0


def minutes(how_long: str) -> int:
    """How many minutes `2h`, `45m`, `1h30`, `90` or `off` are. Raises UsageError."""
    text = how_long.strip().lower().replace(" ", "")
    if text == "off":
        return 0
    match = _SPAN.fullmatch(text)
    if not text or match is None:
        raise UsageError("wrong_use", f"{how_long!r} is no length of time.", "For example: `alisa quiet 2h`, or `off`.")
    days, _, hours, _, rest, _ = match.groups()
    found = int(days or 0) * _UNITS["d"] + int(hours or 0) * _UNITS["h"] + int(rest or 0)
    if found > MAX_MINUTES:
        raise UsageError("wrong_use", "She is quiet for a week at most.", "`initiative.enabled = false` turns it off.")
    return found


def _until(told: object) -> str:
    try:
        until = datetime.fromisoformat(str(told)).astimezone()
    except ValueError:
        return "She may speak up by herself again."
    today = datetime.now(until.tzinfo).date() == until.date()
    return f"She does not speak up by herself until {until:%H:%M}{'' if today else f' on {until:%A}'}."
