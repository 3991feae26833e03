"""The demo as a source of news, played in Tk's loop."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

import pytest

from alisa.link import Connected
from alisa.protocol.messages import Decline, Mode, Mute, Say
from overlay import demo, sources
from overlay.bridge import NotSent
from overlay.sources import NOBODY, DemoSource, Happening
from tests.rig.screen import Screen


def test_the_demo_goes_round(bare: Screen, tk_root: Callable[[Screen], tk.Tk], monkeypatch: pytest.MonkeyPatch) -> None:
    """All rows in order, with their captions, then the next cycle; it stops when it is told to."""
    root = tk_root(bare)
    clock = [0.0]
    monkeypatch.setattr(sources.time, "monotonic", lambda: clock[0])
    captions: list[str] = []
    heard: list[Happening] = []
    source = DemoSource(captions.append)
    source.start(root, heard.extend)
    assert isinstance(heard[0], Connected)
    clock[0] = demo.rows(0)[-1].at + 1
    bare.wait(lambda: source._cycle == 1, "the next cycle", root)
    wanted = [row.event for row in demo.rows(0) if row.event is not None]
    assert heard[: len(wanted)] == wanted
    assert set(captions) == {row.caption for row in demo.rows(0) if row.caption}
    source.stop()
    count = len(heard)
    clock[0] *= 3
    bare.turn(root)
    assert len(heard) == count


def test_what_the_user_does_in_the_demo(bare: Screen, tk_root: Callable[[Screen], tk.Tk]) -> None:
    """Modes and silence are shown; words come back with what to do, since nobody listens."""
    heard: list[Happening] = []
    source = DemoSource(lambda _caption: None)
    source.start(tk_root(bare), heard.extend)
    heard.clear()
    for message in (Mute(), Mode("calm"), Decline("a"), Say("hi")):
        source.send(message)
    source.stop()
    assert heard == [Mute(), Mode("calm"), NotSent(Say("hi"), NOBODY)]
