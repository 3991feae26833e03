"""What helps while typing: the completion of commands and modes, and the history of what was typed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory

from alisa.cli.chat.commands import completions
from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home, data_folder, private_write


class CommandCompleter(Completer):
    """Completes the first word of a line that is a command, and the name of a mode."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002
        if not document.text.startswith("/") or document.line_count > 1:
            return
        for word, meaning, replaced in completions(document.text_before_cursor, mode_names(self._home)):
            yield Completion(word, start_position=-replaced, display_meta=meaning)


class PrivateHistory(FileHistory):
    """What was typed, in a file for its owner only; a full disk is no reason to stop talking."""

    def __init__(self, path: Path) -> None:
        with suppress(AlisaError):
            if not path.exists():
                private_write(path, b"")
        super().__init__(os.fspath(path))

    def store_string(self, string: str) -> None:
        with suppress(OSError):
            super().store_string(string)


def mode_names(home: Home) -> list[str]:
    """The modes that there are: those that ship and the user's own, each a file."""
    folders = [home.modes]
    with suppress(AlisaError):
        folders.append(data_folder() / "modes")
    return sorted({path.stem for folder in folders for path in folder.glob("*.toml")})
