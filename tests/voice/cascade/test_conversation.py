"""A conversation by voice: what is said is answered, who speaks over her is heard, and nothing else stops her."""

from __future__ import annotations

import asyncio

import pytest

from alisa.link import Connected, Disconnected
from alisa.protocol.messages import (
    End,
    Error,
    Interrupt,
    Mute,
    Partial,
    Say,
    Sentence,
    SpeechEnd,
    SpeechStart,
    Turn,
    Welcome,
)
from alisa.protocol.tags import Cause, Channel, EndReason, Source
from alisa.runtime.errors import AlisaError
from tests.voice.cascade.conversing import Talk, talking
from tests.voice.speaking import WORD_SECONDS, ToneSpeaker
from voice.audio.clips import Samples

pytestmark = pytest.mark.looptime
LONG = "One two three four five six seven eight nine ten."


async def speaking(talk: Talk, *sentences: str) -> int:
    """She is in the middle of an answer."""
    await talk.say("tell me")
    turn = talk.reply(*(sentences or (LONG, LONG)))
    await talk.until(lambda: talk.all(SpeechStart))
    await asyncio.sleep(0.5)
    return turn


@pytest.mark.parametrize("channel", list(Channel))
async def test_what_is_only_to_be_shown_is_not_spoken(channel: Channel) -> None:
    """A toast or a badge makes no sound; what she says aloud by herself does."""
    async with talking() as talk:
        talk.turn = 1
        talk.take(Turn(Cause.IDLE, 1, channel), Sentence("Only shown.", 1), End(EndReason.STOP, turn=1))
        await asyncio.sleep(3)
        assert talk.news == []
        talk.reply("Aloud.", cause=Cause.IDLE)
        await talk.silent()
        assert talk.news == [SpeechStart(2), SpeechEnd("Aloud.", True, 2)]


# --- taking turns --------------------------------------------------------------------------------


async def test_a_question_is_answered() -> None:
    """Words go to the hub as spoken, with what was understood on the way; the answer is heard."""
    async with talking() as talk:
        assert await talk.say("how are you today") == Say("how are you today", Source.SPOKEN)
        assert talk.state == "thinking"
        partials = [partial.text for partial in talk.all(Partial)]
        assert partials[0] == "how" or partials[0] == "how are"
        assert len(partials) >= 2
        talk.reply("Fine.", "Thanks.")
        await talk.silent()
        assert talk.news[1:] == [SpeechStart(1), SpeechEnd("Fine. Thanks.", True, 1)]
        assert talk.states == ["starting", "idle", "listening", "thinking", "speaking", "idle"]


async def test_every_frame_counts_only_while_somebody_speaks() -> None:
    """At rest the microphone may take its time; from the user's first word to the end of hers it may not."""
    async with talking() as talk:
        await asyncio.sleep(1)
        assert not talk.source.urgent
        talk.speak("how are you today")
        await talk.until(lambda: talk.all(Partial))
        assert talk.source.urgent
        await talk.until(lambda: talk.all(Say))
        talk.reply("Fine.")
        await talk.until(lambda: talk.all(SpeechStart))
        assert talk.source.urgent
        await talk.silent()
        await asyncio.sleep(1)
        assert not talk.source.urgent


async def test_the_words_are_there_when_the_silence_is_long_enough() -> None:
    """The recogniser finishes at the soft end: nothing is sent before the hard end, and nothing is waited for after."""
    async with talking() as talk:
        ended = talk.speak("how are you")
        await talk.until(lambda: talk.all(Say))
        assert 0.2 <= talk.at(Say) - ended <= 0.55
        talk.reply("Fine.")
        await talk.silent()
        (stages,) = talk.board.now.turns
        parts_of_them = {"arrival", "first_token", "tts"}
        assert set(stages) == {"endpoint", "stt", "first_clause", "first_audio", "total"} | parts_of_them
        assert stages["arrival"] <= stages["stt"]
        assert stages["tts"] <= stages["first_audio"]
        assert stages["stt"] <= 5
        assert stages["first_audio"] <= 40
        parts = ("endpoint", "stt", "first_clause", "first_audio")
        assert stages["total"] == pytest.approx(sum(stages[part] for part in parts), abs=0.5)


