"""Where the user types to her: a small card over her lower edge.

Enter sends, Shift+Enter begins a line, Up and Down go through what was said before, Escape closes. While the hub is
away it says so and keeps the draft; the draft also outlives closing. How words travel is not known here.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Any

from overlay.bubble.card import Card, Desktop, Ground, put
from overlay.bubble.drafts import Drafts
from overlay.bubble.palette import Palette
from overlay.bubble.picture import Outline
from overlay.bubble.place import place_entry
from overlay.desktop.geometry import Arrangement, Rect

TITLE = "Say something to Alisa"
_PLACEHOLDER = "Say something…"
_AWAY = "The hub is away. Your words stay here until it is back."
_WIDTH, _MOST_LINES = 300, 5


class TalkCard:
    """The field. `on_say(text)` gets what the user says; it is called only while the hub is there."""

    def __init__(self, desktop: Desktop, palette: Palette, on_say: Callable[[str], None]) -> None:
        self._desktop = desktop
        self._palette = palette
        self._on_say = on_say
        self._connected = False
        self.drafts = Drafts()
        self._owner: Any = None
        self._where: tuple[Rect, Arrangement] | None = None
        self._letters, self._small = desktop.letters(14), desktop.letters(12)
        self._card = Card(desktop, TITLE, takes_keys=True)
        self.field = tk.Text(
            self._card.canvas, font=self._letters.font, fg=palette.words, bg=palette.field,
            insertbackground=palette.words, selectbackground=palette.edge, selectforeground="#ffffff",
            wrap="word", undo=True, bd=0, highlightthickness=0, padx=0, pady=0, height=1, width=1,
        )  # fmt: skip
        self._placeholder = self._label(_PLACEHOLDER, palette.field)
        self._away = self._label(_AWAY, palette.ground)
        self._bind()

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return self._card.is_shown

    @property
    def box(self) -> Rect:
        """Where it is on the screen."""
        return self._card.box

    def open(self) -> None:
        """Show it and take the keyboard."""
        if self._where is None:
            return
        if not self._card.is_shown and self._desktop.server is not None:
            self._owner = self._desktop.server.keyboard_owner()
        self._write(self.drafts.text)
        self._lay()
        self._card.show()
        self._desktop.take_keys(self.field)

    def close(self) -> None:
        """Take it away; the draft stays, and the keyboard goes back to whom it belonged."""
        if not self._card.is_shown:
            return
        self._keep()
        had_keys = self._card.has_keys
        self._card.hide()
        if had_keys and self._desktop.server is not None:
            self._desktop.server.give_keyboard(self._owner)
        self._owner = None

    def destroy(self) -> None:
        """It is not needed any more."""
        self._card.close()

    def place_at(self, her: Rect, monitors: Arrangement) -> None:
        """She stands there."""
        self._where = (her, monitors)
        if self._card.is_shown:
            self._lay()

    def set_connected(self, on: bool) -> None:
        """Whether the hub is there."""
        if self._connected != on:
            self._connected = on
            if self._card.is_shown:
                self._lay()

    def give_back(self, text: str) -> None:
        """What was sent did not arrive: it is the draft again."""
        self._keep()
        self.drafts = self.drafts.given_back(text)
        self._write(self.drafts.text)
        if self._card.is_shown:
            self._lay()

    # --- keys --------------------------------------------------------------------------------------

    def _bind(self) -> None:
        field = self.field
        for key in ("<Return>", "<KP_Enter>"):
            field.bind(key, self._send)
        field.bind("<Button-1>", lambda _: self._desktop.take_keys(field))
        field.bind("<Shift-Return>", lambda _: None)  # the field's own line break
        field.bind("<Escape>", lambda _: self.close())
        field.bind("<Up>", lambda _: self._step(back=True))
        field.bind("<Down>", lambda _: self._step(back=False))
        field.bind("<Control-a>", lambda _: self._select_all())
        field.bind("<<Modified>>", self._changed)
        field.bind("<FocusOut>", lambda _: self._card.window.after_idle(self._left))
        self._placeholder.bind("<Button-1>", lambda _: self._desktop.take_keys(field))

    def _send(self, _: object) -> str:
        self._keep()
        text = self.drafts.text.strip()
        if text and self._connected:
            self.drafts = self.drafts.sent()
            self._write("")
            self._lay()
            self._on_say(text)
        return "break"

    def _step(self, *, back: bool) -> str | None:
        """Up in the first line and Down in the last one go through what was said before."""
        edge = "1.0" if back else "end-1c"
        if self.field.count("insert linestart", f"{edge} linestart", "displaylines") not in (None, 0, (0,)):
            return None
        self._keep()
        moved = self.drafts.older() if back else self.drafts.newer()
        if moved != self.drafts:
            self.drafts = moved
            self._write(moved.text)
            self._lay()
        return "break"

    def _select_all(self) -> str:
        self.field.tag_add("sel", "1.0", "end-1c")
        return "break"

    def _changed(self, _: object) -> None:
        if self.field.edit_modified():
            self.field.edit_modified(False)
            if self._card.is_shown:
                self._lay()

    def _left(self) -> None:
        """The keyboard went elsewhere: an empty field is not needed any more."""
        if self._card.is_shown and not self._typed() and not self._card.has_keys:
            self.close()

    # --- text and form -----------------------------------------------------------------------------

    def _typed(self) -> str:
        return str(self.field.get("1.0", "end-1c"))

    def _keep(self) -> None:
        self.drafts = self.drafts.typed(self._typed())

    def _write(self, text: str) -> None:
        if self._typed() != text:
            self.field.replace("1.0", "end-1c", text)
        self.field.mark_set("insert", "end-1c")
        self.field.edit_modified(False)

    def _lay(self) -> None:
        if self._where is None:
            return
        her, monitors = self._where
        px = self._desktop.px
        pad, inner = px(8), px(7)
        width = px(_WIDTH)
        lines = self._lines(width - 2 * (pad + inner))
        top, bottom = pad, pad + 2 * inner + lines * self._letters.line
        left, right = pad + inner, width - pad - inner
        things: list[tuple[tk.Widget, tuple[int, int, int, int]]] = []
        things.append((self.field, (left, top + inner, right, bottom - inner)))
        if not self._typed():
            first = min(right, left + px(2) + self._letters.measure(_PLACEHOLDER))
            things.append((self._placeholder, (left + px(2), top + inner, first, top + inner + self._letters.line)))
        height = bottom + pad
        if not self._connected:
            self._away.configure(wraplength=right - left)
            self._away.update_idletasks()
            tall = self._away.winfo_reqheight()
            things.append((self._away, (left, height - px(2), right, height - px(2) + tall)))
            height += tall + px(4)
        place = place_entry((width, height), her, monitors)
        strip = ((pad, top, width - pad, bottom), self._palette.field)
        outline = Outline((width, height), px(12) if self._desktop.can_cut_out else 0)
        self._card.lay(Ground(outline, self._palette.ground, self._palette.edge, px(2), (strip,)), (place.x, place.y))
        put(self._card.canvas, things, (0, 0))

    def _lines(self, width: int) -> int:
        """How many lines the text takes, as long as they are shown."""
        wide = sum(max(1, -(-self._letters.measure(line) // max(1, width))) for line in self._typed().split("\n"))
        return min(_MOST_LINES, wide)

    def _label(self, text: str, ground: str) -> tk.Label:
        letters = self._letters if text == _PLACEHOLDER else self._small
        return tk.Label(
            self._card.canvas, text=text, fg=self._palette.note_hint, bg=ground, font=letters.font,
            justify="left", anchor="nw", bd=0, padx=0, pady=0,
        )  # fmt: skip
