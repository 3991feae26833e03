"""What the eyes see, in the words of the seed system, for a hub that knows no others. Pure."""

from __future__ import annotations

from alisa.protocol.message import Message
from alisa.protocol.messages import VisionDesktop, VisionFace
from alisa.protocol.sight import SightFace, SightScreen
from alisa.protocol.tags import Presence, Tag

SIGHT_TAGS = frozenset({Tag.SIGHT_FACE, Tag.SIGHT_SCREEN, Tag.SIGHT_SYSTEM})


def in_old_words(message: Message) -> Message | None:
    """The same in the seed's form; None: it has no word for it. What is no sight is returned as it is."""
    match message:
        case SightFace(presence=Presence.ABSENT):
            return VisionFace("absent")
        case SightFace(attention=attention):
            return VisionFace("present" if attention is None else attention.value)
        case SightScreen():
            return VisionDesktop(
                task=message.task,
                app=message.app,
                file_type=message.file_type,
                has_error=bool(message.error_kind),
                offer=message.offer,
                window=message.window,
                text=message.text,
            )
        case _:
            return None if message.tag in SIGHT_TAGS else message
