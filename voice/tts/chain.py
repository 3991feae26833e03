"""Her voice: the engine that was chosen, and those that speak when it cannot.

Each sentence goes to the first engine that is not resting after a failure (`resting`). When it fails, the next
one speaks the same sentence: from its beginning, or, where part was handed out already, from the first word
that was not (`resume`). The last one is tried once more when its worker had to be replaced. How an engine
is run is known to `client`, what is worth keeping to `cache`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Protocol

from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger
from voice.tts.cache import Line, SpeechCache
from voice.tts.resting import REPLACED, Resting
from voice.tts.resume import rest_of
from voice.tts.speech import Audio, SpeakRequest, Speech, VoiceInfo, WordMark

UNKNOWN_VOICE = "unknown_voice"

log = get_logger(__name__)


class Voice(Protocol):
    """What the chain asks of an engine; `client.TtsWorker` and `conversion.Converted` are such."""

    engine: str

    @property
    def notice(self) -> str:
        """What the user must know about it; known once it has started."""

    async def start(self) -> None:
        """Be ready. Raises AlisaError."""

    def speak(self, request: SpeakRequest) -> AsyncGenerator[Speech, None]:
        """Speak one sentence. Raises AlisaError."""

    async def voices(self) -> tuple[VoiceInfo, ...]:
        """The voices there are. Raises AlisaError."""

    async def aclose(self) -> None:
        """End it."""


@dataclass(frozen=True, slots=True)
class Link:
    """One engine of the chain, and the voice that it speaks with unless a request for it names another."""

    voice: Voice
    name: str = ""


@dataclass(frozen=True, slots=True)
class ChainState:
    """Who speaks, and why."""

    engine: str
    """who spoke last, or is to speak first"""
    wanted: str
    """who was chosen"""
    why: str = ""
    """why another one than the chosen speaks, or with another voice; else empty"""
    notice: str = ""
    """what the user must know about the one who speaks ("What she says goes to …"); else empty"""


class Chain:
    """The chosen engine first, then the fallbacks. `on_change` hears who is to speak first, and each new state."""

    def __init__(
        self,
        links: Sequence[Link],
        *,
        cache: SpeechCache | None = None,
        on_change: Callable[[ChainState], None] = lambda _: None,
    ) -> None:
        if not links:
            raise ValueError("a chain without an engine")
        self._links = tuple(links)
        self._cache = cache
        self._on_change = on_change
        self._resting = Resting()
        self._reasons: dict[str, str] = {}
        """why an engine could not do as asked the last time"""
        self._state = ChainState(links[0].voice.engine, links[0].voice.engine)
        self._told = False
        """whether anybody was told of the state"""

    @property
    def state(self) -> ChainState:
        """Who speaks now, and why."""
        return self._state

    def speak_as(self, voices: Mapping[str, str]) -> None:
        """Who stands in speaks with these voices from now on, by engine; the chosen one is told with each request."""
        first, *others = self._links
        self._links = (first, *(replace(link, name=voices.get(link.voice.engine, "")) for link in others))

    async def start(self) -> None:
        """Have the chosen engine and the last fallback ready. Never raises: `state` says who can speak."""
        async with asyncio.TaskGroup() as group:  # unlike gather, it waits for all of them when it is cancelled
            for link in {self._links[0], self._links[-1]}:
                group.create_task(self._start(link))
        able = [link for link in self._links if link.voice.engine not in self._reasons]
        self._tell((able or self._links)[0])

    async def speak(self, request: SpeakRequest) -> AsyncGenerator[Speech, None]:
        """Speak one sentence; times are from its beginning, whoever speaks. Raises the last error when nobody can.

        `request.voice` is a voice of the chosen engine; the others speak with their own. Iterate within
        `contextlib.aclosing`. The sample rate may change when another engine goes on.
        """
        handed = _Handed()
        text, candidates = request.text, self._candidates(request)
        place = 0
        while True:
            link = candidates[place]
            begun = handed.seconds
            try:
                async with aclosing(self._spoken(link, self._asked(link, replace(request, text=text)))) as pieces:
                    async for piece in pieces:
                        shifted = _later(piece, begun)
                        handed.take(shifted)
                        yield shifted
            except AlisaError as error:
                self._failed(link, error)
                again = error.code in REPLACED and candidates.count(link) == 1
                if place + 1 == len(candidates) and again:
                    candidates.append(link)
                place += 1
                if place == len(candidates):
                    raise
                if handed.words:
                    text = rest_of(request.text, handed.words, handed.seconds)
                if not text.strip():
                    return
            else:
                return

    async def voices(self) -> dict[str, tuple[VoiceInfo, ...]]:
        """The voices of each engine; none for one that cannot tell."""
        found: dict[str, tuple[VoiceInfo, ...]] = {}
        for link in self._links:
            try:
                found[link.voice.engine] = await link.voice.voices()
            except AlisaError as error:
                log.info("a voice cannot list its voices", engine=link.voice.engine, error=error.message)
                found[link.voice.engine] = ()
        return found

    async def aclose(self) -> None:
        """End all workers."""
        await asyncio.gather(*(link.voice.aclose() for link in self._links))

    async def _spoken(self, link: Link, request: SpeakRequest) -> AsyncGenerator[Speech, None]:
        """One engine's attempt. A voice that it does not have gives way to its own."""
        engine, begun = link.voice.engine, False
        try:
            async with aclosing(self._made(link, request)) as pieces:
                async for piece in pieces:
                    if not begun:
                        begun = True
                        self._reasons.pop(engine, None)
                        self._tell(link)
                    yield piece
        except AlisaError as error:
            if error.code != UNKNOWN_VOICE or not request.voice:
                raise
            self._reasons[engine] = error.message
            self._tell(link)
            async with aclosing(self._made(link, replace(request, voice=""))) as pieces:
                async for piece in pieces:
                    yield piece

    async def _made(self, link: Link, request: SpeakRequest) -> AsyncGenerator[Speech, None]:
        """The sentence, out of the cache, or made and kept."""
        line = _line(link, request)
        kept = self._cache.get(line) if self._cache is not None else None
        if kept is not None:
            for piece in kept:
                yield piece
            return
        pieces: list[Speech] = []
        async with aclosing(link.voice.speak(request)) as made:
            async for piece in made:
                pieces.append(piece)
                yield piece
        self._resting.spoke(link.voice.engine)
        if self._cache is not None:
            self._cache.put(line, pieces)

    async def _start(self, link: Link) -> None:
        try:
            await link.voice.start()
        except AlisaError as error:
            self._failed(link, error)

    def _candidates(self, request: SpeakRequest) -> list[Link]:
        """Who is asked, in this order: those that do not rest, or have the line ready. When all rest, all are asked."""
        now = _now()
        awake = [
            link
            for link in self._links
            if not self._resting.rests(link.voice.engine, now) or self._keeps(link, self._asked(link, request))
        ]
        return awake or list(self._links)

    def _asked(self, link: Link, request: SpeakRequest) -> SpeakRequest:
        """The request as this engine gets it."""
        return replace(request, voice=(request.voice if link is self._links[0] else "") or link.name)

    def _keeps(self, link: Link, request: SpeakRequest) -> bool:
        return self._cache is not None and self._cache.get(_line(link, request)) is not None

    def _failed(self, link: Link, error: AlisaError) -> None:
        log.warning("a voice failed", engine=link.voice.engine, code=error.code, reason=error.message)
        self._resting.failed(link.voice.engine, error.code, _now())
        self._reasons[link.voice.engine] = error.message

    def _tell(self, link: Link) -> None:
        engine, wanted = link.voice.engine, self._links[0].voice.engine
        state = ChainState(engine, wanted, self._reasons.get(wanted, ""), link.voice.notice)
        if state != self._state or not self._told:
            self._state, self._told = state, True
            self._on_change(state)


class _Handed:
    """What of a sentence has been handed out."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.words: list[WordMark] = []

    def take(self, piece: Speech) -> None:
        if isinstance(piece, Audio):
            self.seconds += piece.seconds
        elif isinstance(piece, WordMark):
            self.words.append(piece)


def _later(piece: Speech, seconds: float) -> Speech:
    if isinstance(piece, Audio) or not seconds:
        return piece
    return replace(piece, start_s=piece.start_s + seconds, end_s=piece.end_s + seconds)


def _line(link: Link, request: SpeakRequest) -> Line:
    return Line(link.voice.engine, request.voice, request.rate, request.pitch, request.text)


def _now() -> float:
    return asyncio.get_running_loop().time()
