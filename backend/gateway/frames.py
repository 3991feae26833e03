"""A frame as it waits for a client: bytes that are ready for the wire, and what the queue must know of it.

A frame is encoded once for each dialect and shared by all who hear it: the server's frames carry no
mask, so the same bytes suit every client. What a message says is not known here any more.
"""

from __future__ import annotations

from alisa.protocol.tags import Tag

STATE_TAGS = frozenset({Tag.MODE, Tag.STATUS, Tag.MOUTH, Tag.VISION, Tag.MUTE})
"""Of these the latest wins: an older one that still waits is worth nothing."""
STREAMED_TAGS = frozenset({Tag.TOKEN, Tag.SENTENCE, Tag.EMOTION})
"""The pieces of a reply: worth nothing once the reply was interrupted."""

_FINAL_TEXT = 0x81  # RFC 6455, section 5.2: FIN set, opcode 1


class Frame:
    """One text frame, or several that belong together. `turn` is the turn that it belongs to, if any."""

    __slots__ = ("data", "tag", "turn")

    def __init__(self, data: bytes, tag: Tag, turn: int | None = None) -> None:
        self.data = data
        self.tag = tag
        self.turn = turn

    @classmethod
    def of(cls, text: str, tag: Tag, turn: int | None = None) -> Frame:
        """The frame that carries this text."""
        return cls(on_the_wire(text), tag, turn)

    def __repr__(self) -> str:
        return f"Frame({self.tag}, turn={self.turn}, {len(self.data)} bytes)"


def on_the_wire(text: str) -> bytes:
    """The bytes of one unmasked WebSocket text frame (RFC 6455, section 5.2)."""
    body = text.encode("utf-8")
    size = len(body)
    if size < 126:
        return bytes((_FINAL_TEXT, size)) + body
    if size < 65536:
        return bytes((_FINAL_TEXT, 126)) + size.to_bytes(2, "big") + body
    return bytes((_FINAL_TEXT, 127)) + size.to_bytes(8, "big") + body
