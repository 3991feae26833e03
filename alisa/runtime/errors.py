"""The errors that reach a person, each with a code and what to do next.

AlisaError
├── UsageError        the command was used wrongly             exit code 2
├── MissingError      something needed is not there            exit code 3
├── SettingsError     the configuration cannot be used         exit code 1
├── EngineError       an engine failed (LLM, STT, TTS …)       exit code 1
└── StorageError      the database could not be used           exit code 1
"""

from __future__ import annotations

from typing import ClassVar


class AlisaError(Exception):
    """Something went wrong that a person can act on.

    `code` is a stable word for programs, `message` says what happened and to what,
    `hint` says what to do next.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class UsageError(AlisaError):
    """The command was used wrongly."""

    exit_code = 2


class MissingError(AlisaError):
    """Something that is needed is not there: a program, an extra, a model, a device."""

    exit_code = 3


class SettingsError(AlisaError):
    """The configuration cannot be used or changed as asked."""


class EngineError(AlisaError):
    """An engine failed, or answered in a way that cannot be used."""


class StorageError(AlisaError):
    """The database could not be opened, read or written."""
