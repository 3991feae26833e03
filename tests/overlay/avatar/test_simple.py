"""The simple set: six pictures, and two that are laid over them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from overlay.avatar import AvatarError
from overlay.avatar.simple import KEPT_HEIGHT, load_simple
from overlay.expressions import Expression, Viseme
from tests.overlay.avatar import art


def figure(folder: Path, expression: Expression) -> str:
    return load_simple(folder).faces[expression].slots["figure"][0]


def test_six_plain_pictures_are_an_avatar(tmp_path: Path) -> None:
    """Each mood has its picture; the others borrow the nearest."""
    folder = art.simple(tmp_path / "mira")
    avatar = load_simple(folder)
    assert (avatar.name, avatar.kind, avatar.canvas) == ("mira", "simple", (48, 72))
    assert [figure(folder, e) for e in (Expression.NEUTRAL, Expression.SAD, Expression.SHY, Expression.SURPRISED)] == [
        *("base", "sad", "happy", "happy"),
    ]
    assert avatar.mouths == dict.fromkeys((Viseme.AA, Viseme.EE, Viseme.OH), "mouth_open")
    assert avatar.faces[Expression.HAPPY].closed == "closed"
    assert avatar.faces[Expression.SLEEPY].eyes == "closed"


def test_without_overlays_she_neither_blinks_nor_speaks(tmp_path: Path) -> None:
    """Closed eyes and the open mouth may be missing."""
    avatar = load_simple(art.simple(tmp_path, overlays=False))
    assert (avatar.mouths, dict(avatar.eyes)) == ({}, {})
    assert {face.closed for face in avatar.faces.values()} == {""}


def test_more_pictures_than_asked_for_are_used(tmp_path: Path) -> None:
    """Any expression may have a picture of its own; capitals in file names do not matter."""
    art.simple(tmp_path)
    (tmp_path / "sad.png").replace(tmp_path / "Thinking.PNG")
    art.simple(tmp_path)
    assert figure(tmp_path, Expression.THINKING) == "thinking"


def test_every_problem_is_named_by_its_file(tmp_path: Path) -> None:
    """Missing, damaged, of another size, empty, without transparency: all at once."""
    art.simple(tmp_path)
    (tmp_path / "sad.png").unlink()
    (tmp_path / "calm.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    Image.new("RGBA", (48, 70), "red").save(tmp_path / "happy.png")
    Image.new("RGBA", (48, 72)).save(tmp_path / "teasing.png")
    Image.new("RGB", (48, 72), "red").save(tmp_path / "mouth_open.png")
    with pytest.raises(AvatarError) as caught:
        load_simple(tmp_path)
    assert caught.value.problems == (
        "sad.png: is not there.",
        "calm.png: is not a PNG picture.",
        "happy.png: is 48 x 70 pixels, but base.png is 48 x 72.",
        "teasing.png: is wholly transparent; there is nothing to see.",
        "mouth_open.png: has no transparency, so that it would hide her behind a rectangle.",
    )
    assert "and 2 more" in caught.value.message


def test_an_empty_folder_lacks_all_six(tmp_path: Path) -> None:
    """So does a folder that is not there."""
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(AvatarError) as caught:
            load_simple(folder)
        assert len(caught.value.problems) == 6


def test_tiny_pictures_are_refused(tmp_path: Path) -> None:
    """Nobody could see her."""
    with pytest.raises(AvatarError, match="too small to see her"):
        load_simple(art.simple(tmp_path, (8, 8)))


def test_large_pictures_are_made_smaller_at_once(tmp_path: Path) -> None:
    """No more is kept than the largest scale shows."""
    avatar = load_simple(art.simple(tmp_path, (1200, 2000)))
    assert avatar.canvas == (691, KEPT_HEIGHT)
    assert max(layer.image.height for layer in avatar.layers.values()) <= KEPT_HEIGHT
