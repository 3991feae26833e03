"""A recogniser that may fail, and the built-in one that understands the same sound where it does.

A server may be away, a model may be broken: whoever speaks is heard all the same, though less well, and it is told.
What fails once is asked again with the next utterance; what cannot even be loaded is not.
"""

from __future__ import annotations

from collections.abc import Callable

from alisa.runtime.errors import AlisaError
from voice.audio.clips import Samples
from voice.stt.recognizer import Recognizer, Transcript


class WithStandIn:
    """The recogniser that was chosen, and the other one for what it fails at."""

    def __init__(
        self,
        chosen: Recognizer,
        stand_in: Recognizer | None,
        tell: Callable[[AlisaError | None], None] = lambda _: None,
    ) -> None:
        """`tell` hears of every failure, and None once the chosen one works; from the thread that works with it.

        Without a stand-in the failure is raised, too.
        """
        self.notice = chosen.notice
        self._chosen = chosen
        self._stand_in = stand_in
        self._tell = tell
        self.lost = False
        """the chosen one cannot be loaded: the other one hears everything from now on"""
        self._failure: AlisaError | None = None
        """why the chosen one does not hear this utterance"""
        self._heard: list[Samples] = []

    def load(self) -> None:
        """Load the chosen one, else the other. Raises AlisaError where neither can be."""
        try:
            self._chosen.load()
        except AlisaError as error:
            self._tell(error)
            if self._stand_in is None:
                raise
            self._stand_in.load()
            self.lost = True

    def begin(self) -> None:
        self._heard, self._failure = [], None
        if self.lost and self._stand_in is not None:
            self._stand_in.begin()
        else:
            self._try(self._chosen.begin)

    def feed(self, samples: Samples) -> None:
        if self.lost and self._stand_in is not None:
            self._stand_in.feed(samples)
            return
        if self._stand_in is not None:
            self._heard.append(samples)
        if self._failure is None:
            self._try(lambda: self._chosen.feed(samples))

    def partial(self) -> str | None:
        if self.lost and self._stand_in is not None:
            return self._stand_in.partial()
        said: list[str | None] = []
        if self._failure is None:
            self._try(lambda: said.append(self._chosen.partial()))
        return said[0] if said else None

    def finish(self) -> Transcript:
        if self.lost and self._stand_in is not None:
            return self._stand_in.finish()
        understood: list[Transcript] = []
        if self._failure is None:
            self._try(lambda: understood.append(self._chosen.finish()))
        heard, self._heard = self._heard, []
        if understood:
            self._tell(None)
            return understood[0]
        if self._stand_in is None:
            raise self._failure or AlisaError("stt_failed", "Nothing was understood.")
        self._stand_in.begin()
        for samples in heard:
            self._stand_in.feed(samples)
        return self._stand_in.finish()

    def close(self) -> None:
        self._chosen.close()
        if self._stand_in is not None:
            self._stand_in.close()

    def _try(self, work: Callable[[], object]) -> None:
        """Have the chosen one do this; when it fails, this utterance is not its any more."""
        try:
            work()
        except AlisaError as error:
            self._failure = error
            self._tell(error)
