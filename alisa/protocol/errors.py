"""What goes wrong on the wire.

They are plain `ValueError`s, because this package imports the standard library alone;
what a process does with it (answer `[ERROR]`, log, close) is not known here.
"""

from __future__ import annotations


class UnreadableError(ValueError):
    """A body or a value that cannot be read or written; its text says why, in a few words."""


class HalfCharacterError(UnreadableError):
    """Text with half of a surrogate pair in it."""


class ProtocolError(ValueError):
    """A frame that cannot be read or written, or that this role may not send.

    `code` is `bad_message` or `wrong_role`; `message` says what is wrong with the frame,
    `hint` says what would be right. The three fit the fields of `messages.Error`.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
