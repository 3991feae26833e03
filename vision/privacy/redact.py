"""Secrets are taken out of a text, and addresses and numbers of people shortened, before the text leaves the eyes.

The text comes from a picture, so a secret may be broken over lines. Each kind is therefore looked for in the text
as it stands and with its lines joined, and what is found is marked in the text itself. Rather too much is hidden
than too little; what ordinary code and prose look like is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vision.privacy import codes, passwords
from vision.privacy.secrets import KNOWN_KEYS, PRIVATE_KEY, cards, ibans

HIDDEN = "[hidden]"
"""What stands for a secret."""

_WINDOW = 24
"""how many letters are looked at together: no shorter secret is known by its looks alone"""
_DENSE = 9
"""a window of so many changes between small letters, capitals and digits is no word, path or name"""
_FRAGMENT = 6
"""a line may go on where so many letters of a code stand at its end, and at the beginning of the next"""

_BREAK = re.compile(
    r"(?<![ \t\u00a0])[ \t\u00a0]*+[|│┃\\]?+[ \t\u00a0]*+"
    r"(?:\r\n|[\n\r\v\f\u2028\u2029])[ \t\u00a0]*(?:[|│┃>][ \t\u00a0]*)?"
)
_RUN = re.compile(rf"[A-Za-z0-9+/=_-]{{{_WINDOW},}}")
_HEX = re.compile(r"[0-9a-f]{32,}|[0-9A-F]{32,}")
_UUID = re.compile(r"(?<![0-9A-Fa-f])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Fa-f])")
_PIECE = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_SPLIT = re.compile(r"[A-Za-z0-9+/=_-]+")
_WORD = re.compile(r"[A-Za-z]?[a-z]{0,14}[.,:;!?]?")
_URL_LOGIN = re.compile(
    r"(?<=://)(?!\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}/)[^\s/@:\"'<>]{0,200}:(?!\d{1,5}(?:[/?#]|$))[^\s\"'<>]{1,400}@"
)
_EMAIL = re.compile(r"(?<![\w.+%-])([\w])[\w.+%'-]{0,63}@(?:[\w-]{1,63}\.){1,4}([A-Za-z]{2,24})(?![\w-])")
_PHONE = re.compile(
    r"(?<![\w+.,:/-])(?:"
    r"(?P<plus>\+[1-9]\d{0,2})(?:[ \u00a0().\-/]{0,3}\d){7,13}"
    r"|(?P<us>\(?[2-9]\d\d\)?)[ .-]{1,2}[2-9]\d\d[ .-]\d{4}"
    r"|(?P<home>0[1-9]\d{1,3})[ \u00a0/-]{1,3}\d{5,9}"
    r"|(?P<pairs>0[1-9])(?:[ .]\d\d){4}"
    r")(?![\w]|[.,:/-]\d)"
)  # fmt: skip


def redact(text: str) -> str:
    """The text without its secrets. Doing it again changes nothing."""
    hidden = sorted({*_found(text)})
    parts: list[str] = []
    at = 0
    for start, end in _merged(hidden):
        parts += [text[at:start], HIDDEN]
        at = end
    parts.append(text[at:])
    return _PHONE.sub(_short_phone, _EMAIL.sub(_short_email, "".join(parts)))


def _found(text: str) -> Iterator[tuple[int, int]]:
    """Where secrets stand in the text."""
    as_it_is = _View(text, tuple(range(len(text))), frozenset())
    joined = _joined(text, 0)
    for match in PRIVATE_KEY.finditer(text):
        yield match.span()
    for view in (as_it_is, joined):
        for pattern in (KNOWN_KEYS, _URL_LOGIN):
            for match in pattern.finditer(view.text):
                if HIDDEN not in match.group():
                    yield view.place(match.start(), match.end())
    for view in (as_it_is, _joined(text, _FRAGMENT)):
        for start, end in _dense(view):
            yield view.place(start, end)
    yield from ibans(text)
    yield from cards(text)
    yield from passwords.found(text, HIDDEN)
    yield from codes.found(text, HIDDEN)


# --- a text with its lines joined ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _View:
    """A text, where each of its letters stands in the true one, and before which of them a line was broken."""

    text: str
    places: tuple[int, ...]
    breaks: frozenset[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The place in the true text; a last piece that is a plain word is the next line's own."""
        for at in range(end - 1, start, -1):
            if at in self.breaks:
                tail = self.text[at:end]
                if end - at < (end - start) / 2 and _WORD.fullmatch(tail):
                    end = at
                break
        return self.places[start], self.places[end - 1] + 1


