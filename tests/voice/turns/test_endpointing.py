"""A turn begins with speech and always ends: soon where it looks finished, later where it does not."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voice.vad.sounds import loud_part, needs_flite, room, say, silence
from voice.turns.endpointing import (
    Endpointer,
    EndpointParams,
    HardEnd,
    Resumed,
    SoftEnd,
    SpeechBegan,
    TurnEvent,
)
from voice.vad.silero import Silero

FRAME = 0.032


class Scene:
    """An endpointer, and what it is told: stretches of speech and silence."""

    def __init__(self, params: EndpointParams | None = None) -> None:
        self.endpointer = Endpointer(params)
        self.at = 0.0
        self.events: list[TurnEvent] = []

    def hear(
        self,
        seconds: float,
        probability: float | None,
        partial: str | None = None,
        levels: Iterable[float] = (),
        finished: float | None = None,
    ) -> list[TurnEvent]:
        """So many seconds of this. Returns what happened meanwhile."""
        level = iter(levels)
        events: list[TurnEvent] = []
        for _ in range(round(seconds / FRAME)):
            self.at += FRAME
            events += self.endpointer.feed(self.at, probability, partial, level=next(level, None), finished=finished)
        self.events += events
        return events

    def silence_until_the_end(self, partial: str | None = None, finished: float | None = None) -> float:
        """Silence until the turn ends. Returns how long that took after the last speech."""
        ends = [event for event in self.hear(5.0, 0.0, partial, finished=finished) if isinstance(event, HardEnd)]
        assert len(ends) == 1
        return ends[0].at - ends[0].speech_end


def kinds(events: list[TurnEvent]) -> list[str]:
    """Their names."""
    return [type(event).__name__ for event in events]


def test_a_turn() -> None:
    """Speech begins it, a short silence is a soft end, a longer one the hard end."""
    scene = Scene()
    scene.hear(1.0, 0.0)
    scene.hear(1.0, 0.95)
    scene.hear(1.0, 0.0)
    began, soft, hard = scene.events
    assert isinstance(began, SpeechBegan)
    assert began.onset == pytest.approx(1.0, abs=FRAME)
    assert began.at - began.onset == pytest.approx(2 * FRAME, abs=1e-6)
    assert isinstance(soft, SoftEnd)
    assert soft.at - soft.speech_end == pytest.approx(0.2, abs=FRAME)
    assert isinstance(hard, HardEnd)
    assert hard.reason == "silence"
    assert hard.at - hard.speech_end == pytest.approx(0.45, abs=FRAME)
    assert hard.speech_end == pytest.approx(soft.speech_end)
    assert hard.speech_seconds == pytest.approx(1.0, abs=0.05)


def test_one_frame_is_no_speech() -> None:
    """A single sure frame begins nothing."""
    scene = Scene()
    for _ in range(20):
        scene.hear(FRAME, 0.95)
        scene.hear(3 * FRAME, 0.1)
    assert scene.events == []


def test_who_goes_on_resumes() -> None:
    """Speech after a soft end takes it back; its pause is told."""
    scene = Scene()
    scene.hear(0.6, 0.9)
    scene.hear(0.32, 0.0)
    (resumed,) = [event for event in scene.hear(0.6, 0.9) if isinstance(event, Resumed)]
    assert resumed.pause == pytest.approx(0.3, abs=2 * FRAME)
    scene.hear(1.0, 0.0)
    assert kinds(scene.events) == ["SpeechBegan", "SoftEnd", "Resumed", "SoftEnd", "HardEnd"]


def test_a_thought_that_hangs_is_waited_for() -> None:
    """Finished words end the turn sooner, a loose end much later."""
    delays = {}
    for words in ("what time is it now", "i think", "tell me about the", "um", "hello there", "and", "what"):
        scene = Scene()
        scene.hear(1.0, 0.9, words)
        delays[words] = scene.silence_until_the_end(words)
    assert delays["what time is it now"] <= 0.35
    assert delays["hello there"] == pytest.approx(0.45, abs=FRAME)
    assert all(delays[words] >= 1.0 for words in ("i think", "tell me about the", "um", "and", "what"))


def test_an_end_of_turn_model_is_followed_where_it_is_sure() -> None:
    """What the model is sure of outranks the words; what it is unsure of does not."""
    delays = []
    for words, finished in (("and", 0.95), ("it is late now", 0.05), ("it is late now", 0.5)):
        scene = Scene()
        scene.hear(1.0, 0.9, words)
        delays.append(scene.silence_until_the_end(words, finished=finished))
    assert delays[0] < 0.4 < 1.0 < delays[1]
    assert delays[2] < 0.4


def test_it_learns_how_somebody_pauses() -> None:
    """Who pauses for 0.4 s within their sentences is waited for longer; who never does, not."""
    slow, quick = Scene(), Scene()
    for _ in range(8):
        for _ in range(3):
            slow.hear(0.8, 0.9)
            slow.hear(0.416, 0.0)
        slow.hear(0.8, 0.9)
        slow.hear(3.0, 0.0)
        quick.hear(1.5, 0.9)
        quick.hear(3.0, 0.0)
    assert slow.endpointer.delay() >= 0.48
    assert quick.endpointer.delay() == pytest.approx(0.45, abs=0.02)


def test_an_end_that_came_too_early_teaches() -> None:
    """Who goes on right after the hard end is told to continue, and waited for longer the next time."""
    scene = Scene()
    for _ in range(6):
        scene.hear(0.8, 0.9)
        scene.hear(0.64, 0.0)
        began = [event for event in scene.hear(0.8, 0.9) if isinstance(event, SpeechBegan)]
        assert all(event.continues for event in began)
        scene.hear(4.0, 0.0)
    assert not began, "by now the pause is waited for"
    assert scene.endpointer.delay() > 0.64
    scene.hear(0.8, 0.9)
    assert not [event for event in scene.events if isinstance(event, SpeechBegan)][-1].continues


def test_a_click_is_forgotten() -> None:
    """Too little for a word, and no word recognised: the end says so. With a word it counts."""
    for words, reason in (("", "short"), ("no", "silence")):
        scene = Scene()
        scene.hear(3 * FRAME, 0.9, words)
        scene.hear(1.0, 0.0, words)
        assert [event.reason for event in scene.events if isinstance(event, HardEnd)] == [reason]


def test_the_longest_turn_ends_and_the_next_goes_on() -> None:
    """Nobody speaks for ever; what follows continues the turn."""
    scene = Scene(EndpointParams(longest_seconds=10.0))
    scene.hear(15.0, 0.9)
    _, hard, again = scene.events
    assert isinstance(hard, HardEnd)
    assert hard.reason == "longest"
    assert hard.at == pytest.approx(10, abs=0.1)
    assert isinstance(again, SpeechBegan)
    assert again.continues


def test_words_that_stop_coming_end_it() -> None:
    """The VAD is stuck on speech, the recogniser has nothing new: the turn ends, and noise begins no other."""
    scene = Scene()
    scene.hear(1.0, 0.95, "turn on the radio")
    scene.hear(20.0, 0.95, "turn on the radio")
    ends = [event for event in scene.events if isinstance(event, HardEnd)]
    assert [event.reason for event in ends] == ["stalled"]
    assert ends[0].at < 6.0
    assert not scene.endpointer.speaking
    scene.hear(0.5, 0.0)
    scene.hear(0.5, 0.95)
    assert scene.endpointer.speaking, "after a calm moment it is believed again"


def test_speech_without_a_word_ends() -> None:
    """Music that the VAD takes for speech and in which nothing is recognised."""
    scene = Scene()
    scene.hear(20.0, 0.95, "")
    assert [event.reason for event in scene.events if isinstance(event, HardEnd)] == ["wordless"]


def test_a_recogniser_without_partials_is_no_reason() -> None:
    """Where no words come before the end, their absence says nothing."""
    scene = Scene()
    scene.hear(20.0, 0.95, None)
    assert kinds(scene.events) == ["SpeechBegan"]


def test_steady_noise_is_found_out() -> None:
    """A fan that the VAD takes for speech: too steady. Somebody louder is heard over it."""
    scene = Scene()
    random = np.random.default_rng(0)
    scene.hear(10.0, 0.9, None, levels=-40 + random.normal(0, 1, 400))
    assert [event.reason for event in scene.events if isinstance(event, HardEnd)] == ["noise"]
    assert scene.events[-1].at < 3.5
    assert not scene.endpointer.speaking
    scene.hear(0.3, 0.9, None, levels=[-25.0] * 20)
    assert scene.endpointer.speaking


@needs_flite
def test_speech_is_never_too_steady() -> None:
    """Ten seconds of real sentences are no noise, though the VAD is sure throughout."""
    from voice.audio.levels import dbfs

    for voice in ("awb", "rms", "slt"):
        said = say("She walked along the shore until she found a boat, and sat down beside it to sing a song", voice)
        scene = Scene()
        scene.hear(12.0, 0.95, None, levels=[dbfs(said[at : at + 512]) for at in range(4000, len(said) - 4000, 512)])
        assert kinds(scene.events) == ["SpeechBegan"]


def test_a_microphone_that_goes_away_ends_it() -> None:
    """No sound for a second is the end, whatever was said."""
    scene = Scene()
    scene.hear(1.0, 0.9, "and then")
    events = scene.hear(2.0, None, "and then")
    assert [event.reason for event in events if isinstance(event, HardEnd)] == ["lost"]


def test_push_to_talk() -> None:
    """A held key is a turn, silence or not, and letting go ends it."""
    endpointer = Endpointer()
    began = endpointer.press(1.0)
    assert kinds(began) == ["SpeechBegan"]
    assert endpointer.press(1.1) == []
    assert [endpointer.feed(1.1 + 0.032 * i, 0.0, "") for i in range(100)] == [[]] * 100
    (hard,) = endpointer.release(4.5)
    assert isinstance(hard, HardEnd)
    assert hard.reason == "released"
    assert endpointer.release(4.6) == []


def test_reset_forgets_the_turn_and_keeps_what_was_learned() -> None:
    """Nothing is told of a turn that was dropped."""
    scene = Scene()
    scene.hear(1.0, 0.9)
    scene.endpointer.reset()
    assert not scene.endpointer.speaking
    assert scene.hear(2.0, 0.0) == []


steps = st.tuples(
    st.floats(0, 0.2),
    st.one_of(st.none(), st.floats(0, 1)),
    st.sampled_from([None, "", "and", "hello there", "what is it", "a b c d"]),
    st.one_of(st.none(), st.floats(-96, 0)),
    st.one_of(st.none(), st.floats(0, 1)),
)
blocks = st.lists(st.tuples(steps, st.integers(1, 40)), max_size=25)


@given(blocks)
def test_events_alternate_and_every_turn_ends(script: list[tuple[tuple, int]]) -> None:
    """Whatever it is told: began, then soft ends and resumptions in turn, then a hard end; times never run back."""
    endpointer = Endpointer(EndpointParams(longest_seconds=8.0))
    at = 0.0
    events: list[TurnEvent] = []
    for (step, probability, partial, level, finished), times in script:
        for _ in range(times):
            at += step
            events += endpointer.feed(at, probability, partial, level=level, finished=finished)
    for _ in range(200):  # and then it is quiet
        at += 0.05
        events += endpointer.feed(at, 0.0, None)
    assert not endpointer.speaking
    follows = {
        "": {"SpeechBegan"},
        "SpeechBegan": {"SoftEnd", "HardEnd"},
        "SoftEnd": {"Resumed", "HardEnd"},
        "Resumed": {"SoftEnd", "HardEnd"},
        "HardEnd": {"SpeechBegan"},
    }
    state, time = "", 0.0
    for event in events:
        name = type(event).__name__
        assert name in follows[state]
        assert event.at >= time
        state, time = name, event.at
        match event:
            case SpeechBegan():
                assert event.onset <= event.at
            case SoftEnd() | HardEnd():
                assert event.speech_end <= event.at
    assert state in {"", "HardEnd"}


@given(st.floats(0.5, 1.0), st.lists(st.sampled_from(["", "hello", "hello there"]), min_size=1))
def test_no_vad_is_needed_for_an_end(probability: float, partials: list[str]) -> None:
    """A VAD that is stuck on speech holds no turn for longer than the longest."""
    endpointer = Endpointer(EndpointParams(longest_seconds=5.0))
    ends = []
    for i in range(400):
        ends += [
            event
            for event in endpointer.feed(i * 0.032, probability, partials[i % len(partials)])
            if isinstance(event, HardEnd)
        ]
    assert ends
    assert ends[0].at <= 5.2


@needs_flite
@pytest.mark.parametrize("voice", ["awb", "rms", "slt"])
def test_real_sentences_end_once(voice: str) -> None:
    """Real speech through the real VAD: one turn a sentence, ended 0.45 to 0.6 s after its last sound."""
    for text in ("what is the weather like tomorrow", "tell me a story about a dragon", "good morning"):
        said = say(text, voice)
        sound = room(np.concatenate([silence(1), said, silence(1.5)]))
        vad, endpointer = Silero(), Endpointer()
        events: list[TurnEvent] = []
        for at in range(0, len(sound) - 511, 512):
            events += endpointer.feed((at + 512) / 16000, vad.probability(sound[at : at + 512]))
        begin, end = (second + 1.0 for second in loud_part(said))
        assert kinds(events)[0] == "SpeechBegan"
        assert kinds(events).count("HardEnd") == 1
        assert -0.1 <= events[0].onset - begin <= 0.15
        assert abs(events[-1].speech_end - end) <= 0.1
        assert events[-1].at - end <= 0.45 + 0.15
