"""She is lowered at once, cut off by words only, and goes on after anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.turns.barge_in import (
    BargeIn,
    BargeInEvent,
    BargeInParams,
    Candidate,
    Confirmed,
    FalseAlarm,
    Hushed,
)

FRAME = 0.032
HER = "the sea was grey that morning and the wind came from the north"


class Scene:
    """She speaks, and something comes in."""

    def __init__(self, params: BargeInParams | None = None) -> None:
        self.judge = BargeIn(params, names=("Alisa",))
        self.at = 0.0
        self.events: list[BargeInEvent] = []
        self.hear(1.5, 0.02, -60.0)

    def hear(
        self, seconds: float, probability: float, level: float, partial: str | None = "", saying: str = HER
    ) -> list[str]:
        """So many seconds of it. Returns the names of what happened."""
        before = len(self.events)
        for _ in range(max(1, round(seconds / FRAME))):
            self.at += FRAME
            self.events += self.judge.feed(self.at, probability, level, partial, saying=saying)
        return [type(event).__name__ for event in self.events[before:]]


def test_only_she_is_nobody() -> None:
    """Her own residue raises nothing."""
    assert Scene().events == []


def test_lowered_within_two_frames_and_silent_soon_after() -> None:
    """Speech lowers her within two frames and hushes her within a fifth of a second."""
    scene = Scene()
    onset = scene.at
    scene.hear(0.3, 0.9, -25.0)
    lowered, hushed = scene.events
    assert isinstance(lowered, Candidate)
    assert lowered.at - onset <= 2 * FRAME + 1e-6
    assert isinstance(hushed, Hushed)
    assert hushed.at - onset <= 0.2


@pytest.mark.parametrize("word", ["stop", "wait", "Alisa", "elisa", "hold on", "no no wait", "oh no"])
def test_these_words_cut_at_once(word: str) -> None:
    """Stop, wait and her name need no more than the word."""
    scene = Scene()
    scene.hear(0.2, 0.8, -25.0)
    assert scene.hear(FRAME, 0.8, -25.0, word)[-1] == "Confirmed"
    assert isinstance(scene.events[-1], Confirmed)
    assert scene.events[-1].why == "cut"


def test_a_lone_no_may_be_an_uh_huh() -> None:
    """A poor recogniser makes "no" of it: it takes a little longer to be believed; a good one is believed at once."""
    scene = Scene()
    scene.hear(0.35, 0.8, -25.0, "no")
    assert scene.hear(0.4, 0.0, -60.0, "no")[-1] == "FalseAlarm"
    scene = Scene()
    assert "Confirmed" in scene.hear(0.5, 0.8, -25.0, "no")
    scene = Scene(BargeInParams(words_trusted=True))
    assert "Confirmed" in scene.hear(0.2, 0.8, -25.0, "no")


def test_two_words_are_believed_sooner_than_one() -> None:
    """ "Hello there" is a short thing to say; one word of that length may still be a hum."""
    scene = Scene()
    assert "Confirmed" in scene.hear(0.65, 0.9, -25.0, "hello there")
    scene = Scene()
    assert "Confirmed" not in scene.hear(0.65, 0.9, -25.0, "hello")


@pytest.mark.parametrize(
    "word", ["uh-huh", "uh huh", "mhm", "mm-hmm", "yeah", "okay", "right", "oh wow", "i see", "ha ha ha", "m h m", ""]
)
def test_a_backchannel_never_cuts_her(word: str) -> None:
    """They last a second at most; she goes on, whether hushed for a moment or not."""
    scene = Scene()
    scene.hear(0.2, 0.9, -25.0, "")
    scene.hear(0.8, 0.9, -25.0, word)
    assert "FalseAlarm" in scene.hear(0.4, 0.0, -60.0, word)
    assert scene.hear(2.0, 0.02, -60.0, word) == []
    assert not [event for event in scene.events if isinstance(event, Confirmed)]


@pytest.mark.parametrize("made_of_it", ["the flood", "yeah", "are", "there there", "but", "i'm good"])
def test_what_a_poor_recogniser_makes_of_a_cough(made_of_it: str) -> None:
    """Half a second with any such words is no interruption."""
    scene = Scene()
    for _ in range(3):
        scene.hear(0.2, 0.8, -20.0, "")
        scene.hear(0.3, 0.8, -20.0, made_of_it)
        assert scene.hear(0.4, 0.0, -60.0, made_of_it)[-1] == "FalseAlarm"
        scene.hear(2.0, 0.0, -60.0)


def test_a_bang_is_over_soon() -> None:
    """Loud and no speech: she is lowered at most, never hushed."""
    scene = Scene()
    scene.hear(0.2, 0.1, -12.0)
    scene.hear(0.5, 0.0, -60.0)
    assert [type(event) for event in scene.events] == [Candidate, FalseAlarm]


def test_a_sentence_confirms() -> None:
    """Words of one's own, for long enough."""
    scene = Scene()
    scene.hear(0.4, 0.9, -25.0, "what")
    names = scene.hear(0.6, 0.9, -25.0, "what about tomorrow")
    assert names[-1] == "Confirmed"
    assert scene.at - 1.5 < 1.1


def test_a_trusted_recogniser_needs_a_word_only() -> None:
    """Where words can be believed, one that is no back-channel is enough."""
    scene = Scene(BargeInParams(words_trusted=True))
    scene.hear(0.2, 0.9, -25.0, "")
    assert "Confirmed" in scene.hear(0.15, 0.9, -25.0, "please")
    scene = Scene(BargeInParams(words_trusted=True))
    scene.hear(0.5, 0.9, -25.0, "yeah okay")
    assert "Confirmed" not in scene.hear(0.4, 0.0, -60.0, "yeah okay")


