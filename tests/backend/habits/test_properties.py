"""What holds for habits whatever happens: counts are bounded, dismissals never help, a document says it all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alisa.runtime.errors import UsageError
from backend.events.facts import Verdict
from backend.habits import questions
from backend.habits.document import from_json, to_json
from backend.habits.fading import Faded
from backend.habits.model import HABIT, Habits

START = datetime(2026, 1, 5, tzinfo=UTC)
MOMENTS = st.integers(0, 60 * 24 * 200).map(lambda minutes: START + timedelta(minutes=minutes))
KINDS = st.sampled_from(["silence", "break", "stuck"])
APPS = st.sampled_from(["", "code", "firefox"])
JUDGED = st.tuples(MOMENTS, KINDS, APPS, st.sampled_from(list(Verdict)))


@given(st.lists(st.floats(0, 400), max_size=60), st.floats(1, 80))
def test_forgetting_is_bounded(gaps: list[float], half_life: float) -> None:
    """A count never exceeds what was counted, never falls below nothing, and one a day settles at a known height."""
    counts = Faded(timedelta(days=half_life), 10)
    now = START
    for added, gap in enumerate(gaps, 1):
        now += timedelta(days=gap)
        counts.add(("x",), 1.0, now)
        assert 1.0 <= counts.get(("x",), now) <= added + 1e-9
    daily = Faded(timedelta(days=half_life), 10)
    for day in range(400):
        daily.add(("x",), 1.0, START + timedelta(days=day))
    assert daily.total(START + timedelta(days=400)) <= 1 / (1 - 0.5 ** (1 / half_life)) + 1e-6


@given(st.lists(st.tuples(st.integers(0, 300), st.sampled_from("abc")), max_size=40), st.integers(0, 400))
def test_looking_changes_nothing(events: list[tuple[int, str]], later: int) -> None:
    """However often somebody looks, and at whatever time, the counts are the same."""
    looked, plain = Faded(HABIT, 10), Faded(HABIT, 10)
    for day, key in sorted(events):
        at = START + timedelta(days=day)
        looked.add((key,), 1.0, at)
        plain.add((key,), 1.0, at)
        looked.get((key,), at + timedelta(days=later))
        looked.total(at)
    now = START + timedelta(days=300 + later)
    assert dict(looked.items(now)) == dict(plain.items(now))


def test_room_is_bounded() -> None:
    """The smallest counts make room for new ones."""
    counts = Faded(HABIT, 3)
    for number in range(50):
        counts.add(("often",), 1.0, START)
        counts.add((f"once {number}",), 1.0, START)
    assert len(counts) == 3
    assert counts.get(("often",), START) == 50


@given(st.lists(JUDGED, max_size=25), st.lists(st.tuples(MOMENTS, KINDS, APPS), min_size=1, max_size=6), KINDS, APPS)
@settings(max_examples=200)
def test_more_dismissals_never_raise_worth(judged: list, more: list, kind: str, app: str) -> None:
    """Whatever else happened: of any kind, at any time, in any application."""
    end = START + timedelta(days=201)
    extra = [(at, other, where, Verdict.DISMISSED) for at, other, where in more]

    def worth(events: list) -> float:
        habits = Habits(UTC)
        for at, other, where, verdict in sorted(events):
            habits.received(other, verdict, at, where)
        return questions.worth(habits, kind, end, app)

    before, after = worth(judged), worth([*judged, *extra])
    assert 0 <= after <= before + 1e-9 <= 1 + 1e-9


SPANS = st.tuples(MOMENTS, st.integers(-60, 3000), st.sampled_from(["", "coding", "watching"]), APPS)


@given(st.lists(SPANS, max_size=30))
def test_no_hour_of_the_week_holds_more_than_there_was(spans: list) -> None:
    """In any order, overlapping, backwards: an hour counts once a week at the most, and shares stay shares."""
    habits = Habits(UTC)
    for begin, minutes, task, app in spans:
        habits.worked(begin, begin + timedelta(minutes=minutes), task=task, app=app)
    end = START + timedelta(days=210)
    for (_day, _hour), hours in habits.hours.items(end):
        assert 0 <= hours <= 30
    assert all(0 <= share <= 1 for share in questions.works_by_hour(habits, end))
    assert 0 <= questions.depth(habits, end) <= 1
    assert timedelta(0) < questions.usual_silence(habits, end) <= timedelta(hours=12)


@given(
    st.lists(SPANS, max_size=12),
    st.lists(JUDGED, max_size=12),
    st.lists(st.tuples(MOMENTS, st.integers(0, 900)), max_size=9),
)
@settings(max_examples=60, deadline=None)
def test_a_document_says_it_all(spans: list, judged: list, silences: list) -> None:
    """Out and in again, in whatever order: the same text, and the same answers."""
    habits = Habits(UTC)
    for begin, minutes, task, app in spans:
        habits.worked(begin, begin + timedelta(minutes=minutes), task=task, app=app)
        habits.switched(task, app, begin)
    for at, kind, app, verdict in judged:
        habits.received(kind, verdict, at, app)
    for begin, minutes in silences:
        habits.was_silent(begin, timedelta(minutes=minutes))
    text = to_json(habits)
    again = Habits(UTC)
    again.worked(START, START + timedelta(hours=3), task="coding", app="vim")  # what was there goes
    from_json(text, again)
    assert to_json(again) == text
    end = START + timedelta(days=205)
    assert questions.works_by_hour(again, end) == pytest.approx(questions.works_by_hour(habits, end))
    for app in ("", "code"):
        assert questions.worth(again, "break", end, app) == pytest.approx(questions.worth(habits, "break", end, app))
    assert questions.usual_silence(again, end) == questions.usual_silence(habits, end)


BAD = [
    ("", "not JSON"), ("[]", "dictionary"), ("{}", "format"), ('"x"', "dictionary"), ("[" * 100_000, ""),
    ('{"format": "alisa-habits", "version": 1, "hours": {"counts": [{"of": ["someday", "09"], "count": 1}]}}', "hours"),
    ('{"format": "alisa-habits", "version": 1, "apps": {"counts": [{"of": ["x"], "count": -1}]}}', "count"),
    ('{"format": "alisa-habits", "version": 1, "apps": {"counts": [{"of": ["x"], "count": 1e999}]}}', "count"),
    ('{"format": "alisa-habits", "version": 1, "apps": {"counts": [{"of": ["x"], "count": NaN}]}}', "count"),
    ('{"format": "alisa-habits", "version": 1, "began": "2026-01-01T00:00:00"}', "began"),
    ('{"format": "alisa-habits", "version": 1, "secret": 1}', "secret"),
    ('{"format": "alisa-habits", "version": 0}', "version"),
    ('{"format": "alisa-habits", "version": 1, "apps": {"counts": [{"of": ["' + "x" * 99 + '"], "count": 1}]}}', "of"),
    ("x" * 2_000_000, ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "why"), BAD, ids=range(len(BAD)))
def test_bad_input_is_refused(text: str, why: str) -> None:
    """With a sentence that names what is wrong; what was there stays."""
    habits = Habits(UTC)
    habits.worked(START, START + timedelta(hours=1), app="vim")
    before = to_json(habits)
    with pytest.raises(UsageError) as refused:
        from_json(text, habits)
    assert refused.value.code == "habits_unreadable"
    assert why in refused.value.message
    assert len(refused.value.message) < 300
    assert to_json(habits) == before


def test_newer_habits_are_named_so() -> None:
    """They are not called broken."""
    with pytest.raises(UsageError) as refused:
        from_json('{"format": "alisa-habits", "version": 2, "moods": []}', Habits(UTC))
    assert refused.value.code == "habits_newer"
