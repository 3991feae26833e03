"""The set that ships, put together: every face is another face, and she stays whole however she moves."""

from __future__ import annotations

import itertools

import pytest
from PIL import Image, ImageChops

from alisa.runtime.paths import data_folder
from overlay.avatar import AvatarSet, load_avatar
from overlay.compose import Composer, screenshot
from overlay.expressions import Expression, Viseme
from overlay.frame import Frame

FACE = (50, 90, 206, 225)
"""her face at scale 1.0, without what floats beside it"""


@pytest.fixture(scope="module")
def alisa() -> AvatarSet:
    return load_avatar(data_folder() / "avatars" / "alisa")


@pytest.fixture(scope="module")
def faces(alisa: AvatarSet) -> dict[Expression, Image.Image]:
    return {name: screenshot(alisa, name, background="white").crop(FACE) for name in Expression}


def unlike(one: Image.Image, other: Image.Image) -> int:
    """How many pixels differ so that an eye sees it."""
    return sum(ImageChops.difference(one, other).convert("L").histogram()[24:])


def test_the_set_that_ships_is_whole(alisa: AvatarSet) -> None:
    """Layers, all faces, a shape for every viseme, and whose work it is."""
    assert (alisa.kind, alisa.canvas) == ("layered", (512, 768))
    assert set(alisa.mouths) >= set(Viseme) - {Viseme.REST}
    assert alisa.credit
    assert alisa.license
    assert all(face.eyes and face.mouth and face.closed for face in alisa.faces.values())


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(Expression, 2)))
def test_every_face_is_another_face(faces: dict[Expression, Image.Image], one: Expression, other: Expression) -> None:
    """Eyes, brows, cheeks and mouth alone tell each from each, without what floats beside her."""
    assert unlike(faces[one], faces[other]) > 250


@pytest.mark.parametrize("expression", Expression)
def test_every_face_blinks_and_speaks(alisa: AvatarSet, expression: Expression) -> None:
    """Lids and every shape of the mouth are seen on each face."""
    painter = Composer(alisa)
    still = painter.draw(Frame(expression)).image.copy()
    shapes = [painter.draw(Frame(expression, mouth=viseme)).image.copy() for viseme in Viseme if viseme != "rest"]
    for one, other in itertools.combinations(shapes, 2):
        assert ImageChops.difference(one, other).getbbox(alpha_only=False) is not None
    shut = painter.draw(Frame(expression, lids=1)).image
    closed = alisa.faces[expression].closed == alisa.faces[expression].eyes
    assert closed or unlike(still.convert("RGBA").convert("RGB"), shut.convert("RGBA").convert("RGB")) > 100


def test_a_mouth_costs_a_mouth(alisa: AvatarSet) -> None:
    """While she speaks, less than a twentieth of the picture is drawn anew."""
    painter = Composer(alisa)
    painter.draw(Frame())
    for viseme in Viseme:
        changed = painter.draw(Frame(mouth=viseme)).changed
        assert changed is None or (changed[2] - changed[0]) * (changed[3] - changed[1]) < 256 * 384 / 20


def test_a_sparkle_leaves_her_face_alone(alisa: AvatarSet) -> None:
    """It comes and goes beside her: half of it is seen between none and all, and her face is the same."""
    none, half, full = (Composer(alisa).draw(Frame(sparkle=share)).image.convert("RGBA") for share in (0.0, 0.5, 1.0))
    assert unlike(none.convert("RGB"), full.convert("RGB")) > unlike(none.convert("RGB"), half.convert("RGB")) > 100
    inner = (70, 130, 186, 215)
    assert ImageChops.difference(none.crop(inner), full.crop(inner)).getbbox(alpha_only=False) is None
