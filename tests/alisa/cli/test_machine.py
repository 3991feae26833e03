"""What a machine offers, seen without opening a device."""

from __future__ import annotations

from pathlib import Path

import pytest

from alisa.cli import machine
from alisa.cli.machine import has_camera, has_display, has_sound, has_tk, has_x11, is_here, look_around
from tests.faults import needs_linux

pytestmark = needs_linux


@pytest.mark.parametrize(
    ("env", "there"),
    [({}, False), ({"DISPLAY": ""}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "w"}, True)],
)
def test_a_display(env: dict[str, str], there: bool) -> None:
    """X11 or Wayland."""
    assert has_display(env) is there


@pytest.mark.parametrize(("env", "there"), [({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "w"}, False), ({}, False)])
def test_a_screen_for_tk(env: dict[str, str], there: bool) -> None:
    """Wayland alone is none: Tk needs XWayland."""
    assert has_x11(env) is there


def test_tkinter_is_whole_or_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some systems package the library apart from the module; both have to be here."""
    monkeypatch.setattr(machine.importlib.util, "find_spec", lambda name: None if name == "_tkinter" else object())
    assert not has_tk()
    monkeypatch.setattr(machine.importlib.util, "find_spec", lambda name: object())
    assert has_tk()


def test_elsewhere_there_is_a_display_but_over_ssh(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows and macOS a person sits in front of it, unless they came through SSH."""
    monkeypatch.setattr(machine, "_LINUX", False)
    assert has_display({})
    assert not has_display({"SSH_CONNECTION": "1.2.3.4"})
    assert has_sound({})
    assert has_camera()


def test_sound(tmp_path: Path) -> None:
    """A sound server, or a card that the kernel knows."""
    assert not has_sound({}, tmp_path)
    assert has_sound({"PULSE_SERVER": "unix:/x"}, tmp_path)
    (tmp_path / "pulse").mkdir()
    assert not has_sound({"XDG_RUNTIME_DIR": str(tmp_path)}, tmp_path)
    (tmp_path / "pulse" / "native").touch()
    assert has_sound({"XDG_RUNTIME_DIR": str(tmp_path)}, tmp_path)
    (tmp_path / "asound").mkdir()
    cards = tmp_path / "asound" / "cards"
    cards.write_text("--- no soundcards ---\n")
    assert not has_sound({}, tmp_path)
    cards.write_text(" 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n")
    assert has_sound({}, tmp_path)


def test_a_camera(tmp_path: Path) -> None:
    """A video device of the kernel."""
    assert not has_camera(tmp_path)
    (tmp_path / "video0").touch()
    assert has_camera(tmp_path)


def test_parts_are_found_without_importing_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A part is here when it has something to run; an empty folder of its name is not."""
    assert not is_here("no_such_part")
    folder = tmp_path / "odd_part"
    folder.mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert not is_here("odd_part")
    (folder / "__init__.py").write_text("raise RuntimeError")
    (folder / "__main__.py").write_text("raise RuntimeError")
    assert is_here("odd_part")


def test_this_machine() -> None:
    """The model server, the hub and the avatar are parts of this version."""
    assert {"llm_server", "backend", "overlay"} <= look_around().parts
