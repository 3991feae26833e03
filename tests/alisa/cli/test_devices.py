"""`alisa devices`: what is plugged in, and which of it is hers."""

from __future__ import annotations

import json

import pytest

from alisa.runtime.errors import MissingError
from tests.alisa.cli.conftest import Alisa
from tests.rig.sound import Sound
from tests.rig.sound_fixtures import lasting_sound, sound
from voice.audio import devices as audio
from voice.audio.devices import Device

__all__ = ["lasting_sound", "sound"]

HEADSET = Device("USB Headset", "input", 44100, False, "ALSA")
BUILT_IN = Device("Built-in", "input", 48000, True, "ALSA")


@pytest.fixture
def two_microphones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two microphones and no speaker."""
    monkeypatch.setattr(audio, "inventory", lambda direction: [BUILT_IN, HEADSET] if direction == "input" else [])


def test_hers_is_marked(alisa: Alisa, two_microphones: None) -> None:
    """Without a setting the default is hers; what is missing is said with what to do."""
    done = alisa("devices")
    assert done.code == 0
    assert "● Built-in  (48 kHz, ALSA, the system's default)" in done.out
    assert "  USB Headset  (44.1 kHz, ALSA)" in done.out
    assert "plug in a speaker" in done.out


def test_a_part_of_the_name_chooses(alisa: Alisa, two_microphones: None) -> None:
    """The setting names a part; capitals do not matter; JSON says the same."""
    assert alisa("config", "set", "voice.microphone", "headset").code == 0
    found = json.loads(alisa("devices", "--json").out)
    assert [row["name"] for row in found["microphones"] if row["chosen"]] == ["USB Headset"]
    assert found["speakers"] == []


def test_one_that_is_away_is_waited_for(alisa: Alisa, two_microphones: None) -> None:
    """A name that nothing has now is said to be waited for, and nothing else is chosen."""
    alisa("config", "set", "voice.microphone", "Studio")
    done = alisa("devices")
    assert "'Studio' (voice.microphone) is not here now" in done.out
    assert "●" not in done.out


def test_without_portaudio_it_says_what_to_install(alisa: Alisa, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence and exit code 3."""

    def absent(direction: str) -> list[Device]:
        raise MissingError("no_portaudio", "PortAudio is not on this system.", "Install it.")

    monkeypatch.setattr(audio, "inventory", absent)
    done = alisa("devices")
    assert (done.code, done.out) == (3, "")
    assert "PortAudio" in done.err


@pytest.mark.sound
def test_the_sound_servers_devices_have_their_own_names(sound: Sound, alisa: Alisa) -> None:
    """On the rig the names are those that people see, the default is hers, and a monitor is no microphone."""
    from voice.audio import portaudio

    portaudio.look_again()  # the server was not there when this process began
    found = json.loads(alisa("devices", "--json").out)
    assert [(row["name"], row["chosen"], row["rate"]) for row in found["microphones"]] == [
        ("RigMicrophone", True, 48000)
    ]
    assert ("RigSpeaker", True) in [(row["name"], row["chosen"]) for row in found["speakers"]]
