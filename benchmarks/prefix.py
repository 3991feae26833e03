"""How much of the prompt llama.cpp has to read anew at each turn, when memory and sight change every time.

The hub's own driver, prompt and history over the real server; the notes come from contributors that stand in for
the memory and the eyes, which belong to later versions. The figures are llama.cpp's own.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from alisa.runtime.clock import SystemClock
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings
from backend.conversation.context import ContextNote
from backend.conversation.driver import Driver
from backend.events.bus import Bus
from backend.events.commands import Say
from backend.events.facts import TurnEnded
from backend.llm.openai import OpenAiModel
from backend.settings import ConversationSettings, StorageSettings
from backend.storage.database import Database
from backend.storage.history import History
from benchmarks.report import Figure, Report, median

TURNS = (
    "hi alisa", "how was your day?", "i am a bit tired", "what do you like?", "tell me a joke", "thank you",
    "what time is it?", "i had pizza for lunch", "do you like cats?", "i have to work now", "cheer me up", "good night",
)  # fmt: skip


async def measure(report: Report, llm: dict[str, Any]) -> None:
    """Twelve turns, the last of which roll the window: newly evaluated tokens early and late, and the most of all."""
    with tempfile.TemporaryDirectory(prefix="alisa-benchmark-") as folder:
        evaluated = await _converse(Home(Path(folder)), LlmSettings(url=llm["url"], api_key=llm["api_key"]))
    early, late = median(evaluated[1:5]), median(evaluated[-4:])
    report.add("evaluated_tokens_turns_2_to_5", Figure(early, "tokens"))
    report.add("evaluated_tokens_turns_9_to_12", Figure(late, "tokens"))
    report.add("evaluated_tokens_growth", Figure(late / max(1.0, early), "ratio", 1.5))
    report.add("evaluated_tokens_most", Figure(max(evaluated[1:]), "tokens", 250))


async def _converse(home: Home, settings: LlmSettings) -> list[float]:
    clock, bus = SystemClock(), Bus()
    ended: asyncio.Queue[TurnEnded] = asyncio.Queue()
    bus.subscribe(ended.put_nowait, TurnEnded)
    moments = iter(range(1000))

    def notes(_conversation: str, _now: datetime) -> Sequence[ContextNote]:
        number = next(moments)
        return [
            ContextNote("memory", f"likes tea number {number}; was at page {7 * number} of the book"),
            ContextNote("sight (screen)", f"Editor, report_{number}.md, line {31 * number}"),
        ]

    database = await Database.open(home.ensure(), StorageSettings(), clock)
    model = OpenAiModel(settings, home, clock)
    try:
        async with Driver(
            history=History(database), model=model, bus=bus, clock=clock, home=home,
            settings=ConversationSettings(), llm_settings=settings, contributors=[notes],
        ) as driver:  # fmt: skip
            evaluated = []
            for text in TURNS:
                await driver.submit(Say("main", text))
                timings = (await ended.get()).timings
                evaluated.append(timings["prompt_tokens"] - timings["cached_tokens"])
            return evaluated
    finally:
        await model.aclose()
        await database.close()
