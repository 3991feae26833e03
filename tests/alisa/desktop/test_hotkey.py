"""The keys that call her."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alisa.desktop.hotkey import MODIFIERS, NAMED_KEYS, Hotkey, parse, taken_elsewhere
from alisa.desktop.hotkey_windows import codes

KEYS = st.sampled_from([*"abcxyz019", "f1", "f12", "f24", *NAMED_KEYS])


@given(st.sets(st.sampled_from(MODIFIERS)).filter(lambda chosen: chosen - {"shift"}), KEYS)
def test_what_is_written_is_read(modifiers: set[str], key: str) -> None:
    """And the other way round."""
    hotkey = Hotkey(frozenset(modifiers), key)
    assert parse(str(hotkey)) == hotkey
    assert parse(f" {str(hotkey).upper().replace('+', ' + ')} ") == hotkey


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Control+Option+A", "ctrl+alt+a"),
        ("win+space", "super+space"),
        ("cmd+shift+f5", "super+shift+f5"),
        ("Strg+Alt+PgUp", "ctrl+alt+pageup"),
    ],
)
def test_other_systems_names_are_known(text: str, same: str) -> None:
    """People write what is printed on their keys."""
    assert parse(text) == parse(same)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ctrl+", "keys with +"),
        ("ctrl++a", "keys with +"),
        ("+", "keys with +"),
        ("hyper+a", "no modifier 'hyper'"),
        ("ctrl+alt", "needs a key after ctrl+alt"),
        ("ctrl+ö", "no key 'ö'"),
        ("ctrl+f25", "no key 'f25'"),
        ("a", "needs ctrl, alt or super with 'a'"),
        ("shift+a", "could not type it"),
        ("a+ctrl+b", "no modifier 'a'"),
    ],
)
def test_what_is_no_hotkey_is_said(text: str, said: str) -> None:
    """In a sentence that says what would be one."""
    with pytest.raises(ValueError, match=r"^(should|knows|needs)") as refused:
        parse(text)
    assert said in str(refused.value)


@given(st.text(max_size=30))
def test_no_text_breaks_it(text: str) -> None:
    """It is a hotkey, or a ValueError says why not."""
    with contextlib.suppress(ValueError):
        assert parse(text).key


@given(st.sets(st.sampled_from(MODIFIERS)).filter(lambda chosen: chosen - {"shift"}), KEYS)
def test_every_hotkey_has_codes_on_windows(modifiers: set[str], key: str) -> None:
    """Those of winuser.h."""
    bits, virtual_key = codes(Hotkey(frozenset(modifiers), key))
    assert bits & 0x4000
    assert 0x08 <= virtual_key <= 0x87


def test_the_usual_hotkey_on_windows() -> None:
    """Ctrl, Alt, no repetition; A."""
    assert codes(parse("ctrl+alt+a")) == (0x4003, 0x41)
    assert codes(parse("super+f12")) == (0x4008, 0x7B)


def test_a_hotkey_that_is_taken_is_said_in_one_sentence() -> None:
    """With what to do."""
    assert "ctrl+alt+a" in taken_elsewhere(parse("ctrl+alt+a"), "overlay.hotkey")
    assert "overlay.hotkey" in taken_elsewhere(parse("ctrl+alt+a"), "overlay.hotkey")
