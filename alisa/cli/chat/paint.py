"""The look of the chat: what is printed for good, and the part of the scene that is drawn anew.

It knows rich and the colours, and nothing of sockets or keys. Foreign text is never read as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from io import StringIO

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.markdown import CodeBlock, Markdown
from rich.padding import Padding
from rich.segment import Segment
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from alisa.cli.chat.commands import ROWS, after_leaving
from alisa.cli.chat.past import PastMessage
from alisa.cli.chat.scene import Aside, Block, HerName, Note, Print, ReplyOver, Scene, Trouble, UserLine
from alisa.cli.chat.words import one_line
from alisa.cli.look import HER, TROUBLE, YOU, Chip, emotion_chip
from alisa.protocol.tags import Emotion, EndReason

MIN_COLUMNS = 12
MAX_COLUMNS = 100
"""Longer lines are hard to read."""
_THEME = Theme(
    {
        "markdown.code": "bold",
        "markdown.h1": "bold underline",
        "markdown.h2": "bold underline",
        "markdown.h3": "bold",
        "markdown.item.bullet": "bold",
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
        drawn = Syntax(code, self.lexer_name, theme="ansi_dark", background_color="default").highlight(code)
        drawn.rstrip()
        yield Padding(drawn, (0, 2))


class _Markdown(Markdown):
    elements = {**Markdown.elements, "fence": _Code, "code_block": _Code}  # noqa: RUF012 - rich's own way


class _Words:
    """Markdown as she writes it, without empty lines around it: rich puts some before lists and code."""

    def __init__(self, text: str) -> None:
        self._markdown = _Markdown(text, hyperlinks=False)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = console.render_lines(self._markdown, options, pad=False)
        written = [place for place, line in enumerate(lines) if any(segment.text.strip() for segment in line)]
        for line in lines[written[0] : written[-1] + 1] if written else []:
            yield from line
            yield Segment.line()


class Painter:
    """Turns what is to be shown into text with ANSI colours, for a terminal of so many columns."""

    def __init__(self, *, colours: bool, columns: Callable[[], int]) -> None:
        self.colours = colours
        self._columns = columns

    # --- for good ---------------------------------------------------------------------------------

    def prints(self, items: Iterable[Print], persona: str) -> str:
        """What has become final."""
        return self._drawn(part for item in items for part in self._parts(item, persona))

    def banner(self, scene: Scene) -> str:
        """What is shown once, at the start of a conversation."""
        where = Text.assemble(self._chip(scene.persona, HER), (f"  {scene.conversation} · {scene.mode}", "dim"))
        keys = "Enter sends, Alt-Enter makes a new line, Ctrl-C stops her, /help shows more."
        return self._drawn([Text(), where, Text(keys, style="dim"), Text()])

    def past(self, messages: Iterable[PastMessage], persona: str) -> str:
        """Messages of before."""
        parts: list[RenderableType] = []
        day = None
        for message in messages:
            if message.at is not None and message.at.date() != day:
                day = message.at.date()
                parts.append(Text(_day(message.at), style="dim"))
            if message.from_user:
                parts.append(self._you(message.text))
                continue
            ending = EndReason.INTERRUPTED if message.interrupted else EndReason.STOP
            parts += [self._her_name(persona, message.emotion), self._words(message.text), self._ending(ending)]
        return self._drawn(parts)

    def help(self, *, she_stays: bool = True) -> str:
        """The commands."""
        table = Table.grid(padding=(0, 2))
        for row in ROWS:
            more = f"; {after_leaving(she_stays=she_stays)}" if row.name == "/quit" else ""
            table.add_row(Text(f"{row.name} {row.argument}".rstrip(), style="bold"), Text(row.summary + more))
        return self._drawn([Padding(table, (0, 0, 1, 1))])

    # --- drawn anew -------------------------------------------------------------------------------

    def growing(self, scene: Scene, rows: int) -> str:
        """The end of her reply and the messages that wait, in at most so many rows."""
        reply, grown = scene.reply, scene.growing
        parts: list[RenderableType] = []
        if reply is not None and not reply.named and reply.channel is None:
            parts.append(self._her_name(scene.persona, reply.emotion, thinking=not grown))
        elif reply is None and scene.busy and scene.connected:
            parts.append(self._her_name(scene.persona, None, thinking=True))
        if grown:
            parts += [*([] if parts else [Text()]), self._words(grown)]
        queued = [Text(f"  next: {one_line(text, self._width - 10)}", style="dim") for text in scene.queued[:3]]
        below = self._drawn(queued).splitlines()
        return "\n".join([*self._drawn(parts).splitlines()[-max(1, rows - len(below)) :], *below])

    def prompt(self) -> str:
        """What stands before the words that are typed."""
        if not self.colours:
            return "you > "
        return self._drawn([Text.assemble(self._chip("you", YOU))]).rstrip("\n") + " "

    @property
    def _width(self) -> int:
        return max(MIN_COLUMNS, min(self._columns(), MAX_COLUMNS))

    def _drawn(self, parts: Iterable[RenderableType]) -> str:
        console = Console(
            file=StringIO(),
            force_terminal=True,
            no_color=not self.colours,
            width=self._width,
            theme=_THEME,
            legacy_windows=False,
            highlight=False,
            emoji=False,
            markup=False,
        )
        with console.capture() as drawn:
            for part in parts:
                console.print(part)
        return drawn.get()

    # --- pieces -----------------------------------------------------------------------------------

    def _parts(self, item: Print, persona: str) -> list[RenderableType]:
        match item:
            case UserLine(text=text):
                return [self._you(text)]
            case HerName(emotion=emotion):
                return [self._her_name(persona, emotion)]
            case Block(text=text, first=first):
                return [*([] if first else [Text()]), self._words(text)]
            case ReplyOver(reason=reason):
                return [self._ending(reason)]
            case Note(text=text):
                return [Text(text, style="dim italic")]
            case Aside(text=text):
                return [Text(f"{persona}: {text}  (unasked; /why)\n", style="dim")]
            case Trouble(message=message, hint=hint):
                return [self._trouble(message, hint)]

    def _her_name(self, persona: str, emotion: Emotion | None, *, thinking: bool = False) -> Text:
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
        grid.add_column(overflow="fold")
        grid.add_row(Text.assemble(self._chip("you", YOU) if self.colours else ("you >", "bold")), Text(text))
        return grid

    def _words(self, text: str) -> RenderableType:
        return Padding(_Words(text), (0, 0, 0, 1))

    def _ending(self, reason: EndReason) -> Text:
        if reason is EndReason.INTERRUPTED:
            return Text(" — interrupted\n", style="dim italic")
        return Text(" — cut short, it grew too long\n", style="dim italic") if reason is EndReason.LENGTH else Text()

    def _trouble(self, message: str, hint: str) -> Text:
        words = Text.assemble(self._chip("!", TROUBLE), f" {message}")
        return Text.assemble(words, (f" {hint}", "dim")) if hint else words


def _day(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B %Y}, {at:%H:%M}"
