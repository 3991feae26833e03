"""The events of a chat completion's stream, as deltas.

Pure and incremental: the data of one event in, what it adds to the reply out. Every peculiarity of
the servers is known here (`content` null, `choices` empty beside the usage, errors told in the
middle, tool calls in pieces, characters in halves); how the events travel is not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

from alisa.protocol.text import made_whole
from backend.llm import trouble
from backend.llm.types import Delta, Finished, TextDelta, ToolCall

DONE = "[DONE]"
_LARGEST_FIGURE = 1e15
"""neither infinite nor no number at all"""
_Reason = Literal["stop", "length", "tool_calls"]
_REASONS: Mapping[str, _Reason] = {
    "length": "length",
    "max_tokens": "length",
    "tool_calls": "tool_calls",
    "function_call": "tool_calls",
}


class ReplyReader:
    """The reader of one reply."""

    def __init__(self) -> None:
        self.begun = False
        """whether the model has begun to write, seen or unseen"""
        self.done = False
        """whether the server said that nothing more comes"""
        self._spoke = False
        self._half = ""
        self._tools: dict[int, dict[str, str]] = {}
        self._reason: _Reason | None = None
        self._usage: Mapping[str, Any] = {}
        self._timings: dict[str, float] = {}

    @property
    def complete(self) -> bool:
        """Whether the model has said why it stopped."""
        return self.done or self._reason is not None

    def take(self, event: str) -> list[Delta]:
        """What this event adds. Raises EngineError when it is an error, or no event of a model at all."""
        if self.done or event.strip() == DONE:
            self.done = True
            return []
        told = self._parse(event)
        if error := trouble.told_in_stream(told):
            raise error
        self._note_figures(told)
        choices = told.get("choices")
        if not isinstance(choices, list) or not choices or not isinstance(choices[0], Mapping):
            return []
        choice = choices[0]
        part = choice.get("delta") or choice.get("message") or {}
        if choice.get("finish_reason"):
            self._reason = _REASONS.get(str(choice["finish_reason"]), "stop")
        if not isinstance(part, Mapping):
            return []
        if part.get("reasoning_content") or part.get("reasoning"):
            self.begun = True
        if calls := part.get("tool_calls"):
            self._collect(calls)
        content = part.get("content")
        return self._text(content) if isinstance(content, str) and content else []

    def finish(self) -> list[Delta]:
        """The stream ended: the rest, with `Finished` last. Raises EngineError `llm_broke_off` when the server had
        not said that the reply is over, and `llm_empty` when there was not a word in it."""
        if not self.complete:
            raise trouble.broke_off()
        rest: list[Delta] = [TextDelta(made_whole(self._half))] if self._half else []
        rest += [ToolCall(call["id"], call["name"], call["arguments"]) for call in self._tools.values() if call["name"]]
        if not self._spoke and not rest:
            raise trouble.empty(ran_out=self._reason == "length")
        return [*rest, self._finished()]

    def _parse(self, event: str) -> Mapping[str, Any]:
        try:
            told = json.loads(event)
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, Mapping):
            raise trouble.broke_off() if self.begun else trouble.unreadable()
        return told

    def _text(self, content: str) -> list[Delta]:
        if self._half or not content.isascii():  # an emoji may come as two escaped halves in two events
            content = self._half + content
            self._half = content[-1] if "\ud800" <= content[-1] <= "\udbff" else ""
            content = made_whole(content[: len(content) - len(self._half)])
        content = content.replace("\0", "")
        if not content:
            return []
        self.begun = True
        self._spoke = self._spoke or not content.isspace()
        return [TextDelta(content)]

    def _collect(self, calls: Any) -> None:
        """Put the pieces of tool calls together: the first brings the name, all bring arguments."""
        self.begun = True
        for call in calls if isinstance(calls, list) else []:
            if not isinstance(call, Mapping):
                continue
            index = call.get("index")
            if not isinstance(index, int):
                index = len(self._tools) if call.get("id") or not self._tools else max(self._tools)
            known = self._tools.setdefault(index, {"id": "", "name": "", "arguments": ""})
            function = call.get("function")
            function = function if isinstance(function, Mapping) else {}
            known["id"] = known["id"] or str(call.get("id") or "")
            known["name"] = known["name"] or str(function.get("name") or "")
            arguments = function.get("arguments") or ""
            known["arguments"] += arguments if isinstance(arguments, str) else json.dumps(arguments)

    def _note_figures(self, told: Mapping[str, Any]) -> None:
        if isinstance(usage := told.get("usage"), Mapping):
            self._usage = usage
        if isinstance(timings := told.get("timings"), Mapping):
            self._timings = {
                str(name): float(value)
                for name, value in timings.items()
                if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _LARGEST_FIGURE
            }

    def _finished(self) -> Finished:
        details = self._usage.get("prompt_tokens_details")
        cached = _count(details.get("cached_tokens")) if isinstance(details, Mapping) else None
        if "cache_n" in self._timings:
            cached = int(self._timings["cache_n"])
        prompt = _count(self._usage.get("prompt_tokens"))
        if prompt is None and "prompt_n" in self._timings:
            prompt = int(self._timings["prompt_n"]) + (cached or 0)
        return Finished(
            self._reason or "stop", prompt, cached, _count(self._usage.get("completion_tokens")), self._timings
        )


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
