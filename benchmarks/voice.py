"""How soon she answers, yields and rests, by sound alone: the real voice process between a microphone and a recorder.

    python -m benchmarks.voice [--quick]

Somebody (flite) speaks into a virtual microphone; loudspeaker and microphone are recorded on one clock, and the times
from one to the other are taken from that recording. Ears and voice are the built-in ones (pocketsphinx, espeak-ng).
Answers come from the starter model; what she is interrupted in is a script, so that it is the same each time.

`own` is what the pipeline adds to an answer beyond silence, STT, the model's first token and TTS (`voice_share` says
what is counted): with the sound server and the devices, and without: less what `bare_loop`, a program that only
answers a click with a click, needs on the same rig with the same buffers. `lowered_seen_late` is how late the recording
shows a lowering at any moment of the first tenth of a second: between two words there is nothing to be lowered.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np
import psutil

from alisa.protocol.message import Message
from alisa.protocol.messages import Interrupt, Say, SpeechEnd, SpeechStart, Status, User
from benchmarks import rig
from benchmarks.report import Figure, Report, median, percentile
from benchmarks.rig import Client, Rig
from benchmarks.voice_bare import measured as bare_loop
from benchmarks.voice_share import Answer, TapeClock
from tests.rig.sound import RATE, Sound, Tape, lag, sound_rig, speech
from tests.voice.vad import sounds
from voice.audio.clips import Clip, Samples

M = TypeVar("M", bound=Message)
LOUD = 0.01
"""what is louder is heard"""
ASKED = ("hello how are you", "what is your name", "good morning", "how was your day", "tell me about you")
CUTS = ("stop please stop", "no I meant the other one", "wait a minute", "can you tell me more", "hello there alisa")
STORY = (
    "Once upon a time there was a small dog that lived in a quiet house beside the river and every morning it walked "
    "to the old garden and waited for the sun and in the evening it came back with a flower and nobody knew where it "
    "found them until one day the children followed it along the water."
)
SHORT = "That is what I think about it as well. Shall we go on?"
STAGES = ("endpoint", "arrival", "stt", "first_clause", "first_token", "first_audio", "tts", "total")
FRAME = RATE // 100
AUDIBLE = LOUD / 2
"""in the mean of a frame; its peaks are twice as loud"""
DUCKED_SHARE = 0.6
"""so much of her usual loudness is clearly less"""
DUCK = 0.15
"""how loud she is then"""
SILENT_SECONDS = 0.25
OWN_MS = 40.0


def main() -> int:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="a shorter run: rough figures")
    quick = parser.parse_args().quick
    report = Report("voice")
    with sound_rig() as sound:
        asyncio.run(measure(sound, report, quick=quick))
    report.print()
    return 0


async def measure(sound: Sound, report: Report, *, quick: bool) -> None:
    """Fill the report."""
    bare = await asyncio.to_thread(bare_loop, sound, 12 if quick else 40)
    report.add("bare_loop_p50", Figure(1000 * median(bare), "ms"))
    report.add("bare_loop_p95", Figure(1000 * percentile(bare, 0.95), "ms"))
    async with awake(sound) as scene:
        await scene.rests(report, 8.0 if quick else 30.0)
        await answers(scene, report, 6 if quick else 40, 1000 * median(bare))
    cuts = 4 if quick else 20
    async with awake(sound, [[STORY]] * (2 * cuts + 1)) as scene:
        await yields(scene, report, cuts)
    meaningless = nothings()[:: 4 if quick else 1]
    async with awake(sound, [[STORY]] * len(meaningless)) as scene:
        await goes_on(scene, report, meaningless)
    replies = 4 if quick else 20
    async with awake(sound, [[SHORT]] * (replies + 3)) as scene:
        await hears_herself(scene, report, replies)


# --- the scene ----------------------------------------------------------------------------------


@dataclass
class Scene:
    """Alisa awake on the rig, and a client that types to her and is told everything."""

    sound: Sound
    running: Rig
    client: Client
    told: list[Message] = field(default_factory=list)

    def all(self, kind: type[M]) -> list[M]:
        """The messages of that kind so far."""
        return [message for message in self.told if isinstance(message, kind)]

    async def until(self, holds: Callable[[], object], what: str, seconds: float = 40.0) -> None:
        """Wait until it holds. Raises TimeoutError, naming what was waited for."""
        deadline = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{what} did not come within {seconds:.0f} s")
            await asyncio.sleep(0.01)

    async def ends(self, count: int) -> None:
        """Wait until she has spoken so many replies."""
        await self.until(lambda: len(self.all(SpeechEnd)) >= count, "the end of her reply")

    def answered(self) -> Mapping[str, float]:
        """What the voice wrote down of the last spoken exchange: its stages in ms, and when it saw its end."""
        lines = (self.running.home.logs / "voice.jsonl").read_text("utf-8").splitlines()
        told: list[dict[str, float]] = [json.loads(line) for line in lines if '"event": "answered"' in line]
        return told[-1] if told else {}

    async def rests(self, report: Report, seconds: float) -> None:
        """What she costs while nobody speaks: processor and memory of all processes of her voice."""
        await asyncio.sleep(3)
        first = self.running.process("voice")
        processes = [first, *first.children(recursive=True)]
        before, began = cpu_seconds(processes), time.monotonic()
        await asyncio.sleep(seconds)
        share = 100 * (cpu_seconds(processes) - before) / (time.monotonic() - began)
        report.add("cpu_idle", Figure(share, "% of a core", 4.0))
        report.add("memory", Figure(rig.memory_mib(processes), "MiB resident", 200.0))


def cpu_seconds(processes: Sequence[psutil.Process]) -> float:
    """What they have used so far."""
    return sum(sum(process.cpu_times()[:2]) for process in processes)


@asynccontextmanager
async def awake(sound: Sound, script: Sequence[Sequence[str]] = ()) -> AsyncIterator[Scene]:
    """Alisa with ears and a voice. With a script she says that, else the starter model speaks."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {**sound.daemon.variables, "ALISA_VOICE__TTS": "espeak", "ALISA_VOICE__STT": "sphinx"}
        if script:
            path = Path(folder) / "script.json"
            path.write_text(json.dumps(script))
            settings |= {"ALISA_LLM__ENGINE": "scripted", "ALISA_LLM__MODEL": str(path)}
        parts = "backend,voice" if script else "backend,llm_server,voice"
        with rig.running(parts, settings) as running:
            async with running.client(role="dashboard") as client:
                scene = Scene(sound, running, client)
                listening = asyncio.create_task(listen(client, scene.told))
                await scene.until(lambda: states(scene)[-1:] == ["idle"], "a voice that waits")
                await asyncio.sleep(1.5)
                yield scene
                listening.cancel()
                await asyncio.gather(listening, return_exceptions=True)


