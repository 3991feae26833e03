"""A frame to a picture: whatever was drawn before, the picture is the one of this frame."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from overlay.avatar import AvatarSet, load_avatar
from overlay.compose import Composer, composer
from overlay.compose.sprites import Box
from overlay.expressions import Expression, Viseme
from overlay.frame import Frame
from tests.overlay.avatar import art

SETS = ("layered", "simple")
any_number = st.floats(allow_nan=True, allow_infinity=True)
pairs = st.tuples(st.floats(-1.2, 1.2), st.floats(-1.2, 1.2))
frames = st.builds(
    Frame,
    expression=st.sampled_from(Expression),
    fading_from=st.none() | st.sampled_from(Expression),
    fade=st.floats(0, 1),
    lids=st.floats(0, 1),
    gaze=pairs,
    mouth=st.none() | st.sampled_from(Viseme),
    breath=st.floats(0, 1),
    sway=st.floats(-1, 1),
    head=st.tuples(st.floats(-10, 10), st.floats(-10, 10)),
    sparkle=st.floats(0, 1),
    bob=st.floats(0, 1),
    watching=st.booleans(),
)
scales = st.sampled_from([0.5, 1.0, 1.3])


@pytest.fixture(scope="module")
def avatars(tmp_path_factory: pytest.TempPathFactory) -> dict[str, AvatarSet]:
    folder = tmp_path_factory.mktemp("avatars")
    return {
        "layered": load_avatar(art.layered(folder / "layered")),
        "simple": load_avatar(art.simple(folder / "simple")),
    }


@pytest.fixture
def layered(avatars: dict[str, AvatarSet]) -> AvatarSet:
    return avatars["layered"]


def drawn(avatar: AvatarSet, frame: Frame, scale: float = 1.0) -> Image.Image:
    """The frame drawn from scratch."""
    return Composer(avatar, scale).draw(frame).image


def difference(one: Image.Image, other: Image.Image) -> Box | None:
    return ImageChops.difference(one, other).getbbox(alpha_only=False)


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(SETS), scales, st.lists(frames, min_size=1, max_size=8))
def test_what_was_drawn_before_does_not_matter(
    avatars: dict[str, AvatarSet], kind: str, scale: float, sequence: list[Frame]
) -> None:
    """Any sequence of frames ends in the picture of its last; `changed` covers all that changed on the way."""
    avatar = avatars[kind]
    painter = Composer(avatar, scale)
    before = Image.new("RGBa", painter.size)
    for frame in sequence:
        picture = painter.draw(frame)
        changed = difference(before, picture.image)
        if changed is not None:
            box = picture.changed
            assert box is not None
            assert box[0] <= changed[0] and box[1] <= changed[1] and box[2] >= changed[2] and box[3] >= changed[3]  # noqa: PT018
            assert 0 <= box[0] < box[2] <= painter.size[0]
            assert 0 <= box[1] < box[3] <= painter.size[1]
        before = picture.image.copy()
    assert difference(drawn(avatar, sequence[-1], scale), before) is None


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(SETS),
    st.builds(
        Frame,
        fading_from=st.just(Expression.SAD),
        fade=any_number,
        lids=any_number,
        gaze=st.tuples(any_number, any_number),
        breath=any_number,
        sway=any_number,
        head=st.tuples(any_number, any_number),
        bob=st.floats(0, 1),
    ),
)
def test_no_number_breaks_her(avatars: dict[str, AvatarSet], kind: str, frame: Frame) -> None:
    """Values out of range, endless ones and those that are no numbers still give a picture."""
    picture = drawn(avatars[kind], frame)
    *colours, alpha = picture.split()
    assert all(ImageChops.subtract(colour, alpha).getbbox() is None for colour in colours)
    assert alpha.getextrema()[1] == 255


@pytest.mark.parametrize("kind", SETS)
@pytest.mark.parametrize("scale", [0.1, 0.5, 1.0, 1.7, 3.0, 9.0])
def test_the_size_follows_the_scale(avatars: dict[str, AvatarSet], kind: str, scale: float) -> None:
    """Whatever size the art has, she is 384 pixels high at 1.0; the scale is held between 0.5 and 3."""
    painter = Composer(avatars[kind], scale)
    held = min(3.0, max(0.5, scale))
    assert painter.size == (round(256 * held), round(384 * held))
    assert painter.draw(Frame()).image.size == painter.size
    assert painter.mask().size == painter.size


def test_a_very_wide_set_stays_on_the_screen(tmp_path: Path) -> None:
    """The width is held, too."""
    assert Composer(load_avatar(art.simple(tmp_path, (400, 100)))).size == (512, 128)


def test_the_first_picture_is_whole_and_an_equal_frame_changes_nothing(layered: AvatarSet) -> None:
    """What a screen cannot show is no change."""
    painter = Composer(layered)
    assert painter.draw(Frame()).changed == (0, 0, 256, 384)
    for same in (Frame(), Frame(breath=0.05), Frame(gaze=(0.004, 0)), Frame(lids=0.2), Frame(sway=0.05)):
        assert painter.draw(same).changed is None
    faded = Frame(Expression.HAPPY, fading_from=Expression.SAD, fade=0.5)
    painter.draw(faded)
    assert painter.draw(Frame(Expression.HAPPY, fading_from=Expression.SAD, fade=0.52)).changed is None
    assert painter.draw(Frame(Expression.HAPPY, fading_from=Expression.SAD, fade=0.95)).changed is not None
    assert painter.draw(Frame(Expression.HAPPY, fading_from=Expression.HAPPY, fade=0.3)).changed is None


def test_a_mouth_changes_the_mouth_only(layered: AvatarSet) -> None:
    """The box is that of the two mouths."""
    painter = Composer(layered)
    painter.draw(Frame())
    changed = painter.draw(Frame(mouth=Viseme.AA)).changed
    assert changed is not None
    assert changed[2] - changed[0] <= 10 * 4 + 3
    assert changed[3] - changed[1] <= 10 * 4 + 3


def test_a_missing_shape_leaves_the_mouth_of_the_face(layered: AvatarSet) -> None:
    """The set has no `ee`: nothing moves; rest is the set's own."""
    painter = Composer(layered)
    painter.draw(Frame(Expression.HAPPY))
    assert painter.draw(Frame(Expression.HAPPY, mouth=Viseme.EE)).changed is None
    assert painter.draw(Frame(Expression.HAPPY, mouth=Viseme.REST)).changed is not None


