"""The way to the settings page: a link where a hub of this home answers, a file for one pair of eyes, gone soon."""

from __future__ import annotations

import json
import os
import stat
import threading
import time
from pathlib import Path

import pytest

from alisa.link import doorway
from alisa.link.doorway import remove_later, settings_link, write_doorway
from alisa.runtime.paths import Home
from alisa.runtime.token import read_or_make_token
from tests.faults import needs_posix
from tests.rig.answering import answering_hub


def test_the_link_holds_the_token(home: Home) -> None:
    """It leads to the page of the hub that runs for this home."""
    with answering_hub(home) as url:
        assert settings_link(home) == f"{url}/settings?token={read_or_make_token(home)}"


def test_without_a_hub_there_is_no_link(home: Home) -> None:
    """None at all; one that has stopped; a file that says nothing of use. The token is told to nobody."""
    assert settings_link(home) is None
    with answering_hub(home):
        told = json.loads(home.hub_file.read_text())
    assert settings_link(home) is None, "it has stopped"
    with answering_hub(home) as url:
        for wrong in ({"pid": 0}, {"pid": 2**70}, {"url": "file:///etc/passwd"}, {"url": url + ":x"}, {"pid": None}):
            home.hub_file.write_text(json.dumps({**told, "url": url, **wrong}))
            assert settings_link(home) is None, wrong
        for text in ("", "[]", "{", '"x"'):
            home.hub_file.write_text(text)
            assert settings_link(home) is None, text


@needs_posix
def test_the_file_is_private_and_leads_there(home: Home) -> None:
    """Its owner alone can read it; it goes on by itself, and by a click."""
    link = 'http://127.0.0.1:1/settings?token=a&b="'
    path = write_doorway(home, link)
    assert path.parent == home.run
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    escaped = "http://127.0.0.1:1/settings?token=a&amp;b=&quot;"
    assert f'content="0; url={escaped}"' in path.read_text()
    assert f'href="{escaped}"' in path.read_text()


def test_what_was_left_behind_goes(home: Home) -> None:
    """A file whose writer was killed is removed with the next one; one that may still be on its way stays."""
    old, fresh = write_doorway(home, "x"), write_doorway(home, "y")
    long_ago = time.time() - 10 * doorway.KEEP_SECONDS
    os.utime(old, (long_ago, long_ago))
    new = write_doorway(home, "z")
    assert sorted(home.run.glob("settings-*.html")) == sorted([fresh, new])


def test_the_file_goes_by_itself(home: Home) -> None:
    """Also when the command that wrote it has ended long before."""
    path = write_doorway(home, "x")
    remove_later(path, 0.0)
    deadline = time.monotonic() + 30
    while path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    doorway.main(str(path), "0")
    for thread in (thread for thread in threading.enumerate() if thread.name == "remover"):
        thread.join(30)


def test_where_nothing_can_remove_it_later_it_goes_at_once(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather no page than a file that stays."""
    monkeypatch.setattr("sys.executable", str(Path("/no/such/python")))
    path = write_doorway(home, "x")
    with pytest.raises(OSError):
        remove_later(path)
    assert not path.exists()
