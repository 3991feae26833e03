"""How often the webcam is looked through."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vision import pace
from vision.pace import PRESETS, Preset, fresh, interval
from vision.settings import VisionSettings

PRESET = st.sampled_from(list(PRESETS.values()))
SECONDS = st.floats(0.0, 1000.0)


def test_every_preset_that_can_be_set_is_there() -> None:
    """The settings and the table know the same words."""
    assert set(PRESETS) == set(VisionSettings.model_fields["preset"].annotation.__args__)  # type: ignore[union-attr]


def test_the_presets_go_from_light_to_close() -> None:
    """A lighter one looks less often, and less closely."""
    light, middle, close = (PRESETS[name] for name in ("ultra_light", "balanced", "enhanced"))
    assert light.fastest_seconds > middle.fastest_seconds > close.fastest_seconds
    assert light.slowest_seconds > middle.slowest_seconds > close.slowest_seconds
    assert light.width < middle.width < close.width
    assert light.core_share < middle.core_share < close.core_share


def test_it_slows_down_while_nothing_happens_and_wakes_at_once() -> None:
    """Within a minute at its slowest; at the first sign of something as fast as it may."""
    preset = PRESETS["balanced"]
    waited, seconds = preset.fastest_seconds, 0.0
    while waited < preset.slowest_seconds:
        waited = interval(preset, waited, 0.03, unsettled=False)
        seconds += waited
    assert seconds < 60
    assert interval(preset, waited, 0.03, unsettled=True) == preset.fastest_seconds


@pytest.mark.parametrize("preset", PRESETS.values())
def test_a_calm_hour_costs_the_share_that_it_may(preset: Preset) -> None:
    """On a slow machine, too: looks that take a second are rare."""
    for took in (0.02, 0.2, 1.0):
        waited, seconds, work = preset.fastest_seconds, 0.0, 0.0
        while seconds < 3600:
            waited = interval(preset, waited, took, unsettled=False)
            seconds, work = seconds + waited + took, work + took
        assert work / seconds <= max(preset.core_share, took / pace.LONGEST_SECONDS) * 1.01


@settings(deadline=None)
@given(PRESET, SECONDS, SECONDS, st.booleans())
def test_it_is_never_too_often_nor_never(preset: Preset, before: float, took: float, unsettled: bool) -> None:
    """Whatever it took: not faster than the preset, and once a minute at least."""
    waited = interval(preset, before, took, unsettled=unsettled)
    assert preset.fastest_seconds <= waited <= pace.LONGEST_SECONDS
    assert interval(preset, before, took, unsettled=True) <= interval(preset, before, took, unsettled=False)


def test_a_look_answers_for_half_a_second() -> None:
    """Not later, not without one, and not when the clock is another one."""
    assert fresh(10.0, 10.49)
    assert not fresh(10.0, 10.5)
    assert not fresh(10.0, 9.0)
    assert not fresh(None, 10.0)
