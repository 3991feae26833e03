"""Our own words to the model for each kind of remark: it is asked for a thought, never told what to think.

Pure. These sentences are the ones that the starter model is trained on (`llm_server/starter/grammar/cues.py`). Nothing
foreign stands in them but the name of a file and a line, and those only where they look like that.
"""

from __future__ import annotations

from datetime import timedelta

from backend.events.commands import Naming
from backend.sight.seen import Error
from backend.sight.words import place

MUSE = "(Nobody has spoken for a while. Say something short of your own accord.)"
BACK = "(The user has just come back.)"
_STUCK = "(An error shows on the screen: {where}. Offer the user your help.)"
_LONG_WORK = "(The user has been working for {how_long}. Suggest a short break.)"
_HOURS = ("an hour", "two hours", "three hours", "four hours")


def stuck(where: str) -> str:
    """Offer help with the error at `main.py, line 42`. `where` comes from `sight.words.place`."""
    return _STUCK.format(where=where or "in a window")


def naming(error: Error) -> Naming | None:
    """What an offer of help has to name: the file and the line; None where no file is known."""
    where = place(error)
    if not where:
        return None
    file = where if error.line is None else where.rpartition(", line ")[0]
    names = (file,) if error.line is None else (file, str(error.line))
    return Naming(names, f"The error is in {where}.")


def long_work(worked: timedelta) -> str:
    """Suggest a break after so long."""
    return _LONG_WORK.format(how_long=how_long(worked))


def how_long(worked: timedelta) -> str:
    """`90 minutes`, `two hours`."""
    minutes = round(worked.total_seconds() / 60)
    if 75 <= minutes < 105:
        return "90 minutes"
    return _HOURS[min(len(_HOURS), max(1, round(minutes / 60))) - 1]
