"""The question on the card: what she wants to do, every detail, and two real buttons of which Deny is the safe one.

Nobody approves by accident: the buttons sleep for a moment after the question appears or moves, the keyboard is on
Deny first, and the form takes the keyboard only when it is clicked. What an answer does is not known here.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from overlay.bubble.card import Desktop
from overlay.bubble.palette import Palette
from overlay.bubble.questions import Question

GUARD_MS = 400
"""How long a question must have stood still before it can be answered: longer than a click that was meant for what
was there before."""
_HEADING = "She would like to do this:"


class ConsentForm(tk.Frame):
    """One question. `on_answer(question, allow)` is called once for each."""

    def __init__(
        self, parent: tk.Misc, desktop: Desktop, palette: Palette, on_answer: Callable[[Question, bool], None]
    ) -> None:
        super().__init__(parent, bg=palette.ground, bd=0, highlightthickness=0)
        self._desktop = desktop
        self._palette = palette
        self._on_answer = on_answer
        self._question: Question | None = None
        self._waking: str | None = None
        self._small, self._bold = desktop.letters(12), desktop.letters(13, bold=True)
        self._heading = self._label(palette.note_hint, _HEADING)
        self._title = self._label(palette.words, bold=True)
        self._rows = tk.Frame(self, bg=palette.note_ground, padx=desktop.px(8), pady=desktop.px(5))
        self._queue = self._label(palette.note_hint)
        self.deny = self._button("Deny", palette.deny_ground, palette.deny_words, allow=False)
        self.allow = self._button("Allow", palette.allow_ground, palette.allow_words, allow=True)
        self._arrange()

    def ask(self, question: Question, waiting: int, width: int) -> None:
        """Show this question, so wide; it says how many wait behind it."""
        if not question.is_like(self._question):
            self._title.configure(text=question.title, wraplength=width)
            self._fill_rows(question, width)
            self.guard()
            if str(self.tk.call("focus")) == str(
                self.allow
            ):  # a finger on Enter allowed the last question, not this one
                self.deny.focus_set()
        self._question = question
        self._heading.configure(wraplength=width)
        self._queue.configure(text=f"{waiting} more" if waiting else "")
        self.update_idletasks()

    def guard(self) -> None:
        """Let the buttons sleep: something has just appeared or moved."""
        if self._waking is not None:
            self.after_cancel(self._waking)
        for button in (self.deny, self.allow):
            button.configure(state="disabled")
        self._waking = self.after(GUARD_MS, self._wake)

    def take_keys(self) -> None:
        """Take the keyboard, on Deny. `<<TakesKeys>>` is told before."""
        self.event_generate("<<TakesKeys>>")
        self._desktop.take_keys(self.deny)

    @property
    def is_awake(self) -> bool:
        """Whether it can be answered now."""
        return self._waking is None

    def destroy(self) -> None:
        if self._waking is not None:
            self.after_cancel(self._waking)
            self._waking = None
        super().destroy()

    def _wake(self) -> None:
        self._waking = None
        for button in (self.deny, self.allow):
            button.configure(state="normal")

    def _answer(self, allow: bool) -> None:
        question = self._question
        if question is None or not self.is_awake:
            return
        self._question = None
        self.guard()
        self._on_answer(question, allow)

    # --- how it looks ----------------------------------------------------------------------------

    def _arrange(self) -> None:
        gap = self._desktop.px(8)
        self.columnconfigure(0, weight=1)
        self._heading.grid(row=0, column=0, columnspan=3, sticky="w")
        self._title.grid(row=1, column=0, columnspan=3, sticky="w", pady=(self._desktop.px(2), 0))
        self._rows.grid(row=2, column=0, columnspan=3, sticky="we", pady=(gap, 0))
        self._queue.grid(row=3, column=0, sticky="w", pady=(gap, 0))
        self.deny.grid(row=3, column=1, sticky="e", pady=(gap, 0))
        self.allow.grid(row=3, column=2, sticky="e", padx=(gap, 0), pady=(gap, 0))
        for button in (self.deny, self.allow):
            button.bind("<Escape>", lambda _: self._answer(False))
            button.bind("<Left>", lambda _: self.deny.focus_set())
            button.bind("<Right>", lambda _: self.allow.focus_set())
        for widget in (self, self._heading, self._title, self._rows, self._queue):
            widget.bind("<Button-1>", lambda _: self.take_keys())

    def _fill_rows(self, question: Question, width: int) -> None:
        for child in self._rows.winfo_children():
            child.destroy()
        if not question.details:
            self._rows.grid_remove()
            return
        self._rows.grid()
        name_width = max(self._small.measure(name) for name, _ in question.details)
        name_width = min(name_width, width // 3)
        value_width = width - name_width - 3 * self._desktop.px(8)
        for row, (name, value) in enumerate(question.details):
            for column, (text, colour, wraplength) in enumerate(
                ((name, self._palette.note_hint, name_width), (value, self._palette.note_words, value_width))
            ):
                label = tk.Label(
                    self._rows, text=text, fg=colour, bg=self._palette.note_ground, font=self._small.font,
                    wraplength=wraplength, justify="left", anchor="nw", bd=0, padx=0, pady=0,
                )  # fmt: skip
                label.grid(row=row, column=column, sticky="nw", padx=(0, self._desktop.px(8)), pady=1)
                label.bind("<Button-1>", lambda _: self.take_keys())

    def _label(self, colour: str, text: str = "", *, bold: bool = False) -> tk.Label:
        letters = self._bold if bold else self._small
        return tk.Label(
            self, text=text, fg=colour, bg=self._palette.ground, font=letters.font, justify="left", anchor="w",
            bd=0, padx=0, pady=0,
        )  # fmt: skip

    def _button(self, text: str, ground: str, words: str, *, allow: bool) -> tk.Button:
        button = tk.Button(
            self, text=text, command=lambda: self._answer(allow), font=self._bold.font, takefocus=1, cursor="hand2",
            relief="flat", overrelief="flat", bd=0, padx=self._desktop.px(14), pady=self._desktop.px(4),
            highlightthickness=self._desktop.px(2), highlightbackground=self._palette.ground,
            highlightcolor=self._palette.words,
        )  # fmt: skip
        if self._desktop.system != "aqua":  # macOS draws its own buttons, and its own letters on them
            button.configure(
                bg=ground, fg=words, activebackground=ground, activeforeground=words, disabledforeground=words
            )
        for key in ("<Return>", "<KP_Enter>"):
            button.bind(key, lambda _: self._answer(allow))
        return button
