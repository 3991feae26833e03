"""The protocol between the voice and a speech worker: frames on its stdin and stdout. Pure; standard library only.

A frame is four bytes (big-endian: how many follow), one byte (its kind) and a payload: JSON in UTF-8, or,
for sound, four bytes of the sentence's number and 16-bit little-endian mono samples.

    →  OPEN {"options"}                                     first, once
    ←  READY {"engine", "notice"}                           or FAILED without a number, and the worker ends
    →  SPEAK {"id", "text", "voice", "rate", "pitch"}       one sentence at a time
    ←  FORMAT {"id", "rate"}, then SOUND and MARKS {"id", "words", "phonemes": [[text, start, end] …]} (seconds)
    ←  DONE {"id"} or FAILED {"id", "code", "message", "hint", "missing"}
    →  CANCEL {"id"}                                        DONE still answers it
    →  VOICES {"id"}    ←  VOICES {"id", "voices": [{…} …]}
    →  SOUND …, CONVERT {"id", "rate"}    for a converter: then as after SPEAK
    ←  BEAT {}                                              every second while at work

What the frames are used for is known to `worker` and `client`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

MAX_FRAME_BYTES = 1024 * 1024
"""Longer is no frame: most likely something printed into the stream."""
SOUND_BYTES = 16 * 1024
"""What a frame of sound holds at most: a third of a second at 24 kHz."""
BEAT_SECONDS = 1.0
_HEAD_BYTES = 5
_ID_BYTES = 4


class FrameError(ValueError):
    """What came is not this protocol."""


class Kind(IntEnum):
    """What a frame is."""

    OPEN = 1
    SPEAK = 2
    CANCEL = 3
    VOICES = 4
    CONVERT = 5
    READY = 17
    FORMAT = 18
    SOUND = 19
    MARKS = 20
    DONE = 21
    FAILED = 22
    BEAT = 23


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame as it came."""

    kind: Kind
    payload: bytes

    def json(self) -> dict[str, Any]:
        """The object that it carries. Raises FrameError."""
        try:
            value = json.loads(self.payload)
        except (ValueError, RecursionError) as error:
            raise FrameError("a frame holds no JSON") from error
        if not isinstance(value, dict):
            raise FrameError("a frame holds no object")
        return value

    @property
    def id(self) -> int:
        """The number of the sentence that it belongs to. Raises FrameError."""
        if self.kind is Kind.SOUND:
            return int.from_bytes(self.payload[:_ID_BYTES], "big")
        number = self.json().get("id")
        if not isinstance(number, int):
            raise FrameError("a frame belongs to no sentence")
        return number

    @property
    def sound(self) -> bytes:
        """The samples of a frame of sound, 16-bit little-endian."""
        return self.payload[_ID_BYTES:]


def encode(kind: Kind, value: dict[str, Any]) -> bytes:
    """A frame that carries JSON."""
    return _framed(kind, json.dumps(value, separators=(",", ":")).encode())


def encode_sound(number: int, data: bytes) -> bytes:
    """A frame of sound; `data` has an even number of bytes, at most SOUND_BYTES."""
    return _framed(Kind.SOUND, number.to_bytes(_ID_BYTES, "big") + data)


def _framed(kind: Kind, payload: bytes) -> bytes:
    return (len(payload) + 1).to_bytes(4, "big") + bytes([kind]) + payload


class Decoder:
    """Frames out of bytes that come in any portions."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def feed(self, data: bytes) -> list[Frame]:
        """Return the frames that are complete now. Raises FrameError: nothing after that can be trusted."""
        self._waiting += data
        frames = []
        while len(self._waiting) >= _HEAD_BYTES:
            length = int.from_bytes(self._waiting[:4], "big")
            frame_kind = _kind(self._waiting[4])
            if not 1 <= length <= MAX_FRAME_BYTES:
                raise FrameError(f"a frame of {length} bytes")
            if len(self._waiting) < 4 + length:
                break
            payload = bytes(self._waiting[_HEAD_BYTES : 4 + length])
            if frame_kind is Kind.SOUND and (len(payload) < _ID_BYTES or len(payload) % 2):
                raise FrameError("a frame of sound that holds half a sample")
            del self._waiting[: 4 + length]
            frames.append(Frame(frame_kind, payload))
        return frames


def _kind(number: int) -> Kind:
    try:
        return Kind(number)
    except ValueError as error:
        raise FrameError(f"a frame of kind {number}") from error
