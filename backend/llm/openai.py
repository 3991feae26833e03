"""The streaming client for llama.cpp and for every server that speaks OpenAI's chat completions.

How a request is sent, how long it is waited for, what is tried again and how the server is told to
stop: by closing the stream, which is why everything is streamed and always bounded. No connection
is used twice, because llama.cpp closes it right after a stream. What the events mean is known to
`deltas`, what refusals mean to `trouble`; what is said is not known here.
"""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import AsyncIterator, Mapping, Sequence
from email.utils import parsedate_to_datetime
from typing import Any, Literal

import httpx

from alisa.runtime.clock import Clock
from alisa.runtime.errors import EngineError
from alisa.runtime.logs import get_logger
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings
from backend.llm import loopback, trouble
from backend.llm.deltas import ReplyReader
from backend.llm.endpoint import Endpoint, Locator
from backend.llm.sse import EventReader, EventTooLargeError
from backend.llm.types import ChatRequest, Delta, LlmState

CONNECT_SECONDS = 5.0
LOADING_SECONDS = 60.0
"""How long a reply waits for a model that is being loaded."""
BUSY_RETRIES = 3
BUSY_SECONDS = 20.0
"""The longest wish of a server to be left alone that is granted."""
CLOSING_SECONDS = 2.0
"""How long the figures that follow the last word are waited for."""
SHORT_SECONDS = 3.0
"""How long the small questions (counting, health) may take."""
MAX_BODY_BYTES = 4 * 1024 * 1024
_TIMEOUT = {"timeout": {"connect": CONNECT_SECONDS, "read": None, "write": None, "pool": None}}
"""Only connecting has a limit here: how long words may take is decided word by word."""
_SEPARATOR = -1
"""stands between texts that are counted together; no token has this number"""

_STATES: Mapping[str, Literal["loading", "busy"]] = {"llm_loading": "loading", "llm_busy": "busy"}

log = get_logger(__name__)


