"""What the user wants of reminders, read from a sentence of theirs; above all, to set one.

Pure. Only sentences that begin with a request are read as one; anything else is conversation. Which moment a time
means is `times.resolve`'s business; what is wanted of those that there are stands in `changes`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from backend.reminders.changes import change
from backend.reminders.errand import cleaned, unclosed
from backend.reminders.wishes import Remind, Unclear, Wish
from backend.storage.reminders import Kind
from backend.times.numbers import WORD
from backend.times.pieces import LAPSE, When, lapse, when_at
from backend.times.resolve import ImpossibleTimeError, resolve

_MAX_SENTENCE_CHARS = 600
"""nobody asks for a reminder in a longer one; reading stays quick whatever is pasted"""
_MAX_SENTENCES = 12

_I = re.IGNORECASE
_LEAD = re.compile(
    r"(?:(?:hey|hi|hello|ok|okay|so|and|oh|well|please|also|then|now|thanks|great|alisa|yes|no)\b[\s,!.]+|\w+,\s+(?=\w))*"
    r"(?:(?:can|could|would|will)\s+you\s+(?:please\s+)?|(?:can|could|may)\s+i\s+(?:please\s+)?(?:get|have)\s+|"
    r"i(?:\s+want|\s+need|(?:\s+would|['’]?d)\s+like)\s+you\s+to\s+|"  # noqa: RUF001
    r"you\s+(?:should|must|have\s+to)\s+)?(?:please\s+)?",
    _I,
)
_SET = r"(?:set|start|make|create|add|put\s+on|give\s+me|i\s+need|i\s+want|i(?:\s+would|['’]?d)\s+like|run)"  # noqa: RUF001
_REMIND = re.compile(
    r"(?:remind\s+me(?:\s+again)?|(?:don['’]?t|do\s+not|never)\s+let\s+me\s+forget|"  # noqa: RUF001
    rf"{_SET}\s+(?:me\s+)?(?:up\s+)?(?:an?(?:other)?\s+)?reminder(?:\s+for\s+me)?|"
    r"(?:i\s+want|i\s+need|i(?:\s+would|['’]?d)\s+like)\s+to\s+be\s+reminded|"  # noqa: RUF001
    r"(?:an?\s+)?(?:new\s+)?reminder\b(?=\s*[:,]|\s+(?:in|at|to|for|on|tomorrow|tonight)\b))(?P<rest>.*)$",
    _I | re.DOTALL,
)
_TELL = re.compile(
    r"(?:(?P<tell>tell\s+me)|let\s+me\s+know|(?:ping|nudge|alert|notify|warn|poke)\s+me)\s+(?P<rest>.+)$",
    _I | re.DOTALL,
)
_WAKE = re.compile(
    r"(?:wake\s+me(?:\s+up)?|(?:set|make|put\s+on|i\s+need)\s+(?:me\s+)?(?:an?\s+|the\s+|my\s+)?alarm(?:\s+clock)?|alarm)"
    r"\s*(?P<rest>.*)$",
    _I | re.DOTALL,
)
_CLOCK = r"(?:timer|count\s?down)"
_WHICH = r"(?:an?(?:other)?\s+|the\s+|my\s+|new\s+)*"
_NAME = r"[^\W\d][\w'-]*(?:\s+[^\W\d][\w'-]*){0,2}?"
_TIMER = re.compile(
    rf"(?:{_SET}\s+(?:me\s+)?)?{_WHICH}"
    rf"(?:(?P<before>{LAPSE})\s*-?\s*(?:(?P<name>{_NAME})\s+)?{_CLOCK}|{_CLOCK}\s*(?:for|of|:|,|to|in)?\s*(?P<after>{LAPSE}))"
    rf"(?:\s*,?\s*(?:for|to|until|that\s+says|called|named)\s+(?P<text>.+))?$",
    _I | re.DOTALL,
)
_NAMED_TIMER = re.compile(
    rf"(?:{_SET}\s+(?:me\s+)?)?{_WHICH}(?:(?P<name>{_NAME})\s+{_CLOCK}|{_CLOCK}\s+(?:for|called|named)\s+(?P<text>{_NAME}))"
    rf"\s*,?\s*(?:for|of|to)\s+(?P<after>{LAPSE})$",
    _I,
)
_TIMED = re.compile(rf"(?:time|count(?:\s+down)?)\s+(?:me\s+)?(?P<after>{LAPSE})(?:\s+for\s+me)?$", _I)
_BARE_TIMER = re.compile(rf"{_SET}\s+(?:me\s+)?{_WHICH}{_CLOCK}(?P<number>\s+(?:for|of|to)\s+[\d:.]+)?$", _I)
_LATER = re.compile(
    r"\s*,?\s*(?:please\s+)?(?:(?P<wake>wake\s+me(?:\s+up)?)|remind\s+me|tell\s+me)\b(?P<rest>.*)$", _I | re.DOTALL
)
_I_HAVE_TO = re.compile(
    r"\s*,?\s*(?P<rest>i\s+(?:have\s+to|must|need\s+to|should|gotta|have\s+got\s+to)\s+.+?)\s*[,;.:–-]?\s*"  # noqa: RUF001
    r"(?:so\s+|and\s+)?(?:please\s+|can\s+you\s+|could\s+you\s+)*remind\s+me\b.*$",
    _I | re.DOTALL,
)
_OFTEN_FIRST = re.compile(
    r"(?:every|each)\s.{1,60}?\b(?:remind|wake|tell)\s+me\b(?:\s+up\b)?(?P<rest>.*)$", _I | re.DOTALL
)
_ONLY_REMIND = re.compile(r"(?:please\s+|can\s+you\s+|could\s+you\s+)*remind\s+me(?:\s+please)?\W*", _I)
_TO = re.compile(r"(?:\s*[,:;–-]\s*|\s+)*(?:to|that|about|of)\s+", _I)  # noqa: RUF001
_QUESTION = re.compile(r"\s*(?:what|who|whom|whose|why|how|where|which|if|whether|when|your|again|of\s+what)\b", _I)
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?<!\b[ap]\.)(?<!\b[ap]\.m\.)(?!(?<=\d\.)\s+(?-i:[a-z]))\s+(?=\S)|\n+", _I)
"""not after `5 p.m.`, and not after the `24.12.` of a sentence that goes on"""
_MENTIONED = re.compile(
    r"remind|time|alarm|count|wake|tell|forget|let me know|ping|nudge|alert|notify|warn|poke|snooze|undo|cancel|"
    r"scratch|how long",
    _I,
)
"""one of these is in every wish: most of what is said need not be read any further"""
_AND_ALSO = re.compile(
    r",?\s+and\s+(?:also\s+|then\s+)*(?:remind\s+me\s+)?"
    r"(?=(?:to|in|at|on|tomorrow|tonight|next|this)\s|\d{1,2}(?::\d\d)?\s?[ap]m\b)",
    _I,
)
_UNSAID = re.compile(
    rf"\b(?:\d{{1,3}}|an?|{WORD})\s+(?P<unit>hours?|hrs?|minutes?|mins?)\s+(?:and\s+)?\d{{1,2}}(?=$|\s+(?:to|for|please)\b)",
    _I,
)
_SOME_TIME = re.compile(r"\s*(?:a\s+(?:bit|little)\s+)?(?:later(?:\s+on)?|soon|some\s?time|another\s+time)\s*", _I)
REPEATS = "Reminders that repeat are not there yet; one can be set for the next time."
_AGAIN_AND_AGAIN = re.compile(r"\b(?:every|each)\s+\w+|\b(?:hourly|daily|weekly|monthly|weekdays)\b", _I)


def understand(text: str, now: datetime, zone: tzinfo | None) -> list[Wish]:
    """Every wish of this message, in order; none for anything that is no request about reminders."""
    if not _MENTIONED.search(text):
        return []
    sentences = _joined(_SENTENCE_END.split(text)[:_MAX_SENTENCES])
    return [wish for sentence in sentences for wish in _wishes(sentence.strip(), now, zone)]


def _joined(sentences: list[str]) -> list[str]:
    """`I have to leave at six. Please remind me!` is one sentence; a page without an end is none."""
    found: list[str] = []
    for sentence in sentences:
        if found and _ONLY_REMIND.fullmatch(sentence):
            found[-1] = f"{unclosed(found[-1])}, remind me"
        else:
            found.append(sentence)
    return [each for each in found if len(each) <= _MAX_SENTENCE_CHARS]


def set_by(text: str, now: datetime, zone: tzinfo | None) -> Remind | Unclear:
    """The same for words that are known to describe a reminder: `at six to call the dentist`, `timer 5 minutes`."""
    words = text.strip()
    for wish in understand(words, now, zone):
        if isinstance(wish, Remind | Unclear):
            return wish
    found = _wish(f"remind me {words}", now, zone)
    if isinstance(found, Remind | Unclear):
        return found
    return Unclear(Kind.REMINDER, cleaned(words), "It does not say when.")


def _wishes(sentence: str, now: datetime, zone: tzinfo | None) -> list[Wish]:
    """Mostly one; two in `remind me at six to eat and at seven to sleep`, where each half is whole by itself."""
    for and_also in _AND_ALSO.finditer(sentence):
        first = _wish(sentence[: and_also.start()], now, zone)
        second = _wish(f"remind me {sentence[and_also.end() :]}", now, zone)
        if isinstance(first, Remind) and first.kind is Kind.REMINDER and isinstance(second, Remind):
            return [replace(first, text=first.text or second.text), second]
    found = _wish(sentence, now, zone)
    return [found] if found is not None else []


def _wish(sentence: str, now: datetime, zone: tzinfo | None) -> Wish | None:
    lead = _LEAD.match(sentence)
    said = _spelled(unclosed(sentence[lead.end() if lead else 0 :]).strip())
    if not said:
        return None
    for read in (change, _timer, _errand_first, _remind, _wake, _tell, _when_first):
        wish = read(said, now, zone)
        if wish is not None:
            return wish
    return None


def _spelled(said: str) -> str:
    """`1 hour 30` with the unit that goes without saying."""

    def unit(match: re.Match[str]) -> str:
        return f"{match[0]} {'minutes' if match['unit'][0] in 'hH' else 'seconds'}"

    return _UNSAID.sub(unit, said)


# --- setting one -------------------------------------------------------------------------------------


def _timer(said: str, now: datetime, _zone: tzinfo | None) -> Wish | None:
    match = _TIMER.fullmatch(said) or _NAMED_TIMER.fullmatch(said) or _TIMED.fullmatch(said)
    if match is None:
        return _without_length(said)
    groups = match.groupdict()
    found = lapse(groups.get("before") or groups["after"])
    if found is None or found.months or found.days > 7:
        return Unclear(Kind.TIMER, "", "A timer is for at least a second and at most a week.")
    due = now + timedelta(days=found.days, seconds=found.seconds)
    return Remind(Kind.TIMER, cleaned(groups.get("text") or groups.get("name") or ""), due)


def _without_length(said: str) -> Wish | None:
    match = _BARE_TIMER.fullmatch(said)
    if match is None:
        return None
    missing = "whether that is minutes or hours" if match["number"] else "how long"
    return Unclear(Kind.TIMER, "", f"It does not say {missing}.")


def _errand_first(said: str, now: datetime, zone: tzinfo | None) -> Wish | None:
    """`I have to leave in ten minutes, remind me`."""
    match = _I_HAVE_TO.match(said)
    found = _inside(match["rest"], anywhere=False) if match else None
    return _due(Kind.REMINDER, found[0], found[1], now, zone) if found else None


def _remind(said: str, now: datetime, zone: tzinfo | None) -> Wish | None:
    match = _REMIND.match(said)
    if match is None:
        return None
    rest = match["rest"]
    opening = re.match(r"(?:\s*[:,]\s*|\s+)(?:for\s+(?=\S))?", rest)
    if opening is None:
        return Unclear(Kind.REMINDER, "", "It does not say of what, or when.") if not rest.strip() else None
    start = opening.end()
    first = when_at(rest, start, bare=opening[0].lower().strip() == "for")
    if first is None and re.fullmatch(LAPSE, rest[start:], _I):  # `remind me 10 minutes`
        first = when_at(f"in {rest[start:]}", 0)
        return _due(Kind.REMINDER, first[0], "", now, zone) if first else None
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
    if _SOME_TIME.fullmatch(rest):
        return Unclear(Kind.REMINDER, "", "I do not know when that is.")
    errand = re.search(r"(?:^|\s)(?:to|that)\s+(?=\w)", rest, _I)
    if errand is None:
        return None
    again = _AGAIN_AND_AGAIN.search(rest)
    problem = REPEATS if again else "It does not say when."
    if errand.start() > 0 and not again:
        problem = "I do not know when that is."
    return Unclear(Kind.REMINDER, cleaned(text or rest[errand.end() :]), problem)


def _wake(said: str, now: datetime, zone: tzinfo | None) -> Wish | None:
    match = _WAKE.match(said)
    if match is None:
        return None
    opening = re.match(r"(?:for\s+|to\s+(?=\d)|at\s+(?=noon|midnight))?", match["rest"], _I)
    found = when_at(match["rest"], opening.end() if opening else 0, bare=True)
    if found is None:
        if _AGAIN_AND_AGAIN.search(match["rest"]):
            return Unclear(Kind.ALARM, "", REPEATS)
        if re.match(r"(?:at|in|by|for|around)\s", match["rest"], _I):
            return Unclear(Kind.ALARM, "", "I do not know when that is.")
        starts = re.match(r"(?:wake|set|make|i\s+need)", said, _I)
        return Unclear(Kind.ALARM, "", "It does not say when.") if starts and not match["rest"].strip() else None
    return _of_two(Kind.ALARM, found[0], match["rest"][found[1] :], now, zone)


def _tell(said: str, now: datetime, zone: tzinfo | None) -> Wish | None:
    """`tell me in ten minutes to …`, `let me know at six`: only where a time follows at once."""
    match = _TELL.match(said)
    found = when_at(match["rest"], 0) if match else None
    if match is None or found is None:
        return None
    errand, (when, _) = match["rest"][found[1] :], found
    if errand.strip():
        wanted = bool(_TO.match(errand) if when.exact else re.match(r"\s*,?\s*to\s", errand, _I))
    else:
        wanted = when.lapse is not None or (match["tell"] is None and when.clock is not None)
    return _of_two(Kind.REMINDER, when, errand, now, zone) if wanted else None


def _when_first(said: str, now: datetime, zone: tzinfo | None) -> Wish | None:
    """`in half an hour tell me to …`, `at six I have to call the dentist, remind me`."""
    found = when_at(said, 0)
    if found is None:
        match = _OFTEN_FIRST.match(said)
        return Unclear(Kind.REMINDER, cleaned(match["rest"]), REPEATS) if match else None
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
        return Remind(kind, cleaned(text), resolve(when, now, zone, early=kind is Kind.ALARM))
    except ImpossibleTimeError as error:
        return Unclear(kind, cleaned(text), str(error))
