"""The keys that call her from anywhere, as the avatar waits for them: on the screen that Tk shows her on."""

from __future__ import annotations

import tkinter as tk

from alisa.desktop import hotkey
from alisa.desktop.hotkey import Listener

SETTING = "overlay.hotkey"


def listen(root: tk.Misc, text: str) -> Listener:
    """Wait for these keys from now on. Never raises: what does not work stands in `problem`; no keys, no problem."""
    on_x11 = root.tk.call("tk", "windowingsystem") == "x11"
    return hotkey.listen(text, setting=SETTING, x11=root.winfo_screen() if on_x11 else None)
