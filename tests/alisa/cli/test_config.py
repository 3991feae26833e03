"""`alisa config`: what is set, where it comes from, and changing it."""

from __future__ import annotations

import io
import json
import stat
import sys
from pathlib import Path

import pytest

from alisa.cli import config
from alisa.cli.machine import PARTS
from alisa.cli.sections import PARTS_OF, SECTIONS, TITLES
from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home
from alisa.runtime.settings import load
from tests.alisa.cli.conftest import Alisa
from tests.faults import needs_posix


def test_every_setting_is_shown(alisa: Alisa) -> None:
    """All sections and fields, with their values."""
    done = alisa("config", "show")
    assert done.code == 0
    for section in SECTIONS:
        assert f"[{section.section}]" in done.out
        assert all(f"  {name} " in done.out for name in section.model_fields)


def test_where_a_value_comes_from(alisa: Alisa, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file, the environment or the default; the environment wins."""
    home.config_file.write_text("[hub]\nport = 8001\nqueue_frames = 99\n")
    monkeypatch.setenv("ALISA_HUB__PORT", "8002")
    shown = {row["key"]: row for row in json.loads(alisa("config", "show", "--json").out)["settings"]}
    assert (shown["hub.port"]["value"], shown["hub.port"]["source"]) == (8002, "environment")
    assert (shown["hub.queue_frames"]["value"], shown["hub.queue_frames"]["source"]) == (99, "file")
    assert (shown["hub.host"]["value"], shown["hub.host"]["source"]) == ("127.0.0.1", "default")
    assert "8002   (environment; default 8000)" in alisa("config", "show", "hub").out


def test_secrets_are_never_shown(alisa: Alisa, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither as text nor as JSON, nor when they are set, nor when they are wrong."""
    secret = "sk-very-secret-indeed"
    done = alisa("config", "set", "llm.api_key", secret)
    assert done.code == 0
    shown = [done, alisa("config", "show"), alisa("config", "show", "--json"), alisa("config", "show", "llm.api_key"),
             alisa("config", "unset", "llm.api_key")]  # fmt: skip
    assert all(secret not in each.out + each.err for each in shown)
    assert load(*SECTIONS, home=home).problems == ()


def test_problems_are_told_and_the_file_is_left_alone(alisa: Alisa, home: Home) -> None:
    """A value that cannot be used is named with what is used instead."""
    text = '[hub]\nport = "eight thousand"\n[hubb]\nx = 1\n'
    home.config_file.write_text(text)
    done = alisa("config", "show")
    assert done.code == 0
    assert "hub.port" in done.err
    assert "did you mean [hub]?" in done.err
    assert len(json.loads(alisa("config", "show", "--json").out)["problems"]) == 2
    assert home.config_file.read_text() == text


def test_one_setting_explained(alisa: Alisa) -> None:
    """What it does, what it takes, and its variable."""
    done = alisa("config", "show", "hub.port")
    assert "from 0 to 65535" in done.out
    assert "ALISA_HUB__PORT" in done.out


def test_setting_and_taking_back_keeps_comments(alisa: Alisa, home: Home) -> None:
    """The user's file stays the user's file."""
    home.config_file.write_text("# mine\n[hub]  # the hub\nallow_guests = true\n")
    assert alisa("config", "set", "hub.port", "8123").out == "hub.port = 8123\n"
    assert alisa("config", "set", "hub.port", "8124").out == "hub.port = 8124 (was 8123)\n"
    assert "# mine\n[hub]  # the hub\nallow_guests = true\n" in home.config_file.read_text()
    assert "port = 8124" in home.config_file.read_text()
    assert "8000 again" in alisa("config", "unset", "hub.port").out
    assert "was not set" in alisa("config", "unset", "hub.port").out
    assert "port" not in home.config_file.read_text()


def test_a_negative_number_is_a_value(alisa: Alisa) -> None:
    """`-1` is not an option."""
    assert alisa("config", "set", "llm.gpu_layers", "-1").code == 0


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [("hub.prt", "1", 2), ("port", "1", 2), ("hub.port", "99999", 1), ("hub.allow_guests", "maybe", 1)],
)
def test_what_cannot_be_set_changes_nothing(alisa: Alisa, home: Home, key: str, value: str, code: int) -> None:
    """An unknown setting is wrong use, a value that does not fit a failure; both say what would."""
    done = alisa("config", "set", key, value)
    assert (done.code, done.out) == (code, "")
    assert not home.config_file.exists()


