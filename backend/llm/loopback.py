"""HTTP/1.1 to a server on this machine, in httpx' terms: one request, one connection.

A model on the same machine answers within milliseconds, so a millisecond of client counts. This
transport writes the request in one piece, can open the connection before it is needed, never uses
one twice (llama.cpp closes it right after a stream), ignores proxies and lets go at once, which is
how llama.cpp is told to stop. TLS and other machines are httpx' own business; what is asked for is
not known here.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator

import httpx

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")
MAX_HEAD_BYTES = 64 * 1024
READY_SECONDS = 4.0
"""How long an opened connection may wait for its request; llama.cpp closes one that is idle for 5 s."""
_READ_BYTES = 64 * 1024
_MAX_LINE_BYTES = 1024

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Address = tuple[str, int]


class LoopbackTransport(httpx.AsyncBaseTransport):
    """Plain HTTP, one connection for each request. Raises httpx' own transport errors."""

    def __init__(self) -> None:
        self._ready: dict[Address, tuple[Connection, asyncio.TimerHandle]] = {}
        self._opening: dict[Address, asyncio.Future[None]] = {}

    async def prepare(self, host: str, port: int) -> None:
        """Open a connection for the next request, so that it need not wait for that; never raises."""
        address = host, port
        if address in self._ready or address in self._opening:
            return
        loop = asyncio.get_running_loop()
        opened = self._opening[address] = loop.create_future()
        try:
            connection = await asyncio.open_connection(host, port)
            self._ready[address] = connection, loop.call_later(READY_SECONDS, self._drop, address)
        except OSError:
            pass
        finally:
            del self._opening[address]
            opened.set_result(None)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request, return the response with its body still to come."""
        address = request.url.host, request.url.port or 80
        body = await request.aread()
        wire = _request_bytes(request, body)
        if address in self._opening:
            await asyncio.wait([self._opening[address]])
        ready = self._take_ready(address)
        if ready is not None:
            try:
                return await _exchange(ready, wire, request)
            except httpx.NetworkError:
                pass  # the server had closed it by then; nothing of the request was answered
        return await _exchange(await _connect(address, request), wire, request)

    async def aclose(self) -> None:
        for address in list(self._ready):
            self._drop(address)

    def _take_ready(self, address: Address) -> Connection | None:
        if address not in self._ready:
            return None
        connection, timer = self._ready.pop(address)
        timer.cancel()
        reader, writer = connection
        if reader.at_eof() or writer.is_closing():
            writer.transport.abort()
            return None
        return connection

    def _drop(self, address: Address) -> None:
        if address in self._ready:
            (_, writer), timer = self._ready.pop(address)
            timer.cancel()
            writer.close()  # in peace: some servers complain loudly about a reset


def _request_bytes(request: httpx.Request, body: bytes) -> bytes:
    lines = [b"%s %s HTTP/1.1" % (request.method.encode(), request.url.raw_path)]
    lines += [b"%s: %s" % item for item in request.headers.raw if item[0].lower() != b"connection"]
    head = b"\r\n".join([*lines, b"Connection: close"])
    if head.count(b"\n") != len(lines) or head.count(b"\r") != len(lines):
        raise httpx.LocalProtocolError("a header holds a line break", request=request)
    return b"\r\n\r\n".join([head, body])


async def _connect(address: Address, request: httpx.Request) -> Connection:
    seconds = request.extensions.get("timeout", {}).get("connect")
    try:
        async with asyncio.timeout(seconds):
            return await asyncio.open_connection(*address)
    except TimeoutError:
        raise httpx.ConnectTimeout("the connection was not taken in time", request=request) from None
    except (OSError, ssl.SSLError) as error:
        raise httpx.ConnectError(str(error), request=request) from error


async def _exchange(connection: Connection, wire: bytes, request: httpx.Request) -> httpx.Response:
    reader, writer = connection
    try:
        writer.write(wire)
        head = await reader.readuntil(b"\r\n\r\n")
        status, headers = _read_head(head)
        while status in (100, 102, 103):
            status, headers = _read_head(await reader.readuntil(b"\r\n\r\n"))
        body = _Body(reader, writer, headers, request)
    except (asyncio.IncompleteReadError, OSError) as error:
        writer.transport.abort()
        if isinstance(error, asyncio.IncompleteReadError) and error.partial:
            raise httpx.RemoteProtocolError("the answer broke off in its head", request=request) from None
        raise httpx.ReadError("the server closed the connection without an answer", request=request) from None
    except (ValueError, asyncio.LimitOverrunError):
        writer.transport.abort()
        raise httpx.RemoteProtocolError("the answer is not HTTP", request=request) from None
    except BaseException:
        writer.transport.abort()
        raise
    return httpx.Response(status, headers=headers, stream=body, request=request)


def _read_head(head: bytes) -> tuple[int, list[tuple[bytes, bytes]]]:
    """Status and headers. Raises ValueError for what is not HTTP/1."""
    if len(head) > MAX_HEAD_BYTES:
        raise ValueError("the head is too long")
    first, *lines = head[:-4].split(b"\r\n")
    version, _, rest = first.partition(b" ")
    if not version.startswith(b"HTTP/1.") or not rest[:3].isdigit():
        raise ValueError("no status line")
    headers = []
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon or not name.strip():
            raise ValueError("no header")
        headers.append((name.strip(), value.strip()))
    return int(rest[:3]), headers


class _Body(httpx.AsyncByteStream):
    """The body of one response; closing it closes the connection."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        headers: list[tuple[bytes, bytes]],
        request: httpx.Request,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._request = request
        named = {name.lower(): value for name, value in headers}
        self._chunked = named.get(b"transfer-encoding", b"").lower().endswith(b"chunked")
        self._length = None if self._chunked else _whole_number(named.get(b"content-length"))

    async def __aiter__(self) -> AsyncIterator[bytes]:
        chunks = ChunkReader() if self._chunked else None
        left = self._length
        try:
            while left != 0 and not (chunks and chunks.done):
                received = await self._reader.read(_READ_BYTES)
                if not received:
                    if chunks or left:
                        raise httpx.RemoteProtocolError("the answer broke off", request=self._request)
                    return
                if left is not None:
                    received = received[:left]
                    left -= len(received)
                if chunks:
                    received = chunks.feed(received)
                if received:
                    yield received
        except OSError as error:
            raise httpx.ReadError(str(error), request=self._request) from error
        except ValueError:
            raise httpx.RemoteProtocolError("the answer is not chunked", request=self._request) from None

    async def aclose(self) -> None:
        self._writer.transport.abort()


