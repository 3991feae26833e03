"""Talking without a screen: one question, a pipe, a terminal that can do nothing, or frames as JSON.

Words go to stdout as they come, everything else to stderr, so that a program can read the reply.
"""

from __future__ import annotations

import asyncio
import codecs
import json
import os
import sys
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import Any

from alisa.cli.asking import ask
from alisa.cli.chat.commands import (
    ROWS,
    BeQuiet,
    ChangeMode,
    Command,
    Help,
    Mistake,
    NewConversation,
    Quit,
    ShowHistory,
    Speak,
    Why,
    parse,
)
from alisa.cli.chat.follow import Follow
from alisa.cli.chat.session import Place, first_welcome, hub_lost
from alisa.cli.chat.words import harmless
from alisa.cli.output import complain
from alisa.cli.why_lines import why_lines
from alisa.link.client import HubLink
from alisa.link.discover import http_url
from alisa.link.items import Connected, Disconnected
from alisa.protocol.codec import encode, split_header
from alisa.protocol.message import Body, Message
from alisa.protocol.messages import Error, Interrupt, Mode, Say, Snooze, Status, Welcome
from alisa.runtime.errors import AlisaError

AWAY_SECONDS = 30.0
"""How long a reply is waited for when the hub goes away in the middle of it."""
GATHER_SECONDS = 0.25
"""How long after a reconnect the hub has to say that it already has our words, before they are said again."""
INTERRUPT_SECONDS = 1.0
ANSWER_SECONDS = 5.0
READ_BYTES = 65536


def as_record(message: Message) -> dict[str, Any]:
    """A frame as a JSON object: its tag, its turn, and its body, which is text or an object."""
    header = split_header(encode(message))
    if header is None:
        raise TypeError(f"{message!r} has no tag")
    tag, digits, body = header
    structured = message.body in (Body.OBJECT, Body.MAPPING)
    return {
        "tag": tag.value,
        "turn": None if digits is None else int(digits),
        "body": json.loads(body or "{}") if structured else body,
    }


class Talk:
    """One conversation on stdout. `as_json` prints every frame instead of the words alone."""

    def __init__(self, place: Place, link: HubLink, *, as_json: bool) -> None:
        self._place = place
        self._link = link
        self._as_json = as_json
        self._noted: str | None = None
        """the line about reminders that stands; None: the hub has not told its status yet"""
        self._news: list[str] = []

    async def begin(self) -> Welcome:
        """Wait for the hub. Raises MissingError when none is running."""
        welcome = await first_welcome(self._link, self._place)
        self._show(welcome)
        return welcome

    async def ask(self, text: str) -> None:
        """Say it, and print the reply until it is complete. Raises AlisaError when there is none.

        When it is cancelled, the reply is interrupted.
        """
        follow = Follow(text)
        await self._link.send(Say(text))
        try:
            await self._listen(follow)
        except asyncio.CancelledError:
            with suppress(AlisaError):
                await self._link.send(Interrupt(turn=follow.turn), timeout_seconds=INTERRUPT_SECONDS)
            raise
        finally:
            if follow.printed and not self._as_json:
                _write("" if follow.printed.endswith("\n") else "\n")
            if not self._as_json:
                self._tell_news(follow.confirmed)
        if follow.failure is not None:
            raise _as_error(follow.failure)

    async def _listen(self, follow: Follow) -> None:
        async with asyncio.timeout(None) as limit:
            now = asyncio.get_running_loop().time
            again: asyncio.Task[None] | None = None
            try:
                async for item in self._link:
                    match item:
                        case Disconnected(reason=reason):
                            if limit.when() is None:
                                limit.reschedule(now() + AWAY_SECONDS)
                                complain(f"The hub is away: {reason}. Waiting for it.")
                        case Connected():
                            limit.reschedule(None)
                            again = asyncio.create_task(self._say_again(follow))
                        case _:
                            self._show(item)
                            self._hear_news(item)
                            words = follow.feed(item)
                            if not self._as_json:
                                _write(words)
                            if follow.over:
                                return
            except TimeoutError:
                raise hub_lost() from None
            finally:
                if again is not None:
                    again.cancel()

    def _hear_news(self, message: Message) -> None:
        """A reminder that is due is for whoever is there, whatever they asked; what stood there before is known."""
        if not isinstance(message, Status):
            return
        note = message.values.get("reminder_note")
        line = harmless(note) if isinstance(note, str) else ""
        if line and self._noted not in (None, line):
            self._news.append(line)
        self._noted = line

    def _tell_news(self, confirmed: str) -> None:
        news, self._news = self._news, []
        for line in news if confirmed in ("", *news) else [*news, confirmed]:
            complain(line)

    async def _say_again(self, follow: Follow) -> None:
        await asyncio.sleep(GATHER_SECONDS)
        if not follow.taken:
            await self._link.send(Say(follow.said))

    async def change_mode(self, mode: str) -> None:
        """Change the mode. Raises AlisaError when the hub does not know it."""
        await self._link.send(Mode(mode))
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                async for item in self._link:
                    if isinstance(item, Message):
                        self._show(item)
                    if isinstance(item, Error) and item.turn is None:
                        raise _as_error(item)
                    if isinstance(item, Mode):
                        return complain(f"Mode: {item.mode}.")
        except TimeoutError:
            raise hub_lost() from None

    async def be_quiet(self, minutes: int) -> None:
        """She does not speak up by herself for so long."""
        await self._link.send(Snooze(minutes))

    async def why(self) -> Mapping[str, Any]:
        """Why she is silent, and why she spoke up. Raises AlisaError when the hub does not tell."""
        url, token = self._place.address()
        return await asyncio.to_thread(ask, http_url(url), token, "GET", "/initiative", limit=0)

    def _show(self, message: Message) -> None:
        if self._as_json:
            _write(json.dumps(as_record(message), ensure_ascii=False) + "\n")


