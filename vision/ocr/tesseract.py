"""Tesseract, by its program: a picture goes in through a pipe, words and their places come out; no file is written.

`--psm 6`: the sheet is one block of text. One thread: two that share a core spin. https://tesseract-ocr.github.io/
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

from alisa.runtime.errors import EngineError, MissingError
from vision.ocr.install import install_hint
from vision.ocr.lines import Grey
from vision.ocr.sheet import Placed

ANSWER_SECONDS = 30.0
LEAST_CONFIDENCE, SPECK = 15.0, 2
"""Of 100. What is read with less, and has no more characters, is no word: an icon, a piece of a picture. Longer ones
stay: of a line of code, Tesseract is seldom sure."""
_STRAIGHT = str.maketrans(
    {0x2018: "'", 0x2019: "'", 0x201A: "'", 0x201C: '"', 0x201D: '"', 0x201E: '"', 0xBB: ">", 0xAB: "<"}
)
"""Screens show straight quotation marks and brackets; Tesseract likes to read those of books."""
_LEVEL, _LEFT, _TOP, _WIDTH, _HEIGHT, _CONFIDENCE, _TEXT = 0, 6, 7, 8, 9, 10, 11
"""Columns of Tesseract's TSV."""
_WORD = "5"
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_WINDOWS_PLACES = (
    r"%ProgramFiles%\Tesseract-OCR\tesseract.exe",
    r"%LocalAppData%\Programs\Tesseract-OCR\tesseract.exe",
)


def create() -> Tesseract:
    """Return the engine. Raises MissingError where Tesseract is not installed."""
    program = find()
    if program is None:
        raise MissingError("tesseract_missing", "Tesseract, which reads the screen, is not installed.", install_hint())
    return Tesseract(program)


def find() -> str | None:
    """Return the program; Windows's installer does not put it on PATH."""
    found = shutil.which("tesseract")
    if found is None and sys.platform == "win32":
        places = (os.path.expandvars(place) for place in _WINDOWS_PLACES)
        found = next((place for place in places if os.path.isfile(place)), None)  # noqa: PTH113 - expandvars gives str
    return found


class Tesseract:
    """The program, started once for each sheet."""

    def __init__(self, program: str, languages: str = "") -> None:
        self._argv = [program, "stdin", "stdout", "--psm", "6", "--dpi", "150"]
        self._argv += ["-l", languages] if languages else []
        self._argv += ["-c", "tessedit_do_invert=0", "-c", "tessedit_create_tsv=1"]

    def read(self, picture: Grey) -> list[Placed]:
        """Return the words on a sheet. Raises EngineError, MissingError when the program has gone."""
        height, width = picture.shape
        try:
            done = subprocess.run(
                self._argv,
                input=b"P5 %d %d 255\n" % (width, height) + picture.tobytes(),
                capture_output=True,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
                timeout=ANSWER_SECONDS,
                check=False,
                creationflags=_NO_WINDOW,
            )
        except FileNotFoundError as error:
            raise MissingError(
                "tesseract_missing", "Tesseract, which reads the screen, is not installed.", install_hint()
            ) from error
        except (OSError, subprocess.SubprocessError) as error:
            raise EngineError(
                "ocr_failed", f"Tesseract did not answer: {type(error).__name__}.", "Try `tesseract --version`."
            ) from error
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise EngineError(
                "ocr_failed",
                f"Tesseract failed: {said[0][:200] if said else done.returncode}.",
                "Try `tesseract --list-langs`: at least `eng` should be there.",
            )
        return list(parse(done.stdout.decode("utf-8", "replace")))

    def close(self) -> None:
        """Nothing is kept open."""


def parse(table: str) -> Iterator[Placed]:
    """Read Tesseract's TSV."""
    for line in table.splitlines():
        cells = line.split("\t")
        if len(cells) <= _TEXT or cells[_LEVEL] != _WORD or not cells[_TEXT].strip():
            continue
        left, top, width, height = (int(cells[at]) for at in (_LEFT, _TOP, _WIDTH, _HEIGHT))
        text = straight(cells[_TEXT])
        if is_word(text, float(cells[_CONFIDENCE])):
            yield Placed(text, left, left + width, top + height / 2)


def straight(text: str) -> str:
    """Return the text with the quotation marks of a keyboard."""
    return text.strip().translate(_STRAIGHT)


def is_word(text: str, confidence: float) -> bool:
    """Is this a word, read with so much confidence, rather than a speck?"""
    return bool(text) and (confidence >= LEAST_CONFIDENCE or len(text) > SPECK)