async def test_nothing_of_the_first_word_is_lost() -> None:
    """Speech is noticed only after some frames of it: what was heard before that is listened to as well."""
    async with talking() as talk:
        await talk.say("how are you")
        assert talk.recognizer.sounded == [pytest.approx(0.6, abs=0.015)]


async def test_what_is_heard_is_shown_meanwhile() -> None:
    """How loud it is, and whether it is taken for speech: for the live view."""
    async with talking() as talk:
        talk.speak("how are you today")
        await asyncio.sleep(0.7)
        assert talk.board.now.level > -30
        assert talk.board.now.speech == 1.0
        await asyncio.sleep(1)
        assert talk.board.now.level == -96.0
        assert talk.board.now.speech == 0.0


async def test_a_pause_is_not_the_end() -> None:
    """After a soft end the user goes on: all of the words, once, in one message."""
    async with talking() as talk:
        talk.speak("how are")
        talk.speak("you today", after_seconds=0.4 + 0.28)
        await talk.until(lambda: talk.all(Say))
        await asyncio.sleep(2)
        assert [say.text for say in talk.all(Say)] == ["how are you today"]
        assert talk.recognizer.begun == 2


class Melody:
    """An end-of-turn model that says one thing, and remembers how much it was shown."""

    def __init__(self, finished: float) -> None:
        self.answer = finished
        self.seconds: list[float] = []

    def finished(self, samples: Samples) -> float:
        self.seconds.append(len(samples) / 16000)
        return self.answer


@pytest.mark.parametrize(
    ("finished", "words", "least", "most"), [(0.97, "tell me about the", 0.2, 0.5), (0.02, "how are you", 0.9, 1.4)]
)
async def test_an_end_of_turn_model_is_asked_at_the_soft_end(
    finished: float, words: str, least: float, most: float
) -> None:
    """It hears the whole turn, and what it is sure of counts more than the words: sooner, or not yet."""
    melody = Melody(finished)
    async with talking(end_of_turn=melody) as talk:
        ended = talk.speak(words)
        await talk.until(lambda: talk.all(Say))
        assert least <= talk.at(Say) - ended <= most
        (seconds,) = melody.seconds
        assert 0.2 * len(words.split()) <= seconds <= 0.2 * len(words.split()) + 1.0


async def test_what_an_end_of_turn_model_said_of_a_pause_is_forgotten() -> None:
    """Who goes on is judged anew at the next soft end, with all that was said."""
    melody = Melody(0.02)
    async with talking(end_of_turn=melody) as talk:
        talk.speak("how are")
        talk.speak("you today", after_seconds=0.4 + 0.6)
        await talk.until(lambda: talk.all(Say))
        assert [say.text for say in talk.all(Say)] == ["how are you today"]
        first, second = melody.seconds
        assert second >= first + 0.8


async def test_noise_is_no_question() -> None:
    """Something is heard in which there is no word: nobody is bothered with it."""
    async with talking() as talk:
        talk.noise(0.5)
        await asyncio.sleep(3)
        assert talk.news == []
        assert talk.state == "idle"


async def test_ten_turns() -> None:
    """One after the other, each answered, nothing left over."""
    async with talking() as talk:
        for number in range(10):
            await talk.say(f"question number {number}")
            talk.reply(f"Answer {number}.")
            await talk.silent()
            await asyncio.sleep(0.3)
        assert [say.text for say in talk.all(Say)] == [f"question number {number}" for number in range(10)]
        assert [end.heard for end in talk.all(SpeechEnd)] == [f"Answer {number}." for number in range(10)]
        assert talk.all(Interrupt) == []


async def test_a_recogniser_that_tells_only_at_the_end() -> None:
    """Its words are as good."""
    async with talking(partials=False) as talk:
        assert (await talk.say("how are you")).text == "how are you"
        assert talk.all(Partial) == []


# --- speaking over her ---------------------------------------------------------------------------


