"""Lines of text are found, whatever their colours and size."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vision.scenes import DARK, LIGHT, TRACEBACK, blank, written
from vision.ocr.layout import in_order
from vision.ocr.lines import Word, find_lines
from vision.ocr.prepare import MOST_PIXELS, TYPE_PIXELS, bounded, cut, grey, set_line
from vision.ocr.sheet import Placed, compose


@pytest.mark.parametrize("points", [11, 13, 16, 24])
@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_each_line_is_found_once(points: int, colours: tuple[tuple[int, int, int], tuple[int, int, int]]) -> None:
    """In the order of the screen, one below the other."""
    lines = find_lines(grey(written(TRACEBACK, colours, points=points, size=(900, 300))))
    assert len(in_order([(line, "words") for line in lines]).splitlines()) == len(TRACEBACK)
    assert len(lines) <= len(TRACEBACK) + 2, "a wide gap may split one"


def test_columns_are_lines_of_their_own() -> None:
    """A terminal beside a light page, each in its colours."""
    beside = np.hstack([written(TRACEBACK[:3], DARK), written(("Shopping list", "green tea", "rice"), LIGHT)])
    lines = find_lines(grey(beside))
    assert len([line for line in lines if line.right <= 640]) == 3
    assert len([line for line in lines if line.left >= 640]) == 3


def test_an_empty_window_has_no_lines() -> None:
    """Nor has one with a border and a rule."""
    bordered = blank()
    bordered[:, :2] = bordered[:, -2:] = bordered[:2] = bordered[-2:] = bordered[40:42] = 0
    assert find_lines(grey(blank())) == []
    assert find_lines(grey(bordered)) == []


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 120), st.integers(1, 120), st.integers(0, 2**32 - 1))
def test_noise_of_any_size_breaks_nothing(width: int, height: int, seed: int) -> None:
    """Boxes lie within the picture; each can be cut out and set."""
    noise = np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)
    for line in find_lines(noise):
        assert 0 <= line.left < line.right <= width + 1
        assert 0 <= line.top < line.bottom <= height
        prepared = set_line(cut(noise, line), 12.0)
        assert prepared is None or prepared.size


def test_a_line_is_set_dark_on_light_and_of_one_size() -> None:
    """From a dark window as from a light one."""
    for colours in (LIGHT, DARK, ((0, 0, 90), (200, 120, 0))):
        shades = grey(written(("user@desk:~/shop$ (python) jpg",), colours, points=20))
        line = find_lines(shades)[0]
        prepared = set_line(cut(shades, line), line.height)
        assert prepared is not None
        assert np.median(prepared) > 240
        assert prepared.min() < 30
        assert abs(prepared.shape[0] - TYPE_PIXELS) <= 5
    assert set_line(np.full((12, 80), 77, np.uint8), 12.0) is None, "nothing is on it"


def test_a_huge_picture_is_made_smaller() -> None:
    """Beyond a whole 4K screen; an ordinary one stays as it is."""
    assert bounded(np.zeros((4000, 6000), np.uint8)).size <= MOST_PIXELS
    assert bounded(np.zeros((1080, 1920), np.uint8)).shape == (1080, 1920)


def test_words_on_a_sheet_find_their_lines() -> None:
    """In the order of the sheet, and the words in theirs; what an engine sees elsewhere is dropped."""
    sheet = compose([np.full(shape, 255, np.uint8) for shape in ((22, 100), (30, 50), (22, 9))])
    middle = [top + 11 for top in (6, 6 + 22 + 9, 6 + 22 + 9 + 30 + 9)]
    found = [Placed("green", 5, 30, middle[0]), Placed("tea", 44, 60, middle[0]), Placed("rice", 5, 30, middle[2])]
    found.append(Placed("?", 0, 9, 999))
    assert sheet.sort(found) == ["green tea", "", "rice"]
    assert compose([]).sort([]) == []


def test_columns_are_read_one_after_the_other() -> None:
    """A row of a column is a line; what a lone cursor is taken for is none."""
    left = [(Word(10, 10 + 20 * row, 200, 24 + 20 * row), f"left {row}") for row in range(3)]
    right = [(Word(500, 10 + 20 * row, 700, 24 + 20 * row), f"right {row}") for row in range(3)]
    beside = [(Word(220, 10, 300, 24), "and more"), (Word(10, 70, 18, 84), "I")]
    assert in_order([*right, *left, *beside]) == "left 0  and more\nleft 1\nleft 2\n\nright 0\nright 1\nright 2"
    assert in_order([]) == ""


def test_a_wrapped_row_is_one_line() -> None:
    """As a terminal wraps it at the edge of its window, in the middle of a word or at a space; not elsewhere."""
    rows = [("File app.py, lin", 800), ("e 4, in main", 100), ("and a line that ends", 790), ("here", 60), ("end", 50)]
    lines = [(Word(4, 20 * at, right, 20 * at + 14), text) for at, (text, right) in enumerate(rows)]
    assert in_order(lines, 804).splitlines() == ["File app.py, line 4, in main", "and a line that ends here", "end"]
    assert in_order(lines, 1900).splitlines() == [text for text, _ in rows]


def test_the_room_around_a_full_stop_is_no_blank() -> None:
    """In a typewriter's face it looks like one; a real blank is wider."""
    line = np.full((22, 300), 255, np.uint8)
    above = [Placed("at", 0, 20, 17), Placed("org.", 34, 60, 17), Placed("desk", 68, 100, 17)]
    above += [Placed("(Account.", 108, 160, 17), Placed("java:", 167, 200, 17), Placed("58)", 206, 230, 17)]
    below = [Placed("price", 0, 50, 48), Placed("=", 63, 70, 48), Placed("prices.", 83, 130, 48)]
    below += [Placed("Then", 145, 180, 48), Placed("it", 195, 200, 48)]
    found = [*above, *below]
    assert compose([line, line]).sort(found) == ["at org.desk(Account.java:58)", "price = prices. Then it"]


def test_a_picture_full_of_detail_costs_little() -> None:
    """Gravel, a film, a crowd: what looks like thousands of words is not compared word by word."""
    grain = np.random.default_rng(4).integers(0, 256, (270, 480), np.uint8)
    shades = np.repeat(np.repeat(grain, 4, axis=0), 4, axis=1)
    shades[::7] = 128
    began = time.process_time()
    find_lines(shades)
    assert time.process_time() - began < 1.0
