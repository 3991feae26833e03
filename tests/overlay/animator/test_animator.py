"""What somebody sees who looks at her: promises about frames over time."""

from __future__ import annotations

from itertools import pairwise

import pytest

from alisa.link import Disconnected
from alisa.protocol import Emotion
from alisa.protocol.messages import EmotionShown, End, Mouth, Sentence, SpeechEnd, SpeechStart, Turn
from overlay.animator import Animator
from overlay.events import PointerLeft, PointerSeen, Poked, QuietHours
from overlay.expressions import Expression, Viseme
from overlay.model import Avatar
from tests.overlay.story import START, at_home, film, told, weights

MOUTHS = [(2.0 + number / 30, Mouth(0.5 + 0.45 * (-1) ** (number // 4))) for number in range(90)]
SPEAKING = [(2.0, SpeechStart(1)), *MOUTHS, (5.0, SpeechEnd(turn=1))]
BUSY = [
    (1.0, Turn(turn=1)),
    (1.4, EmotionShown(Emotion.HAPPY, 1)),
    (1.5, PointerSeen(-0.9, 0.4)),
    (1.55, EmotionShown(Emotion.SAD, 1)),
    (1.6, Poked()),
    (1.8, PointerSeen(0.9, -0.6)),
    *SPEAKING,
    (4.0, PointerLeft()),
    (5.5, End(turn=1)),
    (6.0, EmotionShown(Emotion.SHY, 2)),
    (6.1, EmotionShown(Emotion.SERIOUS, 2)),
    (6.2, EmotionShown(Emotion.SHY, 2)),
    (8.0, Disconnected("gone", 1.0)),
]


def dozing() -> Avatar:
    return at_home("", (0.0, Disconnected("gone", 1.0)))


def changes(avatar: Avatar, begin: float, seconds: float, seed: int = 7) -> float:
    """How often a second somebody wakes up who follows `next_change`."""
    animator, now, wakes = Animator(seed), START + begin, 0
    while now < START + begin + seconds:
        now += animator.next_change(avatar, now)
        wakes += 1
    return wakes / seconds


def blinks(avatar: Avatar, begin: float, end: float, seed: int) -> list[tuple[float, float]]:
    """When her lids left their rest and when they were back."""
    closed: list[tuple[float, float]] = []
    since = None
    for seconds, frame in film(avatar, begin, end, rate=64, seed=seed):
        if frame.lids > 0.0 and since is None:
            since = seconds
        if frame.lids == 0.0 and since is not None:
            closed.append((since, seconds))
            since = None
    return closed


@pytest.mark.parametrize("seed", [0, 1, 12345, -9])
def test_she_blinks_like_a_person(seed: int) -> None:
    """12 to 22 blinks a minute over ten minutes, each some 0.15 s long, at uneven intervals, some of them double."""
    blinked = blinks(at_home(), 0.0, 600.0, seed)
    gaps = [later[0] - earlier[1] for earlier, later in pairwise(blinked)]
    assert 120 <= len(blinked) <= 220
    assert all(0.1 <= end - begin <= 0.2 for begin, end in blinked)
    assert max(gaps) <= 8.5
    assert sum(gap < 0.6 for gap in gaps) >= 5
    alone = [gap for gap in gaps if gap > 0.6]
    assert min(alone) > 1.2
    assert 3.0 < sum(alone) / len(alone) < 5.0
    assert len({round(gap, 1) for gap in alone}) > 20


def test_lids_pass_the_half_closed_eye_on_both_ways() -> None:
    """A blink is half, shut, half: never a flash of closed eyes."""
    lids = [frame.lids for _, frame in film(at_home(), 0.0, 60.0, rate=32)]
    assert {(0.0, 1.0), (1.0, 0.0)}.isdisjoint(pairwise(lids))


def test_sleepy_blinks_are_slow_and_dozing_eyes_stay_shut() -> None:
    """Heavy lids fall slowly; when she dozes they have fallen."""
    sleepy = told(at_home(), (1.0, QuietHours(True)))
    assert all(end - begin > 0.4 for begin, end in blinks(sleepy, 200.0, 320.0, 7))
    assert {frame.lids for _, frame in film(dozing(), 10.0, 70.0)} == {1.0}


def test_breath_is_that_of_a_person_at_rest() -> None:
    """Some 15 breaths a minute, fewer when she sleeps, all the way in and out."""
    for avatar, begin, least, most in ((at_home(), 0.0, 14, 16), (dozing(), 20.0, 10, 12)):
        breath = [frame.breath for _, frame in film(avatar, begin, begin + 60.0)]
        assert (min(breath), max(breath)) == (0.0, 1.0)
        assert least <= sum(a < 0.5 <= b for a, b in pairwise(breath)) <= most


def test_an_emotion_shows_in_the_very_next_frame() -> None:
    """`[EMOTION]` changes what is seen at once, and is fully there a quarter of a second later."""
    for offset in (0.0, 0.001, 0.0156, 0.0311):
        avatar, at = at_home(), 3.0 + offset
        felt = told(avatar, (at, EmotionShown(Emotion.HAPPY, 1)))
        first = Animator(7).frame(felt, START + at)
        assert weights(first)[Expression.HAPPY] >= 0.125
        assert weights(Animator(7).frame(felt, START + at + 0.25)) == {Expression.HAPPY: 1.0}


@pytest.mark.parametrize("seed", range(6))
def test_nothing_jumps_from_frame_to_frame(seed: int) -> None:
    """Whatever happens: faces fade; eyes (the fastest: a jump takes four frames), breath, hair and head take steps."""
    frames = [frame for _, frame in film(at_home(), 0.0, 60.0, BUSY, rate=32, seed=seed)]
    for before, after in pairwise(frames):
        old, new = weights(before), weights(after)
        assert max(abs(new.get(face, 0.0) - old.get(face, 0.0)) for face in Expression) <= 0.3
        assert max(abs(a - b) for a, b in zip(before.gaze, after.gaze, strict=True)) <= 0.6
        assert max(abs(a - b) for a, b in zip(before.head, after.head, strict=True)) <= 4.0
        assert abs(before.breath - after.breath) <= 0.25
        assert abs(before.sway - after.sway) <= 0.25


def test_her_eyes_wander_and_come_back_to_you() -> None:
    """Left alone she looks around, in jumps with rests between them, and mostly at you."""
    frames = [frame for _, frame in film(at_home(), 0.0, 120.0)]
    resting = sum(a.gaze == b.gaze for a, b in pairwise(frames)) / len(frames)
    assert resting > 0.8
    assert {(x > 0.3) - (x < -0.3) for x, _ in (frame.gaze for frame in frames)} == {-1, 0, 1}
    assert 0.4 < sum(abs(frame.gaze[0]) < 0.25 for frame in frames) / len(frames) < 0.95


def test_her_eyes_follow_the_pointer_softly() -> None:
    """A pointer that moves is looked at soon, without a jump, and left when it goes."""
    path = [(1.0 + number / 20, PointerSeen(-1.0 + number / 20, 0.5)) for number in range(41)]
    frames = dict(film(at_home(), 0.0, 10.0, [*path, (5.0, PointerLeft())]))
    seen = {round(seconds, 3): frame.gaze for seconds, frame in frames.items()}
    assert seen[3.5] == (1.0, 0.5)
    assert seen[2.0][0] == pytest.approx(0.0, abs=0.35)
    assert len({gaze for seconds, gaze in seen.items() if seconds > 6.0}) > 1


def test_her_mouth_moves_with_the_voice_and_closes_with_it() -> None:
    """The mouth takes many shapes while a voice speaks; 100 ms after `[SPEECH_END]` it is that of her face."""
    shapes = {seconds: frame.mouth for seconds, frame in film(at_home(), 0.0, 8.0, SPEAKING)}
    talking = [shape for seconds, shape in shapes.items() if 2.1 < seconds < 4.9]
    assert len(set(talking)) >= 4
    assert sum(a is not b for a, b in pairwise(talking)) >= 15
    assert {shape for seconds, shape in shapes.items() if seconds < 1.99 or seconds > 5.1} == {None}


def test_a_loud_voice_opens_her_mouth_and_a_pause_closes_it() -> None:
    """Silence shows closed lips within 200 ms, a loud vowel a wide mouth within 100 ms."""
    told_so = [(2.0, SpeechStart(1)), *((2.0 + n / 30, Mouth(0.95 if n < 30 else 0.0)) for n in range(60))]
    shapes = {seconds: frame.mouth for seconds, frame in film(at_home(), 0.0, 4.0, told_so)}
    assert {shape for seconds, shape in shapes.items() if 2.1 <= seconds < 2.95} <= {Viseme.AA, Viseme.OH}
    assert {shape for seconds, shape in shapes.items() if 3.25 <= seconds < 3.95} == {Viseme.REST}


def test_a_voice_that_tells_no_opening_still_moves_her_mouth() -> None:
    """Without `[MOUTH]`, as with clients of the seed system, she talks by a natural pattern."""
    shapes = [frame.mouth for _, frame in film(at_home("", (1.0, SpeechStart())), 1.5, 11.5)]
    openings = sum(a is Viseme.REST and b is not Viseme.REST for a, b in pairwise(shapes))
    assert 10 <= openings <= 60
    assert {Viseme.REST, Viseme.AA} < set(shapes)


def test_shown_words_move_her_mouth_for_their_time_only() -> None:
    """Without any voice her mouth moves gently while words come, and rests after them."""
    avatar = at_home("", (1.0, Sentence("I only write this to you today.", 1)))
    moving = {frame.mouth for _, frame in film(avatar, 1.0, 2.2)}
    assert len(moving - {None}) >= 2
    assert {frame.mouth for _, frame in film(avatar, 2.5, 10.0)} == {None}


def test_small_gestures_are_seldom_and_only_of_idle_moments() -> None:
    """She nods, tilts her head or glances aside now and then; while she listens or thinks she holds still."""
    heads = [frame.head for _, frame in film(at_home(), 0.0, 300.0)]
    moved = sum(a == (0.0, 0.0) != b for a, b in pairwise(heads))
    assert 4 <= moved <= 25
    assert {frame.head for _, frame in film(at_home("", (1.0, Turn(turn=1))), 2.0, 120.0)} == {(0.0, 0.0)}


def test_a_thought_sparkles_beside_her_now_and_then() -> None:
    """Seldom, for a second or two, coming and going softly, and only beside a face that nothing else floats beside."""
    frames = [frame for _, frame in film(at_home(), 0.0, 900.0, rate=16)]
    began = sum(a.sparkle == 0.0 < b.sparkle for a, b in pairwise(frames))
    assert 2 <= began <= 20
    assert 0.5 < sum(frame.sparkle > 0.5 for frame in frames) / 16 / began < 2.0
    assert max(frame.sparkle for frame in frames) == 1.0
    assert max(abs(a.sparkle - b.sparkle) for a, b in pairwise(frames)) <= 0.5
    assert {frame.sparkle for _, frame in film(at_home("", (1.0, Turn(turn=1))), 2.0, 119.0)} == {0.0}
    assert {frame.sparkle for _, frame in film(at_home("calm"), 1.0, 300.0)} == {0.0}


def test_a_feeling_takes_the_sparkle_away_softly() -> None:
    """Whatever she feels just then fades in while the sparkle fades out."""
    begun = next(seconds for seconds, frame in film(at_home(), 0.0, 900.0, rate=32) if frame.sparkle == 1.0)
    felt = [(begun + 0.1, EmotionShown(Emotion.SAD, 1))]
    sparkles = [frame.sparkle for _, frame in film(at_home(), begun, begun + 1.0, felt, rate=32)]
    assert (sparkles[0], sparkles[-1]) == (1.0, 0.0)
    assert max(a - b for a, b in pairwise(sparkles)) <= 0.3


def test_the_same_seed_is_the_same_film() -> None:
    """Two animators of one seed agree in every frame, in whatever order they are asked; another seed differs."""
    first = list(film(at_home(), 0.0, 60.0, BUSY, seed=3))
    assert first == list(film(at_home(), 0.0, 60.0, BUSY, seed=3))
    assert first != list(film(at_home(), 0.0, 60.0, BUSY, seed=4))
    avatar, animator = at_home(), Animator(3)
    times = [START + number * 0.37 for number in range(100)]
    forward = [animator.frame(avatar, time) for time in times]
    assert forward == [Animator(3).frame(avatar, time) for time in reversed(times)][::-1]


@pytest.mark.parametrize("seconds", [0.0, 1.2, 1.57, 1.7, 2.5, 5.2, 6.25, 7.0, 9.0, 11.5, 14.0, 16.0, 50.0])
def test_the_picture_stands_until_it_is_said_to_change(seconds: float) -> None:
    """Between now and `next_change` no frame differs, and then one does: who sleeps so long misses nothing."""
    avatar = told(at_home(), *(row for row in BUSY if row[0] <= seconds))
    animator, now = Animator(7), START + seconds
    for _ in range(200):
        shown, wait = animator.frame(avatar, now), animator.next_change(avatar, now)
        assert 0.0 < wait <= 1.0
        between = [now + wait * part / 40 for part in range(40)]
        assert all(animator.frame(avatar, time) == shown for time in [*between, now + wait - 1e-4])
        now += wait
        assert wait > 0.95 or animator.frame(avatar, now) != shown


def test_she_wakes_the_process_seldom() -> None:
    """Idle she needs at most 8 pictures a second, dozing 4, with a feeling on her face some 8, talking at most 32."""
    assert changes(at_home(), 0.0, 300.0) <= 8.0
    assert changes(dozing(), 20.0, 100.0) <= 4.1
    assert changes(at_home("", (0.0, EmotionShown(Emotion.HAPPY, 1))), 1.0, 40.0) <= 9.0
    assert 12.0 <= changes(at_home("", (0.0, SpeechStart(1))), 1.0, 60.0) <= 32.0


def test_a_fade_and_a_blink_are_not_slept_through() -> None:
    """Whoever follows `next_change` sees every step of a fade and every blink."""
    avatar = at_home("", (1.0, EmotionShown(Emotion.SAD, 1)))
    animator, now, frames = Animator(7), START + 1.0, []
    while now < START + 31.0:
        frames.append(animator.frame(avatar, now))
        now += animator.next_change(avatar, now)
    assert [frame.fade for frame in frames if frame.fading_from][:7] == [number / 8 for number in range(1, 8)]
    seen = sum(a.lids < 1.0 <= b.lids for a, b in pairwise(frames))
    assert seen == len([blink for blink in blinks(avatar, 1.0, 31.0, 7) if blink[1] < 31.0])
