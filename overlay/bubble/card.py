"""A card: a small borderless window on top, cut out in the form of an outline, on which things are put.

It knows how each system cuts a window out (the shape extension on X11, a key colour on Windows, transparency on
macOS, nothing elsewhere) and how large letters are on this screen. What stands on it is not known here. A card never
takes the keyboard by itself.
"""

from __future__ import annotations

import contextlib
import tkinter as tk
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from tkinter import font as tkfont
from typing import TYPE_CHECKING

from PIL import Image, ImageTk

from overlay.bubble.lines import Measure
from overlay.bubble.picture import Box, Outline, paint
from overlay.desktop.geometry import Rect
from overlay.surface.surface import SurfaceError

if TYPE_CHECKING:
    from overlay.bubble.x11 import Server

_KEY_COLOUR = "#010203"
"""What Windows does not draw; no colour of ours."""
_NORMAL_DPI = 96.0
_LEAST_SCALE, _MOST_SCALE = 0.75, 4.0


def letters_scale(system: str, pixels_per_inch: float, wanted_dpi: float | None) -> float:
    """How much larger than on an ordinary screen letters are: what the desktop wants, else what the screen is.

    `system` is Tk's windowing system; macOS counts in points and scales by itself.
    """
    if system == "aqua":
        return 1.0
    dpi = wanted_dpi or pixels_per_inch
    return min(_MOST_SCALE, max(_LEAST_SCALE, round(dpi / _NORMAL_DPI, 2)))


class Desktop:
    """What cards share: the Tk root, the system, its fonts, and the connection that Tk does not offer."""

    def __init__(self, root: tk.Misc) -> None:
        self.root = root
        self.system = str(root.tk.call("tk", "windowingsystem"))
        self.server: Server | None = None
        if self.system == "x11":
            with contextlib.suppress(SurfaceError, ImportError):
                from overlay.bubble.x11 import Server

                self.server = Server(str(root.winfo_screen()))
        wanted = self.server.letters_dpi() if self.server is not None else None
        self.scale = letters_scale(self.system, float(root.winfo_fpixels("1i")), wanted)
        self.family = str(tkfont.nametofont("TkDefaultFont", root).actual("family"))

    @property
    def can_cut_out(self) -> bool:
        """Whether a window can have another form than a rectangle."""
        return self.system in ("win32", "aqua") or self.server is not None

    @property
    def fades(self) -> bool:
        """Whether a window can be seen through a little, at this moment."""
        return self.system in ("win32", "aqua") or (self.server is not None and self.server.is_composited())

    def px(self, length: float) -> int:
        """A length in pixels of an ordinary screen, on this one."""
        return max(1, round(length * self.scale))

    def letters(self, size: float, *, bold: bool = False) -> Letters:
        """The system's own letters, `size` pixels high on an ordinary screen."""
        return Letters(
            tkfont.Font(self.root, family=self.family, size=-self.px(size), weight="bold" if bold else "normal")
        )

    def take_keys(self, widget: tk.Misc) -> None:
        """Give the keyboard to a widget on a card that is shown."""
        widget.focus_force()
        if self.server is not None:
            self.server.take_keyboard(widget.winfo_toplevel())

    def close(self) -> None:
        """End the connection."""
        if self.server is not None:
            self.server.close()
            self.server = None


class Letters:
    """A font that remembers how wide words are: the same words are measured again and again."""

    def __init__(self, font: tkfont.Font) -> None:
        self.font = font
        self.line = int(font.metrics("linespace"))
        self.measure: Measure = lru_cache(maxsize=2048)(lambda text: int(font.measure(text)))


@dataclass(frozen=True, slots=True)
class Ground:
    """How a card looks below what stands on it."""

    outline: Outline
    colour: str
    edge: str
    edge_width: int
    strips: tuple[tuple[Box, str], ...] = ()


