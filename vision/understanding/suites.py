"""Tests that failed, as those that run them say it: pytest in short, Jest, Vitest, Gradle. Pure.

The place that is told is the line of the test, or of the user's own code below it.
"""

# ruff: noqa: E501 - a pattern reads best on one line

from __future__ import annotations

import re
from collections.abc import Iterator

from vision.understanding.error import NUMBER, START, Found, number, path, sentence, soft

MOST_BLOCK = 6000
"""What one test says about itself is no longer, in characters."""

# --- pytest --tb=short, and what it says of a file that cannot be read -------------------------------------

_IN = re.compile(rf"{START}(?P<file>[\w./\\~-]+[.,]py):(?P<line>{NUMBER}): in [^\n]+", re.MULTILINE)
_ANSWER = re.compile(
    rf"{START}(?:E {{1,8}}(?=\S)|(?=(?:\w+\.)*\w*(?:Error|Exception|Failed)(?:[:;] |[ \t]*$)))(?P<message>\S[^\n]*)",
    re.MULTILINE,
)
"""The letter stands alone, and is what a reader of pictures loses first."""
_LIBRARY = re.compile(r"site-packages|dist-packages|lib[/\\]python\d|<frozen")


def short_pytest(text: str) -> Iterator[Found]:
    """Each failed test once: the deepest line of the user's own, and the first line of what went wrong."""
    before = 0
    for answer in _ANSWER.finditer(text):
        places = [*_IN.finditer(text, before, answer.start())]
        before = answer.end()
        if not places:
            continue  # another line of the same answer
        chosen = next((each for each in reversed(places) if not _LIBRARY.search(each["file"])), places[-1])
        yield Found("python", sentence(answer["message"]), path(chosen["file"]), number(chosen["line"]), answer.start())


# --- Jest and Vitest ----------------------------------------------------------------------------------------

_FAIL = re.compile(
    rf"{START}(?:[^\w\n]{{1,2}} ?)?FAIL {{1,3}}(?P<file>[\w./\\@-]+[.,][cm]?[jt]sx?)\b(?P<name>[^\n]*)\n", re.MULTILINE
)
_AT = re.compile(
    rf"^[ \t]*(?:at [^\n(]*\(?|[^\s\w]{{1,3}} )(?P<file>(?:[A-Za-z]:)?[\w./\\@-]+[.,][cm]?[jt]sx?):(?P<line>{NUMBER}):\d+",
    re.MULTILINE,
)
_COMPLAINT = re.compile(
    r"\s*(?:expect\(|assert|\w*(?:Error|Exception)\b|Cannot |Could not |Unable to |Expected |Exceeded |thrown:)"
)
_SCRIPT_LIBRARY = re.compile(r"node_modules|node:|internal/")


def scripts(text: str) -> Iterator[Found]:
    """What follows `FAIL file`: a title with nothing below it, then what was expected, then where."""
    blocks = [*_FAIL.finditer(text)]
    for at, match in enumerate(blocks):
        end = min(match.end() + MOST_BLOCK, blocks[at + 1].start() if at + 1 < len(blocks) else len(text))
        message = _said(text[match.end() : end])
        if not message:
            continue
        place = next(
            (each for each in _AT.finditer(text, match.end(), end) if not _SCRIPT_LIBRARY.search(each["file"])), None
        )
        file, line = (path(place["file"]), number(place["line"])) if place else (path(match["file"]), None)
        kind = "typescript" if re.search(r"\.[cm]?tsx?$", file) else "javascript"
        yield Found(kind, sentence(message), file, line, match.start())


def _said(block: str) -> str:
    """The first line of what went wrong. A title (Jest's, with its dot) stands alone above it, if that can be seen."""
    for line in block.strip().splitlines()[:3]:
        if _COMPLAINT.match(line):
            return line.strip()
    first, *rest = re.split(r"\n[ \t]*\n", block.strip("\n"), maxsplit=1)
    lines = first.strip().splitlines()
    if len(lines) == 1 and rest and not re.match(r"\s*\w*Error\b", lines[0]):
        lines = rest[0].strip().splitlines()
    return lines[0].strip() if lines else ""


# --- Gradle -------------------------------------------------------------------------------------------------

_GRADLE = soft(
    rf"{START}[^\n]{{1,160}} FAILED[ \t]*\n\s+(?P<message>[\w.]+(?:Error|Exception)[^\n]*?) at (?P<file>[\w$]+[.,](?P<ending>java|kt|groovy|scala)):(?P<line>{NUMBER})"
)


def gradle(text: str) -> Iterator[Found]:
    """`AppTest > adds() FAILED`, and below it the error and its line."""
    for match in _GRADLE.finditer(text):
        kind = {"kt": "kotlin", "scala": "scala"}.get(match["ending"], "java")
        message = match["message"].rpartition(".")[2] if ":" not in match["message"] else match["message"]
        yield Found(kind, sentence(message), path(match["file"]), number(match["line"]), match.start())


def suites(text: str) -> Iterator[Found]:
    """All of them."""
    yield from short_pytest(text)
    yield from scripts(text)
    yield from gradle(text)
