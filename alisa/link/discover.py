"""Where the hub of this home listens, and the token that it wants."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from alisa.runtime.token import read_or_make_token

if TYPE_CHECKING:
    from alisa.runtime.paths import Home
    from alisa.runtime.sections import HubSettings

CHAT_PATH = "/ws/chat"
_EVERY_ADDRESS = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - recognised, not bound


def discover(home: Home, hub: HubSettings) -> tuple[str, str]:
    """The WebSocket url and the token: as the running hub wrote them down, else as the settings say.

    Raises StorageError when the token can be neither read nor made.
    """
    return _written_down(home) or _from_settings(hub), read_or_make_token(home)


def http_url(url: str) -> str:
    """The address of the HTTP side of a hub, without a slash at the end."""
    parts = urlsplit(url)
    return f"{'https' if parts.scheme == 'wss' else 'http'}://{parts.netloc}"


def _written_down(home: Home) -> str | None:
    try:
        url = json.loads(home.hub_file.read_text(encoding="utf-8"))["url"]
        parts = urlsplit(url)
        if not parts.hostname or parts.scheme not in ("http", "https", "ws", "wss"):
            return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return f"{'wss' if parts.scheme in ('https', 'wss') else 'ws'}://{parts.netloc}{CHAT_PATH}"


def _from_settings(hub: HubSettings) -> str:
    host = _EVERY_ADDRESS.get(hub.host, hub.host)
    return f"ws://{f'[{host}]' if ':' in host else host}:{hub.port}{CHAT_PATH}"
