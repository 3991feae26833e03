"""The first time, she asks which voice she shall have, and what is answered is done.

What is asked and what an answer means is known to `words.choice`; here it is spoken, written into the settings, fetched
where it was wished, and tried. Unanswered, the built-in voice stays, and she does not ask again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger
from voice.player import Player
from voice.told import Told
from voice.words import choice
from voice.words.choice import ENGINES, Question, Step, Voice

QUIET_SECONDS = 2.0
"""How long nobody must have spoken before she asks."""
ASKED = "which voice"
CHANGED = "This is how I sound from now on."
NOT_YET = "I speak like this until that voice can be had."

log = get_logger(__name__)


class House(Protocol):
    """What a choice needs of the rest."""

    def download_bytes(self) -> int:
        """How large the local voice is; 0: it is here."""

    async def fetch(self) -> None:
        """Fetch the local voice. Raises AlisaError."""

    async def speak_with(self, engine: str, line: str) -> str:
        """Keep this engine in the settings, speak with it from now on, and try it with this line.

        Returns why it cannot be heard at the moment; empty: it can. Raises AlisaError.
        """


class Choosing:
    """The question of the first time. `look` now and then; `takes` says whether words were its answer."""

    def __init__(self, player: Player, house: House, told: Told, at_rest: Callable[[], bool]) -> None:
        self._player = player
        self._house = house
        self._told = told
        self._at_rest = at_rest
        self._asked: Question | None = None
        self._over = told.already(ASKED)
        self._rest_since: float | None = None
        self._doing: asyncio.Task[None] | None = None

    async def aclose(self) -> None:
        """Leave it."""
        if self._doing is not None:
            self._doing.cancel()
            await asyncio.gather(self._doing, return_exceptions=True)

    def look(self, now: float) -> None:
        """Ask when it is quiet; take silence for an answer in the end."""
        if self._over:
            return
        if self._asked is not None:
            if not self._player.busy:
                self._settle(choice.after(self._asked, now))
            return
        if not self._at_rest():
            self._rest_since = None
        elif self._rest_since is None:
            self._rest_since = now
        elif now - self._rest_since >= QUIET_SECONDS and self._told.once(ASKED):
            self._asked = choice.ask(now, self._house.download_bytes())
            self._say(choice.question(self._asked))

    def takes(self, text: str, now: float) -> bool:
        """Whether what the user said answers the question; then it is nobody else's business."""
        if self._asked is None or self._over:
            return False
        asked, answers = choice.heard_answer(self._asked, text, now)
        if answers and asked.step is not Step.SETTLED:
            self._say(choice.question(asked))
        self._settle(asked)
        return answers

    def _settle(self, asked: Question) -> None:
        self._asked = asked
        if asked.step is Step.SETTLED:
            self._over = True
            if asked.answered and asked.chosen is not None:
                self._doing = asyncio.create_task(self._do(asked.chosen, downloads=asked.downloads), name="new voice")

    async def _do(self, chosen: Voice, *, downloads: bool) -> None:
        try:
            if downloads:
                self._say("I am fetching it. Until then I speak like this.")
                await self._house.fetch()
            why = await self._house.speak_with(ENGINES[chosen], CHANGED)
        except AlisaError as error:
            log.warning("the voice could not be changed", code=error.code, error=error.message)
            self._say(str(error))
        else:
            self._say(f"{why} {NOT_YET}" if why else CHANGED)

    def _say(self, text: str) -> None:
        self._player.sentence(None, text)
        self._player.end(None)
