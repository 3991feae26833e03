"""Where the model is: the file is believed as it stands now, and the user's address wins."""

from __future__ import annotations

import json

import pytest

from alisa.runtime.errors import EngineError
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings
from backend.llm.endpoint import Endpoint, Locator


def write(home: Home, port: int, **more: object) -> None:
    told = {"url": f"http://127.0.0.1:{port}/v1", "api_key": "key", "model": "starter"}
    home.llm_file.write_text(json.dumps(told | more))


def test_her_own_server_is_found_again_at_another_port(home: Home) -> None:
    """The file appears, changes and goes, and each time the answer is what stands there now."""
    locator = Locator(LlmSettings(), home)
    with pytest.raises(EngineError):
        locator.current()
    write(home, 1111, context_tokens=2048)
    assert locator.current() == Endpoint("http://127.0.0.1:1111/v1", "key", "starter", own=True, context_tokens=2048)
    write(home, 22222)
    found = locator.current()
    assert (found.url, found.context_tokens) == ("http://127.0.0.1:22222/v1", None)
    assert found.root == "http://127.0.0.1:22222"
    assert locator.current() is found
    home.llm_file.unlink()
    with pytest.raises(EngineError) as caught:
        locator.current()
    assert caught.value.code == "llm_unreachable"


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '"x"', "3"])
def test_a_file_half_written_is_no_server(home: Home, content: str) -> None:
    """It is looked at again the next time."""
    locator = Locator(LlmSettings(), home)
    home.llm_file.write_text(content)
    with pytest.raises(EngineError):
        locator.current()
    write(home, 1111)
    assert locator.current().own


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("http://127.0.0.1:11434/v1/", "http://127.0.0.1:11434/v1"),
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1"),
        (" https://llm.example.org/api/v1 ", "https://llm.example.org/api/v1"),
    ],
)
def test_the_users_address_wins(home: Home, written: str, used: str) -> None:
    """With `llm.url` set, the file does not matter; `/v1` is added where nothing stands."""
    write(home, 1111)
    found = Locator(LlmSettings(url=written, model="m", api_key="k"), home).current()
    assert found == Endpoint(used, "k", "m", own=False)