async def test_speaking_over_her_stops_her() -> None:
    """Ducked, then silent, then the hub knows what was heard; what was said is answered."""
    async with talking() as talk:
        turn = await speaking(talk)
        onset = asyncio.get_running_loop().time()
        talk.speak("please tell me something else entirely")
        await talk.until(lambda: talk.all(Interrupt))
        (interrupt,) = talk.all(Interrupt)
        assert interrupt.turn == turn
        assert (interrupt.heard or "").startswith("One two")
        assert talk.all(SpeechEnd) == [SpeechEnd(interrupt.heard or "", False, turn)]
        await talk.until(lambda: len(talk.all(Say)) == 2)
        assert talk.all(Say)[-1].text == "please tell me something else entirely"
        silent_since = onset + 0.35
        heard = talk.sink.heard()
        after = heard.samples[round(silent_since * heard.rate) :]
        assert abs(after).max() < 0.01
        talk.reply("Yes?")
        await talk.silent()
        assert talk.all(SpeechEnd)[-1] == SpeechEnd("Yes?", True, turn + 1)


async def test_a_word_that_stops_her() -> None:
    """One word is enough, and it is done without the model."""
    async with talking() as talk:
        await speaking(talk)
        talk.speak("stop")
        await talk.until(lambda: talk.all(Interrupt))
        await asyncio.sleep(2)
        assert len(talk.all(Say)) == 1
        assert not talk.player.busy
        assert talk.state == "idle"


@pytest.mark.parametrize("seconds", [0.05, 0.15, 0.4])
async def test_a_cough_does_not_stop_her(seconds: float) -> None:
    """She lowers her voice, or falls silent for a moment, and goes on where she was: every word is heard."""
    async with talking() as talk:
        await speaking(talk)
        talk.noise(seconds)
        await talk.silent()
        assert talk.all(Interrupt) == []
        assert talk.all(SpeechEnd) == [SpeechEnd(f"{LONG} {LONG}", True, 1)]
        assert len(talk.all(Say)) == 1


@pytest.mark.parametrize("sound", ["uh-huh", "mm-hmm", "yeah", "okay right"])
async def test_a_listener_does_not_stop_her(sound: str) -> None:
    """Those who say that they listen want her to go on; it is no question either."""
    async with talking() as talk:
        await speaking(talk)
        talk.speak(sound)
        await talk.silent()
        await asyncio.sleep(1)
        assert talk.all(Interrupt) == []
        assert talk.all(SpeechEnd) == [SpeechEnd(f"{LONG} {LONG}", True, 1)]
        assert len(talk.all(Say)) == 1


async def test_interrupting_before_her_first_word() -> None:
    """While she thinks the user goes on: no answer is given, and nothing of it was heard."""
    async with talking() as talk:
        await talk.say("tell me")
        talk.reply(end=False)
        await asyncio.sleep(1)
        talk.speak("no wait something else please")
        await talk.until(lambda: talk.all(Interrupt))
        assert talk.all(Interrupt) == [Interrupt("", 1)]
        talk.take(Sentence("Too late.", 1), End(EndReason.INTERRUPTED, {}, 1))
        await talk.until(lambda: len(talk.all(Say)) == 2)
        talk.reply("Yes.")
        await talk.silent()
        assert talk.speaker.texts == ["Yes."]


async def test_the_user_begins_as_she_ends() -> None:
    """What began over her last word is a question, though nothing was left to interrupt."""
    async with talking() as talk:
        await talk.say("tell me")
        talk.reply("One two three.")
        await talk.until(lambda: talk.all(SpeechStart))
        await asyncio.sleep(0.3)
        talk.speak("and what about tomorrow")
        await talk.until(lambda: len(talk.all(Say)) == 2)
        assert talk.all(Say)[-1].text == "and what about tomorrow"


async def test_she_can_be_interrupted_again_and_again() -> None:
    """Five times in a row, each time at once."""
    async with talking() as talk:
        for number in range(5):
            await talk.say(f"tell me number {number}")
            talk.reply(LONG, LONG)
            await talk.until(lambda: talk.player.busy and talk.state == "speaking")
            await asyncio.sleep(0.6)
            talk.speak("stop")
            await talk.until(lambda: not talk.player.busy, 2)
            await asyncio.sleep(0.5)
        assert len(talk.all(Interrupt)) == 5


