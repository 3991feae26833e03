"""The transport for this machine: prepared connections, bodies of every form, nothing reused."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.llm.loopback import ChunkReader, LoopbackTransport
from tests.backend.llm.servers import Connection, Server, server


@pytest.fixture
async def transport() -> AsyncIterator[LoopbackTransport]:
    made = LoopbackTransport()
    yield made
    await made.aclose()


@pytest.fixture
async def client(transport: LoopbackTransport) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=transport, timeout=5) as made:
        yield made


def hello(connection: Connection) -> None:
    connection.answer(200, "hello", kind="text/plain")


async def taken(running: Server, connections: int) -> None:
    """Wait until the server has taken so many connections."""
    async with asyncio.timeout(5):
        while running.connections < connections:
            await asyncio.sleep(0.001)


async def test_a_prepared_connection_is_used_once(client: httpx.AsyncClient, transport: LoopbackTransport) -> None:
    """The connection that was opened ahead carries the next request, and only that one."""
    async with server(hello) as running:
        await transport.prepare("127.0.0.1", running.port)
        await transport.prepare("127.0.0.1", running.port)
        await taken(running, 1)
        url = f"http://127.0.0.1:{running.port}/x?y=1"
        assert (await client.get(url)).text == "hello"
        assert running.connections == 1
        assert (await client.get(url)).text == "hello"
        assert running.connections == 2
        assert running.asked[0].path == "/x?y=1"
        assert running.asked[0].headers["connection"] == "close"


async def test_a_connection_that_is_being_prepared_is_waited_for(
    client: httpx.AsyncClient, transport: LoopbackTransport
) -> None:
    """The request takes it rather than opening another beside it."""
    async with server(hello) as running:
        preparing = asyncio.create_task(transport.prepare("127.0.0.1", running.port))
        await asyncio.sleep(0)
        assert (await client.get(f"http://127.0.0.1:{running.port}/")).text == "hello"
        await preparing
        assert running.connections == 1


async def test_a_prepared_connection_that_died_is_replaced(
    client: httpx.AsyncClient, transport: LoopbackTransport
) -> None:
    """A server that closed the waiting connection is asked over a fresh one."""
    async with server(hello) as running:
        closer = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
        port = closer.sockets[0].getsockname()[1]
        await transport.prepare("127.0.0.1", port)
        closer.close()
        await closer.wait_closed()
        again = await asyncio.start_server(running.serve, "127.0.0.1", port)
        async with again:
            assert (await client.get(f"http://127.0.0.1:{port}/")).text == "hello"


async def test_preparing_for_nobody_is_harmless(client: httpx.AsyncClient, transport: LoopbackTransport) -> None:
    """Nothing is raised; the request itself says that nobody is there."""
    async with server(hello) as running:
        port = running.port
    await transport.prepare("127.0.0.1", port)
    with pytest.raises(httpx.ConnectError):
        await client.get(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno header\r\n\r\n",
        b"HTTP/2 200\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
    ],
)
async def test_a_head_that_is_none(client: httpx.AsyncClient, head: bytes) -> None:
    """Whatever is not HTTP is an error of the protocol."""
    async with server(lambda connection: connection.writer.write(head)) as running:
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get(f"http://127.0.0.1:{running.port}/")


async def test_interim_answers_are_passed_over(client: httpx.AsyncClient) -> None:
    """`100 Continue` is not the answer."""

    def handler(connection: Connection) -> None:
        connection.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        hello(connection)

    async with server(handler) as running:
        assert (await client.get(f"http://127.0.0.1:{running.port}/")).text == "hello"


async def test_a_body_that_is_too_short(client: httpx.AsyncClient) -> None:
    """Fewer bytes than were promised is an error, not a shorter answer."""

    def handler(connection: Connection) -> None:
        connection.head(200, Content_Length="10")
        connection.writer.write(b"short")

    async with server(handler) as running:
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get(f"http://127.0.0.1:{running.port}/")


async def test_a_header_cannot_smuggle_another(client: httpx.AsyncClient) -> None:
    """A line break in a header is refused before anything is sent."""
    async with server(hello) as running:
        with pytest.raises(httpx.LocalProtocolError):
            await client.get(f"http://127.0.0.1:{running.port}/", headers={"X": "a\r\nHost: b"})
        assert running.connections == 0


async def test_letting_go_of_prepared_connections(transport: LoopbackTransport) -> None:
    """Closing the transport closes what waits."""
    let_go = asyncio.Event()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            await reader.read()
        let_go.set()
        writer.close()

    async with await asyncio.start_server(listen, "127.0.0.1", 0) as listening:
        await transport.prepare("127.0.0.1", listening.sockets[0].getsockname()[1])
        await transport.aclose()
        async with asyncio.timeout(2):
            await let_go.wait()


@given(st.lists(st.binary(max_size=40).filter(bool)), st.data())
def test_chunks_are_put_together(payloads: list[bytes], data: st.DataObject) -> None:
    """However the coded bytes are cut, the payload comes out, and the end is seen."""
    coded = b"".join(b"%X;x=y\r\n%s\r\n" % (len(payload), payload) for payload in payloads) + b"0\r\n\r\n"
    cuts = sorted(data.draw(st.lists(st.integers(0, len(coded)), max_size=10)))
    reader = ChunkReader()
    out = [reader.feed(coded[a:b]) for a, b in zip([0, *cuts], [*cuts, len(coded)], strict=True)]
    assert b"".join(out) == b"".join(payloads)
    assert reader.done


@pytest.mark.parametrize("coded", [b"zz\r\n", b"-1\r\n", b"x" * 5000, b"\r\n"])
def test_what_is_not_chunked_is_refused(coded: bytes) -> None:
    """Nonsense where a length should stand is an error at once."""
    with pytest.raises(ValueError):
        ChunkReader().feed(coded)
