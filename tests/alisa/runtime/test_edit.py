"""Changing one value leaves every other character of the file alone."""

from __future__ import annotations

import threading
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alisa.runtime.edit import set_value, unset_value
from alisa.runtime.errors import SettingsError, StorageError, UsageError
from alisa.runtime.paths import Home
from alisa.runtime.sections import HubSettings, LlmSettings
from alisa.runtime.settings import load
from tests.faults import full_disk, needs_posix

SECTIONS = (HubSettings, LlmSettings)

_texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)

FILE = """\
# my settings   \n
[llm]  # the model
model = "starter"   # small

# the hub
[hub]
port   =   8001 # mine
"""


def test_a_value_changes_and_comments_stay(home: Home) -> None:
    """Only the value is another; spaces, comments and order are as they were."""
    home.config_file.write_text(FILE)
    change = set_value(home, "hub.port", "8002", SECTIONS, env={})
    assert home.config_file.read_text() == FILE.replace("8001", "8002")
    assert (change.key, change.before, change.after) == ("hub.port", "8001", "8002")


def test_a_new_value_joins_its_section(home: Home) -> None:
    """A setting that was not there is added to its table, a table that was not there to the file."""
    home.config_file.write_text(FILE)
    set_value(home, "llm.threads", "2", SECTIONS)
    set_value(home, "hub.allow_guests", "yes", SECTIONS)
    assert tomllib.loads(home.config_file.read_text()) == {
        "llm": {"model": "starter", "threads": 2},
        "hub": {"port": 8001, "allow_guests": True},
    }
    assert all(line in home.config_file.read_text() for line in FILE.splitlines())


def test_the_first_value_makes_the_file(home: Home) -> None:
    """Without a file one is made, for its owner only, and it is read back."""
    set_value(home, "llm.api_key", "abc", SECTIONS)
    assert load(*SECTIONS, home=home)[LlmSettings].api_key == "abc"
    assert home.config_file.read_text().startswith("# Alisa's settings.")


def test_a_value_is_taken_out_again(home: Home) -> None:
    """Unsetting removes the line, and the default counts again; twice is fine, and so is no file."""
    assert unset_value(home, "hub.port", SECTIONS).after == "8000"
    assert not home.config_file.exists()
    home.config_file.write_text(FILE)
    change = unset_value(home, "hub.port", SECTIONS)
    assert (change.before, change.after) == ("8001", "8000")
    assert home.config_file.read_text() == FILE.replace("port   =   8001 # mine\n", "")
    assert unset_value(home, "hub.port", SECTIONS).before == ""


def test_a_secret_is_not_repeated(home: Home) -> None:
    """Neither the change nor a refusal shows a secret."""
    change = set_value(home, "llm.api_key", "sk-secret", SECTIONS)
    assert change.after == "(hidden)"
    assert unset_value(home, "llm.api_key", SECTIONS).before == "(hidden)"
    with pytest.raises(SettingsError) as caught:
        set_value(home, "llm.api_key", "\ud800sk-secret", SECTIONS)
    assert "sk-secret" not in str(caught.value)


def test_a_variable_that_wins_is_told(home: Home) -> None:
    """Who sets a value that the environment overrides is told so."""
    assert set_value(home, "hub.port", "1", SECTIONS, {"ALISA_HUB__PORT": "2"}).overridden_by == "ALISA_HUB__PORT"


@pytest.mark.parametrize(
    ("key", "hint"),
    [("port", "hub.port or llm.port"), ("hub.prot", "hub.port"), ("zzz", "config show"), ("hub", "config show")],
)
def test_an_unknown_setting_is_refused(home: Home, key: str, hint: str) -> None:
    """A name that does not exist gets the one that was meant, and nothing is written."""
    with pytest.raises(UsageError) as caught:
        set_value(home, key, "1", SECTIONS)
    assert hint in caught.value.hint
    assert not home.config_file.exists()


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("hub.port", "x", "a whole number from 0 to 65535"),
        ("hub.port", "70000", "a whole number from 0 to 65535"),
        ("hub.host", "", "an address such as 127.0.0.1"),
        ("hub.allow_guests", "perhaps", "true or false"),
        ("llm.temperature", "nan", "a number from 0 to 2"),
    ],
)
def test_a_bad_value_is_refused(home: Home, key: str, value: str, said: str) -> None:
    """A value that would be healed away is not written in the first place."""
    home.config_file.write_text(FILE)
    with pytest.raises(SettingsError, match=said):
        set_value(home, key, value, SECTIONS)
    assert home.config_file.read_text() == FILE


