"""What the user wants of reminders, read from a sentence of theirs: to set one, to cancel, to hear which there are.

Pure. Only sentences that begin with a request are read as one; anything else is conversation. Which moment a time
means is `resolve`'s business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from backend.storage.reminders import Kind
from backend.times.pieces import LAPSE, When, lapse, when_at
from backend.times.resolve import ImpossibleTimeError, resolve

MAX_TEXT_CHARS = 300
_MAX_SENTENCE_CHARS = 600
"""nobody asks for a reminder in a longer one; reading stays quick whatever is pasted"""
_MAX_SENTENCES = 12


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants."""


@dataclass(frozen=True, slots=True)
class Remind(Wish):
    """To be told this then."""

    kind: Kind
    text: str
    """the user's own words; may be empty"""
    due: datetime


@dataclass(frozen=True, slots=True)
class Unclear(Wish):
    """To be told this, but the time was not said, or there is none such."""

    kind: Kind
    text: str
    problem: str
    """in words for the user"""


@dataclass(frozen=True, slots=True)
class Cancel(Wish):
    """To be told of something no more."""

    kind: Kind | None
    """None: whatever it is"""
    what: str = ""
    """words of it; empty: the one that there is"""
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Listing(Wish):
    """To hear what there is."""

    kind: Kind | None


