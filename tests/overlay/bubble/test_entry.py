"""Typing to her with a real keyboard."""

from __future__ import annotations

import pytest

from alisa.link.items import Connected, Disconnected
from alisa.protocol.messages import Sentence, Turn, Welcome
from overlay.desktop.geometry import Rect
from tests.overlay.bubble.conftest import HER, MONITORS, Stand

pytestmark = pytest.mark.screen
TITLE = "Say something to Alisa"


def open_field(stand: Stand) -> None:
    stand.window.talk()
    stand.wait(lambda: stand.screen.focused() == TITLE, "the keyboard")


def text(stand: Stand) -> str:
    return str(stand.window.talk_card.field.get("1.0", "end-1c"))


def type_(stand: Stand, words: str) -> None:
    before = text(stand)
    stand.screen.type(words)
    stand.wait(lambda: text(stand) == before + words, f"{words} in the field")


def test_enter_sends(stand: Stand, other: None) -> None:
    """Opened, it has the keyboard; Enter sends; Escape closes it and gives the keyboard back."""
    open_field(stand)
    type_(stand, "Hello, Alisa!")
    stand.screen.key("Return")
    stand.wait(lambda: stand.said == ["Hello, Alisa!"], "what was said")
    assert text(stand) == ""
    assert stand.window.talk_card.is_open
    stand.screen.key("Return", "Escape")
    stand.wait(lambda: not stand.window.talk_card.is_open, "closed")
    stand.wait(lambda: stand.screen.focused() == "other", "the keyboard is given back")
    assert stand.said == ["Hello, Alisa!"]


def test_up_and_down_go_through_what_was_said(stand: Stand) -> None:
    """Up brings back what was said, Down leads back to the draft."""
    open_field(stand)
    for words in ("one", "two"):
        type_(stand, words)
        stand.screen.key("Return")
        stand.wait(lambda: text(stand) == "", "sent")
    type_(stand, "draft")
    stand.screen.key("Up")
    stand.wait(lambda: text(stand) == "two", "the newest")
    stand.screen.key("Up", "Up")
    stand.wait(lambda: text(stand) == "one", "the oldest")
    stand.screen.key("Down", "Down")
    stand.wait(lambda: text(stand) == "draft", "the draft")


def test_shift_enter_begins_a_line(stand: Stand) -> None:
    """Several lines can be written; the field grows, stays on the screen, and Up moves within it."""
    open_field(stand)
    before = stand.window.talk_card.box.height
    type_(stand, "one")
    stand.screen.key("shift+Return")
    stand.wait(lambda: text(stand) == "one\n", "a line")
    stand.wait(lambda: stand.window.talk_card.box.height > before, "a larger field")
    type_(stand, "two")
    stand.screen.key("Up", "End")
    stand.screen.type("X")
    stand.wait(lambda: text(stand) == "oneX\ntwo", "moved up")
    assert Rect(0, 0, 1280, 800).covers(stand.window.talk_card.box)


def test_while_the_hub_is_away_words_stay(stand: Stand) -> None:
    """It says that the hub is away, sends nothing, and keeps the draft, also over closing."""
    stand.feed(Disconnected("gone", 1.0))
    open_field(stand)
    taller = stand.window.talk_card.box.height
    type_(stand, "are you there")
    stand.screen.key("Return")
    stand.settle()
    assert (stand.said, text(stand)) == ([], "are you there")
    stand.screen.key("Escape")
    stand.wait(lambda: not stand.window.talk_card.is_open, "closed")
    stand.feed(Connected(Welcome("1", "main")))
    open_field(stand)
    assert text(stand) == "are you there"
    assert stand.window.talk_card.box.height < taller
    stand.screen.key("Return")
    stand.wait(lambda: stand.said == ["are you there"], "what was said")


def test_what_did_not_arrive_is_a_draft_again(stand: Stand) -> None:
    """The sender can give words back."""
    open_field(stand)
    type_(stand, "hello")
    stand.screen.key("Return")
    stand.wait(lambda: stand.said == ["hello"], "what was said")
    stand.window.give_back("hello")
    assert text(stand) == "hello"


def test_her_words_do_not_disturb_typing(stand: Stand) -> None:
    """Sentences that come while the user types neither take the keyboard nor the draft; nor does the night."""
    open_field(stand)
    type_(stand, "I am")
    stand.feed(Turn(turn=1), Sentence("Listen to this.", 1))
    stand.wait(lambda: stand.window.box is not None, "the bubble")
    type_(stand, " typing")
    stand.window.set_night(True)
    stand.wait(lambda: stand.screen.focused() == TITLE, "the keyboard")
    type_(stand, " still")
    assert text(stand) == "I am typing still"
    box = stand.window.box
    assert box is not None
    assert stand.window.talk_card.box.shares(box) == 0
    stand.window.place_beside(HER.moved_to(200, 300), MONITORS)
    assert stand.window.talk_card.box.y > 300


def test_an_empty_field_goes_when_the_keyboard_does(stand: Stand, other: None) -> None:
    """Clicking elsewhere closes an empty field, and leaves one with words alone."""
    open_field(stand)
    stand.screen.click(100, 60)
    stand.wait(lambda: not stand.window.talk_card.is_open, "closed")
    open_field(stand)
    type_(stand, "wait")
    stand.screen.click(100, 60)
    stand.wait(lambda: stand.screen.focused() == "other", "the other program")
    stand.settle()
    assert stand.window.talk_card.is_open
