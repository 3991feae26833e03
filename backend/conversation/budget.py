"""How much of the past fits into a prompt: pure arithmetic on token counts.

Whole turns are kept or dropped, the oldest first; the user's last words always stay. Who counts the
tokens is not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from backend.conversation.prompt import PastTurn

MESSAGE_TOKENS = 6
"""What a chat template puts around one message, in tokens. Llama 3, ChatML, Gemma and the starter need 5."""

Count = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a prompt may be, in tokens."""

    prompt_tokens: int
    """the whole prompt: the context window less the longest reply"""
    past_tokens: int
    """past turns, at the most"""

    @classmethod
    def of(cls, context_tokens: int, reply_tokens: int, past_tokens: int) -> Budget:
        """The budget for this context window; a reply never takes more than half of it."""
        return cls(context_tokens - longest_reply(context_tokens, reply_tokens), past_tokens)

    def harder(self) -> Budget:
        """Half of everything, for a server that found the prompt too long."""
        return replace(self, prompt_tokens=self.prompt_tokens // 2, past_tokens=self.past_tokens // 2)


def longest_reply(context_tokens: int, reply_tokens: int) -> int:
    """How long a reply may be in this context window."""
    return min(reply_tokens, max(context_tokens // 2, 1))


def fixed_tokens(system: str, present: str, count: Count) -> int:
    """What a prompt costs before any of the past; the beginning of her reply included."""
    return count(system) + count(present) + 3 * MESSAGE_TOKENS


def past_tokens(turn: PastTurn, count: Count) -> int:
    """What one past turn costs; one in which she spoke first has somebody put before her."""
    return sum(count(message.content) + MESSAGE_TOKENS for message in turn)


def kept_turns(costs: Sequence[int], fixed: int, budget: Budget) -> int:
    """How many of the newest turns fit; `costs` are theirs, oldest first."""
    room = min(budget.past_tokens, budget.prompt_tokens - fixed)
    kept = 0
    for cost in reversed(costs):
        room -= cost
        if room < 0:
            break
        kept += 1
    return kept


def most_tokens(text: str) -> int:
    """An upper bound that needs no counting: no tokenizer makes more tokens than bytes."""
    return len(text.encode("utf-8", "replace"))


def likely_tokens(text: str) -> int:
    """An estimate, for servers that cannot count: English has about four bytes to a token, others fewer."""
    return most_tokens(text) // 3 + 1
