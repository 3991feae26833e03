"""A model that can see says what the window shows, where the user wants that."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import httpx
import numpy as np

from alisa.protocol.sight import SightScreen
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings
from tests.vision.scenes import blank
from vision.describe import APART_SECONDS, RETRY_SECONDS, WIDEST, Describer, data_url
from vision.opencv import opencv
from vision.screen import Screen
from vision.settings import VisionSettings

SIGHT = SightScreen(app="XTerm", text="green tea")


def describer(home: Home, answer: Callable[[httpx.Request], httpx.Response], **settings: object) -> Describer:
    """One that asks a server of our own."""
    client = httpx.Client(transport=httpx.MockTransport(answer))
    llm = LlmSettings.model_validate({"url": "http://127.0.0.1:9/v1", "model": "sees"} | settings)
    return Describer(home, settings=llm, client=client)


def says(words: str) -> httpx.Response:
    return httpx.Response(200, json={"choices": [{"message": {"content": words}}]})


def test_what_it_says_is_a_sentence_of_text(home: Home) -> None:
    """Asked with the picture in the request, at the server that was named, with its key."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return says("A terminal\n with an error.")

    asked = describer(home, answer, api_key="secret")
    asked.look(blank(), 0.0)
    assert asked.added_to(SIGHT).text == "green tea\n[A model that looked at it] A terminal with an error."
    assert str(seen[0].url) == "http://127.0.0.1:9/v1/chat/completions"
    assert seen[0].headers["Authorization"] == "Bearer secret"
    body = json.loads(seen[0].content)
    assert body["model"] == "sees"
    assert body["messages"][0]["content"][1]["image_url"]["url"].startswith("data:image/png;base64,")
    assert asked.added_to(SightScreen()) == SightScreen(), "nothing is said of what was not looked at"
    asked.forget()
    assert asked.added_to(SIGHT) == SIGHT
    assert asked.wants(1.0)


def test_it_is_asked_seldom(home: Home) -> None:
    """And after a failure even more so; the failure is one sentence."""
    answers = [says("A page."), httpx.Response(404, text="no such model")]
    asked = describer(home, lambda _request: answers.pop(0))
    asked.look(blank(), 0.0)
    assert not asked.wants(APART_SECONDS - 1)
    asked.look(blank(), APART_SECONDS)
    assert "answered 404" in asked.note
    assert "vision.describe false" in asked.note
    assert not asked.wants(APART_SECONDS + RETRY_SECONDS - 1)
    assert asked.added_to(SIGHT) == SIGHT


def test_secrets_that_it_reads_aloud_are_taken_out(home: Home) -> None:
    """Before they leave this process."""
    key = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD"
    asked = describer(home, lambda _request: says(f"An editor with the key {key}."))
    asked.look(blank(), 0.0)
    assert key not in asked.added_to(SIGHT).text


def test_whatever_a_server_answers_is_no_crash(home: Home) -> None:
    """Nothing, nonsense, silence, a broken address."""

    def silent(_request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow")

    for answer in (
        lambda _r: httpx.Response(200, text="<html>"),
        lambda _r: httpx.Response(200, json=[]),
        lambda _r: httpx.Response(200, json={"choices": []}),
        lambda _r: says(""),
        silent,
    ):
        asked = describer(home, answer)
        asked.look(blank(), 0.0)
        assert asked.note.startswith("The window is not described: ")
    asked = describer(home, lambda _r: says("x"), url="")
    asked.look(blank(), 0.0)
    assert "llm.url" in asked.note
    asked = describer(home, lambda _r: says("y" * 5000))
    asked.look(blank(), 0.0)
    assert len(asked.added_to(SIGHT).text) < 500


def test_the_picture_is_no_wider_than_a_model_looks() -> None:
    """A PNG in memory."""
    content = base64.b64decode(data_url(blank(size=(1920, 1080))).partition(",")[2])
    decoded = opencv().imdecode(np.frombuffer(content, np.uint8), 1)
    assert decoded.shape == (720, WIDEST, 3)


def test_it_is_off_unless_it_is_wanted(home: Home) -> None:
    """No picture leaves the machine unasked."""
    from alisa.runtime.clock import SystemClock

    assert Screen(VisionSettings(), home, SystemClock())._describer is None
    assert Screen(VisionSettings(describe=True), home, SystemClock())._describer is not None
