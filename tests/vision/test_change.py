"""What is news on a screen, and what is not."""

from __future__ import annotations

import time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.vision.scenes import LIGHT, TRACEBACK, blank, written
from vision.change import Changes, difference, is_news, thumbnail


def test_the_same_picture_is_no_news() -> None:
    """Not the second time; the first time it is."""
    changes = Changes()
    assert changes.look(blank())
    changes.mark_read()
    assert not changes.look(blank())
    assert changes.still


def test_a_cursor_that_blinks_is_no_news() -> None:
    """Wherever it stands, also across tiles."""
    for left, top in ((100, 100), (111, 105), (0, 0)):
        cursor = blank()
        cursor[top : top + 18, left : left + 10] = 0
        assert not is_news(thumbnail(blank()), thumbnail(cursor))


def test_a_line_of_text_is_news() -> None:
    """However dark the window is."""
    assert is_news(thumbnail(blank(LIGHT[0])), thumbnail(written(("make: nothing to be done",))))


def test_another_size_is_news() -> None:
    """A window that was made larger is read again."""
    assert is_news(thumbnail(blank()), thumbnail(blank(size=(800, 360))))
    assert difference(thumbnail(blank()), thumbnail(blank(size=(800, 360)))) == 1.0


def test_small_changes_add_up() -> None:
    """What is typed letter by letter is news in the end: compared is with what was read last."""
    changes = Changes()
    changes.look(written(("",)))
    changes.mark_read()
    seen = [changes.look(written(("hello my friend"[:count],))) for count in range(1, 16)]
    assert not seen[0]
    assert seen[-1]


def test_what_moves_is_not_still() -> None:
    """Two looks that differ; then two that agree."""
    changes = Changes()
    changes.look(blank())
    changes.look(written(TRACEBACK))
    assert not changes.still
    changes.look(written(TRACEBACK))
    assert changes.still
    changes.forget()
    assert changes.look(written(TRACEBACK))


@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 2**32 - 1))
def test_difference_is_a_share_and_symmetric(width: int, height: int, seed: int) -> None:
    """For pictures of any size and content."""
    noise = np.random.default_rng(seed)
    one, other = (noise.integers(0, 256, (height, width, 3), np.uint8) for _ in range(2))
    there, back = (difference(thumbnail(a), thumbnail(b)) for a, b in ((one, other), (other, one)))
    assert 0.0 <= there <= 1.0
    assert there == back
    assert difference(thumbnail(one), thumbnail(one)) == 0.0
    assert not is_news(thumbnail(one), thumbnail(one))


def test_it_is_cheap() -> None:
    """A full HD screen on which nothing changed costs a few thousandths of a second, though others use this machine."""
    screen, changes = blank(size=(1920, 1080)), Changes()
    changes.look(screen)
    changes.mark_read()
    times = []
    for _ in range(15):
        began = time.perf_counter()
        assert not changes.look(screen)
        times.append(time.perf_counter() - began)
    assert min(times) < 0.01
