"""The client against a real server that misbehaves: each trap ends in a reply or in a clear error.

Every test runs over the transport for this machine and over httpx' own.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from typing import Any

import pytest

from alisa.runtime.errors import EngineError
from alisa.runtime.paths import Home
from backend.llm import openai
from backend.llm.openai import OpenAiModel
from backend.llm.types import Finished, TextDelta, ToolCall
from tests.backend.llm.servers import (
    REQUEST,
    Connection,
    Handler,
    collect,
    model_at,
    said,
    says,
    server,
    text_of,
)


@pytest.fixture(autouse=True, params=["near", "far"])
def transport(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to a server: the transport for this machine, and httpx' own."""
    if request.param == "far":
        monkeypatch.setattr(openai, "_is_loopback", lambda url: False)
    return str(request.param)


async def ask(home: Home, *handlers: Handler, **settings: Any) -> str:
    async with server(*handlers) as running, model_at(running.url, home, **settings) as model:
        return text_of(await collect(model.stream(REQUEST)))


async def fail(home: Home, *handlers: Handler, **settings: Any) -> EngineError:
    with pytest.raises(EngineError) as caught:
        await ask(home, *handlers, **settings)
    assert caught.value.hint, "an error says what to do next"
    return caught.value


async def test_a_reply_streams(home: Home) -> None:
    """Deltas come one by one, and figures last, with what llama.cpp took from its cache."""
    figures = {
        "choices": [],
        "usage": {"prompt_tokens": 25, "completion_tokens": 2},
        "timings": {"cache_n": 20, "x": 1},
    }

    def handler(connection: Connection) -> None:
        connection.stream_head()
        connection.event(*said("Hel", "lo"), figures, "[DONE]")
        connection.end()

    async with server(handler) as running, model_at(running.url, home) as model:
        deltas = await collect(model.stream(REQUEST))
    assert deltas == [
        TextDelta("Hel"),
        TextDelta("lo"),
        Finished("stop", 25, 20, 2, {"cache_n": 20.0, "x": 1.0}),
    ]


async def test_what_is_asked(home: Home) -> None:
    """Always a stream with a bound, the key in its header, nothing that makes streams outlive their reader."""
    async with server(says("Hi")) as running, model_at(running.url, home, api_key="k" * 12) as model:
        await collect(model.stream(REQUEST))
    (asked,) = running.asked
    assert (asked.method, asked.path) == ("POST", "/v1/chat/completions")
    assert asked.json == {
        "messages": [{"role": "user", "content": "hello"}],
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_tokens": 32,
        "temperature": 0.5,
        "model": "m",
    }
    assert asked.headers["authorization"] == "Bearer " + "k" * 12
    assert asked.headers["host"] == f"127.0.0.1:{running.port}"
    assert "x-conversation-id" not in asked.headers


async def test_no_connection_is_used_twice(home: Home) -> None:
    """Each request has its own connection, though the server would keep it open."""
    async with server(says("Hi")) as running, model_at(running.url, home) as model:
        for _ in range(3):
            await collect(model.stream(REQUEST))
        assert running.connections == 3


def raw(*pieces: bytes, chunked: bool = True) -> Handler:
    """A handler that sends exactly these bytes as a stream, one write each."""

    async def handler(connection: Connection) -> None:
        if chunked:
            connection.stream_head()
        else:
            connection.head()
        for piece in pieces:
            connection.chunk(piece) if chunked else connection.writer.write(piece)
            await connection.writer.drain()
            await asyncio.sleep(0)
        if chunked:
            connection.end()

    return handler


def data(*events: object) -> bytes:
    return b"".join(
        b"data: " + (event if isinstance(event, str) else json.dumps(event, ensure_ascii=False)).encode() + b"\n\n"
        for event in events
    )


