"""Her window on a real screen: the pixels are the picture's, clicks land where they should, errors do not end her."""

from __future__ import annotations

import sys
import tkinter as tk
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image
from Xlib.ext import shape

from overlay.surface import Capabilities, Surface, open_surface, opening, probe
from overlay.surface.card import card
from overlay.surface.flatten import OUTLINE, over, solid
from overlay.surface.x11 import Connection
from overlay.surface.x11_picture import ServerPicture
from tests.overlay.surface.pictures import CENTRE, CORNER, RING, SIZE, blended, disc, farthest
from tests.rig.screen import DESKTOP, NoScreenError, Screen, screen

pytestmark = pytest.mark.screen

AT = (300, 200)
RED, GREEN = (220, 40, 60), (30, 190, 90)
BELOW = Path(__file__).with_name("below.py")
Root = Callable[[Screen], tk.Tk]
Opener = Callable[..., Surface]


@pytest.fixture
def show(tk_root: Root) -> Iterator[Opener]:
    """Open a window of hers on a screen and show a picture at AT; it is closed after the test."""
    opened: list[Surface] = []
    roots: dict[Screen, tk.Tk] = {}

    def make(screen: Screen, picture: Image.Image, name: str | None = None) -> Surface:
        root = roots.setdefault(screen, roots.get(screen) or tk_root(screen))
        surface = open_surface(root, picture.size, name)
        opened.append(surface)
        surface.present(picture, (0, 0, *picture.size))
        surface.window.geometry(f"+{AT[0]}+{AT[1]}")
        surface.window.deiconify()
        return surface

    yield make
    for surface in opened:
        surface.close()


def seen(screen: Screen, size: tuple[int, int] = SIZE) -> Image.Image:
    """What the screen shows where her window is."""
    return screen.grab((*AT, AT[0] + size[0], AT[1] + size[1]))


def shows(screen: Screen, surface: Surface, expected: Image.Image, what: str, tolerance: int = 2) -> None:
    """Wait until the screen shows this picture."""
    screen.wait(lambda: farthest(seen(screen, expected.size), expected) <= tolerance, what, surface.window)


def cut_out(picture: Image.Image) -> Image.Image:
    """What a shaped window shows of the picture on the empty desktop."""
    expected = Image.new("RGB", picture.size, DESKTOP)
    mixed = over(picture, Image.new("RGB", picture.size, OUTLINE))
    expected.paste(mixed, mask=solid(picture.getchannel("a")))
    return expected


def on(screen: Screen, at: tuple[int, int]) -> tuple[int, int]:
    """A place in her picture, on the screen."""
    return AT[0] + at[0], AT[1] + at[1]


# --- pixels ------------------------------------------------------------------------------------------


def test_with_a_compositor_every_pixel_is_mixed_with_what_is_below(composited: Screen, show: Opener) -> None:
    """Solid, half there and not there at all: what is seen is the picture laid over the desktop."""
    picture = disc(RED)
    surface = show(composited, picture)
    assert (surface.name, surface.translucent) == ("argb", True)
    assert surface.why == "A compositor runs, so her edges are soft."
    shows(composited, surface, blended(picture, DESKTOP), "the picture over the desktop")


def test_without_a_compositor_she_is_cut_out(bare: Screen, show: Opener) -> None:
    """Beside her the desktop is untouched; her soft edges are mixed with the colour of her lines."""
    picture = disc(RED)
    surface = show(bare, picture)
    assert (surface.name, surface.translucent) == ("shaped", False)
    shows(bare, surface, cut_out(picture), "the picture, cut out", tolerance=0)


def test_only_the_changed_box_travels(each_screen: Screen, show: Opener) -> None:
    """Outside the box the window keeps what it had."""
    first, second = disc(RED), disc(GREEN)
    surface = show(each_screen, first)
    box = (60, 120, 140, 180)
    surface.present(second, box)
    expected = first.copy()
    expected.paste(second.crop(box), box)
    look = cut_out if surface.name == "shaped" else lambda picture: blended(picture, DESKTOP)
    shows(each_screen, surface, look(expected), "the box alone")
    surface.present(first, (-50, -50, 0, 0))  # nothing of it lies in the picture
    surface.present(first, (0, 0, 5000, 5000))
    shows(each_screen, surface, look(first), "all of it again")


