"""What a model server's refusals mean, as errors that a person can act on.

Pure: status, body and exceptions in, `EngineError` out. Whether one tries again is the client's business.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import httpx

from alisa.runtime.errors import EngineError

MAX_DETAIL_CHARS = 300

_TOO_LONG = re.compile(
    r"exceed_context_size|context_length_exceeded|context (?:size|length|window)|maximum context|prompt is too long"
    r"|too many tokens|exceeds? the (?:available|maximum) context",
    re.IGNORECASE,
)
_LOADING = re.compile(r"loading", re.IGNORECASE)


def refusal(status: int, body: str) -> EngineError:
    """The error for an HTTP answer other than 200, or for the same told within a stream."""
    detail = _detail(body)
    if status == 503 and _LOADING.search(body):
        return EngineError(
            "llm_loading", "The language model is still loading.", "Wait a moment; she answers when it is ready."
        )
    if status in (429, 503):
        return EngineError(
            "llm_busy", f"The language model has too much to do{_told(detail)}.", "Try again in a moment."
        )
    if status in (400, 413, 422, 500) and _TOO_LONG.search(body):
        return EngineError(
            "prompt_too_long",
            f"The conversation is too long for the language model{_told(detail)}.",
            "Send a shorter message, or begin a new conversation.",
        )
    if status in (401, 403):
        return EngineError(
            "llm_rejected",
            f"The model server refuses the key ({status}).",
            "Check llm.api_key with `alisa config show`; Alisa's own server gets a new key when it restarts.",
        )
    if status == 404:
        return EngineError(
            "llm_rejected",
            f"The model server does not know this model or address (404){_told(detail)}.",
            "Check llm.model, and that llm.url ends with /v1.",
        )
    if status in (502, 504):
        return EngineError(
            "llm_unreachable",
            f"The model server cannot be reached behind its proxy ({status}).",
            "Check that the model server runs.",
        )
    if status >= 500:
        return EngineError(
            "llm_broke_off",
            f"The model server failed ({status}){_told(detail)}.",
            "Try again; `alisa logs llm_server` may tell more.",
        )
    return EngineError(
        "llm_rejected",
        f"The model server refused the request ({status}){_told(detail)}.",
        "Check llm.url and llm.model with `alisa config show`.",
    )


def told_in_stream(event: Mapping[str, Any]) -> EngineError | None:
    """The error for an event that is an error, though the answer had begun well."""
    error = event.get("error")
    if not error:
        return None
    code = error.get("code") if isinstance(error, Mapping) else None
    status = code if isinstance(code, int) and 400 <= code < 600 else 500
    return refusal(status, json.dumps({"error": error}))


def broken_connection(error: httpx.HTTPError | httpx.InvalidURL) -> EngineError:
    """The error for a connection that could not be made or did not last."""
    if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout)):
        return EngineError(
            "llm_unreachable",
            "The language model cannot be reached.",
            "See `alisa status`; she answers by herself when it is back.",
        )
    if isinstance(error, httpx.TransportError):
        return EngineError(
            "llm_broke_off", "The language model broke off.", "Say it again; `alisa logs llm_server` may tell why."
        )
    return EngineError(
        "llm_unreachable",
        "The address of the language model cannot be used.",
        "Check llm.url with `alisa config show`.",
    )


def stalled(seconds: float, *, begun: bool) -> EngineError:
    """The error for a model that is silent for too long."""
    if begun:
        return EngineError(
            "llm_stalled",
            f"The language model fell silent for {seconds:g} s.",
            "Say it again; if it happens often, choose a smaller model with `alisa models recommend`.",
        )
    return EngineError(
        "llm_stalled",
        f"The language model did not say a word for {seconds:g} s.",
        "Choose a smaller model with `alisa models recommend`, or raise llm.first_token_timeout_seconds.",
    )


def broke_off() -> EngineError:
    """The error for a stream that stops without having said that it is over."""
    return EngineError(
        "llm_broke_off",
        "The language model broke off in the middle.",
        "Say it again; `alisa logs llm_server` may tell why.",
    )


def empty(*, ran_out: bool = False) -> EngineError:
    """The error for a reply without a single word. `ran_out`: it spent all its tokens on something unseen."""
    if ran_out:
        return EngineError(
            "llm_empty",
            "The language model thought until it had no words left.",
            "Raise llm.max_reply_tokens, or choose a model that does not think aloud.",
        )
    return EngineError("llm_empty", "The language model said nothing.", "Say it again, perhaps in other words.")


def unreadable() -> EngineError:
    """The error for an answer that is not what a model server says."""
    return EngineError(
        "llm_rejected",
        "What answers at the language model's address does not speak OpenAI's language.",
        "Check llm.url: it should end with /v1.",
    )


def _detail(body: str) -> str:
    """The server's own words about it, on one line."""
    text = body
    try:
        told = json.loads(body)
        while isinstance(told, Mapping):
            told = told.get("error") or told.get("message") or told.get("detail") or ""
        text = told if isinstance(told, str) else ""
    except (ValueError, RecursionError):
        if body.lstrip().startswith("<"):
            text = ""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split()).rstrip(".")
    return line if len(line) <= MAX_DETAIL_CHARS else line[:MAX_DETAIL_CHARS] + "…"


def _told(detail: str) -> str:
    return f": {detail}" if detail else ""