class OpenAiModel:
    """A language model behind HTTP."""

    def __init__(self, settings: LlmSettings, home: Home, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._locator = Locator(settings, home)
        self._loopback = loopback.LoopbackTransport()
        self._far: httpx.AsyncClient | None = None
        self._cannot_count: set[str] = set()

    @property
    def context_tokens(self) -> int:
        """The context window of one conversation: what the server told, else what is configured."""
        try:
            told = self._locator.current().context_tokens
        except EngineError:
            told = None
        return told or self._settings.context_tokens

    @property
    def identity(self) -> str:
        """The name of the model that answers now."""
        try:
            return self._locator.current().model
        except EngineError:
            return self._settings.model

    async def prepare(self) -> None:
        """A reply will be asked for in a moment: open the connection meanwhile. Never raises."""
        try:
            url = httpx.URL(self._locator.current().url)
        except (EngineError, httpx.InvalidURL):
            return
        if _is_loopback(url):
            await self._loopback.prepare(url.host, url.port or 80)

    async def stream(self, request: ChatRequest) -> AsyncIterator[Delta]:
        """Write one reply; see `LanguageModel`. Closing the iterator closes the connection at once."""
        response = await self._open(request)
        try:
            kind = response.headers.get("content-type", "")
            if "html" in kind:
                raise trouble.unreadable()
            if "json" in kind:  # a server that does not stream
                for delta in await self._read_whole(response):
                    yield delta
                return
            reader, lines = ReplyReader(), EventReader()
            received = _bytes(response)
            deadline = self._now() + self._settings.first_token_timeout_seconds
            piece = b"begun"
            while piece and not reader.done:
                piece = await self._next_piece(received, reader, deadline)
                events = lines.feed(piece) if piece else lines.finish()
                for event in events:
                    for delta in reader.take(event):
                        yield delta
                if reader.complete:
                    deadline = self._now() + CLOSING_SECONDS
                elif events and reader.begun:
                    deadline = self._now() + self._settings.stall_timeout_seconds
            for delta in reader.finish():
                yield delta
        except httpx.HTTPError as error:
            raise trouble.broken_connection(error) from error
        except EventTooLargeError:
            raise trouble.unreadable() from None
        finally:
            await response.aclose()

    async def _next_piece(self, received: AsyncIterator[bytes], reader: ReplyReader, deadline: float) -> bytes:
        """What comes next off the wire; nothing at its end. After the last word, trouble no longer matters.

        Raises EngineError `llm_stalled` when the model is silent for too long.
        """
        try:
            async with asyncio.timeout_at(deadline):
                return await anext(received, b"")
        except TimeoutError:
            if reader.complete:
                return b""
            limits = self._settings
            seconds = limits.stall_timeout_seconds if reader.begun else limits.first_token_timeout_seconds
            raise trouble.stalled(seconds, begun=reader.begun) from None
        except httpx.HTTPError:
            if reader.complete:
                return b""
            raise

    async def _open(self, request: ChatRequest) -> httpx.Response:
        """The answer of the server, once it is one. Tries again while the model loads, and when it is busy."""
        retries = 0
        patience = min(LOADING_SECONDS, self._settings.first_token_timeout_seconds)
        began = self._now()
        while True:
            response = await self._post(self._locator.current(), request)
            if response.status_code == 200:
                return response
            error = trouble.refusal(response.status_code, await _body(response))
            if error.code == "llm_loading" and self._now() - began < patience:
                await asyncio.sleep(0.25)
            elif error.code == "llm_busy" and retries < BUSY_RETRIES:
                wish = self._retry_after(response)
                if wish is not None and wish > BUSY_SECONDS:
                    raise error
                await asyncio.sleep(wish if wish is not None else 0.5 * 2**retries)
                retries += 1
            else:
                raise error

    async def _post(self, endpoint: Endpoint, request: ChatRequest) -> httpx.Response:
        limit = self._settings.first_token_timeout_seconds
        try:
            async with asyncio.timeout(limit):
                url, body = f"{endpoint.url}/chat/completions", _payload(endpoint, request)
                return await self._send("POST", url, endpoint, body)
        except TimeoutError:
            raise trouble.stalled(limit, begun=False) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise trouble.broken_connection(error) from error

    async def _send(self, method: str, url: str, endpoint: Endpoint, body: Any = None) -> httpx.Response:
        """Send a request; the response's body is still to come. Raises httpx' errors."""
        request = httpx.Request(
            method, url, headers=_headers(endpoint), content=_dump(body) if body else None, extensions=_TIMEOUT
        )
        if _is_loopback(request.url):
            return await self._loopback.handle_async_request(request)
        if self._far is None:  # made when it is needed: it reads the system's certificates
            self._far = httpx.AsyncClient(limits=httpx.Limits(max_connections=None, max_keepalive_connections=0))
        return await self._far.send(request, stream=True)

    async def _read_whole(self, response: httpx.Response) -> list[Delta]:
        limit = self._settings.first_token_timeout_seconds
        try:
            async with asyncio.timeout(limit):
                body = await _body(response)
        except TimeoutError:
            raise trouble.stalled(limit, begun=False) from None
        reader = ReplyReader()
        deltas = reader.take(body)
        return [*deltas, *reader.finish()]

    async def count_tokens(self, texts: Sequence[str]) -> Sequence[int] | None:
        """Exact counts, all in one question. None where the server cannot count or cannot be asked now."""
        if not texts:
            return []
        try:
            endpoint = self._locator.current()
        except EngineError:
            return None
        if endpoint.root in self._cannot_count:
            return None
        content: list[str | int] = []
        for text in texts:
            content += [text, _SEPARATOR]
        answer = await self._ask(endpoint, "/tokenize", {"content": content, "parse_special": True})
        if answer is None:
            return None
        counts = _counts(answer.get("tokens"), len(texts))
        if counts is None:
            self._cannot_count.add(endpoint.root)
        return counts

    async def probe(self) -> LlmState:
        """Look whether the model can answer now; never raises."""
        try:
            endpoint = self._locator.current()
        except EngineError as error:
            return LlmState("down", detail=error.message)
        try:
            status, body = await self._exchange("GET", f"{endpoint.root}/health", endpoint)
            if status == 404:
                status, body = await self._exchange("GET", f"{endpoint.url}/models", endpoint)
        except EngineError as error:
            return LlmState("down", endpoint.model, error.message)
        if status == 200:
            return LlmState("ready", endpoint.model)
        refused = trouble.refusal(status, body)
        return LlmState(_STATES.get(refused.code, "down"), endpoint.model, refused.message)

    async def aclose(self) -> None:
        """Let go of connections."""
        await self._loopback.aclose()
        if self._far is not None:
            await self._far.aclose()

    async def _ask(self, endpoint: Endpoint, route: str, question: Any) -> dict[str, Any] | None:
        """The JSON object that a llama.cpp route answers; None when it does not (remembered where it never will)."""
        try:
            status, body = await self._exchange("POST", endpoint.root + route, endpoint, question)
            if status in (400, 404, 405, 501):
                self._cannot_count.add(endpoint.root)
            answer = json.loads(body) if status == 200 else None
        except (EngineError, ValueError, RecursionError) as error:
            log.debug("a question to the model server failed", route=route, error=type(error).__name__)
            return None
        return answer if isinstance(answer, dict) else None

    async def _exchange(self, method: str, url: str, endpoint: Endpoint, body: Any = None) -> tuple[int, str]:
        """Status and body of a short question. Raises EngineError."""
        try:
            async with asyncio.timeout(SHORT_SECONDS):
                response = await self._send(method, url, endpoint, body)
                return response.status_code, await _body(response)
        except TimeoutError:
            raise trouble.stalled(SHORT_SECONDS, begun=False) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise trouble.broken_connection(error) from error

    def _retry_after(self, response: httpx.Response) -> float | None:
        """How many seconds the server wishes to be left alone, where it says so."""
        wish = response.headers.get("retry-after", "")
        try:
            seconds = float(wish)
        except ValueError:
            try:
                seconds = (parsedate_to_datetime(wish) - self._clock.now()).total_seconds()
            except (ValueError, TypeError):
                return None
        return max(seconds, 0.0) if math.isfinite(seconds) else None

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def create(settings: LlmSettings, home: Home, clock: Clock) -> OpenAiModel:
    """The engine `openai`."""
    return OpenAiModel(settings, home, clock)


def _is_loopback(url: httpx.URL) -> bool:
    return url.scheme == "http" and url.host in loopback.LOOPBACK_HOSTS


def _headers(endpoint: Endpoint) -> list[tuple[bytes, bytes]]:
    headers = [(b"Content-Type", b"application/json"), (b"Accept-Encoding", b"identity")]
    if endpoint.api_key:
        headers.append((b"Authorization", b"Bearer " + endpoint.api_key.strip().encode()))
    return headers


def _payload(endpoint: Endpoint, request: ChatRequest) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
    }
    if endpoint.model:
        payload["model"] = endpoint.model
    if request.tools:
        payload["tools"] = list(request.tools)
    if endpoint.own:
        payload |= {"cache_prompt": True, **_NO_LOOPS}
    return payload


