"""Ordinary prose of many words: Alisa's own documentation, a sentence at a time, for messages that fill a history.

What a person writes in a long evening has words that no grammar draws. These sentences have them too; what they say
does not matter, only that she finds what she was told behind them.
"""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from llm_server.starter.shape import REPOSITORY

ROOMS = ("alisa", "backend", "overlay", "voice", "vision")
"""Where docstrings are taken from. The starter's own folder is left out: held-out prompts stand there."""
SENTENCE = re.compile(r"[A-Z][A-Za-z0-9 ,.;:'()?!-]{28,220}[.?!]")
SPLIT = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")


@cache
def sentences() -> tuple[str, ...]:
    """Every sentence that is plain English, each once, in a fixed order."""
    found = {
        sentence
        for text in texts()
        for sentence in SPLIT.split(" ".join(re.sub(r"[`*_]", "", text).split()))
        if SENTENCE.fullmatch(sentence)
    }
    return tuple(sorted(found))


def texts() -> Iterator[str]:
    """Paragraphs of the documentation, and the docstrings of the rooms."""
    for page in (REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").rglob("*.md"))):
        yield from re.split(r"\n\s*\n|\n(?=[*#|-])", page.read_text("utf-8"))
    for room in ROOMS:
        for module in sorted((REPOSITORY / room).rglob("*.py")):
            yield from docstrings(module)


def docstrings(module: Path) -> Iterator[str]:
    """The docstrings of a module, its classes and its functions."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


def passage(rng: random.Random, count: int) -> str:
    """`count` sentences that have nothing to do with each other."""
    return " ".join(rng.choices(sentences(), k=count))