async def test_not_to_be_interrupted() -> None:
    """Where the user wants it so, nothing is heard while she speaks."""
    async with talking(barge_in=False) as talk:
        await speaking(talk)
        talk.speak("stop stop stop please")
        await talk.silent()
        await asyncio.sleep(1)
        assert talk.all(Interrupt) == []
        assert talk.all(SpeechEnd) == [SpeechEnd(f"{LONG} {LONG}", True, 1)]


async def test_half_duplex() -> None:
    """Her own voice comes back as loud as it went: she does not answer it, and hears the user when she is done."""
    async with talking(half_duplex="on", leak=-3.0) as talk:
        await speaking(talk)
        await talk.silent()
        await asyncio.sleep(1)
        assert talk.at(SpeechEnd) - talk.at(SpeechStart) == pytest.approx(20 * WORD_SECONDS, abs=0.1), "she gives way"
        assert len(talk.all(Say)) == 1
        assert talk.all(Interrupt) == []
        assert talk.all(SpeechEnd) == [SpeechEnd(f"{LONG} {LONG}", True, 1)]
        assert (await talk.say("and now")).text == "and now"


# --- orders --------------------------------------------------------------------------------------


async def test_louder_and_softer() -> None:
    """Done at once; the hub hears nothing of it."""
    async with talking() as talk:
        before = talk.player.volume
        talk.speak("louder")
        await talk.until(lambda: talk.player.volume > before)
        await asyncio.sleep(0.5)
        talk.speak("speak softer please")
        await talk.until(lambda: talk.player.volume == pytest.approx(before))
        assert talk.news == []


async def test_repeat_that() -> None:
    """She says it again as she said it; it is no turn."""
    async with talking() as talk:
        await talk.say("tell me")
        talk.reply("One two.")
        await talk.silent()
        await asyncio.sleep(0.5)
        talk.speak("repeat that")
        await talk.until(lambda: len(talk.all(SpeechEnd)) == 2)
        assert talk.all(SpeechEnd)[-1] == SpeechEnd("One two.", True, None)
        assert len(talk.all(Say)) == 1


async def test_quiet() -> None:
    """She stops, and is muted for everybody until somebody says otherwise; turns go on in writing."""
    async with talking() as talk:
        await speaking(talk)
        talk.speak("be quiet")
        await talk.until(lambda: talk.all(Mute))
        talk.take(Mute(True))
        await talk.until(lambda: talk.state == "muted")
        await talk.say("are you there")
        talk.reply("Yes.")
        await asyncio.sleep(1)
        assert talk.speaker.texts[-1] == LONG
        assert talk.state == "muted"
        talk.take(Mute(False))
        await talk.say("and now")
        talk.reply("Here.")
        await talk.silent()
        assert talk.speaker.texts[-1] == "Here."


async def test_heard_again() -> None:
    """Whoever silenced her by a word gets her voice back by a word, at once; unmuted, those words are no order."""
    async with talking() as talk:
        assert (await talk.say("talk to me")).text == "talk to me"
        talk.reply("Gladly.")
        await talk.silent()
        talk.take(Mute(True))
        await talk.until(lambda: talk.state == "muted")
        talk.speak("you can speak again")
        await talk.until(lambda: talk.all(Mute))
        assert talk.all(Mute) == [Mute(False)]
        await talk.until(lambda: talk.speaker.texts[-1] == "You hear me again.")
        await talk.silent()
        assert talk.state == "idle"
        assert len(talk.all(Say)) == 1


# --- called by name ------------------------------------------------------------------------------


async def test_called_by_name() -> None:
    """Only what begins with her name is meant for her; after an answer, for a while everything is."""
    async with talking(mode="wake", wake_seconds=5) as talk:
        talk.speak("what a day it was")
        await asyncio.sleep(3)
        assert talk.news == []
        assert (await talk.say("hey Alisa how are you")).text == "how are you"
        talk.reply("Fine.")
        await talk.silent()
        await asyncio.sleep(1)
        assert (await talk.say("and tomorrow")).text == "and tomorrow"
        talk.reply("Fine too.")
        await talk.silent()
        await asyncio.sleep(6)
        talk.speak("what a day it was")
        await asyncio.sleep(3)
        assert len(talk.all(Say)) == 2


