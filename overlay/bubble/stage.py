"""The bubble's card with all that can stand on it, in the colours of the day or of the night.

It shows a view beside a rectangle; when something shows, and why, is not known here.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import replace

from overlay.bubble.card import Card, Desktop, Ground, put
from overlay.bubble.consent import ConsentForm
from overlay.bubble.layout import Layout, Measures, Part, arrange, fits
from overlay.bubble.palette import Palette
from overlay.bubble.picture import Box, Outline, Tail
from overlay.bubble.place import place_bubble
from overlay.bubble.questions import Question
from overlay.bubble.shown import View
from overlay.desktop.geometry import Arrangement, Rect, monitor_of

TITLE = "Alisa says"
_WIDTH, _PAD, _GAP, _INNER = 300, 13, 9, 7
_RADIUS, _EDGE, _TAIL = 14, 2, 13


class Stage:
    """`show` puts a view on the screen, `hide` takes it away."""

    def __init__(self, desktop: Desktop, palette: Palette, on_answer: Callable[[Question, bool], None]) -> None:
        self._desktop = desktop
        self._palette = palette
        self._letters, self._small = desktop.letters(14), desktop.letters(12)
        self.card = Card(desktop, TITLE)
        self.labels = {part: self._label() for part in (Part.WORDS, Part.NOTE, Part.HINT)}
        self.labels[Part.WORDS].configure(font=self._letters.font)
        self.form = ConsentForm(self.card.canvas, desktop, palette, on_answer)
        self._content: object = None
        self._layout: Layout | None = None
        self._put: object = None
        self._form_at: tuple[int, int] | None = None

    def fits(self, text: str, where: tuple[Rect, Arrangement] | None) -> bool:
        """Whether her words have room at a time."""
        return fits(text, self._measures(where))

    def show(self, shown: View, where: tuple[Rect, Arrangement]) -> None:
        """Show this beside her."""
        measures = self._measures(where)
        content = (
            shown.words,
            shown.note,
            shown.question,
            shown.waiting,
            measures.width,
            monitor_of(*where).work.height,
        )
        if self._layout is None or content != self._content:
            self._content = content
            self._layout = self._compose(shown, measures, monitor_of(*where).work.height)
        self._stand(self._layout, *where)
        self.card.set_opacity(shown.opacity)
        if not self.card.is_shown:
            self.card.show()

    def hide(self) -> None:
        """Show nothing."""
        self.card.hide()

    def destroy(self) -> None:
        """It is not needed any more."""
        self.form.destroy()
        self.card.close()

    def _measures(self, where: tuple[Rect, Arrangement] | None) -> Measures:
        px = self._desktop.px
        width = px(_WIDTH)
        if where is not None:
            width = max(1, min(width, monitor_of(*where).work.width - 2 * (px(_PAD) + px(_TAIL))))
        return Measures(width, px(_PAD), px(_GAP), px(_INNER), self._letters, self._small)

    def _compose(self, shown: View, measures: Measures, room: int) -> Layout:
        form_size = (0, 0)
        if shown.question is not None:
            self.form.ask(shown.question, shown.waiting, measures.width)
            form_size = (self.form.winfo_reqwidth(), self.form.winfo_reqheight())
        layout = arrange(shown, form_size, measures, self._palette)
        if layout.size[1] > room and shown.question is not None:  # who is asked must see all of the question
            layout = arrange(replace(shown, words="", note=None), form_size, measures, self._palette)
        for block in layout.blocks:
            if block.part is not Part.FORM:
                self.labels[block.part].configure(
                    text=block.text,
                    fg=block.colour,
                    bg=block.ground or self._palette.ground,
                    justify="right" if block.leftwards else "left",
                    anchor="ne" if block.leftwards else "nw",
                )
        return layout

    def _stand(self, layout: Layout, her: Rect, monitors: Arrangement) -> None:
        px, cut = self._desktop.px, self._desktop.can_cut_out
        place = place_bubble(layout.size, her, monitors, px(_TAIL), px(_RADIUS) + px(_TAIL))
        tail = Tail(place.side, place.tail_at, px(_TAIL)) if cut and layout.box_of(Part.WORDS) else None
        outline = Outline(layout.size, px(_RADIUS) if cut else 0, tail)
        x, y = outline.corner
        ground = Ground(outline, layout.ground, self._palette.edge, px(_EDGE), layout.strips)
        self.card.lay(ground, (place.body.x - x, place.body.y - y))
        if (layout, outline.corner) != self._put:
            self._put = (layout, outline.corner)
            put(self.card.canvas, [(self._widget(block.part), block.box) for block in layout.blocks], outline.corner)
        self._guard_what_moved(layout.box_of(Part.FORM), place.body)

    def _guard_what_moved(self, box: Box | None, body: Rect) -> None:
        """Buttons that moved under the pointer sleep for a moment."""
        at = None if box is None else (body.x + box[2], body.y + box[3])
        if at is not None and at != self._form_at:
            self.form.guard()
        self._form_at = at

    def _widget(self, part: Part) -> tk.Widget:
        return self.form if part is Part.FORM else self.labels[part]

    def _label(self) -> tk.Label:
        return tk.Label(self.card.canvas, font=self._small.font, bd=0, padx=0, pady=0)
