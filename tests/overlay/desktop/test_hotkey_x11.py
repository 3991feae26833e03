"""The hotkey on a real X server."""

from __future__ import annotations

import socket

import pytest
from Xlib import XK, X
from Xlib.ext import xtest

from alisa.desktop.hotkey import Listener, parse
from alisa.desktop.hotkey_x11 import grab_masks, open_listener
from overlay.desktop.hotkey import SETTING, listen
from overlay.desktop.waking import attend
from tests.overlay.desktop.conftest import Stage
from tests.rig.screen import Screen

pytestmark = pytest.mark.screen

KEYS = "ctrl+alt+a"


def open_on(screen: Screen, keys: str = KEYS) -> Listener:
    return open_listener(screen.display, parse(keys), SETTING, env={})


def press(screen: Screen, *names: str) -> None:
    """Press real keys together, and release them."""
    codes = [screen.x.keysym_to_keycode(XK.string_to_keysym(name)) for name in names]
    for code in codes:
        xtest.fake_input(screen.x, X.KeyPress, code)
    for code in reversed(codes):
        xtest.fake_input(screen.x, X.KeyRelease, code)
    screen.x.sync()


def was_pressed(screen: Screen, listener: Listener) -> bool:
    """Did it hear of what was just pressed? The server is asked until all has arrived."""
    screen.x.sync()
    listener._display.sync()  # type: ignore[attr-defined]
    return listener.taken()


@pytest.mark.parametrize("lock", ["", "Num_Lock", "Caps_Lock"])
def test_locks_do_not_matter(bare: Screen, lock: str) -> None:
    """Whoever has Num Lock on can call her, too."""
    listener = open_on(bare)
    assert listener.problem == ""
    if lock:
        press(bare, lock)
    try:
        press(bare, "Control_L", "Alt_L", "a")
        assert was_pressed(bare, listener)
        assert not was_pressed(bare, listener)
        press(bare, "Control_L", "a")
        press(bare, "Control_L", "Alt_L", "b")
        assert not was_pressed(bare, listener)
    finally:
        if lock:
            press(bare, lock)
        listener.close()


def test_keys_of_another_program_are_left_to_it(bare: Screen) -> None:
    """One sentence says so; the other program still has them, and ours are free again afterwards."""
    first = open_on(bare)
    second = open_on(bare)
    assert second.problem == (
        "Another program has the keys ctrl+alt+a; choose others with `alisa config set overlay.hotkey KEYS`."
    )
    press(bare, "Control_L", "Alt_L", "a")
    assert was_pressed(bare, first)
    assert not was_pressed(bare, second)
    first.close()
    second.close()
    third = open_on(bare)
    assert third.problem == ""
    third.close()


def test_a_key_that_is_held_calls_once(bare: Screen) -> None:
    """The server repeats it as release and press at one moment."""
    listener = open_on(bare)
    control, alt, a = (bare.x.keysym_to_keycode(XK.string_to_keysym(name)) for name in ("Control_L", "Alt_L", "a"))
    for code in (control, alt, a):
        xtest.fake_input(bare.x, X.KeyPress, code)
    assert was_pressed(bare, listener)
    for _ in range(3):
        xtest.fake_input(bare.x, X.KeyRelease, a)
        xtest.fake_input(bare.x, X.KeyPress, a)
    assert not was_pressed(bare, listener)
    for code in (a, alt, control):
        xtest.fake_input(bare.x, X.KeyRelease, code)
    listener.close()


@pytest.mark.parametrize("keys", ["super+space", "ctrl+shift+f12", "ctrl+alt+pageup", "alt+9"])
def test_all_kinds_of_keys_can_be_had(bare: Screen, keys: str) -> None:
    """Not only letters."""
    names = {"super": "Super_L", "ctrl": "Control_L", "shift": "Shift_L", "alt": "Alt_L", "f12": "F12"}
    names |= {"pageup": "Page_Up"}
    listener = open_on(bare, keys)
    assert listener.problem == ""
    press(bare, *(names.get(name, name) for name in keys.split("+")))
    assert was_pressed(bare, listener)
    listener.close()


def test_a_key_that_the_keyboard_does_not_have_is_said(bare: Screen) -> None:
    """In one sentence."""
    listener = open_on(bare, "ctrl+f24")
    assert "f24" in listener.problem or listener.problem == ""
    listener.close()


def test_a_lost_connection_is_said_and_no_longer_watched(stage: Stage) -> None:
    """Tk does not spin on a socket that has ended."""
    listener = open_on(stage.screen)
    stop = attend(stage.root, listener, lambda: None)
    listener._display.display.socket.shutdown(socket.SHUT_RDWR)  # type: ignore[attr-defined]
    stage.wait(lambda: listener.problem.startswith("The hotkey no longer works"), "the end")
    assert listener.fileno() == -1
    stop()
    listener.close()


def test_on_wayland_it_says_what_it_can_do(bare: Screen) -> None:
    """XWayland hears keys only while it has the focus."""
    listener = open_listener(bare.display, parse(KEYS), SETTING, env={"WAYLAND_DISPLAY": "wayland-0"})
    assert "Wayland" in listener.problem
    listener.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # python-xlib leaves its socket open
def test_without_a_server_it_is_one_sentence() -> None:
    """No crash."""
    listener = open_listener(":9999", parse(KEYS), SETTING, env={})
    assert listener.problem.startswith("The hotkey does not work")
    assert not listener.taken()
    listener.close()


def test_what_the_settings_say(stage: Stage) -> None:
    """Nothing: no hotkey and no complaint; nonsense: a sentence."""
    nobody = listen(stage.root, "")
    assert (nobody.problem, nobody.fileno()) == ("", -1)
    assert listen(stage.root, "ctrl+").problem == "The hotkey should be keys with + between them, such as ctrl+alt+a."


def test_masks_follow_the_keyboard() -> None:
    """Where Alt or Num Lock sit on other modifiers than usual, they are found."""
    keys: list[set[str]] = [set(), set(), set(), {"Num_Lock"}, {"Alt_L"}, set(), {"Super_L"}, set()]
    masks = grab_masks(frozenset({"ctrl", "alt"}), keys)
    wanted = X.ControlMask | X.Mod2Mask
    assert sorted(masks) == sorted([wanted, wanted | X.LockMask, wanted | X.Mod1Mask, wanted | X.LockMask | X.Mod1Mask])
