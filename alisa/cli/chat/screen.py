"""The chat on a screen: keys in, words out, the hub beside them.

It carries out. What a line means stands in `commands`, what is shown in `scene`, how it looks in `paint`,
how words reach the hub in `channel`.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.data_structures import Size
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import ANSI, AnyFormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.styles import Style

from alisa.cli.chat.channel import Channel
from alisa.cli.chat.commands import (
    BeQuiet,
    ChangeMode,
    Help,
    Mistake,
    NewConversation,
    Quit,
    ShowHistory,
    Speak,
    Why,
    after_leaving,
    parse,
)
from alisa.cli.chat.paint import Painter
from alisa.cli.chat.scene import Note, Print, Scene, Trouble
from alisa.cli.chat.session import Place
from alisa.cli.chat.typing_aids import CommandCompleter, PrivateHistory, mode_names
from alisa.cli.chat.words import harmless, one_line
from alisa.cli.look import ACCENT, EMOTION_COLOURS, INK, LAVENDER, NIGHT, VIOLET, WHITE, wants_colour
from alisa.cli.why_lines import why_lines
from alisa.link.items import Connected, Item
from alisa.protocol.codec import encode
from alisa.protocol.errors import ProtocolError
from alisa.protocol.message import Message
from alisa.protocol.messages import Interrupt, Mode, Say, Snooze, Turn
from alisa.protocol.text import made_whole
from alisa.runtime.errors import AlisaError

SHOWN_AT_START = 6
"""How many messages of before are shown on entry."""
AGAIN_SECONDS = 2.0
"""A second Ctrl-C within this time leaves, unless the first one did what was wanted."""
REDRAW_SECONDS = 0.03
LEFT_BY_CTRL_C = 130

_STYLE = {
    "bottom-toolbar": f"noreverse bg:{NIGHT} {LAVENDER}",
    "where": ACCENT,
    "completion-menu.completion": f"bg:{LAVENDER} {INK}",
    "completion-menu.completion.current": f"bg:{VIOLET} {WHITE}",
    "completion-menu.meta.completion": f"bg:{LAVENDER} {INK}",
    "completion-menu.meta.completion.current": f"bg:{VIOLET} {WHITE}",
}


async def talk_on_screen(place: Place, *, conversation: str, she_stays: bool = True) -> int:
    """Talk until the user leaves; the exit code. Raises AlisaError when there is no hub, or it does not want us.

    `she_stays`: whether she goes on running then, which the user is told.
    """
    return await Chat(place, she_stays=she_stays).run(conversation)


@dataclass(frozen=True, slots=True)
class _CtrlC:
    """The last Ctrl-C that a second one may follow."""

    at: float = float("-inf")
    stopped_her: bool = False


class Chat:
    """One terminal: a prompt that stays, a conversation that may change, a scene between them."""

    def __init__(self, place: Place, *, she_stays: bool = True) -> None:
        self._place = place
        self._she_stays = she_stays
        self._painter = Painter(colours=wants_colour(sys.stdout), columns=lambda: self._size().columns)
        self._scene = Scene()
        self._channel: Channel | None = None
        self._listening: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._to_print: asyncio.Queue[str] = asyncio.Queue()
        self._ctrl_c = _CtrlC()
        self._session = self._make_session()

    async def run(self, conversation: str) -> int:
        """Open the conversation and hold it until the user leaves."""
        await self._open(conversation)
        try:
            with patch_stdout(raw=True):
                return await self._session.prompt_async(pre_run=self._begin_printing)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await self._close()

    # --- the conversation ---------------------------------------------------------------------------

    async def _open(self, conversation: str) -> None:
        """Go to a conversation: its latest messages, then everything that happens. Raises AlisaError."""
        channel = Channel(self._place, conversation, lambda: self._scene.unheard)
        welcome = await channel.open()
        self._channel, self._scene = channel, Scene(conversation)
        self._scene.feed(Connected(welcome))
        self._later(self._painter.banner(self._scene))
        past = []
        try:
            past = await channel.past(SHOWN_AT_START)
        except AlisaError as error:
            self._print([Trouble(error.message, error.hint)])
        news = await channel.how_things_stand()
        running = {item.turn for item in news if isinstance(item, Turn)}
        past = [message for message in past if message.from_user or message.turn not in running]
        self._later(self._painter.past(past, self._scene.persona))
        for item in news:
            self._heard(item)
        self._listening = self._start(channel.listen(self._heard))

    async def _close(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
        channel, self._channel = self._channel, None
        if channel is not None:
            await channel.close()

    async def _switch(self, conversation: str) -> None:
        before = self._scene.conversation
        await self._close()
        try:
            await self._open(conversation)
        except AlisaError as error:
            if error.code != "hub_refused":
                raise
            self._print([Trouble(error.message, error.hint)])
            await self._open(before)

    def _heard(self, item: Item) -> None:
        self._print(self._scene.feed(item))
        self._session.app.invalidate()

    # --- what the user does ---------------------------------------------------------------------------

    def _entered(self, line: str) -> None:
        match parse(line):
            case Speak(text=text):
                self._speak(text)
            case ChangeMode(mode=None):
                modes = ", ".join(mode_names(self._place.home))
                self._print([Note(f"Mode: {self._scene.mode}. There are: {modes}.")])
            case ChangeMode(mode=str(mode)):
                self._send(Mode(mode))
            case BeQuiet(minutes=minutes):
                self._send(Snooze(minutes))
                said = f"will not speak up by herself for {minutes} minutes" if minutes else "may speak up again"
                self._print([Note(f"{self._scene.persona} {said}.")])
            case Why():
                self._start(self._tell_why())
            case Help():
                self._later(self._painter.help(she_stays=self._she_stays))
            case ShowHistory(count=count):
                self._start(self._show_history(count))
            case NewConversation(name=name):
                self._start(self._switch(name or f"{datetime.now().astimezone():%Y-%m-%d %H.%M.%S}"))
            case Quit():
                self._leave(0)
            case Mistake(message=message, hint=hint):
                self._print([Trouble(message, hint)])
            case None:
                pass
        self._session.app.invalidate()

    def _speak(self, text: str) -> None:
        try:
            encode(Say(text))
        except ProtocolError as error:  # a megabyte was pasted
            self._print([Trouble(error.message, error.hint)])
            return
        self._print(self._scene.say(text))
        if self._channel is not None:
            self._start(self._channel.say(text))

    def _send(self, message: Message) -> None:
        async def send() -> None:
            try:
                if self._channel is not None:
                    await self._channel.send(message)
            except AlisaError as error:
                self._print([Trouble(error.message, error.hint)])

        self._start(send())

    async def _show_history(self, count: int) -> None:
        if self._channel is None:
            return
        try:
            past = await self._channel.past(count)
        except AlisaError as error:
            self._print([Trouble(error.message, error.hint)])
            return
        self._later(self._painter.past(past, self._scene.persona))
        if not past:
            self._print([Note("Nothing has been said here yet.")])

    async def _tell_why(self) -> None:
        if self._channel is None:
            return
        try:
            told = await self._channel.why()
        except AlisaError as error:
            self._print([Trouble(error.message, error.hint)])
            return
        self._print([Note(harmless(line)) for line in why_lines(told)])

    def _stop_or_leave(self) -> None:
        """Ctrl-C: stop her; else clear the line; else say how to leave, which a second such one does."""
        now = asyncio.get_running_loop().time()
        before, self._ctrl_c = self._ctrl_c, _CtrlC()
        soon = now - before.at < AGAIN_SECONDS
        reply, typed = self._scene.reply, self._session.default_buffer
        if self._scene.busy:
            if soon:  # she does not stop
                self._leave(LEFT_BY_CTRL_C)
            self._ctrl_c = _CtrlC(now, stopped_her=True)
            self._send(Interrupt(turn=None if reply is None else reply.turn))
        elif typed.text:
            typed.reset()
        elif soon and not before.stopped_her:
            self._leave(LEFT_BY_CTRL_C)
        else:
            self._ctrl_c = _CtrlC(now)
            self._print([Note(f"Press Ctrl-C again to leave; {after_leaving(she_stays=self._she_stays)}.")])

    def _leave(self, how: int | BaseException) -> None:
        app = self._session.app
        if not app.is_running or app.is_done:
            return
        if isinstance(how, BaseException):
            app.exit(exception=how)
        else:
            app.exit(result=how)

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Do it beside the rest. What goes wrong in it ends the chat and is told."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._leave(error)

    # --- the screen -----------------------------------------------------------------------------------

    def _print(self, prints: Iterable[Print]) -> None:
        self._later(self._painter.prints(prints, self._scene.persona))

    def _later(self, drawn: str) -> None:
        """Print above the prompt, in the order in which it was asked for."""
        if drawn:
            self._to_print.put_nowait(drawn)

    def _begin_printing(self) -> None:
        self._start(self._print_forever())

    async def _print_forever(self) -> None:
        """Print in raw mode: prompt_toolkit's own `run_in_terminal` leaves it for a moment, in which keys that
        are pressed would be echoed and Ctrl-C would kill the chat."""
        app = self._session.app
        while True:
            drawn = await self._to_print.get()
            await app.renderer.wait_for_cpr_responses()  # an answer that is on its way tells of the cursor as it is now
            while not self._to_print.empty():
                drawn += self._to_print.get_nowait()
            app.renderer.erase()
            app.output.write_raw(drawn.replace("\n", "\r\n"))
            app.renderer.request_absolute_cursor_position()
            app._redraw()

    def _size(self) -> Size:
        return self._session.app.output.get_size()

    def _message(self) -> AnyFormattedText:
        rows = self._size().rows
        typed = self._session.default_buffer.document.line_count
        growing = self._painter.growing(self._scene, max(3, rows - typed - 4))
        return ANSI(f"{growing}\n\n{self._painter.prompt()}" if growing else self._painter.prompt())

    def _toolbar(self) -> AnyFormattedText:
        scene = self._scene
        if not scene.connected:
            state = "the hub is away, I'll go on when it is back"
        elif scene.busy:
            state = "Ctrl-C stops her"
        else:
            state = "/help"
        where = one_line(f"{scene.conversation} · {scene.mode}", 50)
        colour = EMOTION_COLOURS[scene.emotion] if self._painter.colours else ""
        return [("class:where", f" {where} · "), (colour, scene.emotion.value), ("class:state", f"  {state}")]

    def _make_session(self) -> PromptSession[int]:
        session: PromptSession[int] = PromptSession(
            message=self._message,
            multiline=True,
            history=PrivateHistory(self._place.home.root / "chat_history"),
            completer=CommandCompleter(self._place.home),
            complete_while_typing=Condition(lambda: self._session.default_buffer.text.startswith("/")),
            key_bindings=self._keys(),
            bottom_toolbar=self._toolbar,
            prompt_continuation="      ",
            style=Style.from_dict(_STYLE if self._painter.colours else {"bottom-toolbar": "noreverse"}),
            erase_when_done=True,
            color_depth=_depth(colours=self._painter.colours),
        )
        session.app.min_redraw_interval = REDRAW_SECONDS
        return session

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()

        @keys.add("enter")
        def _(event: KeyPressEvent) -> None:
            buffer = event.current_buffer
            line = made_whole(buffer.text)
            if line.strip():
                buffer.history.append_string(line)
            buffer.reset()
            self._entered(line)

        @keys.add("escape", "enter")
        def _(event: KeyPressEvent) -> None:
            event.current_buffer.insert_text("\n")

        @keys.add("c-c")
        def _(_event: KeyPressEvent) -> None:
            self._stop_or_leave()

        @keys.add("c-d", filter=Condition(lambda: not self._session.default_buffer.text))
        def _(_event: KeyPressEvent) -> None:
            self._leave(0)

        return keys


def _depth(*, colours: bool) -> ColorDepth | None:
    """As many colours as the terminal says that it has; None leaves it to prompt_toolkit."""
    if not colours:
        return ColorDepth.MONOCHROME
    return ColorDepth.TRUE_COLOR if os.environ.get("COLORTERM") in ("truecolor", "24bit") else None
