"""From lines of text with their places to one text, in the order in which a person reads them. Pure.

Lines below each other make a column; columns are read one after the other, so that the terminal beside an editor
does not tear its lines apart. What stands on one row of a column is one line.
"""

from __future__ import annotations

from collections.abc import Sequence

from vision.ocr.lines import Word

COLUMN_GAP = 2.2
"""Lines of one column are no further apart than so many times their height."""

SAME_HEIGHT = 40
"""Columns that begin within so many pixels stand beside each other."""


def in_order(lines: Sequence[tuple[Word, str]]) -> str:
    """Return the text: a line for each row, an empty line between columns."""
    read = [(line, text.strip()) for line, text in lines if not _is_speck(text.strip())]
    columns = _columns(read)
    return "\n\n".join("\n".join(_rows(column)) for column in columns)


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


def _rows(column: list[tuple[Word, str]]) -> list[str]:
    rows: list[list[tuple[Word, str]]] = []
    for line in sorted(column, key=lambda line: line[0].top):
        last = rows[-1][0][0] if rows else None
        if last and min(last.bottom, line[0].bottom) - line[0].top > 0.5 * min(last.height, line[0].height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return ["  ".join(text for _, text in sorted(row, key=lambda line: line[0].left)) for row in rows]