GOOD: dict[str, tuple[Handler, str]] = {
    "pings": (
        raw(b": ping\n\n", data(*said("Hi")[:2]), b":\n\n: ping\n", data(*said("!")), b"data: [DONE]\n\n"),
        "Hi!",
    ),
    "content null": (raw(data(*said(None, "Hi", None, ""), "[DONE]")), "Hi"),
    "no done": (raw(data(*said("Hi"))), "Hi"),
    "no finish but done": (raw(data(*said("Hi", finish=None), "[DONE]")), "Hi"),
    "no blank line at the end": (raw(data(*said("Hi")).rstrip(b"\n")), "Hi"),
    "crlf": (raw(data(*said("Hi"), "[DONE]").replace(b"\n", b"\r\n")), "Hi"),
    "byte by byte": (raw(*(bytes([byte]) for byte in data(*said("é😀日"), "[DONE]"))), "é😀日"),
    "until it closes": (raw(data(*said("Hi"), "[DONE]"), chunked=False), "Hi"),
    "invalid UTF-8": (raw(data(*said("Hi")[:2]) + data(*said("X")).replace(b"X", b"\xff!")), "Hi\ufffd!"),
    "half characters": (
        raw(data(json.dumps(said("a\ud83d")[1]), json.dumps(said("\ude00b\udc00c")[1])) + data(said()[-1])),
        "a😀b\ufffdc",
    ),
    "half at the end": (raw(data(json.dumps(said("a\ud83d")[1])) + data(said()[-1])), "a\ufffd"),
    "nul": (raw(data(*said("a\0b", "\0"), "[DONE]")), "ab"),
    "a huge line": (raw(data(*said("x" * 500_000), "[DONE]")), "x" * 500_000),
    "reasoning": (
        raw(data({"choices": [{"delta": {"reasoning_content": "hm"}}]}, *said("Hi"), "[DONE]")),
        "Hi",
    ),
    "odd events": (
        raw(data({}, {"choices": None}, {"choices": [None]}, {"choices": [{"delta": "x"}]}, *said("Hi"), "[DONE]")),
        "Hi",
    ),
    "not streamed": (
        lambda connection: connection.answer(
            200, {"choices": [{"message": {"role": "assistant", "content": "Hi"}, "finish_reason": "stop"}]}
        ),
        "Hi",
    ),
    "garbage after done": (raw(data(*said("Hi"), "[DONE]"), b"data: {nonsense\n\n"), "Hi"),
}


@pytest.mark.parametrize(("handler", "text"), GOOD.values(), ids=GOOD)
async def test_odd_but_good_streams_are_read(home: Home, handler: Handler, text: str) -> None:
    """What servers do that the documentation does not say still makes a reply."""
    assert await ask(home, handler) == text


async def test_a_server_that_goes_after_the_last_word_is_fine(home: Home) -> None:
    """Once the model has said why it stopped, trouble no longer matters."""

    def handler(connection: Connection) -> None:
        connection.stream_head()
        connection.event(*said("Hi"))

    assert await ask(home, handler) == "Hi"


def refuses(status: int, body: object, **headers: str) -> Handler:
    return lambda connection: connection.answer(status, body, **headers)


