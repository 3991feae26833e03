"""`alisa voices`: which voices she could have."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from cyclopts import App

from alisa.cli.output import say, say_json
from alisa.runtime.paths import Home

if TYPE_CHECKING:
    from voice.settings import VoiceSettings
    from voice.tts.speech import VoiceInfo

_FOR_TESTS = "scripted"

app = App(
    name="voices",
    help_epilogue="""Examples:
  alisa voices                          what can make her voice
  alisa voices --engine espeak          the voices of one of them
  alisa config set voice.tts edge       choose one: natural, made online
  alisa config set voice.tts_voice en-GB-SoniaNeural""",
)


@app.default
def voices(*, engine: str = "", json: bool = False) -> int:
    """Show what can make her voice, or the voices of one engine. Online ones are asked only when named.

    Parameters
    ----------
    engine
        List the voices of this one.
    json
        Print JSON.
    """
    logging.getLogger().addHandler(logging.NullHandler())  # an error is said in one line
    from alisa.runtime.settings import load
    from voice.settings import VoiceSettings

    settings = load(VoiceSettings, home=Home.find())[VoiceSettings]
    return _voices_of(engine, settings, json=json) if engine else _engines(settings, json=json)


def _engines(settings: VoiceSettings, *, json: bool) -> int:
    from voice.tts.assemble import BUILT_IN
    from voice.tts.engines import voices_to_choose

    chosen = settings.tts or BUILT_IN
    rows = [
        {
            "engine": row.name,
            "chosen": row.name == chosen,
            "fallback": row.name in settings.tts_fallbacks and row.name != chosen,
            "needs": sorted(row.capabilities & {"online", "model", "server", "own environment"}),
            "summary": row.summary,
        }
        for row in voices_to_choose()
        if row.name != _FOR_TESTS or row.name == chosen
    ]
    if json:
        say_json({"engines": rows})
        return 0
    width = max(len(str(row["engine"])) for row in rows)
    for row in rows:
        mark = "*" if row["chosen"] else " "
        say(f"{mark} {row['engine']:<{width}}  {row['summary']}", style="strong" if row["chosen"] else "")
    say("Choose one: alisa config set voice.tts NAME. Its voices: alisa voices --engine NAME", style="faint")
    return 0


def _voices_of(engine: str, settings: VoiceSettings, *, json: bool) -> int:
    found = asyncio.run(_ask(engine, settings))
    if json:
        say_json({"engine": engine, "voices": [asdict(voice) for voice in found]})
        return 0
    for line in _lines(found):
        say(line)
    say("Choose one: alisa config set voice.tts_voice NAME", style="faint")
    return 0


async def _ask(engine: str, settings: VoiceSettings) -> tuple[VoiceInfo, ...]:
    from voice.tts.assemble import worker
    from voice.tts.engines import voice_row

    voice_row(engine)
    asked = worker(engine, settings, Home.find())
    try:
        return await asked.voices()
    finally:
        await asked.aclose()


def _lines(found: tuple[VoiceInfo, ...]) -> list[str]:
    """A line a voice: `*` before the engine's own choice."""
    columns: list[list[Any]] = [
        ["*" if voice.default else " ", voice.name, voice.language, voice.gender, voice.summary] for voice in found
    ]
    widths = [max((len(row[place]) for row in columns), default=0) for place in range(5)]
    return ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in columns]
