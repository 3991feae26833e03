"""The committed set is what the script draws, and it is whole."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw

from overlay.art.__main__ import SET, main
from overlay.art.layers import Layer, draw, draw_all
from overlay.art.manifest import manifest
from overlay.art.pen import HEIGHT, WIDTH
from overlay.art.sheet import Pose, compose, sheet
from overlay.art.table import EYES, FIXED, LAYERS, LOOKS, MOUTHS, Look
from overlay.avatar import load_avatar
from overlay.expressions import Expression, Viseme

TOLERANCE = 8
"""of 255: another build of skia may round a pixel of an edge otherwise, and 6 bits make 4 of that"""


@cache
def drawn() -> dict[str, Layer]:
    return draw_all()


@cache
def face(name: Expression) -> Image.Image:
    """Her head with an expression as it is seen at the smallest usual size, 128 by 192, on mid grey."""
    ground = Image.new("RGBA", (WIDTH, HEIGHT), "#808080")
    ground.alpha_composite(compose(Pose(LOOKS[name]), drawn()))
    return ground.convert("RGB").resize((128, 192), Image.Resampling.BOX).crop((30, 48, 98, 112))


@pytest.mark.parametrize("name", LAYERS)
def test_each_committed_picture_is_what_the_script_draws(name: str) -> None:
    """Nobody painted over a layer by hand, and none is older than its drawing."""
    layer = drawn()[name]
    with Image.open(SET / layer.file) as committed:
        assert committed.mode == "RGBA"
        assert committed.size == layer.picture.size
        assert strongest(premultiplied(committed), premultiplied(layer.picture)) <= TOLERANCE


def premultiplied(picture: Image.Image) -> Image.Image:
    """Colour where nothing is seen does not count."""
    return picture.convert("RGBa")


def strongest(one: Image.Image, other: Image.Image) -> int:
    """The largest difference of any channel of any pixel."""
    raw = [Image.frombytes("RGBA", picture.size, picture.tobytes()) for picture in (one, other)]
    return max(high for _, high in ImageChops.difference(*raw).getextrema())  # type: ignore[misc]


def test_the_committed_manifest_is_what_the_script_writes() -> None:
    """The manifest comes from the table alone."""
    assert (SET / "manifest.toml").read_text(encoding="utf-8") == manifest(drawn())


def test_the_folder_holds_nothing_else_and_is_small() -> None:
    """Every file belongs to the set, and a clone does not grow heavy by it."""
    files = {file.name: file.stat().st_size for file in SET.iterdir()}
    assert set(files) == {"manifest.toml", *(layer.file for layer in drawn().values())}
    assert sum(files.values()) < 600 * 1024


def test_the_set_loads() -> None:
    """The overlay takes the built-in set without a complaint."""
    avatar = load_avatar(SET)
    assert (avatar.kind, avatar.canvas) == ("layered", (WIDTH, HEIGHT))


def test_the_table_names_every_face_and_every_mouth() -> None:
    """No expression and no viseme is left out, and every name in the table is a layer or a kind of eyes."""
    assert set(LOOKS) == set(Expression)
    assert set(MOUTHS) == set(Viseme)
    for look in LOOKS.values():
        assert {look.eyes, look.closed} | ({look.half} - {""}) <= set(EYES)
        assert {look.brows, look.mouth, look.cheeks, *look.extras} <= set(LAYERS)
    parts = {part for kind in EYES.values() for part in (kind.white, kind.iris, kind.lashes, kind.flat)} - {""}
    assert parts | set(MOUTHS.values()) | set(FIXED.values()) <= set(LAYERS)


def test_no_two_expressions_share_their_features() -> None:
    """Brows and mouths are a feeling's own; eyes are shared by two at most."""
    looks = list(LOOKS.values())
    assert len({look.brows for look in looks}) == len({look.mouth for look in looks}) == len(looks)
    eyes = [look.eyes for look in looks]
    assert max(eyes.count(kind) for kind in eyes) <= 2


@pytest.mark.parametrize(
    ("one", "other"), [(a, b) for place, a in enumerate(Expression) for b in list(Expression)[place + 1 :]]
)
def test_any_two_faces_differ_even_when_small(one: Expression, other: Expression) -> None:
    """At 128 by 192, without what floats beside her, clearly different pixels make up a good part of the face."""
    changed = ImageChops.difference(face(one), face(other)).convert("L").point(lambda value: 255 if value > 40 else 0)
    assert changed.histogram()[255] >= 40


