"""What all messages of the wire share. The messages themselves stand in `messages` and `sight`."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from alisa.protocol.tags import Tag


class Body(Enum):
    """How the fields of a message stand in the body of its frame."""

    NONE = "none"
    """no body: `[SPEECH_START:17]`"""
    BARE = "bare"
    """the one field, as bare text: `[EMOTION]happy`"""
    OBJECT = "object"
    """a JSON object, a key for each field; keys whose fields have a default may be absent"""
    MAPPING = "mapping"
    """the one field is itself the JSON object: `[STATUS]{"llm":"ready"}`"""
    PIPES = "pipes"
    """the fields, separated by `|`; the last may hold further pipes (the seed system's form)"""


class Message:
    """What all messages share: a tag and the form of the body."""

    __slots__ = ()
    tag: ClassVar[Tag]
    body: ClassVar[Body] = Body.OBJECT
