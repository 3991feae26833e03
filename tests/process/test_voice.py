"""The voice as a process, by sound alone: somebody speaks into the microphone, and the loudspeaker is listened to."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import psutil
import pytest

from alisa.protocol.messages import Mouth, Mute, Say, SpeechEnd, SpeechStart, Status, User
from benchmarks import rig
from tests.process.spoken import LOUD, Watcher, awake, end_of_speech, history, loud
from tests.rig.sound import RATE, Sound
from tests.rig.sound_fixtures import lasting_sound, sound

__all__ = ["lasting_sound", "sound"]

pytestmark = [pytest.mark.process, pytest.mark.sound, pytest.mark.timeout(180)]

STORY = (
    "Once upon a time there was a small dog. It lived in a quiet house beside the river. Every morning it walked to "
    "the old garden and waited for the sun. In the evening it came back with a flower. Nobody knew where it found them."
)


async def test_a_spoken_question_is_answered_aloud(sound: Sound, tmp_path: Path) -> None:
    """flite asks, the hub hears the words, she answers with her voice, and her mouth moves; three times."""
    async with awake(tmp_path) as (running, watcher):
        with sound.recording() as tape:
            for number, words in enumerate(("what is your name", "good morning", "what time is it"), 1):
                await sound.say(words).heard()
                ended = end_of_speech(tape)
                await watcher.until(lambda n=number: len(watcher.all(SpeechEnd)) == n, "the end of her answer")
                assert watcher.all(User)[-1].text == words
                assert loud(tape, ended)
                first = np.nonzero(np.abs(tape.speaker.samples[int(ended * RATE) :]) > LOUD)[0][0] / RATE
                assert first < 3.0
                assert watcher.all(SpeechEnd)[-1].completed
                assert watcher.all(SpeechEnd)[-1].heard == history(running)[-1][1]
                assert history(running)[-1][1].endswith(words)
                await asyncio.sleep(0.5)
        mouth = [message.opening for message in watcher.all(Mouth)]
        told = watcher.all(Status)[-1].values
        assert (told["voice_stt"], told["voice_tts"]) == ("sphinx", "espeak")
        assert max(mouth) > 0.5
        assert mouth[-1] == 0.0
        assert len(watcher.all(SpeechStart)) == 3


async def test_the_starter_model_answers(sound: Sound, tmp_path: Path) -> None:
    """The real model, the real server: what was said is what she was asked."""
    parts = "backend,llm_server,voice"
    async with awake(tmp_path, parts=parts, ALISA_LLM__ENGINE="openai", ALISA_LLM__MODEL="starter") as (
        running,
        watcher,
    ):
        with sound.recording() as tape:
            await sound.say("what is your name").heard()
            ended = end_of_speech(tape)
            await watcher.until(lambda: watcher.all(SpeechEnd), "the end of her answer")
            assert loud(tape, ended)
        assert watcher.all(User)[0].text == "what is your name"
        assert watcher.all(SpeechEnd)[0].heard == history(running)[-1][1]


async def test_speaking_over_her(sound: Sound, tmp_path: Path) -> None:
    """She stops, history holds what was heard and no more, and what was said is answered."""
    async with awake(tmp_path, [STORY], ["Yes?"]) as (running, watcher):
        with sound.recording() as tape:
            await sound.say("tell me a story").heard()
            await watcher.until(lambda: watcher.all(SpeechStart), "her story")
            await asyncio.sleep(2)
            said = sound.say("stop please stop")
            await watcher.until(lambda: watcher.all(SpeechEnd), "silence", 5)
            at = tape.seconds
            await said.heard()
            await asyncio.sleep(1)
            assert not loud(tape, at + 0.2, at + 0.9)
        ended = watcher.all(SpeechEnd)[0]
        assert not ended.completed
        assert ended.heard.startswith("Once upon")
        assert STORY.startswith(ended.heard)
        await watcher.until(lambda: history(running)[1] == ("assistant", ended.heard, True), "what was heard", 5)


async def test_her_own_voice_is_nobodys(sound: Sound, tmp_path: Path) -> None:
    """The microphone hears the loudspeaker: she neither answers nor interrupts herself, and hears the user after."""
    async with awake(tmp_path, [STORY], ["Good."]) as (running, watcher):
        with sound.echo(-12.0):
            await sound.say("tell me a story").heard()
            await watcher.until(lambda: watcher.all(SpeechEnd), "the end of her story", 60)
            assert watcher.all(SpeechEnd)[0].completed
            await asyncio.sleep(1.5)
            assert len(history(running)) == 2
            await sound.say("what is your name").heard()
            await watcher.until(lambda: len(watcher.all(SpeechEnd)) == 2, "her answer")
        assert history(running)[2][1] == "what is your name"


async def test_a_voice_that_is_killed_in_mid_sentence(sound: Sound, tmp_path: Path) -> None:
    """kill -9 of the process that speaks: another one says the rest, and the next question is answered as ever."""
    async with awake(tmp_path, [STORY], ["Yes."]) as (running, watcher), running.client(role="chat") as chat:
        await chat.send(Say("tell me a story"))
        await watcher.until(lambda: watcher.all(SpeechStart), "her story")
        workers = [child for child in running.process("voice").children() if "espeak" in child.cmdline()]
        assert workers
        for worker in workers:
            worker.kill()
        await watcher.until(lambda: watcher.all(SpeechEnd), "the end of her story", 60)
        assert watcher.all(SpeechEnd)[0].heard == STORY
        await chat.send(Say("and now"))
        await watcher.until(lambda: len(watcher.all(SpeechEnd)) == 2, "her answer")


async def test_the_hub_is_killed(sound: Sound, tmp_path: Path) -> None:
    """The voice waits for it, for ever, and goes on with the new one."""
    async with awake(tmp_path) as (running, _):
        voice = running.process("voice").pid
        running.process("backend").kill()
        await asyncio.sleep(1)
        rig.wait_for_hub(running, 30)
        watcher = Watcher()
        async with running.client(role="overlay") as overlay:
            listening = asyncio.create_task(watcher.listen(overlay))
            await watcher.until(lambda: watcher.state == "idle", "a voice that came back")
            await sound.say("good morning").heard()
            await watcher.until(lambda: watcher.all(SpeechEnd), "her answer")
            assert watcher.all(SpeechEnd)[0].heard.endswith("good morning")
            listening.cancel()
        assert running.process("voice").pid == voice


async def test_a_microphone_that_is_pulled_out(sound: Sound, tmp_path: Path) -> None:
    """It is told, she goes on speaking, and hears again once it is back."""
    async with awake(tmp_path) as (running, watcher):
        sound.unplug("mic")
        await watcher.until(lambda: watcher.state == "away", "a missing microphone")
        assert "microphone" in str(watcher.all(Status)[-1].values["voice_note"]).lower()
        async with running.client(role="chat") as chat:
            await chat.send(Say("hello"))
            await watcher.until(lambda: watcher.all(SpeechEnd), "her answer")
        sound.plug("mic")
        await watcher.until(lambda: watcher.state == "idle", "the microphone")
        await asyncio.sleep(1)
        await sound.say("good morning").heard()
        await watcher.until(lambda: len(watcher.all(SpeechEnd)) == 2, "her answer to what she heard")
        assert watcher.all(User)[-1].text == "good morning"


async def test_muted(sound: Sound, tmp_path: Path) -> None:
    """Nothing is heard of her; what is said is answered in writing."""
    async with awake(tmp_path) as (running, watcher):
        async with running.client(role="chat") as chat:
            await chat.send(Mute(True))
        await watcher.until(lambda: watcher.state == "muted", "a muted voice")
        with sound.recording() as tape:
            await sound.say("good morning").heard()
            ended = end_of_speech(tape)
            await watcher.until(lambda: len(history(running)) == 2, "her answer")
            await asyncio.sleep(1)
            assert not loud(tape, ended)


async def test_typing_and_listening(sound: Sound, tmp_path: Path) -> None:
    """`python -m voice --text`: a line is a message, its answer is shown and heard, and the end of input is the end."""
    async with awake(tmp_path, parts="backend,voice") as (running, _):
        running.process("voice").suspend()  # the other voice is not to speak, too
        try:
            with sound.recording() as tape:
                ran = await asyncio.to_thread(
                    subprocess.run, [sys.executable, "-m", "voice", "--text"], input="hello there\n", text=True,
                    capture_output=True, env={**running.environment}, timeout=60, check=False,
                )  # fmt: skip
                assert loud(tape, 0.0)
        finally:
            running.process("voice").resume()
        assert ran.returncode == 0, ran.stderr
        assert "can only repeat: hello there" in " ".join(ran.stdout.split())


def commands(process: psutil.Process) -> list[list[str]]:
    """The command lines of what it started; without those that end at this moment."""
    found = []
    for child in process.children():
        with contextlib.suppress(psutil.NoSuchProcess):  # a zombie is one, too
            found.append(child.cmdline())
    return found


def test_it_stops_when_it_is_told(sound: Sound, tmp_path: Path) -> None:
    """SIGTERM ends it with exit code 0 and leaves no process behind, with a hub or without."""
    with rig.fresh() as home:
        voice = subprocess.Popen(
            [sys.executable, "-m", "voice"], env=home.environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        process = psutil.Process(voice.pid)
        sound.until_now(lambda: any("espeak" in words for words in commands(process)), "her voice")
        children = process.children(recursive=True)
        voice.terminate()
        assert voice.wait(10) == 0
        assert voice.stderr is not None
        assert b"Traceback" not in voice.stderr.read()
        voice.stderr.close()
        psutil.wait_procs(children, timeout=5)
        assert not [child for child in children if child.is_running()]


def test_help_shows_how() -> None:
    """With examples, quickly, and without opening anything."""
    ran = subprocess.run(
        [sys.executable, "-m", "voice", "--help"], capture_output=True, text=True, timeout=30, check=False
    )
    assert ran.returncode == 0
    assert "python -m voice --text" in ran.stdout