async def ask_once(place: Place, text: str, *, conversation: str, as_json: bool) -> int:
    """Ask one question and print the reply. Raises AlisaError when there is none."""
    async with place.link(conversation) as link:
        talk = Talk(place, link, as_json=as_json)
        await talk.begin()
        await talk.ask(text)
    return 0


async def talk_in_lines(place: Place, *, conversation: str, as_json: bool) -> int:
    """Each line of stdin is a message; the replies go to stdout, one after the other. 1 when one of them failed."""
    prompt = "you> " if sys.stdin.isatty() and not as_json else ""
    lines = _lines(prompt)
    failed = False
    name: str | None = conversation
    while name is not None:
        async with place.link(name) as link:
            talk = Talk(place, link, as_json=as_json)
            await talk.begin()
            name, had_failures = await _hold(talk, lines, prompt)
            failed = failed or had_failures
    return 1 if failed else 0


async def _hold(talk: Talk, lines: AsyncIterator[str], prompt: str) -> tuple[str | None, bool]:
    """Talk until the lines end or another conversation is wished: its name, and whether something failed."""
    failed = False
    _write(prompt)
    async for line in lines:
        command = parse(line)
        if isinstance(command, Quit):
            return None, failed
        if isinstance(command, NewConversation) and command.name:
            return command.name, failed
        try:
            if command is not None:
                await _carry_out(talk, command)
        except AlisaError as error:
            failed = True
            if error.code in ("hub_away", "hub_refused"):
                raise
            complain(str(error))
        _write(prompt)
    return None, failed


async def _carry_out(talk: Talk, command: Command) -> None:
    match command:
        case Speak(text=text):
            await talk.ask(text)
        case ChangeMode(mode=str(mode)):
            await talk.change_mode(mode)
        case BeQuiet(minutes=minutes):
            await talk.be_quiet(minutes)
        case Why():
            complain("\n".join(why_lines(await talk.why())))
        case Help():
            complain("\n".join(f"{row.name} {row.argument}".ljust(20) + row.summary for row in ROWS))
        case Mistake(message=message, hint=hint):
            raise AlisaError("unknown_command", message, hint)
        case ShowHistory():
            raise AlisaError("needs_terminal", "/history needs a terminal.", "`alisa history` works anywhere.")
        case _:
            raise AlisaError("name_missing", "This command wants a name here.", "For example: /mode calm")


async def _lines(prompt: str) -> AsyncIterator[str]:
    """The lines of stdin.

    A thread reads them, since not every system can wait for a pipe beside other things, and dies with the
    process. It reads the descriptor itself: a thread inside a buffered read would hold up the exit.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[bytes] = asyncio.Queue()

    def read() -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            while True:
                try:
                    piece = os.read(sys.stdin.fileno(), READ_BYTES)
                except OSError:
                    piece = b""
                loop.call_soon_threadsafe(queue.put_nowait, piece)
                if not piece:
                    return

    threading.Thread(target=read, name="stdin", daemon=True).start()
    decoder = codecs.getincrementaldecoder(sys.stdin.encoding or "utf-8")("replace")
    begun = ""
    while piece := await queue.get():
        *whole, begun = (begun + decoder.decode(piece)).split("\n")
        for line in whole:
            yield line
    begun += decoder.decode(b"", final=True)
    if begun:
        yield begun
    if prompt:
        _write("\n")


def _write(text: str) -> None:
    if text:
        sys.stdout.write(text)
        sys.stdout.flush()


def _as_error(error: Error) -> AlisaError:
    return AlisaError(error.code, error.message, error.hint)
