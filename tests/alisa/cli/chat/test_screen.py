"""The chat on a real screen: `alisa chat` in a pty, against a hub that speaks the real protocol."""

from __future__ import annotations

import asyncio
import stat
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest

if sys.platform == "win32":
    pytest.skip("a pty is needed", allow_module_level=True)

from alisa.protocol import Emotion
from alisa.protocol.messages import Error, Interrupt, Mode, Snooze, User
from alisa.runtime.paths import Home
from tests.alisa.cli.chat.fake_hub import FakeHub
from tests.alisa.cli.chat.terminal import Terminal

pytestmark = [pytest.mark.timeout(60), pytest.mark.process]
LEAVE = "\x04"
CTRL_C = "\x03"


def chat(home: Home, *arguments: str, columns: int = 80, rows: int = 24, **env: str) -> Terminal:
    variables = {"ALISA_HOME": str(home.root), "COLORTERM": "truecolor", **env}
    return Terminal("chat", *arguments, env=variables, columns=columns, rows=rows)


class Slowly:
    """An answer that goes on when the test says so."""

    def __init__(self, *parts: Any) -> None:
        self.parts = parts
        self.go_on = asyncio.Semaphore(0)

    async def __call__(self, text: str) -> AsyncIterator[Any]:
        for part in self.parts:
            yield part
            if part is not self.parts[-1]:
                await self.go_on.acquire()


async def ready(terminal: Terminal) -> None:
    await terminal.until(lambda: "/help" in terminal.text.splitlines()[-1], "the prompt")


async def test_a_conversation_on_the_screen(home: Home) -> None:
    """The past is shown, words come with the emotion, and leaving with Ctrl-D is no failure."""
    async with FakeHub(home) as hub, chat(home) as terminal:
        hub.remember(1, "user", "Do you remember?")
        hub.remember(1, "assistant", "Of **course**.", emotion="shy")
        await ready(terminal)
        assert "Do you remember?" in terminal.text
        assert "Of course." in terminal.text
        terminal.type("hello there\r")
        await terminal.until(lambda: "You said: hello there" in terminal.text, "the reply")
        assert "happy" in terminal.text
        assert hub.said == ["hello there"]
        assert hub.hellos[0].role == "chat"
        terminal.type(LEAVE)
        assert await terminal.ended() == 0
        assert terminal.all_text.count(" you  hello there") == 1
        assert terminal.all_text.count("You said: hello there") == 1


async def test_words_stream_and_markdown_is_drawn(home: Home) -> None:
    """Half a reply is on the screen before the rest has come; blocks are drawn as Markdown, and once."""
    answer = Slowly(Emotion.CALM, "Some **bold** words", " more.\n\n- one\n- two\n\n", "The end.")
    async with FakeHub(home, answer) as hub, chat(home) as terminal:
        await ready(terminal)
        terminal.type("go\r")
        await terminal.shows("Alisa  calm")
        answer.go_on.release()
        await terminal.shows("Some bold words")
        answer.go_on.release()
        await terminal.shows("• two")
        assert "The end" not in terminal.text
        answer.go_on.release()
        await terminal.until(lambda: not hub.running or "The end." in terminal.text, "the end")
        await ready(terminal)
        assert terminal.all_text.count("Some bold words more.") == 1
        assert terminal.all_text.count("Alisa  calm") == 1
        assert "**" not in terminal.all_text


async def test_ctrl_c_stops_her_and_twice_leaves(home: Home) -> None:
    """The first ends the reply, which is marked; one too many does no harm; two that do nothing else leave with 130."""
    answer = Slowly("I could talk about this", " for hours.")
    async with FakeHub(home, answer) as hub, chat(home) as terminal:
        await ready(terminal)
        terminal.type("go\r")
        await terminal.shows("talk about this")
        terminal.type(CTRL_C)
        await terminal.shows("— interrupted")
        assert Interrupt(turn=1) in hub.heard
        terminal.type(CTRL_C)
        await terminal.shows("Press Ctrl-C again to leave; she keeps running.")
        terminal.type("half a sentence")
        await terminal.shows("half a sentence")
        terminal.type(CTRL_C)
        await terminal.until(lambda: "half a sentence" not in terminal.text, "an empty line")
        terminal.type(CTRL_C + CTRL_C)
        assert await terminal.ended() == 130


