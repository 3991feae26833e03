# ruff: noqa: RUF001, SIM905 (an apostrophe of prose; a table of words reads best as words)
"""The question which voice she shall have, asked once, and what an answer means, spoken or typed.

A natural voice online (her sentences leave the machine), a natural one here (a download, only after a yes), or the
built-in one at once. A pure state: whoever asks speaks `question`, hands in what the user said, and lets time pass;
what is not an answer is left to the conversation. How a voice is fetched is not known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

PATIENCE_SECONDS = 45.0
"""Unanswered for so long, the built-in voice stays."""
_CLOSE_WORDS = 3
"""how far before a name a "not" still means it"""


class Voice(StrEnum):
    """A voice that can be chosen."""

    ONLINE = "online"
    LOCAL = "local"
    BUILT_IN = "built_in"


ENGINES = {Voice.ONLINE: "edge", Voice.LOCAL: "kokoro", Voice.BUILT_IN: "espeak"}
"""the engine of each"""


class Step(StrEnum):
    """How far the question is."""

    ASKED = "asked"
    CONFIRMING = "confirming"
    """the local voice is wished; the download wants a yes"""
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Question:
    """The question on its way to an answer."""

    asked_at: float
    download_bytes: int
    """how large the local voice is; 0: it is here already"""
    step: Step = Step.ASKED
    chosen: Voice | None = None
    answered: bool = False
    """whether the user decided; otherwise silence did"""

    @property
    def downloads(self) -> bool:
        """Whether the local voice is to be fetched now: it was wished, and the download had its yes."""
        return self.step is Step.SETTLED and self.chosen is Voice.LOCAL and self.download_bytes > 0


def ask(now: float, download_bytes: int) -> Question:
    """The question begins."""
    return Question(now, max(0, download_bytes))


def question(asked: Question) -> str:
    """What is said, and shown, at this step; "" when nothing is open."""
    if asked.step is Step.CONFIRMING:
        return f"That voice is a download of {size(asked.download_bytes)}, once. Shall I fetch it? Yes or no?"
    if asked.step is Step.SETTLED:
        return ""
    local = f"a download of {size(asked.download_bytes)}, once" if asked.download_bytes else "it is here already"
    return (
        "Which voice shall I have? "
        "One: a natural one, online; then my sentences leave this computer. "
        f"Two: a natural one on this computer; {local}. "
        "Three: the built-in one that you hear now. Say one, two or three."
    )


def heard_answer(asked: Question, text: str, now: float) -> tuple[Question, bool]:
    """The state after something the user said, and whether it was an answer (else it is for her to reply to)."""
    asked = after(asked, now)
    if asked.step is Step.SETTLED:
        return asked, False
    if asked.step is Step.CONFIRMING:
        return _confirmed(asked, text, now)
    chosen = meaning(text)
    if chosen is None:
        return asked, False
    if chosen is Voice.LOCAL and asked.download_bytes and not _agrees_to_download(text):
        return replace(asked, asked_at=now, step=Step.CONFIRMING, chosen=chosen), True
    return _settled(asked, chosen), True


def after(asked: Question, now: float) -> Question:
    """The state when time has passed: unanswered for long, the built-in voice stays and nothing is downloaded."""
    if asked.step is Step.SETTLED or now < asked.asked_at + PATIENCE_SECONDS:
        return asked
    return replace(asked, step=Step.SETTLED, chosen=Voice.BUILT_IN, answered=False)


def meaning(text: str) -> Voice | None:
    """Which voice the words mean; None: none, or not clearly one."""
    words = _words(text)
    named, refused = set[Voice](), set[Voice]()
    for voice, names in _NAMES.items():
        for place in _places(words, names):
            (refused if _NOT & set(words[max(0, place - _CLOSE_WORDS) : place]) else named).add(voice)
    named -= refused
    if len(named) == 1:
        return named.pop()
    if named or refused:
        left = set(Voice) - refused
        return left.pop() if not named and len(left) == 1 else None
    if len(words) <= _SHORT_ANSWER:
        return next((_NUMBERS[word] for word in words if word in _NUMBERS), None)
    return None


def yes_or_no(text: str) -> bool | None:
    """Whether the words agree; None: neither."""
    words = set(_words(text))
    if words & _NO:
        return False
    return True if words & _YES else None


def size(count: int) -> str:
    """A number of bytes as one says it: "340 MB", "1.2 GB"."""
    if count >= 1_000_000_000:
        return f"{count / 1e9:.1f} GB"
    return f"{max(1, round(count / 1e6))} MB"


_NAMES: dict[Voice, tuple[tuple[str, ...], ...]] = {
    Voice.ONLINE: (
        ("online",), ("on", "line"), ("edge",), ("internet",), ("cloud",), ("web",), ("microsoft",), ("first",),
        ("number", "one"), ("option", "one"), ("voice", "one"),
    ),
    Voice.LOCAL: (
        ("local",), ("locally",), ("kokoro",), ("download",), ("offline",), ("second",), ("this", "computer"),
        ("my", "computer"), ("this", "machine"), ("my", "machine"), ("number", "two"), ("option", "two"),
        ("voice", "two"), ("middle",),
    ),
    Voice.BUILT_IN: (
        ("built", "in"), ("builtin",), ("build", "in"), ("espeak",), ("third",), ("last", "one"), ("this", "one"),
        ("this", "voice"), ("current",), ("robot",), ("plain",), ("default",), ("hear", "now"), ("keep", "it"),
        ("keep", "yours"), ("whatever",), ("any",), ("skip",), ("neither",), ("none",), ("number", "three"),
        ("option", "three"), ("voice", "three"), ("don't", "care"), ("dont", "care"), ("at", "once"),
    ),
}  # fmt: skip
_NUMBERS = {
    "one": Voice.ONLINE, "1": Voice.ONLINE, "won": Voice.ONLINE, "two": Voice.LOCAL, "2": Voice.LOCAL,
    "to": Voice.LOCAL, "too": Voice.LOCAL, "three": Voice.BUILT_IN, "3": Voice.BUILT_IN, "tree": Voice.BUILT_IN,
    "free": Voice.BUILT_IN,
}  # fmt: skip
"""also as a small recogniser mishears them"""
_SHORT_ANSWER = 4
_NOT = frozenset({"not", "no", "don't", "dont", "never", "without", "isn't"})
_YES = frozenset(
    "yes yeah yep yup sure ok okay please go ahead do fine alright right absolutely certainly definitely fetch "
    "download".split()
)
_NO = frozenset("no nope nah not don't dont never stop cancel later wait".split())


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:'[^\W_]+)?", text[:400].lower().replace("’", "'"))


def _places(words: list[str], names: tuple[tuple[str, ...], ...]) -> list[int]:
    """Where one of the names stands."""
    return [at for at in range(len(words)) for name in names if tuple(words[at : at + len(name)]) == name]


def _agrees_to_download(text: str) -> bool:
    return "download" in _words(text) and meaning(text) is Voice.LOCAL


def _confirmed(asked: Question, text: str, now: float) -> tuple[Question, bool]:
    other = meaning(text)
    if other is not None and other is not Voice.LOCAL:
        return _settled(asked, other), True
    agrees = yes_or_no(text)
    if agrees is None:
        return asked, False
    if agrees:
        return _settled(asked, Voice.LOCAL), True
    return replace(asked, asked_at=now, step=Step.ASKED, chosen=None), True


def _settled(asked: Question, chosen: Voice) -> Question:
    return replace(asked, step=Step.SETTLED, chosen=chosen, answered=True)
