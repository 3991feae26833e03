"""A worker that is kept ready: what it costs when it is killed, hangs, talks nonsense or is not listened to."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import sys
import textwrap
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import psutil
import pytest

from alisa.runtime.errors import EngineError, MissingError, UsageError
from tests.faults import needs_posix
from tests.voice.tts.spoken import listen
from voice.tts.client import TtsWorker
from voice.tts.engines import Limits
from voice.tts.speech import Audio, SpeakRequest

SENTENCE = SpeakRequest("one two three four five six")
QUICK = Limits(open_seconds=10.0, first_audio_seconds=0.6, stall_seconds=0.6, beat_seconds=5.0, cancel_seconds=0.6)

Make = Callable[..., TtsWorker]


@pytest.fixture
async def make() -> AsyncIterator[Make]:
    """Make workers that are ended after the test."""
    made = []

    def make(engine: str = "scripted", *, limits: Limits = QUICK, python: str = "", **options: Any) -> TtsWorker:
        made.append(TtsWorker(engine, options, limits=limits, python=python))
        return made[-1]

    yield make
    for worker in made:
        await worker.aclose()


def is_gone(pid: int) -> bool:
    """A zombie counts as gone: it is only not collected yet."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


async def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.01)


async def test_sound_comes_before_the_sentence_is_made(make: Make) -> None:
    """The first piece is there while the engine still works on the rest."""
    worker = make(real_time=True)
    await worker.start()
    async with aclosing(worker.speak(SENTENCE)) as speech:
        begun = time.perf_counter()
        async for piece in speech:
            if isinstance(piece, Audio):
                break
        assert time.perf_counter() - begun < 0.8  # the whole sentence takes 1.2 s


async def test_sentences_that_are_asked_for_together_do_not_mix(make: Make) -> None:
    """One worker speaks one sentence at a time; the others wait for their turn."""
    worker = make()
    texts = [f"{word} {word} {word}" for word in ("a", "bb", "ccc", "dddd")]
    heard = await asyncio.gather(*(listen(worker.speak(SpeakRequest(text))) for text in texts))
    assert [each.text for each in heard] == texts
    assert all(abs(each.seconds - 0.6) < 0.01 for each in heard)


async def test_killed_in_mid_sentence(make: Make) -> None:
    """kill -9 costs that sentence, which says so at once; the next one is spoken by a fresh worker."""
    worker = make(real_time=True)
    await worker.start()
    killed, begun = worker.pid, 0.0

    async def listen_and_kill() -> None:
        nonlocal begun
        async with aclosing(worker.speak(SENTENCE)) as speech:
            async for piece in speech:
                if isinstance(piece, Audio) and not begun:
                    os.kill(killed, signal.SIGKILL)  # type: ignore[arg-type]
                    begun = time.perf_counter()

    with pytest.raises(EngineError) as caught:
        await listen_and_kill()
    assert caught.value.code == "speech_died"
    assert time.perf_counter() - begun < 1.0
    heard = await listen(worker.speak(SENTENCE))
    assert heard.text == SENTENCE.text
    assert worker.pid != killed


async def test_a_replacement_is_started_before_it_is_asked_for(make: Make) -> None:
    """After a death a fresh worker gets ready by itself."""
    worker = make(exit_after_words=2)
    with pytest.raises(EngineError):
        await listen(worker.speak(SENTENCE))
    await until(lambda: worker.pid is not None)


async def test_killed_while_idle(make: Make) -> None:
    """It is noticed, and the next sentence is spoken all the same."""
    worker = make()
    await listen(worker.speak(SENTENCE))
    killed = worker.pid
    os.kill(killed, signal.SIGKILL)  # type: ignore[arg-type]
    await until(lambda: worker.pid is None)
    assert (await listen(worker.speak(SENTENCE))).text == SENTENCE.text


@pytest.mark.parametrize("options", [{"first_audio_ms": 60_000}, {"hang_after_words": 2}])
async def test_a_hung_engine_is_killed_and_replaced(make: Make, options: dict[str, Any]) -> None:
    """Silence for longer than the limit, before the first sound or after it: `speech_hung`, and the process is gone."""
    worker = make(**options)
    await worker.start()
    hung = worker.pid
    assert hung is not None
    begun = time.perf_counter()
    with pytest.raises(EngineError) as caught:
        await listen(worker.speak(SENTENCE))
    assert caught.value.code == "speech_hung"
    assert time.perf_counter() - begun < 3.0
    assert is_gone(hung)
    await until(lambda: worker.pid not in (None, hung))


