"""She speaks what she is given, sentence after sentence without a gap; what is told of it is what was heard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
import pytest

from alisa.protocol.messages import SpeechEnd, SpeechStart
from alisa.protocol.tags import Emotion
from tests.voice.speaking import Plainly, Told, ToneSpeaker
from voice.audio.levels import dbfs
from voice.audio.scripted import ScriptedSink
from voice.audio.streams import State
from voice.player import AHEAD_SECONDS, Player

pytestmark = pytest.mark.looptime


class Rig:
    def __init__(self, player: Player, sink: ScriptedSink, speaker: ToneSpeaker, told: Told) -> None:
        self.player, self.sink, self.speaker, self.told = player, sink, speaker, told

    def say(self, turn: int | None, *sentences: str) -> None:
        for sentence in sentences:
            self.player.sentence(turn, sentence)
        self.player.end(turn)

    async def silent(self) -> None:
        async with asyncio.timeout(300):
            while self.player.busy:
                await asyncio.sleep(0.01)

    def level(self, seconds: float = 0.1) -> float:
        """How loud it was just now."""
        clip = self.sink.heard()
        return dbfs(clip.samples[-round(seconds * clip.rate) :])


@asynccontextmanager
async def playing(speaker: ToneSpeaker | None = None, **options: Any) -> AsyncIterator[Rig]:
    speaker, told = speaker or ToneSpeaker(), Told()
    async with ScriptedSink() as sink, Player(sink, speaker, Plainly(), told, **options) as player:
        yield Rig(player, sink, speaker, told)


async def test_a_reply_is_heard_and_told() -> None:
    """It begins with its first sample and ends with its last; all of its words were heard."""
    async with playing() as rig:
        rig.say(7, "One two three.", "Four five.")
        await rig.silent()
        assert rig.told.speech == [SpeechStart(7), SpeechEnd("One two three. Four five.", True, 7)]
        assert rig.told.at(SpeechStart) <= 0.03
        assert rig.told.at(SpeechEnd) == pytest.approx(1.0, abs=0.06)
        assert np.count_nonzero(np.abs(rig.sink.heard().samples) > 0.01) / 48000 == pytest.approx(0.95, abs=0.06)


async def test_the_next_sentence_is_made_while_the_former_is_heard() -> None:
    """An engine that thinks for as long as a sentence lasts leaves no gap between sentences."""
    async with playing(ToneSpeaker(think_seconds=0.5)) as rig:
        rig.say(1, "One two three four five.", "Six seven eight nine ten.", "Eleven twelve.")
        await rig.silent()
        assert rig.speaker.began_at == pytest.approx([0.0, 0.5, 1.0], abs=0.05)
        assert rig.told.at(SpeechEnd) == pytest.approx(0.5 + 12 * 0.2, abs=0.06)


async def test_not_far_ahead() -> None:
    """What may never be heard is not made: only some seconds wait."""
    async with playing() as rig:
        rig.say(1, *["One two three four five six seven eight nine ten."] * 20)
        await asyncio.sleep(1)
        assert len(rig.speaker.spoken) * 2.0 <= AHEAD_SECONDS + 4
        rig.player.stop()
        await asyncio.sleep(1)
        assert len(rig.speaker.spoken) * 2.0 <= AHEAD_SECONDS + 4


async def test_sentences_that_come_late() -> None:
    """A slow model leaves gaps, and it stays one reply."""
    async with playing() as rig:
        rig.player.sentence(1, "One.")
        await asyncio.sleep(2)
        rig.player.sentence(1, "Two.")
        await asyncio.sleep(2)
        assert rig.player.busy
        assert not rig.player.audible
        rig.player.end(1)
        await rig.silent()
        assert rig.told.speech == [SpeechStart(1), SpeechEnd("One. Two.", True, 1)]


async def test_stopping_is_at_once_and_tells_what_was_heard() -> None:
    """To the word, by the engine's marks; nothing of it is heard any more, and a late sentence neither."""
    async with playing() as rig:
        rig.say(3, "One two three.", "Four five six.")
        await asyncio.sleep(0.85)
        assert rig.player.stop() == "One two three. Four"
        await asyncio.sleep(0.05)
        rig.player.sentence(3, "Seven.")
        await asyncio.sleep(1)
        assert rig.level(0.9) < -90
        assert rig.told.speech == [SpeechStart(3), SpeechEnd("One two three. Four", False, 3)]
        assert not rig.player.busy
        rig.say(4, "Eight.")
        await rig.silent()
        assert rig.told.speech[-1] == SpeechEnd("Eight.", True, 4)


