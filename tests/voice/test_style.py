"""How a sentence is spoken: in words that can be said, with her voice, in her mood."""

from __future__ import annotations

from alisa.protocol.tags import Emotion
from voice.settings import VoiceSettings
from voice.style import Style

WRITTEN = "It is **5 km**, Dr. Smith. 🙂"


def test_what_is_written_is_made_speakable() -> None:
    """In English to the last number; in other languages only what is for the eye is taken out."""
    assert Style(VoiceSettings(), "espeak").words(WRITTEN).text == "It is five kilometers, Doctor Smith."
    assert Style(VoiceSettings(language="de"), "espeak").words(WRITTEN).text == "It is 5 km, Dr. Smith."


def test_her_mood_moves_rate_and_pitch_a_little() -> None:
    """Around what the settings wish; and not at all where they wish that."""
    style = Style(VoiceSettings(tts_rate=1.2, tts_pitch=2.0), "espeak")
    words = style.words("Hello.")
    usual, happy, sad = (style.request(words, mood) for mood in (None, Emotion.HAPPY, Emotion.SAD))
    assert (usual.rate, usual.pitch) == (1.2, 2.0)
    assert happy.rate > usual.rate > sad.rate
    assert happy.pitch > usual.pitch > sad.pitch
    calm = Style(VoiceSettings(mood=False), "espeak").request(words, Emotion.HAPPY)
    assert (calm.rate, calm.pitch) == (1.0, 0.0)


def test_the_voice_is_the_users_else_her_personas() -> None:
    """By the engine that was chosen; whoever she is."""
    style = Style(VoiceSettings(), "espeak")
    words = style.words("Hello.")
    assert style.request(words, None).voice == ""
    style.persona = "alisa"
    assert style.request(words, None).voice == "en-us+f3"
    style.persona, style.engine = "assistant", "edge"
    assert style.request(words, None).voice == "en-US-JennyNeural"
    style = Style(VoiceSettings(tts_voice="en-gb"), "espeak")
    style.persona = "alisa"
    assert style.request(words, None).voice == "en-gb"
