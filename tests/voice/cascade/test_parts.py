"""The parts of the cascade by themselves: what words mean, where the time goes, a recogniser in its thread."""

from __future__ import annotations

import asyncio
import threading

import numpy as np
import pytest

from voice.audio.clips import Samples
from voice.cascade.ending import Ending
from voice.cascade.meaning import Ask, Called, Meaning, Obey, meaning
from voice.cascade.transcriber import Transcriber
from voice.cascade.waterfall import Waterfall
from voice.stt.recognizer import Transcript
from voice.turns.orders import Order

NAMES = ["Alisa"]


@pytest.mark.parametrize(
    ("text", "must_call", "wanted"),
    [
        ("how are you", False, Ask("how are you")),
        ("how are you", True, None),
        ("Alisa, how are you?", True, Ask("how are you?")),
        ("Alisa, how are you?", False, Ask("Alisa, how are you?")),
        ("Alisa!", True, Called()),
        ("Alisa!", False, Ask("Alisa!")),
        ("stop", False, Obey(Order.STOP)),
        ("stop", True, None),
        ("Alisa, stop", True, Obey(Order.STOP)),
        ("Alisa, louder please", False, Obey(Order.LOUDER)),
        ("stop the timer", False, Ask("stop the timer")),
        ("", False, None),
        (" … ", False, None),
    ],
)
def test_what_words_want(text: str, must_call: bool, wanted: Meaning) -> None:
    """An answer, something of the voice itself, or nothing."""
    assert meaning(text, names=NAMES, must_call=must_call) == wanted


def test_the_waterfall() -> None:
    """Each stage by itself, the sum, and nothing about what never happened."""
    waterfall = Waterfall(1.0, decided=1.3, understood=1.312)
    assert waterfall.stages() == {"endpoint": 300.0, "stt": 12.0}
    waterfall.noticed, waterfall.sentence, waterfall.audible = 1.304, 1.362, 1.4
    waterfall.first_token_ms, waterfall.tts_ms = 20.04, 15.02
    assert not waterfall.complete
    waterfall.over = True
    assert waterfall.complete
    stages = waterfall.stages()
    assert stages == {
        "endpoint": 300.0, "arrival": 4.0, "stt": 12.0, "first_clause": 50.0, "first_token": 20.0, "first_audio": 38.0,
        "tts": 15.0, "total": 400.0,
    }  # fmt: skip


class Counting:
    """Understands how much it was fed, in its own thread, and fails when told to."""

    notice = ""

    def __init__(self) -> None:
        self.threads: set[int] = set()
        self.fed = 0
        self.fails = False
        self.closed = threading.Event()

    def load(self) -> None:
        self.threads.add(threading.get_ident())

    def begin(self) -> None:
        self.fed = 0

    def feed(self, samples: Samples) -> None:
        self.threads.add(threading.get_ident())
        if self.fails:
            raise ValueError("broken")
        self.fed += len(samples)

    def partial(self) -> str | None:
        return str(self.fed)

    def finish(self) -> Transcript:
        return Transcript(f"{self.fed} in all", 1.0, self.fed / 16000)

    def close(self) -> None:
        self.closed.set()


def sound(samples: int) -> Samples:
    return np.zeros(samples, np.float32)


async def test_everything_is_taken_in_by_one_thread() -> None:
    """In order, nothing lost, partial words as they come; not in the thread of the event loop."""
    counting = Counting()
    transcriber = Transcriber(counting)
    told: list[str | None] = []
    came = asyncio.Event()

    def note() -> None:
        told.append(transcriber.partial)
        came.set()

    transcriber.on_partial = note
    await transcriber.load()
    transcriber.begin(sound(1600))
    for _ in range(30):
        transcriber.feed(sound(160))
    await asyncio.wait_for(came.wait(), 5)
    assert (await transcriber.finish()).text == "6400 in all"
    assert told
    assert told == sorted(told, key=lambda text: int(text or 0))
    transcriber.feed(sound(160))
    transcriber.begin(sound(160))
    assert (await transcriber.finish()).text == "160 in all"
    assert counting.threads.isdisjoint({threading.get_ident()})
    assert len(counting.threads) == 1
    transcriber.close()
    assert await asyncio.to_thread(counting.closed.wait, 5)


async def test_a_recogniser_that_fails() -> None:
    """Nothing was understood; the next utterance is."""
    counting = Counting()
    transcriber = Transcriber(counting, threaded=False)
    counting.fails = True
    transcriber.begin(sound(160))
    transcriber.feed(sound(160))
    assert (await transcriber.finish()).text == ""
    counting.fails = False
    transcriber.begin(sound(160))
    assert (await transcriber.finish()).text == "160 in all"
    transcriber.close()


class Judging:
    """An end-of-turn model that notes what it was shown, answers when it may, and fails when told to."""

    def __init__(self) -> None:
        self.may_answer = threading.Event()
        self.shown: list[tuple[int, int]] = []
        self.fails = False

    def finished(self, samples: Samples) -> float:
        self.shown.append((len(samples), threading.get_ident()))
        self.may_answer.wait(5)
        if self.fails:
            raise ValueError("broken")
        return 0.9


async def answered(ending: Ending, judging: Judging, count: int) -> None:
    while len(judging.shown) < count or (ending.answer is None and not judging.fails):
        await asyncio.sleep(0.005)


async def test_an_end_of_turn_model_works_in_a_thread_and_sees_eight_seconds_at_most() -> None:
    """Nobody waits for it; the oldest sound goes."""
    judging = Judging()
    ending = Ending(judging)
    ending.begin(sound(8000))
    for _ in range(900):
        ending.hear(sound(160))
    ending.ask()
    assert ending.answer is None
    judging.may_answer.set()
    await asyncio.wait_for(answered(ending, judging, 1), 5)
    assert ending.answer == 0.9
    ((samples, thread),) = judging.shown
    assert 8 * 16000 <= samples <= 8 * 16000 + 8000
    assert thread != threading.get_ident()
    ending.close()


async def test_an_answer_that_comes_after_the_turn_went_on_counts_no_more() -> None:
    """Nor does one that never comes, because the model fails."""
    judging = Judging()
    ending = Ending(judging)
    ending.begin(sound(160))
    ending.ask()
    ending.withdraw()
    judging.may_answer.set()
    await asyncio.sleep(0.05)
    assert ending.answer is None
    judging.fails = True
    ending.ask()
    await asyncio.wait_for(answered(ending, judging, 2), 5)
    await asyncio.sleep(0.05)
    assert ending.answer is None
    ending.close()
