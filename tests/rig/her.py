"""Her on a test's screen, seen from outside: where her window is, and which face she makes, judged by its pixels."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from alisa.runtime.paths import data_folder
from overlay.avatar import load_avatar
from overlay.compose import screenshot
from overlay.expressions import Expression
from tests.rig.screen import DESKTOP, Program, Screen, Window

TITLE = "Alisa"
BUBBLE = "Alisa says"


@contextmanager
def her_on(screen: Screen, home: Path, *arguments: str, settings: Mapping[str, str] | None = None) -> Iterator[Program]:
    """`python -m overlay` on this screen, with a home of its own."""
    extra = {"ALISA_HOME": str(home), "ALISA_OVERLAY__HOTKEY": "", "ALISA_QUIET__ON": "false", **(settings or {})}
    with screen.run([sys.executable, "-m", "overlay", *arguments], extra) as program:
        yield program


def window(screen: Screen) -> Window | None:
    """Her window, when it can be seen."""
    return screen.find(TITLE)


def seen(screen: Screen) -> Image.Image | None:
    """Her window's pixels; None when it cannot be seen."""
    found = window(screen)
    return None if found is None else screen.grab(found.box)


def face(screen: Screen) -> Expression | None:
    """The face of hers that what is seen is nearest to; None when she cannot be seen."""
    picture = seen(screen)
    if picture is None or picture.size != _at_rest()[Expression.NEUTRAL].size:
        return None
    return min(Expression, key=lambda name: _difference(picture, _at_rest()[name]))


@cache
def _at_rest() -> Mapping[Expression, Image.Image]:
    """Every face of the set that ships, on the colour of the test's desktop."""
    avatar = load_avatar(data_folder() / "avatars" / "alisa")
    ground = "#{:02x}{:02x}{:02x}".format(*DESKTOP)
    return {name: screenshot(avatar, name, background=ground).convert("RGB") for name in Expression}


def _difference(one: Image.Image, other: Image.Image) -> float:
    """How much two pictures differ where her head is."""
    width, height = one.size
    head = (0, 0, width, height * 6 // 10)
    stat = ImageStat.Stat(ImageChops.difference(one.crop(head), other.crop(head)))
    return sum(stat.sum2)
