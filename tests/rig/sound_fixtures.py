"""The fixtures of `sound.py`: one sound server for the whole session, rested between tests."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator

import pytest

from tests.rig.sound import Clip, NoSoundError, Sound, sound_rig
from tests.rig.sound import speech as spoken

__all__ = ["lasting_sound", "sound", "speech"]


@pytest.fixture(scope="session")
def lasting_sound() -> Iterator[Sound]:
    """A rig that is started when first asked for, for the whole session."""
    with contextlib.ExitStack() as stack:
        try:
            rig = stack.enter_context(sound_rig())
        except NoSoundError as reason:
            pytest.skip(str(reason))
        yield rig


@pytest.fixture
def sound(lasting_sound: Sound, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sound]:
    """A speaker and a microphone, both default; this process's devices are these."""
    for name, value in lasting_sound.daemon.variables.items():
        monkeypatch.setenv(name, value)
    lasting_sound.rest()
    yield lasting_sound
    lasting_sound.rest()


@pytest.fixture
def speech() -> Callable[..., Clip]:
    """Somebody who speaks English: `speech(text, voice="rms") -> Clip`."""
    if shutil.which("flite") is None:
        pytest.skip("flite is not installed (sudo apt install flite).")
    return spoken
