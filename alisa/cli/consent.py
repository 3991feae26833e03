"""Asking before something is lost: on a terminal with a question, elsewhere with `--yes`."""

from __future__ import annotations

import sys

from alisa.runtime.errors import UsageError


def confirmed(what: str, *, yes: bool) -> bool:
    """Does the user really want this? Asked on a terminal only. Raises UsageError `ask_first` elsewhere."""
    if yes:
        return True
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("ask_first", f"This would {what}.", "Say so with --yes.")
    try:
        return input(f"{what[0].upper()}{what[1:]}? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False
