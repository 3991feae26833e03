"""Settings heal: whatever the file and the environment hold, what comes out is valid and said in full."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, ClassVar, Literal

import pytest
import tomlkit
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import Field, ValidationError, model_validator

from alisa.runtime.paths import Home
from alisa.runtime.sections import HubSettings, LlmSettings, LogSettings
from alisa.runtime.settings import Section, Settings, describe, load, strictest
from backend.settings import ConversationSettings, StorageSettings

ALL = (HubSettings, LlmSettings, LogSettings, ConversationSettings, StorageSettings)
SECRET = "sk-do-not-show-me"


class Door(Section):
    """A section with every kind of field."""

    section: ClassVar[str] = "door"

    width: int = Field(90, ge=1, le=200)
    """How wide."""
    height: float = 2.1
    open: bool = strictest(False)
    level: Literal["low", "high"] = "low"
    names: tuple[str, ...] = ()
    key: str = Field("", repr=False)
    """The secret
    of two lines."""


def write(home: Home, text: str | bytes) -> bytes:
    raw = text.encode() if isinstance(text, str) else text
    home.config_file.write_bytes(raw)
    return raw


# --- where values come from --------------------------------------------------------------------


def test_without_a_file_all_is_default(home: Home) -> None:
    """No file and no environment: every default, no problem, and no file is made."""
    loaded = load(*ALL, home=home)
    assert loaded[HubSettings] == HubSettings()
    assert loaded.problems == ()
    assert loaded.source("hub", "port") == "default"
    assert not home.config_file.exists()


def test_the_environment_wins_over_the_file(home: Home) -> None:
    """`ALISA_HUB__PORT` beats `[hub] port`, and each value knows where it came from."""
    write(home, "[hub]\nport = 8001\nqueue_frames = 64\n")
    loaded = load(HubSettings, home=home, env={"ALISA_HUB__PORT": "8002"})
    assert (loaded[HubSettings].port, loaded.source("hub", "port")) == (8002, "environment")
    assert (loaded[HubSettings].queue_frames, loaded.source("hub", "queue_frames")) == (64, "file")
    assert not loaded.problems


def test_the_real_environment_is_read(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `env` the process's environment counts, whatever the case of its names."""
    monkeypatch.setenv("ALISA_HUB__ALLOW_GUESTS", "true")
    assert load(HubSettings, home=home)[HubSettings].allow_guests is True


def test_a_list_in_the_environment_is_json(home: Home) -> None:
    """A list is written as JSON; for a text field the same words are only text."""
    loaded = load(Door, home=home, env={"ALISA_DOOR__NAMES": '["a", "b"]', "ALISA_DOOR__KEY": '["a"]'})
    assert loaded[Door].names == ("a", "b")
    assert loaded[Door].key == '["a"]'
    assert not loaded.problems


def test_other_variables_are_no_settings(home: Home) -> None:
    """ALISA_HOME and ALISA_SUPERVISED have one underscore and mean something else."""
    assert not load(*ALL, home=home, env={"ALISA_HOME": "x", "ALISA_SUPERVISED": "1"}, complete=True).problems


# --- healing -----------------------------------------------------------------------------------


def test_a_bad_value_is_named_and_replaced_alone(home: Home) -> None:
    """One bad value becomes its default and is named; its neighbours stay as they were set."""
    before = write(home, '[hub]\nport = "eight thousand"\nqueue_frames = 64\n')
    loaded = load(HubSettings, home=home)
    assert loaded[HubSettings] == HubSettings(queue_frames=64)
    (problem,) = loaded.problems
    assert str(problem) == (
        'hub.port in alisa.toml is "eight thousand": should be a whole number from 0 to 65535; using 8000.'
    )
    assert loaded.source("hub", "port") == "default"
    assert home.config_file.read_bytes() == before


