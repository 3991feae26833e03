"""The menu shows how things are, and each entry does what it says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from overlay.menu.entries import Entry, Kind, MenuState, entries, minutes_until_morning

NOW = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
STATE = MenuState(True, "teasing", ("calm", "teasing", "deep_talk"), True, None, 1.0, False, "ctrl+alt+a")


class Deeds:
    """Writes down what was chosen."""

    def __init__(self) -> None:
        self.done: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *arguments: self.done.append((name, *arguments))


def find(label: str, rows: tuple[Entry, ...]) -> Entry:
    for row in rows:
        if row.label == label:
            return row
        if row.more and (found := [more for more in row.more if more.label == label]):
            return found[0]
    raise AssertionError(label)


@pytest.mark.parametrize(
    ("label", "deed"),
    [
        ("Say something…", ("talk",)),
        ("Calm", ("set_mode", "calm")),
        ("Deep talk", ("set_mode", "deep_talk")),
        ("Mute", ("set_muted", False)),
        ("For 15 minutes", ("snooze", 15)),
        ("For an hour", ("snooze", 60)),
        ("Until tomorrow morning", ("snooze", 12 * 60)),
        ("150%", ("set_scale", 1.5)),
        ("Click-through (Ctrl+Alt+A ends it)", ("set_click_through", True)),
        ("Hide", ("hide",)),
        ("Settings…", ("open_settings",)),
        ("Quit", ("quit",)),
    ],
)
def test_an_entry_does_what_it_says(label: str, deed: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every entry leads to exactly one deed."""
    deeds = Deeds()
    now = NOW.replace(tzinfo=ZoneInfo("UTC"))
    choose = find(label, entries(STATE, now)).choose
    assert choose is not None
    choose(deeds)
    assert deeds.done == [deed]


def test_ticks_show_how_things_are() -> None:
    """The mode, the size and what is switched on are ticked, and nothing else."""
    rows = entries(STATE, NOW)
    ticked = [row.label for row in (*rows, *(more for row in rows for more in row.more)) if row.ticked]
    assert ticked == ["Mute", "Teasing", "100%"]


def test_a_snooze_shows_its_end() -> None:
    """While she is snoozed the menu says until when, and only then can it be ended."""
    assert not find("End it now", entries(STATE, NOW)).enabled
    rows = entries(replace(STATE, snoozed_until=NOW + timedelta(minutes=90)), NOW)
    assert find("Snoozed until 21:30", rows).enabled
    assert find("End it now", rows).enabled
    assert find("Snooze", entries(replace(STATE, snoozed_until=NOW), NOW)).kind is Kind.MORE


def test_without_the_hub_only_what_needs_none() -> None:
    """While the hub is away, mode, mute and snooze are grey; size, hiding and quitting work."""
    rows = entries(replace(STATE, connected=False), NOW)
    assert [row.label for row in rows if not row.enabled] == ["Mode", "Mute", "Snooze", "Eyes"]


def test_eyes_are_opened_and_closed() -> None:
    """One that is wanted is ticked, with what keeps it from seeing; choosing turns it over. Without eyes it is grey."""
    rows = entries(replace(STATE, webcam="closed", screen="paused", connected=False), NOW)
    assert find("Eyes", rows).enabled
    assert find("Screen (paused)", rows).ticked
    assert not find("Webcam", rows).ticked
    deeds = Deeds()
    for label in ("Webcam", "Screen (paused)"):
        choose = find(label, rows).choose
        assert choose is not None
        choose(deeds)
    assert deeds.done == [("set_eye", "webcam", True), ("set_eye", "screen", False)]
    assert find("Webcam", entries(replace(STATE, webcam="open"), NOW)).ticked


def test_there_is_always_a_way_back_from_click_through() -> None:
    """Without a hotkey click-through is not offered, though it can be switched off."""
    assert not find("Click-through (needs a hotkey)", entries(replace(STATE, hotkey=""), NOW)).enabled
    assert find("Click-through (needs a hotkey)", entries(replace(STATE, hotkey="", click_through=True), NOW)).enabled


def test_a_question_can_be_answered_from_the_menu() -> None:
    """While a question waits, the menu leads to it: the way for the keyboard."""
    assert entries(replace(STATE, asks=True), NOW)[0].label == "Answer her question"


def test_names_of_modes_are_foreign_text() -> None:
    """A mode's name shows without control characters and bounded; the present mode is there even if not offered."""
    rows = entries(replace(STATE, mode="own", modes=("x" * 500, "a\x1b\u202eb")), NOW)
    mode = find("Mode", rows)
    assert [more.label for more in mode.more] == ["X" + "x" * 39, "Ab", "Own"]
    assert [more.ticked for more in mode.more] == [False, False, True]


@pytest.mark.parametrize(
    ("now", "minutes"),
    [
        ("2026-11-21 20:00", 12 * 60),
        ("2026-11-22 02:00", 6 * 60),
        ("2026-11-22 06:00", 26 * 60),
        ("2026-11-22 23:59", 8 * 60 + 1),
        ("2026-10-24 22:00", 11 * 60),  # the clocks go back that night
        ("2026-03-28 22:00", 9 * 60),  # and forward that one
    ],
)
def test_tomorrow_morning_is_at_eight(now: str, minutes: int) -> None:
    """Until eight, in minutes that really pass; in the small hours that is the same day."""
    then = datetime.strptime(now, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo("Europe/Berlin"))
    assert minutes_until_morning(then) == minutes
