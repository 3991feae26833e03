"""Where her pixels go: a borderless window on top of the desktop, as good as the desktop allows.

`prepare_process()` before Tk starts, then `open_surface(root, size)`: the capabilities of the desktop
decide the kind (`decide`), and a kind that does not open gives way to the next one (`KINDS` names them).
What is drawn there, where the window stands and what the user does with it is not known here.
"""

from overlay.surface.opening import open_surface
from overlay.surface.probe import KINDS, Capabilities, Choice, choices, decide, probe
from overlay.surface.surface import Box, Surface, SurfaceError
from overlay.surface.windows import prepare_process

__all__ = [
    "KINDS",
    "Box",
    "Capabilities",
    "Choice",
    "Surface",
    "SurfaceError",
    "choices",
    "decide",
    "open_surface",
    "prepare_process",
    "probe",
]