def test_a_bad_variable_leaves_the_file_in_charge(home: Home) -> None:
    """A bad variable is named and counts as not set: the good value of the file is used."""
    write(home, "[hub]\nport = 8001\n")
    loaded = load(HubSettings, home=home, env={"ALISA_HUB__PORT": "x"})
    assert loaded[HubSettings].port == 8001
    assert str(loaded.problems[0]).startswith('ALISA_HUB__PORT in the environment is "x"')
    assert loaded.problems[0].used == "8001"


def test_a_bad_value_is_named_even_where_the_other_source_wins(home: Home) -> None:
    """A bad value in the file is named although the environment sets the field."""
    write(home, "[hub]\nport = -1\n")
    loaded = load(HubSettings, home=home, env={"ALISA_HUB__PORT": "8002"})
    assert loaded[HubSettings].port == 8002
    assert [problem.source for problem in loaded.problems] == ["file"]


@pytest.mark.parametrize(
    ("file", "variable"), [("7", "true"), ("true", "perhaps"), ('"maybe"', None), (None, ""), ("[]", "yes")]
)
def test_a_bad_security_value_means_the_strictest(home: Home, file: str | None, variable: str | None) -> None:
    """A bad value in either source closes the door, whatever the other source says."""
    write(home, f"[hub]\nallow_guests = {file}\n" if file else "")
    loaded = load(HubSettings, home=home, env={} if variable is None else {"ALISA_HUB__ALLOW_GUESTS": variable})
    assert loaded[HubSettings].allow_guests is False
    assert loaded.source("hub", "allow_guests") == "default"
    assert {problem.used for problem in loaded.problems} == {"false"}


@pytest.mark.parametrize("bad", ['""', '"0"', '"0x0"', "0", '"every where"', '"a\\nb"', "true", '["0.0.0.0"]'])
def test_a_bad_host_means_loopback(home: Home, bad: str) -> None:
    """What the system could take for "all interfaces" by accident is not taken; nor does the environment open it."""
    write(home, f"[hub]\nhost = {bad}\n")
    loaded = load(HubSettings, home=home, env={"ALISA_HUB__HOST": "0.0.0.0"})
    assert loaded[HubSettings].host == "127.0.0.1"


def test_true_is_no_number(home: Home) -> None:
    """`port = true` is a mistake, not port 1."""
    write(home, "[door]\nwidth = true\nheight = false\n")
    loaded = load(Door, home=home)
    assert loaded[Door] == Door()
    assert len(loaded.problems) == 2


def test_numbers_that_are_none(home: Home) -> None:
    """nan and inf are refused, everywhere."""
    write(home, "[door]\nheight = nan\n[llm]\ntemperature = inf\n")
    loaded = load(Door, LlmSettings, home=home)
    assert (loaded[Door].height, loaded[LlmSettings].temperature) == (2.1, 0.8)


def test_unknown_keys_are_named_with_a_guess(home: Home) -> None:
    """A key that does not exist is named with the one that was meant, and without its value."""
    write(home, f'[llm]\napi_kye = "{SECRET}"\n[hub]\nzzz = 1\n')
    loaded = load(*ALL, home=home, env={"ALISA_HUB__PROT": "1"})
    assert sorted(str(problem) for problem in loaded.problems) == [
        "ALISA_HUB__PROT in the environment: is not a setting; did you mean port?",
        "hub.zzz in alisa.toml: is not a setting.",
        "llm.api_kye in alisa.toml: is not a setting; did you mean api_key?",
    ]


def test_unknown_sections(home: Home) -> None:
    """A section near one of ours is named; another process's is not, unless all sections are known."""
    write(home, "port = 1\n[hbu]\n[voice]\nengine = 'x'\n")
    env = {"ALISA_VOICE__ENGINE": "x", "ALISA_HBU__PORT": "1"}
    named = {problem.key for problem in load(HubSettings, home=home, env=env).problems}
    assert named == {"port", "hbu", "ALISA_HBU__PORT"}
    named = {problem.key for problem in load(HubSettings, home=home, env=env, complete=True).problems}
    assert named == {"port", "hbu", "voice", "ALISA_HBU__PORT", "ALISA_VOICE__ENGINE"}


