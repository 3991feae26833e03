"""Which device is meant, and what PortAudio and the sound server say about those there are."""

from __future__ import annotations

import builtins
import contextlib
import os
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from alisa.runtime.errors import MissingError
from voice.audio import alsa, devices, portaudio, pulse
from voice.audio.buffers import Buffer
from voice.audio.devices import Device, choose, inventory

INFO = """Server String: /run/user/1000/pulse/native
Server Name: PulseAudio (on PipeWire 1.0.5)
Default Sink: alsa_output.pci
Default Source: alsa_input.usb-Headset.mono
"""
SOURCES = """Source #50
\tState: SUSPENDED
\tName: alsa_output.pci.monitor
\tDescription: Monitor of Built-in Audio
\tSample Specification: s32le 2ch 48000Hz
\tMonitor of Sink: alsa_output.pci

Source #51
\tState: RUNNING
\tName: alsa_input.usb-Headset.mono
\tDescription: Jabra Headset Mono
\tSample Specification: s16le 1ch 44100Hz
\tMonitor of Sink: n/a
\tProperties:
\t\tdevice.description = "Jabra Headset Mono"

Source #52
\tName: alsa_input.webcam
\tDescription: Webcam
\tMonitor of Sink: n/a
"""


def device(name: str, default: bool = False, port: str = "") -> Device:
    """A microphone."""
    return Device(name, "input", 48000, default, "ALSA", port)


def test_the_servers_words_are_read() -> None:
    """Microphones with their names, rates and the default; what a sink plays is none of them."""
    assert pulse.parse(INFO, SOURCES, "input") == [
        pulse.Port("alsa_input.usb-Headset.mono", "Jabra Headset Mono", 44100, True),
        pulse.Port("alsa_input.webcam", "Webcam", 48000, False),
    ]
    assert pulse.parse(INFO, "", "output") == []


def test_a_name_means_one_device() -> None:
    """A part is enough; the whole is better; an empty name is the default; an unknown one is none."""
    usb, usb2, built_in = device("USB Headset 2"), device("USB Headset"), device("Built-in", True, "alsa.pci")
    found = [usb, usb2, built_in]
    assert choose(found, "") is built_in
    assert choose(found, " usb headset ") is usb2
    assert choose(found, "headset 2") is usb
    assert choose(found, "ALSA.pci") is built_in
    assert choose(found, "studio") is None
    assert choose([usb], "") is None


class Windows:
    """PortAudio as it is on Windows: every device once for each interface."""

    def query_hostapis(self) -> list[dict[str, Any]]:
        return [
            {"name": "MME", "devices": [0, 1], "default_input_device": 0, "default_output_device": 1},
            {"name": "Windows WASAPI", "devices": [2, 3, 4], "default_input_device": 3, "default_output_device": 2},
        ]

    def query_devices(self) -> list[dict[str, Any]]:
        rows = [("Mic", 1, 0), ("Speak", 0, 2), ("Speakers (Realtek)", 0, 2), ("Microphone (USB)", 1, 0), ("Cam", 1, 0)]
        return [
            {"name": name, "max_input_channels": i, "max_output_channels": o, "default_samplerate": 44100.0}
            for name, i, o in rows
        ]


def test_each_device_is_listed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several interfaces only the best is shown, with its default and each device's own rate."""
    monkeypatch.setattr(portaudio, "library", Windows)
    assert [(row.name, row.default, row.rate, row.interface) for row in inventory("input")] == [
        ("Microphone (USB)", True, 44100, "WASAPI"),
        ("Cam", False, 44100, "WASAPI"),
    ]
    assert [row.name for row in inventory("output")] == ["Speakers (Realtek)"]


