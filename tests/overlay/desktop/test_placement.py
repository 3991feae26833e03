"""Her place, remembered."""

from __future__ import annotations

import json
import stat
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alisa.runtime.paths import Home
from overlay.desktop.placement import MOST_ARRANGEMENTS, Place, Placements

ONE, TWO = "1280x800+0+0", "1280x800+0+0 1920x1080+1280+0"

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def test_a_place_is_kept_for_each_arrangement(home: Home) -> None:
    """At the desk she stands elsewhere than on the train; so over a restart."""
    placements = Placements(home)
    assert placements.recall(ONE) is None
    placements.remember(ONE, Place(700, 800, 1.0))
    placements.remember(TWO, Place(-5, 900, 1.5))
    again = Placements(home)
    assert again.recall(ONE) == Place(700, 800, 1.0)
    assert again.recall(TWO) == Place(-5, 900, 1.5)
    assert again.latest_scale == 1.5


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are POSIX")
def test_the_file_is_private_and_nothing_else_is_left(home: Home) -> None:
    """Others need not know what monitors somebody has."""
    Placements(home).remember(ONE, Place(1, 2, 1.0))
    assert stat.S_IMODE((home.root / "overlay.json").stat().st_mode) == 0o600
    assert [path.name for path in home.root.iterdir() if "overlay" in path.name] == ["overlay.json"]


def test_what_is_known_already_is_not_written(home: Home) -> None:
    """A drag that ends where it began costs nothing."""
    placements = Placements(home)
    placements.remember(ONE, Place(1, 2, 1.0))
    (home.root / "overlay.json").unlink()
    placements.remember(ONE, Place(1, 2, 1.0))
    assert not (home.root / "overlay.json").exists()


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"places": 3}', b'{"places": {"a": []}}', b"[" * 100_000]
)
def test_a_damaged_file_heals(home: Home, damage: bytes) -> None:
    """She begins anew, and the next place is kept."""
    (home.root / "overlay.json").write_bytes(damage)
    placements = Placements(home)
    assert placements.recall(ONE) is None
    placements.remember(ONE, Place(3, 4, 2.0))
    assert Placements(home).recall(ONE) == Place(3, 4, 2.0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(json_values, json_values, json_values)
def test_no_value_in_the_file_brings_her_down(home: Home, x: object, y: object, scale: object) -> None:
    """What is no place is passed over; what is next to it is kept."""
    places = {"bad": {"x": x, "y": y, "scale": scale}, "good": {"x": 7, "y": 8, "scale": 1}}
    (home.root / "overlay.json").write_text(json.dumps({"places": places}), encoding="utf-8")
    placements = Placements(home)
    assert placements.recall("good") == Place(7, 8, 1.0)
    bad = placements.recall("bad")
    assert bad is None or (0.5 <= bad.scale <= 3.0 and abs(bad.x) <= 100_000)


def test_the_oldest_arrangement_goes(home: Home) -> None:
    """A traveller's file does not grow for ever."""
    placements = Placements(home)
    for number in range(MOST_ARRANGEMENTS + 3):
        placements.remember(f"{number}x1+0+0", Place(number, 0, 1.0))
    kept = json.loads((home.root / "overlay.json").read_bytes())["places"]
    assert len(kept) == MOST_ARRANGEMENTS
    assert "2x1+0+0" not in kept


def test_a_full_disk_costs_her_memory_not_her_life(
    home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The place holds for this run; the log says why it is not kept."""

    def full(*_anything: object, **_more: object) -> int:
        raise OSError(28, "No space left on device")

    placements = Placements(home)
    monkeypatch.setattr("os.open", full)
    placements.remember(ONE, Place(1, 2, 1.0))
    monkeypatch.undo()
    assert placements.recall(ONE) == Place(1, 2, 1.0)
    assert "not remembered" in caplog.text
