"""What of the screen may leave this process: without its secrets, and no longer than anybody needs. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from alisa.protocol.sight import SightScreen
from vision.desktop.window import short_title

MOST_TEXT = 3000
"""Characters of text that are told: a page of a book has 2,000."""
MOST_MESSAGE = 400
MOST_PATH = 260

Redact = Callable[[str], str]


def leaving(sight: SightScreen, redact: Redact) -> SightScreen:
    """Return the sight as it may be told. Secrets go first: half of one that was cut would not be known as one."""
    return replace(
        sight,
        app=short_title(redact(sight.app), 80),
        window=short_title(redact(sight.window)),
        text=_newest(redact(sight.text)),
        error_message=redact(sight.error_message)[:MOST_MESSAGE],
        error_file=redact(sight.error_file)[-MOST_PATH:],
        offer=redact(sight.offer)[:MOST_MESSAGE],
    )


def _newest(text: str) -> str:
    """Return the end of a long text, from the start of a line: what a program said last stands there."""
    if len(text) <= MOST_TEXT:
        return text
    tail = text[-MOST_TEXT:]
    return tail.partition("\n")[2] or tail
