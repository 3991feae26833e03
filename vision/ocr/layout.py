"""From lines of text with their places to one text, in the order in which a person reads them. Pure.

Lines below each other make a column; columns are read one after the other, so that the terminal beside an editor
does not tear its lines apart. What stands on one row of a column is one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from vision.ocr.lines import Word

COLUMN_GAP = 2.2
"""Lines of one column are no further apart than so many times their height."""

SAME_HEIGHT = 40
"""Columns that begin within so many pixels stand beside each other."""

LETTER = 0.6
"""A letter of a typewriter's face is so many times as wide as a line is high."""
WINDOW_EDGE = 3.0
"""Text that reaches the edge of its window ends no further from it than so many times its height."""


def in_order(lines: Sequence[tuple[Word, str]], width: int = 0) -> str:
    """Return the text: a line for each row, an empty line between columns.

    `width` is that of the window: a row that reaches its right edge goes on in the next one, as terminals wrap them.
    """
    read = [(line, text.strip()) for line, text in lines if not _is_speck(text.strip())]
    columns = _columns(read)
    return "\n\n".join(_unwrapped(_rows(column), width) for column in columns)


def _is_speck(text: str) -> bool:
    """Is this nothing, or what a cursor that stands alone is taken for?"""
    return not text or (len(text) == 1 and (text.isalpha() or text in "|_"))


def _columns(lines: list[tuple[Word, str]]) -> list[list[tuple[Word, str]]]:
    """Return the lines in columns, the leftmost of the uppermost first."""
    columns: list[list[tuple[Word, str]]] = []
    for line in sorted(lines, key=lambda line: (line[0].top, line[0].left)):
        home = next((column for column in reversed(columns) if _continues(column, line[0])), None)
        if home is None:
            columns.append([line])
        else:
            home.append(line)
    return sorted(columns, key=lambda column: (column[0][0].top // SAME_HEIGHT, min(line.left for line, _ in column)))


def _continues(column: list[tuple[Word, str]], line: Word) -> bool:
    """Does a line stand below one of the last lines of a column, or beside it on its row?"""
    for last, _ in column[-6:]:
        height = max(last.height, line.height)
        beside = min(last.bottom, line.bottom) - max(last.top, line.top) > 0.5 * min(last.height, line.height)
        shares = min(last.right, line.right) - max(last.left, line.left)
        if beside and max(line.left - last.right, last.left - line.right) < 3 * height:
            return True
        if shares > 0 and line.top - last.bottom < COLUMN_GAP * height:
            return True
    return False


def _rows(column: list[tuple[Word, str]]) -> list[tuple[Word, str]]:
    """Return the rows of a column, each with its whole box."""
    rows: list[list[tuple[Word, str]]] = []
    for line in sorted(column, key=lambda line: line[0].top):
        last = rows[-1][0][0] if rows else None
        if last and min(last.bottom, line[0].bottom) - line[0].top > 0.5 * min(last.height, line[0].height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_row(sorted(row, key=lambda line: line[0].left)) for row in rows]


def _row(parts: list[tuple[Word, str]]) -> tuple[Word, str]:
    boxes = [box for box, _ in parts]
    whole = Word(
        boxes[0].left,
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
    return whole, "  ".join(text for _, text in parts)


def _unwrapped(rows: list[tuple[Word, str]], width: int) -> str:
    """Return the rows as lines; those that were wrapped at the edge of the window in one."""
    edge, start = max(row.right for row, _ in rows), min(row.left for row, _ in rows)
    text = rows[0][1]
    for (row, _), (following, words) in pairwise(rows):
        letter = max(3.0, LETTER * max(row.height, following.height))
        short = (edge - row.right) / letter
        near_edge = 0 < width < row.right + WINDOW_EDGE * max(row.height, following.height)
        if near_edge and short < 1.8 and following.left - start < 1.5 * letter:
            text += words if short < 0.8 else f" {words}"
        else:
            text += f"\n{words}"
    return text
