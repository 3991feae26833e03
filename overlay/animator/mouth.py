"""The shape of her mouth while she talks: from the loudness that a voice client tells, or from a pattern of speech.

Loudness says how far a mouth is open, not which vowel it forms: among the shapes that fit to an opening one is drawn
for each syllable, so that the mouth is lively and never of the wrong size.
"""

from __future__ import annotations

import math

from overlay.animator.chance import Stream, chance
from overlay.expressions import Viseme
from overlay.model.avatar import Avatar, Speech
from overlay.model.pose import speech_end

SYLLABLE_SECONDS = 0.17
"""Six syllables a second: the middle of spoken languages (Pellegrino, Coupé and Marsico 2011: 5.2 to 7.8)."""
TOLD_SECONDS = 0.25
"""A voice client that tells the mouth's opening does so many times in this time; after it, a pattern takes over."""
PAUSE_SECONDS = 1.5
"""When the last opening that it told was none, this is a pause between sentences."""
PAUSE_CHANCE = 0.14
"""how many syllables are the gap between two words' groups"""
LIPS_CHANCE = 0.3
"""how many begin with closed lips (m, b, p)"""
BETWEEN = 0.22
"""how open a mouth stays between two syllables that do not close it"""
GENTLE = 0.7
"""Words that nobody speaks aloud move the mouth less."""

OPENINGS: tuple[tuple[float, tuple[Viseme, ...]], ...] = (
    (0.08, (Viseme.REST,)),
    (0.30, (Viseme.IH, Viseme.OU, Viseme.IH)),
    (0.55, (Viseme.EE, Viseme.OH, Viseme.IH)),
    (math.inf, (Viseme.AA, Viseme.AA, Viseme.OH)),
)
"""up to which opening which shapes fit"""


def viseme(avatar: Avatar, seed: int, time: float) -> Viseme | None:
    """The shape of her mouth; None: she does not talk, and the mouth is that of her face."""
    if avatar.speech is not None and time < speech_end(avatar.speech):
        return shape(_opening(avatar.speech, seed, time), seed, time)
    if time < avatar.talk_until:
        return shape(GENTLE * pattern(seed, time), seed, time)
    return None


def shape(opening: float, seed: int, time: float) -> Viseme:
    """A shape for an opening, 0 to 1; the same for all of a syllable that has that size."""
    shapes = next(shapes for limit, shapes in OPENINGS if opening < limit)
    return shapes[int(len(shapes) * chance(seed, Stream.SHAPE, int(time / SYLLABLE_SECONDS), len(shapes)))]


def pattern(seed: int, time: float) -> float:
    """How far the mouth of somebody is open who talks of something, 0 to 1."""
    syllable = math.floor(time / SYLLABLE_SECONDS)
    share = time / SYLLABLE_SECONDS - syllable
    here, following = _floor(seed, syllable), _floor(seed, syllable + 1)
    ground = here + (following - here) * share
    if _pauses(seed, syllable):
        return ground
    peak = 0.35 + 0.65 * chance(seed, Stream.SYLLABLE, syllable, 1)
    return ground + (peak - ground) * math.sin(math.pi * share)


def _opening(speech: Speech, seed: int, time: float) -> float:
    told_for = PAUSE_SECONDS if speech.mouth.goal < OPENINGS[0][0] else TOLD_SECONDS
    if time < speech.told_at + told_for:
        return speech.mouth.seen(time)
    return pattern(seed, time)


def _floor(seed: int, syllable: int) -> float:
    """How open the mouth is where a syllable begins."""
    closed = _pauses(seed, syllable) or _pauses(seed, syllable - 1)
    return 0.0 if closed or chance(seed, Stream.SYLLABLE, syllable, 2) < LIPS_CHANCE else BETWEEN


def _pauses(seed: int, syllable: int) -> bool:
    return chance(seed, Stream.SYLLABLE, syllable, 0) < PAUSE_CHANCE
