"""What other processes learn of the model server: the file with its address, and its state.

`run/llm.json` is there exactly while the server answers. `run/llm_state.json` says at any time what is going
on: whoever wants to know more than the supervisor does reads it with `observe`.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from alisa.runtime.paths import Home, private_write

ASK_SECONDS = 5.0
_MOST_BYTES = 1024 * 1024


class State(StrEnum):
    """How the model is."""

    DOWN = "down"
    LOADING = "loading"
    READY = "ready"
    BUSY = "busy"
    """ready, and writing a reply"""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The content of `run/llm.json`: where the model answers, and who it is."""

    url: str
    """the OpenAI-compatible base address, ending in /v1"""
    api_key: str
    model: str
    engine: str
    pid: int
    """the process that looks after the server"""
    created: str
    """ISO 8601, UTC"""
    context_tokens: int
    """the context window of one conversation"""
    detail: str = ""
    """what a person should know: that the starter speaks in place of another model, and why"""


@dataclass(frozen=True, slots=True)
class Observed:
    """The state of the model as seen from outside."""

    state: State
    model: str = ""
    since: str = ""
    detail: str = ""


def state_file(home: Home) -> Path:
    """Return where the state is written down."""
    return home.run / "llm_state.json"


def write_endpoint(home: Home, endpoint: Endpoint) -> None:
    """Tell where the model answers. Raises StorageError."""
    private_write(home.llm_file, json.dumps(asdict(endpoint), indent=1).encode())


def remove_endpoint(home: Home) -> None:
    """Say that the model does not answer any more; a file that another process wrote is left alone."""
    found = _read(home.llm_file)
    if found and found.get("pid") == os.getpid():
        home.llm_file.unlink(missing_ok=True)


def write_state(home: Home, state: State, model: str, detail: str, now: datetime) -> None:
    """Write down what is going on. Raises StorageError."""
    content = {
        "state": state,
        "model": model,
        "detail": detail,
        "since": now.isoformat(timespec="seconds"),
        "pid": os.getpid(),
    }
    private_write(state_file(home), json.dumps(content, indent=1).encode())


async def observe(home: Home) -> Observed:
    """Return how the model of this home is, asking it where it says that it is ready."""
    found = _read(state_file(home))
    if not found or not _runs(found.get("pid")):
        return Observed(State.DOWN)
    state = State(found["state"]) if found.get("state") in list(State) else State.DOWN
    endpoint = _read(home.llm_file)
    if endpoint and endpoint.get("pid") == found.get("pid"):
        state = await probe(str(endpoint.get("url")), str(endpoint.get("api_key")))
    return Observed(state, str(found.get("model", "")), str(found.get("since", "")), str(found.get("detail", "")))


async def probe(url: str, api_key: str, timeout_seconds: float = ASK_SECONDS) -> State:
    """Return the state of a llama.cpp server by asking `/health` and `/slots`."""
    state = await health(url, timeout_seconds)
    if state is not State.READY:
        return state
    try:
        async with asyncio.timeout(timeout_seconds):
            status, body = await _get(url, "/slots", api_key)
        slots = json.loads(body) if status == 200 else []
        working = any(slot.get("is_processing") for slot in slots)
    except (OSError, ValueError, TypeError, AttributeError):  # TimeoutError is an OSError
        working = True  # it is alive, and too busy to answer this
    return State.BUSY if working else State.READY


async def health(url: str, timeout_seconds: float = ASK_SECONDS) -> State:
    """Return READY, LOADING or DOWN by asking `/health` alone, which costs the server nothing."""
    try:
        async with asyncio.timeout(timeout_seconds):
            status, _ = await _get(url, "/health", "")
    except (OSError, ValueError):
        return State.DOWN
    return {200: State.READY, 503: State.LOADING}.get(status, State.DOWN)


async def _get(url: str, path: str, api_key: str) -> tuple[int, bytes]:
    """GET `path` at the origin of `url` and return status and body.

    Spoken by hand: a process that only asks its own child whether it is well needs no HTTP client,
    and starts in a blink without one. Raises OSError, ValueError.
    """
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError("not an http address")
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port or 80)
    try:
        key = f"Authorization: Bearer {api_key}\r\n" if api_key else ""
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\n{key}Connection: close\r\n\r\n".encode())
        answer = b""
        while len(answer) < _MOST_BYTES and (chunk := await reader.read(_MOST_BYTES)):
            answer += chunk
    finally:
        writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    words = head.split(maxsplit=2)
    if len(words) < 2 or not words[0].startswith(b"HTTP/"):
        raise ValueError("this is not HTTP")
    return int(words[1]), body


def _read(path: Path) -> Mapping[str, Any] | None:
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _runs(pid: object) -> bool:
    import psutil

    return isinstance(pid, int) and pid > 0 and psutil.pid_exists(pid)
