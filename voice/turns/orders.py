"""What is asked of the voice itself, and done at once without the model: stop, louder, repeat … Pure, English.

Only where the whole utterance is the order: "stop" is one, "stop the timer" and "don't stop" are not.
"""

from __future__ import annotations

from enum import Enum

from voice.turns.tokens import phrase_set, words_of


class Order(Enum):
    """What the voice is told to do."""

    STOP = "stop"
    """end this reply"""
    QUIET = "quiet"
    """say nothing more until told otherwise"""
    SPEAK = "speak"
    """she may be heard again; while she may be anyway, it is no order"""
    LOUDER = "louder"
    SOFTER = "softer"
    REPEAT = "repeat"


PHRASES: dict[Order, str] = {
    Order.STOP: (
        "stop; stop it; stop that; stop talking; stop speaking; stop there; wait stop; no stop; enough; "
        "that's enough; that is enough; cancel; cancel that; never mind; nevermind; forget it; that'll do; "
        "that will do; wait; wait a second; wait a minute; wait a moment; hold on; hang on; pause"
    ),
    Order.QUIET: (
        "quiet; be quiet; keep quiet; stay quiet; be silent; silence; hush; shush; sh; shh; shut up; mute; "
        "mute yourself; go quiet; not a word; no more talking; stay silent; quiet down"
    ),
    Order.SPEAK: (
        "unmute; unmute yourself; unmute your voice; speak; speak again; speak to me; speak to me again; "
        "talk; talk again; talk to me; talk to me again; start talking; start talking again; start "
        "speaking again; you can talk; you can talk again; you can speak; you can speak again; you may "
        "talk; you may talk again; you may speak; you may speak again; say something; say something "
        "again; sound on; voice on; use your voice; use your voice again; be heard again; not so quiet; "
        "stop being quiet; no more silence"
    ),
    Order.LOUDER: (
        "louder; speak louder; talk louder; speak up; louder voice; turn it up; turn up the volume; turn the "
        "volume up; volume up; turn up; turn yourself up; raise your voice; raise the volume; i can't hear "
        "you; i cannot hear you; i can hardly hear you; i can barely hear you; you're too quiet; you are too "
        "quiet; too quiet; more volume; make it louder; be louder"
    ),
    Order.SOFTER: (
        "softer; speak softer; speak softly; more softly; speak more softly; quieter; speak quieter; talk "
        "quieter; speak more quietly; more quietly; turn it down; turn down the volume; turn the volume down; "
        "volume down; turn down; turn yourself down; lower your voice; lower the volume; lower; not so loud; "
        "too loud; you're too loud; you are too loud; less loud; less volume; make it quieter; make it "
        "softer; be quieter; be softer; keep it down"
    ),
    Order.REPEAT: (
        "repeat; repeat that; repeat it; repeat yourself; again; once more; say that again; say it again; say "
        "again; one more time; say that once more; say that one more time; what did you say; what was that; "
        "what did you just say; come again; pardon; pardon me; i didn't catch that; i did not catch that; i "
        "didn't hear that; i didn't hear you; i missed that; i didn't get that"
    ),
}
LONGEST_WORDS = 16
"""an utterance with more is none, however polite"""
_ORDERS = {phrase: order for order, phrases in PHRASES.items() for phrase in phrase_set(phrases)}
_LEADING = phrase_set(
    "could you please; can you please; would you please; could you; can you; would you; will you; please; "
    "just; now; hey; okay; ok; oh; um; uh; er; well; so; sorry; excuse me; no; yeah; yes; alright; i "
    "said; alisa; a little; a bit; a little bit; much; even"
)
_TRAILING = phrase_set(
    "please; now; right now; a bit; a little; a little bit; a bit more; some more; for me; for a moment; "
    "for a second; for now; thanks; thank you; already; okay; ok; alisa; will you; would you; could you"
)


def order_of(text: str) -> Order | None:
    """Return the order that the whole text is, once politeness is taken off it; None where it is none."""
    tried: set[tuple[str, ...]] = set()
    words = tuple(words_of(text))
    left = [words] if len(words) <= LONGEST_WORDS else []
    while left:
        words = left.pop()
        order = _ORDERS.get(words) or _repeated(words)
        if order is not None:
            return order
        shorter = [
            *(words[len(polite) :] for polite in _LEADING if words[: len(polite)] == polite),
            *(words[: -len(polite)] for polite in _TRAILING if words[-len(polite) :] == polite),
        ]
        left += [words for words in shorter if words not in tried]
        tried.update(shorter)
    return None


def _repeated(words: tuple[str, ...]) -> Order | None:
    """The same order several times: "stop, stop"."""
    for length in range(1, len(words) // 2 + 1):
        if len(words) % length == 0 and words == words[:length] * (len(words) // length):
            return _ORDERS.get(words[:length])
    return None
