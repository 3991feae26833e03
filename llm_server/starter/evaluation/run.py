"""The evaluation: every held-out prompt, with a short and with a full history, what she recalls, and the speed."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from llm_server.starter.evaluation import card as cards
from llm_server.starter.evaluation.asking import ask, context_block
from llm_server.starter.evaluation.judge import as_rows, judge, prompts, shares
from llm_server.starter.evaluation.recall import recall
from llm_server.starter.evaluation.server import Llama, serving
from llm_server.starter.grammar.prompts import real

TEMPERATURES = (0.0, 0.8)
"""Greedy, and the hub's default."""
SPEED_ROUNDS = 9


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
        for full in (False, True):
            for temperature in TEMPERATURES:
                name = f"{'full ' if full else ''}{temperature}"
                verdicts = [judge(prompt, ask(llama, prompt, temperature, full=full)) for prompt in prompts()]
                results[name] = shares(verdicts)
                results[f"replies {name}"] = as_rows(verdicts)
                told = ", ".join(f"{what} {share:.1%}" for what, share in results[name].items())
                tell(f"evaluate: {'window full, ' if full else ''}temperature {temperature}: {told}")
        results["recall"], results["recalled"] = recall(llama)
        tell(f"evaluate: recalled behind so many tokens: {results['recall']}")
        results["speed"] = speed(llama)
    tell(f"evaluate: {results['speed']}")
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(json.dumps(results, indent=1, ensure_ascii=False), "utf-8")
    if card:
        cards.write(card, model, results)
    return results
