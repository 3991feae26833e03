"""What a command can learn about the running hub: where it is, and how it says it does.

Asked with the standard library alone, past any proxy: the hub is on this machine.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from alisa.cli.files import number, read_object
from alisa.runtime.paths import Home

_TIMEOUT_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class RunningHub:
    """A hub that wrote down where it listens and is still alive."""

    url: str
    pid: int


def running_hub(home: Home) -> RunningHub | None:
    """Return the hub that runs for this home, or None."""
    value = read_object(home.hub_file)
    hub = RunningHub(str(value.get("url", "")), number(value.get("pid")))
    return hub if hub.url and is_there(hub.pid) else None


def is_there(pid: int) -> bool:
    """Whether there is a process of that number that is no zombie."""
    import psutil

    try:
        return pid > 0 and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def health(url: str) -> Mapping[str, Any] | None:
    """Return what `GET /health` answers, or None when the hub does not answer."""
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        return None
    connection = http.client.HTTPConnection(parts.hostname, parts.port or 80, timeout=_TIMEOUT_SECONDS)
    try:
        connection.request("GET", "/health", headers={"Accept": "application/json"})
        value = json.loads(connection.getresponse().read())
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()
    return value if isinstance(value, dict) else None


def history_notices(home: Home) -> list[str]:
    """What became of the history at the hub's start, such as that it was damaged and healed, in sentences."""
    hub = running_hub(home)
    return notices_in(health(hub.url) or {}) if hub else []


def notices_in(told: Mapping[str, Any]) -> list[str]:
    """The notices about history in what `GET /health` answered."""
    found: Any = told
    for key in ("dependencies", "storage", "detail", "notices"):
        found = found.get(key) if isinstance(found, dict) else None
    return [line for line in found if isinstance(line, str)] if isinstance(found, list) else []