def states(scene: Scene) -> list[object]:
    """What the voice was at, one after the other."""
    return [status.values.get("voice") for status in scene.all(Status)]


async def listen(client: Client, told: list[Message]) -> None:
    """Keep all that is told, until the hub goes."""
    with contextlib.suppress(Exception):
        while True:
            told.append(await client.receive())


# --- how soon she answers -------------------------------------------------------------------------


async def answers(scene: Scene, report: Report, count: int, bare_ms: float) -> None:
    """From the last sound of a question to the first of the answer, on the recording; and where that time goes."""
    heard: list[Answer] = []
    unanswered = 0
    for number in range(count):
        ended = len(scene.all(SpeechEnd))
        with scene.sound.recording() as tape:
            clock = TapeClock()
            watching = asyncio.create_task(watch(tape, clock))
            await scene.sound.say(ASKED[number % len(ASKED)], ("rms", "awb")[number % 2]).heard()
            try:
                await scene.ends(ended + 1)
            except TimeoutError:
                unanswered += 1
                continue
            finally:
                watching.cancel()
            await asyncio.sleep(0.3)
            last, took = gap(tape.microphone.samples, tape.speaker.samples)
        told = scene.answered()
        stages = {name: told[name] for name in STAGES if name in told}
        heard.append(Answer(clock.began + last, took, told.get("speech_ended", 0.0), stages))
        await asyncio.sleep(0.3 + 0.07 * (number % 5))
    report.add("unanswered", Figure(unanswered, f"of {count}", 0.0))
    if not heard:
        return
    took_all = [answer.took for answer in heard]
    report.add("answer_p50", Figure(median(took_all), "s", 0.55))
    report.add("answer_p95", Figure(percentile(took_all, 0.95), "s", 0.75))
    own = [answer.own_ms for answer in heard if answer.own_ms is not None]
    report.add("own_p50", Figure(median(own), "ms"))
    report.add("own_p95", Figure(percentile(own, 0.95), "ms", OWN_MS))
    report.add("own_without_bare_loop_p50", Figure(median(own) - bare_ms, "ms"))
    report.add("own_without_bare_loop_p95", Figure(percentile(own, 0.95) - bare_ms, "ms", OWN_MS))
    parts = {name: [answer.stages[name] for answer in heard if name in answer.stages] for name in STAGES}
    parts["silence"] = [answer.silence_ms for answer in heard if "endpoint" in answer.stages]
    for name, values in parts.items():
        if values:
            report.add(f"stage_{name}_p50", Figure(median(values), "ms"))
            report.add(f"stage_{name}_p95", Figure(percentile(values, 0.95), "ms"))