_I = re.IGNORECASE
_LEAD = re.compile(
    r"(?:(?:hey|hi|hello|ok|okay|so|and|oh|well|please|also|then|now|thanks|great|alisa|yes|no)\b[\s,!.]+|\w+,\s+(?=\w))*"
    r"(?:(?:can|could|would|will)\s+you\s+(?:please\s+)?|i(?:\s+want|\s+need|(?:\s+would|['’]?d)\s+like)\s+you\s+to\s+|"  # noqa: RUF001
    r"you\s+(?:should|must|have\s+to)\s+)?(?:please\s+)?",
    _I,
)
_REMIND = re.compile(
    r"(?:remind\s+me(?:\s+again)?|(?:don['’]?t|do\s+not|never)\s+let\s+me\s+forget|"  # noqa: RUF001
    r"(?:set|make|create|add|give\s+me|i\s+need|i\s+want)\s+(?:me\s+)?(?:up\s+)?an?(?:other)?\s+reminder(?:\s+for\s+me)?|"
    r"(?:new\s+)?reminder\b(?=\s*[:,]|\s+(?:in|at|to|for|on|tomorrow)\b))(?P<rest>.*)$",
    _I | re.DOTALL,
)
_TELL = re.compile(r"tell\s+me\s+(?P<rest>.+)$", _I | re.DOTALL)
_WAKE = re.compile(
    r"(?:wake\s+me(?:\s+up)?|(?:set|make|i\s+need)\s+(?:me\s+)?(?:an?\s+|the\s+)?alarm(?:\s+clock)?|alarm)\s*(?P<rest>.*)$",
    _I | re.DOTALL,
)
_TIMER = re.compile(
    rf"(?:(?:set|start|make|create|add|give\s+me|i\s+need|run)\s+(?:me\s+)?(?:an?(?:other)?\s+|the\s+)?)?"
    rf"(?:(?P<before>{LAPSE})\s*-?\s*timer|timer\s*(?:for|of|:|to|in)?\s*(?P<after>{LAPSE}))"
    rf"(?:\s*,?\s*(?:for|to|until|that\s+says|called|named)\s+(?P<text>.+))?$",
    _I | re.DOTALL,
)
_BARE_TIMER = re.compile(r"(?:set|start|make|i\s+need)\s+(?:me\s+)?an?\s+timer$", _I)
_LATER = re.compile(
    r"\s*,?\s*(?:please\s+)?(?:(?P<wake>wake\s+me(?:\s+up)?)|remind\s+me|tell\s+me)\b(?P<rest>.*)$", _I | re.DOTALL
)
_I_HAVE_TO = re.compile(
    r"\s*,?\s*(?P<rest>i\s+(?:have\s+to|must|need\s+to|should)\s+.+?)\s*[,;.:–-]?\s*(?:so\s+)?(?:please\s+)?remind\s+me\b.*$",  # noqa: RUF001
    _I | re.DOTALL,
)
_THINGS = r"(?P<things>reminders?|timers?|alarms?|countdown)"
_CANCEL = re.compile(
    rf"(?:cancel|delete|remove|drop|clear|stop|forget(?:\s+about)?|turn\s+off|switch\s+off|get\s+rid\s+of|never\s+mind)\s+"
    rf"(?P<all>all\s+)?(?:of\s+)?(?:(?:my|the|that|this|every|those)\s+)?(?:(?P<what>\S.*?)\s+)?{_THINGS}"
    rf"(?:\s+(?:to|about|for|of|that\s+says|at)\s+(?P<of>.+))?$",
    _I | re.DOTALL,
)
_LISTS = (
    rf"(?:what|which)\s+(?:are\s+)?(?:my\s+|the\s+)?{_THINGS}(?:\s+(?:do|did|have|are|is|will)\b.*)?",
    rf"(?:show|list|tell|read|give)\s+(?:me\s+)?(?:all\s+)?(?:of\s+)?(?:my|the)\s+{_THINGS}",
    rf"(?:do\s+i\s+have|have\s+i|are\s+there|is\s+there)\s+(?:set\s+)?(?:any\s+|a\s+)?{_THINGS}.*",
    rf"(?:my|any)\s+{_THINGS}",
    r"how\s+(?:long|much\s+time)\s+(?:is|does|has).*\b(?P<things>timer)\b.*",
)
_LISTINGS = tuple(re.compile(pattern, _I | re.DOTALL) for pattern in _LISTS)
_OPENING = re.compile(
    r"(?:\s*[,:;–-]\s*|\s+)*(?:(?:to|that|about|of)\b\s*)?"  # noqa: RUF001
    r"(?:i\s+(?:have\s+to|must|need\s+to|should|have\s+got\s+to|gotta|want\s+to)\s+)?",
    _I,
)
_TO = re.compile(r"(?:\s*[,:;–-]\s*|\s+)*(?:to|that|about|of)\s+", _I)  # noqa: RUF001
_QUESTION = re.compile(r"\s*(?:what|who|whom|whose|why|how|where|which|if|whether|when|your|again|of\s+what)\b", _I)
_CLOSING = re.compile(r"(?:\s*[,;.!?…]+|\s+(?:please|thanks|thank\s+you|alisa|ok|okay)(?=\W*$))+\s*$", _I)
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?<!\b[ap]\.)(?<!\b[ap]\.m\.)(?!(?<=\d\.)\s+(?-i:[a-z]))\s+(?=\S)|\n+", _I)
"""not after `5 p.m.`, and not after the `24.12.` of a sentence that goes on"""
_MENTIONED = re.compile(r"remind|timer|alarm|countdown|wake|tell|forget", _I)
"""one of these is in every wish: most of what is said need not be read any further"""
_AGAIN_AND_AGAIN = re.compile(r"\b(?:every|each)\s+\w+|\b(?:hourly|daily|weekly|monthly|weekdays)\b", _I)


def understand(text: str, now: datetime, zone: tzinfo | None) -> list[Wish]:
    """Every wish of this message, in order; none for anything that is no request about reminders."""
    if not _MENTIONED.search(text):
        return []
    sentences = [part for part in _SENTENCE_END.split(text)[:_MAX_SENTENCES] if len(part) <= _MAX_SENTENCE_CHARS]
    return [wish for sentence in sentences if (wish := _wish(sentence.strip(), now, zone))]