async def test_stopping_before_anything_was_heard() -> None:
    """Nothing was heard, and the engine is told that nobody wants the sentence any more."""
    async with playing(ToneSpeaker(think_seconds=5)) as rig:
        rig.say(3, "One two.")
        await asyncio.sleep(1)
        assert rig.player.stop() == ""
        await asyncio.sleep(0.1)
        assert rig.speaker.left_early == 1
        assert rig.told.speech == [SpeechEnd("", False, 3)]


async def test_without_marks_what_was_heard_is_a_share() -> None:
    """An engine that tells no times: by how much of the sound was heard."""
    async with playing(ToneSpeaker(marks=False)) as rig:
        rig.say(3, "One two three four.")
        await asyncio.sleep(0.5)
        assert rig.player.stop() in ("One two", "One two three")


async def test_silence_before_the_first_word_is_left_out() -> None:
    """Engines put some there, and the user would take it for slowness; between sentences it is a pause."""
    async with playing(ToneSpeaker(silence_seconds=0.15)) as rig:
        rig.say(1, "One two.", "Three.")
        await rig.silent()
        assert rig.told.at(SpeechStart) <= 0.03
        assert rig.told.at(SpeechEnd) == pytest.approx(0.6 + 0.15, abs=0.06)
    async with playing(ToneSpeaker(silence_seconds=0.15)) as rig:
        rig.say(1, "One two three four.")
        await asyncio.sleep(0.45)
        assert rig.player.stop() == "One two"


async def test_ducking_and_back() -> None:
    """Quieter within a tenth of a second, and as loud as before again; nothing is lost."""
    async with playing() as rig:
        rig.say(1, "One two three four five six seven eight nine ten.")
        await asyncio.sleep(0.5)
        before = rig.level()
        rig.player.duck()
        await asyncio.sleep(0.15)
        assert rig.level(0.05) < before - 12
        rig.player.restore()
        await asyncio.sleep(0.4)
        assert rig.level() == pytest.approx(before, abs=0.5)
        await rig.silent()
        assert rig.told.at(SpeechEnd) == pytest.approx(2.0, abs=0.06)


async def test_hushed_she_goes_on_where_she_was() -> None:
    """Silent at once; what was not heard yet is heard later, to the sample, and behind it what was made meanwhile."""
    async with playing(ToneSpeaker(think_seconds=0.3)) as rig:
        rig.say(1, "One two three four five.", "Six seven.")
        await asyncio.sleep(0.3 + 0.5)
        rig.player.hush()
        await asyncio.sleep(0.05)
        assert rig.told.mouth[-1] == 0.0
        await asyncio.sleep(2)
        assert rig.level(1.9) < -90
        assert rig.player.busy
        assert rig.player.heard() == "One two"
        rig.player.restore()
        await rig.silent()
        assert rig.told.speech == [SpeechStart(1), SpeechEnd("One two three four five. Six seven.", True, 1)]
        assert rig.told.at(SpeechEnd) == pytest.approx(0.3 + 7 * 0.2 + 2.05, abs=0.08)
        heard = np.count_nonzero(np.abs(rig.sink.heard().samples) > 0.01) / 48000
        assert heard == pytest.approx(7 * 0.2 * 0.98, abs=0.06)