async def test_the_window_opens_when_she_has_finished() -> None:
    """However long she speaks: not when her words were ready, but when they were heard."""
    async with talking(mode="wake", wake_seconds=3) as talk:
        await talk.say("Alisa tell me")
        talk.reply(LONG, LONG)
        await talk.until(lambda: talk.all(SpeechEnd))
        await asyncio.sleep(2)
        assert (await talk.say("and then")).text == "and then"


async def test_her_name_alone() -> None:
    """She waits for what follows."""
    async with talking(mode="wake") as talk:
        talk.speak("Alisa")
        await asyncio.sleep(2)
        assert talk.news == []
        assert (await talk.say("how are you")).text == "how are you"


# --- push to talk --------------------------------------------------------------------------------


async def test_push_to_talk() -> None:
    """Nothing is heard but what lies between pressing and letting go, pauses included."""
    async with talking(mode="push_to_talk") as talk:
        now = asyncio.get_running_loop().time
        talk.speak("not for her")
        await asyncio.sleep(2)
        talk.recognizer.words.clear()
        talk.ears.press(now())
        assert talk.state == "listening"
        talk.speak("how are", after_seconds=0.2)
        talk.speak("you", after_seconds=2.0)
        await asyncio.sleep(2.5)
        assert talk.news == []
        talk.ears.release(now())
        await talk.until(lambda: talk.all(Say))
        assert talk.all(Say)[0].text == "how are you"


async def test_pressing_while_she_speaks() -> None:
    """It is an interruption at once."""
    async with talking(mode="push_to_talk") as talk:
        now = asyncio.get_running_loop().time
        talk.reply(LONG)
        await talk.until(lambda: talk.all(SpeechStart))
        await asyncio.sleep(0.4)
        talk.ears.press(now())
        assert not talk.player.busy
        assert talk.all(Interrupt)[0].heard == "One two"
        talk.ears.release(now())


async def test_pressing_while_she_speaks_where_only_one_may() -> None:
    """Ears that cannot tell her voice from another hear what is said with the key pressed, from the first word on."""
    async with talking(mode="push_to_talk", half_duplex="on") as talk:
        now = asyncio.get_running_loop().time
        talk.reply(LONG)
        await talk.until(lambda: talk.all(SpeechStart))
        await asyncio.sleep(0.4)
        talk.ears.press(now())
        talk.speak("how are you", after_seconds=0.1)
        await asyncio.sleep(1)
        talk.ears.release(now())
        await talk.until(lambda: talk.all(Say))
        assert talk.all(Say)[0].text == "how are you"


# --- the hub and the others ----------------------------------------------------------------------


async def test_the_user_types_meanwhile() -> None:
    """Whoever asks anew does not want to hear the old answer to its end."""
    async with talking() as talk:
        await speaking(talk)
        talk.reply("New.")
        await talk.silent()
        assert talk.all(SpeechEnd)[0].completed is False
        assert talk.all(SpeechEnd)[-1] == SpeechEnd("New.", True, 2)


async def test_what_she_says_of_her_own_accord_waits() -> None:
    """It does not cut off what she is saying."""
    async with talking() as talk:
        await speaking(talk, "One two three four five.")
        talk.reply("By the way.", cause=Cause.IDLE)
        await talk.silent()
        assert [end.heard for end in talk.all(SpeechEnd)] == ["One two three four five.", "By the way."]


async def test_somebody_else_stops_her() -> None:
    """A reply that is over still plays: the hub tells that somebody cut in, and hears how far she came."""
    async with talking() as talk:
        turn = await speaking(talk)
        talk.take(Interrupt(turn=99))
        assert talk.player.busy
        talk.take(Interrupt(turn=turn))
        assert not talk.player.busy
        assert talk.all(SpeechEnd)[-1].completed is False


async def test_a_reply_that_is_interrupted_elsewhere() -> None:
    """Its end says so, and she is silent."""
    async with talking() as talk:
        await talk.say("tell me")
        turn = talk.reply(LONG, end=False)
        await talk.until(lambda: talk.all(SpeechStart))
        await asyncio.sleep(0.4)
        talk.take(End(EndReason.INTERRUPTED, {}, turn))
        assert not talk.player.busy
        assert talk.all(SpeechEnd)[-1].heard == "One two"


