"""The look of the chat: what is printed for good, and the part of the scene that is drawn anew.

It knows rich and the colours, and nothing of sockets or keys. Foreign text is never read as markup.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import datetime
from io import StringIO
from typing import TextIO

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.markdown import CodeBlock, Markdown
from rich.padding import Padding
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from alisa.cli.chat.commands import ROWS
from alisa.cli.chat.past import PastMessage
from alisa.cli.chat.scene import Block, HerName, Note, Print, ReplyOver, Scene, Trouble, UserLine
from alisa.cli.chat.words import one_line
from alisa.cli.look import HER, TROUBLE, VIOLET, YOU, Chip, emotion_chip, wants_colour
from alisa.protocol.tags import Emotion, EndReason

MAX_COLUMNS = 100
"""Longer lines are hard to read."""
_THEME = Theme(
    {
        "markdown.code": "bold",
        "markdown.h1": "bold underline",
        "markdown.h2": "bold underline",
        "markdown.h3": "bold",
        "markdown.item.bullet": f"bold {VIOLET}",
        "markdown.item.number": "bold",
        "markdown.link": "underline",
        "markdown.link_url": "underline",
    },
    inherit=True,
)


class _Code(CodeBlock):
    """A block of code on the terminal's own background."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        code = str(self.text).rstrip()
        drawn = Syntax(code, self.lexer_name, theme="ansi_dark", background_color="default", word_wrap=True)
        yield Padding(drawn, (0, 2))


class _Words(Markdown):
    """Markdown as she writes it."""

    elements = {**Markdown.elements, "fence": _Code, "code_block": _Code}  # noqa: RUF012 - rich's own way