def test_speech_that_goes_on_confirms_without_words() -> None:
    """A recogniser that tells nothing before the end is no reason to be talked over."""
    scene = Scene()
    assert "Confirmed" in scene.hear(1.6, 0.9, -25.0, None)
    scene = Scene()
    assert "Confirmed" not in scene.hear(1.6, 0.9, -25.0, "")


def test_words_that_come_late_still_count() -> None:
    """The recogniser finishes after the volume is back."""
    scene = Scene()
    scene.hear(0.3, 0.9, -25.0, "")
    assert scene.hear(0.4, 0.0, -60.0, "")[-1] == "FalseAlarm"
    assert scene.hear(FRAME, 0.0, -60.0, "stop") == ["Confirmed"]
    scene = Scene()
    scene.hear(0.3, 0.9, -25.0, "")
    scene.hear(2.5, 0.0, -60.0, "")
    assert scene.hear(FRAME, 0.0, -60.0, "stop") == []


def test_her_own_words_are_her_echo() -> None:
    """What she is saying right now, misheard or not, is not somebody else."""
    scene = Scene()
    names = scene.hear(3.0, 0.9, -25.0, "the sea was great that mourning and the wind")
    assert "Confirmed" not in names
    scene = Scene()
    scene.hear(0.5, 0.9, -25.0, "stop it she said", saying="stop it she said and ran")
    assert not [event for event in scene.events if isinstance(event, Confirmed)]


def test_a_cutting_word_over_her_words_cuts() -> None:
    """Her echo and the user in one transcript: the user wins."""
    scene = Scene()
    scene.hear(0.3, 0.9, -25.0, "")
    assert "Confirmed" in scene.hear(0.1, 0.9, -25.0, "the sea was stop")


def test_residue_that_was_taken_for_somebody_raises_the_threshold() -> None:
    """An echo that fooled her once does not a second time; clear speech still does."""
    scene = Scene()
    for _ in range(4):
        scene.hear(0.2, 0.4, -45.0)
        scene.hear(1.0, 0.0, -60.0)
    assert [type(event) for event in scene.events] == [Candidate, Hushed, FalseAlarm]
    assert scene.hear(0.3, 0.4, -45.0) == []
    assert "Candidate" in scene.hear(0.3, 0.95, -25.0)


def test_the_excess_lowers_her_before_the_vad_knows() -> None:
    """More in the microphone than her echo can be: lowered at once; not hushed by that alone."""
    judge = BargeIn()
    for i in range(100):
        judge.feed(i * 0.01, 0.0, -70.0)
    assert [type(event) for event in judge.feed(1.0, 0.0, -70.0, excess=9.0)] == [Candidate]
    later = [event for i in range(30) for event in judge.feed(1.01 + i * 0.01, 0.0, -70.0, excess=9.0)]
    assert later == []


def test_confirmed_once() -> None:
    """What follows belongs to the same interruption; after quiet or a reset she can be interrupted again."""
    scene = Scene()
    scene.hear(0.5, 0.9, -25.0, "stop")
    assert scene.hear(3.0, 0.9, -25.0, "stop it now") == []
    scene.judge.reset()
    scene.hear(0.5, 0.0, -60.0, "")
    assert "Confirmed" in scene.hear(0.5, 0.9, -25.0, "stop")
    scene.hear(2.0, 0.0, -60.0, "")
    assert "Confirmed" in scene.hear(0.5, 0.9, -25.0, "wait")


inputs = st.tuples(
    st.floats(0, 1),
    st.floats(-96, 0),
    st.sampled_from([None, "", "yeah", "stop", "the sea was", "what about it"]),
    st.floats(-20, 30),
    st.integers(1, 20),
)


@given(st.lists(inputs, max_size=40))
def test_every_candidate_is_settled(script: list[tuple]) -> None:
    """Candidate, perhaps hushed, then confirmed or a false alarm; a late word may confirm without a candidate."""
    judge, at = BargeIn(), 0.0
    events: list[BargeInEvent] = []
    for probability, level, partial, excess, times in script:
        for _ in range(times):
            at += FRAME
            events += judge.feed(at, probability, level, partial, saying=HER, excess=excess)
    for _ in range(200):
        at += FRAME
        events += judge.feed(at, 0.0, -96.0, "")
    follows = {
        "": {"Candidate"},
        "Candidate": {"Hushed", "Confirmed", "FalseAlarm"},
        "Hushed": {"Confirmed", "FalseAlarm"},
        "Confirmed": {"Candidate"},
        "FalseAlarm": {"Candidate", "Confirmed"},
    }
    state = ""
    for event in events:
        name = type(event).__name__
        assert name in follows[state]
        state = name
    assert state in {"", "Confirmed", "FalseAlarm"}


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(-96, 0), st.integers(1, 8)), max_size=60))
def test_short_sounds_without_words_never_cut_her(sounds: list[tuple[float, float, int]]) -> None:
    """Any sounds, each a quarter of a second at most, with a third of a second between: she goes on."""
    judge, at = BargeIn(), 0.0
    for probability, level, frames in sounds:
        for step in range(frames + 10):
            at += FRAME
            loud = step < frames
            events = judge.feed(at, probability if loud else 0.0, level if loud else -70.0, "")
            assert not [event for event in events if isinstance(event, Confirmed)]
