"""Her window, in a real one: a real pointer, real keys, a real window manager."""

from __future__ import annotations

import contextlib
import tkinter as tk
from collections.abc import Iterator

import pytest

from overlay.desktop.geometry import Rect
from overlay.desktop.hotkey import listen
from overlay.desktop.single import claim
from overlay.desktop.waking import Call, attend
from overlay.desktop.window import AvatarWindow
from overlay.frame import Frame
from tests.overlay.desktop.conftest import PINK, TEAL, Stage

pytestmark = pytest.mark.screen

SNAP = {"snap_pixels": 16}


def middle(place: Rect) -> tuple[int, int]:
    """Where to take hold of her."""
    return place.x + place.width // 2, place.y + place.height // 2


@contextlib.contextmanager
def somebodys_window(stage: Stage, box: Rect, **attributes: object) -> Iterator[tk.Toplevel]:
    """A window of somebody else, who counts clicks on it in `stage.seen`."""
    window = tk.Toplevel(stage.root, bg="#204060")
    window.title("Somebody")
    window.geometry(f"{box.width}x{box.height}+{box.x}+{box.y}")
    for name, value in attributes.items():
        window.attributes(f"-{name}", value)
    window.bind("<Button-1>", lambda _event: stage.seen.append("below"))
    stage.wait(lambda: stage.screen.find("Somebody"), "somebody's window")
    try:
        yield window
    finally:
        window.destroy()
        stage.wait(lambda: stage.screen.find("Somebody") is None, "the end of somebody's window")


@contextlib.contextmanager
def answering(stage: Stage, call: Call, window: AvatarWindow) -> Iterator[None]:
    """Each call is answered as the program answers its hotkey."""
    stop = attend(stage.root, call, window.answer_hotkey)
    try:
        yield
    finally:
        stop()


# --- a drag ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["stage", "bare_stage"])
def test_a_drag_lands_where_the_pointer_lets_go(which: str, request: pytest.FixtureRequest) -> None:
    """With a compositor and without, and after a restart she stands there again."""
    stage: Stage = request.getfixturevalue(which)
    window = stage.enter()
    before = window.place
    start = middle(before)
    stage.screen.drag(start, (start[0] - 400, start[1] - 200), stage.root)
    stage.wait(lambda: stage.seen == [("drag", True), ("drag", False)], "the drag's end")
    assert window.place == before.moved_to(before.x - 400, before.y - 200)
    stage.settled(window)
    assert stage.screen.pixel(*start) not in (PINK, TEAL)
    stage.leave()
    again = stage.enter()
    assert again.place == before.moved_to(before.x - 400, before.y - 200)


def test_a_drag_near_the_edge_snaps_to_it(stage: Stage) -> None:
    """And what is dragged out of sight comes back into it."""
    window = stage.enter(**SNAP)
    start = middle(window.place)
    stage.screen.drag(start, (128 + 9, start[1] - 100), stage.root)
    stage.wait(lambda: stage.seen[-1:] == [("drag", False)], "the drag's end")
    assert window.place.x == 0
    stage.settled(window)
    stage.screen.drag(middle(window.place), (0, 799), stage.root)  # as far as a pointer goes
    stage.wait(lambda: stage.seen.count(("drag", False)) == 2, "the second drag's end")
    assert (window.place.x, window.place.y) == (-128, 799 - 192)
    stage.settled(window)


def test_a_place_is_written_once_when_the_hand_lets_go(stage: Stage) -> None:
    """Not with every pixel."""
    window = stage.enter()
    file = stage.home.root / "overlay.json"
    start = middle(window.place)
    stage.screen.move(*start)
    stage.screen.press()
    stage.screen.move(start[0] - 200, start[1])
    stage.wait(lambda: window.place.x < start[0] - 300, "her following the hand")
    assert not file.exists()
    stage.screen.release()
    stage.wait(file.exists, "the file")


# --- clicks ----------------------------------------------------------------------------------------------------


def test_a_click_is_a_poke_a_double_click_asks_for_words(stage: Stage) -> None:
    """Three pixels are no drag; a double click is no poke."""
    window = stage.enter()
    x, y = middle(window.place)
    stage.screen.drag((x, y), (x + 3, y - 3), stage.root)
    stage.wait(lambda: stage.seen == ["poke"], "the poke")
    stage.screen.click(x, y)
    stage.screen.click(x, y)
    stage.wait(lambda: stage.seen[1:], "the double click")
    with pytest.raises(AssertionError, match="a third"):
        stage.screen.wait(lambda: len(stage.seen) > 2, "a third", stage.root, seconds=0.6)
    assert stage.seen == ["poke", "type"]


def test_a_right_click_asks_for_the_menu_there(stage: Stage) -> None:
    """With the place on the screen."""
    x, y = middle(stage.enter().place)
    stage.screen.click(x + 5, y - 7, button=3)
    stage.wait(lambda: stage.seen == [("menu", x + 5, y - 7)], "the menu's place")


