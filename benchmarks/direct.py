"""Asking llama.cpp itself, without the hub: what the hub is compared with."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

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


async def bare_first_token(url: str, api_key: str, request: dict[str, Any]) -> float:
    """Seconds to the first visible text with nothing but a socket: the least that there can be."""
    address = urlsplit(url)
    began = time.perf_counter()
    body = json.dumps(request).encode()
    lines = (
        f"POST {address.path}/chat/completions HTTP/1.1", f"Host: {address.netloc}", f"Authorization: Bearer {api_key}",
        "Content-Type: application/json", f"Content-Length: {len(body)}", "Connection: close", "", "",
    )  # fmt: skip
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    try:
        writer.write("\r\n".join(lines).encode() + body)
        text = ""
        while line := await reader.readline():
            if line.startswith(b"data: {") and (choices := json.loads(line[6:])["choices"]):
                text += choices[0]["delta"].get("content") or ""
                if text.partition(">")[2].strip():
                    return time.perf_counter() - began
        return time.perf_counter() - began
    finally:
        writer.close()