class Card:
    """One window. `canvas` carries what stands on it; positions on it begin at `corner`."""

    def __init__(self, desktop: Desktop, title: str, *, takes_keys: bool = False) -> None:
        self._desktop = desktop
        self.window = tk.Toplevel(desktop.root, bd=0, highlightthickness=0)
        self.window.withdraw()
        self.window.title(title)
        outside = self._make_borderless(takes_keys)
        self.canvas = tk.Canvas(self.window, bd=0, highlightthickness=0, takefocus=0, bg=outside)
        self.canvas.pack(fill="both", expand=True)
        self._outside = outside
        self._ground: Ground | None = None
        self._photo: ImageTk.PhotoImage | None = None
        self._picture = self.canvas.create_image(0, 0, anchor="nw")
        self._opacity = 1.0
        self._at: tuple[int, int] | None = None
        self.is_shown = False

    @property
    def box(self) -> Rect:
        """The window on the desktop, tail included."""
        width, height = self._ground.outline.size if self._ground is not None else (1, 1)
        x, y = self._at or (0, 0)
        return Rect(x, y, width, height)

    @property
    def has_keys(self) -> bool:
        """Whether the keyboard is on something here."""
        return str(self.window.tk.call("focus", "-displayof", self.window)).startswith(f"{self.window}.")

    def lay(self, ground: Ground, at: tuple[int, int]) -> None:
        """Give the card this ground, with the upper left corner of the window there."""
        is_new = ground != self._ground
        if is_new:
            picture = paint(ground.outline, ground.colour, ground.edge, ground.edge_width, ground.strips)
            self._show_picture(picture)
            self._ground = ground
        if is_new or at != self._at:
            self._at = at
            width, height = ground.outline.size
            self.window.geometry(f"{width}x{height}{at[0]:+d}{at[1]:+d}")
            self._flush()
        if is_new:
            self._cut_out(picture)

    def show(self) -> None:
        """Show it, above all other windows."""
        if not self.is_shown:
            self.is_shown = True
            self.window.deiconify()
        self.window.lift()

    def hide(self) -> None:
        """Take it off the screen."""
        if self.is_shown:
            self.is_shown = False
            self.window.withdraw()

    def set_opacity(self, opacity: float) -> None:
        """How much can be seen of it, 0 to 1, where the system can do that."""
        if opacity != self._opacity:
            self._opacity = opacity
            self.window.attributes("-alpha", opacity)

    def close(self) -> None:
        """It is not needed any more."""
        self.is_shown = False
        self.window.destroy()
        self._photo = None

    # --- each system's way ---------------------------------------------------------------------

    def _make_borderless(self, takes_keys: bool) -> str:
        """Prepare the window; return the colour outside of the outline."""
        window = self.window
        if self._desktop.system == "aqua":
            style = ("plain", "none") if takes_keys else ("help", "noActivates")
            window.tk.call("::tk::unsupported::MacWindowStyle", "style", window, *style)
            window.attributes("-transparent", True)
            window.attributes("-topmost", True)
            return "systemTransparent"
        window.overrideredirect(True)
        window.attributes("-topmost", True)
        if self._desktop.system == "win32":
            window.attributes("-transparentcolor", _KEY_COLOUR)
            return _KEY_COLOUR
        return "#000000"

    def _show_picture(self, picture: Image.Image) -> None:
        if self._desktop.system != "aqua":
            flat = Image.new("RGB", picture.size, self._outside)
            flat.paste(picture, (0, 0), picture)
            picture_shown = flat
        else:
            picture_shown = picture
        self._photo = ImageTk.PhotoImage(picture_shown, master=self.window)
        self.canvas.itemconfigure(self._picture, image=self._photo)

    def _cut_out(self, picture: Image.Image) -> None:
        if self._desktop.server is not None:
            solid = picture.getchannel("A").convert("1", dither=Image.Dither.NONE)
            self._desktop.server.cut_out(self.window, solid)

    def _flush(self) -> None:
        """Let everything that Tk was told reach the server: a question to the server is answered after it."""
        self.window.update_idletasks()
        self.window.winfo_pointerxy()


def put(canvas: tk.Canvas, widgets: Sequence[tuple[tk.Widget, Box]], corner: tuple[int, int]) -> None:
    """Place widgets on a card, in boxes of its body; what stood there before and is not named goes."""
    canvas.delete("things")
    for widget, (x0, y0, x1, y1) in widgets:
        canvas.create_window(
            corner[0] + x0, corner[1] + y0, width=x1 - x0, height=y1 - y0, window=widget, anchor="nw", tags="things"
        )
