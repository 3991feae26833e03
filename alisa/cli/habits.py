"""`alisa habits`: what she has learnt of your habits, to look at, take along and erase.

A hub that runs is asked; without one the database is opened here.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from cyclopts import App

from alisa.cli.asking import ask_hub
from alisa.cli.consent import confirmed
from alisa.cli.hub import running_hub
from alisa.cli.new_file import write_new
from alisa.cli.output import say, say_json
from alisa.runtime.clock import SystemClock
from alisa.runtime.errors import UsageError
from alisa.runtime.paths import Home

EXIT_CANCELLED = 130
MAX_BYTES = 1024 * 1024

app = App(
    name="habits",
    help_epilogue="""Examples:
  alisa habits                        what she has learnt
  alisa habits forget                 all of it; asks first
  alisa habits forget remarks         how you took what she said unasked
                                      (or hours, apps, tasks, silences)
  alisa habits export habits.json     to look at, or for another computer
  alisa habits import habits.json     instead of what is there
To have nothing learnt: alisa config set initiative.learn_habits false""",
)


@app.default
def show(*, json: bool = False) -> int:
    """Show what she has learnt of your habits.

    Parameters
    ----------
    json
        Print JSON.
    """
    home = Home.find()
    known = ask_hub(home, "GET", "/habits") if running_hub(home) else _known(home)
    if json:
        say_json(known)
        return 0
    from alisa.cli.habit_lines import habit_lines

    for line, style in habit_lines(known, None, plain=not _has_blocks()):
        say(line, style=style)
    return 0


@app.command
def forget(what: str = "", /, *, yes: bool = False) -> int:
    """Forget what was learnt: a part, or everything. It is not learnt from history again.

    Parameters
    ----------
    what
        hours, apps, tasks, silences or remarks; without it, everything.
    yes
        Do not ask.
    """
    from backend.habits.learning import forget as forget_in
    from backend.habits.model import Habits

    forget_in(Habits(), what or None)  # an unknown word is refused before anybody is asked
    named = f"what was learnt of your {what}" if what else "everything that was learnt of your habits"
    if not confirmed(f"forget {named}", yes=yes):
        say("Nothing was forgotten.")
        return EXIT_CANCELLED
    home = Home.find()
    if running_hub(home):
        ask_hub(home, "POST", "/habits/forget", what=what or None)
    else:
        _change(home, lambda habits: forget_in(habits, what or None), for_good=True)
    say(f"Forgotten: {named}.", style="good")
    return 0


@app.command
def export(file: Path, /) -> int:
    """Write what was learnt into a file, for your eyes only. A file that exists is left alone.

    Parameters
    ----------
    file
        The file.
    """
    import json

    home = Home.find()
    if running_hub(home):
        text = json.dumps(ask_hub(home, "GET", "/habits/export"), indent=2, ensure_ascii=False)
    else:
        from backend.habits.document import to_json

        text = to_json(_habits(home), indent=2)
    write_new(file, text + "\n")
    say(f"Your habits are in {file}.", style="good")
    return 0


@app.command(name="import")
def import_(file: Path, /, *, yes: bool = False) -> int:
    """Take over the habits that `alisa habits export` wrote, instead of those that are there.

    Parameters
    ----------
    file
        The file.
    yes
        Do not ask.
    """
    from backend.habits.document import from_json
    from backend.habits.model import Habits

    try:
        with file.open("rb") as opened:
            text = opened.read(MAX_BYTES + 1).decode("utf-8", "replace")
    except OSError as error:
        raise UsageError(
            "habits_unreadable", f"{file} cannot be read ({error.strerror}).", "Check its name."
        ) from error
    from_json(text, Habits())  # what is wrong with it is said before anybody is asked
    if not confirmed("replace your habits with those of the file", yes=yes):
        say("Nothing was changed.")
        return EXIT_CANCELLED
    home = Home.find()
    if running_hub(home):
        import json

        ask_hub(home, "POST", "/habits/import", body=json.loads(text))
    else:
        _change(home, lambda habits: from_json(text, habits), for_good=False)
    say(f"Your habits are those of {file} now.", style="good")
    return 0


# --- without a hub ------------------------------------------------------------------------------------


def _habits(home: Home) -> Any:
    from alisa.cli.kept import read
    from backend.habits.document import from_json
    from backend.habits.model import Habits
    from backend.storage.database import Database
    from backend.storage.habits import HabitRecords

    async def load(database: Database) -> str | None:
        return await HabitRecords(database).load()

    habits, kept = Habits(), read(home, load)
    if kept is not None:
        from_json(kept, habits)
    return habits


def _known(home: Home) -> dict[str, Any]:
    from backend.habits.summary import summary

    return summary(_habits(home), SystemClock().now())


def _change(home: Home, change: Any, *, for_good: bool) -> None:
    from alisa.cli.kept import write
    from backend.habits.document import from_json, to_json
    from backend.habits.model import Habits
    from backend.storage.database import Database
    from backend.storage.habits import HabitRecords

    async def run(database: Database) -> None:
        records, habits = HabitRecords(database), Habits()
        kept = await records.load()
        try:
            if kept is not None:
                from_json(kept, habits)
        except UsageError:
            habits.forget()  # what cannot be read is replaced
        change(habits)
        keep = records.save_for_good if for_good else records.save
        await keep(to_json(habits), SystemClock().now())

    write(home, run)


def _has_blocks() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") in ("utf8", "utf16", "utf32")
