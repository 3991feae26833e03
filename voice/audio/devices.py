"""Which microphones and speakers there are, and which one is meant by a name.

PortAudio lists a device once for each of the system's interfaces; only the best of them is looked at here,
and on Linux the sound server's own names, where it can be asked. How a stream runs is not known here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

from alisa.runtime import children
from voice.audio import portaudio, pulse

Direction: TypeAlias = Literal["input", "output"]

_INTERFACES = ("Windows WASAPI", "Core Audio", "ALSA")
"""the best first; where none of them is there, all are shown"""
_SCAN_SECONDS = 20.0
_PULSE = "pulse"
_PLUGINS = frozenset({"default", _PULSE, "pipewire", "sysdefault", "jack"})
"""devices of ALSA that convert rates themselves, and whose own rate is not known to PortAudio"""
_SERVER_RATE = 48000
"""what PulseAudio's and PipeWire's hardware mostly runs at"""


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone or a speaker."""

    name: str
    """what people call it, and what the settings name a part of"""
    direction: Direction
    rate: int
    """its own rate, in samples per second"""
    default: bool
    """Is it the one that the system prefers?"""
    interface: str
    """through what it is reached: "WASAPI", "Core Audio", "ALSA", "PulseAudio" """
    port: str = ""
    """what the sound server calls it, if it has one"""
    portaudio_name: str = ""
    """what PortAudio calls it"""


def inventory(direction: Direction) -> list[Device]:
    """Return the devices that can be opened now, as PortAudio saw them when it was started last.

    Raises MissingError where there is no PortAudio.
    """
    with portaudio.still() as sounddevice:
        seen = _listed(sounddevice, direction)
    behind = pulse.ports(direction) if any(device.name == _PULSE for device in seen) else None
    if behind is None:
        return seen
    own = [Device(port.label, direction, port.rate, port.default, "PulseAudio", port.name, _PULSE) for port in behind]
    cards = [device for device in seen if device.name not in _PLUGINS]
    return own + [Device(**{**asdict(device), "default": False}) for device in cards]


def choose(devices: Iterable[Device], wanted: str) -> Device | None:
    """Return the device that is meant: the default for an empty name, else one whose name has `wanted` in it.

    Capitals do not matter. The whole name is better than a part of it, and the default better than others.
    """
    candidates = list(devices)
    if not wanted.strip():
        return next((device for device in candidates if device.default), None)
    text = wanted.strip().casefold()
    matching = [device for device in candidates if text in device.name.casefold() or text == device.port.casefold()]
    return max(
        matching,
        key=lambda device: (text in (device.name.casefold(), device.port.casefold()), device.default),
        default=None,
    )


def find(direction: Direction, wanted: str, *, again: bool) -> Device | None:
    """Return the device that is meant, or None while it is not there.

    `again` says that it could not be opened or found before: then a process of its own looks at what there is
    now, and only if PortAudio's list is out of date it is told to look again.
    """
    if again and _outdated():
        portaudio.look_again()
    return choose(inventory(direction), wanted)


def _outdated() -> bool:
    """Does PortAudio see other devices now than when it was started?"""
    with portaudio.still() as sounddevice:
        known = _signature(sounddevice)
    if pulse.available() and any(name == _PULSE for name, _, _ in known):
        return False  # what stands behind `pulse` is asked each time
    try:
        scan = subprocess.run(
            [sys.executable, "-m", "voice.audio.devices"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SCAN_SECONDS,
            check=False,
            **children.popen_kwargs(),
        )
        now = [tuple(row) for row in json.loads(scan.stdout)]
    except (OSError, ValueError, subprocess.SubprocessError):
        return False
    return now != known


def _signature(sounddevice: Any) -> list[tuple[str, int, int]]:
    """Return what distinguishes one list of devices from another."""
    return [(row["name"], row["max_input_channels"], row["max_output_channels"]) for row in sounddevice.query_devices()]


def _listed(sounddevice: Any, direction: Direction) -> list[Device]:
    """Return PortAudio's devices, those of the best interface only."""
    interfaces: Sequence[Any] = sounddevice.query_hostapis()
    rows: Sequence[Any] = sounddevice.query_devices()
    names = [interface["name"] for interface in interfaces]
    best = next((name for name in _INTERFACES if name in names), None)
    found = []
    for interface in interfaces:
        if best not in (None, interface["name"]):
            continue
        default = interface[f"default_{direction}_device"]
        for index in interface["devices"]:
            row = rows[index]
            if row[f"max_{direction}_channels"] > 0:
                rate = _SERVER_RATE if row["name"] in _PLUGINS else int(row["default_samplerate"])
                short = interface["name"].removeprefix("Windows ")
                found.append(Device(row["name"], direction, rate, index == default, short, portaudio_name=row["name"]))
    return found


def _main() -> None:
    """Print what PortAudio sees in a new process."""
    with portaudio.still() as sounddevice:
        sys.stdout.write(json.dumps(_signature(sounddevice)))


if __name__ == "__main__":
    _main()