TOO_LONG = {"error": {"code": 400, "message": "the request is too big", "type": "exceed_context_size_error"}}
TOO_LONG_ELSEWHERE = {"error": {"message": "maximum context length is 8 tokens", "code": "context_length_exceeded"}}
BAD: dict[str, tuple[Handler, str]] = {
    "400": (refuses(400, {"error": {"message": "bad field"}}), "llm_rejected"),
    "400 too long": (refuses(400, TOO_LONG), "prompt_too_long"),
    "400 too long elsewhere": (refuses(400, TOO_LONG_ELSEWHERE), "prompt_too_long"),
    "401": (refuses(401, {"error": {"message": "Invalid API Key"}}), "llm_rejected"),
    "403": (refuses(403, "no"), "llm_rejected"),
    "404": (refuses(404, {"error": "model 'x' not found"}), "llm_rejected"),
    "500": (refuses(500, {"error": {"message": "boom"}}), "llm_broke_off"),
    "502": (refuses(502, "<html>Bad gateway</html>", kind="text/html"), "llm_unreachable"),
    "418": (refuses(418, ""), "llm_rejected"),
    "redirect": (refuses(302, "", Location="http://example.org"), "llm_rejected"),
    "a web page": (refuses(200, "<html>hello</html>", kind="text/html"), "llm_rejected"),
    "no JSON": (raw(b"data: hello\n\n"), "llm_rejected"),
    "a JSON list": (raw(b"data: [1]\n\n"), "llm_rejected"),
    "error in a good answer": (raw(data({"error": {"code": 500, "message": "boom"}})), "llm_broke_off"),
    "too long in a good answer": (raw(data(TOO_LONG)), "prompt_too_long"),
    "error after words": (raw(data(*said("Hi")[:2], {"error": {"message": "boom"}})), "llm_broke_off"),
    "error as text": (raw(data(*said("Hi")[:2], {"error": "boom"})), "llm_broke_off"),
    "nonsense after words": (raw(data(*said("Hi")[:2]) + b"data: {half\n\n"), "llm_broke_off"),
    "not streamed error": (refuses(200, {"error": {"message": "boom"}}), "llm_broke_off"),
    "empty answer": (raw(), "llm_broke_off"),
    "no end": (raw(data(*said("Hi", finish=None))), "llm_broke_off"),
    "nothing said": (raw(data(*said(), "[DONE]")), "llm_empty"),
    "white space": (raw(data(*said(" ", "\n"), "[DONE]")), "llm_empty"),
    "only reasoning": (
        raw(data({"choices": [{"delta": {"reasoning_content": "hm"}}]}, *said(finish="length"), "[DONE]")),
        "llm_empty",
    ),
    "no HTTP": (lambda connection: connection.writer.write(b"SSH-2.0-x\r\n\r\n"), "llm_broke_off"),
    "no answer": (lambda connection: None, "llm_broke_off"),
    "half a head": (lambda connection: connection.writer.write(b"HTTP/1.1 200 OK\r\nContent-"), "llm_broke_off"),
    "endless head": (
        lambda connection: connection.writer.write(b"HTTP/1.1 200 X\r\nX: " + b"x" * 2**18),
        "llm_broke_off",
    ),
}


@pytest.mark.parametrize(("handler", "code"), BAD.values(), ids=BAD)
async def test_refusals_are_named(home: Home, handler: Handler, code: str) -> None:
    """Whatever a server answers, the error says what it is and what to do next, on one line each."""
    error = await fail(home, handler)
    assert error.code == code
    assert "\n" not in error.message + error.hint


async def test_chunks_that_are_none_are_refused(home: Home) -> None:
    """Bytes that are not coded as the head said are no reply."""

    def handler(connection: Connection) -> None:
        connection.stream_head()
        connection.writer.write(b"what?\r\n")

    assert (await fail(home, handler)).code == "llm_broke_off"


async def test_the_servers_words_reach_the_person_tamed(home: Home) -> None:
    """What the server says about it is quoted, shortened and without control characters."""
    error = await fail(home, refuses(400, {"error": {"message": "bad \x1b[31m\nfield " + "x" * 5000}}))
    assert "bad [31m field xxx" in error.message
    assert len(error.message) < 500


async def test_a_wrong_key_is_told_apart(home: Home) -> None:
    """The hint names the key, and the key itself stands nowhere."""
    error = await fail(home, refuses(401, {"error": {"message": "no"}}), api_key="very-secret-key")
    assert "api_key" in error.hint
    assert "very-secret" not in str(error)


async def test_a_loading_model_is_waited_for(home: Home) -> None:
    """503 while the model loads is no error: the reply comes when it is there."""
    loading = refuses(503, {"error": {"message": "Loading model", "type": "unavailable_error", "code": 503}})
    assert await ask(home, loading, loading, says("Hi")) == "Hi"


async def test_loading_is_not_waited_for_without_end(home: Home) -> None:
    """After the time that a first word may take, the error says that it is still loading."""
    loading = refuses(503, {"error": {"message": "Loading model", "code": 503}})
    error = await fail(home, loading, first_token_timeout_seconds=0.3)
    assert error.code == "llm_loading"


async def test_a_busy_server_is_asked_again(home: Home) -> None:
    """429 is tried again after the time that the server asks for, a few times."""
    busy = refuses(429, {"error": {"message": "slow down"}}, Retry_After="0")
    assert await ask(home, busy, busy, says("Hi")) == "Hi"
    assert (await fail(home, busy)).code == "llm_busy"
    far = refuses(503, "overloaded", Retry_After="Sat, 21 Nov 2026 20:14:00 GMT")
    assert await ask(home, far, says("Hi")) == "Hi"


