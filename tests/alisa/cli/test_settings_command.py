"""`alisa settings`: the page in a browser, the link where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from alisa.cli import settings
from alisa.runtime.paths import Home
from alisa.runtime.token import read_or_make_token
from tests.alisa.cli.conftest import Alisa
from tests.rig.answering import answering_hub


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were handed to the browser; none of them is left to a process of its own."""
    paths: list[Path] = []
    monkeypatch.setattr(settings, "remove_later", lambda _path: None)
    monkeypatch.setattr(settings, "open_page", lambda path: not paths.append(path))
    return paths


def test_the_page_opens(alisa: Alisa, home: Home, opened: list[Path]) -> None:
    """Through a file: the token stands neither on a command line nor in the terminal."""
    with answering_hub(home) as url:
        done = alisa("settings")
    assert (done.code, done.out, done.err) == (0, "The settings open in your browser.\n", "")
    assert f"{url}/settings?token={read_or_make_token(home)}" in opened[0].read_text()


def test_the_file_does_not_stay(alisa: Alisa, home: Home, opened: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is told to remove it before it is opened."""
    told: list[Path] = []
    monkeypatch.setattr(settings, "remove_later", told.append)
    with answering_hub(home):
        alisa("settings")
    assert told == opened


def test_without_a_browser_the_link_is_printed(alisa: Alisa, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alone on a line of the output; the rest is said beside it."""
    monkeypatch.setattr(settings, "remove_later", lambda _path: None)
    monkeypatch.setattr(settings, "open_page", lambda _path: False)
    with answering_hub(home) as url:
        done = alisa("settings")
    assert (done.code, done.out) == (0, f"{url}/settings?token={read_or_make_token(home)}\n")
    assert "No browser" in done.err


def test_the_link_can_be_asked_for(alisa: Alisa, home: Home, opened: list[Path]) -> None:
    """Nothing is opened, and no file is written."""
    with answering_hub(home) as url:
        assert alisa("settings", "--print").out.startswith(f"{url}/settings?token=")
    assert opened == []
    assert list(home.run.glob("settings-*")) == []


def test_when_she_sleeps(alisa: Alisa, opened: list[Path]) -> None:
    """Exit code 1, and two ways to go on."""
    done = alisa("settings")
    assert (done.code, opened) == (1, [])
    assert "`alisa up`" in done.err
    assert "`alisa config edit`" in done.err
