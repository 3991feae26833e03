"""The speech bubble on the screen: what the pure bubble holds, shown beside her, and what the user does with it.

It wakes only when something changes. Her words have a tail that points at her; what the product says stands on another
ground and has none. A click on her words copies them, a click on a mark shows what it stands for, a right click sends
them away, and what she said by herself is waved away with it. Showing something never takes the keyboard.
"""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable
from typing import Any

from overlay.bubble.card import Desktop
from overlay.bubble.entry import TalkCard
from overlay.bubble.layout import Part
from overlay.bubble.palette import BY_DAY, BY_NIGHT
from overlay.bubble.questions import Question
from overlay.bubble.shown import View
from overlay.bubble.stage import Stage
from overlay.bubble.text import (
    FADE_SECONDS,
    Answered,
    Bubble,
    Dismissed,
    Event,
    Hovered,
    Opened,
    Told,
    reduce,
    view,
    waved_away,
)
from overlay.bubble.words import joined
from overlay.desktop.geometry import Arrangement, Rect


class BubbleWindow:
    """`feed` it every message of the hub and every deed of the user; tell it where she stands with `place_beside`.

    `on_answer(action, token, allow)` gets each answer to a question for consent, `on_say(text)` what the user types,
    `on_wave_away(turn)` each turn that she began by herself and that the user sends away.
    All calls belong to Tk's thread. `clock` gives monotonic seconds.
    """

    def __init__(
        self,
        root: tk.Misc,
        *,
        on_answer: Callable[[str, str, bool], None],
        on_say: Callable[[str], None],
        on_wave_away: Callable[[int], None],
        night: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._root = root
        self._clock = clock
        self._on_answer = on_answer
        self._on_say = on_say
        self._on_wave_away = on_wave_away
        self._desktop = Desktop(root)
        self._night = night
        self.bubble = Bubble()
        self.view = View()
        self._where: tuple[Rect, Arrangement] | None = None
        self._hidden = False
        self._timer: str | None = None
        self._owner: Any = None
        self.stage = self._new_stage()
        self.talk_card = self._new_talk_card()

    # --- what happens to it ------------------------------------------------------------------------

    def feed(self, event: Event) -> None:
        """This happened."""
        before, self.bubble = self.bubble, reduce(self.bubble, event, self._clock())
        if self.bubble is not before:  # most messages (her mouth, thirty times a second) are none of the bubble's
            self.talk_card.set_connected(self.bubble.connected)
            self._refresh()

    def place_beside(self, her: Rect, monitors: Arrangement) -> None:
        """She stands there now."""
        if self._where != (her, monitors):
            self._where = (her, monitors)
            self.talk_card.place_at(her, monitors)
            self._refresh()

    def set_hidden(self, on: bool) -> None:
        """Step aside, or come back: she does so herself."""
        if self._hidden != on:
            self._hidden = on
            if on:
                self.talk_card.close()
            self._refresh()

    def set_night(self, on: bool) -> None:
        """Take the colours of the night, or of the day."""
        if self._night == on:
            return
        self._night = on
        old = self.talk_card
        was_open = old.is_open
        old.close()
        self.stage.destroy()
        old.destroy()
        self.stage, self.talk_card = self._new_stage(), self._new_talk_card()
        self.talk_card.drafts = old.drafts
        self.talk_card.set_connected(self.bubble.connected)
        if self._where is not None:
            self.talk_card.place_at(*self._where)
        if was_open:
            self.talk_card.open()
        self._refresh()

    def talk(self) -> None:
        """Let the user type to her."""
        if not self._hidden:
            self.talk_card.open()

    def give_back(self, text: str) -> None:
        """What the user said did not arrive: it is a draft again."""
        self.talk_card.give_back(text)

    def take_keys(self) -> bool:
        """Give the keyboard to the question that shows; False when there is none."""
        if self.view.question is None or not self.stage.card.is_shown:
            return False
        self._note_owner()
        self.stage.form.take_keys()
        return True

    @property
    def box(self) -> Rect | None:
        """Where it is on the screen, tail included; None while nothing shows."""
        return self.stage.card.box if self.stage.card.is_shown else None

    def close(self) -> None:
        """It is not needed any more."""
        self._stop_timer()
        self.stage.destroy()
        self.talk_card.destroy()
        self._desktop.close()

    # --- what shows now ----------------------------------------------------------------------------

    def _refresh(self) -> None:
        self._stop_timer()
        fade = FADE_SECONDS if self._desktop.fades else 0.0
        now = self._clock()
        self.view = view(self.bubble, now, lambda text: self.stage.fits(text, self._where), fade_seconds=fade)
        if self._where is None or self._hidden or self.view.is_empty:
            self._show_nothing(now)
        else:
            self.stage.show(self.view, self._where)
        if self.view.changes_in is not None:
            self._timer = self._root.after(max(1, round(self.view.changes_in * 1000)), self._refresh)

    def _show_nothing(self, now: float) -> None:
        self.stage.hide()
        self._release_keys()
        if self.bubble.hovered_since is not None:  # a window that goes does not say that the pointer left it
            self.bubble = reduce(self.bubble, Hovered(False), now)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._root.after_cancel(self._timer)
            self._timer = None

    # --- what the user does --------------------------------------------------------------------------

    def _answered(self, question: Question, allow: bool) -> None:
        self.feed(Answered(question.action))
        if self.view.question is None:
            self._release_keys()
        self._on_answer(question.action, question.token, allow)

    def _clicked(self, _: object) -> None:
        if self.view.is_mark:
            self.feed(Opened())
        elif self.bubble.reply is not None:
            self._root.clipboard_clear()
            self._root.clipboard_append(joined([piece.text for piece in self.bubble.reply.pieces]))
            self.feed(Told("Copied."))

    def _dismissed(self, _: object) -> None:
        turn = waved_away(self.bubble, self._clock())
        self.feed(Dismissed())
        if turn is not None:
            self._on_wave_away(turn)

    def _crossed(self, kind: str, detail: str) -> None:
        """The pointer came or left; moving between the things on the card is neither."""
        if detail != "NotifyInferior":
            self.feed(Hovered(kind == "Enter"))

    def _note_owner(self) -> None:
        """The question may take the keyboard now: remember to whom it belonged."""
        if self.view.question is not None and self._owner is None and self._desktop.server is not None:
            self._owner = self._desktop.server.keyboard_owner()

    def _release_keys(self) -> None:
        if self._owner is not None and self._desktop.server is not None:
            self._desktop.server.give_keyboard(self._owner)
        self._owner = None

    # --- building --------------------------------------------------------------------------------------

    def _new_stage(self) -> Stage:
        stage = Stage(self._desktop, BY_NIGHT if self._night else BY_DAY, self._answered)
        window = stage.card.window
        right = 2 if self._desktop.system == "aqua" else 3
        stage.labels[Part.WORDS].bind("<ButtonRelease-1>", self._clicked)
        window.bind(f"<ButtonRelease-{right}>", self._dismissed)
        crossed = window.register(self._crossed)
        for kind in ("Enter", "Leave"):  # tkinter's own events do not carry the detail
            window.tk.call("bind", window, f"<{kind}>", f"if {{{{%W}} eq {{{window}}}}} {{{crossed} {kind} %d}}")
        stage.form.bind("<<TakesKeys>>", lambda _: self._note_owner())
        return stage

    def _new_talk_card(self) -> TalkCard:
        return TalkCard(self._desktop, BY_NIGHT if self._night else BY_DAY, self._on_say)