def _whole_number(digits: bytes | None) -> int | None:
    if digits is None:
        return None
    if not digits.isdigit() or len(digits) > 18:
        raise ValueError("no length")
    return int(digits)


class ChunkReader:
    """Chunked transfer coding, pure and incremental."""

    def __init__(self) -> None:
        self.done = False
        self._unread = b""
        self._left = 0
        """bytes of the current chunk that are still to come, its line end included"""

    def feed(self, received: bytes) -> bytes:
        """Take what was read; return the payload that is in it. Raises ValueError for what is not so coded."""
        data = self._unread + received if self._unread else received
        out: list[bytes] = []
        pos = 0
        while pos < len(data) and not self.done:
            if self._left:
                piece = data[pos : pos + self._left]
                pos += len(piece)
                self._left -= len(piece)
                out.append(piece[: len(piece) + min(self._left - 2, 0)] if self._left < 2 else piece)
                continue
            line_end = data.find(b"\r\n", pos, pos + _MAX_LINE_BYTES)
            if line_end < 0:
                if len(data) - pos >= _MAX_LINE_BYTES:
                    raise ValueError("no chunk")
                break
            size = int(data[pos:line_end].partition(b";")[0], 16)
            if size < 0:
                raise ValueError("no chunk")
            self.done = size == 0  # what may follow as trailers is of no use here
            self._left = size + 2
            pos = line_end + 2
        self._unread = data[pos:]
        return out[0] if len(out) == 1 else b"".join(out)