@pytest.mark.parametrize("kind", ["half", "closed"])
def test_a_blink_shows(kind: str) -> None:
    """Half and closed eyes differ from open ones in many pixels, at the art's size."""
    neutral = LOOKS[Expression.NEUTRAL]
    one, other = (compose(Pose(replace(neutral, eyes=eyes)), drawn()) for eyes in ("open", kind))
    changed = ImageChops.difference(one, other).convert("L").point(lambda value: 255 if value > 40 else 0)
    assert changed.histogram()[255] >= 2000


@pytest.mark.parametrize("gaze", [(-1, 0), (1, 0), (0, -1), (0, 1)])
@pytest.mark.parametrize("look", [look for look in LOOKS.values() if EYES[look.eyes].iris])
def test_wherever_she_looks_the_iris_is_seen(look: Look, gaze: tuple[float, float]) -> None:
    """No gaze rolls the iris behind the lids: it changes the picture, and some of it stays."""
    still, looking = (compose(Pose(replace(look, gaze=(0, 0)), gaze=to), drawn()) for to in ((0.0, 0.0), gaze))
    assert ImageChops.difference(still, looking).getbbox(alpha_only=False) is not None
    blue = sum(1 for r, g, b, _ in eye_pixels(looking) if b > r + 40 and b > 90 and g < 235)
    assert blue >= 300


def eye_pixels(picture: Image.Image) -> list[tuple[int, int, int, int]]:
    """The pixels of the eye on the picture's right."""
    raw = picture.crop((292, 276, 362, 362)).tobytes()
    return [tuple(raw[at : at + 4]) for at in range(0, len(raw), 4)]  # type: ignore[misc]


@pytest.mark.parametrize(
    "pose",
    [
        (head_x, head_y, breath, sway)
        for head_x in (-4, 4)
        for head_y in (-4, 4)
        for breath in (0, 4)
        for sway in (-6, 6)
    ],
)
def test_movement_tears_no_holes(pose: tuple[int, int, int, int]) -> None:
    """However far head, hair and breath move her parts, nothing behind her is seen through her."""
    head_x, head_y, breath, sway = pose
    look = Look("open", "brows_relaxed", "mouth_even", "cheeks_soft")
    moved = compose(Pose(look, head=(head_x, head_y), breath=breath, sway=sway), drawn())
    outside = Image.new("L", (WIDTH // 2 + 2, HEIGHT // 2 + 2), 0)
    solid = moved.getchannel("A").resize((WIDTH // 2, HEIGHT // 2), Image.Resampling.BOX)
    outside.paste(solid.point(lambda value: 255 if value > 128 else 0), (1, 1))
    ImageDraw.floodfill(outside, (0, 0), 128)
    assert outside.histogram()[0] < 8  # a gap between two tips of hair may close into a speck


def test_no_layer_touches_the_edge_of_the_canvas() -> None:
    """What moves by a few pixels is not cut off: only what floats beside her may come near the edge."""
    for name in {*FIXED.values(), *(look.mouth for look in LOOKS.values())}:
        layer = drawn()[name]
        assert min(layer.at) >= 4
        assert layer.at[0] + layer.picture.width <= WIDTH - 4
        assert layer.at[1] + layer.picture.height <= HEIGHT - 4


def test_drawing_twice_gives_the_same_bytes() -> None:
    """The script has no chance in it."""
    assert draw("eyes_open_iris").png() == draw("eyes_open_iris").png()


def test_the_command_writes_the_set_and_clears_what_is_no_layer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that held an older set holds the present one afterwards."""
    (tmp_path / "old.png").write_bytes(b"")
    assert main(["--out", str(tmp_path)]) == 0
    assert "layers" in capsys.readouterr().out
    assert {file.name for file in tmp_path.iterdir()} == {file.name for file in SET.iterdir()}
    assert tomllib.loads((tmp_path / "manifest.toml").read_text(encoding="utf-8"))["name"] == "Alisa"


def test_the_sheet_shows_her_by_day_and_by_night() -> None:
    """The sheet has both grounds, and her on each."""
    whole = sheet(drawn()).convert("RGB")
    day, night = whole.getpixel((2, whole.height // 2 - 2)), whole.getpixel((2, whole.height - 2))
    assert sum(day) > 600 > 200 > sum(night)  # type: ignore[arg-type]
    assert whole.getpixel((128, 130)) != whole.getpixel((128, whole.height // 2 - 2))