async def test_a_long_wish_is_not_granted(home: Home) -> None:
    """A server that wants to be left alone for minutes is reported, not waited for."""
    began = time.monotonic()
    assert (await fail(home, refuses(429, "", Retry_After="3600"))).code == "llm_busy"
    assert time.monotonic() - began < 5


async def test_no_connection_is_kept_for_later(home: Home) -> None:
    """llama.cpp closes connections as it likes, and whoever had kept one for the next request would fail."""
    let_go = asyncio.Event()

    async def stays(connection: Connection) -> None:
        connection.answer(200, {"object": "list", "data": []})
        await connection.writer.drain()
        await connection.gone()
        let_go.set()

    async with server(stays) as running, model_at(running.url, home) as model:
        assert (await model.probe()).state == "ready"
        async with asyncio.timeout(5):
            await let_go.wait()


async def test_nobody_there(home: Home) -> None:
    """A refused connection is told as what it is."""
    async with server(says("Hi")) as running:
        url = running.url
    async with model_at(url, home) as model:
        with pytest.raises(EngineError) as caught:
            await collect(model.stream(REQUEST))
    assert caught.value.code == "llm_unreachable"


async def test_breaking_off_in_the_middle(home: Home) -> None:
    """A connection that is cut while she speaks: what came is given, then the error."""

    async def handler(connection: Connection) -> None:
        connection.stream_head()
        connection.event(*said("Hel")[:2])
        await connection.writer.drain()
        connection.writer.transport.abort()

    seen = []

    async def listen(model: OpenAiModel) -> None:
        async for delta in model.stream(REQUEST):
            seen.append(delta)  # noqa: PERF401 - what came before the error counts

    async with server(handler) as running, model_at(running.url, home) as model:
        with pytest.raises(EngineError) as caught:
            await listen(model)
    assert caught.value.code == "llm_broke_off"
    assert seen in ([TextDelta("Hel")], [])  # a reset may overtake the words


def silent_after(*texts: str, pings: bool = False) -> Handler:
    async def handler(connection: Connection) -> None:
        connection.stream_head()
        connection.event(*said(*texts)[: len(texts) + 1])
        while pings:
            connection.chunk(b": ping\n\n")
            await connection.writer.drain()
            await asyncio.sleep(0.02)
        await connection.gone()

    return handler


@pytest.mark.parametrize("pings", [False, True])
async def test_a_model_that_falls_silent(home: Home, pings: bool) -> None:
    """No word for the stall timeout ends the reply, though the server still pings; the connection is closed."""
    error = await fail(home, silent_after("Hi", pings=pings), stall_timeout_seconds=0.2)
    assert error.code == "llm_stalled"


@pytest.mark.parametrize("pings", [False, True])
async def test_a_model_that_never_begins(home: Home, pings: bool) -> None:
    """The first word has its own, longer limit."""
    error = await fail(home, silent_after(pings=pings), first_token_timeout_seconds=0.3, stall_timeout_seconds=0.05)
    assert error.code == "llm_stalled"
    assert "first_token_timeout_seconds" in error.hint


async def test_a_server_that_takes_the_question_and_says_nothing(home: Home) -> None:
    """Not even a status line: the limit for the first word counts."""

    async def handler(connection: Connection) -> None:
        await connection.gone()

    assert (await fail(home, handler, first_token_timeout_seconds=0.2)).code == "llm_stalled"


async def test_closing_the_iterator_closes_the_connection(home: Home) -> None:
    """The server sees at once that nobody listens any more; that is how llama.cpp stops."""
    let_go = asyncio.Event()

    async def handler(connection: Connection) -> None:
        connection.stream_head()
        connection.event(*said("Hi")[:2])
        with contextlib.suppress(OSError):
            await connection.gone()
        let_go.set()

    async with server(handler) as running, model_at(running.url, home) as model:
        deltas = model.stream(REQUEST)
        assert await anext(deltas) == TextDelta("Hi")
        began = time.monotonic()
        await deltas.aclose()
        async with asyncio.timeout(2):
            await let_go.wait()
        assert time.monotonic() - began < 0.5


