"""The command line of `python -m voice`. Pure but for argparse's own printing."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

EXAMPLES = """examples:
  python -m voice                          talk with her: just speak
  python -m voice --mode wake              she answers when you begin with her name
  python -m voice --mode push_to_talk      the return key opens and closes the microphone
  python -m voice --text                   type, and listen to her
  echo "How are you?" | python -m voice --text

Speak over her and she stops. "Stop", "quiet", "speak again", "louder", "softer" and "repeat that" are done at once.
`alisa config show voice` lists her settings, `alisa devices` the microphones, `alisa voices` the voices."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says."""

    text: bool = False
    """the user types, she speaks"""
    mode: str = ""
    """empty: as the settings say"""


def parse(arguments: Sequence[str]) -> Options:
    """The options. Ends the process with exit code 2 for wrong use, and with 0 after `--help`."""
    parser = argparse.ArgumentParser(
        prog="python -m voice",
        description="Her ears and her voice.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--text", action="store_true", help="type and listen; no microphone is opened")
    parser.add_argument(
        "--mode", default="", choices=("hands_free", "push_to_talk", "wake"), help="how you begin to talk, this once"
    )
    return Options(**vars(parser.parse_args(arguments)))