def test_a_larger_picture_makes_a_larger_window(each_screen: Screen, show: Opener) -> None:
    """The window takes the size of the picture, also one that is larger than a request to the server may be."""
    surface = show(each_screen, disc(RED))
    look = cut_out if surface.name == "shaped" else lambda picture: blended(picture, DESKTOP)
    for size in ((420, 560), (100, 110)):
        picture = disc(GREEN, size)
        surface.present(picture, (0, 0, 1, 1))
        shows(each_screen, surface, look(picture), f"the picture of {size}")


def test_what_was_covered_is_painted_again(each_screen: Screen, show: Opener) -> None:
    """A window that lay over her goes, and she is whole."""
    picture = disc(RED)
    surface = show(each_screen, picture)
    look = cut_out if surface.name == "shaped" else lambda picture: blended(picture, DESKTOP)
    cover = tk.Toplevel(surface.window, bg="#102030")
    cover.overrideredirect(True)
    cover.geometry(f"{SIZE[0]}x{SIZE[1]}+{AT[0]}+{AT[1]}")
    cover.lift()
    each_screen.wait(lambda: each_screen.pixel(*on(each_screen, CENTRE)) == (16, 32, 48), "the cover", surface.window)
    cover.destroy()
    shows(each_screen, surface, look(picture), "the picture again")
    surface.window.withdraw()
    each_screen.wait(lambda: each_screen.pixel(*on(each_screen, CENTRE)) == DESKTOP, "the desktop", surface.window)
    surface.window.deiconify()
    shows(each_screen, surface, look(picture), "the picture after hiding")


def test_the_shape_follows_her(bare: Screen, show: Opener) -> None:
    """When her outline changes, the window's does."""
    surface = show(bare, disc(RED))
    moved = Image.new("RGBa", SIZE)
    moved.paste(disc(RED).crop((0, 0, SIZE[0], SIZE[1] - 40)), (0, 40))
    surface.present(moved, (0, 0, *SIZE))
    shows(bare, surface, cut_out(moved), "the picture lower down", tolerance=0)


def test_the_card_stands_anywhere(each_screen: Screen, show: Opener) -> None:
    """Where nothing else works she stands on a card: opaque, with all of her on it."""
    picture = disc(RED)
    surface = show(each_screen, picture, "card")
    assert surface.name == "card"
    assert surface.why == "Your settings ask for it."
    shows(each_screen, surface, over(picture, card(SIZE)), "the card", tolerance=0)
    surface.present(disc(GREEN), (90, 190, 110, 195))
    partly = picture.copy()
    partly.paste(disc(GREEN).crop((0, 128, 128, 256)), (0, 128))  # the tile that the box touches
    shows(each_screen, surface, over(partly, card(SIZE)), "the changed tile", tolerance=0)
    larger = disc(GREEN, (260, 340))
    surface.present(larger, (0, 0, 1, 1))
    shows(each_screen, surface, over(larger, card(larger.size)), "the larger card", tolerance=0)
    assert not surface.set_click_through(True), "impossible there, and it says so"
    assert not surface.lost


def test_she_can_be_faint(composited: Screen, show: Opener) -> None:
    """Opacity mixes all of her with the desktop."""
    surface = show(composited, disc(RED))
    surface.set_opacity(0.5)
    half = tuple(round((hers + below) / 2) for hers, below in zip(RED, DESKTOP, strict=True))

    def is_faint() -> bool:
        pixel = composited.pixel(*on(composited, CENTRE))
        return max(abs(one - other) for one, other in zip(pixel, half, strict=True)) <= 4

    composited.wait(is_faint, "half of her", surface.window)


