"""Seeing from outside whether a process is ready."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from alisa.cli.supervisor.probe import Answer, Seen, http_status, look
from alisa.cli.supervisor.spec import Ready

ME = os.getpid()


@asynccontextmanager
async def answering(answer: bytes) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that gives this answer to everybody; yields its address and what it was asked."""
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", asked


def written(path: Path, **value: object) -> Ready:
    path.write_text(json.dumps(value))
    return Ready(str(path), "/health")


@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", Answer.READY),
        (b"HTTP/1.1 503 Loading\r\n\r\n", Answer.LOADING),
        (b"HTTP/1.1 401 No\r\n\r\n", Answer.LOADING),
        (b"SSH-2.0-x\r\n", Answer.SILENT),
        (b"HTTP/1.1 abc\r\n", Answer.SILENT),
        (b"", Answer.SILENT),
        (b"x" * 100_000, Answer.SILENT),
    ],
)
async def test_what_the_answer_means(tmp_path: Path, answer: bytes, seen: Answer) -> None:
    """200 is ready, another status is loading, and what is not HTTP is no answer."""
    async with answering(answer) as (url, asked):
        ready = written(tmp_path / "run.json", url=url, pid=ME)
        assert await look(ready, lambda pid: pid == ME) == Seen(seen, url)
    host = url.removeprefix("http://").removesuffix("/v1")
    assert asked[0].startswith(b"GET /health HTTP/1.1\r\nHost: " + host.encode() + b"\r\n")


async def test_nobody_listens(tmp_path: Path) -> None:
    """An address where nobody answers is silent."""
    async with answering(b"") as (url, _):
        pass
    assert (await look(written(tmp_path / "run.json", url=url, pid=ME), lambda _: True)).answer is Answer.SILENT


async def test_one_that_never_answers_is_silent_in_time(tmp_path: Path) -> None:
    """A server that accepts and says nothing costs no more than the time limit."""
    held: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(lambda _, writer: held.append(writer), "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    seen = await look(written(tmp_path / "run.json", url=url, pid=ME), lambda _: True, timeout_seconds=0.05)
    assert seen.answer is Answer.SILENT
    for writer in held:
        writer.close()
    server.close()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"url": 5, "pid": 1}', '{"pid": 1}', '{"url": "x"}', "\xff"])
async def test_a_damaged_file_is_no_file(tmp_path: Path, text: str) -> None:
    """What makes no sense counts as not written yet."""
    path = tmp_path / "run.json"
    path.write_bytes(text.encode("latin-1"))
    assert await look(Ready(str(path), "/health"), lambda pid: pid > 0) == Seen(Answer.ABSENT)


async def test_a_file_of_an_earlier_start_does_not_count(tmp_path: Path) -> None:
    """Only the process itself can say where it is."""
    ready = written(tmp_path / "run.json", url="http://127.0.0.1:1", pid=ME + 1)
    assert await look(ready, lambda pid: pid == ME) == Seen(Answer.ABSENT)


async def test_without_a_path_the_file_is_enough(tmp_path: Path) -> None:
    """A process that has no HTTP is ready when it has written its file."""
    written(tmp_path / "run.json", url="http://127.0.0.1:1", pid=ME)
    assert (await look(Ready(str(tmp_path / "run.json")), lambda _: True)).answer is Answer.READY


@pytest.mark.parametrize("url", ["https://127.0.0.1:1", "ftp://x", "nonsense", "http://", "http://127.0.0.1:99999"])
async def test_an_address_that_is_not_http_is_refused(url: str) -> None:
    """Nothing but plain HTTP is asked."""
    with pytest.raises(ValueError, match=r".+"):
        await http_status(url, "/")


async def test_a_file_alone_may_say_it(tmp_path: Path) -> None:
    """Without a path nobody is asked: a file with the process's own number is enough, with or without an address."""
    path = tmp_path / "run.json"
    path.write_text(json.dumps({"pid": ME}))
    assert await look(Ready(str(path)), lambda pid: pid == ME) == Seen(Answer.READY)
    assert await look(Ready(str(path)), lambda pid: False) == Seen(Answer.ABSENT)
    path.unlink()
    assert await look(Ready(str(path)), lambda pid: pid == ME) == Seen(Answer.ABSENT)
