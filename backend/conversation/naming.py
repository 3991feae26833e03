"""Whether her words name what they have to name, such as the file and the line of an error that she offers help with.

Pure. A model writes the words and may forget or garble a name; then a plain sentence of ours is added, so that what
reaches the user is right.
"""

from __future__ import annotations

import re

from backend.events.commands import Naming


def what_is_missing(text: str, naming: Naming | None) -> str:
    """What is to be added to her words, with the space before it; empty: they name everything."""
    if naming is None or all(_stands_in(name, text) for name in naming.names):
        return ""
    return f" {naming.sentence}"


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
