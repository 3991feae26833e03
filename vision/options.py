"""The command line of `python -m vision`. Pure but for argparse's own printing."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

EXAMPLES = """examples:
  python -m vision              her eyes, as the settings say; closed ones can be opened at any time
  python -m vision --webcam     the webcam alone, open from the start
  python -m vision --screen     the screen alone, open from the start

`alisa eyes` shows what they do, `alisa eyes open screen` and `alisa eyes close` change it, `alisa look --screen`
shows what would be seen. `alisa config show vision` lists the settings."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says. With neither eye named, the settings count."""

    webcam: bool = False
    screen: bool = False


def parse(arguments: Sequence[str]) -> Options:
    """The options. Ends the process with exit code 2 for wrong use, and with 0 after `--help`."""
    parser = argparse.ArgumentParser(
        prog="python -m vision",
        description="Her eyes: the webcam and the screen.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--webcam", action="store_true", help="look through the webcam, this once")
    parser.add_argument("--screen", action="store_true", help="read the active window, this once")
    return Options(**vars(parser.parse_args(arguments)))
