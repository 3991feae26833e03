"""Cards: the user's own win, broken ones are named, and she is always somebody."""

from __future__ import annotations

import pytest

from alisa.runtime.errors import AlisaError, SettingsError, UsageError
from alisa.runtime.paths import Home
from backend.persona import (
    NO_MODE,
    broken_cards,
    list_modes,
    list_personas,
    load_mode,
    load_persona,
    mode_or_none,
    persona_or_default,
)


def test_the_house_has_its_cards(home: Home) -> None:
    """Alisa and the assistant ship, with the three moods; every persona begins in a mode that exists."""
    assert [card.name for card in list_personas(home)] == ["alisa", "assistant"]
    assert [mode.name for mode in list_modes(home)] == ["calm", "serious", "teasing"]
    assert {card.mode for card in list_personas(home)} <= {mode.name for mode in list_modes(home)}
    assert load_persona("Alisa", home).title == "Alisa"
    assert load_mode(" CALM ", home).temperature == 0.6
    assert broken_cards(home) == []


def test_the_users_card_wins(home: Home) -> None:
    """A card in the home replaces the one of the same name, whatever its case, and new ones join."""
    (home.personas / "Alisa.toml").write_text('name = "Mine"\nprompt = "You are mine."\n')
    (home.modes / "sleepy.toml").write_bytes(b'\xef\xbb\xbftitle = "Sleepy"\r\nprompt = "Yawn."\r\n')
    assert load_persona("alisa", home).prompt == "You are mine."
    assert load_mode("sleepy", home).prompt == "Yawn."
    assert [mode.name for mode in list_modes(home)] == ["calm", "serious", "sleepy", "teasing"]


def test_an_unknown_name_is_answered_with_the_names(home: Home) -> None:
    """The error says what there is, and what was perhaps meant; a name is never taken for a path."""
    with pytest.raises(UsageError) as caught:
        load_mode("calmm", home)
    assert caught.value.code == "unknown_mode"
    assert "calm?" in caught.value.hint
    assert "serious, teasing" in caught.value.hint
    (home.root / "secret.toml").write_text('prompt = "x"')
    for name in ("../secret", "..", "", "/etc/passwd", "alisa.toml", "\x00"):
        with pytest.raises(UsageError):
            load_persona(name, home)


BROKEN = {
    'name = "X"\nprompt = "unclosed': "not TOML",
    'name = "X"\n': "no prompt",
    'name = "X"\nprompt = ""\n': "line 2): prompt must not be empty",
    "name = 3\nprompt = 'x'\n": "line 1): name must be text",
    'name = "X"\nmood = "x"\nprompt = "x"': "line 2): 'mood' is no key",
    'prompt = "x"\nsumary = "x"': "summary?",
    f'prompt = "{"x" * 20_001}"': "longer than 20000",
    "prompt = 'x'\n" + "# x\n" * 70_000: "larger than 256 KiB",
    "[prompt]\nx = 1": "prompt must be text",
}


@pytest.mark.parametrize(("content", "reason"), BROKEN.items(), ids=[str(i) for i in range(len(BROKEN))])
def test_a_broken_card_is_named_and_left_out(home: Home, content: str, reason: str) -> None:
    """The error names file, line and reason, not the whole path; the other cards stay usable."""
    (home.personas / "mine.toml").write_text(content)
    with pytest.raises(SettingsError) as caught:
        load_persona("mine", home)
    message = caught.value.message.replace(", line ", " (line ").replace(" cannot be used: ", "): ")
    assert reason in message or reason in caught.value.message
    assert "personas/mine.toml" in message
    assert str(home.root) not in message
    assert [card.name for card in list_personas(home)] == ["alisa", "assistant"]
    assert [error.message for error in broken_cards(home)] == [caught.value.message]


@pytest.mark.parametrize("temperature", ["true", "3", "-1", '"hot"', "nan"])
def test_a_mode_has_a_sensible_temperature(home: Home, temperature: str) -> None:
    """Anything but a number from 0 to 2 is refused."""
    (home.modes / "odd.toml").write_text(f'prompt = "x"\ntemperature = {temperature}\n')
    with pytest.raises(SettingsError, match="temperature must be a number from 0 to 2"):
        load_mode("odd", home)


def test_bytes_that_are_no_text_are_named(home: Home) -> None:
    """A file in another encoding, or a folder called like a card, is an error with a reason."""
    (home.personas / "latin.toml").write_bytes(b'prompt = "\xff\xfe"')
    (home.personas / "folder.toml").mkdir()
    for name in ("latin", "folder"):
        with pytest.raises(SettingsError, match=f"personas/{name}.toml"):
            load_persona(name, home)


def test_she_is_always_somebody(home: Home) -> None:
    """A broken or missing card falls back to the shipped one of that name, else to Alisa, and says why."""
    (home.personas / "assistant.toml").write_text("broken")
    card, problem = persona_or_default("assistant", home)
    assert (card.name, card.title) == ("assistant", "Assistant")
    assert isinstance(problem, AlisaError)
    card, problem = persona_or_default("nobody", home)
    assert card.name == "alisa"
    assert isinstance(problem, AlisaError)
    assert persona_or_default("alisa", home)[1] is None


def test_a_mode_falls_back_to_none(home: Home) -> None:
    """A mode that is gone is no reason not to talk."""
    assert mode_or_none("", home) == (NO_MODE, None)
    mode, problem = mode_or_none("gone", home)
    assert mode == NO_MODE
    assert isinstance(problem, AlisaError)
    (home.modes / "calm.toml").write_text("broken")
    mode, problem = mode_or_none("calm", home)
    assert mode.name == "calm"
    assert isinstance(problem, AlisaError)
