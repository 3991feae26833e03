"""The avatar's own settings."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from overlay.settings import OverlaySettings


def test_the_defaults_are_valid() -> None:
    """What healing falls back to is itself valid."""
    assert OverlaySettings.model_validate(OverlaySettings().model_dump()) == OverlaySettings()


@pytest.mark.parametrize("url", ["ws://127.0.0.1:8000/ws/chat", "wss://her.example/ws", "ws://[::1]:9/ws?x=1"])
def test_addresses_of_hubs(url: str) -> None:
    """Any WebSocket address is taken."""
    assert OverlaySettings(hub_url=url).hub_url == url


@pytest.mark.parametrize("url", ["http://127.0.0.1", "127.0.0.1:8000", "ws://", "ws://x:99999/", "ws://x\n/", "ws://["])
def test_what_is_no_address(url: str) -> None:
    """It is refused, so that healing names it."""
    with pytest.raises(ValidationError):
        OverlaySettings(hub_url=url)


def test_a_token_is_not_shown() -> None:
    """Neither where the settings are printed."""
    assert "geheim" not in repr(OverlaySettings(hub_token="geheim"))
