"""Her colours: readable, and one for each emotion."""

from __future__ import annotations

import io
from itertools import combinations

import pytest

from alisa.cli.look import (
    ACCENT,
    EMOTION_COLOURS,
    HER,
    INK,
    LAVENDER,
    NIGHT,
    TROUBLE,
    YOU,
    Chip,
    emotion_chip,
    wants_colour,
)
from alisa.protocol.tags import Emotion


def luminance(colour: str) -> float:
    """Relative luminance of sRGB, WCAG 2.1."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "chip",
    [HER, YOU, TROUBLE, *map(emotion_chip, Emotion), Chip(ACCENT, NIGHT), Chip(LAVENDER, NIGHT), Chip(INK, LAVENDER)],
)
def test_every_pair_can_be_read(chip: Chip) -> None:
    """Letters stand out from their block by at least 4.5 to 1."""
    assert contrast(chip.letters, chip.block) >= 4.5


def test_every_emotion_has_a_colour_of_its_own() -> None:
    """Seven colours that can be told apart."""
    assert set(EMOTION_COLOURS) == set(Emotion)
    for one, other in combinations(EMOTION_COLOURS.values(), 2):
        steps = [abs(int(one[place : place + 2], 16) - int(other[place : place + 2], 16)) for place in (1, 3, 5)]
        assert sum(steps) > 50


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "env", "wanted"),
    [
        (Tty(), {"TERM": "xterm"}, True),
        (Tty(), {"TERM": "xterm", "NO_COLOR": ""}, True),
        (Tty(), {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (Tty(), {"TERM": "dumb"}, False),
        (io.StringIO(), {"TERM": "xterm"}, False),
    ],
)
def test_colour_only_where_it_is_wanted(stream: io.StringIO, env: dict[str, str], wanted: bool) -> None:
    """A pipe, a terminal that can do nothing and NO_COLOR get none."""
    assert wants_colour(stream, env) is wanted
