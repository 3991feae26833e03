"""The kind of window is decided by what the desktop can do, and a person can read why."""

from __future__ import annotations

import itertools

import pytest

from overlay.surface import KINDS, Capabilities, choices, decide

EVERY = [
    Capabilities(system, composited, alpha_visual, shape, wayland, problem)
    for system, composited, alpha_visual, shape, wayland, problem in itertools.product(
        ("x11", "win32", "aqua"), (False, True), (False, True), (False, True), (False, True), ("", "no cookie")
    )
]


@pytest.mark.parametrize(
    ("capabilities", "kind"),
    [
        (Capabilities("x11", composited=True, alpha_visual=True, shape=True), "argb"),
        (Capabilities("x11", composited=False, alpha_visual=True, shape=True), "shaped"),
        (Capabilities("x11", composited=True, alpha_visual=False, shape=True), "shaped"),
        (Capabilities("x11"), "card"),
        (Capabilities("x11", True, True, True, problem="no cookie"), "card"),
        (Capabilities("x11", True, True, True, wayland=True), "argb"),
        (Capabilities("win32"), "layered"),
        (Capabilities("aqua"), "macos"),
    ],
)
def test_the_best_kind_wins(capabilities: Capabilities, kind: str) -> None:
    """Soft edges before hard ones, hard ones before a card."""
    assert decide(capabilities).kind == kind


@pytest.mark.parametrize("asked", ["", "nonsense", *KINDS])
def test_there_is_always_a_way_on(asked: str) -> None:
    """Every kind has a name that people can ask for, none comes twice, the last resort is a card, all say why."""
    for capabilities in EVERY:
        found = choices(capabilities, asked)
        kinds = [choice.kind for choice in found]
        assert set(kinds) <= set(KINDS)
        assert len(kinds) == len(set(kinds))
        assert "card" in kinds
        assert all(choice.why.endswith(".") for choice in found)
        if asked in kinds:
            assert kinds[0] == asked
        elif asked:
            assert asked in found[0].why


def test_a_kind_that_cannot_be_had_is_not_given() -> None:
    """Whoever asks for soft edges without a compositor gets the next best, and the reason."""
    kind, why = decide(Capabilities("x11", shape=True), "argb")
    assert kind == "shaped"
    assert "argb cannot be had" in why
    assert "No compositor runs" in why