def test_the_wheel_changes_her_size_on_the_same_feet(stage: Stage) -> None:
    """Up is larger, down smaller, within limits; remembered once it rests, over a restart."""
    window = stage.enter()
    feet = window.place.feet
    stage.screen.move(*middle(window.place))
    for _ in range(3):
        stage.screen.press(4)
        stage.screen.release(4)
    stage.wait(lambda: window.place.size == (333, 499), "her growth")
    assert window.place.feet == feet
    stage.settled(window)
    for _ in range(40):
        stage.screen.press(5)
        stage.screen.release(5)
    stage.wait(lambda: window.place.size == (128, 192), "her smallest size")
    stage.settled(window)
    assert window.place.feet == feet
    assert stage.screen.pixel(feet[0], feet[1] - 300) not in (PINK, TEAL)
    stage.leave()
    assert stage.enter().scale == 0.5


def test_a_fine_wheel_changes_her_size_too(stage: Stage) -> None:
    """As Tk tells wheels on Windows, and from Tk 9 on X11: in parts of a notch."""
    window = stage.enter()
    for _ in range(6):
        window.surface.window.event_generate("<MouseWheel>", delta=40)
    stage.wait(lambda: window.scale == 1.2, "two notches")


def test_she_is_not_resized_in_the_hand(stage: Stage) -> None:
    """A wheel that is touched during a drag does not tear her away."""
    window = stage.enter()
    start = middle(window.place)
    stage.screen.move(*start)
    stage.screen.press()
    stage.screen.move(start[0] - 200, start[1])
    stage.wait(lambda: ("drag", True) in stage.seen, "the drag")
    stage.screen.press(4)
    stage.screen.release(4)
    stage.screen.release()
    stage.wait(lambda: ("drag", False) in stage.seen, "the drag's end")
    assert window.scale == 1.0
    stage.settled(window)


# --- through and away -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["stage", "bare_stage"])
def test_a_click_falls_through_and_the_hotkey_brings_her_back(which: str, request: pytest.FixtureRequest) -> None:
    """To a real window below her; after real keys, clicks are hers again, and hidden she comes back, too."""
    stage: Stage = request.getfixturevalue(which)
    window = stage.enter()
    hotkey = listen(stage.root, "ctrl+alt+a")
    assert hotkey.problem == ""
    below = Rect(window.place.x - 100, window.place.y - 50, 400, 400)
    with somebodys_window(stage, below), answering(stage, hotkey, window):
        window.set_click_through(True)
        stage.settled(window)
        stage.screen.click(*middle(window.place))
        stage.wait(lambda: stage.seen == ["below"], "a click that falls through")
        stage.screen.key("ctrl+alt+a")
        stage.wait(lambda: not window.click_through, "the hotkey")
        stage.screen.click(*middle(window.place))
        stage.wait(lambda: stage.seen == ["below", "poke"], "a click on her")
        window.hide()
        stage.wait(lambda: stage.on_screen() is None, "her leaving")
        stage.screen.key("ctrl+alt+a")
        stage.settled(window)
        assert not window.click_through
    hotkey.close()


def test_what_happened_while_she_was_hidden_is_seen_when_she_returns(stage: Stage) -> None:
    """Frames of that time are not drawn, the last one is shown."""
    window = stage.enter()
    window.hide()
    stage.wait(lambda: stage.on_screen() is None, "her leaving")
    window.show(Frame(lids=1.0))
    window.set_scale(1.5)
    stage.wait(lambda: window.place.height == 576, "her new size")
    window.reveal()
    stage.settled(window)
    stage.wait(lambda: stage.screen.pixel(*middle(window.place)) == TEAL, "her closed eyes")
    assert stage.seen == [("show", False), ("show", True)]


def test_other_windows_do_not_cover_her(stage: Stage) -> None:
    """Not when they open, nor when they are raised."""
    window = stage.enter()
    with somebodys_window(stage, Rect(700, 300, 500, 400)) as other:
        other.lift()
        other.focus_force()
        stage.wait(lambda: stage.screen.focused() == "Somebody", "the other's focus")
        stage.screen.click(720, 320)
        stage.wait(lambda: "below" in stage.seen, "a click on the other")
        assert stage.screen.pixel(*middle(window.place)) == PINK


def test_for_a_full_screen_program_she_steps_aside(stage: Stage) -> None:
    """And comes back when it is gone; called back, she stands before it."""
    window = stage.enter()
    with somebodys_window(stage, Rect(0, 0, 400, 300)) as film:
        film.attributes("-fullscreen", True)
        film.focus_force()
        stage.wait(lambda: stage.on_screen() is None, "her stepping aside")
        assert not window.shown
        window.come_back()
        stage.settled(window)
        film.attributes("-fullscreen", False)
        stage.wait(lambda: not window._aside, "her seeing that it is over")
        film.attributes("-fullscreen", True)
        stage.wait(lambda: stage.on_screen() is None, "her stepping aside again")
    stage.settled(window)
    assert [seen for seen in stage.seen if seen != "below"] == [("show", on) for on in (False, True, False, True)]


