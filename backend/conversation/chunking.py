# ruff: noqa: RUF001 (punctuation of many languages looks alike, and is meant)
"""Streamed text becomes pieces that can be spoken: sentences, and a first clause early.

Pure and incremental, one character at a time, so that it does not matter how the text arrives.
The pieces, joined, are the text. That somebody speaks them is not known here.
"""

from __future__ import annotations

import re
import unicodedata

FIRST_CLAUSE_CHARS = 12
"""The shortest clause that is worth speaking before its sentence is complete, in characters."""
LONGEST_CHARS = 240
"""No piece is longer, code excepted: about fifteen seconds of speech."""

_CLOSERS = "\"'”’»)]}*_`」』）"
_WIDE_ENDS = "。！？｡．"
_WIDE_COMMAS = "，、；："
_END = re.compile(rf"(?P<marks>[.!?…؟।]+)(?P<closers>[{re.escape(_CLOSERS)}]*)\Z")
_WIDE_END = re.compile(rf"[{_WIDE_ENDS}][{re.escape(_CLOSERS)}]*\Z")
_CLAUSE_END = re.compile(r"(?:[,;:]|[\s\w]—|\s[-–])[\"'”’)*_]*\Z")
_FENCE = re.compile(r"\s{0,3}(?P<fence>```|~~~)")
_LIST_NUMBER = re.compile(r"(?:^|\n)\s*\d{1,3}\.\Z")
_INITIALS = re.compile(r"(?:^|[\s(\"'“‘])(?:[A-HJ-Z]|(?:[A-Za-z]\.)+[A-Za-z])\.\Z")
_LAST_WORD = re.compile(r"(\w+)\.\Z")
_ABBREVIATIONS = frozenset(
    {
        "approx", "capt", "cf", "col", "dept", "dr", "ed", "est", "fig", "gen", "gov", "lt", "mr", "mrs", "ms",
        "mt", "prof", "rep", "rev", "sen", "sgt", "sr", "st", "vol", "vs",
    }
)  # fmt: skip
_TAIL_CHARS = 24
"""how far back the end of a sentence is looked at"""
_JOINER, _AS_EMOJI = "\u200d", "\ufe0f"


class Chunker:
    """The reader of one reply."""

    def __init__(self, first_clause_chars: int = FIRST_CLAUSE_CHARS, longest_chars: int = LONGEST_CHARS) -> None:
        self._first_clause = first_clause_chars
        self._longest = longest_chars
        self._held = ""
        self._line = ""
        self._fence = ""
        self._released = False
        self._perhaps_over = False
        """an end that the next word decides: "Well... maybe", '"Really?" she said'"""

    def feed(self, text: str) -> list[str]:
        """Take the next piece of text; return the pieces that are complete, white space included."""
        out: list[str] = []
        for char in text:
            self._take(char, out)
        return out

    def finish(self) -> list[str]:
        """The reply is over: return what is left."""
        rest, self._held = self._held, ""
        return [rest] if rest else []

    def _take(self, char: str, out: list[str]) -> None:
        if not self._fence and self._held and self._ends_before(char):
            self._release(len(self._held), out)
        self._held += char
        self._line = "" if char == "\n" else self._line + char
        if self._fence:
            if char == "\n" and self._closes_fence():
                self._fence = ""
                self._release(len(self._held), out)
            return
        if char in "`~" and (found := _FENCE.fullmatch(self._line)):
            self._fence = found["fence"]
        elif char == "\n" or (char.isspace() and self._ends_with_space()):
            self._release(len(self._held), out)
        elif len(self._held) >= self._longest:
            self._release(self._best_cut(), out)

    def _ends_before(self, char: str) -> bool:
        """Whether a piece is over now that this character follows it."""
        if char.isspace():
            return False
        if self._perhaps_over:
            self._perhaps_over = False
            return not char.islower()
        last = self._held[-1]
        if char in _CLOSERS or char in _WIDE_ENDS:
            return False
        if last in _WIDE_ENDS or last in _CLOSERS:
            return bool(_WIDE_END.search(self._held[-_TAIL_CHARS:]))
        if not self._released and len(self._held.strip()) >= self._first_clause:
            return last in _WIDE_COMMAS or (last == "—" and char.isalpha())
        return False

    def _ends_with_space(self) -> bool:
        """Whether a piece is over now that it ends with white space."""
        text = self._held[:-1]
        tail = text[-_TAIL_CHARS:]
        if end := _END.search(tail):
            marks, closers = end["marks"], end["closers"]
            if marks == "." and not closers and self._is_abbreviated(tail):
                return False
            if marks.endswith(("..", "…")) or any(closer in "\"'”’»" for closer in closers):
                self._perhaps_over = True
                return False
            return True
        if self._released or len(text.strip()) < self._first_clause:
            return False
        return bool(_CLAUSE_END.search(tail))

    def _is_abbreviated(self, tail: str) -> bool:
        word = _LAST_WORD.search(tail)
        return bool(
            (word and word[1].lower() in _ABBREVIATIONS)
            or _INITIALS.search(tail)
            or _LIST_NUMBER.search("\n" + self._line[:-1])
        )

    def _closes_fence(self) -> bool:
        line = self._held[:-1].rpartition("\n")
        return bool(line[1]) and line[2].strip() == self._fence

    def _best_cut(self) -> int:
        """Where to cut a piece that grew too long: after a clause, else after a word, else between characters."""
        text = self._held
        for mark in (", ", "; ", ": ", " – ", " — ", " "):
            cut = text.rfind(mark, len(text) // 3)
            if cut > 0:
                return cut + len(mark)
        cut = len(text) - 1
        while cut > 1 and (unicodedata.combining(text[cut]) or {_JOINER, _AS_EMOJI} & {text[cut - 1], text[cut]}):
            cut -= 1
        return max(cut, 1)

    def _release(self, cut: int, out: list[str]) -> None:
        piece = self._held[:cut]
        if any(char.isalnum() for char in piece):
            out.append(piece)
            self._held = self._held[cut:]
            self._released = True
            self._perhaps_over = False
