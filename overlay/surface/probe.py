"""Which kinds of window this desktop can show her in: asked once, decided by a pure function.

How a kind is opened is not known here.
"""

from __future__ import annotations

import os
import tkinter as tk
from dataclasses import dataclass
from typing import Literal, NamedTuple

from overlay.surface.surface import SurfaceError

System = Literal["x11", "win32", "aqua"]
"""as Tk names them (`tk windowingsystem`)"""

KINDS = {
    "argb": "X11 with a compositor: soft edges, each pixel has its own alpha",
    "shaped": "X11 without a compositor: cut out along her outline, edges are hard",
    "layered": "Windows: soft edges, each pixel has its own alpha",
    "keyed": "Windows: one colour is left out, edges are hard",
    "macos": "macOS: a transparent window",
    "card": "any system: she stands on a card",
}
"""Every kind of window, best first, and what it is."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the desktop can do, as far as it matters for her window."""

    system: System
    composited: bool = False
    """X11: a compositor runs"""
    alpha_visual: bool = False
    """X11: windows may have an alpha channel (a 32-bit visual with the bytes in our order)"""
    shape: bool = False
    """X11: windows may have any outline (SHAPE), in 24-bit colour with the bytes in our order"""
    wayland: bool = False
    """the desktop is a Wayland one; Tk speaks with it through its X server"""
    problem: str = ""
    """X11: why we have no connection of our own to the X server; empty when there is one"""


class Choice(NamedTuple):
    """A kind of window, and why."""

    kind: str
    why: str


def decide(capabilities: Capabilities, asked: str = "") -> Choice:
    """Return the best kind; `asked`, a kind, is preferred where it can be had."""
    return choices(capabilities, asked)[0]


def choices(capabilities: Capabilities, asked: str = "") -> tuple[Choice, ...]:
    """Return the kinds that can be had, best first; the last is always the card."""
    possible = _possible(capabilities)
    if not asked:
        return possible
    if asked not in KINDS:
        return tuple(_after(f"There is no kind of window called {asked}.", choice) for choice in possible)
    if asked not in {choice.kind for choice in possible}:
        return tuple(_after(f"A window of the kind {asked} cannot be had here.", choice) for choice in possible)
    rest = tuple(choice for choice in possible if choice.kind != asked)
    return (Choice(asked, "Your settings ask for it."), *rest)


def _possible(capabilities: Capabilities) -> tuple[Choice, ...]:
    if capabilities.system == "win32":
        return (
            Choice("layered", "Windows shows soft edges."),
            Choice("keyed", "This Windows leaves out one colour; her edges are hard."),
            Choice("card", "This Windows shows no transparent window."),
        )
    if capabilities.system == "aqua":
        return Choice("macos", "macOS shows transparent windows."), Choice("card", "This Tk has no transparent window.")
    if capabilities.problem:
        return (Choice("card", f"The X server cannot be asked for more: {capabilities.problem}."),)
    found = []
    if capabilities.composited and capabilities.alpha_visual:
        found.append(Choice("argb", "A compositor runs, so her edges are soft."))
    if capabilities.shape:
        lacking = "The X server has no alpha channel" if capabilities.composited else "No compositor runs"
        found.append(Choice("shaped", f"{lacking}, so she is cut out along her outline."))
    return (*found, Choice("card", "The X server can neither mix nor cut out windows."))


def _after(sentence: str, choice: Choice) -> Choice:
    return Choice(choice.kind, f"{sentence} {choice.why}")


def probe(root: tk.Misc) -> Capabilities:
    """Ask the desktop what it can do; takes about 20 ms on X11."""
    system: System = root.tk.call("tk", "windowingsystem")
    if system != "x11":
        return Capabilities(system)
    wayland = bool(os.environ.get("WAYLAND_DISPLAY"))
    from overlay.surface.x11 import Connection

    try:
        connection = Connection(root.winfo_screen())
    except SurfaceError as reason:
        return Capabilities("x11", wayland=wayland, problem=str(reason))
    try:
        return Capabilities(
            "x11",
            composited=connection.is_composited(),
            alpha_visual=connection.has_alpha_visual(),
            shape=connection.has_shapes(),
            wayland=wayland,
        )
    except SurfaceError as reason:
        return Capabilities("x11", wayland=wayland, problem=str(reason))
    finally:
        connection.close()
