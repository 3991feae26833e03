"""What the model is asked: the words of a prompt, in the shape that the starter model is trained on.

Pure. First what never changes (who she is, the rules, the mode), then the past, and what changes from
turn to turn last, so that the server can keep the beginning in its cache. How much of the past fits is
decided in `budget`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from alisa.protocol.tags import Emotion
from backend.llm.types import ChatMessage
from backend.persona import Mode, PersonaCard
from backend.storage.types import StoredMessage

SPOKE_FIRST = "(Nobody has spoken for a while. Say something short of your own accord.)"
"""Stands in the past where she spoke without being asked: models expect somebody to have spoken before."""
CUT_OFF = " —"
"""Stands at the end of what she could not finish, so that she knows."""

_SPECIAL_TOKEN = re.compile(r"<(?=[|｜][^\s|｜<>]{1,48}[|｜]>)")  # noqa: RUF001 - the wide bar is DeepSeek's
_INVISIBLE = "\u200b"

PastTurn = tuple[ChatMessage, ...]
"""What was said in one turn, in order: the user's, hers, or both."""


def system_prompt(persona: PersonaCard, rules: str, mode: Mode) -> str:
    """What never changes while the mode stays."""
    return "\n\n".join(part for part in (persona.prompt.strip(), rules.strip(), mode.prompt.strip()) if part)


def past_turns(messages: Iterable[StoredMessage]) -> list[PastTurn]:
    """Stored messages as the model sees them, by turn, oldest first."""
    return [tuple(map(_as_said, turn)) for _, turn in groupby(messages, key=lambda message: message.turn)]


def build(system: str, past: Sequence[PastTurn], context: str, words: str) -> list[ChatMessage]:
    """The whole prompt, in which user and assistant always take turns.

    What the user said before without being answered is joined to `words`, which end the prompt.
    """
    said = [message for turn in past for message in turn]
    waiting: list[str] = []
    while said and said[-1].role == "user":
        waiting.insert(0, said.pop().content)
    last = "\n".join([*waiting, tame(words)])
    return [ChatMessage("system", system), *_alternating(said), ChatMessage("user", context + last)]


def tame(text: str) -> str:
    """The text, in which a model's special tokens are only words: nobody speaks with the system's voice."""
    return _SPECIAL_TOKEN.sub("<" + _INVISIBLE, text)


def _as_said(message: StoredMessage) -> ChatMessage:
    if message.role == "user":
        return ChatMessage("user", tame(message.text))
    emotion = message.emotion or Emotion.NEUTRAL
    return ChatMessage("assistant", f"<emotion={emotion}> {tame(message.text)}{CUT_OFF if message.interrupted else ''}")


def _alternating(said: Iterable[ChatMessage]) -> list[ChatMessage]:
    """Many chat templates insist on user and assistant in turn: the user first, nobody twice."""
    out: list[ChatMessage] = []
    for message in said:
        before = out[-1].role if out else "assistant"
        if message.role == "assistant" and before == "assistant":
            out.append(ChatMessage("user", SPOKE_FIRST))
        if message.role == "user" and before == "user":
            out[-1] = ChatMessage("user", f"{out[-1].content}\n{message.content}")
        else:
            out.append(message)
    return out
