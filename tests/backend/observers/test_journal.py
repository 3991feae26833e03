"""The journal of frames."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

from alisa.runtime.clock import ManualClock
from backend.observers.journal import FILE_NAME, Journal


def test_each_frame_is_a_line(tmp_path: Path) -> None:
    """With its time, its direction and the clients; for its owner's eyes only."""
    journal = Journal(tmp_path / "logs", ManualClock(), 1, 1)
    journal("in", ["chat"], '[SAY]{"text":"hé\\n"}')
    journal("out", ["chat", "voice"], "[TOKEN:1]x")
    journal.close()
    path = tmp_path / "logs" / FILE_NAME
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert lines[0] == {
        "at": "2026-11-21T20:14:00+00:00", "direction": "in", "clients": ["chat"], "frame": '[SAY]{"text":"hé\\n"}',
    }  # fmt: skip
    assert lines[1]["clients"] == ["chat", "voice"]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_does_not_grow_for_ever(tmp_path: Path) -> None:
    """Old frames go."""
    journal = Journal(tmp_path, ManualClock(), 1, 1)
    for _ in range(40):
        journal("out", ["chat"], "x" * 100_000)
    journal.close()
    files = list(tmp_path.iterdir())
    assert len(files) == 2
    assert sum(file.stat().st_size for file in files) < 2.2 * 1024 * 1024


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    """The hub goes on without a journal."""
    (tmp_path / "logs").write_text("a file, not a folder")
    journal = Journal(tmp_path / "logs", ManualClock(), 1, 1)
    journal("out", ["chat"], "x")
    journal.close()