async def test_messages_typed_while_she_speaks_are_queued(home: Home) -> None:
    """They are seen waiting, and get their answers in order."""
    answer = Slowly("First.", " Done.")
    async with FakeHub(home, answer) as hub, chat(home, rows=30) as terminal:
        await ready(terminal)
        terminal.type("one\r")
        await terminal.shows("First.")
        terminal.type("two\r")
        await terminal.shows("next: two")
        terminal.type("three\r")
        await terminal.shows("next: three")
        for _ in range(3):
            answer.go_on.release()
        await terminal.until(lambda: terminal.all_text.count("First. Done.") == 3, "three replies")
        assert hub.said == ["one", "two", "three"]
        text = terminal.all_text
        assert text.index(" you  one") < text.index(" you  two") < text.index(" you  three")


async def test_it_goes_on_by_itself_when_the_hub_is_back(home: Home) -> None:
    """A reply that broke off is continued, words typed meanwhile are said once, and nothing is told twice."""
    answer = Slowly("Half of", " it.")
    async with FakeHub(home, answer) as hub, chat(home, rows=30) as terminal:
        await ready(terminal)
        terminal.type("one\r")
        await terminal.shows("Half of")
        await hub.go()
        await terminal.shows("The hub is away")
        await terminal.shows("I'll go on when it is back")
        terminal.type("typed meanwhile\r")
        await terminal.shows("next: typed meanwhile")
        answer.go_on.release(), answer.go_on.release(), answer.go_on.release()
        await asyncio.wait([hub.running] if hub.running else [])
        await hub.come()
        await terminal.shows("The hub is back.")
        await terminal.until(lambda: terminal.all_text.count("Half of it.") == 2, "both replies")
        assert hub.said == ["one", "typed meanwhile"]
        assert hub.hellos[-1].resume == 0 or hub.hellos[-1].resume is None
        assert terminal.all_text.count(" you  one") == 1
        assert terminal.all_text.count(" you  typed meanwhile") == 1


async def test_words_that_were_lost_on_the_way_are_said_again(home: Home) -> None:
    """Nobody took them: they are said once more, and answered once."""
    async with FakeHub(home) as hub, chat(home) as terminal:
        await ready(terminal)
        await hub.go()
        await terminal.shows("The hub is away")
        terminal.type("are you there?\r")
        await terminal.shows(" you  are you there?")
        await hub.come()
        await terminal.shows("You said: are you there?")
        assert hub.said == ["are you there?"]


async def test_commands(home: Home) -> None:
    """Modes, help, quiet, history, mistakes, another conversation, and leaving."""
    async with FakeHub(home) as hub, chat(home, rows=50) as terminal:
        await ready(terminal)
        terminal.type("/mode\r")
        await terminal.shows("Mode: calm. There are: calm, serious, teasing.")
        terminal.type("/mode teasing\r")
        await terminal.shows("Mode: teasing.")
        assert Mode("teasing") in hub.heard
        terminal.type("/mode angry\r")
        await terminal.shows("There is no mode angry. Type /mode.")
        terminal.type("/quiet 5\r")
        await terminal.shows("will not speak up by herself for 5 minutes")
        assert Snooze(5) in hub.heard
        terminal.type("/histroy\r")
        await terminal.shows("Did you mean /history?")
        terminal.type("/history\r")
        await terminal.shows("Nothing has been said here yet.")
        terminal.type("/help\r")
        await terminal.shows("leave; she keeps running")
        terminal.type("/new work\r")
        await terminal.shows("work · calm")
        terminal.type("in another room\r")
        await terminal.shows("You said: in another room")
        assert hub.hellos[-1].conversation == "work"
        assert hub.messages[-1]["conversation"] == "work"
        terminal.type("/quit\r")
        assert await terminal.ended() == 0


async def test_completion_and_several_lines(home: Home) -> None:
    """Commands complete with Tab; Alt-Enter makes a new line, and all lines are one message."""
    async with FakeHub(home) as hub, chat(home) as terminal:
        await ready(terminal)
        terminal.type("/mo")
        await terminal.shows("how she talks")
        terminal.type("\t")
        await terminal.shows(" you  /mode")
        terminal.type(" t")
        await terminal.until(lambda: "teasing" in terminal.text, "what it may become")
        terminal.type("\t")
        await terminal.shows("/mode teasing")
        terminal.type("\r")
        await terminal.shows("Mode: teasing.")
        terminal.type("first\x1b\rsecond\r")
        await terminal.until(lambda: hub.said == ["first\nsecond"], "both lines")


