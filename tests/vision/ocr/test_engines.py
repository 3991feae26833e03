"""Tesseract, really; and what is said where a reader is missing."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from alisa.runtime.errors import EngineError, MissingError, UsageError
from tests.vision.scenes import DARK, LIGHT, TRACEBACK, written
from vision.ocr import engines, system, tesseract
from vision.ocr.install import install_command, install_hint
from vision.ocr.reading import Reading
from vision.ocr.sheet import compose, rows_of
from vision.ocr.tesseract import Tesseract, is_word, parse, straight

real = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed.")


@real
@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_tesseract_reads_a_traceback(colours: tuple[tuple[int, int, int], tuple[int, int, int]]) -> None:
    """Files and numbers of lines, too."""
    text = (
        Reading(engines.create("tesseract"))
        .read(written(TRACEBACK, colours, points=18, size=(760, 200)), whole=True)
        .text
    )
    for part in ("Traceback (most recent call last):", "checkout.py", "line 17", "KeyError", "green tea"):
        assert part in text


@real
def test_an_empty_sheet_has_no_words() -> None:
    """Nor an error."""
    assert engines.create("").read(np.full((40, 90), 255, np.uint8)) == []


def test_a_missing_tesseract_comes_with_the_command_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """That of the system it is missing on."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingError) as raised:
        engines.create("tesseract")
    assert raised.value.code == "tesseract_missing"
    assert "Install it" in raised.value.hint
    with pytest.raises(MissingError):
        Tesseract("there-is-no-such-program").read(np.zeros((2, 2), np.uint8))


@pytest.mark.skipif(sys.platform == "win32", reason="a script as a program")
def test_a_tesseract_that_fails_says_why(tmp_path: Path) -> None:
    """Its own first words."""
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho 'Failed loading language eng' >&2\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(EngineError, match="Failed loading language") as raised:
        Tesseract(str(program)).read(np.zeros((2, 2), np.uint8))
    assert raised.value.code == "ocr_failed"


@pytest.mark.parametrize(
    ("platform", "there", "command"),
    [
        ("linux", {"apt"}, "sudo apt install tesseract-ocr"),
        ("linux", {"dnf", "brew"}, "sudo dnf install tesseract"),
        ("linux", {"pacman"}, "sudo pacman -S tesseract tesseract-data-eng"),
        ("darwin", {"brew", "apt"}, "brew install tesseract"),
        ("win32", {"winget"}, "winget install UB-Mannheim.TesseractOCR"),
        ("linux", set[str](), ""),
    ],
)
def test_the_command_is_that_of_this_system(platform: str, there: set[str], command: str) -> None:
    """By what is there to install programs with; else the page that tells."""

    def which(program: str) -> str | None:
        return program if program in there else None

    assert install_command(platform, which) == command
    assert (command or "https://") in install_hint(platform, which)


def test_a_table_is_read() -> None:
    """Words and their middles; no headers, no specks, no broken lines."""
    table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    table += "4\t1\t1\t1\t1\t0\t6\t6\t90\t20\t-1\t\n"
    table += "5\t1\t1\t1\t1\t1\t6\t6\t40\t20\t96.1\t\u2018green\n"
    table += "5\t1\t1\t1\t1\t2\t50\t6\t4\t20\t3.0\t~\n"
    table += "5\t1\t1\t1\t1\t3\t60\t6\t40\t20\t0\tuser@desk\n5\tbroken\n"
    assert [(word.text, word.left, word.right, word.y) for word in parse(table)] == [
        ("'green", 6, 46, 16),
        ("user@desk", 60, 100, 16),
    ]
    assert straight(" \u201ctea\u201d ") == '"tea"'
    assert not is_word("", 99.0)


def test_an_unknown_reader_is_said() -> None:
    """With the names of those that there are."""
    with pytest.raises(UsageError, match="tesseract"):
        engines.create("tessract")


@pytest.mark.parametrize(("name", "library"), [("rapidocr", "rapidocr_onnxruntime"), ("tesserocr", "tesserocr")])
def test_an_extra_reads_or_says_what_is_missing(name: str, library: str) -> None:
    """With the command that brings it."""
    if importlib.util.find_spec(library) is None:
        with pytest.raises(MissingError, match=library) as raised:
            engines.create(name)
        assert f".[{name}]" in raised.value.hint
    else:
        reader = Reading(engines.create(name))
        assert "KeyError" in reader.read(written(TRACEBACK, points=18, size=(760, 200)), whole=True).text


def test_the_systems_reader() -> None:
    """Linux has none; elsewhere it needs its extra; what it raises is a sentence."""
    with pytest.raises(MissingError) as raised:
        system.create("linux")
    assert raised.value.code == "system_ocr_missing"
    if sys.platform == "linux":
        for platform in ("win32", "darwin"):
            with pytest.raises(MissingError, match="needs"):
                system.create(platform)

    class Failing:
        def read(self, picture: object) -> object:
            raise RuntimeError("0x80070005")

    with pytest.raises(EngineError, match="The system's reader failed"):
        system.SystemOcr(Failing()).read(np.zeros((2, 2), np.uint8))


def test_rows_of_a_sheet_are_its_lines() -> None:
    """For a reader that takes one line at a time."""
    line = np.full((20, 60), 255, np.uint8)
    line[4:16, 5:50] = 0
    assert len(rows_of(compose([line, line, line]).picture)) == 3
    assert rows_of(np.full((9, 9), 255, np.uint8)) == []


def test_windows_program_is_found_where_its_installer_puts_it() -> None:
    """Not only on PATH."""
    assert tesseract.find() == shutil.which("tesseract")
