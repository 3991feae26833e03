"""The evaluation: every held-out prompt at two temperatures, as the hub would send it, and the speed."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from llm_server.starter.evaluation import card as cards
from llm_server.starter.evaluation.judge import Reply, as_rows, judge, prompts, shares
from llm_server.starter.evaluation.server import Llama, serving
from llm_server.starter.evaluation.window import TALK
from llm_server.starter.grammar.prompts import real
from llm_server.starter.grammar.tools import TOOLS

TEMPERATURES = (0.0, 0.8)
"""Greedy, and the hub's default."""
SEED = 7
MAX_TOKENS = 160
NO_LOOPS: dict[str, Any] = {
    "dry_multiplier": 1.0, "dry_base": 1.75, "dry_allowed_length": 6, "dry_penalty_last_n": 48,
    "dry_sequence_breakers": ["\n"],
}  # fmt: skip
"""As the hub asks for it (`backend.llm.openai`): processes do not import each other."""
SPEED_ROUNDS = 9


def context_block(given: dict[str, Any]) -> str:
    """The notes that the hub puts before the last message."""
    lines = [f"time: {given['time']}"]
    if "user" in given:
        lines.append(f"user: {given['user']}")
    if "memory" in given:
        lines.append("memory: " + "; ".join(given["memory"]))
    lines += [f"sight ({eye}): {given[eye]}" for eye in ("screen", "webcam") if eye in given]
    return "[context]\n" + "\n".join(lines) + "\n[/context]\n"


def messages(prompt: dict[str, Any], llama: Llama) -> list[dict[str, Any]]:
    """The whole conversation for a held-out prompt."""
    system = prompt.get("system", real(prompt.get("persona", "Alisa"), prompt.get("mode", "teasing")))
    out: list[dict[str, Any]] = [{"role": "system", "content": system}] if system else []
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
    out += filling(prompt.get("fill", 0), llama)
    if prompt["say"]:
        block = context_block(prompt.get("context", {"time": "Saturday 21 November 2026, 20:14"}))
        out.append({"role": "user", "content": block + prompt["say"]})
    return out


def filling(tokens: int, llama: Llama) -> list[dict[str, Any]]:
    """Turns of the long talk, as many as fit into `tokens`."""
    out: list[dict[str, Any]] = []
    used = turn = 0
    while used < tokens:
        said, answered = TALK[turn % len(TALK)]
        cost = llama.count(said) + llama.count(answered) + 10
        if used + cost > tokens:
            break
        out += [{"role": "user", "content": said}, {"role": "assistant", "content": answered}]
        used, turn = used + cost, turn + 1
    return out


def ask(llama: Llama, prompt: dict[str, Any], temperature: float) -> Reply:
    """The model's reply to a held-out prompt."""
    body: dict[str, Any] = {
        "messages": messages(prompt, llama),
        "temperature": temperature,
        "seed": SEED,
        "max_tokens": MAX_TOKENS,
    }
    body |= NO_LOOPS
    if "tools" in prompt:
        body["tools"] = [TOOLS[name] for name in prompt["tools"]]
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


def speed(llama: Llama) -> dict[str, float]:
    """Median time to the first token with a warm prefix, in milliseconds, and tokens per second, on one thread."""
    body: dict[str, Any] = {"temperature": 0.0, "max_tokens": 64}
    firsts, rates = [], []
    for turn in range(SPEED_ROUNDS):
        said = {
            "role": "user",
            "content": context_block({"time": f"Saturday 21 November 2026, 20:{turn:02d}"}) + "hello there",
        }
        body["messages"] = [{"role": "system", "content": real()}, said]
        firsts.append(llama.first_token_seconds(body))
        time.sleep(0.05)  # the server needs a moment to notice that the stream is gone
        rates.append(llama.chat(body)["timings"]["predicted_per_second"])
    return {
        "first_token_ms": round(statistics.median(firsts[1:]) * 1000, 1),
        "tokens_per_second": round(statistics.median(rates)),
    }


def evaluate(model: Path, report: Path, *, card: Path | None, tell: Callable[[str], None] = print) -> dict[str, Any]:
    """Ask everything, write the report (every reply and its verdict) and the model card; return the summary."""
    results: dict[str, Any] = {"prompts": len(prompts())}
    with serving(model) as llama:
        for temperature in TEMPERATURES:
            verdicts = [judge(prompt, ask(llama, prompt, temperature)) for prompt in prompts()]
            results[str(temperature)] = shares(verdicts)
            results[f"replies {temperature}"] = as_rows(verdicts)
            told = ", ".join(f"{name} {share:.1%}" for name, share in results[str(temperature)].items())
            tell(f"evaluate: temperature {temperature}: {told}")
        results["speed"] = speed(llama)
    tell(f"evaluate: {results['speed']}")
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(json.dumps(results, indent=1, ensure_ascii=False), "utf-8")
    if card:
        cards.write(card, model, results)
    return results
