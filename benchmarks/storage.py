"""What history costs when it is long: committing a message, the window at start, searching, the check after a crash.

`measure` is called by `benchmarks.hub`; `python -m benchmarks.storage [--quick]` runs it alone.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alisa.protocol.tags import Cause, Emotion, EndReason, Source
from alisa.runtime.clock import SystemClock
from alisa.runtime.paths import Home
from backend.settings import StorageSettings
from backend.storage import integrity
from backend.storage.database import Database
from backend.storage.history import History
from benchmarks.report import Figure, Report, percentile

MESSAGES = 100_000
CONVERSATIONS = ("main", "work", "notes")
_WORDS = [
    "coffee", "rain", "window", "tomorrow", "morning", "python", "garden", "train", "music", "quiet", "because",
    "maybe", "really", "think", "about", "the", "a", "I", "you", "remember", "yesterday", "pizza", "friend",
    "question", "answer", "cat", "sleep", "late", "early", "work", "finished", "almost", "never", "always",
]  # fmt: skip


def measure(*, quick: bool) -> dict[str, Figure]:
    """Fill a history with 100,000 messages and measure it; ready for a report."""
    with tempfile.TemporaryDirectory(prefix="alisa-benchmark-") as folder:
        return asyncio.run(_measure(Home(Path(folder)), rounds=300 if quick else 3000))


async def _measure(home: Home, rounds: int) -> dict[str, Figure]:
    settings, clock = StorageSettings(), SystemClock()
    await (await Database.open(home, settings, clock)).close()
    await asyncio.to_thread(_fill, home.database)
    results: dict[str, Figure] = {}

    began = time.perf_counter()
    database = await Database.open(home, settings, clock)
    history = History(database)
    await history.window("main", turns=10)
    results["storage_window_at_start"] = Figure(_since(began), "ms", 50.0)
    await database.settled()

    async def commit() -> None:
        await history.open_turn(
            "main", Cause.USER, text=_text(7), source=Source.TYPED, origin="benchmark", at=datetime.now(UTC)
        )

    async def reply() -> None:
        turn = (await history.latest("main"))[0] or 0
        began = time.perf_counter()
        await history.close_turn(
            turn, reason=EndReason.STOP, text=_text(8), emotion=Emotion.CALM, interrupted=False, origin="benchmark",
            timings={"total": 1.0}, at=datetime.now(UTC),
        )  # fmt: skip
        replies.append(_since(began))

    replies: list[float] = []
    commits = await _timed(commit, rounds)
    await _timed(reply, rounds)
    results["storage_commit_message_p50"] = Figure(percentile(commits, 0.5), "ms")
    results["storage_commit_message_p99"] = Figure(percentile(commits, 0.99), "ms", 10.0)
    results["storage_close_turn_p99"] = Figure(percentile(replies, 0.99), "ms", 10.0)
    windows = await _timed(lambda: history.window("main", turns=10, before_turn=MESSAGES // 2), rounds)
    results["storage_window_p50"] = Figure(percentile(windows, 0.5), "ms")
    results["storage_window_p99"] = Figure(percentile(windows, 0.99), "ms", 50.0)
    pages = await _timed(lambda: history.page(conversation="work", limit=50), rounds // 3)
    results["storage_page_p99"] = Figure(percentile(pages, 0.99), "ms")
    searches = await _timed(lambda: history.page(query="coffee garden", limit=50), rounds // 10)
    results["storage_search_p99"] = Figure(percentile(searches, 0.99), "ms")
    await database.close()

    began = time.perf_counter()
    wrong = await asyncio.to_thread(integrity.page_problem, home.database, "ro")
    assert not wrong, wrong
    results["storage_check_after_crash"] = Figure(_since(began), "ms")
    return results


async def _timed(once: Callable[[], Awaitable[object]], rounds: int) -> list[float]:
    """Run it so often; the milliseconds of each."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        await once()
        taken.append(_since(began))
    return taken


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def _text(seed: int) -> str:
    return " ".join(_WORDS[(seed * 7 + place * (seed % 13 + 1)) % len(_WORDS)] for place in range(14 + seed % 9))


def _fill(database: Path) -> None:
    """Write the messages as the hub would have, in one transaction."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    turns: list[tuple[object, ...]] = []
    messages: list[tuple[object, ...]] = []
    for turn in range(1, MESSAGES // 2 + 1):
        at = (start + timedelta(minutes=turn)).isoformat(timespec="microseconds")
        conversation = 1 + (turn % 20 == 0) + (turn % 50 == 0)
        turns.append((turn, conversation, "user", "typed", "chat", at, at, "stop"))
        messages.append((turn, conversation, "user", _text(turn), None, at))
        messages.append((turn, conversation, "assistant", _text(turn + 5), "calm", at))
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany(
            "INSERT INTO conversations (id, name, mode, persona, created_at) VALUES (?, ?, '', 'alisa', ?)",
            [(number, name, start.isoformat()) for number, name in enumerate(CONVERSATIONS, 1)],
        )
        connection.executemany(
            "INSERT INTO turns (id, conversation_id, cause, source, origin, began_at, ended_at, reason)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            turns,
        )
        connection.executemany(
            "INSERT INTO messages (turn_id, conversation_id, role, text, emotion, origin, interrupted, at)"
            " VALUES (?, ?, ?, ?, ?, '', 0, ?)",
            messages,
        )


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.storage", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    report = Report("storage")
    for name, figure in measure(quick=parser.parse_args().quick).items():
        report.add(name, figure)
    report.print()


if __name__ == "__main__":
    main()
