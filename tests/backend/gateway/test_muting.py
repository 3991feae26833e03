"""Mute is remembered in the home."""

from __future__ import annotations

import stat

from alisa.runtime.paths import Home
from backend.events.facts import MuteChanged
from backend.gateway.muting import Muting
from tests.faults import needs_posix


@needs_posix
def test_it_is_kept_and_given_back(home: Home) -> None:
    """For every later start, told once or more often; the file is private."""
    muting = Muting(home)
    assert not muting.recall()
    for on in (True, True, False, False, True):
        muting.keep(MuteChanged("", on))
        assert Muting(home).recall() is on
    assert stat.S_IMODE((home.root / "muted").stat().st_mode) == 0o600


def test_a_home_that_cannot_be_written_is_no_trouble(home: Home) -> None:
    """It counts until the next start all the same."""
    (home.root / "muted").mkdir()
    Muting(home).keep(MuteChanged("", False))
