"""Mood moves her voice a little; personas have voices."""

from __future__ import annotations

import pytest

from alisa.protocol.tags import Emotion
from voice.words.prosody import MOODS, PERSONA_VOICES, Prosody, prosody, voice_of


def test_every_emotion_has_a_small_change() -> None:
    """All seven are there; a tenth of the rate and a semitone at most; neutral changes nothing."""
    assert set(MOODS) == set(Emotion)
    assert all(abs(mood.rate - 1) <= 0.1001 and abs(mood.pitch) <= 1 for mood in MOODS.values())
    assert MOODS[Emotion.NEUTRAL] == Prosody()
    assert len(set(MOODS.values())) == len(MOODS)


def test_mood_moves_what_the_settings_wish() -> None:
    """And nothing where it is switched off."""
    wished = Prosody(1.2, 2.0)
    sad = prosody(Emotion.SAD, wished)
    assert sad.rate < wished.rate
    assert sad.pitch < wished.pitch
    assert prosody(Emotion.SAD, wished, mood=False) == wished


@pytest.mark.parametrize("wished", [Prosody(2.0, 12.0), Prosody(0.5, -12.0)])
@pytest.mark.parametrize("emotion", list(Emotion))
def test_engines_are_never_asked_for_too_much(wished: Prosody, emotion: Emotion) -> None:
    """Rate and pitch stay within what the settings allow."""
    now = prosody(emotion, wished)
    assert 0.5 <= now.rate <= 2.0
    assert -12.0 <= now.pitch <= 12.0


def test_a_voice_is_wished_or_the_personas_or_the_engines() -> None:
    """In this order."""
    assert voice_of("Alisa", "espeak", "en-gb") == "en-gb"
    assert voice_of("Alisa", "espeak") == PERSONA_VOICES["alisa"]["espeak"]
    assert voice_of("somebody", "espeak") == voice_of("alisa", "scripted") == ""
    assert voice_of("alisa", "piper") == "", "a voice of Piper is a model, and she has the one that is here"
    assert all(
        a != b for a, b in zip(PERSONA_VOICES["alisa"].values(), PERSONA_VOICES["assistant"].values(), strict=True)
    )
