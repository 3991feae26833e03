"""`alisa hear`: write down what is said in a recording. Needs no hub, and no microphone."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cyclopts import App

from alisa.cli.output import complain, say, say_json
from alisa.runtime.errors import UsageError
from alisa.runtime.paths import Home

if TYPE_CHECKING:
    from voice.audio.clips import Samples
    from voice.stt.recognizer import Recognizer, Transcript

_BLOCK = 1600
"""samples that the recogniser is given at once: 0.1 s"""
_PAUSE_SECONDS = 0.7
"""of silence end an utterance for the built-in recogniser, which takes short ones best; Whisper takes 20 s alike"""

app = App(
    name="hear",
    help_epilogue="""Examples:
  alisa hear speech.wav                  with the best recogniser that is here
  alisa hear speech.wav --engine sphinx  with the one that is built in
  alisa hear talk.wav --model whisper-small --json
  alisa hear talk.wav > talk.txt

The recogniser that is built in understands short, clear English.
`alisa models pull whisper-base` gets a better one (`alisa models list`: all).
Other kinds of files: ffmpeg -i talk.mp3 talk.wav""",
)


@app.default
def hear(file: Path, /, *, engine: str = "", model: str = "", language: str = "", json: bool = False) -> int:
    """Write down what is said in a recording.

    Parameters
    ----------
    file
        A WAV file, of any rate and any number of channels.
    engine
        The recogniser: auto, sphinx, whisper, openai; without it, the one that `voice.stt` names.
    model
        The model for it, such as whisper-base; without it, the one that `voice.stt_model` names.
    language
        The language that is spoken, such as de; without it, the one that `voice.language` names.
    json
        Print JSON: the text, and when each piece of it was said.
    """
    from alisa.runtime.settings import load
    from voice.audio.clips import read_wav
    from voice.audio.rates import resampled
    from voice.settings import VoiceSettings
    from voice.stt import engines
    from voice.stt.pieces import pieces
    from voice.stt.recognizer import RATE
    from voice.told import Told

    home = Home.find()
    settings = load(VoiceSettings, home=home)[VoiceSettings]
    given = {"stt_model": model, "language": language}
    settings = settings.model_copy(update={name: value for name, value in given.items() if value})
    clip = resampled(read_wav(file), RATE)
    if not len(clip.samples):
        raise UsageError("no_sound", f"{file.name} holds no sound.", "Is it the right file?")
    name = engines.chosen(engine or settings.stt, settings, home)
    recognizer = engines.create(name, settings, home)
    if recognizer.notice and (language or Told(home).once(recognizer.notice)):
        complain(recognizer.notice, style="faint")
    began = time.perf_counter()
    pause = _PAUSE_SECONDS if name == "sphinx" else None
    with contextlib.closing(recognizer), _progress(clip.seconds) as show:
        found = [
            _row(*each) for each in _transcripts(recognizer, list(pieces(clip.samples, pause)), clip.samples, show)
        ]
    took = time.perf_counter() - began
    _tell(found, {"file": str(file), "engine": name, "seconds": clip.seconds, "took_seconds": took}, as_json=json)
    return 0


def _transcripts(
    recognizer: Recognizer, cuts: list[tuple[int, int]], samples: Samples, show: Callable[[float], None]
) -> Iterator[tuple[int, int, Transcript]]:
    """Yield where each piece of the recording begins and ends, and what is said in it."""
    from voice.stt.recognizer import RATE

    recognizer.load()
    for begin, end in cuts:
        recognizer.begin()
        for at in range(begin, end, _BLOCK):
            recognizer.feed(samples[at : min(end, at + _BLOCK)])
            show(min(end, at + _BLOCK) / RATE)
        yield begin, end, recognizer.finish()


def _row(begin: int, end: int, said: Transcript) -> dict[str, Any]:
    from voice.stt.recognizer import RATE

    return {
        "start": round(begin / RATE, 2),
        "end": round(end / RATE, 2),
        "text": said.text,
        "confidence": round(said.confidence, 3),
    }


def _tell(found: list[dict[str, Any]], facts: dict[str, Any], *, as_json: bool) -> None:
    lines = [row["text"] for row in found if row["text"]]
    if as_json:
        rounded = {name: round(value, 3) if isinstance(value, float) else value for name, value in facts.items()}
        say_json(rounded | {"text": " ".join(lines), "pieces": found})
    elif lines:
        for line in lines:
            say(line)
    else:
        complain("Nothing was understood in it.", style="warn")


@contextlib.contextmanager
def _progress(seconds: float) -> Iterator[Callable[[float], None]]:
    """Show how far it is, where there is a terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    bar_columns = (
        TextColumn("listening"),
        BarColumn(complete_style="#3ecfc6", finished_style="#3ecfc6"),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*bar_columns, console=console, transient=True) as bar:
        task = bar.add_task("listening", total=seconds)
        yield lambda done: bar.update(task, completed=done)