@needs_posix
async def test_a_process_that_is_stopped_is_noticed_by_its_heart(make: Make) -> None:
    """Even an engine that may take a minute has to keep its heart beating."""
    worker = make(limits=Limits(first_audio_seconds=60.0, beat_seconds=1.5), first_audio_ms=60_000)
    await worker.start()
    stopped = worker.pid
    os.kill(stopped, signal.SIGSTOP)  # type: ignore[arg-type]
    begun = time.perf_counter()
    with pytest.raises(EngineError) as caught:
        await listen(worker.speak(SENTENCE))
    assert caught.value.code == "speech_hung"
    assert time.perf_counter() - begun < 8.0
    assert is_gone(stopped)  # type: ignore[arg-type]


async def test_an_engine_that_works_long_is_not_taken_for_dead(make: Make) -> None:
    """Its heart beats while it thinks."""
    worker = make(limits=Limits(first_audio_seconds=30.0, beat_seconds=1.5), first_audio_ms=2500)
    assert (await listen(worker.speak(SENTENCE))).text == SENTENCE.text


async def test_what_an_engine_prints_does_not_reach_the_protocol(make: Make) -> None:
    """Neither Python's print nor a write to file descriptor 1 does."""
    worker = make(print="Loading weights… 100%\n" * 50)
    assert (await listen(worker.speak(SENTENCE))).text == SENTENCE.text
    assert (await listen(worker.speak(SENTENCE))).text == SENTENCE.text


def program_of(folder: Path, script: str) -> str:
    """A program that runs this script whatever its arguments; a `#!` line cannot name a path with spaces."""
    (folder / "script.py").write_text(script)
    program = folder / "python"
    program.write_text(f"#!/bin/sh\nexec {shlex.quote(sys.executable)} {shlex.quote(str(folder / 'script.py'))}\n")
    program.chmod(0o755)
    return str(program)


@needs_posix
@pytest.mark.parametrize(
    "script",
    [
        "import sys; print('Welcome to my voice', flush=True); sys.stdin.read()",
        "import os; os.write(1, bytes([0, 0, 0, 3, 99]) + b'xx'); import sys; sys.stdin.read()",
        "import os; os.write(1, bytes([0, 0, 0, 3, 20]) + b'{}'); import sys; sys.stdin.read()",
    ],
)
async def test_a_program_that_is_no_worker_is_told_from_one(make: Make, tmp_path: Path, script: str) -> None:
    """Garbage instead of frames ends it at once; nothing waits for the limit."""
    worker = make(python=program_of(tmp_path, script))
    begun = time.perf_counter()
    with pytest.raises(EngineError) as caught:
        await listen(worker.speak(SENTENCE))
    assert caught.value.code == "speech_garbled"
    assert time.perf_counter() - begun < 5.0


@needs_posix
async def test_garbage_in_mid_sentence(make: Make, tmp_path: Path) -> None:
    """A worker that begins well and then talks nonsense costs that sentence, and is ended."""
    program = program_of(
        tmp_path,
        textwrap.dedent("""\
            import os, sys
            def frame(kind, payload): os.write(1, (len(payload) + 1).to_bytes(4, "big") + bytes([kind]) + payload)
            os.read(0, 4096)
            frame(17, b'{"engine": "odd", "notice": ""}')
            os.read(0, 4096)
            frame(18, b'{"id": 1, "rate": 16000}')
            frame(19, b"\\0\\0\\0\\1" + bytes(3200))
            frame(20, b'{"id": 1, "words": [["half"]]}')
            sys.stdin.read()
        """),
    )
    worker = make(python=program)
    await worker.start()
    odd = worker.pid
    with pytest.raises(EngineError) as caught:
        await listen(worker.speak(SENTENCE))
    assert caught.value.code == "speech_garbled"
    assert is_gone(odd)  # type: ignore[arg-type]


async def test_leaving_early_stops_the_engine(make: Make) -> None:
    """A sentence that is cut off is not made to its end, and the same process speaks the next one."""
    worker = make(real_time=True)
    await worker.start()
    same = worker.pid
    async with aclosing(worker.speak(SpeakRequest("la " * 200))) as speech:
        async for piece in speech:
            if isinstance(piece, Audio):
                break
    begun = time.perf_counter()
    heard = await listen(worker.speak(SpeakRequest("yes")))
    assert time.perf_counter() - begun < 1.0
    assert heard.text == "yes"
    assert abs(heard.seconds - 0.2) < 0.01
    assert worker.pid == same


