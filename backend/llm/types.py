"""What the hub asks of a language model and what it gets back, whichever engine answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

Role = Literal["system", "user", "assistant", "tool"]


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message of the prompt."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One reply to be written. `max_tokens` is always set: a stream must end."""

    messages: Sequence[ChatMessage]
    max_tokens: int
    temperature: float
    tools: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class TextDelta:
    """The next piece of text, raw: markup included, never empty."""

    text: str


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The model wants a tool. `arguments` is JSON text as the model wrote it, not yet validated."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The stream ended by itself. Exactly one, last."""

    reason: Literal["stop", "length", "tool_calls"]
    prompt_tokens: int | None = None
    """tokens of the whole prompt"""
    cached_tokens: int | None = None
    """of these, taken from the server's cache"""
    reply_tokens: int | None = None
    raw_timings: Mapping[str, float] = field(default_factory=dict)
    """llama.cpp's own figures, where it gave them"""


Delta = TextDelta | ToolCall | Finished


class LanguageModel(Protocol):
    """An engine that writes replies.

    `stream` raises `alisa.runtime.errors.EngineError` with one of the codes `llm_unreachable`, `llm_loading`,
    `llm_busy`, `llm_rejected`, `llm_stalled`, `llm_broke_off`, `llm_empty`, `prompt_too_long`; closing the
    iterator stops the model at once.
    """

    def stream(self, request: ChatRequest) -> AsyncIterator[Delta]:
        """Write one reply."""
        ...

    async def count_tokens(self, texts: Sequence[str]) -> Sequence[int] | None:
        """Exact token counts of each text; None where the server cannot count (the caller estimates)."""
        ...

    async def probe(self) -> LlmState:
        """Look whether the model can answer now; never raises."""
        ...

    async def aclose(self) -> None:
        """Let go of connections."""
        ...


@dataclass(frozen=True, slots=True)
class LlmState:
    """Whether the model can answer: `down`, `loading`, `ready` or `busy`, with a word about it for a person."""

    state: Literal["down", "loading", "ready", "busy"]
    model: str = ""
    detail: str = ""


@runtime_checkable
class Prepares(Protocol):
    """An engine that answers sooner when it is told that a reply will be asked for in a moment."""

    async def prepare(self) -> None:
        """Get ready, such as by opening a connection; never raises."""
        ...


@runtime_checkable
class KnowsContext(Protocol):
    """An engine that knows the model behind it."""

    @property
    def context_tokens(self) -> int:
        """How many tokens fit into one conversation, prompt and reply together."""
        ...

    @property
    def identity(self) -> str:
        """The model's name: what a reply's origin says, and a sign that counts of another model are void."""
        ...
