# ruff: noqa: RUF001 (phonetic letters look like others)
"""The mouth: from phonemes, and from loudness."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.words.visemes import PER_SECOND, Loudness, opening, shapes_of, track


@dataclass(frozen=True)
class Sound:
    symbol: str
    start_s: float
    end_s: float


def sounds(*symbols: str, each: float = 0.1) -> list[Sound]:
    """So many sounds, one after the other."""
    return [Sound(symbol, number * each, (number + 1) * each) for number, symbol in enumerate(symbols)]


@pytest.mark.parametrize(
    ("ipa", "espeak", "viseme"),
    [("ˈɑː", "'A:", "aa"), ("æ", "a", "aa"), ("iː", "i:", "ih"),
     ("ˈuː", "'u:", "ou"), ("ɛ", "E", "ee"), ("ɔː", "O:", "oh"),
     ("ə", "@", "ee"), ("m", "m", "rest"), ("p", "p", "rest"), ("ʃ", "S", "ou"), ("", "_:", "rest")],
)  # fmt: skip
def test_sounds_have_shapes(ipa: str, espeak: str, viseme: str) -> None:
    """In the IPA as in espeak's own alphabet."""
    assert [shapes_of(symbol)[0].viseme for symbol in (ipa, espeak)] == [viseme, viseme]


def test_diphthongs_go_through_two_shapes() -> None:
    """ "my" opens wide and ends narrow."""
    assert [shape.viseme for shape in shapes_of("ˈaɪ")] == ["aa", "ih"]
    assert [shape.viseme for shape in shapes_of("'oU")] == ["oh", "ou"]
    assert shapes_of("?!x*")[0].opening > 0


def test_lips_close_and_vowels_open() -> None:
    """ "mama": closed in each m, wide in each a; the mouth is closed before and after."""
    mouth = track(sounds("m", "ɑː", "m", "ɑː"))
    assert [round(mouth.opening(at), 2) for at in (-1.0, 0.05, 0.15, 0.25, 0.35, 1.0)] == [
        0.0,
        0.0,
        0.95,
        0.0,
        0.95,
        0.0,
    ]
    assert [mouth.viseme(at) for at in (0.05, 0.15, 0.25, 0.35, 1.0)] == ["rest", "aa", "rest", "aa", "rest"]
    assert opening(sounds("m", "ɑː"), 0.15) == mouth.opening(0.15)
    assert track([]).opening(0.0) == 0.0


TIMES = st.floats(allow_nan=True, allow_infinity=True) | st.floats(0, 3)


@settings(deadline=None)
@given(st.lists(st.builds(Sound, st.text("ɑmaɪ'ˈ_:@tʃ", max_size=3), TIMES, TIMES), max_size=12), st.floats(-1, 4))
def test_the_mouth_stays_in_its_range(phonemes: list[Sound], at: float) -> None:
    """Whatever an engine tells, the opening is 0 to 1 and the times never go back."""
    mouth = track(phonemes)
    assert 0.0 <= mouth.opening(at) <= 1.0
    assert list(mouth.times) == sorted(mouth.times)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["m", "ɑː", "aɪ", "t", "", "uː", "ɛɹ"]), min_size=1, max_size=12), st.floats(0.04, 0.3))
def test_the_mouth_never_jumps(symbols: list[str], each: float) -> None:
    """In a hundredth of a second it moves by no more than a third."""
    mouth = track(sounds(*symbols, each=each))
    seen = [mouth.opening(step / 200) for step in range(-20, int(200 * each * len(symbols)) + 20)]
    assert max(abs(after - before) for before, after in pairwise(seen)) < 0.34


def tone(seconds: float, level: float, rate: int = 16000) -> np.ndarray:
    """A sine of 200 Hz."""
    return (level * np.sin(2 * np.pi * 200 * np.arange(int(seconds * rate)) / rate)).astype(np.float32)


def test_loud_is_open_and_silence_closed() -> None:
    """The mouth follows the envelope: opens within a tenth of a second, closes within three."""
    mouth = Loudness(16000)
    mouth.feed(np.concatenate([tone(0.3, 0.0), tone(0.5, 0.5), tone(0.5, 0.0)]))
    assert mouth.opening(0.2) == 0.0
    assert mouth.opening(0.45) > 0.9
    assert mouth.opening(1.15) == 0.0
    assert mouth.opening(99.0) == mouth.opening(-1.0) == mouth.opening(float("nan")) == 0.0
    assert len(mouth.openings) == pytest.approx(1.3 * PER_SECOND, abs=1)


def test_a_quiet_voice_opens_its_mouth_as_well() -> None:
    """Openings are by what was loud of late, not by full scale; noise below hearing moves nothing."""
    quiet, noise = Loudness(16000), Loudness(16000)
    quiet.feed(tone(0.5, 0.1))
    noise.feed(tone(0.5, 0.001))
    assert quiet.opening(0.4) > 0.85
    assert max(noise.openings) == 0.0


@settings(deadline=None)
@given(st.lists(st.integers(0, 900), max_size=12), st.sampled_from([8000, 22050, 24000]))
def test_blocks_do_not_matter(cuts: list[int], rate: int) -> None:
    """However samples are cut, the openings are the same, and within their range."""
    samples = tone(sum(cuts) / rate, 0.4, rate)[: sum(cuts)]
    whole, cut = Loudness(rate), Loudness(rate)
    whole.feed(samples)
    done = 0
    for size in cuts:
        cut.feed(samples[done : done + size])
        done += size
    assert cut.openings == pytest.approx(whole.openings)
    assert all(0.0 <= each <= 1.0 for each in whole.openings)


def test_broken_samples_do_no_harm() -> None:
    """No number, and more than full scale, are a mouth as well."""
    mouth = Loudness(16000)
    mouth.feed(np.full(1600, np.nan, np.float32))
    mouth.feed(np.full(1600, np.inf, np.float32))
    assert all(0.0 <= each <= 1.0 for each in mouth.openings)