async def test_cancelling_closes_the_connection(home: Home) -> None:
    """A task that is cancelled while it waits for the next word lets go as well."""
    let_go = asyncio.Event()

    async def handler(connection: Connection) -> None:
        connection.stream_head()
        connection.event(*said("Hi")[:2])
        with contextlib.suppress(OSError):
            await connection.gone()
        let_go.set()

    async with server(handler) as running, model_at(running.url, home) as model:
        began = asyncio.Event()

        async def listen() -> None:
            async for _ in model.stream(REQUEST):
                began.set()

        task = asyncio.create_task(listen())
        await began.wait()
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
        async with asyncio.timeout(2):
            await let_go.wait()


async def test_tool_calls_are_put_together(home: Home) -> None:
    """Name and arguments come in pieces, several calls mixed; each comes out once, whole."""
    pieces: list[object] = [
        {"tool_calls": [{"index": 0, "id": "a", "function": {"name": "weather", "arguments": ""}}]},
        {"tool_calls": [{"index": 0, "function": {"arguments": '{"city":'}}]},
        {"tool_calls": [{"index": 1, "id": "b", "function": {"name": "time", "arguments": "{}"}}]},
        {"tool_calls": [{"index": 0, "function": {"arguments": '"Oslo"}'}}, None, {"function": None, "index": 1}]},
        {"tool_calls": "odd"},
    ]
    events = [{"choices": [{"delta": piece}]} for piece in pieces]
    handler = raw(data(*events, {"choices": [{"delta": {}, "finish_reason": "tool_calls"}]}, "[DONE]"))
    async with server(handler) as running, model_at(running.url, home) as model:
        deltas = await collect(model.stream(REQUEST))
    assert deltas == [ToolCall("a", "weather", '{"city":"Oslo"}'), ToolCall("b", "time", "{}"), Finished("tool_calls")]


async def test_tokens_are_counted_in_one_question(home: Home) -> None:
    """All texts at once; a server that cannot count is asked only once."""

    def handler(connection: Connection) -> None:
        tokens: list[int] = []
        for part in connection.asked.json["content"]:
            tokens += [part] if isinstance(part, int) else [7] * len(part.split())
        connection.answer(200, {"tokens": tokens})

    async with server(handler) as running, model_at(running.url, home) as model:
        assert await model.count_tokens(["one two", "", "three"]) == [2, 0, 1]
        assert await model.count_tokens([]) == []
        assert [asked.path for asked in running.asked] == ["/tokenize"]
    for refusal in (refuses(404, "no"), refuses(200, {"tokens": [1, 2]}), refuses(200, {"x": 1})):
        async with server(refusal) as running, model_at(running.url, home) as model:
            assert await model.count_tokens(["one two"]) is None


async def test_the_state_of_the_server_is_seen(home: Home) -> None:
    """Ready, loading, busy, down: by llama.cpp's health, else by the list of models."""
    cases = [
        ([refuses(200, {"status": "ok"})], "ready"),
        ([refuses(503, {"error": {"message": "Loading model", "code": 503}})], "loading"),
        ([refuses(429, "")], "busy"),
        ([refuses(404, ""), refuses(200, {"data": []})], "ready"),
        ([refuses(404, ""), refuses(401, "")], "down"),
        ([refuses(500, "")], "down"),
        ([lambda connection: None], "down"),
    ]
    for handlers, state in cases:
        async with server(*handlers) as running, model_at(running.url, home) as model:
            assert (await model.probe()).state == state


async def test_a_slow_server_does_not_hold_up_the_small_questions(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Health and counting have a short limit of their own."""
    monkeypatch.setattr(openai, "SHORT_SECONDS", 0.1)

    async def handler(connection: Connection) -> None:
        await connection.gone()

    async with server(handler) as running, model_at(running.url, home) as model:
        assert (await model.probe()).state == "down"
        assert await model.count_tokens(["x"]) is None