@pytest.mark.parametrize("text", ["[hub\n", "hub = 5\n", "a = 1\na = 2\n", "\x00"])
def test_a_broken_file_is_not_touched(home: Home, text: str) -> None:
    """A file that cannot be understood is left to its owner."""
    home.config_file.write_text(text)
    with pytest.raises(SettingsError, match="not changed"):
        set_value(home, "hub.port", "1", SECTIONS)
    assert home.config_file.read_text() == text


@pytest.mark.parametrize("text", ["hub.port = 1\n", "hub = {port = 1}\n", '[hub]\n"port" = 1\n', "[hub.x]\n[llm]\n"])
def test_other_ways_to_write_a_table(home: Home, text: str) -> None:
    """Dotted keys, inline tables, quoted keys: all of TOML's ways can be changed."""
    home.config_file.write_text(text)
    set_value(home, "hub.port", "8002", SECTIONS)
    assert tomllib.loads(home.config_file.read_text())["hub"]["port"] == 8002


def test_windows_line_ends_and_mark(home: Home) -> None:
    """A file from Notepad keeps its line ends."""
    home.config_file.write_bytes(b"\xef\xbb\xbf# mine\r\n[hub]\r\nport = 1\r\n")
    set_value(home, "hub.port", "2", SECTIONS)
    set_value(home, "llm.threads", "2", SECTIONS)
    raw = home.config_file.read_bytes()
    assert b"port = 2\r\n" in raw
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert load(*SECTIONS, home=home, env={})[HubSettings].port == 2


@needs_posix
def test_a_linked_file_stays_linked(home: Home) -> None:
    """People keep their configuration elsewhere and link it: the link stays, its target changes."""
    target = home.root / "dotfiles.toml"
    target.write_text(FILE)
    home.config_file.symlink_to(target)
    set_value(home, "hub.port", "8002", SECTIONS)
    assert home.config_file.is_symlink()
    assert "8002" in target.read_text()


def test_two_commands_at_once(home: Home) -> None:
    """Many changes at the same time all arrive."""
    keys = ["hub.port", "hub.queue_frames", "llm.port", "llm.threads", "llm.gpu_layers", "llm.parallel"]
    threads = [threading.Thread(target=set_value, args=(home, key, "60", SECTIONS)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(map(len, tomllib.loads(home.config_file.read_text()).values())) == len(keys)


def test_a_full_disk_leaves_the_old_file(home: Home, tmp_path) -> None:
    """When it cannot be written, the file is as it was and the person is told why."""
    with full_disk(tmp_path / "full", leaving_bytes=40_000):
        small = Home(tmp_path / "full" / "home").ensure()
        small.config_file.write_text(FILE + "#" * 20_000)
        before = small.config_file.read_bytes()
        with pytest.raises(StorageError, match="disk is full"):
            set_value(small, "llm.model", "x" * 60_000, SECTIONS)
        assert small.config_file.read_bytes() == before
        assert sorted(path.name for path in small.root.iterdir() if path.is_file()) == ["alisa.toml"]


@settings(deadline=None, max_examples=60)
@given(value=_texts, neighbour=_texts)
def test_any_text_comes_back(tmp_path_factory, value: str, neighbour: str) -> None:
    """Whatever text is set is what is read, and its neighbour keeps its own."""
    home = Home(tmp_path_factory.mktemp("home")).ensure()
    set_value(home, "llm.server_path", neighbour, SECTIONS)
    set_value(home, "llm.model", value, SECTIONS)
    loaded = load(*SECTIONS, home=home, env={})
    assert (loaded[LlmSettings].model, loaded[LlmSettings].server_path) == (value, neighbour)
    assert not loaded.problems
