"""The terminal as a way to talk with her: lines that are typed to her, or a return key that opens the microphone."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, TextIO

from alisa.link import Connected, Disconnected, Item
from alisa.protocol.message import Message
from alisa.protocol.messages import End, Error, Say, Sentence
from alisa.protocol.tags import Source
from alisa.runtime.errors import AlisaError
from voice.status import Snapshot

if TYPE_CHECKING:
    from voice.app import Talk

REST_SECONDS = 0.05
"""How often it is looked whether she has said all."""
TYPE = "Type, and she answers aloud. Ctrl-D ends."
PRESS = "Return opens the microphone, return again closes it."


class Typist:
    """Shows in the terminal what the hub says."""

    def __init__(self, out: TextIO | None = None, beside: TextIO | None = None) -> None:
        """`out` takes what she says, `beside` what is to be known about it."""
        self._out = out or sys.stdout
        self._beside = beside or sys.stderr
        self._away = False
        self._note = ""
        self.lost = 0
        """how many messages the hub never got"""

    def __call__(self, item: Item) -> None:
        """Show it, if it is for the eye."""
        match item:
            case Sentence():
                self._show(item.text)
            case Error():
                self._tell(f"{item.message} {item.hint}".strip())
            case End():
                self._show("")
            case Disconnected() if not self._away:
                self._away = True
                self._tell(f"The hub is away: {item.reason}. Start it with `alisa up`; it is tried again.")
            case Connected():
                self._away = False
            case _:
                pass

    def look(self, snapshot: Snapshot) -> None:
        """Show what the user should know about the voice, once something is new in it."""
        if news := snapshot.note.removeprefix(self._note).strip():
            self._tell(news)
        self._note = snapshot.note

    def not_sent(self, message: Message, error: AlisaError) -> None:
        """Show that the hub never got what was typed."""
        if isinstance(message, Say):
            self.lost += 1
            self._tell(f"“{message.text}” did not reach her: {error}")

    def _show(self, line: str) -> None:
        print(line, file=self._out, flush=True)

    def _tell(self, line: str) -> None:
        print(line, file=self._beside, flush=True)


class Keyboard:
    """What is typed here is for her."""

    def __init__(self, talk: Talk, *, typing: bool) -> None:
        """`typing`: lines are messages; otherwise each one opens or closes the microphone."""
        self._talk = talk
        self._typing = typing

    async def run(self) -> None:
        """Until the end of the input, and of what she says to it."""
        if sys.stdin.isatty():
            print(TYPE if self._typing else PRESS, file=sys.stderr, flush=True)  # noqa: T201 - for the user
        async for line in _lines():
            if not self._typing:
                self._talk.key()
            elif text := line.strip():
                self._talk.conversation.ask(text, Source.TYPED)
        while not self._talk.conversation.at_rest:  # noqa: ASYNC110 - the sink is not told what is heard of it either
            await asyncio.sleep(REST_SECONDS)


async def _lines() -> AsyncIterator[str]:
    """The lines of standard input. They are read in a thread, which nobody waits for at the end."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, name="keyboard", daemon=True).start()
    while (line := await lines.get()) is not None:
        yield line