def _joined(text: str, fragment: int) -> _View:
    """The text without line breaks, where what stands around them may be one piece of at least `fragment` letters."""
    places: list[int] = []
    breaks: set[int] = set()
    at = 0
    for match in _BREAK.finditer(text):
        if fragment and not _may_go_on(text, match.start(), match.end(), fragment):
            continue
        places += range(at, match.start())
        breaks.add(len(places))
        at = match.end()
    places += range(at, len(text))
    return _View("".join(text[place] for place in places), tuple(places), frozenset(breaks))


def _may_go_on(text: str, before: int, after: int, fragment: int) -> bool:
    head, tail = text[max(0, before - fragment) : before], text[after : after + fragment]
    return len(head) == fragment and all(map(_SPLIT.fullmatch, (head, tail[:1]))) and bool(_SPLIT.fullmatch(tail))


# --- secrets that only their disorder gives away -------------------------------------------------------


def _dense(view: _View) -> Iterator[tuple[int, int]]:
    """Long codes: hexadecimal digits, and letters and digits in such disorder as no language has."""
    for match in _HEX.finditer(view.text):
        if not match.group().isdigit():
            yield match.span()
    for run in _RUN.finditer(_UUID.sub(lambda match: "-" * len(match.group()), view.text)):
        starts = [run.start() + piece.start() for piece in _PIECE.finditer(run.group())]
        first = known = 0
        for last, start in enumerate(starts):
            while start - starts[first] >= _WINDOW:
                first += 1
            end = min(starts[first] + _WINDOW, run.end())
            if end <= known:
                continue  # it lies in the code that was found last, and a long one has thousands of windows
            if last - first + 1 >= _DENSE and _is_mixed(view.text[starts[first] : starts[first] + _WINDOW]):
                whole = _whole(view, run.span(), starts[first], end)
                known = whole[1]
                yield whole


def _is_mixed(part: str) -> bool:
    digits = sum(letter.isdigit() for letter in part)
    letters = sum(letter.isalpha() for letter in part)
    return len(part) >= _WINDOW and letters >= 4 and (digits >= 2 or _is_tangled(part))


def _is_tangled(part: str) -> bool:
    """Capitals and small letters change places as they do in no name of several words."""
    return len(re.findall(r"[a-z][A-Z]|[A-Z]{2}[a-z]", part)) >= 7


def _whole(view: _View, run: tuple[int, int], start: int, end: int) -> tuple[int, int]:
    """The code that this window is a part of: up to where the run or the line ends."""
    for at in range(start, run[0], -1):
        if at in view.breaks and _ends_a_word(view, at, run):
            break
        start = at - 1
    return start, run[1] if not view.breaks else max(end, _end_of(view, run, end))


def _ends_a_word(view: _View, at: int, run: tuple[int, int]) -> bool:
    head = _SPLIT_TAIL.search(view.text[run[0] : at])
    return head is not None and bool(_WORD.fullmatch(head.group()))


def _end_of(view: _View, run: tuple[int, int], end: int) -> int:
    for at in range(end, run[1]):
        if at in view.breaks and _WORD.fullmatch(view.text[at : run[1]]):
            return at
    return run[1]


_SPLIT_TAIL = re.compile(r"[A-Za-z0-9+/=_-]+$")


def _merged(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same places, those that touch or overlap as one."""
    current: tuple[int, int] | None = None
    for start, end in spans:
        if current is not None and start <= current[1]:
            current = current[0], max(current[1], end)
        else:
            if current is not None:
                yield current
            current = start, end
    if current is not None:
        yield current


# --- people ------------------------------------------------------------------------------------------


def _short_email(match: re.Match[str]) -> str:
    return match.group() if match.group().startswith("git@") else f"{match[1]}…@….{match[2]}"


def _short_phone(match: re.Match[str]) -> str:
    kept = next(value for value in match.groupdict().values() if value)
    digits = sum(letter.isdigit() for letter in match.group())
    return f"{kept}…" if 9 <= digits <= 15 else match.group()