async def test_a_reply_that_fails_is_told_aloud() -> None:
    """To whoever asked aloud; to nobody else."""
    async with talking() as talk:
        await talk.say("tell me")
        talk.take(Turn(Cause.USER, 1), Error("llm_unreachable", "The model is away.", "Wait.", 1))
        talk.take(End(EndReason.ERROR, {}, 1))
        await talk.silent()
        assert talk.speaker.texts == ["The model is away."]
        assert talk.state == "idle"
        talk.take(Turn(Cause.USER, 2), Error("llm_unreachable", "The model is away.", "Wait.", 2))
        talk.take(End(EndReason.ERROR, {}, 2))
        assert not talk.player.busy


async def test_the_hub_is_away() -> None:
    """What could not be sent is told aloud; she waits no longer for an answer."""
    async with talking() as talk:
        say = await talk.say("tell me")
        talk.take(Disconnected("gone", 1.0))
        talk.conversation.not_sent(say, AlisaError("hub_away", "The hub is away.", "Start it."))
        await talk.silent()
        assert talk.speaker.texts == ["The hub is away."]
        assert talk.state == "idle"


async def test_what_was_said_long_ago_is_not_spoken() -> None:
    """Back after a minute, she does not read out what others heard meanwhile; after a moment, she does."""
    async with talking() as talk:
        talk.take(Disconnected("gone", 1.0))
        await asyncio.sleep(60)
        talk.take(Disconnected("gone", 1.0))
        talk.take(Connected(Welcome("test", "main", current_turn=1)))
        talk.reply("Old news.")
        assert not talk.player.busy
        talk.take(Disconnected("gone", 1.0))
        await asyncio.sleep(2)
        talk.take(Connected(Welcome("test", "main", current_turn=2)))
        talk.reply("Just now.")
        await talk.silent()
        assert talk.speaker.texts == ["Just now."]


async def test_a_microphone_that_goes_away() -> None:
    """It is told, what was being said then is not lost, and she hears again when it is back."""
    async with talking() as talk:
        talk.speak("how are you and then")
        await asyncio.sleep(0.62)
        talk.source.go_away()
        await talk.until(lambda: talk.all(Say))
        assert talk.all(Say)[0].text == "how are you"
        talk.reply("Fine.")
        await talk.silent()
        await talk.until(lambda: talk.state == "away")
        talk.source.come_back()
        await talk.until(lambda: talk.state == "idle")
        talk.recognizer.words.clear()
        assert (await talk.say("one more question")).text == "one more question"


async def test_a_microphone_that_goes_away_while_she_gives_way() -> None:
    """Whoever seemed to speak over her cannot be heard any more: she is as loud as before, and ends as ever."""
    async with talking() as talk:
        await speaking(talk)
        before = talk.level()
        talk.ears.excess = lambda: 30.0
        await asyncio.sleep(0.1)
        assert talk.level(0.03) < before - 6
        talk.source.go_away()
        await asyncio.sleep(2.2)
        assert talk.level() == pytest.approx(before, abs=1)
        await talk.silent()
        assert talk.all(SpeechEnd) == [SpeechEnd(f"{LONG} {LONG}", True, 1)]
        assert talk.all(Interrupt) == []


async def test_an_engine_that_cannot_speak_holds_nobody_up() -> None:
    """The next question is answered."""
    async with talking(speaker=ToneSpeaker(fails={"One."})) as talk:
        await talk.say("tell me")
        talk.reply("One.")
        await talk.silent()
        await talk.until(lambda: talk.state == "idle")
        await talk.say("another question")
        talk.reply("Two.")
        await talk.silent()
        assert talk.all(SpeechEnd)[-1] == SpeechEnd("Two.", True, 2)


async def test_typing_to_her() -> None:
    """What is typed here is a message like any other."""
    async with talking() as talk:
        talk.conversation.ask("hello", Source.TYPED)
        assert talk.news == [Say("hello", Source.TYPED)]
        assert talk.state == "thinking"
