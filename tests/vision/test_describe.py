"""A model that can see says what the window shows, where the user wants that."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import numpy as np
import pytest

from alisa.protocol.sight import SightScreen
from alisa.runtime.clock import SystemClock
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings
from tests.vision.scenes import blank
from vision.describe import APART_SECONDS, RETRY_SECONDS, WIDEST, Describer, data_url
from vision.opencv import opencv
from vision.privacy import HIDDEN
from vision.screen import Screen
from vision.screen_eye import Glance
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


def test_a_picture_with_a_secret_in_it_is_not_shown(home: Home) -> None:
    """What had to be hidden in the words stands in the picture, too."""
    asked = describer(home, lambda _request: says("x"))
    assert asked.may_see(SIGHT)
    assert not asked.may_see(replace(SIGHT, text=f"password={HIDDEN}"))
    assert not asked.may_see(replace(SIGHT, window=f"{HIDDEN} - editor"))
    assert not asked.may_see(SightScreen()), "nor what was not looked at"


async def test_only_what_was_read_whole_and_holds_no_secret_is_shown(home: Home) -> None:
    """The eye asks, and asks first whether it may."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return says("A terminal.")

    screen = Screen(VisionSettings(describe=True), home, SystemClock(), describer=describer(home, answer))
    for sight, unread in ((replace(SIGHT, text=f"token {HIDDEN}"), False), (SIGHT, True)):
        glance = Glance(sight, switched=True, note="", unread=unread, picture=blank())
        assert await screen._described(glance) == sight
    assert asked == []
    told = await screen._described(Glance(SIGHT, switched=False, note="", unread=False, picture=blank()))
    assert told.text.endswith("A terminal.")
    assert len(asked) == 1


def test_that_pictures_leave_the_machine_is_said(home: Home) -> None:
    """For as long as it is so; a server on this machine is no news, and no proxy gets what is meant for it."""
    for url, said in (
        ("http://127.0.0.1:9/v1", ""),
        ("http://localhost:9/v1", ""),
        ("http://[::1]:9/v1", ""),
        ("https://sees.example/v1", "Pictures of the window in front go to sees.example, which is another machine."),
        ("http://192.168.1.7:9/v1", "Pictures of the window in front go to 192.168.1.7, which is another machine."),
    ):
        asked = describer(home, lambda _request: says("A page."), url=url)
        asked.look(blank(), 0.0)
        assert asked.note == said


def test_no_proxy_gets_what_is_meant_for_this_machine(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the environment says: the picture of a screen goes to the server that was named, and nowhere else."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)

    class Sees(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            body = says("A page.").content
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Sees) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        asked = Describer(home, settings=LlmSettings(url=f"http://127.0.0.1:{server.server_port}/v1"))
        server.timeout = 20
        asked.look(blank(), 0.0)
        thread.join(20)
    assert asked.note == ""
    assert asked.added_to(SIGHT).text.endswith("A page.")


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
    assert Screen(VisionSettings(), home, SystemClock())._describer is None
    assert Screen(VisionSettings(describe=True), home, SystemClock())._describer is not None