# --- the pointer -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["best", "shaped"])
def test_clicks_land_on_her_and_fall_through_beside_her(each_screen: Screen, show: Opener, name: str) -> None:
    """On her, her window gets them; beside her, and everywhere when she is click-through, a real window below."""
    with each_screen.run([sys.executable, str(BELOW)]) as below:
        each_screen.wait(lambda: each_screen.find("Below"), "the window below")
        surface = show(each_screen, disc(RED), None if name == "best" else name)
        clicks: list[tuple[int, int]] = []
        surface.window.bind("<Button-1>", lambda event: clicks.append((event.x, event.y)))
        each_screen.wait(lambda: each_screen.pixel(*on(each_screen, CENTRE)) == RED, "her", surface.window)

        def click(at: tuple[int, int]) -> None:
            each_screen.click(*on(each_screen, at))

        def fell(at: tuple[int, int]) -> bool:
            x, y = on(each_screen, at)
            return f"click {x} {y}\n" in below.said()

        for at in (CENTRE, RING):
            click(at)
            each_screen.wait(lambda at=at: at in clicks, f"the click at {at}", surface.window)
        click(CORNER)
        each_screen.wait(lambda: fell(CORNER), "the click beside her", surface.window)
        assert surface.set_click_through(True)
        click(CENTRE)
        each_screen.wait(lambda: fell(CENTRE), "the click through her", surface.window)
        assert clicks == [CENTRE, RING]
        assert not surface.set_click_through(False)
        click(CENTRE)
        each_screen.wait(lambda: clicks == [CENTRE, RING, CENTRE], "the click on her", surface.window)


def test_she_takes_no_focus_and_no_place_in_the_taskbar(each_screen: Screen, show: Opener) -> None:
    """The keyboard stays where it was when she appears and when she is clicked; window lists do not know her."""
    program = "import tkinter as tk; r = tk.Tk(); r.title('Work'); r.geometry('200x100+900+500'); r.mainloop()"
    with each_screen.run([sys.executable, "-c", program]):
        each_screen.wait(lambda: each_screen.focused() == "Work", "the focus of another program")
        surface = show(each_screen, disc(RED))
        each_screen.wait(lambda: each_screen.pixel(*on(each_screen, CENTRE)) == RED, "her", surface.window)
        clicks: list[int] = []
        surface.window.bind("<Button-1>", lambda event: clicks.append(event.x))
        each_screen.click(*on(each_screen, CENTRE))
        each_screen.wait(lambda: clicks, "the click", surface.window)
        assert each_screen.focused() == "Work"
        x = each_screen.x
        clients = x.screen().root.get_full_property(x.intern_atom("_NET_CLIENT_LIST"), 0).value
        titles = [x.create_resource_object("window", number).get_wm_name() for number in clients]
        assert titles == ["Work"]


def test_she_stays_above_a_window_that_opens_later(each_screen: Screen, show: Opener) -> None:
    """Always on top: another program's new window goes below her."""
    surface = show(each_screen, disc(RED))
    program = "import tkinter as tk; r = tk.Tk(); r.title('Later'); r.geometry('700x500+100+100'); r.mainloop()"
    with each_screen.run([sys.executable, "-c", program]):
        each_screen.wait(lambda: each_screen.focused() == "Later", "the other window", surface.window)
        found = each_screen.find("Later")
        assert found is not None
        each_screen.click(found.box[0] + 20, found.box[1] + 20)  # raises it, in most window managers
        assert each_screen.pixel(*on(each_screen, CENTRE)) == RED


# --- what goes wrong ---------------------------------------------------------------------------------


def test_a_compositor_that_goes_and_comes_is_noticed(composited: Screen, show: Opener) -> None:
    """Each time another kind fits; opened anew she is as she should be."""
    picture = disc(RED)
    soft = show(composited, picture)
    shows(composited, soft, blended(picture, DESKTOP), "soft edges")
    assert not soft.lost
    composited.set_compositor(False)
    assert soft.lost
    soft.present(disc(GREEN), (0, 0, *SIZE))  # no harm
    soft.close()
    hard = show(composited, picture)
    assert hard.name == "shaped"
    shows(composited, hard, cut_out(picture), "hard edges", tolerance=0)
    assert not hard.lost
    composited.set_compositor(True)
    assert hard.lost
    hard.close()
    again = show(composited, picture)
    assert again.name == "argb"
    shows(composited, again, blended(picture, DESKTOP), "soft edges again")


