"""`alisa models`: what it shows, what it asks, what it downloads, and with which exit code it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from alisa.cli.main import run
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings
from alisa.runtime.settings import load
from tests.llm_server.source import FILE, REPO, Fault, Source

CONTENT = b"GGUF" + bytes(range(256)) * 2048
NAME = f"{REPO}/{FILE}"
STEM = FILE.removesuffix(".gguf")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    for variable in [name for name in os.environ if name.startswith(("ALISA_", "HF_"))]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("ALISA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "160")
    return Home(tmp_path / "home").ensure()


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Iterator[Source]:
    with Source(CONTENT).serve() as serving:
        monkeypatch.setenv("HF_ENDPOINT", serving.url)
        yield serving


def model_setting(home: Home) -> str:
    return load(LlmSettings, home=home)[LlmSettings].model


def listed(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    capsys.readouterr()
    assert run(["models", "list", "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_list_shows_what_a_person_needs_to_choose(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Name, size, memory, whether it fits, what is recommended: all in one table."""
    assert run(["models"]) == 0
    shown = capsys.readouterr().out
    for word in ("model", "size", "memory", "fits", "llama-3.1-8b", "4.9 GB", "starter"):
        assert word in shown


def test_the_list_for_programs_says_what_is_here_and_in_use(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` has every model with its figures, and the user's own files."""
    (home.models / "Mine.gguf").write_bytes(CONTENT)
    (home.config_file).write_text('[llm]\nmodel = "mine"\n')
    found = listed(capsys)
    rows = {row["name"]: row for row in found["models"]}
    assert rows["Mine"]["in_use"]
    assert rows["Mine"]["installed"]
    assert not rows["llama-3.1-8b"]["installed"]
    assert rows["llama-3.1-8b"]["size"] == 4_920_739_232
    assert [row["name"] for row in found["models"] if row["recommended"]] == [found["recommended"]]
    assert found["machine"]["memory"] > 0


def test_a_recommendation_names_the_machine_and_the_command(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """One model, why, and how to get it."""
    assert run(["models", "recommend"]) == 0
    assert "For this machine (" in capsys.readouterr().out
    assert run(["models", "recommend", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["recommended"]


def test_a_download_shows_its_plan_and_ends_with_the_next_step(
    home: Home, source: Source, capsys: pytest.CaptureFixture[str]
) -> None:
    """What, how big, from where, under which license; then it is here, whole, and can be used by its name."""
    source.content = CONTENT
    assert run(["models", "pull", NAME, "--yes"]) == 0
    shown = capsys.readouterr().out
    for word in ("download", "0.5 MB", "127.0.0.1", REPO, "license", "memory", "100 %", f"alisa models use {STEM}"):
        assert word in shown
    assert (home.models / FILE).read_bytes() == CONTENT
    assert run(["models", "pull", NAME, "--yes"]) == 0
    assert "here already" in capsys.readouterr().out
    assert source.ranges == [""]


def test_nothing_is_downloaded_unasked(
    home: Home, source: Source, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At a terminal it asks and takes no for an answer; without one it wants the model's name or --yes."""
    monkeypatch.setattr("alisa.cli.models._interactive", lambda: True)
    monkeypatch.setattr("builtins.input", lambda question: "n")
    assert run(["models", "pull", NAME]) == 130
    assert "Nothing was downloaded" in capsys.readouterr().out
    monkeypatch.setattr("builtins.input", lambda question: "")
    monkeypatch.setattr("alisa.cli.models._interactive", lambda: False)
    source.api = source.linked_headers = False
    source.metadata_status = 500
    assert run(["models", "pull"]) != 0
    assert source.ranges == []
    assert list(home.models.iterdir()) == []


def test_yes_at_the_terminal_downloads_and_can_choose_at_once(home: Home, source: Source) -> None:
    """`--use` makes the new model the chosen one."""
    assert run(["models", "pull", NAME, "-y", "--use"]) == 0
    assert model_setting(home) == STEM


def test_without_network_it_is_one_sentence_and_exit_code_3(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No trace, no jargon: the network is missing, and she talks without it."""
    with Source(CONTENT).serve() as gone:
        monkeypatch.setenv("HF_ENDPOINT", gone.url)
    assert run(["models", "pull", "qwen3-0.6b", "--yes"]) == 3
    told = capsys.readouterr().err
    assert "no network" in told
    assert len(told.strip().splitlines()) == 1


def test_a_damaged_download_is_kept_out(home: Home, source: Source, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1, the file named, nothing left but an empty lock."""
    source.faults = [Fault(corrupt=True)]
    assert run(["models", "pull", NAME, "--yes"]) == 1
    assert FILE in capsys.readouterr().err
    assert [path for path in home.models.iterdir() if path.stat().st_size] == []


def test_a_model_that_was_spoilt_on_the_disk_is_fetched_again(
    home: Home, source: Source, capsys: pytest.CaptureFixture[str]
) -> None:
    """`pull` of a model that is here reads it, and repairs it where its checksum is wrong."""
    assert run(["models", "pull", NAME, "--yes"]) == 0
    (home.models / FILE).write_bytes(CONTENT[:-1] + b"!")
    assert run(["models", "pull", NAME, "--yes"]) == 0
    assert "damaged" in capsys.readouterr().err
    assert (home.models / FILE).read_bytes() == CONTENT


def test_using_a_model_writes_the_setting_and_says_when_it_counts(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """By name or by path; comments in the file stay; a name that is not here is refused and changes nothing."""
    home.config_file.write_text("# mine\n")
    (home.models / "Mine.gguf").write_bytes(CONTENT)
    assert run(["models", "use", "mine"]) == 0
    assert model_setting(home) == "Mine"
    assert "# mine" in home.config_file.read_text()
    assert "the next time that she wakes" in capsys.readouterr().out
    assert run(["models", "use", "llama-3.1-8b"]) == 3
    assert "alisa models pull llama-3.1-8b" in capsys.readouterr().err
    assert run(["models", "use", "lama-3.1-8b"]) == 2
    assert model_setting(home) == "Mine"


def test_a_model_elsewhere_is_used_by_its_path(home: Home, tmp_path: Path) -> None:
    """Nothing is copied: the setting holds the path."""
    path = tmp_path / "elsewhere.gguf"
    path.write_bytes(CONTENT)
    assert run(["models", "use", str(path)]) == 0
    assert model_setting(home) == str(path)


def test_removing_asks_and_spares_what_is_in_use(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal it wants --yes; the model that she speaks with, and the starter, are not deleted."""
    path = home.models / "Mine.gguf"
    path.write_bytes(CONTENT)
    assert run(["models", "remove", "mine"]) == 2
    assert "--yes" in capsys.readouterr().err
    assert run(["models", "use", "mine"]) == 0
    assert run(["models", "remove", "mine", "--yes"]) == 2
    assert path.exists()
    home.config_file.unlink()
    assert run(["models", "remove", "mine", "--yes"]) == 0
    assert not path.exists()
    assert run(["models", "remove", "mine", "--yes"]) == 2
    assert run(["models", "remove", "llama-3.1-8b", "--yes"]) == 3
    capsys.readouterr()
    assert run(["models", "remove", "starter"]) == 2  # before anybody is asked
    assert "stays" in capsys.readouterr().err


def test_removing_takes_what_an_unfinished_download_left(home: Home, source: Source) -> None:
    """A part that nobody wants any more can be deleted by the model's name."""
    source.faults = [Fault(status=404)]
    part = home.models / f"{FILE}.part"
    part.write_bytes(CONTENT[:1000])
    assert run(["models", "remove", NAME, "--yes"]) == 0
    assert list(home.models.iterdir()) == []


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT to a process")
def test_ctrl_c_stops_a_download_that_goes_on_next_time(home: Home, source: Source) -> None:
    """Exit code 130, what came stays, the same command fetches only the rest."""
    released = threading.Event()
    source.faults = [Fault(drop_after=300_000, hold=released)]
    arguments = ["alisa", "models", "pull", NAME, "--yes"]
    command = [sys.executable, "-c", f"import sys; sys.argv = {arguments}; from alisa.cli.main import main; main()"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while "50 %" not in (line := process.stdout.readline()):
            assert line, process.stderr
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=20)
    released.set()
    assert process.returncode == 130
    assert "goes on there" in told
    assert "Traceback" not in told
    source.ranges.clear()
    assert run(["models", "pull", NAME, "--yes"]) == 0
    assert source.ranges[0].startswith("bytes=")
    assert (home.models / FILE).read_bytes() == CONTENT
