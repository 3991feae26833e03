"""What PortAudio is shown of ALSA: the server and the cards where there is a server, else everything."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from voice.audio import alsa, portaudio, pulse

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ALSA is Linux's")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """A sound server that answers or not, and nobody who named a configuration."""
    state = {"answers": True}
    monkeypatch.setattr(pulse, "answers", lambda: state["answers"])
    monkeypatch.setenv("ALSA_CONFIG_PATH", "")
    monkeypatch.delenv("ALSA_CONFIG_PATH")
    return state


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
