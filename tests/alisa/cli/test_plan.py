"""Which processes are started on which machine, and which are left out and why."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from alisa.cli.machine import PARTS, Machine
from alisa.cli.plan import Plan, environment, make_plan
from alisa.runtime.errors import MissingError, UsageError
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings

HOME = Home(Path("/home/me/alisa home"))
ALL = Machine(frozenset(PARTS), display=True, x11=True, tk=True, sound=True, camera=True)


def plan(machine: Machine = ALL, llm: LlmSettings | None = None, **wanted: list[str]) -> Plan:
    return make_plan(llm or LlmSettings(), machine, HOME, "python", **wanted)


def names(made: Plan) -> list[str]:
    return [spec.name for spec in made.processes]


def missing(made: Plan) -> dict[str, str]:
    return {each.name: each.why for each in made.missing}


def test_a_machine_that_has_everything_runs_everything() -> None:
    """All parts, the model first: it takes longest, and nobody has to wait for it."""
    made = plan()
    assert names(made) == list(PARTS)
    assert made.missing == ()
    hub = made.processes[1]
    assert hub.waits_for == ()
    assert all(spec.waits_for == ("backend",) for spec in made.processes[2:])


def test_each_part_is_run_by_its_name_and_found_by_its_file() -> None:
    """`python -P -m backend`: a folder of that name where the user stands is not run."""
    model, hub, *_ = plan().processes
    assert hub.argv == ("python", "-P", "-m", "backend")
    assert hub.ready.file == str(HOME.hub_file)
    assert model.ready.file == str(HOME.llm_file)
    assert model.outlives == ("backend",)


@pytest.mark.parametrize(
    ("machine", "part", "why"),
    [
        (replace(ALL, display=False), "overlay", "there is no display"),
        (replace(ALL, x11=False), "overlay", "there is no XWayland, which shows her under Wayland"),
        (replace(ALL, tk=False), "overlay", "tkinter is missing"),
        (replace(ALL, sound=False), "voice", "there is no sound device"),
        (replace(ALL, display=False, camera=False), "vision", "there is neither a camera nor a display"),
        (replace(ALL, parts=ALL.parts - {"vision"}), "vision", "not part of this version yet"),
    ],
)
def test_what_cannot_run_here_is_left_out_and_told(machine: Machine, part: str, why: str) -> None:
    """Without a display, sound, a camera she still runs, and says what is missing."""
    made = plan(machine)
    assert part not in names(made)
    assert missing(made)[part] == why
    assert {"backend", "llm_server"} <= set(names(made))


def test_the_avatar_may_be_closed() -> None:
    """She says in a file of her own that she is on the screen; a window that the user closed is not opened again."""
    overlay = plan().processes[2]
    assert overlay.ready.file == str(HOME.avatar_file)
    assert overlay.may_leave
    assert [spec.name for spec in plan().processes if spec.may_leave] == ["overlay", "voice"]


def test_eyes_need_a_camera_or_a_screen() -> None:
    """One of the two is enough."""
    assert "vision" in names(plan(replace(ALL, camera=False)))
    assert "vision" in names(plan(replace(ALL, display=False)))


def test_no_model_server_where_another_one_is_named() -> None:
    """With `llm.url` Alisa runs no model, says so, and shows no password of the address."""
    made = plan(llm=LlmSettings(url="http://me:secret@box:11434/v1"))
    assert "llm_server" not in names(made)
    assert missing(made)["llm_server"] == "not needed: the model is at http://box:11434/v1"


def test_no_model_server_for_a_scripted_engine() -> None:
    """Another engine needs no llama.cpp."""
    made = plan(llm=LlmSettings(engine="scripted"))
    assert "llm_server" not in names(made)
    assert "scripted" in missing(made)["llm_server"]


def test_only_and_without() -> None:
    """The user's choice is followed, in our order."""
    assert names(plan(only=["backend", "llm_server"])) == ["llm_server", "backend"]
    assert names(plan(without=["voice", "vision"])) == ["llm_server", "backend", "overlay"]
    assert names(plan(only=["backend", "voice"], without=["voice"])) == ["backend"]
    assert plan(only=["backend"]).missing == ()


def test_a_part_that_was_asked_for_must_be_there() -> None:
    """Asked for by name and not possible: missing, with what to do. Not needed is no failure."""
    with pytest.raises(MissingError) as caught:
        plan(replace(ALL, display=False), only=["overlay"])
    assert caught.value.hint
    made = plan(llm=LlmSettings(engine="scripted"), only=["backend", "llm_server"])
    assert names(made) == ["backend"]


@pytest.mark.parametrize(("typed", "meant"), [("voce", "voice"), ("backed", "backend"), ("hub", "backend"), ("x", "")])
def test_an_unknown_part_is_wrong_use(typed: str, meant: str) -> None:
    """The user learns what was meant."""
    for wish in ({"only": [typed]}, {"without": [typed]}):
        with pytest.raises(UsageError) as caught:
            plan(**wish)
        assert "Choose from" in caught.value.hint
        assert not meant or f"Did you mean {meant}?" in caught.value.hint


def test_nothing_left_is_wrong_use() -> None:
    """Leaving out everything starts nothing and says so."""
    with pytest.raises(UsageError):
        plan(without=list(PARTS))


def test_nothing_that_can_run_here_is_missing_something() -> None:
    """What is left cannot run on this machine: no empty Alisa is started, and the reasons are told."""
    with pytest.raises(MissingError) as caught:
        plan(replace(ALL, display=False, sound=False, camera=False), without=["backend", "llm_server"])
    assert "overlay: there is no display" in caught.value.message
    assert "voice: there is no sound device" in caught.value.message


def test_the_environment_of_every_part() -> None:
    """Its home, its code first on the path, and that it ends with the supervisor; the user's own variables stay."""
    made = environment({"PYTHONPATH": f"/mine{os.pathsep}/code", "LANG": "C"}, HOME, "/code")
    assert made["ALISA_HOME"] == str(HOME.root)
    assert made["ALISA_SUPERVISED"] == "1"
    assert made["PYTHONPATH"] == f"/code{os.pathsep}/mine"
    assert made["LANG"] == "C"
