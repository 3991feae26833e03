"""`alisa models` for what hears: shown, downloaded file by file, used, removed; over a real HTTP source."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from alisa.cli import model_folders
from alisa.cli.main import run
from alisa.runtime.errors import EngineError
from alisa.runtime.paths import Home
from alisa.runtime.settings import load
from llm_server import folders
from vision.settings import VisionSettings
from voice.settings import VoiceSettings
from voice.turns import engines

FILES = {
    "config.json": b"{}",
    "model.bin": bytes(range(256)) * 3000,
    "tokenizer.json": b'{"a": 1}',
    "vocabulary.txt": b"a\nb\n",
}
VOICE = bytes(range(256)) * 40


@dataclass
class Hub:
    """Files of one repository, as Hugging Face hands them out: large ones redirect to a storage."""

    files: dict[str, bytes] = field(
        default_factory=lambda: {**FILES, "alba.onnx": VOICE, "alba.onnx.json": b"{}", "turn.onnx": VOICE}
    )
    got: list[str] = field(default_factory=list)
    url: str = ""

    @contextlib.contextmanager
    def serve(self) -> Iterator[Hub]:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                pass

            def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            def do_HEAD(self) -> None:
                name = self.path.rsplit("/", 1)[-1]
                if name not in hub.files:
                    self.answer(404)
                elif name == "model.bin":
                    digest = hashlib.sha256(hub.files[name]).hexdigest()
                    self.answer(
                        302,
                        Location=f"{hub.url}/storage/{name}",
                        X_Linked_Size=str(len(hub.files[name])),
                        X_Linked_Etag=f'"{digest}"',
                    )
                else:
                    self.answer(200, hub.files[name], ETag='"a-git-hash"')

            def do_GET(self) -> None:
                name = self.path.rsplit("/", 1)[-1]
                hub.got.append(name)
                self.answer(200, hub.files[name], ETag='"v1"')

            def do_POST(self) -> None:
                (name,) = json.loads(self.rfile.read(int(self.headers["content-length"])))["paths"]
                size = len(hub.files[name.rsplit("/", 1)[-1]])
                self.answer(200, json.dumps([{"path": name, "size": size, "oid": "git"}]).encode())

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


def _entry(name: str, data: bytes) -> str:
    return f'{{ name = "{name}", size = {len(data)}, sha256 = "{hashlib.sha256(data).hexdigest()}" }}'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    for variable in [name for name in os.environ if name.startswith(("ALISA_", "HF_"))]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("ALISA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "160")
    entries = [_entry(name, data) for name, data in FILES.items()]
    known = folders.parse(
        f"""[[hearing]]
name = "whisper-base"
title = "Whisper base"
about = "Good."
license = "MIT"
terms = "open"
repo = "owner/whisper"
revision = "{"0" * 40}"
memory = 1000
files = [ {", ".join(entries)} ]

[[speaking]]
name = "piper-alba"
title = "Piper, Alba"
engine = "piper"
libraries = 50_000_000
about = "Quick."
license = "CC-BY-4.0"
terms = "open"
repo = "owner/voices"
revision = "v1"
memory = 1000
files = [ {_entry("en/alba.onnx", VOICE)}, {_entry("en/alba.onnx.json", b"{}")} ]

[[seeing]]
name = "mediapipe"
title = "MediaPipe"
engine = "mediapipe"
libraries = 30_000_000
about = "Finds faces."
license = "Apache-2.0"
terms = "open"
site = "github.com"
repo = "owner/faces"
revision = "v1"
memory = 1000
files = []

[[end_of_turn]]
name = "smart-turn"
title = "Smart Turn"
about = "Hears by your melody."
license = "BSD-2-Clause"
terms = "open"
repo = "owner/turns"
revision = "v1"
memory = 1000
files = [ {_entry("turn.onnx", VOICE)} ]
"""
    )
    monkeypatch.setattr(folders, "load", lambda: known)
    return Home(tmp_path / "home").ensure()


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with Hub().serve() as serving:
        monkeypatch.setenv("HF_ENDPOINT", serving.url)
        yield serving


def test_a_model_to_hear_with_is_listed(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """In a table of its own, and for programs under `hearing`."""
    assert run(["models"]) == 0
    assert "to hear with" in capsys.readouterr().out
    assert run(["models", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["hearing"]
    assert (row["name"], row["installed"], row["in_use"]) == ("whisper-base", False, False)


def test_pull_brings_every_file_and_only_what_is_missing(
    home: Home, hub: Hub, capsys: pytest.CaptureFixture[str]
) -> None:
    """The plan first; each file checked; a second time nothing; what was spoilt comes again alone."""
    place = home.models / "whisper-base"
    assert run(["models", "pull", "whisper-base", "--yes"]) == 0
    shown = capsys.readouterr().out
    for word in (
        "Whisper base",
        "0.8 MB",
        "owner/whisper",
        "MIT",
        "memory",
        "is here, and whole",
        "alisa restart voice",
    ):
        assert word in shown
    assert {path.name: path.read_bytes() for path in place.iterdir()} == FILES
    assert sorted(hub.got) == sorted(FILES)
    assert run(["models", "pull", "whisper-base", "--yes"]) == 0
    assert "here already" in capsys.readouterr().out
    (place / "tokenizer.json").write_bytes(b'{"a": 2}')
    hub.got.clear()
    assert run(["models", "pull", "whisper-base", "--yes"]) == 0
    assert hub.got == ["tokenizer.json"]


def test_a_file_that_is_not_the_known_one_is_refused(home: Home, hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    """A small file has no checksum at the source: the catalogue's decides."""
    hub.files["config.json"] = b"[]"
    assert run(["models", "pull", "whisper-base", "--yes"]) == 1
    assert "config.json" in capsys.readouterr().err
    assert not (home.models / "whisper-base" / "config.json").exists()
    assert load(VoiceSettings, home=home)[VoiceSettings].stt_model == ""


