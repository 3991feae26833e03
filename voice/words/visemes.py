# ruff: noqa: RUF001, RUF002 (phonetic letters look like others, and are meant)
"""The mouth that belongs to a sound: how far it is open and which shape it has.

From phonemes where an engine tells them, in the IPA or in espeak's own names; else from loudness. Openings are
0 to 1, in the steps in which an avatar's shapes grow: closed, "ih" and "ou", "ee" and "oh", "aa". Pure; time is an
argument, in seconds from the first sample of the sentence. Who draws the mouth is not known here.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

PER_SECOND = 30
"""how many openings a second are told: as often as an avatar is drawn"""
GLIDE_SECONDS = 0.07
"""From one sound to the next the mouth moves about so long; lips close in 50 to 90 ms (Löfqvist and Gracco 1997)."""
ATTACK_SECONDS = 0.03
RELEASE_SECONDS = 0.08
"""A mouth opens about three times as fast as it closes."""
_QUIETEST_DB, _RANGE_DB = -50.0, 30.0
"""Below the one nothing moves; so far below the loudest sound of late the mouth is closed."""
_FORGET_DB_PER_SECOND = 3.0
_CLOSED = 0.02
"""what nobody can tell from a closed mouth"""
_LONGEST_SECONDS = 3600.0


class Shape(NamedTuple):
    """What a sound wants of the mouth."""

    opening: float
    viseme: str
    """rest, aa, ih, ou, ee or oh (VRM's names)"""


REST = Shape(0.0, "rest")
_VOWELS: dict[str, Shape] = {
    **dict.fromkeys("aɑAæɶ", Shape(0.95, "aa")), **dict.fromkeys("ʌɐVɒ0", Shape(0.7, "aa")),
    **dict.fromkeys("ɔO", Shape(0.54, "oh")), **dict.fromkeys("oɤø", Shape(0.48, "oh")),
    **dict.fromkeys("uUʊɯyʏʉ", Shape(0.26, "ou")), **dict.fromkeys("iIɪᵻɨ", Shape(0.28, "ih")),
    **dict.fromkeys("eɛEœ", Shape(0.5, "ee")), **dict.fromkeys("əɜɚɝɘ@3", Shape(0.38, "ee")),
}  # fmt: skip
_CONSONANTS: dict[str, Shape] = {
    **dict.fromkeys("mbpɱ", REST), **dict.fromkeys("fvɸβ", Shape(0.06, "rest")),
    **dict.fromkeys("wʍɹrʁʃʒSZʂʐɕʑ", Shape(0.18, "ou")), **dict.fromkeys("tdnszlɫɾNŋLjʎɲ", Shape(0.16, "ih")),
    **dict.fromkeys("θðTD", Shape(0.2, "ih")), **dict.fromkeys("kɡgxɣqχc", Shape(0.2, "ih")),
    **dict.fromkeys("hɦħɥ", Shape(0.25, "ee")),
}  # fmt: skip
_SHAPES = {**_CONSONANTS, **_VOWELS}


class Phoneme(Protocol):
    """A sound and when it is spoken, in seconds."""

    @property
    def symbol(self) -> str:
        """Its name in the IPA or in espeak's alphabet; without a letter: a pause."""

    @property
    def start_s(self) -> float:
        """When it begins."""

    @property
    def end_s(self) -> float:
        """When it is over."""


def shapes_of(symbol: str) -> tuple[Shape, ...]:
    """The shapes that a sound goes through: two for a diphthong, `REST` for a pause; unknown letters count as none."""
    found = tuple(_SHAPES[char] for char in symbol if char in _SHAPES)
    if found:
        return found
    return (Shape(0.2, "ih"),) if any(map(str.isalpha, symbol)) else (REST,)


@dataclass(frozen=True, slots=True)
class Track:
    """A mouth over a sentence: it holds each shape for a while and glides to the next."""

    times: tuple[float, ...]
    shapes: tuple[Shape, ...]
    """what the mouth is at each of the times, which never fall"""

    def opening(self, at: float) -> float:
        """How far the mouth is open, 0 to 1; closed before the first sound and after the last."""
        following = bisect_right(self.times, at)
        if following == 0 or following == len(self.times):
            return 0.0
        start, end = self.times[following - 1], self.times[following]
        share = (at - start) / (end - start) if end > start else 1.0
        eased = 0.5 - 0.5 * math.cos(math.pi * share)
        before, after = self.shapes[following - 1].opening, self.shapes[following].opening
        return before + (after - before) * eased

    def viseme(self, at: float) -> str:
        """The shape that the mouth is nearest to."""
        following = bisect_right(self.times, at)
        if following == 0 or following == len(self.times):
            return REST.viseme
        nearer = following - (at - self.times[following - 1] < self.times[following] - at)
        return self.shapes[nearer].viseme


def track(phonemes: Iterable[Phoneme]) -> Track:
    """The mouth over these sounds. Odd times (backwards, endless, no number) are put in order or left out."""
    times: list[float] = []
    shapes: list[Shape] = []
    end = 0.0
    for phoneme in phonemes:
        if not (-_LONGEST_SECONDS < phoneme.start_s < _LONGEST_SECONDS and phoneme.end_s < _LONGEST_SECONDS):
            continue
        start, end = max(phoneme.start_s, end), max(phoneme.end_s, phoneme.start_s, end)
        if not times:
            times, shapes = [start - GLIDE_SECONDS / 2], [REST]
        for first, last, shape in _held(start, end, shapes_of(phoneme.symbol)):
            times.append(max(times[-1], first))
            times.append(max(times[-1], last))
            shapes += [shape, shape]
    if times:
        times.append(max(times[-1], end) + GLIDE_SECONDS / 2)
        shapes.append(REST)
    return Track(tuple(times), tuple(shapes))


def opening(phonemes: Iterable[Phoneme], at: float) -> float:
    """How far the mouth is open at a time. For many times of one sentence, make the `track` once."""
    return track(phonemes).opening(at)


class Loudness:
    """A mouth that follows how loud it is, for engines that tell no phonemes; 30 openings a second.

    However the samples are cut into blocks, the openings are the same.
    """

    def __init__(self, rate: int) -> None:
        self._frame = max(1, round(rate / PER_SECOND))
        self._rest: NDArray[np.float32] = np.zeros(0, np.float32)
        self._openings: list[float] = []
        self._loudest = _QUIETEST_DB + _RANGE_DB
        self._seconds = self._frame / max(1, rate)

    def feed(self, samples: NDArray[np.float32]) -> None:
        """The next samples of the sentence, mono, −1 to 1."""
        heard = np.concatenate([self._rest, samples])
        whole = len(heard) // self._frame
        frames = heard[: whole * self._frame].reshape(whole, self._frame).astype(np.float64)
        self._rest = heard[whole * self._frame :]
        for power in np.mean(np.nan_to_num(frames, nan=0.0, posinf=1.0, neginf=-1.0) ** 2, axis=1):
            self._openings.append(self._next(10.0 * math.log10(max(float(power), 1e-12))))

    def opening(self, at: float) -> float:
        """How far the mouth is open, 0 to 1; closed where no samples came."""
        frame = math.floor(at / self._seconds) if math.isfinite(at) else -1
        return self._openings[frame] if 0 <= frame < len(self._openings) else 0.0

    @property
    def openings(self) -> tuple[float, ...]:
        """All so far, PER_SECOND of them a second."""
        return tuple(self._openings)

    def _next(self, decibels: float) -> float:
        """The opening after another thirtieth of a second of this loudness, 0 dB being full scale."""
        self._loudest = max(decibels, self._loudest - _FORGET_DB_PER_SECOND * self._seconds, _QUIETEST_DB + _RANGE_DB)
        goal = min(1.0, max(0.0, 1.0 + (decibels - self._loudest) / _RANGE_DB))
        before = self._openings[-1] if self._openings else 0.0
        constant = ATTACK_SECONDS if goal > before else RELEASE_SECONDS
        now = goal + (before - goal) * math.exp(-self._seconds / constant)
        return now if now > _CLOSED else 0.0


def _held(start: float, end: float, shapes: tuple[Shape, ...]) -> Iterable[tuple[float, float, Shape]]:
    """From when to when each shape is held; the glides lie between them."""
    length = (end - start) / len(shapes)
    margin = min(GLIDE_SECONDS, length) / 2
    for number, shape in enumerate(shapes):
        first = start + number * length
        yield first + margin, first + length - margin, shape
