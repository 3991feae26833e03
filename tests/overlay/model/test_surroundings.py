"""The hub that comes and goes, the voice's state, the user's hand and the quiet hours."""

from __future__ import annotations

import pytest

from alisa.link import Connected, Disconnected
from alisa.protocol import Emotion
from alisa.protocol.messages import (
    Action,
    EmotionShown,
    End,
    Mode,
    Mute,
    Partial,
    Sentence,
    SpeechEnd,
    SpeechStart,
    Status,
    Turn,
    Welcome,
)
from overlay.events import Dragged, PointerLeft, PointerSeen, Poked, QuietHours
from overlay.expressions import Expression
from overlay.model import Activity, Avatar, activity_at, reduce
from overlay.model.pose import DOZE_AFTER_SECONDS, SLEEPY_AFTER_SECONDS
from overlay.model.surroundings import LISTENING_SECONDS, POINTER_SECONDS, SURPRISE_SECONDS
from tests.overlay.story import START, at_home, face, told

AWAY = Disconnected("refused", 1.0)


def test_a_hub_that_stays_away_lets_her_doze() -> None:
    """She dozes off when the hub is gone, however often the link tries, and wakes when it is back."""
    avatar = at_home("", *((10.0 + retry, AWAY) for retry in range(30)))
    assert activity_at(avatar, START + 10.0 + DOZE_AFTER_SECONDS) is Activity.DOZING
    assert face(avatar, 20.0) is Expression.SLEEPY
    back = told(avatar, (60.0, Connected(Welcome(server="1", conversation="main"))))
    assert face(back, 61.0) is Expression.NEUTRAL


def test_a_hub_that_was_never_there_lets_her_doze_too() -> None:
    """Started before the hub, she is awake for a moment and then waits dozing."""
    avatar = reduce(Avatar(), AWAY, START)
    assert activity_at(avatar, START + 1.0) is Activity.IDLE
    assert activity_at(avatar, START + 5.0) is Activity.DOZING


def test_a_hub_that_restarts_does_not_make_her_doze() -> None:
    """A short absence does not show, but what was running is over."""
    avatar = at_home("", (1.0, Turn(turn=1)), (2.0, SpeechStart(1)), (3.0, AWAY))
    assert activity_at(avatar, START + 4.0) is Activity.IDLE
    assert face(told(avatar, (4.5, Connected(Welcome(server="1", conversation="main")))), 20.0) is Expression.NEUTRAL


def test_a_plain_hub_that_welcomes_nobody_takes_nothing_away() -> None:
    """A plain hub knows neither mode nor emotion: what is known stays."""
    avatar = at_home("calm", (1.0, AWAY), (2.0, Connected(Welcome(server="", conversation="main"))))
    assert avatar.mode == "calm"
    assert face(avatar, 3.0) is Expression.CALM


def test_the_mode_decides_the_resting_face() -> None:
    """`[MODE]calm` shows at once when nothing else moves her."""
    assert face(at_home("teasing", (1.0, Mode("calm"))), 2.0) is Expression.CALM
    assert face(at_home("calm", (1.0, Mode("a mode of my own"))), 2.0) is Expression.NEUTRAL


@pytest.mark.parametrize("value", ["listening", "hearing", {"state": "listening", "engine": "x"}])
def test_she_listens_while_the_user_speaks(value: object) -> None:
    """The voice's status says that the user is speaking: one sees her listen."""
    avatar = at_home("", (1.0, Status({"voice": value})))
    assert face(avatar, 2.0) is Expression.LISTENING
    assert face(told(avatar, (3.0, Status({"voice": "ready"}))), 4.0) is Expression.NEUTRAL
    assert face(told(avatar, (3.0, Turn(turn=1))), 4.0) is Expression.THINKING
    assert face(avatar, 2.0 + LISTENING_SECONDS) is Expression.NEUTRAL


@pytest.mark.parametrize("values", [{}, {"voice": None}, {"voice": 7}, {"voice": ["listening"]}, {"llm": "listening"}])
def test_an_odd_status_changes_nothing(values: dict[str, object]) -> None:
    """What the status says of other parts, or says oddly, does not show on her."""
    avatar = at_home()
    assert told(avatar, (1.0, Status(values))) == avatar


def test_a_piece_of_a_transcript_shows_that_she_listens() -> None:
    """Where a transcript in progress is heard, it is listening too."""
    avatar = at_home("", (1.0, Partial("well I")))
    assert face(avatar, 2.0) is Expression.LISTENING
    assert face(avatar, 4.0) is Expression.NEUTRAL