class Painter:
    """Prints to a stream, or into a string for the part that is drawn anew."""

    def __init__(self, stream: TextIO | None = None, *, width: int | None = None) -> None:
        out = stream or sys.stdout
        self.colours = wants_colour(out)
        self._system = "truecolor" if os.environ.get("COLORTERM") in ("truecolor", "24bit") else "auto"
        self._console = self._make(out, width)
        self._width = width

    @property
    def columns(self) -> int:
        """How wide the terminal is now."""
        return self._console.size.width if self._width is None else self._width

    def _make(self, out: TextIO, width: int | None) -> Console:
        return Console(
            file=out,
            theme=_THEME,
            no_color=not self.colours,
            width=width,
            highlight=False,
            emoji=False,
            markup=False,
        )

    # --- for good ---------------------------------------------------------------------------------

    def show(self, prints: Iterable[Print], persona: str) -> None:
        """Print what has become final."""
        for item in prints:
            match item:
                case UserLine(text=text):
                    self._line(self._you(text))
                case HerName(emotion=emotion):
                    self._line(self.her_name(persona, emotion))
                case Block(text=text):
                    self._line(self._words(text))
                case ReplyOver(reason=reason):
                    self._line(self._ending(reason))
                case Note(text=text):
                    self._line(Text(text, style="dim italic"))
                case Trouble(message=message, hint=hint):
                    self._line(self._trouble(message, hint))

    def banner(self, scene: Scene) -> None:
        """What is shown once, at the start."""
        self._line(Text())
        self._line(Text.assemble(self._chip(scene.persona, HER), "  ", (f"{scene.conversation} · {scene.mode}", "dim")))
        self._line(Text("Enter sends, Alt-Enter makes a new line, Ctrl-C stops her, /help shows more.", style="dim"))
        self._line(Text())

    def past(self, messages: Iterable[PastMessage], persona: str) -> None:
        """Messages of before."""
        day = None
        for message in messages:
            if message.at is not None and message.at.date() != day:
                day = message.at.date()
                self._line(Text(_day(message.at), style="dim"), gap=True)
            if message.from_user:
                self._line(self._you(message.text))
                continue
            self._line(self.her_name(persona, message.emotion))
            self._line(self._words(message.text))
            self._line(self._ending(EndReason.INTERRUPTED if message.interrupted else EndReason.STOP))

    def help(self) -> None:
        """The commands."""
        table = Table.grid(padding=(0, 2))
        for row in ROWS:
            table.add_row(Text(f"{row.name} {row.argument}".rstrip(), style="bold"), Text(row.summary))
        self._line(Padding(table, (0, 0, 1, 1)))

    def _line(self, what: RenderableType, *, gap: bool = False) -> None:
        if gap:
            self._console.print()
        self._console.print(what, width=min(self.columns, MAX_COLUMNS))

    # --- drawn anew -------------------------------------------------------------------------------

    def growing(self, scene: Scene, rows: int) -> str:
        """The end of her reply and the messages that wait, in at most so many rows, with ANSI colours."""
        width = min(self.columns, MAX_COLUMNS)
        buffer = Console(
            file=StringIO(),
            force_terminal=True,
            color_system=self._console.color_system,  # type: ignore[arg-type]  # the name that rich itself gave
            theme=_THEME,
            no_color=not self.colours,
            width=width,
            legacy_windows=False,
            highlight=False,
            emoji=False,
            markup=False,
        )
        head: list[RenderableType] = []
        if scene.reply is not None and not scene.reply.named:
            head.append(self.her_name(scene.persona, scene.reply.emotion, thinking=not scene.growing))
        queued = [Text(f"  next: {one_line(text, width - 10)}", style="dim") for text in scene.queued[:3]]
        with buffer.capture() as drawn:
            for part in head:
                buffer.print(part)
            if scene.growing:
                buffer.print(self._words(scene.growing))
        lines = drawn.get().splitlines()
        with buffer.capture() as drawn:
            for line in queued:
                buffer.print(line)
        below = drawn.get().splitlines()
        return "\n".join([*lines[-max(1, rows - len(below)) :], *below])

    def prompt(self) -> str:
        """What stands before the words that are typed, with ANSI colours."""
        if not self.colours:
            return "you > "
        return self._ansi(Text.assemble(self._chip("you", YOU), " "))

    def _ansi(self, text: Text) -> str:
        buffer = Console(file=StringIO(), force_terminal=True, color_system=self._console.color_system)  # type: ignore[arg-type]
        with buffer.capture() as drawn:
            buffer.print(text, end="")
        return drawn.get()

    # --- pieces -----------------------------------------------------------------------------------

    def her_name(self, persona: str, emotion: Emotion | None, *, thinking: bool = False) -> Text:
        """Her name and how she feels."""
        text = Text.assemble(self._chip(persona, HER))
        if emotion is not None:
            chip = self._chip(emotion.value, emotion_chip(emotion)) if self.colours else (f" ({emotion.value})", "")
            text = Text.assemble(text, chip)
        return Text.assemble(text, (" …", "dim")) if thinking else text

    def _chip(self, word: str, chip: Chip) -> tuple[str, str]:
        return (f" {word} ", f"bold {chip.letters} on {chip.block}") if self.colours else (word, "bold")

    def _you(self, text: str) -> RenderableType:
        grid = Table.grid(padding=(0, 1))
        grid.add_column(no_wrap=True)
        grid.add_column()
        grid.add_row(Text.assemble(self._chip("you", YOU) if self.colours else ("you >", "bold")), Text(text))
        return grid

    def _words(self, text: str) -> RenderableType:
        return Padding(_Words(text, hyperlinks=False), (0, 0, 0, 1))

    def _ending(self, reason: EndReason) -> Text:
        if reason is EndReason.INTERRUPTED:
            return Text(" — interrupted\n", style="dim italic")
        return Text(" — cut short, it grew too long\n", style="dim italic") if reason is EndReason.LENGTH else Text()

    def _trouble(self, message: str, hint: str) -> Text:
        words = Text.assemble(self._chip("!", TROUBLE), f" {message}")
        return Text.assemble(words, (f" {hint}", "dim")) if hint else words


def _day(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B %Y}, {at:%H:%M}"
