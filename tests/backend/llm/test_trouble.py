"""Refusals become errors that name what happened and what to do next."""

from __future__ import annotations

import json

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.llm import trouble

CODES = {"llm_loading", "llm_busy", "prompt_too_long", "llm_rejected", "llm_unreachable", "llm_broke_off"}


@given(st.integers(300, 599), st.text(max_size=200))
def test_any_refusal_is_an_error_for_a_person(status: int, body: str) -> None:
    """A known code, one line each for what happened and what to do, nothing unprintable, not too long."""
    for text in (body, json.dumps({"error": {"message": body}}), json.dumps({"error": body})):
        error = trouble.refusal(status, text)
        assert error.code in CODES
        assert error.hint
        assert error.message.isprintable()
        assert len(error.message) < 500


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ({"error": {"code": 503, "message": "Loading model"}}, "llm_loading"),
        ({"error": {"code": 429}}, "llm_busy"),
        ({"error": {"code": 400, "type": "exceed_context_size_error"}}, "prompt_too_long"),
        ({"error": {"code": "odd"}}, "llm_broke_off"),
        ({"error": {"code": 7}}, "llm_broke_off"),
        ({"error": "boom"}, "llm_broke_off"),
        ({"error": [1]}, "llm_broke_off"),
    ],
)
def test_an_error_within_a_stream(event: dict[str, object], code: str) -> None:
    """It means the same as the status would have meant."""
    error = trouble.told_in_stream(event)
    assert error is not None
    assert error.code == code


def test_no_error_is_none() -> None:
    """Servers that send `"error": null` with each event are fine."""
    assert trouble.told_in_stream({"error": None, "choices": []}) is None


def test_connections() -> None:
    """Not reached, broken off, or not an address."""
    for failure, code in (
        (httpx.ConnectError("x"), "llm_unreachable"),
        (httpx.ConnectTimeout("x"), "llm_unreachable"),
        (httpx.ReadError("x"), "llm_broke_off"),
        (httpx.RemoteProtocolError("x"), "llm_broke_off"),
        (httpx.InvalidURL("x"), "llm_unreachable"),
    ):
        error = trouble.broken_connection(failure)
        assert error.code == code
        assert error.hint