_NO_LOOPS: Mapping[str, Any] = {
    "dry_multiplier": 1.0,
    "dry_base": 1.75,
    "dry_allowed_length": 6,
    "dry_penalty_last_n": 48,
    "dry_sequence_breakers": ["\n"],
}
"""A small model that says the same few words again would go on so for ever. llama.cpp's DRY sampler makes that ever
less likely (https://github.com/oobabooga/text-generation-webui/pull/5677); six tokens in a row may come again, so that
names and errands from the prompt can be said."""


def _dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _bytes(response: httpx.Response) -> AsyncIterator[bytes]:
    """The body as it comes; decoded only where a server compresses though it was asked not to."""
    plain = isinstance(response.stream, httpx.AsyncByteStream) and "content-encoding" not in response.headers
    return aiter(response.stream) if plain else response.aiter_bytes()  # type: ignore[arg-type]


async def _body(response: httpx.Response) -> str:
    """The whole body as text, as far as it is worth reading."""
    body = b""
    try:
        async for piece in _bytes(response):
            body += piece
            if len(body) > MAX_BODY_BYTES:
                break
    finally:
        await response.aclose()
    return body.decode("utf-8", "replace")


def _counts(tokens: Any, expected: int) -> list[int] | None:
    """How many tokens stand before each separator; None if the server did not keep to that."""
    if not isinstance(tokens, list):
        return None
    counts, since = [], 0
    for token in tokens:
        if token == _SEPARATOR:
            counts.append(since)
            since = 0
        else:
            since += 1
    return counts if len(counts) == expected and since == 0 else None
