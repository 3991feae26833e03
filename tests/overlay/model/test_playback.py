"""A voice that speaks her words: her mouth is hers only while it speaks."""

from __future__ import annotations

from alisa.protocol import Emotion
from alisa.protocol.messages import EmotionShown, End, Mouth, Sentence, SpeechEnd, SpeechStart, Turn
from overlay.expressions import Expression
from overlay.model import Activity, activity_at
from overlay.model.pose import SPEECH_LIMIT_SECONDS
from overlay.model.replies import EMOTION_SECONDS
from tests.overlay.story import START, at_home, face, told


def test_she_speaks_from_start_to_end_of_playback() -> None:
    """`[SPEECH_START]` to `[SPEECH_END]`, also when the turn itself has long ended."""
    avatar = at_home("", (1.0, Turn(turn=1)), (1.5, End(turn=1)), (2.0, SpeechStart(1)))
    assert activity_at(avatar, START + 9.0) is Activity.SPEAKING
    assert activity_at(told(avatar, (9.0, SpeechEnd(turn=1))), START + 9.0) is Activity.IDLE


def test_the_emotion_holds_while_she_speaks_and_after() -> None:
    """A long speech does not outlive its emotion, which stays a while after the last word."""
    avatar = at_home("", (1.0, EmotionShown(Emotion.SHY, 1)), (2.0, End(turn=1)), (2.0, SpeechStart(1)))
    assert face(avatar, 90.0) is Expression.SHY
    after = told(avatar, (100.0, SpeechEnd(turn=1)))
    assert face(after, 99.0 + EMOTION_SECONDS) is Expression.SHY
    assert face(after, 101.0 + EMOTION_SECONDS) is Expression.NEUTRAL


def test_the_end_of_an_older_speech_does_not_end_a_newer_one() -> None:
    """Playback of turn 2 goes on when the end of turn 1 comes late; one without a number ends whatever is spoken."""
    avatar = at_home("", (1.0, SpeechStart(1)), (2.0, SpeechStart(2)))
    assert told(avatar, (2.1, SpeechEnd(turn=1)), (2.2, SpeechStart(1))) == avatar
    assert told(avatar, (2.1, SpeechEnd())).speech is None


def test_a_mouth_outside_of_playback_means_nothing() -> None:
    """`[MOUTH]` without a speech does not move her."""
    avatar = at_home()
    assert told(avatar, (1.0, Mouth(0.8))) == avatar


def test_odd_openings_are_held_to_their_range() -> None:
    """What a foreign client says of her mouth is never out of range, and no number is a closed mouth."""
    avatar = at_home("", (1.0, SpeechStart(1)))
    for opening, goal in ((7.5, 1.0), (-2.0, 0.0), (float("nan"), 0.0), (0.4, 0.4)):
        speech = told(avatar, (1.1, Mouth(opening))).speech
        assert speech is not None
        assert speech.mouth.goal == goal


def test_a_voice_that_vanished_does_not_speak_for_ever() -> None:
    """Without `[SPEECH_END]` her mouth comes to rest by itself in the end."""
    avatar = at_home("", (1.0, SpeechStart(1)), (5.0, Mouth(0.3)))
    assert activity_at(avatar, START + 5.0 + SPEECH_LIMIT_SECONDS - 1.0) is Activity.SPEAKING
    assert activity_at(avatar, START + 5.0 + SPEECH_LIMIT_SECONDS + 1.0) is Activity.IDLE


def test_playback_takes_over_from_shown_words() -> None:
    """When the voice begins after all, the mouth follows the voice and stops with it."""
    avatar = at_home("", (1.0, Sentence("word " * 60, 1)), (1.5, SpeechStart(1)), (2.0, SpeechEnd(turn=1)))
    assert activity_at(avatar, START + 2.0) is Activity.IDLE
