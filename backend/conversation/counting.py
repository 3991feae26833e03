"""How many tokens a text has: asked once for each text, and remembered.

Where even the most that a text could have fits, nothing is asked at all: a reply must not wait for
arithmetic. What the counts are for is not known here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from backend.conversation.budget import likely_tokens, most_tokens
from backend.llm.types import KnowsContext, LanguageModel

REMEMBERED_TEXTS = 4096


class TokenCounts:
    """The counts of the texts that were asked for last, for the model that answers now."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._known = model if isinstance(model, KnowsContext) else None
        self._counts: OrderedDict[tuple[int, int], int] = OrderedDict()
        self._identity = ""

    def known(self, text: str) -> int | None:
        """The exact count, where it was asked for before."""
        key = _key(text)
        if key not in self._counts:
            return None
        self._counts.move_to_end(key)
        return self._counts[key]

    def at_most(self, text: str) -> int:
        """The exact count, or the most that it can be."""
        known = self.known(text)
        return most_tokens(text) if known is None else known

    def nearly(self, text: str) -> int:
        """The exact count, or an estimate."""
        known = self.known(text)
        return likely_tokens(text) if known is None else known

    async def learn(self, texts: Iterable[str]) -> bool:
        """Ask for the counts that are not known, all at once; False where the server does not tell."""
        self._forget_another_models()
        missing = list(dict.fromkeys(text for text in texts if self.known(text) is None))
        if not missing:
            return True
        counts = await self._model.count_tokens(missing)
        if counts is None:
            return False
        for text, count in zip(missing, counts, strict=True):
            self._counts[_key(text)] = count
        while len(self._counts) > REMEMBERED_TEXTS:
            self._counts.popitem(last=False)
        return True

    def _forget_another_models(self) -> None:
        identity = self._known.identity if self._known else ""
        if identity != self._identity:
            self._counts.clear()
            self._identity = identity


def _key(text: str) -> tuple[int, int]:
    return hash(text), len(text)
