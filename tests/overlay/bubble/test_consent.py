"""Consent with real clicks and keys: an answer is what the user meant, and Deny is the safe one."""

from __future__ import annotations

import pytest

from alisa.protocol.messages import Action, ActionResult, Sentence, Turn
from overlay.bubble import consent
from overlay.desktop.geometry import Rect
from tests.overlay.bubble.conftest import HER, MONITORS, Stand

pytestmark = pytest.mark.screen
DETAILS = {"app": "Firefox", "address": "https://example.org/" + "very/long/" * 30, "count": 3}


def ask(stand: Stand, action: str = "open-1", title: str = "Open Firefox", token: str = "token-1") -> None:
    stand.feed(Action(action, title, token, DETAILS))
    stand.wait(lambda: stand.window.box is not None, "the question")


def awake(stand: Stand) -> None:
    stand.wait(lambda: stand.window.stage.form.is_awake, "buttons that are awake")
    stand.settle()


def test_allow_sends_exactly_this_action_and_token(stand: Stand) -> None:
    """A click on Allow answers yes with the token that came with the question, once."""
    ask(stand)
    awake(stand)
    stand.screen.click(*stand.middle(stand.window.stage.form.allow))
    stand.wait(lambda: stand.answers, "the answer")
    assert stand.answers == [("open-1", "token-1", True)]
    assert stand.window.box is None
    stand.feed(ActionResult("open-1", "done", "Firefox is open."))
    assert stand.window.view.note is not None


def test_deny_says_no(stand: Stand) -> None:
    """A click on Deny answers no."""
    ask(stand)
    awake(stand)
    stand.screen.click(*stand.middle(stand.window.stage.form.deny))
    stand.wait(lambda: stand.answers, "the answer")
    assert stand.answers == [("open-1", "token-1", False)]


def test_a_click_that_was_meant_for_something_else_answers_nothing(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a moment after the question appears its buttons sleep: a click that lands then does nothing."""
    monkeypatch.setattr(consent, "GUARD_MS", 60_000)
    ask(stand)
    stand.settle()
    for button in (stand.window.stage.form.allow, stand.window.stage.form.deny):
        stand.screen.click(*stand.middle(button))
        stand.settle()
    assert stand.window.take_keys()
    stand.screen.key("Return", "Tab", "space", "Escape")
    stand.settle()
    assert stand.answers == []
    assert stand.window.view.question is not None


def test_buttons_that_move_sleep_again(stand: Stand) -> None:
    """When her words push the question away, or she moves, or another question comes, the buttons sleep anew."""
    stand.window.place_beside(HER.moved_to(300, 50), MONITORS)
    ask(stand)
    awake(stand)
    stand.feed(Turn(turn=1), Sentence("May I? " * 20, 1))
    assert not stand.window.stage.form.is_awake
    awake(stand)
    stand.window.place_beside(HER.moved_to(300, 180), MONITORS)
    assert not stand.window.stage.form.is_awake
    awake(stand)
    stand.feed(Action("open-1", "Delete everything", "token-2"))
    assert not stand.window.stage.form.is_awake


def test_a_press_that_began_before_it_slept_answers_nothing(stand: Stand) -> None:
    """A press on what was there before and a release on Allow is no click on Allow."""
    ask(stand)
    awake(stand)
    stand.screen.move(*stand.middle(stand.window.stage.form.allow))
    stand.screen.press()
    stand.settle()
    stand.feed(Action("open-1", "Delete everything", "token-2"))
    stand.screen.release()
    stand.settle()
    assert stand.answers == []


def test_the_longest_question_has_its_buttons_on_the_screen(stand: Stand) -> None:
    """However much a question says, and she says besides, all of it is on the screen."""
    details = {f"a long name of a detail {number}": "wide letters 我们 WWWW " * 500 for number in range(40)}
    stand.feed(Turn(turn=1), Sentence("May I? " * 100, 1), Action("a", "WWWW " * 500, "t", details))
    stand.wait(lambda: stand.window.box is not None, "the question")
    awake(stand)
    box, form = stand.window.box, stand.window.stage.form
    assert box is not None
    assert Rect(0, 0, 1280, 800).covers(box)
    assert form.winfo_reqheight() <= form.winfo_height()
    assert form.winfo_reqwidth() <= form.winfo_width()
    assert box.y < form.allow.winfo_rooty() < box.bottom - form.allow.winfo_height()


def test_the_keyboard_begins_on_deny(stand: Stand, other: None) -> None:
    """A question takes no keyboard by itself; asked for, Deny has it, and Enter denies; then it goes back."""
    ask(stand)
    awake(stand)
    assert stand.screen.focused() == "other"
    assert stand.window.take_keys()
    stand.wait(lambda: stand.screen.focused() == "Alisa says", "the keyboard")
    stand.screen.key("Return")
    stand.wait(lambda: stand.answers, "the answer")
    assert stand.answers == [("open-1", "token-1", False)]
    stand.wait(lambda: stand.screen.focused() == "other", "the keyboard is given back")
    assert not stand.window.take_keys()


def test_tab_leads_to_allow(stand: Stand) -> None:
    """Tab and Enter allow; Escape denies wherever the keyboard is."""
    ask(stand)
    ask(stand, "open-2", "Open Mail", "token-2")
    awake(stand)
    stand.window.take_keys()
    stand.wait(lambda: stand.screen.focused() == "Alisa says", "the keyboard")
    stand.screen.key("Tab", "Return")
    stand.wait(lambda: len(stand.answers) == 1, "the first answer")
    awake(stand)
    stand.screen.key("Escape")
    stand.wait(lambda: len(stand.answers) == 2, "the second answer")
    assert stand.answers == [("open-1", "token-1", True), ("open-2", "token-2", False)]


def test_a_click_beside_the_buttons_takes_the_keyboard_only(stand: Stand, other: None) -> None:
    """A click on the question itself answers nothing; it puts the keyboard on Deny."""
    ask(stand)
    awake(stand)
    form = stand.window.stage.form
    stand.screen.click(form.winfo_rootx() + 20, form.winfo_rooty() + 5)
    stand.wait(lambda: stand.screen.focused() == "Alisa says", "the keyboard")
    assert stand.root.focus_get() is form.deny
    assert stand.answers == []


def test_after_a_question_the_keyboard_is_on_deny_again(stand: Stand) -> None:
    """Whoever allowed one thing with the keyboard has not yet his finger on the next."""
    ask(stand)
    ask(stand, "open-2", "Open Mail", "token-2")
    awake(stand)
    stand.window.take_keys()
    stand.wait(lambda: stand.screen.focused() == "Alisa says", "the keyboard")
    stand.screen.key("Tab", "Return")
    stand.wait(lambda: len(stand.answers) == 1, "the first answer")
    assert stand.root.focus_get() is stand.window.stage.form.deny
