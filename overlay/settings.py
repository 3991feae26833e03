"""The section of the configuration that only the avatar reads."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from alisa.runtime.settings import Section


def _hub_address(url: str) -> str:
    """Refuse what no WebSocket can be opened to. Empty: the hub of this home."""
    if not url:
        return url
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("ws", "wss") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or not url.isprintable():
        raise ValueError("should be an address such as ws://127.0.0.1:8000/ws/chat")
    return url


class OverlaySettings(Section):
    """Her face on the desktop: how she looks, how her window behaves, and which hub she listens to."""

    section: ClassVar[str] = "overlay"

    avatar: str = "alisa"
    """Her picture: the name of a folder in `data/avatars`, or in the avatars folder of your Alisa home."""
    scale: float = Field(1.0, ge=0.5, le=3.0)
    """How large she is at first; the mouse wheel over her changes it, and she remembers it."""
    opacity: float = Field(1.0, ge=0.2, le=1.0)
    """How solid she is, where the desktop can show that."""
    surface: str = ""
    """The kind of window that shows her: a name from `python -m overlay --list`. Empty: the best one that works
    here."""
    bubble: bool = True
    """Show what she says in a speech bubble beside her."""
    click_through: bool = False
    """Let clicks pass through her to what is below. The hotkey brings her back to hand."""
    hotkey: str = "ctrl+alt+a"
    """The keys that turn click-through off again, wherever you are; empty: none."""
    hide_for_fullscreen: bool = True
    """Step aside while another program fills the whole screen."""
    snap_pixels: int = Field(24, ge=0, le=200)
    """How near to an edge of the screen she snaps to it, in pixels; 0: not at all."""
    follow_pointer: bool = True
    """Let her eyes follow the mouse pointer when it is near."""
    hub_url: Annotated[str, AfterValidator(_hub_address)] = ""
    """The hub that she listens to, such as `ws://127.0.0.1:8000/ws/chat`. Empty: the hub of this Alisa."""
    hub_token: str = Field("", repr=False)
    """The token of that hub, where it wants one. The hub of this Alisa needs none here."""
    dialect: Literal["auto", "full", "plain"] = "auto"
    """How she speaks with that hub. `plain` is the dialect of older systems; `auto` asks the hub what it is."""
