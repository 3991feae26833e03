"""`alisa quiet` and `alisa why`: how long, and both answers in words."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from alisa.cli.asking import ask
from alisa.cli.main import run
from alisa.cli.quiet import minutes
from alisa.cli.why_lines import decision_lines, initiative_line, remark_line, why_lines
from alisa.runtime.errors import AlisaError, UsageError

TOLD: dict[str, Any] = {
    "enabled": True,
    "now": {"would_speak": False, "kind": "", "gate": "quiet_hours", "reason": "These are quiet hours."},
    "snoozed_until": None,
    "budget": {"this_hour": 1, "per_hour": 3, "this_day": 2, "per_day": 8},
    "kinds": {"silence": {"on": False, "off_by": "learnt"}, "back": {"on": True}},
    "last_remark": {
        "at": "2026-11-21T20:14:00+00:00", "channel": "toast", "reason": "Because nobody had spoken.",
        "verdict": "welcome",
    },
    "decisions": [
        {"at": "2026-11-21T20:14:00+00:00", "spoke": False, "kind": "", "gate": "off", "reason": "Off.", "times": 3}
    ],
}  # fmt: skip


NOW = datetime(2026, 11, 21, 20, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "found"), [("2h", 120), ("45m", 45), ("90", 90), ("1h30", 90), ("1d", 1440), ("off", 0), ("an hour", 60)]
)
def test_a_length_of_time(text: str, found: int) -> None:
    """As people write it."""
    assert minutes(text, NOW) == found


def test_an_end() -> None:
    """By the clock on the wall; never short of it."""
    found = minutes("until tomorrow at noon", NOW)
    end = (NOW + timedelta(minutes=found)).astimezone()
    assert (end.hour, end.minute, end.date() - NOW.astimezone().date()) == (12, 0, timedelta(days=1))


@pytest.mark.parametrize("text", ["", "soon", "2x", "-1h", "30d", "h", "until then", "next year"])
def test_what_is_none_is_refused(text: str) -> None:
    """With an example."""
    with pytest.raises(UsageError):
        assert minutes(text, NOW) is None


def test_both_questions_have_an_answer() -> None:
    """Why silent, and why she said it; what is left of the budget, and what is off."""
    silent, said, budget, off = why_lines(TOLD)
    assert silent == "Why she is silent: These are quiet hours."
    assert "in a bubble: Because nobody had spoken. (you answered)" in said
    assert "1 of 3 times" in budget
    assert why_lines(TOLD, 17)[1].startswith("What she said in turn 17")
    assert off.startswith("Turned off: silence.")
    assert decision_lines(TOLD)[0].endswith("Off. (3 times)")
    assert initiative_line(TOLD) == "silent: These are quiet hours."
    assert why_lines({})[0].startswith("Why she is silent")
    held = {"now": {**TOLD["now"], "about": "an error had been on the screen for 3 minutes"}}
    told = "These are quiet hours. She might have spoken because an error had been on the screen for 3 minutes."
    assert why_lines(held)[0].endswith(told)
    assert remark_line(TOLD).endswith("in a bubble: Because nobody had spoken. (you answered)")
    assert remark_line({}) == ""


def test_without_a_hub_it_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Any
) -> None:
    """And what to do."""
    monkeypatch.setenv("ALISA_HOME", str(home.root))
    assert run(["why"]) == 3
    assert "alisa up" in capsys.readouterr().err
    assert run(["quiet", "--kind", "silence", "2h"]) == 2
    assert run(["quiet", "--kind", "nonsense", "off"]) == 2
    assert "One of: silence, back" in capsys.readouterr().err
    assert run(["quiet", "until", "6pm"]) == 3, "understood, but there is no hub"


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A hub that answers one object to everything but to what is refused."""
    asked: list[str] = []

    class Hub(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(f"{self.path} {self.headers['Authorization']}")
            refused = "refuse" in self.path
            body = json.dumps({"code": "no", "message": "No.", "hint": "Ask."} if refused else {"ok": True}).encode()
            self.send_response(422 if refused else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Hub) as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{http.server_port}", asked
        finally:
            http.shutdown()
            thread.join()


def test_the_hub_is_asked_with_the_token(server: tuple[str, list[str]]) -> None:
    """What it refuses is told in its own words."""
    url, asked = server
    assert ask(url, "secret", "POST", "/initiative/kinds", kind="silence", on=False) == {"ok": True}
    assert asked == ["/initiative/kinds?kind=silence&on=false Bearer secret"]
    with pytest.raises(AlisaError) as caught:
        ask(url, "secret", "POST", "/refuse")
    assert (caught.value.code, str(caught.value)) == ("no", "No. Ask.")