def test_without_a_server_portaudios_own_list_has_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where `pactl` is not installed the devices that PortAudio sees are offered."""
    monkeypatch.setattr(pulse, "available", lambda: False)
    assert pulse.ports("input") is None
    monkeypatch.setattr(portaudio, "library", Windows)
    assert len(inventory("input")) == 2


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32", "haiku"])
def test_without_portaudio_the_fix_is_said(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    """No PortAudio is one sentence with the fix for this system, not a trace."""
    real = builtins.__import__

    def importing(name: str, *rest: Any, **others: Any) -> Any:
        if name == "sounddevice":
            raise OSError("PortAudio library not found")
        return real(name, *rest, **others)

    monkeypatch.setattr(builtins, "__import__", importing)
    monkeypatch.setattr(sys, "platform", platform)
    with pytest.raises(MissingError) as caught:
        portaudio.library()
    assert caught.value.code == "no_portaudio"
    assert "nstall" in caught.value.hint


def test_looking_again_closes_what_is_open_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """PortAudio is ended only after everybody let go of their streams; afterwards they may open them again."""
    events: list[str] = []
    fake = SimpleNamespace(_terminate=lambda: events.append("ended"), _initialize=lambda: events.append("started"))
    monkeypatch.setattr(portaudio, "library", lambda: fake)
    monkeypatch.setattr(alsa, "narrow", lambda: False)

    def let_go() -> None:
        events.append("closed")

    with portaudio.using(let_go):
        pass
    portaudio.look_again()
    assert events == ["closed", "ended", "started"]
    portaudio.done(let_go)
    portaudio.look_again()
    assert events.count("closed") == 1


def test_it_looks_again_only_where_the_list_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """A device that is away makes PortAudio look again only when a process of its own sees other devices."""
    looked: list[int] = []
    monkeypatch.setattr(portaudio, "library", Windows)
    monkeypatch.setattr(portaudio, "look_again", lambda: looked.append(1))
    monkeypatch.setattr(devices, "_outdated", lambda: False)
    assert devices.find("input", "studio", again=True) is None
    assert not looked
    monkeypatch.setattr(devices, "_outdated", lambda: True)
    devices.find("input", "studio", again=False)
    assert not looked
    devices.find("input", "studio", again=True)
    assert looked


@pytest.mark.sound
def test_a_process_of_its_own_sees_what_is_there_now(sound: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scan finds the rig's devices though this process's PortAudio does not know them."""
    monkeypatch.setattr(pulse, "available", lambda: False)
    monkeypatch.setattr(devices, "_signature", lambda _: [("nothing", 0, 0)])
    assert devices._outdated()


def test_streams_ask_for_their_device_and_how_much_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only while they are opened: what was in the environment before is there again, whatever happens."""
    monkeypatch.setenv("PULSE_LATENCY_MSEC", "60")
    monkeypatch.delenv("PULSE_SOURCE", raising=False)
    with contextlib.suppress(OSError), pulse.asking("input", "mic", 0.01):
        assert (os.environ["PULSE_SOURCE"], os.environ["PULSE_LATENCY_MSEC"]) == ("mic", "10")
        raise OSError
    with pulse.asking("output", "speaker"):
        assert (os.environ["PULSE_SINK"], os.environ["PULSE_LATENCY_MSEC"]) == ("speaker", "60")
    assert "PULSE_SOURCE" not in os.environ


def test_a_large_buffer_is_handed_over_in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """PortAudio would divide every buffer into three: the microphone's into thirtieths of a second."""
    told: list[int] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(sys.modules, "sounddevice", SimpleNamespace(_libname="libportaudio.so.2"))
    monkeypatch.setattr("ctypes.CDLL", lambda _name: SimpleNamespace(PaAlsa_SetNumPeriods=told.append))
    for buffer in (Buffer(0.1, 0.01), Buffer(0.03, 0.02), Buffer("low"), Buffer(0.1)):
        portaudio.divide(buffer)
    assert told == [11, 4]
    monkeypatch.setattr("ctypes.CDLL", lambda _name: SimpleNamespace())  # a build without ALSA
    portaudio.divide(Buffer(0.1, 0.01))
