"""Whatever comes over the wire or from the desktop: she stays herself."""

from __future__ import annotations

import math
import random
from dataclasses import fields

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alisa.link import Connected, Disconnected
from alisa.protocol.messages import (
    MESSAGES,
    EmotionShown,
    End,
    Mouth,
    Sentence,
    SpeechEnd,
    SpeechStart,
    Token,
    Turn,
    Welcome,
)
from overlay.animator import Animator
from overlay.events import Asked, Dragged, Event, PointerLeft, PointerSeen, Poked, QuietHours
from overlay.expressions import Expression, Viseme
from overlay.frame import Frame
from overlay.model import Avatar, reduce
from overlay.model.reduce import _RULES
from tests.alisa.protocol.strategies import MESSAGES_ANY, messages_of

SMALL_TURNS = st.none() | st.integers(0, 4)
COORDINATES = st.floats() | st.floats(-2.0, 2.0)
OFTEN = st.one_of(
    *(
        messages_of(kind).flatmap(lambda message: SMALL_TURNS.map(lambda turn: _of_turn(message, turn)))
        for kind in (Turn, EmotionShown, Sentence, Token, End, SpeechStart, SpeechEnd)
    ),
    st.builds(Mouth, st.floats()),
)
EVENTS = st.one_of(
    MESSAGES_ANY,
    OFTEN,
    st.builds(Connected, messages_of(Welcome)),
    st.builds(Disconnected, st.text(max_size=5), st.floats(0.0, 5.0)),
    st.builds(PointerSeen, COORDINATES, COORDINATES),
    st.builds(Dragged, st.booleans()),
    st.builds(QuietHours, st.booleans()),
    st.sampled_from([Poked(), PointerLeft(), Asked()]),
)
STORIES = st.lists(st.tuples(st.floats(0.0, 0.5) | st.floats(0.0, 300.0), EVENTS), max_size=60)


def _of_turn(message: Event, turn: int | None) -> Event:
    values = {field.name: getattr(message, field.name) for field in fields(message)}
    return type(message)(**(values | {"turn": turn}))


def assert_in_range(frame: Frame) -> None:
    assert isinstance(frame.expression, Expression)
    assert frame.fading_from is None or isinstance(frame.fading_from, Expression)
    assert frame.fading_from is not frame.expression
    assert 0.0 < frame.fade <= 1.0
    assert (frame.fade == 1.0) == (frame.fading_from is None)
    assert 0.0 <= frame.lids <= 1.0
    assert all(-1.0 <= looks <= 1.0 for looks in frame.gaze)
    assert frame.mouth is None or isinstance(frame.mouth, Viseme)
    assert 0.0 <= frame.breath <= 1.0
    assert -1.0 <= frame.sway <= 1.0
    assert all(abs(pixels) <= 24.0 for pixels in frame.head)
    assert 0.0 <= frame.bob < 1.0


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(), STORIES)
def test_any_story_leaves_her_in_range(seed: int, story: list[tuple[float, Event]]) -> None:
    """Random valid and odd events in any order: nothing raises, and every frame is one that can be drawn."""
    avatar, animator, now = Avatar(), Animator(seed), 50.0
    for wait, event in story:
        now += wait
        avatar = reduce(avatar, event, now)
        for later in (0.0, 0.1, 7.0):
            assert_in_range(animator.frame(avatar, now + later))
        assert 0.0 < animator.next_change(avatar, now) <= 1.1


@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(EVENTS, min_size=150, max_size=200))
def test_ten_thousand_messages_in_a_row(pool: list[Event]) -> None:
    """10,000 messages in a row: she still moves, and what is known of her has not grown."""
    avatar, animator, chance = Avatar(), Animator(1), random.Random(5)
    now = 0.0
    for _ in range(10_000):
        now += chance.expovariate(20.0)
        avatar = reduce(avatar, chance.choice(pool), now)
        assert_in_range(animator.frame(avatar, now))
    assert len(avatar.steps) <= 12
    assert not any(math.isnan(value) for value in avatar.glide.seen(now))


def test_what_is_no_event_changes_nothing() -> None:
    """Something that nobody knows gives the same avatar back."""
    avatar = reduce(Avatar(), Asked(), 1.0)
    for odd in (None, "words", 7, object()):
        assert reduce(avatar, odd, 2.0) is avatar  # type: ignore[arg-type]


def test_every_message_is_understood_or_known_not_to_concern_her() -> None:
    """A new message of the wire has to be thought about: does it show on her?"""
    unseen = {kind.__name__ for kind in MESSAGES.values()} - {kind.__name__ for kind in _RULES}
    assert unseen == {
        "Hello", "Welcome", "ModeChanged", "Vision", "ActionResult", "Approve", "Decline",
        "Say", "Interrupt", "Snooze", "Feedback", "VisionFace", "VisionDesktop", "VisionScreen",
        "SightFace", "SightScreen", "SightSystem",
    }  # fmt: skip
