"""Keeping a server running, with real children: hangs, crash loops, engines that fail, what is said meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from alisa.runtime.errors import EngineError, MissingError
from alisa.runtime.paths import Home, data_folder
from alisa.runtime.sections import LlmSettings
from llm_server import catalogue
from llm_server.binaries import BUNDLED, Engine
from llm_server.library import Library, ModelFile
from llm_server.machine import Machine, without_cards
from llm_server.restarts import Limits
from llm_server.service import Service, Timing
from llm_server.states import state_file

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.platform == "win32", reason="shell scripts and POSIX signals"),
]

REAL = Engine(BUNDLED, (sys.executable, "-P", "-m", "llm_server.bundled"))
QUICK = Timing(tick=0.05, hang=0.4, limits=Limits(first_pause=0.01, failed_starts=3, ends_in_window=3))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").ensure()


async def look(_: ModelFile) -> Machine:
    return without_cards()


def service(home: Home, *engines: Engine, **settings: Any) -> Service:
    library = Library(catalogue.load(), home.models, data_folder() / "models")
    return Service(home, LlmSettings.model_validate(settings), library, engines or (REAL,), look, timing=QUICK)


def failing(folder: Path, script: str) -> Engine:
    """An installed server that always ends like this."""
    program = folder / "llama-server"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return Engine(str(program), (str(program),))


@contextlib.asynccontextmanager
async def running(kept: Service) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(kept.run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait({task})
        await kept.stop()


async def until(look: Callable[[], Any], seconds: float = 15.0) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, "not in time"
        await asyncio.sleep(0.01)
    return found


def endpoint(home: Home) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(home.llm_file.read_text())
    except (OSError, ValueError):
        return {}
    return found


def child(home: Home) -> int:
    """The number of the server's process, as it was recorded."""
    try:
        return int(json.loads((home.run / "children" / "llama.json").read_text())["pid"])
    except (OSError, ValueError):
        return 0


async def test_a_server_that_hangs_is_replaced(home: Home) -> None:
    """A stopped process does not answer; it is ended, and another one answers at the same address."""
    async with running(service(home)):
        before = await until(lambda: endpoint(home))
        first = await until(lambda: child(home))
        os.kill(first, signal.SIGSTOP)
        await until(lambda: child(home) not in (0, first))
        after = await until(lambda: endpoint(home))
        assert after["url"] == before["url"]
    assert endpoint(home) == {}
    assert json.loads(state_file(home).read_text())["state"] == "down"


async def test_a_server_that_keeps_dying_is_given_up(home: Home) -> None:
    """Ready and dead again, over and over: no model can speak, and the error says so."""
    kept = service(home)
    async with running(kept) as task:
        for _ in range(QUICK.limits.ends_in_window):
            number = await until(lambda: task.done() or (endpoint(home) and child(home)))
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
            await until(lambda number=number: task.done() or child(home) != number)
        await asyncio.wait({task}, timeout=10)
        with pytest.raises(EngineError, match="too often") as caught:
            task.result()
    assert caught.value.hint


async def test_an_engine_that_never_starts_gives_way(home: Home, tmp_path: Path) -> None:
    """An installed server that ends for no known reason is tried a few times, then the bundled one runs."""
    broken = failing(tmp_path, "echo run >> $0.count; echo nobody knows why >&2; exit 7")
    async with running(service(home, broken, REAL)):
        assert (await until(lambda: endpoint(home)))["engine"] == BUNDLED
    assert len((tmp_path / "llama-server.count").read_text().splitlines()) == QUICK.limits.failed_starts


async def test_a_missing_library_is_named_when_nothing_else_is_left(home: Home, tmp_path: Path) -> None:
    """Exit code 3 and the command that installs it."""
    broken = failing(
        tmp_path, "echo 'x: error while loading shared libraries: libgomp.so.1: cannot open' >&2; exit 127"
    )
    with pytest.raises(MissingError, match="libgomp") as caught:
        await service(home, broken).run()
    assert "apt install libgomp1" in caught.value.hint


async def test_a_program_that_is_no_program_is_named(home: Home, tmp_path: Path) -> None:
    """A file that cannot be executed at all."""
    program = tmp_path / "llama-server"
    program.write_bytes(b"\x00\x01")
    program.chmod(0o755)
    with pytest.raises(MissingError, match="could not be started"):
        await service(home, Engine(str(program), (str(program),))).run()


async def test_too_little_memory_lets_the_starter_speak(home: Home, tmp_path: Path) -> None:
    """A model that is too big for this machine is given up, with its reason where everybody can read it."""
    (home.models / "big.gguf").write_bytes((data_folder() / "models" / "starter.gguf").read_bytes())
    real = f'exec "{sys.executable}" "{Path(__file__).with_name("llama_server_shim.py")}" "$@"'
    script = f'case "$*" in *big.gguf*) echo "std::bad_alloc" >&2; exit 1;; esac\n{real}'
    async with running(service(home, failing(tmp_path, script), model="big")):
        found = await until(lambda: endpoint(home))
        assert found["model"] == "starter"
        assert "not enough memory for the model big" in found["detail"]
        assert json.loads(state_file(home).read_text())["detail"] == found["detail"]


async def test_a_server_that_is_killed_while_loading_is_tried_again(home: Home, tmp_path: Path) -> None:
    """One kill is no proof that memory ran out."""
    real = f'exec "{sys.executable}" "{Path(__file__).with_name("llama_server_shim.py")}" "$@"'
    first_dies = f'[ -e "$0.tried" ] || {{ touch "$0.tried"; kill -9 $$; }}\n{real}'
    async with running(service(home, failing(tmp_path, first_dies))):
        assert (await until(lambda: endpoint(home)))["detail"] == ""


async def test_a_model_that_changes_is_tried_again(home: Home) -> None:
    """A damaged file that is replaced by a whole one takes over from the starter."""
    whole = (data_folder() / "models" / "starter.gguf").read_bytes()
    path = home.models / "mine.gguf"
    path.write_bytes(whole[:100_000])
    async with running(service(home, model="mine")):
        await until(lambda: endpoint(home).get("model") == "starter")
        path.write_bytes(whole)
        await until(lambda: endpoint(home).get("model") == "mine")


async def test_an_address_that_was_lost_is_written_again(home: Home) -> None:
    """A disk that was full for a moment, or a hand that deleted too much: the next tick mends it."""
    async with running(service(home)):
        before = await until(lambda: endpoint(home))
        home.llm_file.unlink()
        assert (await until(lambda: endpoint(home)))["url"] == before["url"]


async def test_the_state_is_told_while_it_loads(home: Home, tmp_path: Path) -> None:
    """`loading` is written before the server is started."""
    slow = failing(tmp_path, "sleep 60")
    async with running(service(home, slow)):
        found = await until(lambda: state_file(home).exists() and json.loads(state_file(home).read_text()))
        assert (found["state"], found["model"]) == ("loading", "starter")
        await until(lambda: child(home))
        assert not home.llm_file.exists()
