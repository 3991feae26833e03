"""Asking as the hub would: system prompt, history, notes, and the limits of a reply."""

from __future__ import annotations

import json
from typing import Any

import httpx

from llm_server.starter.evaluation.judge import Reply
from llm_server.starter.evaluation.server import Llama
from llm_server.starter.evaluation.window import LONG_TALK, TALK, Talk
from llm_server.starter.grammar.prompts import real
from llm_server.starter.grammar.tools import TOOLS

SEED = 7
MAX_TOKENS = 160
FULL_WINDOW_TOKENS = 2900
"""Of other talk, so that with what is said besides the window of 3,000 is full."""
NO_LOOPS: dict[str, Any] = {
    "dry_multiplier": 1.0, "dry_base": 1.75, "dry_allowed_length": 6, "dry_penalty_last_n": 48,
    "dry_sequence_breakers": ["\n"],
}  # fmt: skip
"""As the hub asks for it (`backend.llm.openai`): processes do not import each other."""
ASKS_BACK = ("name", "told")
"""Intents about what was told in the history: the other talk stands between, not before."""


def context_block(given: dict[str, Any]) -> str:
    """The notes that the hub puts before the last message."""
    lines = [f"time: {given['time']}"]
    if "user" in given:
        lines.append(f"user: {given['user']}")
    if "memory" in given:
        lines.append("memory: " + "; ".join(given["memory"]))
    lines += [f"sight ({eye}): {given[eye]}" for eye in ("screen", "webcam") if eye in given]
    return "[context]\n" + "\n".join(lines) + "\n[/context]\n"


def messages(prompt: dict[str, Any], llama: Llama, *, full: bool) -> list[dict[str, Any]]:
    """The whole conversation for a held-out prompt; `full`: with a history that fills the window."""
    system = prompt.get("system", real(prompt.get("persona", "Alisa"), prompt.get("mode", "teasing")))
    out: list[dict[str, Any]] = [{"role": "system", "content": system}] if system else []
    talk = filling(FULL_WINDOW_TOKENS, llama, LONG_TALK) if full else filling(prompt.get("fill", 0), llama)
    between = prompt["intent"] in ASKS_BACK or not full
    if not between:
        out += talk
    for role, content in prompt.get("history", []):
        if role == "call":
            call = {"name": content["name"], "arguments": json.dumps(content["arguments"])}
            out.append(
                {"role": "assistant", "content": "", "tool_calls": [{"id": "1", "type": "function", "function": call}]}
            )
        elif role == "tool":
            out.append({"role": "tool", "tool_call_id": "1", "content": content})
        else:
            out.append({"role": role, "content": content})
    if between:
        out += talk
    if prompt["say"]:
        block = context_block(prompt.get("context", {"time": "Saturday 21 November 2026, 20:14"}))
        out.append({"role": "user", "content": block + prompt["say"]})
    return out


def filling(tokens: int, llama: Llama, talk: Talk = TALK) -> list[dict[str, Any]]:
    """Turns of a talk, as many as fit into `tokens`."""
    out: list[dict[str, Any]] = []
    used = turn = 0
    while used < tokens:
        said, answered = talk[turn % len(talk)]
        cost = llama.count(said) + llama.count(answered) + 10
        if used + cost > tokens:
            break
        out += [{"role": "user", "content": said}, {"role": "assistant", "content": answered}]
        used, turn = used + cost, turn + 1
    return out


def ask(llama: Llama, prompt: dict[str, Any], temperature: float, *, full: bool = False) -> Reply:
    """The model's reply to a held-out prompt; `full`: behind a history that fills the window."""
    tools = {"tools": [TOOLS[name] for name in prompt["tools"]]} if "tools" in prompt else {}
    return reply_to(llama, messages(prompt, llama, full=full), temperature, tools)


def reply_to(llama: Llama, said: list[dict[str, Any]], temperature: float, more: dict[str, Any]) -> Reply:
    """The model's reply to a conversation; `more` goes into the request."""
    body = {"messages": said, "temperature": temperature, "seed": SEED, "max_tokens": MAX_TOKENS, **NO_LOOPS, **more}
    try:
        choice = llama.chat(body)["choices"][0]
    except httpx.HTTPStatusError as error:  # words that llama.cpp's parser of tool calls refuses
        return Reply(error.response.text, "error")
    calls = choice["message"].get("tool_calls") or []
    call = None
    if calls:
        function = calls[0]["function"]
        try:
            call = {"name": function["name"], "arguments": json.loads(function["arguments"])}
        except json.JSONDecodeError:  # a call that she broke off
            return Reply(function["arguments"], "error")
    return Reply(choice["message"].get("content") or "", choice["finish_reason"], call)
