"""One picture of a face, without any screen."""

from __future__ import annotations

from PIL import Image

from overlay.avatar.sets import AvatarSet
from overlay.compose.composer import Composer
from overlay.compose.sprites import MODE
from overlay.expressions import Expression
from overlay.frame import Frame


def screenshot(
    avatar: AvatarSet, expression: Expression, scale: float = 1.0, background: str | None = None
) -> Image.Image:
    """Her face at rest: mode "RGBA", or "RGB" on a background, which is a colour as Pillow reads it ("#171326")."""
    composer = Composer(avatar, scale)
    picture = composer.draw(Frame(expression=expression)).image
    if background is None:
        return picture.convert("RGBA")
    ground = Image.new("RGBA", composer.size, background).convert(MODE)
    ground.paste(picture, (0, 0), picture)
    return ground.convert("RGBA").convert("RGB")