def set_by(text: str, now: datetime, zone: tzinfo | None) -> Remind | Unclear:
    """The same for words that are known to describe a reminder: `at six to call the dentist`, `timer 5 minutes`."""
    words = text.strip()
    for wish in understand(words, now, zone):
        if isinstance(wish, Remind | Unclear):
            return wish
    found = _wish(f"remind me {words}", now, zone)
    if isinstance(found, Remind | Unclear):
        return found
    return Unclear(Kind.REMINDER, _clean(words), "It does not say when.")


def _wish(sentence: str, now: datetime, zone: tzinfo | None) -> Wish | None:
    lead = _LEAD.match(sentence)
    said = _CLOSING.sub("", sentence[lead.end() if lead else 0 :]).strip()
    if not said:
        return None
    for read in (_timer, _remind, _wake, _tell, _when_first):
        wish = read(said, now, zone)
        if wish is not None:
            return wish
    return _cancel(said) or _listing(said)


# --- setting one -------------------------------------------------------------------------------------


def _timer(said: str, now: datetime, _zone: tzinfo | None) -> Wish | None:
    match = _TIMER.fullmatch(said)
    if match is None:
        return Unclear(Kind.TIMER, "", "It does not say how long.") if _BARE_TIMER.fullmatch(said) else None
    found = lapse(match["before"] or match["after"])
    if found is None or found.months or found.days > 7:
        return Unclear(Kind.TIMER, "", "A timer is for at least a second and at most a week.")
    due = now + timedelta(days=found.days, seconds=found.seconds)
    return Remind(Kind.TIMER, _clean(match["text"] or ""), due)


def _remind(said: str, now: datetime, zone: tzinfo | None) -> Wish | None:
    match = _REMIND.match(said)
    if match is None:
        return None
    rest = match["rest"]
    opening = re.match(r"(?:\s*[:,]\s*|\s+)(?:for\s+(?=\S))?", rest)
    if opening is None:
        return Unclear(Kind.REMINDER, "", "It does not say of what, or when.") if not rest.strip() else None
    start = opening.end()
    first = when_at(rest, start)
    if _AGAIN_AND_AGAIN.match(rest, start):
        return _without_time(rest, "")
    if first is not None:
        return _of_two(Kind.REMINDER, first[0], rest[first[1] :], now, zone)
    if _QUESTION.match(rest, start - 1 if rest[start - 1 : start].isspace() else start):
        return None
    asked = _TO.match(rest)
    text = rest[asked.end() if asked else start :]
    found = _inside(text, anywhere=asked is not None)
    if found is not None:
        return _due(Kind.REMINDER, found[0], found[1], now, zone)
    return _without_time(rest, text if asked else "")


def _without_time(rest: str, text: str) -> Wish | None:
    """A wish that cannot be granted is said to be one; `remind me of my youth` is none: she will talk about it."""
    errand = re.search(r"(?:^|\s)(?:to|that)\s+(?=\w)", rest, _I)
    if errand is None:
        return None
    again = _AGAIN_AND_AGAIN.search(rest)
    problem = "Reminders that repeat are not there yet." if again else "It does not say when."
    if errand.start() > 0 and not again:
        problem = "I do not know when that is."
    return Unclear(Kind.REMINDER, _clean(text or rest[errand.end() :]), problem)


def _wake(said: str, now: datetime, zone: tzinfo | None) -> Wish | None:
    match = _WAKE.match(said)
    if match is None:
        return None
    opening = re.match(r"(?:for\s+|at\s+(?=noon|midnight))?", match["rest"], _I)
    found = when_at(match["rest"], opening.end() if opening else 0, bare=True)
    if found is None:
        starts = re.match(r"(?:wake|set|make|i\s+need)", said, _I)
        return Unclear(Kind.ALARM, "", "It does not say when.") if starts and not match["rest"].strip() else None
    return _of_two(Kind.ALARM, found[0], match["rest"][found[1] :], now, zone)