async def test_hushed_and_then_stopped() -> None:
    """She was heard until she was hushed, and no further."""
    async with playing() as rig:
        rig.say(1, "One two three four five.")
        await asyncio.sleep(0.45)
        rig.player.hush()
        await asyncio.sleep(1)
        assert rig.player.stop() == "One two"
        rig.player.restore()
        rig.say(2, "Six.")
        await rig.silent()
        assert rig.told.speech[-1] == SpeechEnd("Six.", True, 2)


async def test_what_she_says_about_now() -> None:
    """So that her own voice in the microphone can be told from the user's words."""
    async with playing() as rig:
        assert rig.player.saying == ""
        rig.say(1, *(f"{word} {word} {word}." for word in ("One", "Two", "Three", "Four")))
        await asyncio.sleep(0.7)
        assert rig.player.saying == "One One One. Two Two Two. Three Three Three."


async def test_the_next_reply_is_not_ducked() -> None:
    """Whatever the last one was when it was cut off."""
    async with playing() as rig:
        rig.say(1, "One two three four five.")
        await asyncio.sleep(0.5)
        before = rig.level()
        rig.player.duck()
        await asyncio.sleep(0.2)
        rig.player.stop()
        rig.say(2, "Six seven eight.")
        await asyncio.sleep(0.4)
        assert rig.level() == pytest.approx(before, abs=0.5)


async def test_louder_and_softer() -> None:
    """The volume holds for this reply and the next; it has an end."""
    async with playing(volume=0.5) as rig:
        rig.say(1, "One two three four five six seven eight.")
        await asyncio.sleep(0.4)
        before = rig.level()
        rig.player.volume *= 2
        await asyncio.sleep(0.4)
        assert rig.level() == pytest.approx(before + 6, abs=0.5)
        rig.player.volume = 100
        assert rig.player.volume == 2.0


async def test_muted_she_says_nothing() -> None:
    """What was being said ends, but was not cut off by the user; the rest of it is not taken up again."""
    async with playing() as rig:
        rig.player.sentence(1, "One two three four five.")
        await asyncio.sleep(0.5)
        rig.player.muted = True
        assert rig.told.speech[-1] == SpeechEnd("One two", True, 1)
        rig.say(1, "Six.")
        rig.say(2, "Seven.")
        await asyncio.sleep(1)
        rig.player.muted = False
        rig.say(1, "Eight.")
        assert not rig.player.busy
        rig.say(3, "Nine.")
        await rig.silent()
        assert [type(message) for message in rig.told.speech] == [SpeechStart, SpeechEnd] * 2


async def test_a_sentence_that_cannot_be_spoken() -> None:
    """The others are; it was there to be read, so it counts as heard once a later one is."""
    async with playing(ToneSpeaker(fails={"Two."})) as rig:
        rig.say(1, "One.", "Two.", "Three.")
        await asyncio.sleep(0.15)
        assert rig.player.trouble is None or rig.player.trouble.code == "speech_died"
        await rig.silent()
        assert rig.told.speech == [SpeechStart(1), SpeechEnd("One. Two. Three.", True, 1)]
        assert rig.player.trouble is None


async def test_an_engine_that_breaks_off() -> None:
    """What was heard of that sentence is what was heard of it; she goes on with the next."""
    async with playing(ToneSpeaker(breaks={"Two three four five six."})) as rig:
        rig.say(1, "One.", "Two three four five six.", "Seven eight nine ten.")
        await asyncio.sleep(0.35)
        heard = rig.player.heard()
        assert heard.startswith("One.")
        assert "six" not in heard
        await asyncio.sleep(0.35)
        assert rig.player.stop().startswith("One. Two three four five six. Seven")


async def test_nobody_can_speak() -> None:
    """Then playback never began; the reply is over all the same."""
    async with playing(ToneSpeaker(fails={"One."})) as rig:
        rig.say(1, "One.")
        await rig.silent()
        assert rig.told.speech == []
        assert rig.player.trouble is not None


