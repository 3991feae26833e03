"""The benchmarks' figures mean what they say, and are told in the shape that other programs rely on."""

from __future__ import annotations

import json

import pytest

from benchmarks.hub import delays_of
from benchmarks.relay import pieces
from benchmarks.report import Figure, Report, percentile


def test_the_shape_that_other_programs_rely_on(capsys: pytest.CaptureFixture[str]) -> None:
    """One JSON object on standard output: benchmark, machine, results; a target is met, missed or not set."""
    report = Report("hub")
    report.add("quick", Figure(1.0, "ms", 2.0))
    report.add("slow", Figure(3.0, "ms", 2.0))
    report.add("enough", Figure(3.0, "ratio", 2.0, "higher"))
    report.add("told", Figure(3.0, "ms"))
    report.print()
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"benchmark", "machine", "results"}
    assert told["results"]["quick"] == {"value": 1.0, "unit": "ms", "target": 2.0, "ok": True}
    assert [told["results"][name]["ok"] for name in ("slow", "enough", "told")] == [False, True, None]


def test_a_hub_that_falls_behind_is_seen() -> None:
    """While it stands still the model goes on; each word is compared with itself, not with the latest that passed."""
    passed = [(0.0, "<emotion="), (0.001, "calm>"), (0.002, " One"), (0.003, " two"), (0.004, " three")]
    arrivals = [(0.0025, "One"), (0.052, " two"), (0.0521, " three")]
    assert delays_of(passed, arrivals) == pytest.approx([0.0005, 0.049, 0.0481])


def test_what_the_hub_took_out_is_passed_over() -> None:
    """A second tag in the middle, and words that went out together."""
    passed = [(0.0, "Well"), (1.0, " <emotion=sad>"), (2.0, " then"), (3.0, " go")]
    assert delays_of(passed, [(0.5, "Well"), (3.25, " then go")]) == pytest.approx([0.5, 0.25])
    with pytest.raises(RuntimeError):
        delays_of(passed, [(1.0, "something else")])


def test_pieces_are_read_however_they_were_cut() -> None:
    """A line that came in two parts counts when its end had passed; pings and the last events hold no words."""
    said = [json.dumps({"choices": [{"delta": {"content": text}}]}).encode() for text in ("a", "b")]
    stream = b"data: " + said[0] + b"\n\n: ping\n\ndata: " + said[1] + b'\n\ndata: {"choices":[]}\n\ndata: [DONE]\n\n'
    cut = stream.index(b"ping") + 20
    assert pieces([(1.0, stream[:cut]), (2.0, stream[cut:])]) == [(1.0, "a"), (2.0, "b")]


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 3), (0.99, 5), (1.0, 5)])
def test_percentiles(share: float, value: int) -> None:
    """The nearest rank."""
    assert percentile([5, 3, 1, 2, 4], share) == value


def test_the_ninety_fifth_of_a_hundred_is_the_ninety_fifth() -> None:
    """Not the one after it: of twenty values it would be the largest, and one odd run the whole figure."""
    assert percentile(range(1, 101), 0.95) == 95
    assert percentile(range(1, 21), 0.95) == 19
    assert percentile([7], 0.95) == 7
