"""The menu on the screen: entries as a Tk menu at the pointer.

Made anew each time it opens, so its ticks show how things are. It closes with a choice, with Escape, and with a click
anywhere else: on X11 it holds pointer and keyboard while it is open. What its entries do is not known here.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from datetime import datetime
from typing import Any

from alisa.runtime.logs import get_logger
from overlay.bubble.card import Desktop
from overlay.bubble.palette import BY_DAY, BY_NIGHT, Palette
from overlay.menu.entries import Entry, Kind, MenuActions, entries

_log = get_logger("overlay.menu")
_LETTERS = 13


class Menu:
    """`popup(x, y)` opens it at a point of the desktop."""

    def __init__(self, root: tk.Misc, actions: MenuActions, *, night: bool = False) -> None:
        self._root = root
        self._actions = actions
        self.night = night
        self._desktop = Desktop(root)
        self._letters = self._desktop.letters(_LETTERS)
        self._spacer = tk.PhotoImage(master=root, width=1, height=self._letters.line + self._desktop.px(8))
        # Over the middle of a label the spacer moves nothing; beside it, it moves the labels of ticks, and no others.
        self._roomy = {"image": self._spacer, "compound": "center"} if self._desktop.system == "x11" else {}
        self._owner: Any = None
        self._menu: tk.Menu | None = None
        self._ticks: list[tk.Variable] = []

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return self._menu is not None and bool(self._menu.winfo_viewable())

    def popup(self, x: int, y: int) -> None:
        """Open it there. If another program holds the pointer, it does not open."""
        self.close()
        menu = self._menu = self._filled(entries(self._actions.state(), datetime.now().astimezone()))
        try:
            menu.tk_popup(x, y)
            self._take_keys(menu)
        except tk.TclError as refused:  # "grab failed: another application has grab"
            _log.info("the menu could not open", reason=str(refused))
            self.close()

    def close(self) -> None:
        """Take it off the screen."""
        if self._menu is not None:
            self._menu.unpost()
            self._menu.grab_release()
            self._menu.destroy()
            self._menu = None
            self._ticks = []

    def destroy(self) -> None:
        """It is not needed any more."""
        self.close()
        self._desktop.close()

    def _take_keys(self, menu: tk.Menu) -> None:
        """Let Escape and the arrow keys reach it: Tk does not hand the keyboard to a window without a frame."""
        server = self._desktop.server
        if server is not None:
            self._owner = server.keyboard_owner()
            server.take_keyboard(menu)
            menu.bind("<Unmap>", lambda _: self._release_keys())

    def _release_keys(self) -> None:
        if self._desktop.server is not None:
            self._desktop.server.give_keyboard(self._owner)
        self._owner = None

    def _filled(self, rows: tuple[Entry, ...], parent: tk.Misc | None = None) -> tk.Menu:
        menu = tk.Menu(parent or self._root, tearoff=False, **self._look())
        chosen = tk.StringVar(menu, next((row.label for row in rows if row.kind is Kind.CHOICE and row.ticked), ""))
        self._ticks.append(chosen)
        for row in rows:
            more: dict[str, Any] = {"state": "normal" if row.enabled else "disabled", **self._roomy}
            match row.kind:
                case Kind.LINE:
                    menu.add_separator()
                case Kind.MORE:
                    menu.add_cascade(label=row.label, menu=self._filled(row.more, menu), **more)
                case Kind.TICK:
                    tick = tk.BooleanVar(menu, row.ticked)
                    self._ticks.append(tick)
                    menu.add_checkbutton(label=row.label, variable=tick, command=self._chooser(row), **more)
                case Kind.CHOICE:
                    menu.add_radiobutton(
                        label=row.label, value=row.label, variable=chosen, command=self._chooser(row), **more
                    )
                case Kind.PLAIN:
                    menu.add_command(label=row.label, command=self._chooser(row), **more)
        return menu

    def _chooser(self, row: Entry) -> Callable[[], None]:
        """What a click on an entry does: the entry's deed, once the menu has let go of pointer and keyboard."""

        def chosen() -> None:
            self._release_keys()
            if row.choose is not None:
                self._root.after_idle(row.choose, self._actions)

        return chosen

    def _look(self) -> dict[str, Any]:
        if self._desktop.system != "x11":  # Windows and macOS draw their own menus
            return {}
        palette: Palette = BY_NIGHT if self.night else BY_DAY
        return {
            "font": self._letters.font,
            "bg": palette.ground,
            "fg": palette.words,
            "activebackground": palette.deny_ground,
            "activeforeground": palette.deny_words,
            "disabledforeground": palette.note_hint,
            "selectcolor": palette.words,
            "relief": "flat",
            "bd": 1,
            "activeborderwidth": 0,  # else the chosen line is raised like a button of another age
        }
