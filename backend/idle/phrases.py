"""What the user's words mean for speaking up: a goodbye, being waved away, something to come back to.

Pure, and careful: only a short message that says nothing else counts, since a wish that was not meant silences her.
"""

from __future__ import annotations

import re

MOST_CHARS, MOST_WORDS = 120, 9

_LEAVE_ALONE = (
    "not now", "not (right|just) now", "maybe later", "later", "(some other|another) time",
    "(just )?leave me (alone|be|in peace)", "go away", "(do not|don't) (disturb|bother|interrupt) me( now| right now)?",
    "(be|stay|keep) quiet", "quiet", "hush", "shush", "shh+", "silence", "shut up",
    "(i'm|im|i am) (busy|working|concentrating|in a meeting|in a call|on the phone)( now| right now)?",
    "(do not|don't) (talk|speak)( to me)?( now| right now)?", "stop (it|that|talking|bothering me|interrupting me)",
    "let me (work|think|focus|concentrate)", "i need (some )?(quiet|silence|to focus|to concentrate)",
)  # fmt: skip
_QUIET = (
    "(do not|don't) (disturb|bother|interrupt)( me)?( now| right now)?", "(be|stay|keep) (quiet|silent)",
    "leave me (alone|be|in peace)", "(do not|don't) (talk|speak)( to me)?( now| right now)?",
    "let me (work|think|focus|concentrate)", "i need (some )?(quiet|silence|peace)( and quiet)?", "go away", "shut up",
    "stop (talking|bothering me|interrupting me)", "no (more )?(interruptions|remarks|disturbances)",
)  # fmt: skip
"""These mean it at any time; the others of `_LEAVE_ALONE` may be an answer to something else."""
_END = r"(?P<end>(?:until|till?|for|today|tonight|tomorrow|this (?:morning|afternoon|evening))\b.{0,40}?)"
_GOODBYE = (
    "(good ?)?bye( ?bye)?", "good ?night", "night night", "see (you|ya)( later| tomorrow| soon| around| then)?",
    "so long", "farewell", "ttyl", "talk to you (later|tomorrow|soon)", "until (tomorrow|later|next time)",
    "(i'm|im|i am) (off|leaving|off to bed|going out|going home|done for today)( now)?",
    "(i'm|im|i am) going to (bed|sleep)( now)?", "(i )?(have to|gotta|got to|must|need to) (go|leave|run)( now)?",
    "have a (good|nice) (night|evening|day|one)",
)  # fmt: skip
_LATER = "(later|today|tomorrow|tonight|afterwards|this (morning|afternoon|evening)|another time)"
_OPEN = (
    rf"(i'll|i will|let me) (tell|show|explain|finish) (you|this|that|it)[^.!?]{{0,40}}\b{_LATER}",
    rf"(let's|we'll|we will|we can|we should) (talk|continue|go on|finish)[^.!?]{{0,40}}\b{_LATER}",
    "to be continued", "wish me luck", "keep your fingers crossed", "ask me (again )?(later|tomorrow)( how| about)?",
    rf"i('ve got| have) (an? )?(exam|interview|test|presentation|date|appointment)\b[^.!?]{{0,30}}\b{_LATER}",
)  # fmt: skip
_BEFORE = r"(?:(?:please|hey|oh|no|okay|ok|well|so|alright|thanks|thank you|alisa),? )*"
_AFTER = r"(?:,? (?:alisa|dear|please|okay|ok|thanks|thank you|for now|for today|then))*"


def _whole(phrases: tuple[str, ...]) -> re.Pattern[str]:
    one = "|".join(phrases)
    return re.compile(f"{_BEFORE}(?:{one})(?:,? (?:and )?(?:{one}))*{_AFTER}")


_WANTING = _whole(_QUIET)
_LASTING = re.compile(f"{_BEFORE}(?:{'|'.join(_QUIET)}|not now|i(?:'m| am) (?:very )?busy)(?:,? and)? {_END}{_AFTER}")
_WAVING, _LEAVING = _whole(_LEAVE_ALONE), _whole(_GOODBYE)
_ANNOUNCING = re.compile(rf"\b(?:{'|'.join(_OPEN)})\b")


def waves_away(text: str) -> bool:
    """Does the user want to be left alone? `not now`, `leave me alone`, `be quiet until six` …"""
    return _all_of_it(_WAVING, text) or bool(quiet_until(text))


def wants_quiet(text: str) -> bool:
    """Does the user want her to be quiet, whether or not she has just said something? `be quiet`, `leave me alone` …"""
    return _all_of_it(_WANTING, text)


def quiet_until(text: str) -> str:
    """The words that say until when or for how long she is to be quiet: `until six`, `for two hours`; empty: none."""
    if len(text) > MOST_CHARS:
        return ""
    found = _LASTING.fullmatch(_plain(text).strip(" .!"))
    return found["end"].strip() if found else ""


def says_goodbye(text: str) -> bool:
    """Does the user take their leave? `bye`, `good night`, `see you tomorrow` …"""
    return _all_of_it(_LEAVING, text)


def leaves_open(text: str) -> bool:
    """Does the user announce something that one may ask about later?"""
    return len(text) <= 500 and _ANNOUNCING.search(_plain(text)) is not None


def _all_of_it(pattern: re.Pattern[str], text: str) -> bool:
    """Whether every sentence of a short message means this."""
    if len(text) > MOST_CHARS:
        return False
    parts = [part.strip(" ,-*()~") for part in re.split(r"[.!?…;\n]+", text)]
    parts = [_plain(part) for part in parts if any(char.isalpha() for char in part)]
    return bool(parts) and all(len(part.split()) <= MOST_WORDS and pattern.fullmatch(part) for part in parts)


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2019", "'").replace("-", " ").casefold().split())
