"""What she needs of the system to be seen, and what to do where it is missing."""

from __future__ import annotations

TK_FIX = (
    "Debian, Ubuntu: sudo apt install python3-tk. Fedora: sudo dnf install python3-tkinter. "
    "macOS: brew install python-tk."
)
XWAYLAND_FIX = (
    "Debian, Ubuntu: sudo apt install xwayland. Fedora: sudo dnf install xorg-x11-server-Xwayland. Then log in again."
)