def test_what_a_door_lets_in_is_said(alisa: Alisa) -> None:
    """Whoever opens one reads what that means; whoever closes it, or changes anything else, does not."""
    assert "lets other machines in" in alisa("config", "set", "hub.host", "0.0.0.0").err
    assert "without the token" in alisa("config", "set", "hub.allow_guests", "true").err
    assert alisa("config", "set", "hub.allow_guests", "false").err == ""
    assert alisa("config", "set", "hub.port", "8001").err == ""


@pytest.mark.parametrize(("kind", "shipped"), [("persona", "assistant"), ("mode", "calm")])
def test_a_card_that_is_not_there_is_said_at_once(alisa: Alisa, kind: str, shipped: str) -> None:
    """It can be set, as its card may come later; that there is none, and which there are, is said."""
    done = alisa("config", "set", f"conversation.{kind}", "nobody")
    assert done.code == 0
    assert f"no {kind} called 'nobody'" in done.err
    assert shipped in done.err
    assert alisa("config", "set", f"conversation.{kind}", shipped).err == ""


def test_a_variable_that_wins_is_named(alisa: Alisa, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody wonders why a change has no effect."""
    monkeypatch.setenv("ALISA_HUB__PORT", "9000")
    assert "ALISA_HUB__PORT is set, and wins" in alisa("config", "set", "hub.port", "8001").err


def test_the_path_is_alone_on_its_line(alisa: Alisa, home: Home) -> None:
    """For scripts."""
    assert alisa("config", "path").out == f"{home.config_file}\n"


@needs_posix
def test_edit_opens_the_editor_and_checks(
    alisa: Alisa, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first time it holds every setting, commented out; afterwards what is wrong is told."""
    change = tmp_path / "change.py"
    change.write_text(
        "import pathlib, sys\nfile = pathlib.Path(sys.argv[1])\n"
        "file.write_text(file.read_text().replace('# port = 8000', 'port = \"x\"'))\n"
    )
    editor = tmp_path / "my editor"  # in sh, because a #! line cannot name a Python in a folder with spaces
    editor.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "{change}" "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    done = alisa("config", "edit")
    assert done.code == 0
    assert "hub.port" in done.err
    text = home.config_file.read_text()
    assert all(f"{name} = " in text for section in SECTIONS for name in section.model_fields)
    assert stat.S_IMODE(home.config_file.stat().st_mode) == 0o600


def test_the_template_says_nothing_until_it_is_changed(home: Home) -> None:
    """Every line of it can be used once the # is gone: all defaults, and no problem."""
    import re

    from alisa.cli.config import _template

    template = _template()
    home.config_file.write_text(template)
    assert load(*SECTIONS, home=home, complete=True).problems == ()
    home.config_file.write_text(re.sub(r"(?m)^# (?=\w+ = )", "", template))
    settings = load(*SECTIONS, home=home, complete=True)
    assert settings.problems == ()
    assert all(settings[section] == section() for section in SECTIONS)


def test_without_an_editor_it_says_what_to_do(alisa: Alisa, monkeypatch: pytest.MonkeyPatch) -> None:
    """No editor at all, and one that cannot be started: missing, exit code 3."""
    monkeypatch.setenv("EDITOR", "/no/such/editor --wait")
    assert alisa("config", "edit").code == 3
    monkeypatch.delenv("EDITOR")
    monkeypatch.setenv("PATH", "/nowhere")
    done = alisa("config", "edit")
    assert done.code == 3
    assert "EDITOR" in done.err


def test_a_form_can_be_made_of_it(alisa: Alisa) -> None:
    """JSON tells of each setting which control asks for it, and of each section what it is about."""
    told = json.loads(alisa("config", "show", "--json").out)
    rows = {row["key"]: row for row in told["settings"]}
    assert rows["hub.allow_guests"]["kind"] == "bool"
    assert (rows["hub.port"]["kind"], rows["hub.port"]["least"], rows["hub.port"]["most"]) == ("whole", 0, 65535)
    assert rows["voice.mode"]["choices"] == ["hands_free", "push_to_talk", "wake"]
    assert rows["voice.names"]["kind"] == "list"
    assert rows["hub.port"]["default_value"] == 8000
    assert sorted(section["name"] for section in told["sections"]) == sorted(each.section for each in SECTIONS)
    assert told["sections"][0]["name"] == "conversation"
    assert all(section["title"] and section["description"] for section in told["sections"])
    assert told["running"] == []


def test_the_parts_that_run_are_told(alisa: Alisa, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the supervisor that can be restarted; none when it does not answer."""
    monkeypatch.setattr(config.state, "read", lambda _home: object())
    monkeypatch.setattr(config, "ask", lambda _running, _command: {"processes": [{"name": "backend"}]})
    assert json.loads(alisa("config", "show", "--json").out)["running"] == ["backend"]

    def silent(_running: object, _command: str) -> None:
        raise AlisaError("supervisor_silent", "Silent.", "")

    monkeypatch.setattr(config, "ask", silent)
    assert json.loads(alisa("config", "show", "--json").out)["running"] == []


def test_every_section_has_the_parts_that_read_it() -> None:
    """Nobody restarts the wrong part, and none is named that does not exist."""
    assert {section.section for section in SECTIONS} <= set(PARTS_OF)
    assert set(PARTS_OF) == set(TITLES)
    assert {part for parts in PARTS_OF.values() for part in parts} == set(PARTS)
    assert PARTS_OF["voice"] == ("voice",)


def test_which_restart_counts_is_said(alisa: Alisa, monkeypatch: pytest.MonkeyPatch) -> None:
    """While she runs, for each part that reads the section and is there to be started again."""
    here = ["llm_server", "backend", "voice"]
    monkeypatch.setattr(config, "_running", lambda _home: here)
    assert "`alisa restart voice`" in alisa("config", "set", "voice.volume", "0.5").out
    assert "`alisa restart llm_server` and `alisa restart backend`" in alisa("config", "set", "llm.threads", "1").out
    quiet = alisa("config", "set", "quiet.begins", "23:00").out
    assert "`alisa restart backend`." in quiet
    assert "overlay" not in quiet  # it does not run
    here.remove("llm_server")
    assert "`alisa restart backend`." in alisa("config", "unset", "llm.threads").out
    assert "`alisa stop` and `alisa up" in alisa("config", "unset", "llm.url").out  # now it is needed
    here.remove("voice")
    assert "counts" not in alisa("config", "set", "voice.volume", "0.4").out
    monkeypatch.setattr(config, "PARTS_OF", {"voice": ()})
    assert "It counts at once." in alisa("config", "unset", "voice.volume").out


def test_a_value_may_come_over_standard_input(alisa: Alisa, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret need not stand on a command line; its last end of line is none of it."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("sk-secret\n"))
    done = alisa("config", "set", "llm.api_key", "--stdin")
    assert (done.code, done.err) == (0, "")
    assert 'api_key = "sk-secret"' in home.config_file.read_text()
    assert "sk-secret" not in done.out
    for arguments in (("llm.api_key",), ("llm.api_key", "x", "--stdin")):
        assert alisa("config", "set", *arguments).code == 2


def test_changes_are_told_to_programs(alisa: Alisa, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it was, what it is, what wins over it; and what was refused."""
    monkeypatch.setenv("ALISA_HUB__PORT", "9000")
    assert json.loads(alisa("config", "set", "--json", "hub.port", "8001").out) == {
        "key": "hub.port", "before": "", "after": "8001", "overridden_by": "ALISA_HUB__PORT",
    }  # fmt: skip
    assert json.loads(alisa("config", "unset", "--json", "hub.port").out)["after"] == "8000"
    assert json.loads(alisa("config", "set", "--json", "--", "hub.port", "--help").out)["error"]["code"] == "bad_value"