def test_lids_close_in_two_steps(layered: AvatarSet) -> None:
    """Open, half, closed; a face without a middle shuts at once."""

    def steps(expression: Expression) -> int:
        painter = Composer(layered)
        painter.draw(Frame(expression))
        return sum(painter.draw(Frame(expression, lids=n / 20)).changed is not None for n in range(21))

    assert steps(Expression.NEUTRAL) == 2
    assert steps(Expression.SAD) == 1


def test_the_iris_moves_on_the_white_only(layered: AvatarSet) -> None:
    """However far she looks, nothing of the iris is outside the white."""
    right, left = (drawn(layered, Frame(gaze=(x, 0))) for x in (1, -1))
    changed = difference(right, left)
    white = (18 * 4, 26 * 4, 46 * 4, 36 * 4)
    assert changed is not None
    assert changed[0] >= white[0] - 2 and changed[2] <= white[2] + 2  # noqa: PT018
    assert changed[1] >= white[1] - 2 and changed[3] <= white[3] + 2  # noqa: PT018
    unclipped = changed[2] - changed[0]
    assert unclipped > 16 * 4


def test_a_face_looks_aside_by_itself(layered: AvatarSet) -> None:
    """The gaze of the face is added to that of the frame, and both together are held."""
    far = Frame(Expression.SHY, gaze=(-1, 0.0))
    assert difference(drawn(layered, Frame(Expression.SHY)), drawn(layered, Frame(Expression.SHY, gaze=(0.6, -0.2))))
    assert difference(drawn(layered, far), drawn(layered, Frame(Expression.SHY, gaze=(-0.5, 0.0)))) is None


@pytest.mark.parametrize("kind", SETS)
def test_a_fade_begins_and_ends_at_the_faces(avatars: dict[str, AvatarSet], kind: str) -> None:
    """At 0 only the face before is seen, at 1 only the new one, half-way each colour is between both."""
    sad, happy = (drawn(avatars[kind], Frame(face)) for face in (Expression.SAD, Expression.HAPPY))

    def fading(fade: float) -> Image.Image:
        return drawn(avatars[kind], Frame(Expression.HAPPY, fading_from=Expression.SAD, fade=fade))

    assert ImageChops.difference(fading(0), sad).convert("RGBA").getextrema()[3][1] <= 1
    assert difference(fading(1), happy) is None
    middle = fading(0.5)
    for band in range(4):
        low = ImageChops.darker(sad.getchannel(band), happy.getchannel(band))
        high = ImageChops.lighter(sad.getchannel(band), happy.getchannel(band))
        own = middle.getchannel(band)
        assert ImageChops.subtract(low, own).getextrema()[1] <= 2
        assert ImageChops.subtract(own, high).getextrema()[1] <= 2


