"""The command line of `python -m overlay`. Pure but for argparse's own printing."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from overlay.desktop.geometry import LARGEST, SMALLEST
from overlay.expressions import Expression

EXAMPLES = """examples:
  python -m overlay                                   show her, beside the hub of this Alisa
  python -m overlay --demo                            everything she can show, without a hub
  python -m overlay --list                            the avatars that there are, and the kinds of window
  python -m overlay --avatar mine                     another avatar, this once
  python -m overlay --screenshot her.png --emotion happy
  python -m overlay --screenshot her.png --emotion sad --size 2 --background "#171326"

A double click lets you type to her, a right click opens her menu, the wheel makes her larger or smaller.
`alisa config show overlay` lists her settings."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says."""

    demo: bool = False
    list: bool = False
    screenshot: Path | None = None
    emotion: Expression = Expression.NEUTRAL
    size: float | None = None
    """None: as she is used to"""
    avatar: str = ""
    """empty: as the settings say"""
    background: str = ""
    """a colour as Pillow reads it; empty: transparent"""


def parse(arguments: Sequence[str]) -> Options:
    """The options. Ends the process with exit code 2 for wrong use, and with 0 after `--help`."""
    parser = argparse.ArgumentParser(
        prog="python -m overlay",
        description="Her face on the desktop.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--demo", action="store_true", help="show everything she can, one thing after another")
    what.add_argument("--screenshot", type=Path, metavar="FILE", help="write one picture of her; needs no display")
    what.add_argument("--list", action="store_true", help="list the avatars and the kinds of window")
    parser.add_argument(
        "--emotion", type=_expression, default=Expression.NEUTRAL, metavar="NAME",
        help=f"with --screenshot: {', '.join(Expression)}",
    )  # fmt: skip
    parser.add_argument("--size", type=_size, metavar="FACTOR", help=f"{SMALLEST:g} to {LARGEST:g}; 1 is usual")
    parser.add_argument("--avatar", default="", metavar="NAME", help="the name of an avatar, see --list")
    parser.add_argument("--background", default="", metavar="COLOUR", help="with --screenshot, such as #171326")
    return Options(**vars(parser.parse_args(arguments)))


def _expression(name: str) -> Expression:
    try:
        return Expression(name.lower())
    except ValueError:
        known = ", ".join(Expression)
        raise argparse.ArgumentTypeError(f"she has no face called {name!r}; choose from {known}") from None


def _size(text: str) -> float:
    try:
        size = float(text)
    except ValueError:
        size = 0.0
    if not SMALLEST <= size <= LARGEST:
        raise argparse.ArgumentTypeError(f"should be a number from {SMALLEST:g} to {LARGEST:g}")
    return size
