"""How Alisa looks in a terminal: her colours, and one colour for each emotion, everywhere the same.

Names and emotions are shown as *chips*, coloured blocks that carry their own background, so that they are
readable on dark and light terminals alike: each pair below has a contrast of at least 4.5 to 1.
Running text keeps the terminal's own colour. What is shown is not known here, and no library is needed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO

from alisa.protocol.tags import Emotion

VIOLET = "#6d5bd0"
TEAL = "#45b8d0"
LAVENDER = "#e9dcff"
ACCENT = "#3ecfc6"
HEART = "#ff6f91"
INK = "#3a2a5c"
NIGHT = "#171326"
DAY = "#f6f4ff"
WHITE = "#ffffff"
AMBER = "#ffb454"


@dataclass(frozen=True, slots=True)
class Chip:
    """A word on a coloured block: `#rrggbb` for the letters and for the block."""

    letters: str
    block: str


HER = Chip(WHITE, VIOLET)
YOU = Chip(INK, LAVENDER)
TROUBLE = Chip(NIGHT, AMBER)

EMOTION_COLOURS: Mapping[Emotion, str] = {
    Emotion.HAPPY: "#ffd166",
    Emotion.CALM: "#5fd3bc",
    Emotion.TEASING: HEART,
    Emotion.SHY: "#f5b0e1",
    Emotion.SERIOUS: "#b794f6",
    Emotion.SAD: "#6fa8ff",
    Emotion.NEUTRAL: "#cfc9e6",
}


def emotion_chip(emotion: Emotion) -> Chip:
    """The chip of an emotion."""
    return Chip(NIGHT, EMOTION_COLOURS[emotion])


def wants_colour(stream: IO[str], env: Mapping[str, str] | None = None) -> bool:
    """Whether colours may be written to a stream: a terminal that can show them, and no NO_COLOR."""
    variables = os.environ if env is None else env
    return stream.isatty() and not variables.get("NO_COLOR") and variables.get("TERM") != "dumb"
