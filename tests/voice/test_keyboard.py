"""The terminal as a way to talk with her: what she says is on one stream, what is to be known beside it."""

from __future__ import annotations

import io

from alisa.link import Connected, Disconnected
from alisa.protocol.messages import End, Error, Mouth, Say, Sentence, Turn, Welcome
from alisa.protocol.tags import Cause, EndReason, Source
from alisa.runtime.errors import AlisaError
from voice.keyboard import Typist
from voice.status import Snapshot

AWAY = AlisaError("hub_away", "The hub is away.", "Start it with `alisa up`.")


class Streams:
    def __init__(self) -> None:
        self.out, self.beside = io.StringIO(), io.StringIO()
        self.typist = Typist(self.out, self.beside)


def test_what_she_says_and_nothing_else_is_on_standard_output() -> None:
    """Sentence by sentence, with an empty line behind a reply; an error is beside it."""
    told = Streams()
    for item in (Turn(Cause.USER, 1), Sentence("One.", 1), Mouth(0.5), Sentence("Two.", 1), End(EndReason.STOP, {}, 1)):
        told.typist(item)
    told.typist(Error("llm_away", "The model is away.", "Wait.", 2))
    assert told.out.getvalue() == "One.\nTwo.\n\n"
    assert told.beside.getvalue() == "The model is away. Wait.\n"


def test_a_hub_that_is_away_is_told_once() -> None:
    """And again only when it had come back."""
    told = Streams()
    for item in (Disconnected("no answer", 1.0), Disconnected("no answer", 2.0), Connected(Welcome("t", "main"))):
        told.typist(item)
    assert told.beside.getvalue().count("alisa up") == 1
    told.typist(Disconnected("gone", 1.0))
    assert told.beside.getvalue().count("alisa up") == 2


def test_what_never_reached_her_is_told_and_counted() -> None:
    """So that a script that feeds lines to her can know."""
    told = Streams()
    told.typist.not_sent(Say("hello", Source.TYPED), AWAY)
    told.typist.not_sent(Mouth(0.0), AWAY)
    assert told.typist.lost == 1
    assert told.beside.getvalue() == "“hello” did not reach her: The hub is away. Start it with `alisa up`.\n"


def test_what_is_missing_is_told_when_it_changes() -> None:
    """A loudspeaker, a voice: a line each time it is another, none while nothing is missing."""
    told = Streams()
    for note in ("", "No speaker.", "No speaker.", "No speaker. No hub.", "", "No speaker."):
        told.typist.look(Snapshot(note=note, level=-30.0))
    assert told.beside.getvalue() == "No speaker.\nNo hub.\nNo speaker.\n"
