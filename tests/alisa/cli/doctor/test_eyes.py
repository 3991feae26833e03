"""What her eyes need is checked, with what to do about it."""

from __future__ import annotations

import pytest

from alisa.cli.doctor import eyes
from alisa.cli.doctor.finding import Level, Patient
from alisa.runtime.paths import Home

X11 = {"DISPLAY": ":0"}


def found(home: Home, env: dict[str, str]) -> list[tuple[Level, str, str]]:
    return [(each.level, each.says, each.fix) for each in eyes.eyes(Patient(home, env))]


@pytest.fixture(autouse=True)
def linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alisa.cli.machine._LINUX", True)
    monkeypatch.setattr(eyes, "has_camera", lambda: False)
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}" if name == "tesseract" else None)


def test_closed_eyes_are_no_trouble(home: Home) -> None:
    """Nothing is missing for what is not wanted."""
    assert {level for level, _, _ in found(home, {})} == {Level.OK}


def test_what_open_eyes_lack_is_a_problem(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """No camera, no display, no Tesseract: each with its fix."""
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}" if name == "apt" else None)
    wanted = {"ALISA_VISION__WEBCAM": "true", "ALISA_VISION__SCREEN": "true"}
    problems = [(says, fix) for level, says, fix in found(home, wanted) if level is Level.PROBLEM]
    assert [next(word for word in ("camera", "display", "Tesseract") if word in says) for says, _ in problems] == [
        "camera",
        "display",
        "Tesseract",
    ]
    assert all(fix for _, fix in problems)


def test_wayland_is_said(home: Home) -> None:
    """The screen eye sees programs of X11 alone there."""
    env = {**X11, "WAYLAND_DISPLAY": "wayland-0", "ALISA_VISION__SCREEN": "true"}
    assert any("Wayland" in says for level, says, _ in found(home, env) if level is Level.WARNING)
    assert {level for level, _, _ in found(home, {**X11, "ALISA_VISION__SCREEN": "true"})} == {Level.OK}
