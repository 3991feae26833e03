"""Starting again, and giving up."""

from __future__ import annotations

from llm_server.restarts import Limits, Restarts


def test_a_server_that_had_been_ready_is_started_again_at_once() -> None:
    """Somebody was talking: twenty kills within a minute, and she comes back each time without a pause."""
    restarts = Restarts()
    assert [restarts.after_end(second * 2.0) for second in range(20)] == [0.0] * 20


def test_failed_starts_wait_longer_each_time_and_end() -> None:
    """A machine that restarts a broken program for ever only gets hot."""
    restarts = Restarts(Limits(first_pause=0.25, longest_pause=0.6, failed_starts=5))
    pauses = [restarts.after_failed_start() for _ in range(5)]
    assert pauses == [0.25, 0.5, 0.6, 0.6, None]


def test_one_good_start_forgets_the_failed_ones() -> None:
    """Only failures in a row count."""
    restarts = Restarts(Limits(failed_starts=3))
    restarts.after_failed_start()
    restarts.after_failed_start()
    restarts.after_end(1.0)
    assert restarts.after_failed_start() is not None


def test_dying_all_the_time_is_given_up() -> None:
    """Getting ready and dying over and over is a crash loop, too; spread over hours it is bad luck."""
    limits = Limits(window=60, ends_in_window=5)
    loop, luck = Restarts(limits), Restarts(limits)
    assert [loop.after_end(second) for second in range(5)][-1] is None
    assert [luck.after_end(hour * 3600.0) for hour in range(50)][-1] == 0.0
