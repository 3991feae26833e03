"""A hub that only says that it is there: for what asks no more of one."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

from alisa.runtime.paths import Home


class _Live(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/health/live" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def answering_hub(home: Home) -> Iterator[str]:
    """A hub of this home, run by this process; its address."""
    with HTTPServer(("127.0.0.1", 0), _Live) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}"
        told = {"url": url, "pid": os.getpid(), "created": datetime.now(UTC).isoformat()}
        home.hub_file.write_text(json.dumps(told))
        try:
            yield url
        finally:
            server.shutdown()
            thread.join()