async def watch(tape: Tape, clock: TapeClock) -> None:
    """See the recording grow, to know when it began."""
    while True:
        clock.saw(time.monotonic(), tape.seconds)
        await asyncio.sleep(0.002)


def gap(microphone: Samples, speaker: Samples) -> tuple[float, float]:
    """Where the last sound of one is, and how long after it the first sound of the other comes; both seconds."""
    last = int(np.flatnonzero(np.abs(microphone) > LOUD)[-1])
    return last / RATE, float(np.flatnonzero(np.abs(speaker[last:]) > LOUD)[0]) / RATE


# --- how soon she yields ----------------------------------------------------------------------------


async def yields(scene: Scene, report: Report, count: int) -> None:
    """From the onset of speech over hers until she is clearly lower, and until nothing is heard of her."""
    with scene.sound.recording() as tape:
        await scene.client.send(Say("tell me a story"))
        await scene.ends(1)
    whole = tape.speaker
    lowered: list[float] = []
    seen: list[float] = []
    silent: list[float] = []
    missed = 0
    for number in range(count):
        ended, began = len(scene.all(SpeechEnd)), len(scene.all(SpeechStart))
        with scene.sound.recording() as tape:
            await scene.client.send(Say("tell me a story"))
            await scene.until(lambda n=began: len(scene.all(SpeechStart)) > n, "her story")  # type: ignore[misc]
            await asyncio.sleep(1.7 + 0.13 * (number % 7))
            await scene.sound.say(CUTS[number % len(CUTS)], ("rms", "awb")[number % 2]).heard()
            await scene.ends(ended + 1)
            await asyncio.sleep(0.8)
        missed += scene.all(SpeechEnd)[ended].completed
        onset = int(np.flatnonzero(np.abs(tape.microphone.samples) > LOUD)[0])
        usual, real = usual_and_real(tape.speaker, whole, onset)
        lowered.append(until_lower(usual, real))
        seen += seen_late(usual)
        silent.append(until_silent(tape.speaker.samples, onset))
        await scene.client.send(Interrupt())  # what was said over her may be answered: not now
        with contextlib.suppress(TimeoutError):
            await scene.until(lambda: states(scene)[-1:] == ["idle"], "rest", 15)
    report.add("interruptions_missed", Figure(missed, f"of {count}", 0.0))
    report.add("lowered_p50", Figure(median(lowered), "s"))
    report.add("lowered_p95", Figure(percentile(lowered, 0.95), "s", 0.10))
    report.add("lowered_seen_late_p50", Figure(median(seen), "s"))
    report.add("lowered_seen_late_p95", Figure(percentile(seen, 0.95), "s"))
    report.add("silent_p50", Figure(median(silent), "s"))
    report.add("silent_p95", Figure(percentile(silent, 0.95), "s", 0.25))