def test_use_chooses_it_and_remove_frees_its_room(home: Home, hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not here cannot be used; what is here can be deleted, on --yes."""
    assert run(["models", "use", "whisper-base"]) == 3
    assert "alisa models pull whisper-base" in capsys.readouterr().err
    assert run(["models", "pull", "whisper-base", "-y", "--use"]) == 0
    settings = load(VoiceSettings, home=home)[VoiceSettings]
    assert (settings.stt, settings.stt_model) == ("whisper", "whisper-base")
    assert run(["models", "remove", "whisper-base"]) == 2
    assert run(["models", "remove", "whisper-base", "--yes"]) == 0
    assert not (home.models / "whisper-base").exists()
    assert run(["models", "remove", "whisper-base", "--yes"]) == 3


def test_without_network_it_is_one_sentence(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 3, as with any model."""
    with Hub().serve() as gone:
        monkeypatch.setenv("HF_ENDPOINT", gone.url)
    assert run(["models", "pull", "whisper-base", "--yes"]) == 3
    assert "no network" in capsys.readouterr().err


class Environments:
    """Notes which environments are made and removed, and makes them fail."""

    def __init__(self) -> None:
        self.ready: set[str] = set()
        self.fails = False

    def is_ready(self, name: str, _: Home) -> bool:
        return name in self.ready

    def make(self, name: str, _: Home) -> None:
        if self.fails:
            raise EngineError(
                "environment_failed", f"The environment of the engine {name!r} could not be made.", "Again."
            )
        self.ready.add(name)

    def folder_of(self, name: str, home: Home) -> Path:
        return home.root if name in self.ready else home.root / "nowhere"

    def occupied(self, name: str, _: Home) -> int:
        return 7_000_000 if name in self.ready else 0

    def remove(self, name: str, home: Home) -> int:
        size = self.occupied(name, home)
        self.ready.discard(name)
        return size


@pytest.fixture
def environments(monkeypatch: pytest.MonkeyPatch) -> Environments:
    made = Environments()
    monkeypatch.setattr(model_folders, "environments", made)
    return made


def test_a_voice_comes_with_its_files_and_an_environment_of_its_own(
    home: Home, hub: Hub, environments: Environments, capsys: pytest.CaptureFixture[str]
) -> None:
    """Named by itself or by its engine; chosen, it speaks; removed, its environment goes, too."""
    assert run(["models", "pull", "piper", "--yes", "--use"]) == 0
    shown = capsys.readouterr().out
    for word in ("Piper, Alba", "owner/voices", "CC-BY-4.0", "libraries", "GPL-3", "She speaks with Piper, Alba"):
        assert word in shown
    assert {path.name for path in (home.models / "piper-alba").iterdir()} == {"alba.onnx", "alba.onnx.json"}
    assert environments.ready == {"piper"}
    settings = load(VoiceSettings, home=home)[VoiceSettings]
    assert (settings.tts, settings.tts_model) == ("piper", "piper-alba")
    assert run(["models", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["speaking"]
    assert (row["installed"], row["in_use"]) == (True, True)
    assert run(["models", "remove", "piper-alba", "--yes"]) == 0
    assert environments.ready == set()


def test_a_voice_without_its_libraries_is_not_here_yet(
    home: Home, hub: Hub, environments: Environments, capsys: pytest.CaptureFixture[str]
) -> None:
    """The files came, the libraries did not: it says so, is not used, and the same command brings only those."""
    environments.fails = True
    assert run(["models", "pull", "piper-alba", "--yes"]) == 1
    assert "could not be made" in capsys.readouterr().err
    assert run(["models", "use", "piper-alba"]) == 3
    environments.fails = False
    hub.got.clear()
    assert run(["models", "pull", "piper-alba", "--yes"]) == 0
    assert (hub.got, environments.ready) == ([], {"piper"})


def test_a_model_that_knows_when_you_have_finished(home: Home, hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    """Pulled, found where the voice looks for it, and chosen."""
    assert run(["models", "pull", "smart-turn", "--yes", "--use"]) == 0
    assert "tells her from now on when you have finished" in capsys.readouterr().out
    settings = load(VoiceSettings, home=home)[VoiceSettings]
    assert settings.end_of_turn == "smart_turn"
    assert engines.model_path(settings, home).read_bytes() == VOICE


def test_what_finds_faces_is_fetched_chosen_and_removed(
    home: Home, hub: Hub, environments: Environments, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its model ships, so only its libraries come; the eyes take it by themselves; removing says what is free again."""
    assert run(["models", "use", "mediapipe"]) == 3
    assert run(["models", "remove", "mediapipe", "--yes"]) == 3
    assert run(["models", "pull", "mediapipe", "--yes", "--use"]) == 0
    shown = capsys.readouterr().out
    for word in ("MediaPipe", "ships with Alisa", "libraries about 30", "Apache-2.0", "webcam eye finds faces"):
        assert word in shown
    assert "alisa restart" not in shown
    assert (hub.got, environments.ready) == ([], {"mediapipe"})
    assert load(VisionSettings, home=home)[VisionSettings].detector == "mediapipe"
    assert run(["models", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["seeing"]
    assert (row["installed"], row["in_use"], row["page"]) == (True, True, "https://github.com/owner/faces")
    assert run(["models", "remove", "mediapipe"]) == 2
    assert run(["models", "remove", "mediapipe", "--yes"]) == 0
    assert "7.0 MB are free" in capsys.readouterr().out
    assert environments.ready == set()