def test_who_wants_her_over_films_has_her_there(stage: Stage) -> None:
    """It is a setting."""
    window = stage.enter(hide_for_fullscreen=False)
    with somebodys_window(stage, Rect(0, 0, 400, 300)) as film:
        film.attributes("-fullscreen", True)
        film.focus_force()
        stage.wait(lambda: stage.screen.find("Somebody").box == (0, 0, 1280, 800), "a film")  # type: ignore[union-attr]
        with pytest.raises(AssertionError, match="her leaving"):
            stage.screen.wait(lambda: not window.shown, "her leaving", stage.root, seconds=0.4)


# --- monitors ---------------------------------------------------------------------------------------------------


def test_a_monitor_that_disappears_leaves_her_on_the_other(stage: Stage) -> None:
    """And when it is back, so is she; each arrangement has its own place."""
    two = ((0, 0, 700, 800), (700, 0, 1280, 800))
    stage.screen.set_monitors(*two)
    window = stage.enter()
    assert len(window.monitors) == 2
    assert window.place.right < 700, "the first place is on the primary monitor"
    start = middle(window.place)
    stage.screen.drag(start, (1000, 300), stage.root)
    stage.wait(lambda: stage.seen[-1:] == [("drag", False)], "the drag's end")
    there = window.place
    stage.settled(window)
    stage.screen.set_monitors(two[0])
    stage.wait(lambda: len(window.monitors) == 1, "the loss of a monitor")
    stage.settled(window)
    assert window.monitors[0].area.covers(window.place)
    stage.screen.set_monitors(*two)
    stage.wait(lambda: len(window.monitors) == 2, "the monitor's return")
    assert window.place == there
    stage.settled(window)


def test_without_her_monitor_at_the_start_she_is_in_sight(stage: Stage) -> None:
    """What is remembered of the desk does not hide her on the train."""
    two = ((0, 0, 700, 800), (700, 0, 1280, 800))
    stage.screen.set_monitors(*two)
    window = stage.enter()
    stage.screen.drag(middle(window.place), (1000, 300), stage.root)
    stage.wait(lambda: stage.seen[-1:] == [("drag", False)], "the drag's end")
    there = window.place
    stage.leave()
    stage.screen.set_monitors(two[0])
    again = stage.enter()
    assert again.monitors[0].area.covers(again.place)
    stage.leave()
    stage.screen.set_monitors(*two)
    assert stage.enter().place == there


def test_a_film_on_the_other_monitor_leaves_her_where_she_is(stage: Stage) -> None:
    """She steps aside on her own monitor only."""
    stage.screen.set_monitors((0, 0, 700, 800), (700, 0, 1280, 800))
    window = stage.enter()
    with somebodys_window(stage, Rect(750, 50, 300, 300)) as film:
        film.attributes("-fullscreen", True)
        film.focus_force()
        films = (700, 0, 1280, 800)
        stage.wait(lambda: [w.box for w in stage.screen.windows() if w.title == "Somebody"] == [films], "a film")
        with pytest.raises(AssertionError, match="her leaving"):
            stage.screen.wait(lambda: not window.shown, "her leaving", stage.root, seconds=0.4)


# --- the desktop changes ------------------------------------------------------------------------------------------


def test_when_the_compositor_goes_she_takes_another_surface(stage: Stage) -> None:
    """At the same place, with the same picture, and the mouse still moves her."""
    window = stage.enter()
    assert window.surface.name == "argb"
    window.show(Frame(lids=1.0))
    stage.screen.set_compositor(False)
    stage.wait(lambda: window.surface.name == "shaped", "another kind of surface")
    stage.settled(window)
    stage.wait(lambda: stage.screen.pixel(*middle(window.place)) == TEAL, "her picture")
    start = middle(window.place)
    stage.screen.drag(start, (start[0] - 300, start[1]), stage.root)
    stage.wait(lambda: stage.seen[-1:] == [("drag", False)], "a drag")


def test_a_second_start_brings_her_back(stage: Stage) -> None:
    """On the screen, and clicks are hers again."""
    window = stage.enter()
    first = claim(stage.home)
    assert first is not None
    stop = attend(stage.root, first, window.come_back)
    window.set_click_through(True)
    window.hide()
    stage.wait(lambda: stage.on_screen() is None, "her leaving")
    assert claim(stage.home) is None
    stage.settled(window)
    assert not window.click_through
    stop()
    first.close()


def test_her_eyes_are_told_of_a_pointer_that_moves(stage: Stage) -> None:
    """And only then."""
    window = stage.enter(follow_pointer=True)
    stage.screen.move(20, 20)
    stage.screen.move(10, 400)
    stage.wait(lambda: window.pointer() is not None, "her seeing the pointer")
    gaze = window.pointer()
    assert gaze is not None
    assert gaze[0] < -0.5
    assert stage.seen[0] == ("gaze", stage.seen[0][1])  # type: ignore[index]
