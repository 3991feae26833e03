"""The built-in recogniser stands in for one that fails, with the same sound; and that is told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from alisa.runtime.errors import AlisaError, EngineError
from voice.audio.clips import Samples
from voice.stt.recognizer import Transcript
from voice.stt.standin import WithStandIn

AWAY = EngineError("stt_unreachable", "The server cannot be reached.", "Does it run?")


class Counting:
    """Understands how many samples it heard; fails where it was told to."""

    def __init__(self, fails: Sequence[str] = ()) -> None:
        self.notice = "something to know"
        self.fails = set(fails)
        self.did: list[str] = []
        self.heard = 0

    def load(self) -> None:
        self._do("load")

    def begin(self) -> None:
        self.heard = 0
        self._do("begin")

    def feed(self, samples: Samples) -> None:
        self.heard += len(samples)

    def partial(self) -> str | None:
        self._do("partial")
        return f"{self.heard} so far"

    def finish(self) -> Transcript:
        self._do("finish")
        return Transcript(f"{self.heard} in all", 1.0, self.heard / 16000)

    def close(self) -> None:
        self.did.append("close")

    def _do(self, what: str) -> None:
        self.did.append(what)
        if what in self.fails:
            raise AWAY


def said(made: WithStandIn) -> str:
    made.begin()
    for _ in range(3):
        made.feed(np.zeros(100, np.float32))
        made.partial()
    return made.finish().text


@pytest.mark.parametrize("fails", ["begin", "partial", "finish"])
def test_what_the_chosen_one_fails_at_is_understood_by_the_other(fails: str) -> None:
    """All of the same sound, whenever it failed; with the next utterance the chosen one is asked again."""
    told: list[AlisaError | None] = []
    chosen, other = Counting([fails]), Counting()
    made = WithStandIn(chosen, other, told.append)
    made.load()
    assert other.did == [], "it takes memory only once it is needed"
    assert said(made) == "300 in all"
    assert other.did == ["begin", "finish"]
    assert told == [AWAY]
    chosen.fails.clear()
    assert said(made) == "300 in all"
    assert other.did == ["begin", "finish"]
    assert told == [AWAY, None]
    made.close()
    assert chosen.did[-1] == other.did[-1] == "close"


def test_who_cannot_be_loaded_is_not_asked_again() -> None:
    """From then on the other one hears everything as it comes."""
    told: list[AlisaError | None] = []
    chosen, other = Counting(["load"]), Counting()
    made = WithStandIn(chosen, other, told.append)
    made.load()
    assert said(made) == "300 in all"
    assert chosen.did == ["load"]
    assert other.did.count("partial") == 3
    assert told == [AWAY]
    assert made.lost


@pytest.mark.parametrize("fails", ["load", "begin", "partial", "finish"])
def test_where_nobody_stands_in_it_is_raised_and_told(fails: str) -> None:
    """A language that the built-in one does not know."""
    told: list[AlisaError | None] = []
    made = WithStandIn(Counting([fails]), None, told.append)

    def work() -> None:
        made.load()
        said(made)

    with pytest.raises(EngineError, match="cannot be reached"):
        work()
    assert told == [AWAY]
