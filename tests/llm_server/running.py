"""`python -m llm_server` as a real process in a home of its own, for the tests that need the real llama.cpp."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psutil

from alisa.runtime.paths import Home, data_folder

T = TypeVar("T")

STARTER = data_folder() / "models" / "starter.gguf"


def until(look: Callable[[], T | None], seconds: float = 20.0, what: str = "") -> T:
    """Return what `look` returns as soon as it is something; fail after the deadline."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError(f"not within {seconds} s: {what or look}")


class Running:
    """The process, its home, and the model behind it."""

    def __init__(self, home: Home, process: subprocess.Popen[str]) -> None:
        self.home, self.process = home, process

    def endpoint(self, seconds: float = 20.0) -> dict[str, Any]:
        """The content of `run/llm.json`, once it is there."""
        return until(self._endpoint, seconds, "run/llm.json")

    def _endpoint(self) -> dict[str, Any] | None:
        assert self.process.poll() is None, f"ended with {self.process.returncode}: {self.log()}"
        try:
            found: dict[str, Any] = json.loads(self.home.llm_file.read_text())
        except (OSError, ValueError):
            return None
        return found

    def server(self) -> psutil.Process:
        """The llama.cpp process."""
        return until(lambda: next(iter(psutil.Process(self.process.pid).children(recursive=True)), None), what="child")

    def log(self) -> str:
        path = self.home.logs / "llm_server.jsonl"
        return path.read_text() if path.exists() else ""

    def ask(self, text: str = "hello", *, key: bool = True, **body: Any) -> httpx.Response:
        """One completion, straight from the model."""
        found = self.endpoint()
        headers = {"Connection": "close"} | ({"Authorization": f"Bearer {found['api_key']}"} if key else {})
        messages = [{"role": "user", "content": text}]
        given = {"messages": messages, "max_tokens": 8, "temperature": 0} | body
        return httpx.post(f"{found['url']}/chat/completions", json=given, headers=headers, timeout=30)

    @contextlib.contextmanager
    def stream(self) -> Iterator[Iterator[str]]:
        """A reply that goes on for long, line by line."""
        found = self.endpoint()
        body = {
            "messages": [{"role": "user", "content": "tell me a story"}],
            "max_tokens": 3500,
            "ignore_eos": True,
            "stream": True,
        }
        headers = {"Authorization": f"Bearer {found['api_key']}"}
        with httpx.stream("POST", f"{found['url']}/chat/completions", json=body, headers=headers, timeout=30) as answer:
            assert answer.status_code == 200
            lines = (line for line in answer.iter_lines() if line.startswith("data: "))
            next(lines)
            yield lines


@contextlib.contextmanager
def running(folder: Path, settings: Mapping[str, str] | None = None, config: str = "") -> Iterator[Running]:
    """Start `python -m llm_server` in its own home; whatever is left at the end is killed."""
    home = Home(folder / "home").ensure()
    if config:
        home.config_file.write_text(config)
    with start(home, settings) as process:
        try:
            yield Running(home, process)
        finally:
            left = [process, *_descendants(process.pid)]
            for each in left:
                with contextlib.suppress(psutil.Error, OSError):
                    each.kill()


def start(home: Home, settings: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Start the process as the supervisor does: its stdin is a pipe whose end means that the parent is gone."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ALISA_", "HF_"))}
    environment |= {"ALISA_HOME": str(home.root), "ALISA_SUPERVISED": "1"} | dict(settings or {})
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "llm_server"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _descendants(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []
