"""The boundary between Python's text and SQLite's: what cannot be stored is replaced here.

What the text means, and who said it, is not known here.
"""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""NUL ends a text for many of SQLite's functions; a lone surrogate has no UTF-8 form, and one that came
in as JSON's `"\\ud800"` would make every later prompt fail that contains it."""


def storable(text: str) -> str:
    """Return the text with NULs and lone surrogates replaced by U+FFFD; all else stays as it is."""
    return _UNSTORABLE.sub(REPLACEMENT, text)
