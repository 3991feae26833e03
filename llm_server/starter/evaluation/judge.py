"""Judging one reply, strictly: one valid tag at its start, an end of its own, and words and emotion that fit. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from llm_server.starter.grammar.intents import EMOTIONS

PROMPTS = Path(__file__).with_name("prompts.jsonl")
TAG = re.compile(r"<emotion=(\w+)> ")


@dataclass(frozen=True)
class Reply:
    """What came from the model."""

    text: str
    finish: str
    call: dict[str, Any] | None = None
    """Name and arguments of the tool it called."""


@dataclass(frozen=True)
class Verdict:
    """How one reply fared. `tagged` is None for a bare tool call, which carries no tag."""

    id: str
    intent: str
    said: str
    reply: str
    tagged: bool | None
    ended: bool
    fits: bool


def prompts() -> list[dict[str, Any]]:
    """The held-out prompts."""
    return [json.loads(line) for line in PROMPTS.read_text("utf-8").splitlines()]


def has_one_tag(text: str) -> bool:
    """Exactly one emotion tag, a known one, at the very start, followed by words."""
    match = TAG.match(text)
    if not match or match[1] not in EMOTIONS:
        return False
    return text.count("<emotion") == 1 and bool(text[match.end() :].strip())


def fits(prompt: dict[str, Any], reply: Reply) -> bool:
    """Does the reply do what was asked?"""
    if "call" in prompt:
        return reply.call is not None and matches(prompt["call"], reply.call)
    match = TAG.match(reply.text)
    if reply.call or not match or match[1] not in prompt["emotions"]:
        return False
    words = reply.text[match.end() :]
    refused = prompt.get("not")
    return bool(re.search(prompt["any"], words, re.IGNORECASE)) and not (
        refused and re.search(refused, words, re.IGNORECASE)
    )


def matches(wanted: dict[str, Any], call: dict[str, Any]) -> bool:
    """The right tool, and every argument right (words: contained, capitals aside)."""
    given = call["arguments"]
    return call["name"] == wanted["name"] and all(
        str(value).lower() in str(given.get(key, "")).lower() for key, value in wanted["arguments"].items()
    )


def judge(prompt: dict[str, Any], reply: Reply) -> Verdict:
    """The verdict on one reply."""
    return Verdict(
        prompt["id"],
        prompt["intent"],
        prompt["say"] or "",
        reply.text or json.dumps(reply.call),
        None if reply.call else has_one_tag(reply.text),
        reply.finish in {"stop", "tool_calls"},
        fits(prompt, reply),
    )


def shares(verdicts: Iterable[Verdict]) -> dict[str, float]:
    """The three numbers, from 0 to 1: one valid tag (of spoken replies), ended by itself, fits the intent."""
    every = list(verdicts)
    spoken = [verdict for verdict in every if verdict.tagged is not None]
    return {
        "one_valid_tag": sum(bool(verdict.tagged) for verdict in spoken) / len(spoken),
        "ended_by_itself": sum(verdict.ended for verdict in every) / len(every),
        "fits_the_intent": sum(verdict.fits for verdict in every) / len(every),
    }


def as_rows(verdicts: Iterable[Verdict]) -> list[dict[str, Any]]:
    """Verdicts for a report."""
    return [asdict(verdict) for verdict in verdicts]