async def test_an_engine_that_does_not_stop_is_replaced(make: Make) -> None:
    """One that ignores that nobody listens any more does not hold up the next sentence."""
    worker = make(real_time=True, deaf=True)
    await worker.start()
    deaf = worker.pid
    async with aclosing(worker.speak(SpeakRequest("la " * 200))) as speech:
        async for piece in speech:
            if isinstance(piece, Audio):
                break
    begun = time.perf_counter()
    heard = await listen(worker.speak(SpeakRequest("yes")))
    assert time.perf_counter() - begun < 3.0
    assert heard.text == "yes"
    assert worker.pid != deaf


async def test_a_task_that_is_cancelled_lets_go(make: Make) -> None:
    """Cancelling who listens is as leaving early."""
    worker = make(real_time=True)
    listening = asyncio.create_task(listen(worker.speak(SpeakRequest("la " * 200))))
    await until(lambda: worker.pid is not None)
    await asyncio.sleep(0.3)
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening
    assert (await listen(worker.speak(SpeakRequest("yes")))).text == "yes"


async def test_a_slow_listener_is_waited_for(make: Make) -> None:
    """Limits count only while somebody waits; a long sentence that is taken slowly is whole."""
    worker = make(chunk_ms=5)
    words = 0
    async with aclosing(worker.speak(SpeakRequest("la " * 120))) as speech:
        async for piece in speech:
            if isinstance(piece, Audio) and words == 0:
                await asyncio.sleep(1.0)  # longer than the limits, and than what the pipe holds
                words = 1
            words += not isinstance(piece, Audio)
    assert words > 120


async def test_a_failure_of_the_engine_is_told(make: Make) -> None:
    """With its own code, and the worker lives on."""
    worker = make(fail=True)
    await worker.start()
    pid = worker.pid
    with pytest.raises(EngineError) as caught:
        await listen(worker.speak(SENTENCE))
    assert caught.value.code == "scripted_failure"
    assert worker.pid == pid


async def test_an_engine_that_cannot_start_says_why(make: Make) -> None:
    """What is missing, and what to do: as from the engine itself."""
    with pytest.raises(MissingError) as caught:
        await listen(make("kokoro").speak(SENTENCE))
    assert caught.value.code == "voice_model_missing"
    with pytest.raises(EngineError, match="no voice engine called 'nobody'"):
        await listen(make("nobody").speak(SENTENCE))
    with pytest.raises(MissingError) as caught:
        await listen(make(python="/no/such/python").speak(SENTENCE))
    assert caught.value.code == "cannot_start"


async def test_workers_do_not_outlive_who_started_them(tmp_path: Path) -> None:
    """The process that wanted speech is killed -9 while the worker speaks: the worker is gone, too."""
    script = tmp_path / "owner.py"
    script.write_text(
        textwrap.dedent("""\
            import asyncio
            from voice.tts.client import TtsWorker
            from voice.tts.speech import SpeakRequest
            async def main():
                worker = TtsWorker("scripted", {"real_time": True, "deaf": True})
                await worker.start()
                print(worker.pid, flush=True)
                async for _ in worker.speak(SpeakRequest("la " * 600)):
                    pass
            asyncio.run(main())
        """)
    )
    owner = await asyncio.create_subprocess_exec(
        sys.executable, str(script), stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )  # fmt: skip
    assert owner.stdout is not None
    pid = int(await asyncio.wait_for(owner.stdout.readline(), 20))
    assert not is_gone(pid)
    owner.kill()
    await owner.wait()
    await until(lambda: is_gone(pid))


async def test_closing_ends_the_process(make: Make) -> None:
    """Even while it hangs; and a closed voice does not start again."""
    worker = make(limits=Limits(first_audio_seconds=60), first_audio_ms=60_000)
    await worker.start()
    pid = worker.pid
    speaking = asyncio.create_task(listen(worker.speak(SENTENCE)))
    await asyncio.sleep(0.05)
    await worker.aclose()
    assert is_gone(pid)  # type: ignore[arg-type]
    with pytest.raises(EngineError):
        await speaking
    with pytest.raises(EngineError):
        await listen(worker.speak(SENTENCE))


def test_an_unknown_engine_is_refused_before_a_process_is_started() -> None:
    """The table of engines knows its names."""
    from voice.tts.engines import ENGINES

    with pytest.raises(UsageError, match="espeak"):
        ENGINES.row("esspeak")
