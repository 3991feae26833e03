"""Which hub she listens to, and who gets the token."""

from __future__ import annotations

from pathlib import Path

import pytest

from alisa.link import Address
from alisa.runtime.paths import Home
from alisa.runtime.sections import HubSettings
from alisa.runtime.token import read_or_make_token
from overlay import hub
from overlay.settings import OverlaySettings

OURS = "ws://127.0.0.1:8000/ws/chat"
ELSEWHERE = "ws://192.168.1.9:8000/ws/chat"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").ensure()


@pytest.mark.parametrize(
    ("settings", "is_full", "expected"),
    [
        ({}, True, Address(OURS, "own")),
        ({}, False, Address(OURS, "", plain=True)),
        ({"dialect": "plain"}, True, Address(OURS, "own", plain=True)),
        ({"dialect": "full"}, False, Address(OURS, "own")),
        ({"hub_url": OURS}, True, Address(OURS, "own")),
        ({"hub_url": "ws://localhost:8000/ws"}, True, Address("ws://localhost:8000/ws", "own")),
        ({"hub_url": ELSEWHERE}, True, Address(ELSEWHERE, "")),
        ({"hub_url": ELSEWHERE}, False, Address(ELSEWHERE, "", plain=True)),
        ({"hub_url": ELSEWHERE, "dialect": "plain"}, True, Address(ELSEWHERE, "", plain=True)),
        ({"hub_url": ELSEWHERE, "hub_token": "theirs"}, True, Address(ELSEWHERE, "theirs")),
        ({"hub_token": "theirs"}, True, Address(OURS, "own")),
        ({"hub_url": "ws://127.0.0.1:9000/ws/chat"}, True, Address("ws://127.0.0.1:9000/ws/chat", "")),
    ],
)
async def test_whom_she_calls(
    home: Home,
    settings: dict[str, str],
    is_full: bool,
    expected: Address,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The token of this home goes to the hub of this home alone; a hub elsewhere gets the one that was set for it."""

    async def speaks_full(_url: str) -> bool:
        return is_full

    monkeypatch.setattr(hub, "speaks_full", speaks_full)
    found = await hub.finder(home, HubSettings(), OverlaySettings.model_validate(settings))()
    own = read_or_make_token(home)
    assert found == Address(expected.url, own if expected.token == "own" else expected.token, expected.plain)


@pytest.mark.parametrize(
    ("answer", "modes"),
    [
        (b'{"modes":[{"name":"calm","title":"Calm"},{"name":"x","title":"X"}]}', ("calm", "x")),
        (b'{"modes":[{"title":"a"},{"name":""},{"name":"a\\n"},{"name":7},7]}', ()),
        (b'{"modes":7}', ()),
        (b"[]", ()),
        (b"<html>", ()),
        (b'{"code":"token_missing"}', ()),
    ],
)
async def test_the_modes_that_a_hub_offers(
    answer: bytes, modes: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What can be shown in a menu is taken, whatever else the hub says."""

    async def get(url: str, token: str) -> bytes:
        assert (url, token) == ("http://127.0.0.1:8000/modes", "t")
        return answer

    monkeypatch.setattr(hub, "get", get)
    assert await hub.modes_of(Address(OURS, "t")) == modes


async def test_a_hub_that_is_gone_offers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The menu then shows the usual modes."""
    assert await hub.modes_of(Address("ws://127.0.0.1:1/ws/chat")) == ()
