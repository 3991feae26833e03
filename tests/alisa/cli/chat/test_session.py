"""Finding the hub from a terminal."""

from __future__ import annotations

import asyncio

import pytest

from alisa.cli.chat.session import IMPATIENCE_SECONDS, PATIENCE_SECONDS, Place, first_welcome, hub_lost
from alisa.link import pair
from alisa.protocol.messages import Welcome
from alisa.runtime.errors import MissingError
from alisa.runtime.paths import Home
from alisa.runtime.sections import HubSettings
from alisa.runtime.token import read_or_make_token


@pytest.mark.looptime
@pytest.mark.parametrize(("was_there", "patience"), [(True, PATIENCE_SECONDS), (False, IMPATIENCE_SECONDS)])
async def test_a_hub_that_is_not_there(home: Home, was_there: bool, patience: float) -> None:
    """One that ran a moment ago is waited for; otherwise it is said soon, with the command that helps: exit 3."""
    if was_there:
        home.hub_file.write_text('{"url": "http://127.0.0.1:9"}', encoding="utf-8")
    link, hub = pair()
    hub.away = True
    started = asyncio.get_running_loop().time()
    async with link:
        with pytest.raises(MissingError, match="alisa up") as missing:
            await first_welcome(link, Place(home, HubSettings()))
    assert asyncio.get_running_loop().time() - started == pytest.approx(patience)
    assert missing.value.exit_code == 3


@pytest.mark.looptime
async def test_a_hub_that_is_just_starting_is_met(home: Home) -> None:
    """The first tries may fail."""
    home.hub_file.write_text('{"url": "http://127.0.0.1:9"}', encoding="utf-8")
    link, hub = pair()
    hub.away = True
    async with link:
        waiting = asyncio.create_task(first_welcome(link, Place(home, HubSettings())))
        await asyncio.sleep(2)
        hub.away = False
        await hub.accept(Welcome("1", "main", mode="calm"))
        assert (await waiting).mode == "calm"


def test_the_place_is_the_one_of_the_environment(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """ALISA_HOME and the settings say where; the address is looked up each time, since it may change."""
    monkeypatch.setenv("ALISA_HOME", str(home.root))
    monkeypatch.setenv("ALISA_HUB__PORT", "8123")
    place = Place.here()
    assert place.address() == ("ws://127.0.0.1:8123/ws/chat", read_or_make_token(home))
    home.hub_file.write_text('{"url": "http://127.0.0.1:9"}', encoding="utf-8")
    assert place.address()[0] == "ws://127.0.0.1:9/ws/chat"


def test_a_lost_hub_comes_with_a_hint() -> None:
    """What to look at next."""
    assert "alisa status" in hub_lost().hint