async def test_what_has_nothing_to_say() -> None:
    """A sentence of nothing but a face is not spoken, and holds nobody up."""
    async with playing() as rig:
        rig.say(1, "🙂")
        await rig.silent()
        rig.say(2, "One.", "🙂", "Two.")
        await rig.silent()
        assert rig.speaker.texts == ["One.", "Two."]
        assert rig.told.speech == [SpeechStart(2), SpeechEnd("One. 🙂 Two.", True, 2)]


async def test_two_replies_one_after_the_other() -> None:
    """What she says of her own accord waits for what she is saying; both are told."""
    async with playing() as rig:
        rig.say(1, "One two.")
        rig.say(2, "Three.")
        await rig.silent()
        assert rig.told.speech == [
            SpeechStart(1), SpeechEnd("One two.", True, 1), SpeechStart(2), SpeechEnd("Three.", True, 2),
        ]  # fmt: skip


async def test_stopping_stops_what_waits_too() -> None:
    """Of a reply that never began nothing was heard."""
    async with playing() as rig:
        rig.say(1, "One two three.")
        rig.say(2, "Four.")
        await asyncio.sleep(0.3)
        rig.player.stop()
        assert rig.told.speech == [SpeechStart(1), SpeechEnd("One", False, 1), SpeechEnd("", False, 2)]


async def test_the_mouth_follows_the_phonemes() -> None:
    """About thirty times a second at most, open in a vowel, closed in an m, closed at the end."""
    async with playing(ToneSpeaker(phonemes=True)) as rig:
        rig.say(1, "One two three four five.")
        await rig.silent()
        assert max(rig.told.mouth) > 0.4
        within = rig.told.mouth[1:-1]
        assert sum(opening < 0.1 for opening in within) >= 4, "closed in each m, however loud it is"
        assert rig.told.mouth[-1] == 0.0
        assert 5 <= len(rig.told.mouth) <= 32


async def test_the_mouth_follows_the_loudness() -> None:
    """Where the engine tells no phonemes."""
    async with playing(ToneSpeaker(marks=False)) as rig:
        rig.say(1, "One two three.")
        await asyncio.sleep(0.3)
        assert rig.told.mouth[-1] > 0.5
        await rig.silent()
        assert rig.told.mouth[-1] == 0.0


async def test_a_loudspeaker_that_goes_away() -> None:
    """Nothing is held up: the reply ends, the next one is not spoken, and one after it came back is."""
    async with playing() as rig:
        rig.say(1, "One two three four five.")
        await asyncio.sleep(0.4)
        rig.sink.state = State.AWAY
        await asyncio.sleep(0.1)
        assert not rig.player.busy
        assert isinstance(rig.told.speech[-1], SpeechEnd)
        assert rig.told.speech[-1].completed
        rig.say(2, "Six.")
        assert not rig.player.busy
        rig.sink.state = State.LIVE
        rig.say(3, "Seven.")
        await rig.silent()
        assert rig.told.speech[-1] == SpeechEnd("Seven.", True, 3)


async def test_saying_it_again() -> None:
    """In the name of no turn: history is not touched by it."""
    async with playing() as rig:
        assert not rig.player.repeat()
        rig.say(1, "One two.", "Three.")
        await rig.silent()
        assert rig.player.repeat()
        await rig.silent()
        assert rig.speaker.texts == ["One two.", "Three."] * 2
        assert rig.told.speech[2:] == [SpeechStart(None), SpeechEnd("One two. Three.", True, None)]


async def test_how_she_feels_colours_what_follows() -> None:
    """Each sentence is asked for in the mood of its turn."""
    async with playing() as rig:
        rig.player.feel(1, Emotion.HAPPY)
        rig.say(1, "One.", "Two.")
        rig.say(2, "Three.")
        await rig.silent()
        assert [request.pitch for request in rig.speaker.spoken] == [2.0, 2.0, 0.0]
