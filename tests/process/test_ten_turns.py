"""Ten turns, hands-free, by sound alone, and every word checked at both ends."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest

from alisa.protocol.messages import Interrupt, Mouth, SpeechEnd, SpeechStart, User
from alisa.runtime.paths import Home
from tests.process.spoken import awake, end_of_speech, history
from tests.rig.sound import RATE, Sound, lag
from tests.rig.sound_fixtures import lasting_sound, sound
from tests.voice.tts.spoken import listen
from voice.audio.clips import Clip, Samples
from voice.audio.rates import resampled
from voice.settings import VoiceSettings
from voice.style import Style
from voice.tts.assemble import chain
from voice.words.prosody import PERSONA_VOICES

__all__ = ["lasting_sound", "sound"]

pytestmark = [pytest.mark.process, pytest.mark.sound, pytest.mark.timeout(240)]

TALK = (
    ("good morning", "Good morning to you."),
    ("do you like music", "I like it very much."),
    ("what is your name", "My name is Alisa."),
    ("what time is it", "It is time for tea."),
    ("how was your day", "It was a quiet day with a little rain."),
    ("where do you come from", "I live in this computer."),
    ("what do you think about it", "I think that you are right."),
    ("can you tell me more", "Of course I can."),
    ("what about tomorrow", "Tomorrow is another day."),
    ("good evening", "Sleep well until tomorrow."),
)
COMPARED = 8000
"""samples per second that are enough to compare"""
PIECE_SECONDS = 0.2
PAUSE_SECONDS = 0.5
ALIKE = 0.8
"""a piece of a recording that is so like what was synthesised again is that"""
MOST, FEW = 0.6, 0.4
"""of the pieces so many must be there, for on a busy machine the loudspeaker may stumble in one of them; of another
sentence, fewer than so many are"""


async def spoken(home: Home, sentences: list[str]) -> list[Clip]:
    """What these sentences sound like in her voice."""
    settings = VoiceSettings(tts="espeak")
    style, voice = Style(settings, "espeak"), chain(settings, home, voices=PERSONA_VOICES["alisa"])
    style.persona = "alisa"
    made = []
    for sentence in sentences:
        heard = await listen(voice.speak(style.request(style.words(sentence), None)))
        made.append(resampled(Clip(trimmed(heard.samples), heard.rate), COMPARED))
    await voice.aclose()
    return made


def trimmed(samples: Samples) -> Samples:
    """Without the silence before and after."""
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    return samples[loud[0] : loud[-1] + 1]


def share_heard(heard: Clip, clip: Clip) -> float:
    """How much of a sentence was heard: the share of its pieces that are where they belong, or a pause beside it."""
    size, room = round(PIECE_SECONDS * COMPARED), round(PAUSE_SECONDS * COMPARED)
    begin, _ = lag(heard, clip)
    starts = range(0, len(clip.samples) - size, size)
    found = 0
    for start in starts:
        around = heard.samples[max(0, begin + start - room) : begin + start + size + room]
        if len(around) >= size:
            found += likeness(around, clip.samples[start : start + size]) > ALIKE
    return found / len(starts)


def likeness(around: Samples, piece: Samples) -> float:
    """How alike a piece and the part that is most like it are, whatever their loudness."""
    products = np.correlate(around, piece, "valid")
    energies = np.convolve(around.astype(np.float64) ** 2, np.ones(len(piece)), "valid")
    return float(np.max(products / np.sqrt(np.maximum(energies * np.sum(piece**2), 1e-9))))


async def test_ten_turns_by_sound_alone(sound: Sound, tmp_path: Path, home: Home) -> None:
    """Each question is understood word for word, and each answer is what the loudspeaker plays, word for word."""
    replies = [reply for _, reply in TALK]
    expected = await spoken(home, replies)
    async with awake(tmp_path, *([reply] for reply in replies)) as (running, watcher):
        for number, (question, reply) in enumerate(TALK):
            with sound.recording() as tape:
                await sound.say(question).heard()
                asked = end_of_speech(tape)
                await watcher.until(lambda n=number: len(watcher.all(SpeechEnd)) > n, f"the answer to {question!r}")
                await asyncio.sleep(0.1)
                heard = resampled(Clip(tape.speaker.samples[int(asked * RATE) :], RATE), COMPARED)
            assert watcher.all(User)[-1].text == question
            shares = [share_heard(heard, clip) for clip in expected]
            assert shares[number] >= MOST, (reply, shares)
            assert sorted(shares)[-2] < FEW, (reply, shares)
            assert watcher.all(SpeechEnd)[-1] == SpeechEnd(reply, True, watcher.all(SpeechStart)[-1].turn)
        assert history(running) == [
            (role, text, False) for pair in TALK for role, text in zip(("user", "assistant"), pair, strict=True)
        ]
        assert len(watcher.all(User)) == len(watcher.all(SpeechStart)) == len(TALK)
        assert watcher.all(Interrupt) == []
        assert watcher.all(Mouth)[-1].opening == 0.0
