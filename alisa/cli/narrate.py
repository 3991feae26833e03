"""What `alisa up` says while she wakes: one line for each thing that happens. Pure but for its `say`.

Which process failed and why comes from the supervisor; how it is put into words stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from alisa.cli.plan import TITLES, Missing
from alisa.cli.supervisor.spec import State, Status

Say = Callable[[str, str], None]
"""Print a line in a style (see `output`)."""

_BEGINNINGS = {"backend": "The hub is starting…", "llm_server": "The model is loading…"}


class Narrator:
    """Says each change once, and what happens again and again not each time."""

    def __init__(
        self,
        say: Say,
        model: Callable[[], tuple[str, str]] = lambda: ("", ""),
        notices: Callable[[], Iterable[str]] = tuple,
        *,
        failures: bool = True,
    ) -> None:
        """`model` tells its name, and why it is another one than was chosen; `notices` what became of the history.
        `failures` is False where the caller tells of a failure itself."""
        self._say = say
        self._failures = failures
        self._model = model
        self._notices = notices
        self._said: dict[str, set[str]] = {}
        """what was said of each process since it was ready"""

    def missing(self, parts: Iterable[Missing]) -> None:
        """Say what is left out, and why."""
        for part in parts:
            fix = f" {part.fix}" if part.needed and part.fix else ""
            self._line(part.name, f"{part.why}.{fix}", "faint")

    def changed(self, status: Status) -> None:
        """Say what became of one process."""
        words, style = _words(status)
        if status.state is State.READY and status.name == "llm_server":
            name, why_another = self._model()
            if why_another:
                words, style = f"ready. {why_another}", "warn"
            elif name:
                words = f"ready: the model is {name}"
        if status.state is State.FAILED and not self._failures:
            return
        said = self._said.setdefault(status.name, set())
        if words not in said:  # one that fails to start again and again says the same thing each time
            said.add(words)
            self._line(status.name, words, style)
        if status.state is State.READY:
            self._said[status.name] = {words}

    def awake(self, statuses: Iterable[Status], *, chat_here: bool = False) -> None:
        """Say how the start went, once nothing is under way any more."""
        statuses = tuple(statuses)
        hub = next((status for status in statuses if status.name == "backend"), None)
        failed = [status for status in statuses if status.state is State.FAILED]
        if hub and hub.state is State.READY:
            for notice in self._notices():
                self._say(notice, "warn")
            without = f", but the {_and(TITLES.get(each.name, each.name) for each in failed)} failed" if failed else ""
            hint = "" if chat_here else " Type `alisa chat` to talk with her."
            self._say(f"Alisa is awake{without}.{hint}  {hub.detail}", "warn" if failed else "good")
        elif not failed:
            self._say(f"Ready: {', '.join(status.name for status in statuses)}.", "good")
        else:
            self._say("Alisa could not wake.", "bad")

    def _line(self, name: str, words: str, style: str) -> None:
        self._say(f"  {name:<11} {words}", style)


def _words(status: Status) -> tuple[str, str]:
    match status.state:
        case State.WAITING | State.STARTING | State.LOADING if status.restarts:
            return "starting again…", "faint"
        case State.WAITING:
            return "waits for the hub", "faint"
        case State.STARTING | State.LOADING:
            return _BEGINNINGS.get(status.name, "starting…"), "faint"
        case State.READY:
            return f"ready at {status.detail}" if status.detail else "ready", "good"
        case State.RESTARTING:
            return f"{status.detail.rstrip('.')}; starting it again", "warn"
        case State.FAILED:
            return f"failed. {why_failed(status)}", "bad"
        case State.STOPPING:
            return "stopping…", "faint"
        case State.STOPPED:
            return f"stopped: {status.detail}" if status.detail else "stopped", "faint"


def why_failed(status: Status) -> str:
    """The reason, as sentences, with what to do next."""
    detail = status.detail.rstrip(".")
    return f"{detail[:1].upper()}{detail[1:]}. When that is mended: `alisa restart {status.name}`."


def _and(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
