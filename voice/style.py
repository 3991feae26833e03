"""How a sentence is spoken: in which words, with which voice, how fast and how high.

Pure. Which engine speaks in the end is not known here; the chain gives each its own voice.
"""

from __future__ import annotations

from alisa.protocol.tags import Emotion
from voice.settings import VoiceSettings
from voice.tts.speech import SpeakRequest
from voice.words.prosody import Prosody, prosody, voice_of
from voice.words.speakable import Speakable, speakable_with_map


class Style:
    """Her way of speaking, as the settings and her persona say."""

    def __init__(self, settings: VoiceSettings, engine: str) -> None:
        """`engine` is the one that was chosen; its voices are what a request names."""
        self.engine = engine
        self.persona = ""
        self._settings = settings
        self._wished = Prosody(settings.tts_rate, settings.tts_pitch)
        self._english = settings.language.lower().startswith("en")

    def words(self, text: str) -> Speakable:
        """The words that are said for what was written."""
        return speakable_with_map(text, english=self._english)

    def request(self, words: Speakable, emotion: Emotion | None) -> SpeakRequest:
        """What an engine is asked for."""
        now = prosody(emotion or Emotion.NEUTRAL, self._wished, mood=self._settings.mood)
        voice = voice_of(self.persona, self.engine, self._settings.tts_voice)
        return SpeakRequest(words.text, voice, now.rate, now.pitch)
