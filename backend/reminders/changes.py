"""What the user wants of reminders that there are: to cancel, move or repeat one, or to hear which there are.

Pure. Sentences come without what opens and closes them; `sentences` sees to that.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

from backend.reminders.errand import cleaned
from backend.reminders.wishes import Again, Cancel, Listing, Move, Unclear, Wish
from backend.storage.reminders import Kind
from backend.times.pieces import LAPSE, Lapse, When, lapse, when_at
from backend.times.resolve import ImpossibleTimeError, resolve

SNOOZE = timedelta(minutes=10)
"""A reminder that is put off without a time."""
_I = re.IGNORECASE
_THINGS = r"(?P<things>reminders?|timers?|alarms?|count\s?downs?)"
_WHOSE = r"(?:(?:my|the|that|this|every|those|your)\s+)?"
_ABOUT = (
    r"(?:\s+(?:to|about|for|of|that\s+says|called|named|which\s+says)\s+(?P<of>.+?)|\s+(?P<at>(?:at|on|in)\s+.+?))?"
)
_NUMBER = r"(?:\s+(?:number\s+|no\.?\s*|nr\.?\s*|#\s*)?(?P<number>\d{1,9}))"
_CANCELS = (
    r"(?:cancel|delete|remove|drop|clear|stop|undo|forget(?:\s+about)?|turn\s+off|switch\s+off|get\s+rid\s+of|"
    r"never\s+mind)"
)
_CANCEL = re.compile(
    rf"{_CANCELS}\s+(?P<all>all\s+)?(?:of\s+)?{_WHOSE}(?:(?P<what>\S.*?)\s+)?{_THINGS}(?:{_NUMBER}|{_ABOUT})$",
    _I | re.DOTALL,
)
_CANCEL_LATEST = re.compile(r"(?:undo|undo\s+(?:that|it|this)|cancel\s+(?:that|it|this)|scratch\s+that)", _I)
_NO_MORE = re.compile(
    r"(?:(?:you\s+)?(?:don['’]?t|do\s+not|needn['’]?t)\s+(?:(?:have|need)\s+to\s+)?remind\s+me|"  # noqa: RUF001
    r"stop\s+reminding\s+me)\s+(?:to|about|of|that)\s+(?P<what>.+?)(?:\s+(?:any\s?more|any\s+longer|now|again))?$",
    _I | re.DOTALL,
)
_LATEST = frozenset(("last", "latest", "previous", "newest", "most recent"))
_NEXT = frozenset(("next", "upcoming"))
_LISTS = (
    rf"(?:what|which)\s+(?:are\s+)?(?:my\s+|the\s+|all\s+)*{_THINGS}(?:\s+(?:do|did|have|are|is|will)\b.*)?",
    rf"what(?:['’]?s|\s+is)\s+on\s+my\s+(?:list\s+of\s+)?{_THINGS}(?:\s+list)?",  # noqa: RUF001
    rf"(?:show|list|tell|read|give)\s+(?:me\s+)?(?:all\s+)?(?:of\s+)?{_WHOSE}(?:active\s+|open\s+)?{_THINGS}",
    rf"(?:do\s+i\s+have|have\s+i|are\s+there|is\s+there)\s+(?:set\s+)?(?:any\s+|an?\s+)?{_THINGS}.*",
    rf"(?:my|any)\s+{_THINGS}",
    rf"when(?:['’]?s|\s+(?:is|does|do|are|will))\s+(?:my|the)\s+(?:next\s+)?{_THINGS}\b.*",  # noqa: RUF001
    rf"how\s+(?:long|much\s+time)\b.*\b{_THINGS}\b.*",
)
_LISTINGS = tuple(re.compile(pattern, _I | re.DOTALL) for pattern in _LISTS)
_TIME_LEFT = re.compile(r"how\s+(?:much\s+time|long)\s+(?:is|do\s+i\s+have)\s+left", _I)
_MOVE = re.compile(
    rf"(?:move|change|reschedule|postpone|push(?:\s+back)?|delay|shift|put\s+off)\s+{_WHOSE}"
    rf"(?:(?P<what>\S.*?)\s+)?{_THINGS}(?:{_NUMBER}|\s+(?:to|about|for)\s+(?P<of>(?!(?:at\s+)?\d).+?))?"
    rf"(?:(?:\s+back)?\s+(?:by|for)\s+(?P<lapse>{LAPSE})|\s+(?:to|until|till|for)\s+(?P<when>.+))$",
    _I | re.DOTALL,
)
_SNOOZE = re.compile(
    rf"snooze(?:\s+(?:it|that|this|(?:the|my)\s+(?:reminder|alarm|timer)))?(?:\s+for)?(?:\s+(?P<lapse>{LAPSE}))?", _I
)
_AGAIN = re.compile(r"remind\s+me\s+(?:again|once\s+more|of\s+(?:that|it)\s+again)\s*,?\s*", _I)


def change(said: str, now: datetime, zone: tzinfo | None) -> Wish | None:
    """What this sentence wants of those that there are; None where it wants nothing of them."""
    return _again(said, now, zone) or _move(said, now, zone) or _cancel(said) or _listing(said)


def _again(said: str, now: datetime, zone: tzinfo | None) -> Wish | None:
    if match := _SNOOZE.fullmatch(said):
        found = lapse(match["lapse"]) if match["lapse"] else None
        return Again(now + (_span(found) if found else SNOOZE), gently=True)
    match = _AGAIN.match(said)
    found_at = when_at(said, match.end()) if match else None
    if found_at is None or found_at[1] != len(said):
        return None
    try:
        return Again(resolve(found_at[0], now, zone))
    except ImpossibleTimeError as error:
        return Unclear(Kind.REMINDER, "", str(error))


def _move(said: str, now: datetime, zone: tzinfo | None) -> Wish | None:
    match = _MOVE.fullmatch(said)
    if match is None:
        return None
    which = _which(match["things"].lower(), match["of"] or match["what"] or "", match["number"])
    if match["lapse"]:
        found = lapse(match["lapse"])
        return Move(which, later=_span(found)) if found else None
    if which.kind is Kind.TIMER and re.fullmatch(LAPSE, match["when"], _I):
        found = lapse(match["when"])
        return Move(which, to=now + _span(found)) if found else None
    meant = when_at(match["when"], 0, bare=True) or when_at(f"at {match['when']}", 0)
    if meant is None:
        return None
    try:
        return Move(which, to=resolve(meant[0], now, zone, early=which.kind is Kind.ALARM))
    except ImpossibleTimeError as error:
        return Unclear(which.kind or Kind.REMINDER, which.what, str(error))


def _cancel(said: str) -> Wish | None:
    if _CANCEL_LATEST.fullmatch(said):
        return Cancel(None, latest=True, gently=True)
    if match := _NO_MORE.fullmatch(said):
        return Cancel(None, cleaned(match["what"]), gently=True)
    match = _CANCEL.fullmatch(said)
    if match is None:
        return None
    things, what = match["things"].lower(), match["of"] or match["what"] or ""
    everything = bool(match["all"]) or (things.endswith("s") and not what and not match["at"])
    if everything and not what:
        return Cancel(_kind(things, everything=True), everything=True)
    return _which(things, what, match["number"], match["at"] or "", several=things.endswith("s") or bool(match["all"]))


def _which(things: str, what: str, number: str | None = None, at: str = "", *, several: bool = False) -> Cancel:
    kind = _kind(things, everything=several)
    if number:
        return Cancel(kind, number=int(number))
    if what.lower() in _LATEST:
        return Cancel(kind, latest=True)
    when = _time(at) or _time(what)
    if when is not None or what.lower() in _NEXT:
        return Cancel(kind, when=when or When())
    return Cancel(kind, cleaned(" ".join(part for part in (what, at) if part)))


def _time(words: str) -> When | None:
    """The time that these words are, all of them: `at six`, `tomorrow`, `tomorrow's`, `7 o'clock`."""
    words = re.sub(r"['’]s$", "", words.strip())  # noqa: RUF001
    found = when_at(words, 0) if words else None
    if found is None or found[1] != len(words) or (found[0].lapse is not None and not words.lower().startswith("in ")):
        return None
    return found[0]


def _listing(said: str) -> Wish | None:
    for pattern in _LISTINGS:
        if match := pattern.fullmatch(said):
            return Listing(_kind(match["things"].lower(), everything=True))
    return Listing(Kind.TIMER, gently=True) if _TIME_LEFT.fullmatch(said) else None


def _kind(things: str, *, everything: bool) -> Kind | None:
    """`reminders` are all of them; a single reminder is none that rings."""
    if things.startswith("reminder"):
        return None if everything else Kind.REMINDER
    return Kind.ALARM if things.startswith("alarm") else Kind.TIMER


def _span(found: Lapse) -> timedelta:
    return timedelta(days=found.days + 30 * found.months, seconds=found.seconds)
