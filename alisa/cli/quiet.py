"""`alisa quiet`: she does not speak up by herself for a while, or about something."""

from __future__ import annotations

from datetime import datetime, timedelta

from cyclopts import App

from alisa.cli.asking import ask_hub
from alisa.cli.output import say, say_json
from alisa.runtime.clock import SystemClock
from alisa.runtime.errors import UsageError
from alisa.runtime.paths import Home

MAX_MINUTES = 7 * 24 * 60

app = App(
    name="quiet",
    help_epilogue="""Examples:
  alisa quiet                       for an hour
  alisa quiet 2h                    for two hours; also 45m, 1h30, 1d
  alisa quiet until 6pm             also: tomorrow, until Monday, today
  alisa quiet off                   she may speak up again
  alisa quiet --kind silence off    never again for having been silent
  alisa quiet --kind silence on     again
She answers all the same when you speak to her.""",
)


@app.default
def quiet(*how_long: str, kind: str | None = None, json: bool = False) -> int:
    """Let her not speak up by herself for a while.

    Parameters
    ----------
    how_long
        Such as 2h, 45m, until 6pm or tomorrow; `off` ends it. Without it: an hour. With --kind: `off` or `on`.
    kind
        Only about one thing: silence, back, away, stuck, break, late or thread.
    json
        Print JSON.
    """
    home, words = Home.find(), " ".join(how_long)
    if kind is not None:
        from backend.idle.kinds import Kind

        if kind not in set(Kind):
            raise UsageError("wrong_use", f"There is no kind {kind!r}.", f"One of: {', '.join(Kind)}.")
        if words not in ("on", "off"):
            raise UsageError(
                "wrong_use", "A kind of remark is turned `on` or `off`.", "`alisa quiet --kind silence off`"
            )
        told = ask_hub(home, "POST", "/initiative/kinds", kind=kind, on=words == "on")
        answer = f"She {'may speak up' if told.get('on') else 'does not speak up'} about this ({kind})."
    else:
        told = ask_hub(home, "POST", "/initiative/snooze", minutes=minutes(words or "1h", SystemClock().now()))
        answer = _until(told.get("until"))
    if json:
        say_json(told)
    else:
        say(answer)
    return 0


def minutes(how_long: str, now: datetime) -> int:
    """How many minutes there are from now to the end of `2h`, `90`, `until 6pm`; 0 for `off`. Raises UsageError."""
    from backend.times.until import until

    if how_long.strip().lower() in ("off", "0"):
        return 0
    end = until(how_long, now, None)
    if end is None:
        raise UsageError(
            "wrong_use",
            f"{how_long!r} is no length of time and no end.",
            "For example: `alisa quiet 2h`, `alisa quiet until 6pm`, or `off`.",
        )
    found = -((now - end) // timedelta(minutes=1))  # rounded up
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
