"""A voice that is changed into another one: an engine speaks, a converter (RVC) changes the whole sentence.

A converter hears a sentence whole, so its first sound comes when the engine is done; the times of words stay
right, since a converter keeps time. When it fails, the sentence is heard in the engine's own voice.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import numpy as np

from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger
from voice.tts.client import TtsWorker
from voice.tts.resting import Resting
from voice.tts.speech import Audio, SpeakRequest, Speech, VoiceInfo

log = get_logger(__name__)


class Converted:
    """An engine whose sentences go through a converter; see `chain.Voice`."""

    def __init__(self, voice: TtsWorker, converter: TtsWorker) -> None:
        self.engine = voice.engine
        self._voice = voice
        self._converter = converter
        self._resting = Resting()
        self._trouble = ""

    @property
    def notice(self) -> str:
        """What the user must know, and why the voice is not converted."""
        return " ".join(part for part in (self._voice.notice, self._trouble) if part)

    async def start(self) -> None:
        """Be ready. A converter that cannot start is told in `notice`."""
        await self._voice.start()
        try:
            await self._converter.start()
        except AlisaError as error:
            self._failed(error)

    async def speak(self, request: SpeakRequest) -> AsyncGenerator[Speech, None]:
        """Speak one sentence with the changed voice."""
        pieces: list[Audio] = []
        async with aclosing(self._voice.speak(request)) as spoken:
            async for piece in spoken:
                if isinstance(piece, Audio) and not self._rests():
                    pieces.append(piece)
                else:
                    yield piece
        if not pieces:
            return
        whole = Audio(np.concatenate([piece.samples for piece in pieces]), pieces[0].rate)
        handed = 0.0
        try:
            async with aclosing(self._converter.convert(whole)) as changed:
                async for piece in changed:
                    handed += piece.seconds if isinstance(piece, Audio) else 0.0
                    yield piece
            self._resting.spoke("converter")
            self._trouble = ""
        except AlisaError as error:
            self._failed(error)
            yield Audio(whole.samples[round(handed * whole.rate) :], whole.rate)

    async def voices(self) -> tuple[VoiceInfo, ...]:
        """The voices that there are before the change."""
        return await self._voice.voices()

    async def aclose(self) -> None:
        """End both."""
        await self._voice.aclose()
        await self._converter.aclose()

    def _rests(self) -> bool:
        return self._resting.rests("converter", asyncio.get_running_loop().time())

    def _failed(self, error: AlisaError) -> None:
        log.warning("a voice could not be converted", code=error.code, reason=error.message)
        self._resting.failed("converter", error.code, asyncio.get_running_loop().time())
        self._trouble = f"Her voice is not converted: {error}"
