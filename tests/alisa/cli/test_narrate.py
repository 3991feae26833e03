"""What is said while she wakes."""

from __future__ import annotations

from alisa.cli.narrate import Narrator, why_failed
from alisa.cli.plan import Missing
from alisa.cli.supervisor.spec import State, Status

AT = "2026-11-21T20:14:00+00:00"


class Told(list[str]):
    """The lines that were said."""

    def __call__(self, line: str, style: str) -> None:
        self.append(line)


def status(name: str, state: State, detail: str = "", restarts: int = 0) -> Status:
    return Status(name, state, AT, 1, restarts, detail)


def test_one_line_for_each_thing_that_happens() -> None:
    """The model is loading, then ready; the same thing is not said twice."""
    told = Told()
    narrator = Narrator(told, lambda: ("starter", ""))
    for state in (State.STARTING, State.STARTING, State.LOADING, State.READY, State.READY):
        narrator.changed(status("llm_server", state, "http://x" if state is State.READY else ""))
    assert [line.split(maxsplit=1)[1] for line in told] == ["The model is loading…", "ready: the model is starter"]


def test_another_model_than_was_chosen_is_told() -> None:
    """The starter never speaks silently for a model that is not there."""
    told = Told()
    why = "The starter speaks for now. The model big is not on this machine yet. Get it with: alisa models pull big"
    Narrator(told, lambda: ("starter", why)).changed(status("llm_server", State.READY, "http://x"))
    assert told == [f"  llm_server  ready. {why}"]


def test_what_became_of_the_history_is_told() -> None:
    """Somebody whose history was damaged and healed reads it where they woke her, not only in a log."""
    told = Told()
    narrator = Narrator(told, notices=lambda: ["The history file was damaged. It is kept as x.db."])
    narrator.awake([status("backend", State.READY, "http://127.0.0.1:8000")])
    assert told[0] == "The history file was damaged. It is kept as x.db."
    assert told[1].startswith("Alisa is awake.")


def test_the_hub_says_where_it_is() -> None:
    """The address is there to be used."""
    told = Told()
    narrator = Narrator(told)
    narrator.changed(status("backend", State.READY, "http://127.0.0.1:8000"))
    assert told == ["  backend     ready at http://127.0.0.1:8000"]


def test_what_is_missing_and_why() -> None:
    """One line each, with what to do where something is to be done."""
    told = Told()
    Narrator(told).missing(
        [
            Missing("voice", "there is no sound device", "Connect one."),
            Missing("llm_server", "not needed: x", "", False),
        ]
    )
    assert told == ["  voice       there is no sound device. Connect one.", "  llm_server  not needed: x."]


def test_awake() -> None:
    """When the hub is ready she is awake, and what to type next is said."""
    told = Told()
    narrator = Narrator(told)
    narrator.awake([status("backend", State.READY, "http://127.0.0.1:8000"), status("llm_server", State.READY)])
    narrator.awake([status("backend", State.READY, "http://127.0.0.1:8000"), status("llm_server", State.FAILED, "no")])
    narrator.awake([status("llm_server", State.READY)])
    narrator.awake([status("backend", State.FAILED, "no")])
    assert told == [
        "Alisa is awake. Type `alisa chat` to talk with her.  http://127.0.0.1:8000",
        "Alisa is awake, but the model failed. Type `alisa chat` to talk with her.  http://127.0.0.1:8000",
        "Ready: llm_server.",
        "Alisa could not wake.",
    ]


def test_a_failure_says_why_and_what_next() -> None:
    """The reason as a sentence, and the command that tries again; not where the caller tells of it."""
    told = Told()
    failed = status("llm_server", State.FAILED, "it ended with exit code 1: no memory")
    Narrator(told).changed(failed)
    Narrator(told, failures=False).changed(failed)
    assert told == [f"  llm_server  failed. {why_failed(failed)}"]
    assert why_failed(failed) == (
        "It ended with exit code 1: no memory. When that is mended: `alisa restart llm_server`."
    )


def test_a_restart_is_told_with_its_reason() -> None:
    """Crashes are not hidden, and the second start is called one."""
    told = Told()
    narrator = Narrator(told)
    narrator.changed(status("backend", State.RESTARTING, "it was ended by SIGKILL"))
    narrator.changed(status("backend", State.STARTING, restarts=1))
    assert [line.strip() for line in told] == [
        "backend     it was ended by SIGKILL; starting it again",
        "backend     starting again…",
    ]


def test_what_fails_again_and_again_is_told_once() -> None:
    """A hub whose port is taken says so once, then that it is given up; after it was ready, everything counts anew."""
    told = Told()
    narrator = Narrator(told)
    for number in range(4):
        narrator.changed(status("backend", State.RESTARTING, "Port 8000 is taken."))
        narrator.changed(status("backend", State.STARTING, restarts=number + 1))
    assert [line.split(maxsplit=1)[1] for line in told] == [
        "Port 8000 is taken; starting it again",
        "starting again…",
    ]
    narrator.changed(status("backend", State.READY, "http://x", restarts=4))
    narrator.changed(status("backend", State.READY, "http://x", restarts=4))
    narrator.changed(status("backend", State.RESTARTING, "Port 8000 is taken."))
    assert [line.split(maxsplit=1)[1] for line in told[2:]] == [
        "ready at http://x",
        "Port 8000 is taken; starting it again",
    ]


def test_every_state_has_words() -> None:
    """Whatever happens, a line comes out, and she is never silent about it."""
    for state in State:
        told = Told()
        Narrator(told).changed(status("voice", state, "why"))
        assert told
