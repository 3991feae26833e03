"""A language model that says what a script says: for tests, and for trying the house without a model.

A script is a list of replies, a reply a list of steps, played one after the other:

* text: the next delta;
* a number: so many seconds pass (`asyncio.sleep`, hence virtual in a virtual loop);
* `STALL`: nothing more ever comes;
* `Finished` or `ToolCall`: as it stands;
* an exception: it is raised.

A function of the request may stand for a reply. After the last reply she echoes, and says what she is.
In a JSON file, as `llm.model` may name one: `[["<emotion=happy>", " Hi", 0.5, "!"], [{"error": "llm_busy"}],
[" Hm", "stall"]]`, where the step `"stall"` stands for `STALL`.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from enum import Enum, auto
from pathlib import Path
from typing import Literal

from alisa.runtime.clock import Clock
from alisa.runtime.errors import EngineError, MissingError
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings
from backend.llm import trouble
from backend.llm.types import ChatRequest, Delta, Finished, LlmState, TextDelta, ToolCall

ECHO_DELAY_SECONDS = 0.01


class Stall(Enum):
    """A step that never ends."""

    STALL = auto()


STALL = Stall.STALL
Step = str | float | Stall | Finished | ToolCall | Exception
Reply = Sequence[Step] | Callable[[ChatRequest], Sequence[Step]]


class ScriptedModel:
    """The double of a language model. It writes down what it was asked and which streams were closed early."""

    def __init__(self, script: Sequence[Reply] = (), *, counts: bool = True) -> None:
        self._script = list(script)
        self._counts = counts
        self.requests: list[ChatRequest] = []
        """everything that was asked for, in order"""
        self.running = 0
        """how many streams are open now"""
        self.most_running = 0
        self.prepared = 0
        """how often it was told that a reply will be asked for in a moment"""
        self.closed_early = 0
        """how many streams were closed before they had ended"""
        self.state: Literal["down", "loading", "ready", "busy"] = "ready"
        """what `probe` answers; while it is `down` or `loading`, every stream fails so"""
        self.context_tokens = 4096
        self.identity = "scripted"

    def add(self, *replies: Reply) -> None:
        """Put more replies at the end of the script."""
        self._script.extend(replies)

    async def stream(self, request: ChatRequest) -> AsyncIterator[Delta]:
        """Play the next reply of the script; see `LanguageModel`."""
        self.requests.append(request)
        if self.state == "down":
            raise EngineError("llm_unreachable", "The scripted model is down.", "Set it to ready.")
        if self.state == "loading":
            raise EngineError("llm_loading", "The scripted model is loading.", "Set it to ready.")
        reply = self._script.pop(0) if self._script else _echo
        steps = reply(request) if callable(reply) else reply
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        ended = False
        try:
            async with aclosing(self._play(request, steps)) as deltas:
                async for delta in deltas:
                    ended = isinstance(delta, Finished)
                    yield delta
        except EngineError:
            ended = True
            raise
        finally:
            self.running -= 1
            self.closed_early += not ended

    async def _play(self, request: ChatRequest, steps: Sequence[Step]) -> AsyncGenerator[Delta, None]:
        said, tokens = "", 0
        for step in steps:
            if isinstance(step, Exception):
                raise step
            if isinstance(step, Stall):
                await asyncio.get_running_loop().create_future()
            elif isinstance(step, str):
                said, tokens = said + step, tokens + 1
                yield TextDelta(step)
            elif isinstance(step, (int, float)):
                await asyncio.sleep(step)
            else:
                yield step
                if isinstance(step, Finished):
                    return
        if not said.strip() and not any(isinstance(step, ToolCall) for step in steps):
            raise trouble.empty()
        prompt = sum(_count(message.content) for message in request.messages)
        yield Finished("stop", prompt_tokens=prompt, cached_tokens=0, reply_tokens=tokens)

    async def prepare(self) -> None:
        """Note that it was told."""
        self.prepared += 1

    async def count_tokens(self, texts: Sequence[str]) -> Sequence[int] | None:
        """A token for each word and each mark; None when made with `counts=False`."""
        return [_count(text) for text in texts] if self._counts else None

    async def probe(self) -> LlmState:
        """`ready`, or whatever `state` was set to."""
        return LlmState(self.state, "scripted", "It says what a script says.")

    async def aclose(self) -> None:
        """Nothing to let go of."""


def create(settings: LlmSettings, _home: Home, _clock: Clock) -> ScriptedModel:
    """The engine `scripted`. Raises MissingError when `llm.model` names a script that cannot be read."""
    model = ScriptedModel(_read_script(Path(settings.model)) if settings.model.endswith(".json") else ())
    model.context_tokens = settings.context_tokens
    return model


def _read_script(path: Path) -> list[list[Step]]:
    try:
        return [[_step(step) for step in reply] for reply in json.loads(path.read_text("utf-8"))]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MissingError(
            "script_missing",
            f"The script {path.name} cannot be read: {error}.",
            "Set llm.engine to openai; scripts are for tests.",
        ) from error


def _step(step: object) -> Step:
    if isinstance(step, dict):
        return EngineError(str(step["error"]), "The script has it that the model fails.", "Change the script.")
    if step == "stall":
        return STALL
    if isinstance(step, (str, float, int)):
        return step
    raise TypeError(f"{step!r} is no step")


def _echo(request: ChatRequest) -> Sequence[Step]:
    heard = request.messages[-1].content.rpartition("[/context]")[2].strip()
    words = f" I am a script, not a language model, and can only repeat: {heard}"
    steps: list[Step] = ["<emotion=", "neutral>"]
    for word in re.findall(r"\s*\S+", words):
        steps += [word, ECHO_DELAY_SECONDS]
    return steps


def _count(text: str) -> int:
    return len(re.findall(r"\w+|[^\w\s]", text))
