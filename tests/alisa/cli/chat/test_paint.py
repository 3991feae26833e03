"""What the chat draws, without a terminal."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from alisa.cli.chat.paint import Painter
from alisa.cli.chat.past import PastMessage
from alisa.cli.chat.scene import Block, HerName, Note, Print, ReplyOver, Scene, Trouble, UserLine
from alisa.cli.look import EMOTION_COLOURS
from alisa.protocol.messages import EmotionShown, Token, Turn
from alisa.protocol.tags import Emotion, EndReason

ATTRIBUTES = re.compile(r"\x1b\[[0-9;]*m")


def painter(width: int = 60, *, colours: bool = False) -> Painter:
    return Painter(colours=colours, columns=lambda: width)


def painted(*prints: Print, width: int = 60) -> str:
    """The words alone, without bold and the like."""
    return ATTRIBUTES.sub("", painter(width).prints(prints, "Alisa"))


@pytest.fixture(autouse=True)
def _able_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


def test_a_turn_without_colours() -> None:
    """Who speaks, how she feels, her words as Markdown, and how it ended."""
    text = painted(
        UserLine("hi\nthere"), HerName(Emotion.HAPPY), Block("**Oh**, a `line`."), ReplyOver(EndReason.INTERRUPTED)
    )
    assert [line.rstrip() for line in text.splitlines()] == [
        "you > hi",
        "      there",
        "Alisa (happy)",
        " Oh, a line.",
        " — interrupted",
        "",
    ]


def test_foreign_words_are_no_markup() -> None:
    """Brackets, colons and links are shown as they are; the target of a link is never hidden."""
    text = painted(
        UserLine("[red]x[/red] :smile:"),
        Block("[b]y[/b] see [here](http://x.example/)"),
        Note("[i]"),
        Trouble("[a]", ""),
    )
    assert "[red]x[/red] :smile:" in text
    assert "[b]y[/b]" in text
    assert "http://x.example/" in text
    assert "[i]" in text
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("markdown", "lines"),
    [
        ("```py\nx = 1\n```", ["   x = 1"]),
        ("- a\n- b", ["  • a", "  • b"]),
        ("3. a\n4. b", ["  3 a", "  4 b"]),
        ("> quoted", [" ▌ quoted"]),
        ("", []),
    ],
)
def test_a_block_has_no_empty_lines_around(markdown: str, lines: list[str]) -> None:
    """Code, lists and quotes begin where they begin and end where they end; what is between is the painter's."""
    assert [line.rstrip() for line in painted(Block(markdown)).splitlines()] == lines
    assert [line.rstrip() for line in painted(Block(markdown, first=False)).splitlines()] == ["", *lines]


@pytest.mark.parametrize(("emotion", "colour"), EMOTION_COLOURS.items())
def test_the_colour_of_an_emotion(emotion: Emotion, colour: str) -> None:
    """Each emotion has its own block of colour; without colours there is none at all."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    assert f"48;2;{red};{green};{blue}" in painter(colours=True).prints([HerName(emotion)], "Alisa")
    assert ";2;" not in painter().prints([HerName(emotion)], "Alisa")


def test_what_grows_fits_the_rows() -> None:
    """Only the end of a long reply is drawn anew, with what waits below it."""
    scene = Scene()
    scene.feed(Turn(turn=1))
    scene.feed(EmotionShown(Emotion.SAD, 1))
    assert ATTRIBUTES.sub("", painter(40).growing(scene, 5)).strip() == "Alisa (sad) …"
    scene.feed(Token("word " * 200, 1))
    scene.say("x" * 100)
    lines = ATTRIBUTES.sub("", painter(40).growing(scene, 6)).splitlines()
    assert len(lines) == 6
    assert lines[-1].startswith("  next: xxx")
    assert all(len(line) <= 40 for line in lines)
    assert painter().growing(Scene(), 5) == ""


@pytest.mark.parametrize("width", [1, 5, 20, 200])
def test_any_width_is_survived(width: int) -> None:
    """Very narrow and very wide terminals."""
    assert painted(
        UserLine("日本語 words"), HerName(Emotion.SHY), Block("# T\n\n| a | b |\n|--|--|\n| 1 | 2 |"), width=width
    )
    longest = max(map(len, painted(Block("word " * 100), width=width).splitlines()))
    assert longest <= min(max(width, 12), 100)


def test_messages_of_before() -> None:
    """They look like those of now, under their day."""
    at = datetime(2026, 11, 21, 20, 14, tzinfo=UTC)
    past = [PastMessage(1, True, "Q?", None, False, at), PastMessage(1, False, "A.", Emotion.CALM, True, at)]
    lines = [line.rstrip() for line in ATTRIBUTES.sub("", painter().past(past, "Alisa")).splitlines()]
    assert lines == [
        "Saturday 21 November 2026, 20:14",
        "you > Q?",
        "Alisa (calm)",
        " A.",
        " — interrupted",
        "",
    ]


def test_what_leaving_means_is_said() -> None:
    """In a chat that woke her, leaving puts her to sleep; elsewhere she keeps running."""
    assert "leave; she keeps running" in painter().help()
    assert "leave; she goes to sleep" in painter().help(she_stays=False)
