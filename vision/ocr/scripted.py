"""An engine for tests: it reads what it is told to, whatever it is shown."""

from __future__ import annotations

from vision.ocr.lines import Grey
from vision.ocr.sheet import Placed


def create() -> ScriptedOcr:
    """Return one that reads nothing until it is told to."""
    return ScriptedOcr()


class ScriptedOcr:
    """Reads `text` off every sheet, its words one beside the other; `error`, where it is set, is raised instead."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.error: Exception | None = None
        self.sheets = 0
        self.closed = False

    def read(self, picture: Grey) -> list[Placed]:  # noqa: ARG002 - the script says what stands there
        self.sheets += 1
        if self.error is not None:
            raise self.error
        return [Placed(word, 100.0 * at, 100.0 * at + 90.0, 0.0) for at, word in enumerate(self.text.split())]

    def close(self) -> None:
        self.closed = True
