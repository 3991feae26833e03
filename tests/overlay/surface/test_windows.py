"""What Windows is told: structures as its headers have them, styles, and the order of calls.

Windows itself is not here: its calls are stood in for, the memory of the picture and Tk's window are real.
"""

from __future__ import annotations

import ctypes
import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PIL import Image

from overlay.surface import SurfaceError, prepare_process
from overlay.surface.windows import (
    WS_EX_APPWINDOW,
    WS_EX_LAYERED,
    WS_EX_NOACTIVATE,
    WS_EX_TOOLWINDOW,
    WS_EX_TRANSPARENT,
    BitmapInfoHeader,
    BlendFunction,
    Point,
    Size,
    blending,
    desktop,
    header,
    styled,
)
from overlay.surface.windows_layered import LayeredSurface
from tests.overlay.surface.pictures import SIZE, disc
from tests.rig.screen import Screen

WS_EX_TOPMOST = 0x8


def test_structures_have_the_sizes_of_the_headers() -> None:
    """A structure of another size would hand the system foreign bytes."""
    assert [ctypes.sizeof(kind) for kind in (Point, Size, BlendFunction, BitmapInfoHeader)] == [8, 8, 4, 40]
    assert BitmapInfoHeader.biBitCount.offset == 14
    assert BitmapInfoHeader.biCompression.offset == 16
    assert BlendFunction.SourceConstantAlpha.offset == 2


def test_the_picture_is_upright_and_has_alpha() -> None:
    """The first row is the upper one; opacity and the pixels' own alpha both count."""
    described = header((256, 384))
    assert (described.biSize, described.biWidth, described.biHeight) == (40, 256, -384)
    assert (described.biPlanes, described.biBitCount, described.biCompression) == (1, 32, 0)
    assert bytes(blending(1.0)) == bytes([0, 0, 255, 1])
    assert bytes(blending(0.5)) == bytes([0, 0, 128, 1])
    assert bytes(blending(7)) == bytes([0, 0, 255, 1])


def test_styles() -> None:
    """She stands in no taskbar and is never activated; what else a window has stays."""
    hers = styled(WS_EX_TOPMOST | WS_EX_APPWINDOW, layered=True, click_through=False)
    assert hers == WS_EX_TOPMOST | WS_EX_TOOLWINDOW | WS_EX_NOACTIVATE | WS_EX_LAYERED
    assert styled(hers, layered=True, click_through=True) == hers | WS_EX_TRANSPARENT
    assert styled(hers | WS_EX_TRANSPARENT, layered=True, click_through=False) == hers


def test_elsewhere_there_is_no_windows() -> None:
    """The kind says so, and the next one is tried; asking for true pixels does nothing."""
    prepare_process()
    with pytest.raises(SurfaceError, match="not Windows"):
        desktop()


@dataclass
class Memory:
    """A picture in real memory, in place of a DIB section."""

    size: tuple[int, int]
    freed: bool = False
    device: int = 1

    def __post_init__(self) -> None:
        self.buffer = ctypes.create_string_buffer(self.size[0] * self.size[1] * 4)
        self.address = ctypes.addressof(self.buffer)

    def picture(self) -> Image.Image:
        return Image.frombytes("RGBa", self.size, self.buffer.raw, "raw", "BGRa")

    def free(self) -> None:
        self.freed = True


@dataclass
class StandIn:
    """Windows, as far as a layered window goes: it takes a picture only from a window that is layered."""

    handle: int = 7
    styles: dict[int, int] = field(default_factory=dict)
    bitmaps: list[Memory] = field(default_factory=list)
    refuses: int = 0
    shown: list[tuple[int, tuple[int, int], float]] = field(default_factory=list)

    def outermost(self, window_id: int) -> int:
        return self.handle

    def style(self, handle: int) -> int:
        return self.styles.get(handle, 0)

    def set_style(self, handle: int, style: int) -> None:
        self.styles[handle] = style

    def bitmap(self, size: tuple[int, int]) -> Memory:
        self.bitmaps.append(Memory(size))
        return self.bitmaps[-1]

    def update(self, handle: int, bitmap: Memory, size: tuple[int, int], opacity: float) -> bool:
        if self.refuses:
            self.refuses -= 1
            return False
        assert not bitmap.freed
        assert bitmap.size == size
        assert self.style(handle) & WS_EX_LAYERED
        self.shown.append((handle, size, opacity))
        return True


@pytest.mark.screen
def test_the_layered_window_hands_over_exactly_the_picture(bare: Screen, tk_root: Callable[[Screen], tk.Tk]) -> None:
    """Whole pictures and boxes of them arrive in the system's memory, byte for byte."""
    system = StandIn()
    surface = LayeredSurface(tk_root(bare), SIZE, system)
    first, second = disc((200, 40, 40)), disc((40, 200, 40))
    surface.present(first, (0, 0, *SIZE))
    assert system.bitmaps[0].picture() == first
    surface.present(second, (30, 50, 170, 260))
    expected = first.copy()
    expected.paste(second.crop((30, 50, 170, 260)), (30, 50))
    assert system.bitmaps[0].picture() == expected
    surface.present(second, (-9, -9, 900, 900))
    assert system.bitmaps[0].picture() == second
    surface.set_opacity(0.5)
    assert system.shown[-1] == (7, SIZE, 0.5)

    surface.present(disc((9, 9, 9), (300, 400)), (0, 0, 1, 1))
    assert system.bitmaps[0].freed
    assert system.bitmaps[1].picture() == disc((9, 9, 9), (300, 400))
    surface.close()
    surface.close()
    assert system.bitmaps[1].freed


@pytest.mark.screen
def test_a_new_window_of_tks_is_dressed_again(bare: Screen, tk_root: Callable[[Screen], tk.Tk]) -> None:
    """Tk makes the system's window anew at times: styles and click-through go with it."""
    system = StandIn()
    surface = LayeredSurface(tk_root(bare), SIZE, system)
    assert surface.set_click_through(True)
    system.handle = 8
    surface.present(disc((1, 2, 3)), (0, 0, *SIZE))
    assert system.styles[8] & WS_EX_TRANSPARENT
    assert system.shown[-1][0] == 8
    surface.set_click_through(False)
    assert not system.styles[8] & WS_EX_TRANSPARENT
    surface.close()


@pytest.mark.screen
def test_a_refusal_is_tried_once_more_and_then_another_kind(bare: Screen, tk_root: Callable[[Screen], tk.Tk]) -> None:
    """A window that was layered in another way takes the picture at the second attempt; else the kind gives up."""
    root = tk_root(bare)
    patient = LayeredSurface(root, SIZE, StandIn(refuses=1))
    patient.close()
    with pytest.raises(SurfaceError, match="refused"):
        LayeredSurface(root, SIZE, StandIn(refuses=9))
    assert root.winfo_children() == []
