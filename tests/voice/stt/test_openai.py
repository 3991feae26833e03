"""A server with OpenAI's /v1/audio/transcriptions, stood in for on loopback: real HTTP, right and wrong answers."""

from __future__ import annotations

import contextlib
import io
import json
import re
import threading
import wave
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from alisa.runtime.errors import EngineError, MissingError
from alisa.runtime.paths import Home
from tests.voice.stt.sounds import in_a_room, listen, needs_flite, noise, speech
from voice.settings import VoiceSettings
from voice.stt import engines
from voice.stt.openai import ServerRecognizer, is_loopback


@dataclass
class Server:
    """What it answers, and what it was asked."""

    status: int = 200
    body: bytes = b'{"text": " What time is it? "}'
    hang: threading.Event | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    sounds: list[bytes] = field(default_factory=list)
    url: str = ""

    @contextlib.contextmanager
    def serve(self) -> Iterator[Server]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                pass

            def do_POST(self) -> None:
                data = self.rfile.read(int(self.headers["content-length"]))
                outer.take(self.path, self.headers.get("authorization", ""), self.headers["content-type"], data)
                if outer.hang is not None:
                    outer.hang.wait(30)
                with contextlib.suppress(OSError):
                    self.send_response(outer.status)
                    self.send_header("Content-Length", str(len(outer.body)))
                    self.end_headers()
                    self.wfile.write(outer.body)

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        self.url = f"http://127.0.0.1:{server.server_port}/v1"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def take(self, path: str, key: str, kind: str, data: bytes) -> None:
        boundary = kind.partition("boundary=")[2].encode()
        fields = {"path": path, "key": key}
        for part in data.split(b"--" + boundary):
            head, _, body = part.strip(b"\r\n").partition(b"\r\n\r\n")
            name = re.search(rb'name="(\w+)"', head)
            if name and name[1] == b"file":
                self.sounds.append(body)
            elif name:
                fields[name[1].decode()] = body.decode()
        self.asked.append(fields)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().serve() as serving:
        yield serving


@contextlib.contextmanager
def engine(server: Server, **given: Any) -> Iterator[ServerRecognizer]:
    settings = VoiceSettings(stt_url=server.url, stt_api_key="secret-key-123", **given)
    made = engines.create("openai", settings, Home(Path("/nowhere")))
    assert isinstance(made, ServerRecognizer)
    with contextlib.closing(made):
        yield made


@needs_flite
def test_speech_goes_out_as_wav_and_comes_back_as_words(server: Server) -> None:
    """Model, language and key as set; the sound whole, 16 kHz, one channel, 16 bits."""
    sound = in_a_room(speech("what time is it"))
    with engine(server, stt_model="their-model", language="en-GB") as made:
        assert listen(made, sound).text == "What time is it?"
        assert listen(made, sound).text == "What time is it?"
        assert made.partial() is None
    assert server.asked[0] == {
        "path": "/v1/audio/transcriptions",
        "key": "Bearer secret-key-123",
        "model": "their-model",
        "language": "en",
        "response_format": "json",
        "temperature": "0",
    }
    with wave.open(io.BytesIO(server.sounds[0])) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16000, 1, 2)
        assert file.getnframes() == len(sound)
    assert made.partial() is None


def test_what_is_no_speech_is_not_sent(server: Server) -> None:
    """Silence and noise stay here."""
    with engine(server) as made:
        assert listen(made, np.zeros(32000, np.float32)).text == ""
        assert listen(made, noise(32000, 0.1)).text == ""
    assert server.asked == []


@needs_flite
@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (401, b"{}", "stt_not_allowed"),
        (404, b"{}", "stt_not_there"),
        (500, b"boom", "stt_server_failed"),
        (200, b"<html>", "stt_odd_answer"),
        (200, b'{"words": []}', "stt_odd_answer"),
        (200, b'{"text": 7}', "stt_odd_answer"),
        (200, b"[]", "stt_odd_answer"),
    ],
)
def test_wrong_answers_are_named_and_the_key_is_not(server: Server, status: int, body: bytes, code: str) -> None:
    """One sentence with what to do; never the key."""
    server.status, server.body = status, body
    sound = in_a_room(speech("what time is it"))
    with engine(server) as made:
        with pytest.raises(EngineError) as caught:
            listen(made, sound)
        assert caught.value.code == code
        assert "secret" not in f"{caught.value} {caught.value!r} {vars(caught.value)}"
        server.status, server.body = 200, json.dumps({"text": "again"}).encode()
        assert listen(made, sound).text == "again"


@needs_flite
def test_a_server_that_hangs_or_is_gone_is_not_waited_for(server: Server) -> None:
    """Its time is limited; a closed port is told at once."""
    server.hang = threading.Event()
    sound = in_a_room(speech("what time is it"))
    slow = ServerRecognizer(server.url, "", "m", "en", answer_seconds=0.2)
    with contextlib.closing(slow), pytest.raises(EngineError) as caught:
        listen(slow, sound)
    server.hang.set()
    assert caught.value.code == "stt_too_slow"
    with Server().serve() as other:
        gone = ServerRecognizer(other.url, "", "m", "en")
    with contextlib.closing(gone), pytest.raises(EngineError) as caught:
        listen(gone, sound)
    assert caught.value.code == "stt_unreachable"


def test_it_says_once_that_sound_leaves_the_machine() -> None:
    """Unless the server is on it."""
    assert ServerRecognizer("http://127.0.0.1:9/v1", "", "m", "en").notice == ""
    assert ServerRecognizer("http://[::1]:9/v1", "", "m", "en").notice == ""
    assert "api.example.com" in ServerRecognizer("https://api.example.com/v1", "", "m", "en").notice
    assert not is_loopback("127.example.com")


def test_no_server_named_is_told_with_the_command(tmp_path: Path) -> None:
    """Exit code 3, and an example."""
    for url in ("", "ftp://x", "nonsense"):
        with pytest.raises(MissingError, match="No server is named"):
            engines.create("openai", VoiceSettings(stt_url=url), Home(tmp_path))
