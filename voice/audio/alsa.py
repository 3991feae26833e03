"""What PortAudio sees of ALSA: only the sound server and the cards, where there is a server.

A Linux desktop's ALSA names a dozen converters more, which PortAudio opens one by one when it starts: encoders of
video among their libraries, 15 MB of memory for a voice that only ever wants the server.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from alisa.runtime.errors import MissingError
from alisa.runtime.paths import data_folder
from voice.audio import pulse

_VARIABLE = "ALSA_CONFIG_PATH"
_SEPARATORS = frozenset(": ")
"""ALSA takes the variable for a list of files, and PortAudio ends the process where one of them is missing."""


def narrow() -> bool:
    """Show PortAudio the server and the cards alone, from when it is started next; return whether it is so now.

    Not where no server answers, nor where somebody has named a configuration of their own.
    """
    path = _ours()
    if path is None or os.environ.get(_VARIABLE) not in (None, str(path)):
        return False
    if not pulse.answers():
        widen()
        return False
    os.environ[_VARIABLE] = str(path)
    return True


def widen() -> None:
    """Show it the whole of ALSA again."""
    if os.environ.get(_VARIABLE) == str(_ours()):
        del os.environ[_VARIABLE]


def _ours() -> Path | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        path = data_folder() / "sound" / "alsa.conf"
    except MissingError:
        return None
    if set(str(path)) & _SEPARATORS:
        return None
    return path if path.is_file() else None
