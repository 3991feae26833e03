"""When a process is started again, and when it is given up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alisa.cli.supervisor.policy import Again, Finished, GiveUp, Life, Limits, Policy, Record, Verdict

POLICY = Policy()


def lives(*given: tuple[float | None, int | None], gap: float = 3.0) -> list[Verdict]:
    """The verdicts over successive lives: (seconds ready, None for never; exit code)."""
    record, at, verdicts = Record(), 0.0, []
    for ready, code in given:
        ended = at + 1.0 + (ready or 0.0)
        life = Life(at, None if ready is None else at + 1.0, ended, code)
        verdict, record = POLICY.judge(record, life)
        verdicts.append(verdict)
        at = ended + gap
    return verdicts


def test_one_that_served_comes_back_at_once() -> None:
    """Somebody is waiting for a process that had been ready: no pause."""
    assert lives((5.0, -9)) == [Again(0.0)]


def test_twenty_kills_in_the_middle_of_replies_are_survived_without_a_pause() -> None:
    """A person who kills the hub twenty times finds it back twenty times."""
    assert lives(*[(0.1, -9)] * 20, gap=0.0) == [Again(0.0)] * 20


def test_failed_starts_pause_longer_each_time_and_end() -> None:
    """A program that never gets ready is tried five times, with pauses that double."""
    *again, end = lives(*[(None, 1)] * 5)
    assert again == [Again(0.25), Again(0.5), Again(1.0), Again(2.0)]
    assert isinstance(end, GiveUp)
    assert "5 times in a row" in end.why


def test_a_ready_life_forgives_earlier_failures() -> None:
    """Once it has served, the count of failed starts begins anew."""
    assert lives((None, 1), (None, 1), (2.0, 1), (None, 1))[2:] == [Again(0.0), Again(0.25)]


def test_one_that_keeps_dying_after_it_was_ready_is_given_up() -> None:
    """Thirty ends within a minute are too many, ready or not."""
    record, verdict = Record(), None
    for number in range(30):
        verdict, record = POLICY.judge(record, Life(number, number, number + 1.0, 1))
    assert isinstance(verdict, GiveUp)
    assert "30 times" in verdict.why


def test_what_is_missing_stays_missing() -> None:
    """Exit codes 2 and 3 before it was ready end the trying at once."""
    assert lives((None, 3)) == [GiveUp()]
    assert lives((None, 2)) == [GiveUp()]
    assert lives((5.0, 3)) == [Again(0.0)]


def test_one_that_is_not_needed_is_left_alone() -> None:
    """Exit code 0 before it was ready means: not needed. After that it is an end like any other."""
    assert lives((None, 0)) == [Finished()]
    assert lives((5.0, 0)) == [Again(0.0)]


def test_one_that_the_user_may_close_stays_closed() -> None:
    """Exit code 0 is then the user's wish; any other end is not."""
    closed, crashed = (Life(0.0, 1.0, 9.0, code) for code in (0, 1))
    assert POLICY.judge(Record(), closed, may_leave=True)[0] == Finished()
    assert POLICY.judge(Record(), crashed, may_leave=True)[0] == Again(0.0)


def test_one_that_hung_at_its_start_is_a_failed_start() -> None:
    """A life that was ended because it never got ready counts, though it has no exit code."""
    assert isinstance(lives(*[(None, None)] * 5)[-1], GiveUp)


@given(
    st.lists(st.tuples(st.one_of(st.none(), st.floats(0, 100)), st.sampled_from([None, 1, -9, -11])), max_size=60),
    st.floats(0.5, 1.0),
)
def test_pauses_are_never_negative_nor_longer_than_the_longest(
    ends: list[tuple[float | None, int | None]], jitter: float
) -> None:
    """Whatever happens, the pause lies between nothing and the longest one."""
    policy, record, at = Policy(Limits(), lambda: jitter), Record(), 0.0
    for ready, code in ends:
        ended = at + 1 + (ready or 0)
        verdict, record = policy.judge(record, Life(at, None if ready is None else at + 1, ended, code))
        at = ended
        if isinstance(verdict, Again):
            assert 0 <= verdict.seconds <= Limits().longest_pause_seconds
            assert record.failed_starts < Limits().failed_starts
