"""A microphone and a speaker for the tests of the audio room, see `tests/rig/sound.py`."""

from tests.rig.sound_fixtures import lasting_sound, sound, speech

__all__ = ["lasting_sound", "sound", "speech"]
