"""What was said before, as the hub's `/history` tells it. How it is shown is not known here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from alisa.cli.chat.words import harmless
from alisa.link.discover import http_url
from alisa.protocol.tags import Emotion
from alisa.runtime.errors import AlisaError

TIMEOUT_SECONDS = 5.0
MAX_ANSWER_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PastMessage:
    """One message of history. `at` is aware, in the user's own time zone."""

    turn: int
    from_user: bool
    text: str
    emotion: Emotion | None
    interrupted: bool
    at: datetime | None


def fetch_past(url: str, token: str, conversation: str, limit: int) -> list[PastMessage]:
    """The latest messages of a conversation, newest last. Blocks. `url` is the hub's WebSocket address.

    Raises AlisaError `history_unreadable`.
    """
    query = urlencode({"conversation": conversation, "limit": limit})
    request = Request(f"{http_url(url)}/history?{query}", headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - http_url makes only http(s)
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            rows = json.loads(answer.read(MAX_ANSWER_BYTES))["messages"]
        return [_message(row) for row in rows if row.get("conversation", conversation) == conversation]
    except HTTPError as error:
        with error:
            raise _unreadable(f"the hub answered {error.code}") from None
    except (OSError, HTTPException) as error:
        raise _unreadable(str(getattr(error, "reason", error)) or type(error).__name__) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _unreadable("the answer could not be understood") from None


def _unreadable(why: str) -> AlisaError:
    return AlisaError("history_unreadable", f"The past could not be read: {why}.", "Try /history again in a moment.")


def _message(row: Mapping[str, Any]) -> PastMessage:
    emotion = row.get("emotion")
    return PastMessage(
        turn=int(row["turn"]),
        from_user=row["role"] == "user",
        text=harmless(str(row["text"])),
        emotion=Emotion(emotion) if emotion in set(Emotion) else None,
        interrupted=bool(row.get("interrupted")),
        at=_local(row.get("at")),
    )


def _local(at: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(at)).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
