"""`alisa reminders` and `alisa remind`: what you want to be told, and when.

A hub that runs is asked; without one the database is opened here, and what is set is said once she is up.
"""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import App, Parameter

from alisa.cli.asking import ask_hub
from alisa.cli.hub import running_hub
from alisa.cli.output import complain, say, say_json
from alisa.runtime.clock import SystemClock
from alisa.runtime.paths import Home

_STYLES = {"open": "", "said": "faint", "cancelled": "faint"}

app = App(
    name="reminders",
    help_epilogue="""Examples:
  alisa reminders               those that are to come
  alisa reminders --all         also what became of the others
  alisa reminders cancel 3
To set one: alisa remind "at six to call the dentist"; or just tell her.""",
)
remind_app = App(
    name="remind",
    help_epilogue="""Examples:
  alisa remind at six to call the dentist
  alisa remind in 20 minutes
  alisa remind "call the dentist tomorrow at 9"
  alisa remind set a timer for 12 minutes
Days, dates and times of day are those of this computer's clock.
`alisa reminders` lists them.""",
)


@app.default
def show(*, everything: Annotated[bool, Parameter(name="--all")] = False, json: bool = False) -> int:
    """Show what you want to be reminded of.

    Parameters
    ----------
    everything
        Also those that were said or cancelled.
    json
        Print JSON.
    """
    home = Home.find()
    found = _asked(home, everything=everything) if running_hub(home) else _kept(home, everything=everything)
    if json:
        say_json({"reminders": found})
        return 0
    if not found:
        complain("There are no reminders.")
    wide = max((len(item["when"]) for item in found), default=0)
    for item in found:
        became = "" if item["state"] == "open" else f"  ({item['state']})"
        what = item["text"] or item["kind"]
        say(
            f"{item['id']:>4}  {item['when']:<{wide}}  {_printable(what)}{became}", style=_STYLES.get(item["state"], "")
        )
    return 0


@app.command
def cancel(number: int, /, *, json: bool = False) -> int:
    """Cancel one.

    Parameters
    ----------
    number
        Its number, as `alisa reminders` shows it.
    json
        Print JSON.
    """
    home = Home.find()
    if running_hub(home):
        cancelled = ask_hub(home, "DELETE", f"/reminders/{number}")
    else:
        cancelled = _changed(home, lambda records, now: _drop(records, number, now))
    if json:
        say_json(cancelled)
    else:
        say(f"Cancelled: {_printable(cancelled['text'] or cancelled['kind'])}.", style="good")
    return 0


@remind_app.default
def remind(
    *words: str, conversation: Annotated[str, Parameter(name=["--conversation", "-c"])] = "main", json: bool = False
) -> int:
    """Be reminded.

    Parameters
    ----------
    words
        When, and of what.
    conversation
        In which conversation she says it.
    json
        Print JSON.
    """
    home, text = Home.find(), " ".join(words)
    if running_hub(home):
        made = ask_hub(home, "POST", "/reminders", body={"text": text, "conversation": conversation})
    else:
        made = _changed(home, lambda records, now: _keep(records, text, conversation, now))
    if json:
        say_json(made)
        return 0
    what = f" — {_printable(made['text'])}" if made["text"] else ""
    say(f"{str(made['kind']).capitalize()} {made['id']}: {made['when']}{what}", style="good")
    if not running_hub(home):
        say("Alisa is not running: she says it once she is up (`alisa up`).", style="faint")
    return 0


def _asked(home: Home, *, everything: bool) -> list[dict[str, Any]]:
    return list(ask_hub(home, "GET", "/reminders", all=everything)["reminders"])


# --- without a hub ------------------------------------------------------------------------------------


def _kept(home: Home, *, everything: bool) -> list[dict[str, Any]]:
    from alisa.cli.kept import read
    from backend.storage.database import Database
    from backend.storage.reminders import ReminderRecords

    async def work(database: Database) -> list[Any]:
        records = ReminderRecords(database)
        return await (records.newest() if everything else records.open())

    return [_as_json(item) for item in read(home, work) or ()]


def _changed(home: Home, change: Any) -> dict[str, Any]:
    from alisa.cli.kept import write
    from backend.storage.database import Database
    from backend.storage.reminders import ReminderRecords

    async def work(database: Database) -> Any:
        return await change(ReminderRecords(database), SystemClock().now())

    return _as_json(write(home, work))


def _keep(records: Any, text: str, conversation: str, now: Any) -> Any:
    from backend.reminders.reminding import keep

    return keep(records, text, conversation, now, None)


def _drop(records: Any, number: int, now: Any) -> Any:
    from backend.reminders.reminding import drop

    return drop(records, number, now)


def _as_json(reminder: Any) -> dict[str, Any]:
    from backend.reminders.listing import as_json

    return as_json(reminder, SystemClock().now(), None)


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