def test_a_setting_outside_its_section_is_shown_home(home: Home) -> None:
    """A setting without its section is told where it belongs."""
    write(home, "port = 8001\n")
    assert "below [hub]" in load(HubSettings, home=home).problems[0].why


def test_a_variable_that_lacks_an_underscore_is_named(home: Home) -> None:
    """ALISA_HUB_PORT does nothing, and that is said."""
    loaded = load(HubSettings, home=home, env={"ALISA_HUB_PORT": "1"})
    assert loaded[HubSettings].port == 8000
    assert "ALISA_HUB_PORT, which lacks an underscore" in str(loaded.problems[0])


def test_a_section_that_is_a_value(home: Home) -> None:
    """`hub = 5` costs the section, not the start; the environment still counts."""
    write(home, "hub = 5\n")
    loaded = load(HubSettings, home=home, env={"ALISA_HUB__PORT": "9"})
    assert loaded[HubSettings] == HubSettings(port=9)
    assert loaded.problems[0].key == "hub"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"[hub]\nport = = 1\n", "line 2"),
        (b"[hub\n", "line 1"),
        (b"[hub]\n# \xff\n", "not UTF-8 text in line 2"),
        (b"x = " + b"[" * 5000, "not valid TOML"),
        (b"a = 1\na = 2\n", "line 2"),
        (b"x = " + b"9" * 5000, "not valid TOML"),
        (b"#" * (4 * 1024 * 1024 + 1), "too big"),
    ],
)
def test_a_file_that_cannot_be_read_means_defaults(home: Home, text: bytes, said: str) -> None:
    """A file that is no TOML is named with its line; everything else is default."""
    write(home, text)
    loaded = load(*ALL, home=home)
    assert loaded[HubSettings] == HubSettings()
    (problem,) = loaded.problems
    assert said in str(problem)
    assert str(problem).endswith("all defaults are used.")


def test_a_folder_in_place_of_the_file(home: Home) -> None:
    """Even a folder called alisa.toml does not stop the start."""
    home.config_file.mkdir()
    assert "cannot be read" in str(load(HubSettings, home=home).problems[0])


def test_a_file_from_notepad_is_fine(home: Home) -> None:
    """A byte order mark and CRLF are no mistake."""
    write(home, b"\xef\xbb\xbf[hub]\r\nport = 8001\r\n")
    loaded = load(HubSettings, home=home)
    assert loaded[HubSettings].port == 8001
    assert not loaded.problems


def test_a_rule_about_the_whole_section(home: Home) -> None:
    """Where two values do not go together, both are named and both fall back."""

    class Pair(Section):
        section: ClassVar[str] = "pair"
        low: int = 1
        high: int = 2

        @model_validator(mode="after")
        def _ordered(self) -> Pair:
            if self.low > self.high:
                raise ValueError("low must not be above high")
            return self

    write(home, "[pair]\nlow = 5\nhigh = 4\n")
    loaded = load(Pair, home=home)
    assert loaded[Pair] == Pair()
    assert [problem.why for problem in loaded.problems] == ["low must not be above high"] * 2
    loaded = load(Pair, home=home, env={"ALISA_PAIR__HIGH": "9"})
    assert loaded[Pair].high == 9


def test_secrets_are_never_shown(home: Home) -> None:
    """A field with repr=False is masked in problems, in repr and in the description."""
    write(home, f'[llm]\napi_key = ["{SECRET}"]\nport = "{"x" * 500}"\n')
    loaded = load(LlmSettings, home=home)
    said = "".join(map(str, loaded.problems)) + repr(loaded.problems)
    assert SECRET not in said
    assert "(hidden)" in said
    assert len(max(said.splitlines(), key=len)) < 800
    loaded = load(LlmSettings, home=home, env={"ALISA_LLM__API_KEY": SECRET})
    assert loaded[LlmSettings].api_key == SECRET
    assert SECRET not in repr(loaded[LlmSettings]) + repr(describe([LlmSettings], loaded))