def test_a_voice_that_went_away_ends_the_speech() -> None:
    """When the status says that the voice is gone, her mouth rests, and shown words move it again."""
    avatar = at_home("", (1.0, SpeechStart(1)), (2.0, Status({"voice": "away"})))
    assert activity_at(avatar, START + 2.0) is Activity.IDLE
    assert activity_at(told(avatar, (3.0, Sentence("Now I write.", 2))), START + 3.1) is Activity.SPEAKING


def test_muted_she_talks_with_the_words_that_are_shown() -> None:
    """A voice that may not speak is not waited for; unmuted, it is again."""
    avatar = at_home("", (1.0, SpeechStart(1)), (2.0, SpeechEnd(turn=1)), (3.0, Mute(muted=True)))
    avatar = told(avatar, (4.0, Turn(turn=2)), (5.0, Sentence("Only written.", 2)), (6.0, End(turn=2)))
    assert activity_at(avatar, START + 5.1) is Activity.SPEAKING
    avatar = told(avatar, (7.0, Mute(muted=False)), (8.0, Turn(turn=3)), (9.0, Sentence("Spoken again.", 3)))
    assert activity_at(avatar, START + 9.1) is Activity.IDLE


@pytest.mark.parametrize("event", [Poked(), Dragged(True)])
def test_poked_or_picked_up_she_is_surprised_for_a_moment(event: Poked | Dragged) -> None:
    """Surprise shows at once, whatever she does, and is soon gone."""
    avatar = at_home("", (0.5, EmotionShown(Emotion.SAD, 1)), (1.0, event))
    assert face(avatar, 1.5) is Expression.SURPRISED
    assert face(avatar, 1.0 + SURPRISE_SECONDS + 0.5) is Expression.SAD


def test_set_down_she_is_not_surprised() -> None:
    """The end of a drag is nothing new."""
    assert face(at_home("", (1.0, Dragged(False))), 1.5) is Expression.NEUTRAL


def test_in_quiet_hours_she_grows_sleepy_when_nothing_happens() -> None:
    """Quiet hours alone do not put her to sleep while somebody is there; nothing but them does."""
    avatar = at_home("", (1.0, QuietHours(True)), (100.0, Poked()))
    assert face(avatar, 50.0 + SLEEPY_AFTER_SECONDS) is Expression.NEUTRAL
    assert face(avatar, 101.0 + SLEEPY_AFTER_SECONDS) is Expression.SLEEPY
    for happens in (PointerSeen(0.1, 0.1), Turn(turn=1), Action("a", "Open it?"), QuietHours(False)):
        assert face(told(avatar, (400.0, happens)), 400.6) is not Expression.SLEEPY
    assert face(at_home(), 5000.0) is Expression.NEUTRAL


def test_she_watches_a_pointer_while_it_moves() -> None:
    """The pointer holds her eyes; one that rests or goes lets them wander again."""
    avatar = at_home("", (1.0, PointerSeen(0.5, -0.25)))
    steps = {step.at - START: step.pose.bearing.held for step in avatar.steps}
    assert avatar.pose.bearing.look == (0.5, -0.25)
    assert avatar.pose.bearing.held == 1.0
    assert steps == {1.0 + POINTER_SECONDS: 0.0}
    assert told(avatar, (2.0, PointerSeen(0.501, -0.249))) == avatar
    assert told(avatar, (2.0, PointerLeft())).pose.bearing.held == 0.0


def test_a_pointer_far_away_or_nowhere_is_held_to_her_range() -> None:
    """Coordinates out of range, and those that are no numbers, do not turn her eyes out of her head."""
    pointer = at_home("", (1.0, PointerSeen(40.0, float("-inf")))).pointer
    assert pointer == (1.0, -1.0)
    assert at_home("", (1.0, PointerSeen(float("nan"), 0.0))).pointer == (0.0, 0.0)


def test_her_eyes_are_known_while_they_are_told_of() -> None:
    """An open eye shows on her; eyes that left, and a hub that was started anew, take that back."""
    opened = at_home("", (1.0, Status({"eyes": "open", "eyes_webcam": "open", "eyes_screen": "closed"})))
    assert (opened.webcam, opened.screen) == ("open", "closed")
    assert told(opened, (2.0, Status({"voice": "idle"}))).webcam == "open"
    assert told(opened, (2.0, Status({"eyes": "off"}))).webcam == ""
    assert told(opened, (2.0, AWAY)).webcam == "open"
    assert told(opened, (2.0, AWAY), (3.0, Connected(Welcome(server="1", conversation="main")))).webcam == ""
    assert told(opened, (2.0, Status({"eyes_webcam": 7}))).webcam == "open"