def test_a_window_that_is_gone_harms_nobody(bare: Screen, caplog: pytest.LogCaptureFixture) -> None:
    """The server's complaints are logged once a kind, not raised, however many frames still come."""
    connection = Connection(bare.display)
    window = connection.x.screen().root.create_window(0, 0, *SIZE, 0, 24)
    picture = ServerPicture(connection, window, SIZE, 24)
    window.destroy()
    frame = Image.new("RGB", SIZE, GREEN)
    for _ in range(50):
        with connection.reaching():
            picture.put(frame, (0, 0, *SIZE))
            connection.cut(window, shape.SK.Input, None)
            window.query_tree()
            pytest.fail("the server answers a question about a window that is gone")
    assert not connection.is_composited()
    assert not connection.closed
    complaints = [record.getMessage() for record in caplog.records if "refused a request" in record.getMessage()]
    assert 1 <= len(complaints) <= 3
    connection.close()


def test_the_end_of_the_screen_is_noticed_once(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is raised when the X server goes; what is asked of it comes to nothing."""
    try:
        with screen(window_manager=False, size=(320, 240)) as own:
            connection = Connection(own.display)
            window = connection.x.screen().root.create_window(0, 0, *SIZE, 0, 24)
            picture = ServerPicture(connection, window, SIZE, 24)
            assert not connection.is_composited()
    except NoScreenError as reason:
        pytest.skip(str(reason))
    for _ in range(5):
        with connection.reaching():
            picture.put(Image.new("RGB", SIZE, GREEN), (0, 0, *SIZE))
        assert not connection.is_composited()
    assert connection.closed
    assert sum("the X server is gone" in record.getMessage() for record in caplog.records) == 1
    connection.close()


def test_closing_twice_and_using_it_after_is_harmless(each_screen: Screen, show: Opener) -> None:
    """The end of the program calls things in any order."""
    surface = show(each_screen, disc(RED))
    surface.close()
    surface.close()
    surface.present(disc(GREEN), (0, 0, *SIZE))
    assert not surface.lost


def test_a_kind_that_does_not_open_gives_way_to_the_next(
    composited: Screen, show: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """She appears anyway, and says what failed."""
    from overlay.surface import SurfaceError, x11_argb

    def refuse(*_: object) -> None:
        raise SurfaceError("the server has no colours left")

    monkeypatch.setattr(x11_argb, "ArgbSurface", refuse)
    surface = show(composited, disc(RED))
    assert surface.name == "shaped"
    assert "argb did not open: the server has no colours left." in surface.why


@pytest.mark.parametrize(("system", "failed"), [("win32", "layered"), ("aqua", "macos")])
def test_where_no_better_kind_opens_she_stands_on_a_card(
    bare: Screen, show: Opener, monkeypatch: pytest.MonkeyPatch, system: Literal["win32", "aqua"], failed: str
) -> None:
    """Kinds that a system should have and has not are tried one after the other; nothing of them stays behind."""
    monkeypatch.setattr(opening, "probe", lambda root: Capabilities(system))
    surface = show(bare, disc(RED))
    assert surface.name == "card"
    assert surface.why.startswith(f"The kind {failed} did not open: ")
    assert surface.window.master.winfo_children() == [surface.window]


def test_a_kind_of_another_system_is_not_opened(bare: Screen, show: Opener) -> None:
    """A setting carried over from Windows does no harm."""
    surface = show(bare, disc(RED), "layered")
    assert surface.name == "shaped"
    assert surface.why.startswith("A window of the kind layered cannot be had here.")


def test_the_probe_sees_what_is_there(composited: Screen, tk_root: Root) -> None:
    """A compositor, an alpha channel, shapes."""
    root = tk_root(composited)
    found = probe(root)
    assert (found.system, found.composited, found.alpha_visual, found.shape) == ("x11", True, True, True)
    assert found.problem == ""
    composited.set_compositor(False)
    assert not probe(root).composited


def test_without_a_connection_of_our_own_she_stands_on_a_card(
    bare: Screen, show: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Tk reaches the screen, we do not (no cookie for us): the reason is said, and she is there."""
    from Xlib import display, error

    def refuse(name: str) -> None:
        raise error.DisplayConnectionError(name, "no cookie")

    monkeypatch.setattr(display, "Display", refuse)
    surface = show(bare, disc(RED))
    assert surface.name == "card"
    assert "no cookie" in surface.why
