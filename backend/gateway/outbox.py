"""What waits to be sent to one client: bounded, with stale frames taken out.

Pure: it neither waits nor sends. Whoever puts a frame in never waits either; when the box is full
the client is too slow and is let go, which is the business of `peers`.
"""

from __future__ import annotations

from collections.abc import Iterable

from alisa.protocol.tags import Tag
from backend.gateway.frames import STATE_TAGS, STREAMED_TAGS, Frame

CHUNK_BYTES = 64 * 1024
"""As much is handed to the connection at once as it buffers before it asks for a pause (asyncio's high-water mark)."""


class Outbox:
    """The frames that wait for one client, oldest first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._frames: list[Frame] = []
        self._held = False

    def __len__(self) -> int:
        return len(self._frames)

    @property
    def ready(self) -> bool:
        """Is there something that may be sent now?"""
        return bool(self._frames) and not self._held

    def put(self, frame: Frame) -> bool:
        """Take a frame in; False when there is no room. A newer state replaces one that still waits."""
        frames = self._frames
        if frames and frame.tag in STATE_TAGS:
            self._frames = frames = [waiting for waiting in frames if waiting.tag is not frame.tag]
        if len(frames) >= self._limit:
            return False
        frames.append(frame)
        return True

    def take(self) -> bytes:
        """Remove and return the bytes of the oldest frames, about `CHUNK_BYTES` at the most; empty when none may go."""
        if self._held or not self._frames:
            return b""
        frames = self._frames
        if len(frames) == 1:
            self._frames = []
            return frames[0].data
        size = count = 0
        while count < len(frames) and size < CHUNK_BYTES:
            size += len(frames[count].data)
            count += 1
        self._frames = frames[count:]
        return b"".join(frame.data for frame in frames[:count])

    def drop_turn(self, turn: int) -> None:
        """Forget the pieces of a reply that was interrupted."""
        self._frames = [f for f in self._frames if f.turn != turn or f.tag not in STREAMED_TAGS]

    def hold(self) -> None:
        """Forget what waits, and from now on collect without sending: the client is being introduced."""
        self._frames = []
        self._held = True

    def release(self, first: Iterable[Frame]) -> None:
        """Send again. `first` goes before everything that was collected and takes the room of one frame."""
        self._frames.insert(0, Frame(b"".join(frame.data for frame in first), Tag.WELCOME))
        self._held = False

    def holds(self, tag: Tag, turn: int) -> bool:
        """Does such a frame of this turn wait here?"""
        return any(frame.turn == turn and frame.tag is tag for frame in self._frames)
