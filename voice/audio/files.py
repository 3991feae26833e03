"""Files as engines: a WAV file that is heard, and one that her voice is written to."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from voice.audio.clips import read_wav, write_wav
from voice.audio.scripted import SINK_RATE, ScriptedSink, ScriptedSource


def file_source(path: Path | str, *, paced: bool = True) -> ScriptedSource:
    """Hear a WAV file from its beginning to its end, as fast as it sounds or (`paced=False`) at once.

    Raises MissingError or AlisaError `not_a_wav`.
    """
    clip = read_wav(path)
    return ScriptedSource([(0.0, clip)], ends_after=clip.seconds, paced=paced)


class FileSink(ScriptedSink):
    """Her voice and the silence in it, written to a WAV file when the sink is closed."""

    def __init__(self, path: Path | str, rate: int = SINK_RATE) -> None:
        super().__init__(rate)
        self._path = Path(path)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await super().__aexit__(kind, error, trace)
        write_wav(self._path, self.heard())
