"""The wire: tags, one message class for each, the codec, both dialects, roles.

Pure, and the standard library alone: every process imports it, and it knows none of them.
"""

from __future__ import annotations

from alisa.protocol.codec import decode, encode
from alisa.protocol.errors import ProtocolError
from alisa.protocol.message import Body, Message
from alisa.protocol.messages import MESSAGES
from alisa.protocol.plain import decode_plain, encode_plain
from alisa.protocol.roles import HEARS, MAY_SEND, Role
from alisa.protocol.tags import MAX_FRAME_BYTES, PROTOCOL_VERSION, Cause, Emotion, EndReason, Source, Tag

__all__ = [
    "HEARS",
    "MAX_FRAME_BYTES",
    "MAY_SEND",
    "MESSAGES",
    "PROTOCOL_VERSION",
    "Body",
    "Cause",
    "Emotion",
    "EndReason",
    "Message",
    "ProtocolError",
    "Role",
    "Source",
    "Tag",
    "decode",
    "decode_plain",
    "encode",
    "encode_plain",
]
