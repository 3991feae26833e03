"""From a frame to a picture: her layers put together, and only what changed put together again."""

from overlay.compose.composer import Composer, Picture
from overlay.compose.screenshot import screenshot

__all__ = ["Composer", "Picture", "screenshot"]
