"""A set of layers with a manifest: read whole, or every problem named, file by file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from overlay.avatar import AvatarError, layered
from overlay.avatar.layered import load_layered
from overlay.avatar.sets import Group
from overlay.expressions import Expression, Viseme
from tests.overlay.avatar import art


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(AvatarError) as caught:
        load_layered(folder)
    assert caught.value.code == "avatar_broken"
    assert caught.value.hint
    return caught.value.problems


def test_a_whole_set_is_read(tmp_path: Path) -> None:
    """Every face, every layer, and the order stand in what is read."""
    avatar = load_layered(art.layered(tmp_path / "set"))
    assert (avatar.name, avatar.kind, avatar.canvas, avatar.license) == ("Test", "layered", art.CANVAS, "MIT")
    assert set(avatar.faces) == set(Expression)
    assert avatar.order[0] == ("back_hair", Group.HAIR)
    assert avatar.faces[Expression.HAPPY].slots["extras"] == ("sparkle",)
    assert avatar.mouths[Viseme.AA] == "mouth_aa"
    assert {layer.image.mode for layer in avatar.layers.values()} == {"RGBa"}


def test_layers_are_cropped_to_what_is_seen(tmp_path: Path) -> None:
    """A layer that was saved on the whole canvas costs no more than what is on it."""
    folder = art.layered(tmp_path / "set")
    whole = Image.new("RGBA", art.CANVAS)
    whole.paste("red", (20, 30, 25, 40))
    whole.save(folder / "sparkle.png")
    table = art.manifest()
    table["layers"]["sparkle"]["at"] = [0, 0]
    layer = load_layered(art.layered(tmp_path / "other", table)).layers["sparkle"]
    assert layer.image.size == (8, 8)
    art.layered(folder, table)
    whole.save(folder / "sparkle.png")
    layer = load_layered(folder).layers["sparkle"]
    assert (layer.image.size, layer.at) == ((5, 10), (20, 30))


def test_a_face_that_is_missing_borrows_the_nearest_one(tmp_path: Path) -> None:
    """Neutral is all that a set must have."""
    table = art.manifest()
    table["expressions"] = {name: table["expressions"][name] for name in ("neutral", "happy")}
    avatar = load_layered(art.layered(tmp_path / "set", table))
    assert avatar.faces[Expression.SHY] == avatar.faces[Expression.HAPPY]
    assert avatar.faces[Expression.SLEEPY] == avatar.faces[Expression.NEUTRAL]


def test_every_broken_file_is_named(tmp_path: Path) -> None:
    """Not only the first problem: a person corrects all of them in one go."""
    folder = art.layered(tmp_path / "set")
    (folder / "face.png").unlink()
    (folder / "body.png").write_bytes(b"no picture")
    (folder / "tear.png").write_bytes((folder / "tear.png").read_bytes()[:60])
    found = problems(folder)
    assert len(found) == 3
    assert {problem.split(":")[0] for problem in found} == {"face.png", "body.png", "tear.png"}


def _drop(*place: str) -> Callable[[dict[str, Any]], None]:
    def change(table: dict[str, Any]) -> None:
        for key in place[:-1]:
            table = table[key]
        del table[place[-1]]

    return change


def _put(value: Any, *place: str) -> Callable[[dict[str, Any]], None]:
    def change(table: dict[str, Any]) -> None:
        for key in place[:-1]:
            table = table.setdefault(key, {})
        table[place[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_drop("canvas"), "canvas is missing."),
        (_put("x", "canvsa"), "canvsa is not known. Did you mean canvas?"),
        (_put([9, 99999], "canvas"), "canvas.0: Input should be greater than or equal to 16."),
        (_put("x", "expressions", "happy", "brow"), "expressions.happy.brow is not known. Did you mean brows?"),
        (_drop("expressions", "happy", "eyes"), "expressions.happy.eyes is missing."),
        (_put({"eyes": "open"}, "expressions", "hapy"), "expressions.hapy is not known. Did you mean happy?"),
        (_put("mouth_aa", "mouths", "aaa"), "mouths.aaa is not known. Did you mean aa?"),
        (_put("mouth_xx", "mouths", "aa"), "mouths.aa: there is no layer 'mouth_xx'."),
        (_drop("expressions", "neutral"), "expressions.neutral is missing."),
        (_put("wide", "expressions", "sad", "eyes"), "expressions.sad.eyes: there is no kind of eyes 'wide'."),
        (_put("smirk", "expressions", "sad", "mouth"), "expressions.sad.mouth: there is no layer 'smirk'."),
        (_put(["heart"], "expressions", "sad", "extras"), "expressions.sad.extras: there is no layer 'heart'."),
        (_put("nose", "fixed", "face"), "fixed.face: there is no layer 'nose'."),
        (_put("face", "fixed", "nose"), "fixed.nose: the order has no such slot."),
        (_put("face", "fixed", "mouth"), "fixed.mouth: this slot belongs to the expressions."),
        (_drop("fixed", "ornaments"), "order: nothing ever fills the slot 'ornaments'."),
        (_put({"travel": [1, 1]}, "eyes", "odd"), "eyes.odd: names no layer."),
        (_put({"iris": "eyes_iris"}, "eyes", "odd"), "eyes.odd.iris: needs a white"),
        (_put({"flat": "none"}, "eyes", "odd"), "eyes.odd.flat: there is no layer 'none'."),
        (
            _put([float("nan"), 0], "expressions", "shy", "gaze"),
            "expressions.shy.gaze.0: Input should be a finite number",
        ),
    ],
)
def test_every_slip_in_the_manifest_is_a_sentence(
    tmp_path: Path, change: Callable[[dict[str, Any]], None], sentence: str
) -> None:
    """What is missing, misspelt or leads nowhere is said with its place."""
    table = art.manifest()
    change(table)
    assert any(problem.startswith(f"manifest.toml: {sentence}") for problem in problems(art.layered(tmp_path, table)))


def test_a_slot_that_the_order_lacks_is_said(tmp_path: Path) -> None:
    """Nor may one stand there twice."""
    table = art.manifest()
    slots = table["order"]["slots"]
    table["order"]["slots"] = [row for row in slots if row["slot"] not in ("brows", "eyes")] + [slots[0]]
    found = problems(art.layered(tmp_path, table))
    assert "manifest.toml: expressions.serious.brows: the order has no slot 'brows'." in found
    assert "manifest.toml: expressions.happy.eyes: the order has no slot 'eyes'." in found
    assert "manifest.toml: order: the slot 'back_hair' stands there twice." in found


@pytest.mark.parametrize("content", [b"a = ", b"\xff\xfe", b"x" * 300_000, b"a = " + b"[" * 50_000])
def test_a_manifest_that_is_no_toml_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    """Nor does a huge or deeply nested one do harm."""
    folder = art.layered(tmp_path)
    (folder / "manifest.toml").write_bytes(content)
    (problem,) = problems(folder)
    assert problem.startswith("manifest.toml: is")


def test_a_layer_that_nobody_can_see_is_said(tmp_path: Path) -> None:
    """A place outside the canvas is a slip."""
    table = art.manifest()
    table["layers"]["tear"]["at"] = [500, 0]
    assert problems(art.layered(tmp_path, table)) == ("tear.png: lies outside the canvas at [500, 0].",)


def test_a_file_outside_the_folder_is_not_read(tmp_path: Path) -> None:
    """A set from a stranger cannot look around."""
    table = art.manifest()
    table["layers"]["tear"]["file"] = "../tear.png"
    assert problems(art.layered(tmp_path / "set", table)) == ("'../tear.png' leads out of this folder.",)


def test_all_layers_together_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A set that would fill the memory is refused before it does."""
    monkeypatch.setattr(layered, "MAX_PIXELS", 2000)
    assert "larger than 2,000 pixels together" in problems(art.layered(tmp_path))[0]
