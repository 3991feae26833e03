"""What stands where on the card: her words on top, then what the product says, then a question, then nothing.

Pure: a view and the measures of letters in, boxes out. Lengths are pixels, positions count from the card's corner.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from overlay.bubble.lines import Measure, wrap
from overlay.bubble.notes import Kind, Note
from overlay.bubble.palette import Palette
from overlay.bubble.picture import Box
from overlay.bubble.shown import View

MOST_LINES = 7
"""How many lines of her words show at a time."""


class Part(StrEnum):
    """What can stand on the card."""

    WORDS = "words"
    NOTE = "note"
    HINT = "hint"
    FORM = "form"


class Type(Protocol):
    """Letters: how wide a text is, and how high a line."""

    @property
    def line(self) -> int: ...
    @property
    def measure(self) -> Measure: ...


@dataclass(frozen=True, slots=True)
class Measures:
    """The lengths of a card on this screen."""

    width: int
    """the widest line"""
    pad: int
    gap: int
    inner: int
    """around the product's words, on their strip"""
    words: Type
    notes: Type


@dataclass(frozen=True, slots=True)
class Block:
    """One part in its box. `leftwards`: its lines begin on the right."""

    part: Part
    box: Box
    text: str = ""
    colour: str = ""
    ground: str = ""
    leftwards: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A card without tail."""

    size: tuple[int, int]
    ground: str
    blocks: tuple[Block, ...]
    strips: tuple[tuple[Box, str], ...] = ()

    def box_of(self, part: Part) -> Box | None:
        """Where this part stands, None if it does not."""
        return next((block.box for block in self.blocks if block.part is part), None)


def fits(text: str, measures: Measures) -> bool:
    """Whether her words have room on the card."""
    return len(wrap(text, measures.width, measures.words.measure)) <= MOST_LINES


def arrange(shown: View, form_size: tuple[int, int], measures: Measures, palette: Palette) -> Layout:
    """The card for this view; `form_size` is what the question takes, if there is one."""
    pad = measures.pad
    blocks: list[Block] = []
    strips: list[tuple[Box, str]] = []
    if shown.words:
        letters = measures.words
        blocks.append(_block(Part.WORDS, shown.words, (pad, pad), measures.width, letters, palette.words))
    if shown.note is not None:
        ground = palette.trouble_ground if shown.note.kind is Kind.TROUBLE else palette.note_ground
        if not shown.words and shown.question is None:
            return _sized(_note(shown.note, (pad, pad), measures.width, measures, palette), (), ground, pad)
        top = _below(blocks, measures)
        corner = (pad + measures.inner, top + measures.inner)
        note = _note(shown.note, corner, measures.width - 2 * measures.inner, measures, palette)
        blocks += note
        right = max(block.box[2] for block in blocks)
        if shown.question is not None:
            right = max(right, pad + form_size[0] - measures.inner)
        bottom = note[-1].box[3] + measures.inner
        strips.append(((pad, top, max(right, note[0].box[2]) + measures.inner, bottom), ground))
    if shown.question is not None:
        top = max([_below(blocks, measures), *(box[3] + measures.gap for box, _ in strips)])
        right = max([pad + form_size[0], *(block.box[2] for block in blocks), *(box[2] for box, _ in strips)])
        blocks.append(Block(Part.FORM, (pad, top, right, top + form_size[1])))
    return _sized(blocks, tuple(strips), palette.ground, pad)


def runs_leftwards(text: str) -> bool:
    """Whether the writing begins on the right: its first letter with a direction says so."""
    directions = (unicodedata.bidirectional(char) for char in text)
    return next((found != "L" for found in directions if found in ("L", "R", "AL")), False)


def _sized(blocks: list[Block], strips: tuple[tuple[Box, str], ...], ground: str, pad: int) -> Layout:
    boxes = [*(block.box for block in blocks), *(box for box, _ in strips)]
    size = (max(box[2] for box in boxes) + pad, max(box[3] for box in boxes) + pad)
    return Layout(size, ground, tuple(blocks), strips)


def _below(blocks: list[Block], measures: Measures) -> int:
    return blocks[-1].box[3] + measures.gap if blocks else measures.pad


def _note(note: Note, at: tuple[int, int], width: int, measures: Measures, palette: Palette) -> list[Block]:
    trouble = note.kind is Kind.TROUBLE
    ground = palette.trouble_ground if trouble else palette.note_ground
    first = _block(
        Part.NOTE,
        note.text,
        at,
        width,
        measures.notes,
        palette.trouble_words if trouble else palette.note_words,
        ground,
    )
    if not note.hint:
        return [first]
    colour = palette.trouble_words if trouble else palette.note_hint
    return [first, _block(Part.HINT, note.hint, (at[0], first.box[3]), width, measures.notes, colour, ground)]


def _block(
    part: Part, text: str, at: tuple[int, int], width: int, letters: Type, colour: str, ground: str = ""
) -> Block:
    lines = wrap(text, width, letters.measure)
    wide = max(letters.measure(line) for line in lines)
    box = (at[0], at[1], at[0] + max(1, wide), at[1] + len(lines) * letters.line)
    return Block(part, box, "\n".join(lines), colour, ground, runs_leftwards(text))
