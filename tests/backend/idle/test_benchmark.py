"""The benchmark of her initiative: what it promises holds on a few days, and a trace can be replayed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from alisa.runtime.errors import UsageError
from backend.idle.policy import Limits
from benchmarks.initiative import exceeded, live
from benchmarks.initiative_run import Learnt
from benchmarks.initiative_trace import Score, read, replay
from benchmarks.initiative_users import User

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "benchmarks" / "traces" / "example.jsonl"


@pytest.mark.parametrize("seed", [3, 11])
def test_some_days_with_somebody(seed: int) -> None:
    """Nothing in a gated state, no cap exceeded, less for who waves everything away; and days can be relived."""
    user = User.drawn(seed)
    life, again = live(user, 3, Learnt()), live(user, 3, Learnt())
    assert life.said == again.said
    assert life.said
    assert life.wrong == 0
    assert exceeded(life.said, Limits()) == 0
    grumpy = live(user, 3, Learnt(), wants_back=False, grumpiness=1.0)
    assert len(grumpy.said) <= len(life.said)


def test_the_example_is_replayed() -> None:
    """She helps with the error, greets on return, and cuts into neither call nor film."""
    score = replay(read(EXAMPLE))
    assert score.hits >= 2
    assert score.precision >= 0.5
    assert score.hours == pytest.approx(4.0)


def test_the_figures_of_a_trace() -> None:
    """Precision, recall, F1 and false alarms an hour, also where nothing was said or asked for."""
    score = Score(hits=3, misses=1, false_alarms=1, hours=2.0)
    assert (score.precision, score.recall, score.f1, score.false_alarms_an_hour) == (0.75, 0.75, 0.75, 0.5)
    nothing = Score(0, 0, 0, 0.0)
    assert (nothing.precision, nothing.recall, nothing.false_alarms_an_hour) == (1.0, 1.0, 0.0)


def test_a_trace_of_other_hands(tmp_path: Path) -> None:
    """Seconds since 1970, fields under `values`, labels as numbers; what cannot be read is named by its line."""
    path = tmp_path / "trace.jsonl"
    path.write_text('{"timestamp": 1764000000, "type": "face", "values": {"presence": "present"}, "label": 0}\n\n')
    [line] = read(path)
    assert (line.event, line.values, line.label) == ("face", {"presence": "present"}, False)
    path.write_text('{"at": "2026-11-23T09:00:00"}\n{"event": "face"}\n')
    with pytest.raises(UsageError, match="line 2"):
        read(path)
    path.write_text("")
    assert replay(read(path)) == Score(0, 0, 0, 0.0)


def test_it_prints_one_object() -> None:
    """As every benchmark does."""
    command = [sys.executable, "-m", "benchmarks.initiative", "--trace", str(EXAMPLE)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    told = json.loads(done.stdout)
    assert told["benchmark"] == "initiative"
    assert {"precision", "recall", "f1", "false_alarms_an_hour"} <= set(told["results"])