def _tell(said: str, now: datetime, zone: tzinfo | None) -> Wish | None:
    """`tell me in ten minutes to …`: only where a time follows at once, and then what to be told."""
    match = _TELL.match(said)
    found = when_at(match["rest"], 0) if match else None
    if match is None or found is None or not found[0].exact or not _TO.match(match["rest"], found[1]):
        return None
    return _of_two(Kind.REMINDER, found[0], match["rest"][found[1] :], now, zone)


def _when_first(said: str, now: datetime, zone: tzinfo | None) -> Wish | None:
    """`in half an hour tell me to …`, `at six I have to call the dentist, remind me`."""
    found = when_at(said, 0)
    if found is None:
        return None
    if match := _LATER.match(said, found[1]):
        is_told = match["wake"] or _TO.match(match["rest"]) or not match["rest"].strip()
        kind = Kind.ALARM if match["wake"] else Kind.REMINDER
        return _of_two(kind, found[0], match["rest"], now, zone) if is_told else None
    if match := _I_HAVE_TO.match(said, found[1]):
        return _due(Kind.REMINDER, found[0], match["rest"], now, zone)
    return None


def _of_two(kind: Kind, first: When, rest: str, now: datetime, zone: tzinfo | None) -> Wish:
    """A time stands first; what follows may complete it: `tomorrow to call the dentist at nine`."""
    if not first.exact and (found := _inside(rest, anywhere=False)) and (joined := first.joined(found[0])):
        return _due(kind, joined, found[1], now, zone)
    return _due(kind, first, rest, now, zone)


def _inside(text: str, *, anywhere: bool) -> tuple[When, str] | None:
    """The time that stands at the end of a text, or `anywhere` in it, and the text without it."""
    within: tuple[When, str] | None = None
    for match in re.finditer(r"(?:(?<=\s)|^)\S", text):
        found = when_at(text, match.start())
        if found is None:
            continue
        if not text[found[1] :].strip(" ,.!?;"):
            return found[0], text[: match.start()]
        if within is None and found[0].exact and not re.match(r"\w", text[found[1] :]):
            within = found[0], f"{text[: match.start()].rstrip()} {text[found[1] :].lstrip(' ,')}"
    return within if anywhere else None


def _due(kind: Kind, when: When, text: str, now: datetime, zone: tzinfo | None) -> Wish:
    try:
        return Remind(kind, _clean(text), resolve(when, now, zone, early=kind is Kind.ALARM))
    except ImpossibleTimeError as error:
        return Unclear(kind, _clean(text), str(error))


def _clean(text: str) -> str:
    """The errand itself: without what leads to it and what closes the sentence, on one line, of bounded length."""
    opening = _OPENING.match(text)
    words = _CLOSING.sub("", text[opening.end() if opening else 0 :])
    line = " ".join("".join(char if char.isprintable() else " " for char in words).split()).strip(" ,;:")
    return line if len(line) <= MAX_TEXT_CHARS else line[: MAX_TEXT_CHARS - 1] + "…"


# --- the others --------------------------------------------------------------------------------------


def _cancel(said: str) -> Wish | None:
    match = _CANCEL.fullmatch(said)
    if match is None:
        return None
    things, what = match["things"].lower(), match["of"] or match["what"] or ""
    everything = bool(match["all"]) or (things.endswith("s") and not what)
    return Cancel(_kind(things, everything=everything), _clean(what), everything=everything and not what)


def _listing(said: str) -> Wish | None:
    for pattern in _LISTINGS:
        if match := pattern.fullmatch(said):
            return Listing(_kind(match["things"].lower(), everything=True))
    return None


def _kind(things: str, *, everything: bool) -> Kind | None:
    """`reminders` are all of them; a single reminder is none that rings."""
    if things.startswith("reminder"):
        return None if everything else Kind.REMINDER
    return Kind.ALARM if things.startswith("alarm") else Kind.TIMER
