"""The bubble on a real screen: it is seen, can be read, fades, and leaves the keyboard alone."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from Xlib import Xatom

from alisa.link.items import Connected, Disconnected
from alisa.protocol.messages import (
    Action,
    ActionResult,
    End,
    Error,
    Sentence,
    SpeechEnd,
    SpeechStart,
    Status,
    Token,
    Turn,
    Welcome,
)
from alisa.protocol.tags import Cause, Channel, EndReason
from overlay.bubble.card import Desktop, letters_scale
from overlay.bubble.layout import Part
from overlay.bubble.palette import BY_DAY, BY_NIGHT, contrast
from overlay.desktop.geometry import Monitor, Rect
from tests.overlay.bubble.conftest import HER, MONITORS, Stand
from tests.rig.screen import DESKTOP

pytestmark = pytest.mark.screen


def rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def hex_of(pixel: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*pixel)


def inside(stand: Stand) -> tuple[int, int]:
    """A point of the ground beside the words."""
    box = stand.window.box
    assert box is not None
    return box.x + 6, box.y + 20


def say(stand: Stand, *sentences: str, ended: bool = False) -> None:
    stand.feed(Turn(turn=1), *(Sentence(sentence, 1) for sentence in sentences), *([End(turn=1)] if ended else []))
    stand.wait(lambda: stand.window.box is not None, "the bubble")
    stand.settle()


def letters_on(stand: Stand, part: Part) -> set[tuple[int, int, int]]:
    """The colours that are seen where a part stands."""
    label = stand.window.stage.labels[part]
    x, y = label.winfo_rootx(), label.winfo_rooty()
    image = stand.screen.grab((x, y, x + label.winfo_width(), y + label.winfo_height()))
    return {colour for _, colour in image.getcolors(1 << 16)}  # type: ignore[union-attr, misc]


def test_it_is_seen_and_can_be_read_on_any_ground(stand: Stand) -> None:
    """Words and ground have their full contrast whatever is behind, and its corners are cut out."""
    for desktop in ((0, 0, 0), (255, 255, 255), DESKTOP):
        stand.screen.paint_desktop(desktop)
        say(stand, "Hello there, can you read this?")
        assert stand.screen.pixel(*inside(stand)) == rgb(BY_DAY.ground)
        seen = letters_on(stand, Part.WORDS)
        assert max(contrast(hex_of(pixel), BY_DAY.ground) for pixel in seen) > 10
        box = stand.window.box
        assert box is not None
        assert stand.screen.pixel(box.x, box.y) == desktop
        assert stand.screen.pixel(box.x, box.bottom - 1) == desktop, "beside the tail"


def test_it_is_cut_out_without_a_compositor(bare_stand: Stand) -> None:
    """The shape extension needs no compositor; without one nothing fades, it goes at its time."""
    say(bare_stand, "Hi.", ended=True)
    box = bare_stand.window.box
    assert box is not None
    assert bare_stand.screen.pixel(box.x, box.y) == DESKTOP
    assert bare_stand.screen.pixel(*inside(bare_stand)) == rgb(BY_DAY.ground)
    bare_stand.pass_time(2.01)
    assert bare_stand.window.box is None
    bare_stand.wait(lambda: bare_stand.screen.pixel(box.x + 6, box.y + 20) == DESKTOP, "the desktop")


def test_its_tail_points_at_her(stand: Stand) -> None:
    """Above her the tip is in her middle; at the upper edge the bubble stands beside her, wholly on the screen."""
    say(stand, "Hello.")
    box = stand.window.box
    assert box is not None
    assert box.bottom == HER.y
    assert stand.screen.pixel(HER.x + HER.width // 2, box.bottom - 6) == rgb(BY_DAY.ground)
    stand.window.place_beside(Rect(1000, 0, 256, 384), MONITORS)
    stand.settle()
    box = stand.window.box
    assert box is not None
    assert box.right == 1000
    assert stand.screen.pixel(box.right - 7, round(384 * 0.27)) == rgb(BY_DAY.ground)


def test_many_words_wrap_and_scroll(stand: Stand) -> None:
    """A long reply wraps into lines within the screen, and scrolls on when it was read."""
    sentences = [f"This is the sentence with the number {number}, and it is not short." for number in range(12)]
    say(stand, *sentences, "x" * 10_000, ended=True)
    label = stand.window.stage.labels[Part.WORDS]
    first = str(label["text"])
    assert first.startswith("This is the sentence with the number 0")
    assert 3 < first.count("\n") < 7
    assert label.winfo_reqwidth() <= label.winfo_width(), "no line is cut"
    assert label.winfo_reqheight() <= label.winfo_height()
    stand.pass_time(30)
    stand.settle()
    assert "number 0" not in str(label["text"])
    box = stand.window.box
    assert box is not None
    assert Rect(0, 0, 1280, 800).covers(box)


def test_every_script_shows(stand: Stand) -> None:
    """Greek, Cyrillic, Hebrew, Arabic, combined and wide letters and emoji show, or a box in their place."""
    for text in ("Καλημέρα", "Привет", "שלום", "مرحبا", "e\u0301e\u0301", "こんにちは。元気？", "👩\u200d👧 😀"):  # noqa: RUF001
        say(stand, text)
        assert len(letters_on(stand, Part.WORDS)) > 1, text


def test_it_fades_away(stand: Stand) -> None:
    """After its time the desktop shows through it, then it is gone, and nothing wakes any more."""
    say(stand, "Hi.", ended=True)
    x, y = inside(stand)
    stand.pass_time(2.2)
    halfway = [(a + b) / 2 for a, b in zip(rgb(BY_DAY.ground), DESKTOP, strict=True)]
    stand.wait(
        lambda: all(abs(a - b) < 8 for a, b in zip(stand.screen.pixel(x, y), halfway, strict=True)), "half of it"
    )
    stand.pass_time(0.3)
    assert stand.window.box is None
    stand.wait(lambda: stand.screen.pixel(x, y) == DESKTOP, "the desktop")
    stand.wait(lambda: stand.root.tk.call("after", "info") in ("", ()), "no timer")


def test_the_night_has_its_own_colours(stand: Stand) -> None:
    """By night the ground is dark, and what it held is still there."""
    say(stand, "Good night.")
    stand.window.set_night(True)
    stand.settle()
    assert stand.screen.pixel(*inside(stand)) == rgb(BY_NIGHT.ground)
    assert max(contrast(hex_of(pixel), BY_NIGHT.ground) for pixel in letters_on(stand, Part.WORDS)) > 10


def test_trouble_looks_different_from_her_words(stand: Stand) -> None:
    """An error stands on its own ground, with what to do next."""
    say(stand, "Well…")
    stand.feed(Error("llm_unreachable", "The model is away.", "Start it with `alisa up`.", 1))
    stand.settle()
    assert rgb(BY_DAY.trouble_ground) in letters_on(stand, Part.NOTE)
    assert stand.window.stage.labels[Part.HINT]["text"] == "Start it with `alisa up`."


def test_words_never_take_the_keyboard(stand: Stand, other: None) -> None:
    """Neither showing nor clicking the words takes the keyboard from another program."""
    say(stand, "Hello.")
    assert stand.screen.focused() == "other"
    stand.screen.click(*stand.middle(stand.window.stage.labels[Part.WORDS]))
    stand.settle()
    assert stand.screen.focused() == "other"


def test_a_click_copies_the_words(stand: Stand) -> None:
    """A click on the words puts the whole reply on the clipboard, also what has scrolled away."""
    sentences = [f"This is the sentence with the number {number}." for number in range(20)]
    say(stand, *sentences)
    stand.screen.click(*stand.middle(stand.window.stage.labels[Part.WORDS]))
    stand.wait(lambda: stand.window.view.note is not None, "the note")
    assert stand.root.clipboard_get() == " ".join(sentences)


def test_a_click_on_the_mark_shows_what_she_wrote(stand: Stand) -> None:
    """What asks for little shows as a mark; a click opens it."""
    for event in (Turn(Cause.IDLE, 9, Channel.BADGE), Sentence("Have some water.", 9), End(turn=9)):
        stand.window.feed(event)
    stand.wait(lambda: stand.window.box is not None, "the mark")
    stand.settle()
    assert stand.window.view.words == "…"
    stand.screen.click(*stand.middle(stand.window.stage.labels[Part.WORDS]))
    stand.wait(lambda: stand.window.view.words == "Have some water.", "her words")


def test_the_pointer_holds_it_and_a_right_click_sends_it_away(stand: Stand) -> None:
    """What is pointed at stays; a right click ends it, and waves away what she said by herself."""
    stand.feed(Turn(Cause.IDLE, 1), Sentence("Hello.", 1), End(turn=1))
    stand.wait(lambda: stand.window.box is not None, "the bubble")
    stand.settle()
    stand.screen.move(*stand.middle(stand.window.stage.labels[Part.WORDS]))
    stand.wait(lambda: stand.window.bubble.hovered_since is not None, "the pointer is seen")
    stand.pass_time(60)
    assert stand.window.box is not None
    stand.screen.move(10, 10)
    stand.wait(lambda: stand.window.bubble.hovered_since is None, "the pointer is gone")
    stand.screen.click(*stand.middle(stand.window.stage.labels[Part.WORDS]), button=3)
    stand.wait(lambda: stand.window.box is None, "no bubble")
    assert stand.waved_away == [1]


def test_it_goes_where_she_goes(stand: Stand) -> None:
    """It follows her, and steps aside with her."""
    say(stand, "Hello.")
    stand.window.place_beside(HER.moved_to(300, 350), MONITORS)
    stand.settle()
    box = stand.window.box
    assert box is not None
    assert (box.bottom, box.x + box.width // 2) == (350, 428)
    found = stand.screen.find("Alisa says")
    assert found is not None
    assert found.box == (box.x, box.y, box.right, box.bottom)
    stand.window.set_hidden(True)
    stand.wait(lambda: stand.screen.find("Alisa says") is None, "no bubble")
    stand.window.set_hidden(False)
    stand.wait(lambda: stand.screen.find("Alisa says") is not None, "the bubble")


def test_a_small_monitor_has_room_for_it(stand: Stand) -> None:
    """On a monitor that is narrower than the bubble would be, the words wrap sooner."""
    small = Rect(0, 0, 240, 320)
    stand.window.place_beside(Rect(60, 200, 120, 120), (Monitor("small", small, small),))
    say(stand, "This is a sentence that would not fit on a small monitor in one line.")
    box = stand.window.box
    assert box is not None
    assert small.covers(box)


def test_letters_follow_the_desktops_wish(stand: Stand) -> None:
    """A desktop that wants 192 dots per inch gets letters of twice the size."""
    root = stand.screen.x.screen().root
    before = Desktop(stand.root)
    root.change_property(Xatom.RESOURCE_MANAGER, Xatom.STRING, 8, b"Xcursor.size:\t24\nXft.dpi:\t192\n")
    stand.screen.x.sync()
    try:
        after = Desktop(stand.root)
        assert (before.scale, after.scale) == (1.0, 2.0)
        assert after.letters(14).line == pytest.approx(2 * before.letters(14).line, abs=2)
        after.close()
    finally:
        root.delete_property(Xatom.RESOURCE_MANAGER)
        stand.screen.x.sync()
        before.close()


@pytest.mark.parametrize(
    ("system", "inch", "wanted", "scale"),
    [
        ("x11", 96, None, 1.0),
        ("x11", 96, 144, 1.5),
        ("win32", 192, None, 2.0),
        ("aqua", 72, None, 1.0),
        ("x11", 9999, None, 4.0),
    ],
)
def test_letters_have_sensible_sizes(system: str, inch: float, wanted: float | None, scale: float) -> None:
    """What the desktop wants counts before what the screen says, and both within reason."""
    assert letters_scale(system, inch, wanted) == scale


def test_a_storm_of_messages_leaves_it_alive(stand: Stand) -> None:
    """Hundreds of messages in any order, with odd texts, and it still shows what comes next."""
    chance = random.Random(3)
    texts = ("", "word ", "Done. ", "x" * 3000, "\x00\u202e\ud800", "日本。", "\n\n\n")
    makers: tuple[Callable[[], object], ...] = (
        lambda: Turn(turn=chance.randrange(9)),
        lambda: Sentence(chance.choice(texts), chance.choice((None, 1, 5, 9))),
        lambda: Token(chance.choice(texts)),
        lambda: End(chance.choice(tuple(EndReason)), turn=chance.choice((None, 1, 5, 9))),
        lambda: Error("e", chance.choice(texts), chance.choice(texts)),
        lambda: SpeechStart(chance.choice((None, 1, 5))),
        lambda: SpeechEnd(chance.choice(texts), chance.random() < 0.5, chance.choice((None, 1, 5))),
        lambda: Status({"llm": chance.choice(("loading", "down", "ready", 3)), "note": chance.choice(texts)}),
        lambda: Action(chance.choice("abc"), chance.choice(texts), "t", {chance.choice(texts): chance.choice(texts)}),
        lambda: ActionResult(chance.choice("abc"), "done", chance.choice(texts)),
        lambda: Disconnected(chance.choice(texts), 1.0),
        lambda: Connected(Welcome("1", "main")),
    )
    for _ in range(600):
        stand.feed(chance.choice(makers)())
        stand.now += chance.random()
        if chance.random() < 0.1:
            stand.root.update()
    stand.feed(Connected(Welcome("1", "main")), Turn(turn=100), Sentence("Still here.", 100))
    stand.settle()
    assert "Still here." in str(stand.window.stage.labels[Part.WORDS]["text"])