@pytest.mark.parametrize("kind", SETS)
@pytest.mark.parametrize("scale", [0.5, 1.0, 1.9])
def test_nothing_gapes_below_her_when_she_breathes(avatars: dict[str, AvatarSet], kind: str, scale: float) -> None:
    """Her body goes on below the canvas: its lowest row is as solid breathed in as breathed out."""
    out, deep = (drawn(avatars[kind], Frame(breath=breath), scale) for breath in (0, 1))
    width, height = out.size
    rows = [image.crop((0, height - 1, width, height)).getchannel("a") for image in (out, deep)]
    assert rows[0].getbbox() == rows[1].getbbox()
    assert rows[1].getextrema()[1] == 255
    assert difference(out, deep) is not None


def test_hair_leans_from_its_roots(layered: AvatarSet) -> None:
    """Its tips sway, where it grows it stays."""
    still, left = drawn(layered, Frame()), drawn(layered, Frame(sway=-1))
    changed = difference(still, left)
    assert changed is not None
    assert changed[3] >= 70 * 4
    top = ImageChops.difference(still, left).crop((0, 0, 256, 12 * 4)).getchannel("a").getextrema()
    assert top[1] < 128
    tips = (0, 50 * 4, 56, 75 * 4)
    before, after = (sum(image.crop(tips).getchannel("a").histogram()[128:]) for image in (still, left))
    assert after > before


def test_extras_float(layered: AvatarSet) -> None:
    """A quarter of the loop up, three quarters down, the rest of her still."""
    painter = Composer(layered)
    painter.draw(Frame(Expression.HAPPY, bob=0.25))
    changed = painter.draw(Frame(Expression.HAPPY, bob=0.75)).changed
    assert changed is not None
    assert changed[0] >= 52 * 4 - 2
    assert changed[3] <= 12 * 4 + 8


def test_the_head_moves_its_parts_together(layered: AvatarSet) -> None:
    """A head that moved by whole pixels of the device is the same head."""
    still = drawn(layered, Frame()).crop((16 * 4, 12 * 4, 48 * 4, 50 * 4))
    moved = drawn(layered, Frame(head=(4, 2))).crop((16 * 4 + 2, 12 * 4 + 1, 48 * 4 + 2, 50 * 4 + 1))
    assert difference(still, moved) is None


@pytest.mark.parametrize("scale", [1.0, 3.0])
def test_the_cache_is_bounded(avatars: dict[str, AvatarSet], scale: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many looks were seen, what is kept stays within its budget, and the pictures stay right."""
    monkeypatch.setattr(composer, "_LEAST_BUDGET", 0)
    monkeypatch.setattr(composer, "_BUDGET_PICTURES", 3)
    painter = Composer(avatars["simple"], scale)
    for step in range(60):
        faces = list(Expression)
        frame = Frame(faces[step % 11], fading_from=faces[step * 3 % 11], fade=step % 8 / 8, lids=step % 2)
        picture = painter.draw(frame).image
    assert painter.cache_bytes <= 3 * 4 * math.prod(painter.size)
    assert difference(picture, drawn(avatars["simple"], frame, scale)) is None


def test_a_simple_set_blinks_and_speaks(avatars: dict[str, AvatarSet]) -> None:
    """Closed eyes and the open mouth are laid over her; the narrow vowels leave the mouth shut."""
    painter = Composer(avatars["simple"])
    painter.draw(Frame())
    eyes = painter.draw(Frame(lids=0.6)).changed
    painter.draw(Frame())
    mouth = painter.draw(Frame(mouth=Viseme.AA)).changed
    assert eyes is not None
    assert mouth is not None
    assert eyes[3] <= mouth[1] + 2
    painter.draw(Frame())
    assert painter.draw(Frame(mouth=Viseme.OU)).changed is None
    assert painter.draw(Frame(mouth=Viseme.REST)).changed is None
