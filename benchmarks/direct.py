"""Asking llama.cpp itself, without the hub: what the hub is compared with."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

import httpx


@dataclass(frozen=True)
class Direct:
    """One reply, straight from the model server. Times in seconds."""

    first_token: float
    """from sending the request to the first visible text, behind the emotion tag"""
    tokens: int
    streaming: float
    """from the first visible text to the end"""


async def ask(client: httpx.AsyncClient, url: str, api_key: str, request: dict[str, Any]) -> Direct:
    """Send the very request that the hub sent, and time the reply."""
    began = time.perf_counter()
    first: float | None = None
    text = ""
    tokens = 0
    headers = {"Authorization": f"Bearer {api_key}", "Connection": "close"}
    async with client.stream("POST", f"{url}/chat/completions", json=request, headers=headers) as response:
        response.raise_for_status()
        async for line in response.aiter_lines():
            if not line.startswith("data: {"):
                continue
            event = json.loads(line[6:])
            if event.get("usage"):
                tokens = event["usage"]["completion_tokens"]
            piece = event["choices"][0]["delta"].get("content") if event["choices"] else None
            if piece:
                text += piece
                if first is None and text.partition(">")[2].strip():
                    first = time.perf_counter()
    ended = time.perf_counter()
    return Direct((first or ended) - began, tokens, ended - (first or ended))
