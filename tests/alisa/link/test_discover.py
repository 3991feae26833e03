"""Finding the hub of a home."""

from __future__ import annotations

from pathlib import Path

import pytest

from alisa.link import discover
from alisa.link.discover import http_url
from alisa.runtime.paths import Home
from alisa.runtime.sections import HubSettings
from alisa.runtime.token import read_or_make_token


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").ensure()


def test_the_running_hub_says_where_it_is(home: Home) -> None:
    """`run/hub.json` wins over the settings, since port 0 means any port; the token is the home's."""
    home.hub_file.write_text('{"url": "http://127.0.0.1:43123", "pid": 1, "created": 0.0}', encoding="utf-8")
    assert discover(home, HubSettings(port=9)) == ("ws://127.0.0.1:43123/ws/chat", read_or_make_token(home))


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"url": 5}', '{"url": "file:///etc"}', '{"url": "http://"}']
)
def test_a_broken_file_is_passed_over(home: Home, content: str) -> None:
    """The settings are what is left."""
    home.hub_file.write_text(content, encoding="utf-8")
    assert discover(home, HubSettings())[0] == "ws://127.0.0.1:8000/ws/chat"


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "ws://127.0.0.1:8000/ws/chat"),
        ("0.0.0.0", "ws://127.0.0.1:8000/ws/chat"),
        ("::", "ws://[::1]:8000/ws/chat"),
        ("192.168.1.5", "ws://192.168.1.5:8000/ws/chat"),
    ],
)
def test_the_settings_say_where_it_would_be(home: Home, host: str, url: str) -> None:
    """A hub that listens everywhere is met on this machine."""
    assert discover(home, HubSettings(host=host))[0] == url


def test_the_http_side_has_the_same_address() -> None:
    """From a WebSocket url to where `/history` is."""
    assert http_url("ws://127.0.0.1:8000/ws/chat") == "http://127.0.0.1:8000"
    assert http_url("wss://[::1]:8000/ws/chat") == "https://[::1]:8000"