def usual_and_real(heard: Clip, whole: Clip, onset: int) -> tuple[Samples, Samples]:
    """How loud she is from there on when nobody interrupts her, which such a recording tells, and how loud she was."""
    before = heard.samples[onset - RATE // 2 : onset]
    place, _ = lag(whole, Clip(before, RATE))
    usual, real = envelope(whole.samples[place + len(before) :]), envelope(heard.samples[onset:])
    size = min(len(usual), len(real))
    return usual[:size], real[:size]


def until_lower(usual: Samples, real: Samples) -> float:
    """Seconds until she is clearly less loud than usual. Where she is silent anyway, nothing can be seen."""
    found = np.flatnonzero((usual > AUDIBLE) & (real < DUCKED_SHARE * usual))
    return float(found[0] if len(found) else len(usual)) * FRAME / RATE


def seen_late(usual: Samples, seconds: float = 0.1) -> list[float]:
    """How many seconds after it, for every frame of the beginning, a lowering at that frame would be seen."""
    frames = range(min(len(usual), round(seconds * RATE / FRAME)))
    return [until_lower(usual[frame:], DUCK * usual[frame:]) for frame in frames]


def envelope(samples: Samples) -> Samples:
    """The loudness of each hundredth of a second."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    return np.asarray(np.sqrt(np.mean(frames**2, axis=1)), np.float32)


def until_silent(speaker: Samples, onset: int) -> float:
    """Seconds until the first moment after which nothing is heard for a while."""
    loud = np.flatnonzero(np.abs(speaker[onset:]) > LOUD)
    last = 0
    for place in loud:
        if place - last > SILENT_SECONDS * RATE:
            break
        last = int(place)
    return last / RATE


# --- what is no interruption ---------------------------------------------------------------------


def nothings() -> list[Samples]:
    """Fifteen sounds that do not mean to interrupt, at 16 kHz."""
    return [
        *(sounds.cough(seed) for seed in range(3)),
        *(sounds.two_coughs(seed) for seed in range(2)),
        *(sounds.bang(seed) for seed in range(2)),
        sounds.typing(),
        sounds.noise(0.03, 2.0),
        *(speech("uh-huh", voice).samples for voice in ("awb", "rms", "slt")),
        *(sounds.mm_hmm(pitch=pitch) for pitch in (110.0, 200.0)),
        speech("yeah", "awb").samples,
    ]


async def goes_on(scene: Scene, report: Report, meaningless: Sequence[Samples]) -> None:
    """Each of them once while she tells a story: how often does she not say it to its end?"""
    stopped = 0
    for number, samples in enumerate(meaningless):
        ended, began = len(scene.all(SpeechEnd)), len(scene.all(SpeechStart))
        await scene.client.send(Say("tell me a story"))
        await scene.until(lambda n=began: len(scene.all(SpeechStart)) > n, "her story")  # type: ignore[misc]
        await asyncio.sleep(2.0 + 0.17 * (number % 5))
        await scene.sound.play(Clip(samples, sounds.RATE)).heard()
        await scene.ends(ended + 1)
        stopped += not scene.all(SpeechEnd)[ended].completed
        await asyncio.sleep(0.5)
    report.add("stopped_by_coughs_and_uh_huhs", Figure(stopped, f"of {len(meaningless)}", 0.0))


async def hears_herself(scene: Scene, report: Report, replies: int) -> None:
    """Replies in a row while the microphone hears the loudspeaker at -12 dB; then somebody speaks."""
    triggered = stopped = 0
    with scene.sound.echo(-12.0):
        for _ in range(replies):
            asked, ended = len(scene.all(User)), len(scene.all(SpeechEnd))
            await scene.client.send(Say("and what do you think"))
            await scene.ends(ended + 1)
            await asyncio.sleep(1.0)
            triggered += len(scene.all(User)) - asked > 1
            stopped += not scene.all(SpeechEnd)[ended].completed
        await scene.sound.say("good morning").heard()
        with contextlib.suppress(TimeoutError):
            await scene.until(lambda: scene.all(User)[-1].text == "good morning", "what was said", 10)
        understood = scene.all(User)[-1].text == "good morning"
    report.add("echo_answered_herself", Figure(triggered, f"of {replies}", 0.0))
    report.add("echo_interrupted_herself", Figure(stopped, f"of {replies}", 0.0))
    report.add("echo_user_understood_afterwards", Figure(understood, "of 1", 1.0, "higher"))


if __name__ == "__main__":
    sys.exit(main())
