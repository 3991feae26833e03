"""More than her echo can be is heard before any VAD knows it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voice.turns.double_talk import DoubleTalk


def fed(detector: DoubleTalk, frames: int, microphone: float, played: float, begin: float = 0.0) -> list[float]:
    """So many frames of 10 ms."""
    return [detector.feed(begin + i * 0.01, microphone, played) for i in range(frames)]


def test_an_echo_is_explained() -> None:
    """Once the room is known, her echo at -12 dB is no excess; the user, 10 dB above it, is, after two frames."""
    detector = DoubleTalk()
    assert max(fed(detector, 100, -32.0, -20.0)) <= 0.5
    assert detector.coupling_db is not None
    assert abs(detector.coupling_db + 12.0) < 1.0
    excess = fed(detector, 5, -22.0, -20.0, 1.0)
    assert excess[0] < 6.0 < excess[1]


def test_a_headset_lets_nothing_through() -> None:
    """A microphone that hears only its own noise couples nothing: a quiet voice is an excess."""
    detector = DoubleTalk()
    fed(detector, 300, -66.0, -20.0)
    assert detector.coupling_db is not None
    assert detector.coupling_db <= -40
    assert fed(detector, 3, -40.0, -20.0, 3.0)[-1] > 12


def test_nothing_is_said_while_the_room_is_unknown() -> None:
    """The first moments of her voice teach, and while she is silent there is nothing to judge."""
    detector = DoubleTalk()
    assert fed(detector, 20, -10.0, -20.0) == [0.0] * 20
    assert detector.coupling_db is None
    assert set(fed(DoubleTalk(), 200, -10.0, -80.0)) == {0.0}


def test_the_user_is_not_learned_as_echo() -> None:
    """Two seconds of the user's speech change what is known of the room by little."""
    detector = DoubleTalk()
    fed(detector, 200, -35.0, -20.0)
    fed(detector, 200, -15.0, -20.0, 2.0)
    assert detector.coupling_db is not None
    assert detector.coupling_db < -10


def test_a_voice_that_rises_gently_is_not_learned_as_echo() -> None:
    """However often somebody has begun softly over her: the tenth time they are noticed at the same loudness."""
    detector, noticed, at = DoubleTalk(), [], 0.0
    for _ in range(10):
        fed(detector, 200, -66.0, -20.0, at)
        rise = [-64.0 + 3.0 * i for i in range(14)]
        excess = [detector.feed(at + 2.0 + i * 0.01, level, -20.0) for i, level in enumerate(rise)]
        noticed.append(next(level for level, over in zip(rise, excess, strict=True) if over >= 6.0))
        fed(detector, 60, -22.0, -20.0, at + 2.14)
        at += 2.74
    assert max(noticed) <= noticed[0] + 3.0
    assert noticed[0] <= -43.0


def test_lowered_she_is_no_loud_echo() -> None:
    """The user's words fade away while she is lowered: nothing of that is learned as her echo."""
    detector = DoubleTalk()
    fed(detector, 200, -66.0, -20.0)
    fed(detector, 80, -22.0, -36.0, 2.0)  # they speak, she is lowered
    for i in range(60):
        detector.feed(2.8 + i * 0.01, -30.0 - 0.6 * i, -36.0)
    assert detector.coupling_db is not None
    assert detector.coupling_db < -40.0


def test_the_noise_of_the_room_is_nobody() -> None:
    """A loud fan is no excess, and not taken for her echo: a voice well above it still is noticed."""
    detector = DoubleTalk()
    fed(detector, 50, -48.0, -96.0)
    assert max(fed(detector, 300, -48.0, -20.0, 0.5)) < 6.0
    assert detector.coupling_db is not None
    assert detector.coupling_db < -30.0
    assert fed(detector, 3, -30.0, -20.0, 3.5)[-1] >= 6.0


@given(st.lists(st.tuples(st.floats(0, 0.3), st.floats(-96, 0), st.floats(-96, 0)), max_size=100))
def test_any_levels(frames: list[tuple[float, float, float]]) -> None:
    """Whatever is heard, the answer is a finite number of dB."""
    detector, at = DoubleTalk(), 0.0
    for step, microphone, played in frames:
        at += step
        assert -120 <= detector.feed(at, microphone, played) <= 120