async def test_what_was_typed_is_remembered_privately(home: Home) -> None:
    """Up brings it back, in the next chat too; nobody else may read the file."""
    async with FakeHub(home) as hub:
        async with chat(home) as terminal:
            await ready(terminal)
            terminal.type("a secret\r")
            await terminal.shows("You said: a secret")
            terminal.type(LEAVE)
            await terminal.ended()
        path = home.root / "chat_history"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        async with chat(home) as terminal:
            await ready(terminal)
            terminal.type("\x1b[A")
            await terminal.until(lambda: terminal.text.count("you  a secret") == 2, "the line of before")
            terminal.type("\r")
            await terminal.until(lambda: hub.said == ["a secret", "a secret"], "said again")


async def test_failures_are_told_with_what_to_do(home: Home) -> None:
    """A failed turn and a refused message are shown with their hints; the chat goes on."""

    async def fail(text: str) -> AsyncIterator[Any]:
        yield Error("llm_away", "The model is away.", "I'll answer when it is back.")

    async with FakeHub(home, fail) as hub, chat(home) as terminal:
        await ready(terminal)
        terminal.type("hello\r")
        await terminal.shows("The model is away. I'll answer when it is back.")
        terminal.type("too long\r")
        await terminal.shows("That is too long. Make it shorter.")
        hub.tell("main", User("from the microphone", 9))
        await terminal.shows(" you  from the microphone")
        assert hub.said == ["hello"]


async def test_her_words_cannot_command_the_terminal(home: Home) -> None:
    """Escape sequences in a reply are shown without their power."""

    async def nasty(text: str) -> AsyncIterator[Any]:
        yield "before \x1b[2J\x1b]0;owned\x07 after"

    async with FakeHub(home, nasty), chat(home) as terminal:
        await ready(terminal)
        terminal.type("go\r")
        await terminal.shows("before [2J]0;owned after")
        assert b"\x1b]0;" not in terminal.raw


@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
async def test_colours_only_where_they_are_wanted(home: Home, env: dict[str, str], coloured: bool) -> None:
    """The emotion has its colour; with NO_COLOR it stands in brackets, and nothing is coloured."""
    async with FakeHub(home), chat(home, **env) as terminal:
        await ready(terminal)
        terminal.type("hi\r")
        await terminal.shows("You said: hi")
        terminal.type("/")
        await terminal.shows("this list")
        colours = {cell.bg for line in terminal.screen.buffer.values() for cell in line.values()}
        assert ("ffd166" in colours) is coloured
        assert (colours == {"default"}) is not coloured
        assert ("Alisa (happy)" in terminal.text) is not coloured


async def test_a_narrow_terminal_and_wide_characters(home: Home) -> None:
    """Nothing is cut off or shifted where there are few columns."""
    async with FakeHub(home), chat(home, columns=30, rows=30) as terminal:
        await ready(terminal)
        terminal.type("日本語の長い文章をここに書きます 🙂 ok\r")
        await terminal.until(lambda: " ok" in terminal.text.partition("You said")[2], "the reply")
        text = terminal.text.replace(" ", "").replace("\n", "")
        assert text.count("日本語の長い文章をここに書きます") == 2


async def test_a_terminal_that_can_do_nothing_gets_lines(home: Home) -> None:
    """With TERM=dumb there is a bare prompt and bare words, and no escape sequence at all."""
    async with FakeHub(home), chat(home, TERM="dumb") as terminal:
        await terminal.shows("you>")
        terminal.type("hello\n")
        await terminal.shows("You said: hello")
        terminal.type("/quit\n")
        assert await terminal.ended() == 0
        assert b"\x1b" not in terminal.raw


async def test_without_a_hub_it_says_what_to_do(home: Home) -> None:
    """Exit 3, and the command that starts her."""
    async with chat(home, ALISA_HUB__PORT="9") as terminal:
        assert await terminal.ended() == 3
        await terminal.shows("alisa up")


async def test_a_wrong_token_is_told(home: Home) -> None:
    """The door's own words, exit 1."""
    async with FakeHub(home), chat(home) as terminal:
        home.token_file.write_text("x" * 43, encoding="ascii")
        assert await terminal.ended() == 1
        await terminal.shows("The token is not right.")
