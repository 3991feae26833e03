"""Everything that she can show, one thing after another, without a hub: the rows of `--demo`. Pure.

The rows are what a hub, a link and a desktop would say, so the whole way from message to pixels is shown. Who plays
them, and on which clock, is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from alisa.link import Connected, Disconnected
from alisa.protocol import Cause, Emotion
from alisa.protocol.messages import (
    Action,
    ActionResult,
    EmotionShown,
    End,
    Mode,
    Mouth,
    Sentence,
    SpeechEnd,
    SpeechStart,
    Status,
    Turn,
    Welcome,
)
from overlay.animator.mouth import pattern
from overlay.events import Event, PointerLeft, PointerSeen, Poked

TURNS_A_CYCLE = 100
"""Each cycle counts its turns on from here: what is said again is not taken for stale."""
MOUTH_RATE = 30
"""how many times a second a voice client tells the mouth's opening"""
CONSENT_SECONDS = 8.0
ACTION = "demo.open_notes"

FELT: tuple[tuple[Emotion, str, str], ...] = (
    (Emotion.HAPPY, "Happy", "There you are! I was hoping you would come."),
    (Emotion.CALM, "Calm", "Let's take it slowly. We have all evening."),
    (Emotion.TEASING, "Teasing", "Forty tabs again? You do collect the oddest things."),
    (Emotion.SHY, "Shy", "You really think so? I don't know where to look now."),
    (Emotion.SERIOUS, "Serious", "This one matters. Let's read the error together."),
    (Emotion.SAD, "Sad", "I had hoped it would work this time."),
    (Emotion.NEUTRAL, "Neutral", "All right. What shall we do next?"),
)
GAZES: tuple[tuple[float, float, str], ...] = (
    (-0.9, 0.0, "She looks to the left"),
    (0.9, 0.0, "She looks to the right"),
    (0.0, -0.9, "She looks up"),
    (0.0, 0.9, "She looks down"),
    (0.0, 0.0, "She looks at you"),
)


class Row(NamedTuple):
    """One thing that happens in the demo."""

    at: float
    """seconds from the beginning of its cycle"""
    event: Event | None
    """None: time passes, and she moves by herself"""
    caption: str
    """what one sees now, in a few words; "" when the caption before still holds"""


def rows(cycle: int = 0) -> tuple[Row, ...]:
    """One cycle, in order of time. The last row's time is the cycle's length: there the next one begins."""
    turn = cycle * TURNS_A_CYCLE
    script: list[Row] = []
    time = 0.0
    for part in (_hello(), _looking(), _talking(turn + 1), _feeling(turn + 10), _asking(), _poked(), _dozing()):
        script += [Row(time + row.at, row.event, row.caption) for row in part]
        time = script[-1].at
    return tuple(script)


def _hello() -> Iterator[Row]:
    yield Row(0.0, Connected(Welcome(server="demo", conversation="demo", emotion=Emotion.NEUTRAL)), "")
    yield Row(0.0, Mode("teasing"), "She breathes, blinks and looks around")
    yield Row(8.0, None, "")


def _looking() -> Iterator[Row]:
    for index, (x, y, caption) in enumerate(GAZES):
        yield Row(1.2 * index, PointerSeen(x, y), caption)
    yield Row(1.2 * len(GAZES), PointerLeft(), "")


def _talking(turn: int) -> Iterator[Row]:
    yield Row(0.0, Status({"voice": "listening"}), "She listens")
    yield Row(2.5, Status({"voice": "ready"}), "")
    yield Row(2.5, Turn(Cause.USER, turn), "She thinks")
    yield Row(5.0, EmotionShown(Emotion.HAPPY, turn), "She speaks: her mouth follows the voice")
    yield Row(5.1, Sentence("Now you can watch my mouth.", turn), "")
    yield Row(5.2, SpeechStart(turn), "")
    spoken = 4.0
    for frame in range(int(spoken * MOUTH_RATE)):
        passed = frame / MOUTH_RATE
        yield Row(5.2 + passed, Mouth(round(pattern(turn, passed), 3)), "")
        if frame == 2 * MOUTH_RATE:
            yield Row(5.2 + passed, Sentence("It opens as far as my voice is loud.", turn), "")
    yield Row(9.2, End(turn=turn), "")
    yield Row(9.2, SpeechEnd("Now you can watch my mouth. It opens as far as my voice is loud.", turn=turn), "")
    yield Row(11.0, Status({"voice": "away"}), "")


def _feeling(first: int) -> Iterator[Row]:
    """Without a voice: her mouth moves with the words that are shown."""
    time = 0.0
    for turn, (emotion, caption, words) in enumerate(FELT, first):
        yield Row(time, Turn(Cause.USER, turn), "")
        yield Row(time, EmotionShown(emotion, turn), caption)
        yield Row(time + 0.2, Sentence(words, turn), "")
        yield Row(time + 0.4, End(turn=turn), "")
        time += 4.5
    yield Row(time, None, "")


def _asking() -> Iterator[Row]:
    details = {"program": "Notes", "expires_seconds": CONSENT_SECONDS}
    yield Row(0.0, Action(ACTION, "Open your notes?", "demo", details), "She asks before she does anything")
    yield Row(CONSENT_SECONDS, ActionResult(ACTION, "expired", "Nobody answered, so nothing was done."), "")


def _poked() -> Iterator[Row]:
    yield Row(0.0, Poked(), "Surprised: somebody poked her")
    yield Row(2.5, None, "")


def _dozing() -> Iterator[Row]:
    yield Row(0.0, Disconnected("demo", 14.0), "The hub is away: she grows sleepy")
    yield Row(7.0, None, "She dozes until it is back")
    yield Row(14.0, None, "")
