"""Where the language model is now: the server that the user named, or Alisa's own.

Alisa's own server writes down its address and key when it is ready and may come back at another
port; so the file is looked at for every reply, and read when it changed. How one talks to the
server is not known here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from alisa.runtime.errors import EngineError
from alisa.runtime.logs import hide
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server that speaks OpenAI's chat completions."""

    url: str
    """up to and with `/v1`, without a slash at the end"""
    api_key: str
    model: str
    own: bool
    """whether it is Alisa's own llama.cpp, of which more can be asked"""
    context_tokens: int | None = None
    """the context window of one conversation, where the server told it"""

    @property
    def root(self) -> str:
        """The URL without `/v1`: where llama.cpp has its own routes."""
        return self.url.removesuffix("/v1")


class Locator:
    """Knows where the model is. Nothing is remembered longer than the file stays as it is."""

    def __init__(self, settings: LlmSettings, home: Home) -> None:
        self._settings = settings
        self._file = home.llm_file
        self._seen: tuple[int, int, int] | None = None
        self._own: Endpoint | None = None
        self._other: Endpoint | None = None

    def current(self) -> Endpoint:
        """The server to ask now. Raises EngineError `llm_unreachable` when there is none."""
        if self._settings.url:
            self._other = self._other or self._named()
            return self._other
        own = self._read_own()
        if own is None:
            raise EngineError(
                "llm_unreachable",
                "The language model is not running.",
                "It may still be starting; `alisa status` tells. She answers by herself when it is there.",
            )
        return own

    def _named(self) -> Endpoint:
        if self._settings.api_key:
            hide(self._settings.api_key)
        return Endpoint(self._settings.url, self._settings.api_key, self._settings.model, own=False)

    def _read_own(self) -> Endpoint | None:
        try:
            status = self._file.stat()
            seen = (status.st_mtime_ns, status.st_size, status.st_ino)
            if seen != self._seen:
                self._own = _parse(self._file)
                self._seen = seen
        except (OSError, ValueError, KeyError, TypeError):
            self._own = self._seen = None  # gone, or half written: it is looked at again next time
        return self._own


def _parse(file: Path) -> Endpoint:
    told = json.loads(file.read_text("utf-8"))
    if not isinstance(told, dict):
        raise TypeError("no object")
    key = str(told.get("api_key") or "")
    hide(key)
    context = told.get("context_tokens")
    return Endpoint(
        str(told["url"]).rstrip("/"),
        key,
        str(told.get("model") or ""),
        own=True,
        context_tokens=context if isinstance(context, int) and context > 0 else None,
    )
