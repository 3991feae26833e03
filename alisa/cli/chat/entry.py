"""Which way of talking this is: one question, lines, or the screen; and how it ends."""

from __future__ import annotations

import asyncio
import os
import sys

from alisa.cli.chat.session import Place
from alisa.cli.output import complain
from alisa.protocol.text import made_whole
from alisa.runtime.errors import AlisaError, UsageError


def run(text: str | None, *, as_json: bool, conversation: str, she_stays: bool = True) -> int:
    """Talk, and return the exit code. Raises AlisaError for what a person should be told.

    `she_stays`: whether she goes on running when the user leaves.
    """
    if text is not None and not text.strip():
        raise UsageError("nothing_said", "There are no words in it.", 'For example: alisa chat "Good morning"')
    place = Place.here()
    if text is None and not as_json and _has_screen():
        from alisa.cli.chat.screen import talk_on_screen

        return asyncio.run(talk_on_screen(place, conversation=conversation, she_stays=she_stays))

    from alisa.cli.chat.lines import ask_once, talk_in_lines

    try:
        if text is None:
            return asyncio.run(talk_in_lines(place, conversation=conversation, as_json=as_json))
        return asyncio.run(ask_once(place, made_whole(text), conversation=conversation, as_json=as_json))
    except AlisaError as error:
        if not as_json:
            raise
        complain(str(error))  # stdout holds frames and nothing else
        return error.exit_code


def _has_screen() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
