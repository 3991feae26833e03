"""Opening the settings: the hub's page where a hub answers, else the file; a failure is told in Tk's loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tkinter import Tk

import pytest

from alisa.runtime.paths import Home
from alisa.runtime.token import read_or_make_token
from overlay import pages
from tests.faults import needs_posix
from tests.rig.answering import answering_hub
from tests.rig.screen import Screen

pytestmark = needs_posix


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "a home with spaces; and $more").ensure()


def test_the_file_is_made_by_the_command(home: Home) -> None:
    """Every setting with its default, commented out; a file that is there stays as it is."""
    assert pages.make_file(home)
    assert "# port = 8000" in home.config_file.read_text()
    home.config_file.write_text("[hub]\nport = 9\n")
    assert pages.make_file(home)
    assert home.config_file.read_text() == "[hub]\nport = 9\n"


@dataclass(frozen=True)
class Page:
    """What the menu opens, and waiting for what it does."""

    made: pages.SettingsPage
    until: Callable[[Callable[[], object], str], None]


@pytest.fixture
def told() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def page(bare: Screen, tk_root: Callable[[Screen], Tk], home: Home, told: list[tuple[str, str]]) -> Iterator[Page]:
    """What the menu opens, on a screen."""
    root = tk_root(bare)
    made = pages.SettingsPage(root, home, lambda text, hint: told.append((text, hint)))
    yield Page(made, lambda holds, what: bare.wait(holds, what, root))
    made.close()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What a browser or an editor was given: which of the two, and what stood in the file."""
    given: list[tuple[str, str]] = []
    monkeypatch.setattr(pages, "open_page", lambda path: not given.append(("browser", path.read_text())))
    monkeypatch.setattr(pages, "hand_over", lambda path, _openers: not given.append(("editor", str(path))))
    return given


def test_the_hubs_page_opens(page: Page, home: Home, shown: list[tuple[str, str]]) -> None:
    """Through a private file that holds the link; it is gone when she is."""
    with answering_hub(home) as url:
        page.made.open()
        page.until(lambda: shown, "the browser")
    assert [where for where, _ in shown] == ["browser"]
    assert f"{url}/settings?token={read_or_make_token(home)}" in shown[0][1]
    assert len(list(home.run.glob("settings-*.html"))) == 1
    page.made.close()
    assert list(home.run.glob("settings-*.html")) == []


def test_the_private_file_does_not_stay(
    page: Page, home: Home, shown: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even while she stays: after a while the browser has long read it."""
    monkeypatch.setattr(pages, "KEEP_SECONDS", 0.02)
    with answering_hub(home):
        page.made.open()
        page.until(lambda: shown and not list(home.run.glob("settings-*.html")), "that it is gone")


def test_without_a_hub_the_file_opens(page: Page, home: Home, shown: list[tuple[str, str]]) -> None:
    """In an editor, as ever."""
    home.config_file.write_text("")
    page.made.open()
    page.until(lambda: shown, "the editor")
    assert shown == [("editor", str(home.config_file))]


def test_without_a_browser_the_file_opens(
    page: Page, home: Home, shown: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user gets to the settings in any case."""
    home.config_file.write_text("")
    monkeypatch.setattr(pages, "open_page", lambda _path: False)
    with answering_hub(home):
        page.made.open()
        page.until(lambda: shown, "the editor")
    assert shown == [("editor", str(home.config_file))]


def test_what_goes_wrong_is_told(
    page: Page, home: Home, told: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user learns where the file is; Tk never waited."""
    monkeypatch.setattr(pages, "openers", list)
    home.config_file.write_text("")
    page.made.open()
    page.until(lambda: told, "what went wrong")
    assert told == [("No editor was found for the settings.", f"They are in {home.config_file}.")]
