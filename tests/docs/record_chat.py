"""Take docs/chat.svg: the real chat with the real hub and the starter model, typed into a real terminal.

.venv/bin/python -m tests.docs.record_chat
"""

from __future__ import annotations

import asyncio
import io
import itertools
import re
from pathlib import Path

from pyte.screens import Char
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from benchmarks import rig
from tests.alisa.cli.chat.terminal import Terminal

PICTURE = Path(__file__).parents[2] / "docs" / "chat.svg"
COLUMNS, ROWS = 84, 26
SAID = ("hello", "how are you?", "can you write an essay for me?", "tell me a joke")
NIGHT = TerminalTheme(
    (0x17, 0x13, 0x26),
    (0xE9, 0xDC, 0xFF),
    [
        *[(0x17, 0x13, 0x26), (0xFF, 0x6F, 0x91), (0x3E, 0xCF, 0xC6), (0xF2, 0xD0, 0x7A)],
        *[(0x6D, 0x5B, 0xD0), (0xFF, 0x6F, 0x91), (0x45, 0xB8, 0xD0), (0xE9, 0xDC, 0xFF)],
    ],
)


async def record() -> None:
    """Hold the conversation and write down the screen."""
    with rig.running() as alisa:
        env = {**alisa.environment, "COLORTERM": "truecolor"}
        env.pop("NO_COLOR")
        async with Terminal("chat", env=env, columns=COLUMNS, rows=ROWS) as terminal:
            await asyncio.sleep(2)
            for text in SAID:
                for key in text:
                    terminal.type(key)
                    await asyncio.sleep(0.02)
                terminal.type("\r")
                await asyncio.sleep(2)
            lines = [_line(terminal.screen.buffer[row]) for row in range(ROWS)]
            terminal.type("\x04")
    console = Console(file=io.StringIO(), record=True, width=COLUMNS, color_system="truecolor", force_terminal=True)
    console.print(Text("\n").join(lines), end="")
    PICTURE.write_text(_with_own_fonts(console.export_svg(title="alisa chat", theme=NIGHT)))


def _with_own_fonts(svg: str) -> str:
    """The picture without the fonts that rich would have a browser fetch from a stranger."""
    own = 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace'
    return re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL).replace("Fira Code, monospace", own)


def _line(cells: dict[int, Char]) -> Text:
    """One row, neighbours of the same look in one piece."""
    line = Text()
    for look, run in itertools.groupby((cells[column] for column in range(COLUMNS)), key=_look):
        line.append("".join(cell.data or " " for cell in run), look)
    return line


def _look(cell: Char) -> Style:
    return Style(color=_colour(cell.fg), bgcolor=_colour(cell.bg), bold=cell.bold, italic=cell.italics)


def _colour(name: str) -> str | None:
    if name == "default":
        return None
    return (
        f"#{name}" if len(name) == 6 and all(c in "0123456789abcdef" for c in name) else name.replace("brown", "yellow")
    )


if __name__ == "__main__":
    asyncio.run(record())
