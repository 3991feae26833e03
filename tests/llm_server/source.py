"""A stand-in for Hugging Face on loopback: real HTTP, with Range done right, or wrong in every way that is met."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from llm_server.catalogue import Model

REPO = "owner/a-model-GGUF"
FILE = "a-model.Q4.gguf"


@dataclass
class Fault:
    """How one answer goes wrong; the next request gets the next fault, then all is well."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    drop_after: int | None = None
    """close the connection after so many bytes of the body"""
    ignore_range: bool = False
    shift: int = 0
    """begin so many bytes beside the place that was asked for"""
    extra: bytes = b""
    corrupt: bool = False
    hold: threading.Event | None = None
    """with `drop_after`: keep the connection open, and silent, until this is set"""


@dataclass
class Source:
    """What the stand-in has, what it will do wrong, and what it was asked."""

    content: bytes = b""
    sha256: str = ""
    """the checksum that it publishes; empty: the right one"""
    linked_headers: bool = True
    api: bool = True
    etag: str = '"v1"'
    faults: list[Fault] = field(default_factory=list)
    metadata_status: int = 0
    ranges: list[str] = field(default_factory=list)
    authorizations: list[str] = field(default_factory=list)
    url: str = ""

    def model(self, **given: Any) -> Model:
        """The model that it has, as the catalogue would name it."""
        return Model(**{"name": "a-model", "title": "A Model", "repo": REPO, "file": FILE} | given)

    @property
    def digest(self) -> str:
        return self.sha256 or hashlib.sha256(self.content).hexdigest()

    @contextlib.contextmanager
    def serve(self) -> Iterator[Source]:
        """Listen on a free loopback port while the block lasts."""
        source = self

        class Handler(_Handler):
            def __init__(self, *args: Any) -> None:
                self.source = source
                super().__init__(*args)

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        self.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    source: Source
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass

    def do_HEAD(self) -> None:
        self._resolve()

    def do_GET(self) -> None:
        if self.path.startswith("/storage"):
            self._store()
        else:
            self._resolve()

    def do_POST(self) -> None:
        wanted = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if not self.source.api or wanted["paths"] != [FILE]:
            self._answer(404)
            return
        lfs = {"oid": self.source.digest, "size": len(self.source.content)}
        entry = {"path": FILE, "size": len(self.source.content), "lfs": lfs}
        self._answer(200, json.dumps([entry]).encode())

    def _resolve(self) -> None:
        """Answer for `/owner/repo/resolve/revision/file`: a redirect to the storage, as Hugging Face does."""
        self.source.authorizations.append(self.headers.get("authorization", ""))
        if self.source.metadata_status:
            self._answer(self.source.metadata_status)
        elif self.path.startswith("/old/name/"):
            self._answer(307, headers={"Location": self.path.replace("/old/name/", f"/{REPO}/")})
        elif not self.path.startswith(f"/{REPO}/resolve/"):
            self._answer(404)
        else:
            headers = {"Location": f"{self.source.url}/storage/blob"}
            if self.source.linked_headers:
                headers["X-Linked-Size"] = str(len(self.source.content))
                headers["X-Linked-Etag"] = f'"{self.source.digest}"'
            self._answer(302, headers=headers)

    def _store(self) -> None:
        source = self.source
        fault = source.faults.pop(0) if source.faults else Fault()
        wanted = self.headers.get("range", "")
        source.ranges.append(wanted)
        if fault.status:
            self._answer(fault.status, headers=fault.headers)
            return
        match = re.fullmatch(r"bytes=(\d+)-", wanted)
        condition = self.headers.get("if-range")
        if not match or fault.ignore_range or (condition and condition != source.etag):
            self._body(200, source.content, fault, {})
            return
        start = int(match[1])
        if start >= len(source.content):
            self._answer(416, headers={"Content-Range": f"bytes */{len(source.content)}"})
            return
        start += fault.shift
        span = f"bytes {start}-{len(source.content) - 1}/{len(source.content)}"
        self._body(206, source.content[start:], fault, {"Content-Range": span})

    def _body(self, status: int, content: bytes, fault: Fault, headers: dict[str, str]) -> None:
        if fault.corrupt:
            content = bytes([content[0] ^ 1]) + content[1:]
        self.send_response(status)
        for name, value in ({"ETag": self.source.etag} | headers | fault.headers).items():
            self.send_header(name, value)
        if fault.extra:  # no length: the body ends with the connection
            self.send_header("Connection", "close")
            self.close_connection = True
        elif "Content-Length" not in fault.headers:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with contextlib.suppress(OSError):  # the client may have had enough
            if fault.drop_after is not None:
                self.wfile.write(content[: fault.drop_after])
                if fault.hold:
                    fault.hold.wait(60)
                self.close_connection = True
            else:
                self.wfile.write(content + fault.extra)

    def _answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
