"""Server-sent events, from bytes as they come off the wire.

Pure and incremental. Lines are cut as bytes, so that a character split over two reads stays whole.
What the events say is not known here.
"""

from __future__ import annotations

MAX_EVENT_BYTES = 4 * 1024 * 1024
"""A single event larger than this is no reply of a model."""


class EventTooLargeError(ValueError):
    """The server sends something without an end."""


class EventReader:
    """The reader of one stream: bytes in, the data of each complete event out.

    Comments (`: ping`) and fields other than `data` are passed over. Bytes that are no UTF-8 become U+FFFD.
    """

    def __init__(self) -> None:
        self._unread = b""
        self._data: list[bytes] = []
        self._size = 0

    def feed(self, received: bytes) -> list[str]:
        """Take what was read; return the data of the events that are complete. Raises EventTooLargeError."""
        lines = (self._unread + received).split(b"\n")
        self._unread = lines.pop()
        if len(self._unread) > MAX_EVENT_BYTES:
            raise EventTooLargeError
        events: list[str] = []
        for line in lines:
            self._take(line, events)
        return events

    def finish(self) -> list[str]:
        """The stream ended: return what stood there without the blank line that should have followed."""
        events: list[str] = []
        self._take(self._unread, events)
        self._take(b"", events)
        self._unread = b""
        return events

    def _take(self, line: bytes, events: list[str]) -> None:
        if line.endswith(b"\r"):
            line = line[:-1]
        if line.startswith(b"data:"):
            self._data.append(line[6:] if line.startswith(b"data: ") else line[5:])
            self._size += len(line)
            if self._size > MAX_EVENT_BYTES:
                raise EventTooLargeError
        elif not line and self._data:
            events.append(b"\n".join(self._data).decode("utf-8", "replace"))
            self._data, self._size = [], 0
