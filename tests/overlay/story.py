"""Stories for the tests of her model and movement: events at times, and the pictures that follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alisa.link import Connected
from alisa.protocol.messages import Welcome
from overlay.animator import Animator
from overlay.events import Event
from overlay.expressions import Expression
from overlay.frame import Frame
from overlay.model import Avatar, reduce

START = 1000.0
"""a monotonic clock does not begin with 0"""


def at_home(mode: str = "", *events: tuple[float, Event]) -> Avatar:
    """She, connected since START, and what happened after it (seconds from START)."""
    welcome = Connected(Welcome(server="1", conversation="main", mode=mode))
    return told(reduce(Avatar(), welcome, START), *events)


def told(avatar: Avatar, *events: tuple[float, Event]) -> Avatar:
    """The avatar after the events, each so many seconds after START."""
    for seconds, event in events:
        avatar = reduce(avatar, event, START + seconds)
    return avatar


def film(
    avatar: Avatar,
    begin: float,
    end: float,
    events: Iterable[tuple[float, Event]] = (),
    *,
    rate: float = 30.0,
    seed: int = 7,
) -> Iterator[tuple[float, Frame]]:
    """Her frames at so many a second; times are seconds from START. Events happen on the way."""
    animator, waiting = Animator(seed), sorted(events, key=lambda row: row[0])
    for number in range(int((end - begin) * rate) + 1):
        seconds = begin + number / rate
        while waiting and waiting[0][0] <= seconds:
            at, event = waiting.pop(0)
            avatar = reduce(avatar, event, START + at)
        yield seconds, animator.frame(avatar, START + seconds)


def face(avatar: Avatar, seconds: float) -> Expression:
    """The face that she has when no fade is running."""
    frame = Animator(7).frame(avatar, START + seconds)
    assert frame.fading_from is None, "still fading"
    return frame.expression


def weights(frame: Frame) -> dict[Expression, float]:
    """How much of each face is seen."""
    shown = {frame.expression: frame.fade}
    if frame.fading_from is not None:
        shown[frame.fading_from] = shown.get(frame.fading_from, 0.0) + 1.0 - frame.fade
    return shown
