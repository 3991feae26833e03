"""Opening a window for her: the kinds that can be had are tried, best first, until one opens."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger
from overlay.surface.probe import choices, probe
from overlay.surface.surface import Surface, SurfaceError

log = get_logger(__name__)

Opener = Callable[[tk.Misc, tuple[int, int]], Surface]


def open_surface(root: tk.Misc, size: tuple[int, int], name: str | None = None) -> Surface:
    """Open a hidden window of the best kind for a picture of this size in pixels; it says `why` it is that kind.

    `name` is a kind to prefer, as in the settings (None or empty: the best one). Raises AlisaError when Tk
    gives no window at all.
    """
    failed = ""
    for kind, why in choices(probe(root), name or ""):
        try:
            surface = _opener(kind)(root, size)
        except (SurfaceError, tk.TclError) as reason:
            log.warning("this kind of window does not open", kind=kind, reason=str(reason))
            failed = failed or f"The kind {kind} did not open: {reason}. "
            continue
        surface.why = failed + why
        return surface
    raise AlisaError("no_window", "No window can be opened on this desktop.", "Run `alisa doctor` to see why.")


def _opener(kind: str) -> Opener:
    """The class of a kind; imported here, since each belongs to one system."""
    match kind:
        case "argb":
            from overlay.surface.x11_argb import ArgbSurface

            return ArgbSurface
        case "shaped":
            from overlay.surface.x11_shaped import ShapedSurface

            return ShapedSurface
        case "layered":
            from overlay.surface.windows_layered import LayeredSurface

            return LayeredSurface
        case "keyed":
            from overlay.surface.windows_keyed import KeyedSurface

            return KeyedSurface
        case "macos":
            from overlay.surface.macos import MacSurface

            return MacSurface
        case _:
            from overlay.surface.card import CardSurface

            return CardSurface
