"""A real llama.cpp server for the time of an evaluation: the wheel's, as a child that dies with its parent."""

from __future__ import annotations

import contextlib
import json
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

CONTEXT_TOKENS = 4096
READY_WITHIN_SECONDS = 30.0


class Llama:
    """The server's address and key; every request opens a connection of its own."""

    def __init__(self, url: str, key: str) -> None:
        # llama.cpp closes a connection after a stream; a kept one would fail on its next use
        self.client = httpx.Client(
            base_url=url,
            headers={"Authorization": f"Bearer {key}", "Connection": "close"},
            timeout=60,
            limits=httpx.Limits(max_keepalive_connections=0),
            trust_env=False,
        )

    def count(self, text: str) -> int:
        """How many tokens `text` has."""
        return len(self.client.post("/tokenize", json={"content": text}).raise_for_status().json()["tokens"])

    def chat(self, body: dict[str, Any]) -> dict[str, Any]:
        """A whole answer."""
        answer: dict[str, Any] = self.client.post("/v1/chat/completions", json=body).raise_for_status().json()
        return answer

    def first_token_seconds(self, body: dict[str, Any]) -> float:
        """From the request to the first piece of text, streamed."""
        started = time.perf_counter()
        with self.client.stream("POST", "/v1/chat/completions", json={**body, "stream": True}) as stream:
            for line in stream.iter_lines():
                if line.startswith("data: {"):
                    choices = json.loads(line[6:])["choices"]
                    if choices and choices[0]["delta"].get("content"):
                        return time.perf_counter() - started
        raise RuntimeError("the stream ended without a word")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(model: Path) -> Iterator[Llama]:
    """Serve `model` on one thread until the block ends.

    Raises RuntimeError when the server does not become ready.
    """
    key, port = secrets.token_urlsafe(24), free_port()
    parameters = {
        "model": str(model),
        "alias": "starter",
        "host": "127.0.0.1",
        "port": port,
        "context_tokens": CONTEXT_TOKENS,
        "parallel": 1,
        "gpu_layers": 0,
        "threads": 1,
        "http_threads": 4,
        "cache_reuse": 0,
        "cache_ram_mib": 0,
    }
    child = subprocess.Popen(
        [sys.executable, "-m", "llm_server.bundled"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stdin = child.stdin
    if stdin is None:  # never with PIPE; it tells the type checker
        raise RuntimeError("no pipe to the server")
    try:
        stdin.write((json.dumps({"api_key": key, "parameters": parameters}) + "\n").encode())
        stdin.flush()
        llama = Llama(f"http://127.0.0.1:{port}", key)
        with llama.client:
            wait_ready(llama, child)
            yield llama
    finally:
        stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(5)
        child.kill()
        child.wait()


def wait_ready(llama: Llama, child: subprocess.Popen[bytes]) -> None:
    """Until the model is loaded."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline and child.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if llama.client.get("/health").status_code == httpx.codes.OK:
                return
        time.sleep(0.05)
    raise RuntimeError("the llama.cpp server did not start")
