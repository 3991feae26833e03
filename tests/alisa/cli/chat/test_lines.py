"""Talking through pipes: `alisa chat` as other programs use it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest

from alisa.cli.chat.lines import as_record
from alisa.protocol import Emotion
from alisa.protocol.messages import End, Error, Interrupt, Mouth, SpeechStart, Status, Token, VisionScreen
from alisa.runtime.paths import Home
from tests.alisa.cli.chat.fake_hub import FakeHub

pytestmark = [pytest.mark.timeout(60), pytest.mark.process]
DEADLINE_SECONDS = 20.0


async def started(home: Home, *arguments: str, **env: str) -> asyncio.subprocess.Process:
    variables = {**os.environ, "ALISA_HOME": str(home.root), "PYTHONUTF8": "1", **env}
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "alisa", "chat", *arguments, stdin=pipe, stdout=pipe, stderr=pipe, env=variables
    )


async def run(home: Home, *arguments: str, typed: str = "", **env: str) -> tuple[int, str, str]:
    """Exit code, stdout, stderr."""
    process = await started(home, *arguments, **env)
    async with asyncio.timeout(DEADLINE_SECONDS):
        out, err = await process.communicate(typed.encode())
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def failing(text: str) -> AsyncIterator[Any]:
    yield "Well"
    yield Error("llm_away", "The model is away.", "Try again in a moment.")


async def test_one_question(home: Home) -> None:
    """The reply and nothing else on stdout, exit 0."""
    async with FakeHub(home) as hub:
        assert await run(home, "hello  there") == (0, "You said: hello  there \n", "")
        assert hub.said == ["hello  there"]


async def test_a_reminder_that_is_due_meanwhile_is_shown(home: Home) -> None:
    """The hub said it to this client because nobody else was there: it is not lost, and stdout stays the reply."""

    async def due(text: str) -> AsyncIterator[Any]:
        yield Status({"reminder_note": "Reminder: call Mum"})
        yield Status({"reminder_note": ""})
        yield "Hello."

    async with FakeHub(home, due):
        assert await run(home, "hi") == (0, "Hello.\n", "Reminder: call Mum\n")


async def test_words_come_as_they_are_made(home: Home) -> None:
    """The first piece can be read while the rest is not there yet."""
    more = asyncio.Event()

    async def slow(text: str) -> AsyncIterator[Any]:
        yield "First "
        await more.wait()
        yield "second."

    async with FakeHub(home, slow):
        process = await started(home, "go")
        assert process.stdout is not None
        assert await process.stdout.readexactly(6) == b"First "
        more.set()
        out, _ = await process.communicate()
        assert out == b"second.\n"
        assert process.returncode == 0


async def test_a_reply_that_fails(home: Home) -> None:
    """What had come stands on stdout, what went wrong and what to do on stderr, exit 1."""
    async with FakeHub(home, failing):
        assert await run(home, "hi") == (1, "Well\n", "The model is away. Try again in a moment.\n")


async def test_no_hub(home: Home) -> None:
    """Exit 3, saying the command that starts her; as JSON too, stdout stays clean."""
    for arguments in (("hi",), ("--json", "hi"), ()):
        code, out, err = await run(home, *arguments, typed="hi\n", ALISA_HUB__PORT="9")
        assert (code, out) == (3, "")
        assert "alisa up" in err


async def test_frames_as_json(home: Home) -> None:
    """Every frame from the welcome to the end, one JSON object a line, with text or an object as its body."""
    async with FakeHub(home):
        code, out, err = await run(home, "--json", "hi")
    frames = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert all(set(frame) == {"tag", "turn", "body"} for frame in frames)
    assert [frame["tag"] for frame in frames if frame["tag"] != "TOKEN"] == [
        "WELCOME", "STATUS", "USER", "TURN", "EMOTION", "END",
    ]  # fmt: skip
    assert {"tag": "USER", "turn": 1, "body": "hi"} in frames
    assert {"tag": "EMOTION", "turn": 1, "body": "happy"} in frames
    assert "".join(frame["body"] for frame in frames if frame["tag"] == "TOKEN") == "You said: hi "
    assert frames[-1]["body"] == {"reason": "stop", "timings": {}}


async def test_a_failure_as_json(home: Home) -> None:
    """The error is a frame like any other; the words for a person go to stderr, exit 1."""
    async with FakeHub(home, failing):
        code, out, err = await run(home, "--json", "hi")
    frames = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [frame["tag"] for frame in frames][-2:] == ["ERROR", "END"]
    assert "The model is away." in err


async def test_each_line_of_a_pipe_is_a_message(home: Home) -> None:
    """Answered one after the other; empty lines say nothing, a last line needs no line break; exit 0 at the end."""
    async with FakeHub(home) as hub:
        code, out, err = await run(home, typed="one\n\n  \ntwö 😀\nthree")
    assert (code, err) == (0, "")
    assert out == "You said: one \nYou said: twö 😀 \nYou said: three \n"
    assert hub.said == ["one", "twö 😀", "three"]


async def test_commands_work_through_a_pipe(home: Home) -> None:
    """Mode, another conversation, quit; a mistake is told on stderr and makes the exit code 1."""
    async with FakeHub(home) as hub:
        code, out, err = await run(home, typed="/mode serious\n/mode angry\n/what\n/new den\nhi\n/quit\nnever\n")
    assert (code, out) == (1, "You said: hi \n")
    assert "Mode: serious." in err
    assert "There is no mode angry." in err
    assert "There is no command /what." in err
    assert hub.messages[0]["conversation"] == "den"
    assert hub.said == ["hi"]


async def test_a_failure_in_a_pipe_does_not_stop_the_rest(home: Home) -> None:
    """The next line is answered; the exit code tells that something failed."""

    async def sometimes(text: str) -> AsyncIterator[Any]:
        yield Error("llm_away", "Away.", "Wait.") if text == "bad" else "Good."

    async with FakeHub(home, sometimes):
        assert await run(home, typed="bad\nfine\n") == (1, "Good.\n", "Away. Wait.\n")


async def test_the_hub_goes_and_returns_in_the_middle(home: Home) -> None:
    """A question outlives the hub: the reply is continued without a word twice."""
    first, more = asyncio.Event(), asyncio.Event()

    async def slow(text: str) -> AsyncIterator[Any]:
        yield "Half"
        first.set()
        await more.wait()
        yield " and half."

    async with FakeHub(home, slow) as hub:
        process = await started(home, "go")
        assert process.stdout is not None
        assert await process.stdout.readexactly(4) == b"Half"
        await hub.go()
        more.set()
        assert hub.running is not None
        await asyncio.wait([hub.running])
        await hub.come()
        out, err = await process.communicate()
    assert (process.returncode, out) == (0, b" and half.\n")
    assert b"The hub is away" in err
    assert hub.said == ["go"]


async def test_ctrl_c_interrupts_the_reply(home: Home) -> None:
    """Being cancelled stops her too, and is exit 130."""
    if sys.platform == "win32":
        pytest.skip("signals to another process are another matter there")
    import signal

    async def endless(text: str) -> AsyncIterator[Any]:
        yield "Well,"
        await asyncio.Event().wait()

    async with FakeHub(home, endless) as hub:
        process = await started(home, "go")
        assert process.stdout is not None
        assert await process.stdout.readexactly(5) == b"Well,"
        process.send_signal(signal.SIGINT)
        await process.communicate()
        assert process.returncode == 130
        assert Interrupt(turn=1) in hub.heard


async def test_bytes_that_are_no_text_are_survived(home: Home) -> None:
    """Invalid UTF-8 in the pipe and in the arguments reaches the hub as whole characters."""
    async with FakeHub(home) as hub:
        process = await started(home)
        await process.communicate(b"caf\xe9 \xff\n")
        assert process.returncode == 0
        assert hub.said == ["caf\N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER}"]


async def test_nothing_to_say_is_wrong_use(home: Home) -> None:
    """Blank words are a mistake in the command, exit 2."""
    code, out, err = await run(home, "  ")
    assert (code, out) == (2, "")
    assert "no words" in err


@pytest.mark.parametrize(
    ("message", "record"),
    [
        (Token("Hel", turn=17), {"tag": "TOKEN", "turn": 17, "body": "Hel"}),
        (Status({"llm": "ready"}), {"tag": "STATUS", "turn": None, "body": {"llm": "ready"}}),
        (End(turn=3), {"tag": "END", "turn": 3, "body": {"reason": "stop", "timings": {}}}),
        (Interrupt(), {"tag": "INTERRUPT", "turn": None, "body": {}}),
        (SpeechStart(turn=1), {"tag": "SPEECH_START", "turn": 1, "body": ""}),
        (Mouth(0.5), {"tag": "MOUTH", "turn": None, "body": "0.5"}),
        (VisionScreen("a", "b"), {"tag": "VISION_SCREEN", "turn": None, "body": "a|b"}),
    ],
)
def test_a_frame_as_a_record(message: Any, record: dict[str, Any]) -> None:
    """Objects stay objects, everything else is text."""
    assert as_record(message) == record


def test_emotions_are_known() -> None:
    """The fake hub speaks the same seven."""
    assert len(Emotion) == 7