def test_text_that_is_none(home: Home) -> None:
    """Bytes that are no UTF-8 (the system hands them on as lone surrogates) and zero bytes are refused."""
    write(home, '[llm]\nserver_path = "a\\u0000b"\n')
    loaded = load(LlmSettings, home=home, env={"ALISA_LLM__MODEL": "\udcff.gguf"})
    assert loaded[LlmSettings] == LlmSettings()
    assert [problem.why for problem in loaded.problems] == [
        "should be text without a zero byte",
        "should be text in UTF-8",
    ]


def test_terminal_codes_are_not_passed_on(home: Home) -> None:
    """Keys and values are shown on one line, without control characters."""
    write(home, '[hub]\nport = "\\u001b[31m\\n"\n"\\u001b[2J" = 1\n["a\\n"]\n')
    assert all(str(problem).isprintable() for problem in load(HubSettings, home=home, complete=True).problems)


# --- whatever it holds -------------------------------------------------------------------------

_values = st.recursive(
    st.one_of(
        st.booleans(),
        st.integers(-(2**63), 2**63 - 1),
        st.floats(),
        st.text(max_size=20),
        st.sampled_from(["true", "8001", "info", "0.0.0.0", "", "yes", SECRET]),
        st.datetimes(),
        st.dates(),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1, max_size=8), inner, max_size=3),
    max_leaves=5,
)
_fields = [(section, name) for section in ALL for name in section.model_fields]


