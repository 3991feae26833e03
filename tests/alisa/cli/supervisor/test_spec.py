"""What a supervised process is."""

from __future__ import annotations

import json

from alisa.cli.supervisor.spec import (
    ProcessSpec,
    Ready,
    State,
    Status,
    from_json,
    status_from_json,
    stops_before,
    to_json,
)  # fmt: skip


def test_a_specification_survives_the_way_to_another_process() -> None:
    """What is read back is what was written."""
    spec = ProcessSpec("a", ("x", "-y"), Ready("f", "/h", 0.1, 2.0), ("b",), ("c",), {"K": "v"}, 3.0, may_leave=True)
    assert from_json(json.loads(json.dumps(to_json(spec)))) == spec


def test_a_status_survives_the_way_to_another_process() -> None:
    """What is read back is what was written."""
    status = Status("a", State.READY, "2026-11-21T20:14:00+00:00", 12, 3, "http://x")
    assert status_from_json(json.loads(json.dumps(status.to_json()))) == status


def test_those_that_need_it_stop_first() -> None:
    """A process is stopped after those that wait for it and those that it outlives, as far as they are here."""
    specs = [
        ProcessSpec("model", (), outlives=("hub",)),
        ProcessSpec("hub", (), outlives=("elsewhere",)),
        ProcessSpec("voice", (), waits_for=("hub",)),
    ]
    assert stops_before(specs) == {"model": {"hub"}, "hub": {"voice"}, "voice": frozenset()}
