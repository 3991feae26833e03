"""Sentences that she says often, kept as sound: in memory, bounded; what was not said for longest goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from voice.tts.speech import Audio, Speech

_MARK_BYTES = 200
"""What a mark takes, about: so that a cache of many short lines is bounded, too."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a cached sentence is known by."""

    engine: str
    voice: str
    rate: float
    pitch: float
    text: str


class SpeechCache:
    """The sound and the marks of whole sentences, at most `max_bytes` of them."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._kept: OrderedDict[Line, tuple[tuple[Speech, ...], int]] = OrderedDict()

    @property
    def bytes(self) -> int:
        """How much it holds."""
        return self._bytes

    def get(self, line: Line) -> tuple[Speech, ...] | None:
        """Return the sentence as it was made, or None."""
        if (found := self._kept.get(line)) is None:
            return None
        self._kept.move_to_end(line)
        return found[0]

    def put(self, line: Line, pieces: Sequence[Speech]) -> None:
        """Keep a whole sentence; one that is larger than a quarter of the cache is not worth it."""
        size = sum(piece.samples.nbytes if isinstance(piece, Audio) else _MARK_BYTES for piece in pieces)
        if size > self._max_bytes // 4:
            return
        if (former := self._kept.pop(line, None)) is not None:
            self._bytes -= former[1]
        self._kept[line] = tuple(pieces), size
        self._bytes += size
        while self._bytes > self._max_bytes:
            self._bytes -= self._kept.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._bytes = 0
