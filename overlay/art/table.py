"""The one table of her picture: every layer with the function that draws it, and what each expression is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from overlay.art import body, brows, extras, eyes, face, hair, headphones, mouths
from overlay.art.pen import Pen
from overlay.expressions import Expression, Viseme

NAME = "Alisa"
CREDIT = "Drawn by overlay/art, a part of Alisa."
LICENSE = "MIT"

SLOTS: tuple[tuple[str, str], ...] = (
    ("back_hair", "hair"),
    ("legs", "still"),
    ("body", "breath"),
    ("face", "head"),
    ("cheeks", "head"),
    ("eyes", "head"),
    ("mouth", "head"),
    ("front_hair", "head"),
    ("brows", "head"),
    ("ornaments", "head"),
    ("extras", "head"),
)
"""from back to front, with what moves each: nothing, her breath, her head, or her hair"""

FIXED = {
    "back_hair": "back_hair",
    "legs": "legs",
    "body": "body",
    "face": "face",
    "front_hair": "front_hair",
    "ornaments": "headphones",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of eyes: three layers of which the middle one follows the gaze, or a single one."""

    white: str = ""
    iris: str = ""
    lashes: str = ""
    flat: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """One expression: what stands in each slot."""

    eyes: str
    brows: str
    mouth: str
    cheeks: str
    extras: tuple[str, ...] = ()
    half: str = "half"
    """eyes in the middle of a blink; "" where they go from `eyes` to `closed` at once"""
    closed: str = "closed"
    gaze: tuple[float, float] = (0.0, 0.0)


EYES = {
    kind: Kind(white=f"eyes_{kind}_white", iris=f"eyes_{kind}_iris", lashes=f"eyes_{kind}_lashes")
    for kind in ("open", "wide", "soft", "narrow", "tearful", "bashful", "aloft", "wink")
} | {kind: Kind(flat=f"eyes_{kind}") for kind in ("half", "drowsy", "closed", "smile")}

LOOKS = {
    Expression.HAPPY: Look("smile", "brows_glad", "mouth_laugh", "cheeks_warm", ("sparkle",), half="", closed="smile"),
    Expression.CALM: Look("soft", "brows_eased", "mouth_smile", "cheeks_soft", ("leaf",)),
    Expression.TEASING: Look("wink", "brows_cocked", "mouth_tongue", "cheeks_warm", ("star",), half=""),
    Expression.SHY: Look("bashful", "brows_bashful", "mouth_wavering", "cheeks_burning", ("steam",), gaze=(-1.0, 0.7)),
    Expression.SERIOUS: Look("narrow", "brows_stern", "mouth_firm", "cheeks_pale", ("focus",)),
    Expression.SAD: Look(
        "tearful", "brows_pleading", "mouth_sobbing", "cheeks_tearful", ("tears", "gloom"), gaze=(0.0, 0.4)
    ),
    Expression.NEUTRAL: Look("open", "brows_relaxed", "mouth_even", "cheeks_soft"),
    Expression.THINKING: Look(
        "aloft", "brows_pondering", "mouth_sidelong", "cheeks_soft", ("thought",), gaze=(0.9, -1.0)
    ),
    Expression.LISTENING: Look("open", "brows_attentive", "mouth_expectant", "cheeks_soft", ("waves", "note")),
    Expression.SURPRISED: Look("wide", "brows_startled", "mouth_gasp", "cheeks_soft", ("burst",)),
    Expression.SLEEPY: Look("drowsy", "brows_drooping", "mouth_yawning", "cheeks_soft", ("zzz",), half=""),
}

MOUTHS = {viseme: f"mouth_{viseme}" for viseme in Viseme}


def _eyes(kind: str, lids: eyes.Lids) -> dict[str, Callable[[Pen], None]]:
    return {
        f"eyes_{kind}_white": partial(eyes.white, lids=lids),
        f"eyes_{kind}_iris": partial(eyes.iris, lids=lids),
        f"eyes_{kind}_lashes": partial(eyes.lashes, lids=lids),
    }


LAYERS: dict[str, Callable[[Pen], None]] = {
    "back_hair": hair.back_hair,
    "legs": body.legs,
    "body": body.body,
    "face": face.face,
    "front_hair": hair.front_hair,
    "headphones": headphones.headphones,
    "cheeks_soft": face.cheeks_soft,
    "cheeks_warm": face.cheeks_warm,
    "cheeks_burning": face.cheeks_burning,
    "cheeks_tearful": face.cheeks_tearful,
    "cheeks_pale": face.cheeks_pale,
    **_eyes("open", eyes.OPEN),
    **_eyes("wide", eyes.WIDE),
    **_eyes("soft", eyes.SOFT),
    **_eyes("narrow", eyes.NARROW),
    **_eyes("bashful", eyes.BASHFUL),
    **_eyes("aloft", eyes.ALOFT),
    "eyes_tearful_white": partial(eyes.white, lids=eyes.TEARFUL),
    "eyes_tearful_iris": partial(eyes.iris, lids=eyes.TEARFUL, watery=True),
    "eyes_tearful_lashes": partial(eyes.pool, lids=eyes.TEARFUL),
    "eyes_wink_white": eyes.wink_white,
    "eyes_wink_iris": partial(eyes.one_iris, lids=eyes.OPEN),
    "eyes_wink_lashes": eyes.wink,
    "eyes_half": partial(eyes.flat, lids=eyes.HALF),
    "eyes_drowsy": partial(eyes.flat, lids=eyes.DROWSY),
    "eyes_closed": eyes.closed,
    "eyes_smile": eyes.smile,
    "brows_relaxed": partial(brows.brows, pair=brows.RELAXED),
    "brows_glad": partial(brows.brows, pair=brows.GLAD),
    "brows_eased": partial(brows.brows, pair=brows.EASED),
    "brows_cocked": partial(brows.brows, pair=brows.COCKED),
    "brows_bashful": partial(brows.brows, pair=brows.BASHFUL),
    "brows_stern": partial(brows.brows, pair=brows.STERN),
    "brows_pleading": partial(brows.brows, pair=brows.PLEADING),
    "brows_pondering": partial(brows.brows, pair=brows.PONDERING),
    "brows_attentive": partial(brows.brows, pair=brows.ATTENTIVE),
    "brows_startled": partial(brows.brows, pair=brows.STARTLED),
    "brows_drooping": partial(brows.brows, pair=brows.DROOPING),
    "mouth_laugh": mouths.laugh,
    "mouth_smile": mouths.smile,
    "mouth_tongue": mouths.tongue_out,
    "mouth_wavering": mouths.wavering,
    "mouth_firm": mouths.firm,
    "mouth_sobbing": mouths.sobbing,
    "mouth_even": mouths.even,
    "mouth_sidelong": mouths.sidelong,
    "mouth_expectant": mouths.expectant,
    "mouth_gasp": mouths.gasp,
    "mouth_yawning": mouths.yawning,
    "mouth_rest": mouths.rest,
    "mouth_aa": mouths.aa,
    "mouth_ih": mouths.ih,
    "mouth_ou": mouths.ou,
    "mouth_ee": mouths.ee,
    "mouth_oh": mouths.oh,
    "sparkle": extras.sparkle,
    "leaf": extras.leaf,
    "star": extras.star_wink,
    "steam": extras.steam,
    "tears": extras.tears,
    "gloom": extras.gloom,
    "focus": extras.focus,
    "thought": extras.thought,
    "waves": extras.waves,
    "note": extras.note,
    "burst": extras.burst,
    "zzz": extras.zzz,
    "anger_mark": extras.anger_mark,
}
