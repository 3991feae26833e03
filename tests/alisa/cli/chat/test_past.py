"""Reading what was said before."""

from __future__ import annotations

import asyncio

import pytest

from alisa.cli.chat.past import fetch_past
from alisa.protocol.tags import Emotion
from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home
from alisa.runtime.token import read_or_make_token
from tests.alisa.cli.chat.fake_hub import FakeHub


async def fetched(hub: FakeHub, home: Home, token: str = "") -> list[tuple[int, bool, str, Emotion | None, bool]]:
    url = f"ws://127.0.0.1:{hub._port}/ws/chat"
    past = await asyncio.to_thread(fetch_past, url, token or read_or_make_token(home), "main", 2)
    return [(m.turn, m.from_user, m.text, m.emotion, m.interrupted) for m in past]


async def test_the_latest_messages_of_a_conversation(home: Home) -> None:
    """Newest last, harmless, with emotion and whether she was interrupted; an unknown emotion is none."""
    async with FakeHub(home) as hub:
        hub.remember(1, "user", "old")
        hub.remember(2, "user", "hi\x1b")
        hub.remember(2, "assistant", "hm", emotion="shy", interrupted=True)
        hub.remember(3, "user", "elsewhere", conversation="den")
        assert await fetched(hub, home) == [(2, True, "hi", None, False), (2, False, "hm", Emotion.SHY, True)]
        hub.messages[2]["emotion"] = "livid"
        hub.messages[2]["at"] = "not a time"
        assert (await fetched(hub, home))[1][3] is None


async def test_what_cannot_be_read_is_told(home: Home) -> None:
    """A wrong token, an odd answer, no hub: one sentence, and no trace."""
    async with FakeHub(home) as hub:
        with pytest.raises(AlisaError, match="401"):
            await fetched(hub, home, token="wrong")
        hub.messages.append({"conversation": "main"})
        with pytest.raises(AlisaError, match="could not be understood"):
            await fetched(hub, home)
    with pytest.raises(AlisaError, match="could not be read"):
        await fetched(hub, home)
