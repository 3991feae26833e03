"""What PortAudio is shown of ALSA: the server and the cards where there is a server, else everything."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from alisa.runtime.paths import data_folder
from voice.audio import alsa, portaudio, pulse

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ALSA is Linux's")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bool]:
    """A sound server that answers or not, and nobody who named a configuration."""
    state = {"answers": True}
    _install(tmp_path_factory.mktemp("data"), monkeypatch)
    monkeypatch.setattr(pulse, "answers", lambda: state["answers"])
    monkeypatch.setenv("ALSA_CONFIG_PATH", "")
    monkeypatch.delenv("ALSA_CONFIG_PATH")
    return state


def _install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what ships with Alisa in that folder."""
    (folder / "sound").mkdir(parents=True)
    shutil.copy(data_folder() / "sound" / "alsa.conf", folder / "sound")
    monkeypatch.setattr(alsa, "data_folder", lambda: folder)


@linux
def test_it_is_narrow_only_while_a_server_answers(server: dict[str, bool]) -> None:
    """The server goes: all of ALSA is shown from the next look on."""
    assert alsa.narrow()
    assert os.environ["ALSA_CONFIG_PATH"].endswith("alsa.conf")
    assert alsa.narrow()
    server["answers"] = False
    assert not alsa.narrow()
    assert "ALSA_CONFIG_PATH" not in os.environ


@linux
def test_a_configuration_of_ones_own_is_left_alone(server: dict[str, bool], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever names one knows why."""
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/my/own.conf")
    assert not alsa.narrow()
    alsa.widen()
    assert os.environ["ALSA_CONFIG_PATH"] == "/my/own.conf"


@linux
@pytest.mark.parametrize("name", ["my programs", "a:b"])
def test_in_a_folder_whose_name_alsa_would_take_apart_all_is_shown(
    server: dict[str, bool], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    """ALSA takes the name for those of several files, none of which is there; PortAudio would end the process."""
    _install(tmp_path / name, monkeypatch)
    assert not alsa.narrow()
    assert "ALSA_CONFIG_PATH" not in os.environ


def test_on_other_systems_nothing_is_done(server: dict[str, bool], monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no ALSA."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not alsa.narrow()


@linux
@pytest.mark.parametrize("seen", ["pulse", "hw:0"])
def test_without_a_way_to_the_server_all_is_shown(
    server: dict[str, bool], monkeypatch: pytest.MonkeyPatch, seen: str
) -> None:
    """Where ALSA's plugin for the server is not installed, PortAudio looks once more, at everything."""
    events: list[str] = []
    fake: Any = SimpleNamespace(
        _terminate=lambda: events.append("ended"),
        _initialize=lambda: events.append("wide" if "ALSA_CONFIG_PATH" not in os.environ else "narrow"),
        query_devices=lambda: [{"name": seen}],
    )
    monkeypatch.setattr(portaudio, "library", lambda: fake)
    portaudio.look_again()
    assert events == (["ended", "narrow"] if seen == "pulse" else ["ended", "narrow", "ended", "wide"])


@linux
@pytest.mark.sound
@pytest.mark.skipif(" " in str(data_folder()), reason="shown all of ALSA: the name of the folder has a space")
def test_no_codecs_are_loaded_to_hear_and_to_speak(sound: Any) -> None:
    """A process that knows the devices of the rig has not loaded what ALSA's converters need."""
    program = (
        "from voice.audio import devices; print([d.name for d in devices.inventory('input')]); "
        "print(open('/proc/self/maps').read())"
    )
    environment = {name: value for name, value in sound.environment.items() if name != "ALSA_CONFIG_PATH"}
    ran = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert "libasound" in ran.stdout
    assert not [name for name in ("libavcodec", "librsvg") if name in ran.stdout]
    assert ran.stdout.splitlines()[0] != "[]"