@st.composite
def _tables(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Tables of known and unknown sections, with known and unknown keys and any value."""
    tables: dict[str, dict[str, Any]] = {}
    for section, name in draw(st.lists(st.sampled_from(_fields), unique=True, max_size=8)):
        tables.setdefault(section.section, {})[name] = draw(_values)
    for section in draw(st.lists(st.sampled_from(["hub", "llm", "voice", "hbu"]), unique=True)):
        tables.setdefault(section, {}).update(draw(st.dictionaries(st.text("ab_-é", min_size=1), _values, max_size=2)))
    return tables


def _is_bad(section: type[Section], name: str, value: object) -> bool:
    try:
        taken = getattr(section.model_validate({name: value}), name)
    except ValidationError:
        return True
    return isinstance(value, bool) and not isinstance(taken, bool)


@settings(deadline=None, max_examples=200)
@given(tables=_tables())
def test_healing_holds_for_any_file(tables: dict[str, dict[str, Any]]) -> None:
    """Values valid, each bad one named exactly once, the good ones used, the file byte for byte as it was."""
    text = tomlkit.dumps(tables)
    try:
        tables = tomllib.loads(text)  # what the file says counts, should the writer have changed it
    except tomllib.TOMLDecodeError:
        assume(False)
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        before = write(home, text)
        loaded = load(*ALL, home=home, env={}, complete=True)
        assert home.config_file.read_bytes() == before
        assert sorted(path.name for path in home.root.iterdir()) == ["alisa.toml"]
    named = Counter((problem.section, problem.field) for problem in loaded.problems)
    assert not named or max(named.values()) == 1
    for section in ALL:
        value = loaded[section]
        assert section.model_validate(value.model_dump()) == value
        for name, raw in tables.get(section.section, {}).items():
            if name not in section.model_fields:
                assert named[section.section, name] == 1
            elif _is_bad(section, name, raw):
                assert named[section.section, name] == 1
                assert getattr(value, name) == section.model_fields[name].default
            else:
                assert named[section.section, name] == 0
                assert getattr(value, name) == getattr(section.model_validate({name: raw}), name)
    assert named["voice", ""] == ("voice" in tables)
    secret = tables.get("llm", {}).get("api_key")
    if isinstance(secret, str) and len(secret) > 4:
        assert secret not in repr(describe(ALL, loaded))


@settings(deadline=None, max_examples=200)
@given(raw=st.binary(max_size=200) | st.text("[]=\"'#.\n hubportlm\\1{},", max_size=80).map(str.encode))
def test_loading_holds_for_any_bytes(raw: bytes) -> None:
    """Any bytes at all: valid settings come out, at most one problem without a name, the file untouched."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        write(home, raw)
        loaded = load(*ALL, home=home, env={})
        assert home.config_file.read_bytes() == raw
    for section in ALL:
        assert section.model_validate(loaded[section].model_dump()) == loaded[section]
    assert all(str(problem) for problem in loaded.problems)


@settings(deadline=None, max_examples=200)
@given(
    chosen=st.dictionaries(st.sampled_from(_fields), st.text(max_size=30) | st.sampled_from(["1", "true", "8001"])),
    guests=st.sampled_from(["true", "false", "nope", ""]),
    in_file=st.sampled_from(["true", "false", "3", '"nope"', None]),
)
def test_healing_holds_for_any_environment(
    chosen: dict[tuple[type[Section], str], str], guests: str, in_file: str | None
) -> None:
    """Any words in the variables: valid settings, each bad one named once, and a doubtful door stays shut."""
    env = {f"ALISA_{section.section}__{name}".upper(): text for (section, name), text in chosen.items()}
    env["ALISA_HUB__ALLOW_GUESTS"] = guests
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        write(home, f"[hub]\nallow_guests = {in_file}\n" if in_file else "")
        loaded = load(*ALL, home=home, env=env)
    sources = Counter((problem.key, problem.source) for problem in loaded.problems)
    assert not sources or max(sources.values()) == 1
    for (section, name), text in chosen.items():
        value = loaded[section]
        assert section.model_validate(value.model_dump()) == value
        if name != "allow_guests":
            bad = _is_bad(section, name, text)
            assert sources[f"ALISA_{section.section}__{name}".upper(), "environment"] == bad
    doubtful = guests in ("nope", "") or in_file in ("3", '"nope"')
    assert loaded[HubSettings].allow_guests is (guests == "true" and not doubtful)


# --- sections and their description --------------------------------------------------------------


def test_settings_can_be_made_by_hand() -> None:
    """`Settings.of` holds what it is given, for tests and embedding."""
    made = Settings.of(HubSettings(port=1))
    assert made[HubSettings].port == 1
    assert HubSettings in made
    assert LlmSettings not in made


def test_every_setting_is_described() -> None:
    """Each field of each section has words, limits and a variable; the secret ones are marked."""
    rows = describe(ALL)
    assert all(row.description and row.takes and row.key and row.variable for row in rows)
    assert {row.key for row in rows if row.secret} == {"llm.api_key"}
    assert {row.key for row in rows if row.strictest} == {"hub.host", "hub.allow_guests"}
    assert next(row.variable for row in rows if row.key == "hub.port") == "ALISA_HUB__PORT"
    json.dumps([row.default for row in rows])


def test_a_description_tells_value_and_source(home: Home) -> None:
    """With settings, a row also says what counts now and where that comes from."""
    loaded = load(Door, home=home, env={"ALISA_DOOR__WIDTH": "80", "ALISA_DOOR__KEY": SECRET})
    rows = {row.field: row for row in describe([Door], loaded)}
    assert (rows["width"].value, rows["width"].default, rows["width"].source) == ("80", "90", "environment")
    assert (rows["key"].value, rows["key"].description) == ("(hidden)", "The secret of two lines.")


def test_dates_in_a_file_are_shown(home: Home) -> None:
    """TOML's own types, such as dates, are named like any other bad value."""
    write(home, f"[hub]\nport = {dt.date(2026, 11, 21)}\n")
    assert "2026" in load(HubSettings, home=home).problems[0].value


def test_defaults_that_break_a_rule_are_a_mistake_of_the_code(home: Home) -> None:
    """A section whose defaults are refused by its own rule cannot heal, and says so instead of going round."""

    class Broken(Section):
        section: ClassVar[str] = "broken"
        low: int = 2

        @model_validator(mode="after")
        def _never(self) -> Broken:
            raise ValueError("never")

    write(home, "[broken]\nlow = 1\n")
    with pytest.raises(TypeError, match="Broken"):
        load(Broken, home=home)
