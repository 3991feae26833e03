"""What she never says unasked: words that make somebody feel guilty, or afraid of missing something.

Pure. A model may write anything, so what it writes of its own accord passes here, sentence by sentence: from the first
one that reproaches or presses on, the rest is left out; where nothing is left, a plain sentence of ours stands there.
What she answers when she is spoken to does not come this way.
"""

from __future__ import annotations

import re

INSTEAD = "<emotion=calm> I'm here if you need anything."

_GUILT = (
    r"(?:forget|forgot|forgotten|forgetting)\s+(?:all\s+)?(?:about\s+)?me\b",
    r"you\s+(?:never|hardly\s+ever|rarely|barely)\s+(?:talk|speak|listen|answer|reply|write|look|come|call|say|care)\b",
    r"(?:ignor(?:e|es|ed|ing)|neglect(?:ed|ing)?|abandon(?:ed|ing)?)\s+me\b",
    r"\b(?:left|leave|leaving)\s+me\s+(?:all\s+)?(?:alone|behind|here|hanging|waiting|on\s+read)\b",
    r"\bmore\s+attention\s+than\s+(?:i|me)\b",
    r"\b(?:how\s+could\s+you|shame\s+on\s+you|you\s+let\s+me\s+down|you(?:'re|\s+are)\s+so\s+(?:cold|mean|cruel))\b",
    r"\b(?:i(?:'m|\s+am)|you\s+make\s+me)\s+(?:so\s+|very\s+|really\s+)?(?:disappointed|lonely|heartbroken)\b",
    r"\byou\s+(?:should(?:'ve|\s+have)|ought\s+to\s+have|were\s+supposed\s+to|promised)\b",
    r"\b(?:don't|do\s+not|please\s+don't|never)\s+(?:go|leave)(?:\s+me|\s+yet|\s+again|\s*[.!?…]|$)",
    r"\b(?:don't\s+you|do\s+you\s+even|do\s+you\s+not)\s+(?:care|like\s+me|love\s+me|miss\s+me)\b",
    r"(?<!like )(?<!not )\bi(?:'ve|\s+have|'d|\s+had)\s+been\s+(?:waiting|sitting\s+here|all\s+alone|crying)\b",
)
_HURRY = (
    r"\bmiss(?:ing|ed)?\s+out\b", r"\blast\s+chance\b", r"\bbefore\s+it(?:'s|\s+is)\s+too\s+late\b",
    r"\byou(?:'ll|\s+will|'d|\s+would|'re\s+going\s+to)\s+(?:regret|be\s+sorry)\b",
    r"\b(?:now\s+or\s+never|only\s+today)\b",
    r"\beverybody\s+else\s+(?:is|has)\b", r"\beveryone\s+else\s+(?:is|has)\b", r"\btime\s+is\s+running\s+out\b",
    r"\byou\s+won't\s+want\s+to\s+miss\b", r"\bdon't\s+miss\s+(?:this|it|out)\b",
)  # fmt: skip
_REPROACH = re.compile("|".join((*_GUILT, *_HURRY)), re.IGNORECASE)
_SENTENCE = re.compile(r".*?(?:[.!?…]+[\"'”’)\]]*(?=\s)|\n)", re.DOTALL)  # noqa: RUF001 - as models write quotes

_TAG = re.compile(r"<[^<>]{0,40}>")


def reproaches(sentence: str) -> bool:
    """Whether a sentence makes the user feel guilty, or presses them."""
    return _REPROACH.search(" ".join(sentence.replace("’", "'").split())) is not None  # noqa: RUF001


class Tact:
    """Her words as they come, let through by the sentence."""

    def __init__(self) -> None:
        self._waiting = ""
        self._said = self._broke_off = False

    def feed(self, raw: str) -> str:
        """What may be said now that this came."""
        self._waiting += raw
        through = ""
        while match := _SENTENCE.match(self._waiting):
            self._waiting = self._waiting[match.end() :]
            through += self._passed(match[0])
        return through

    def finish(self) -> str:
        """What may be said now that all came."""
        rest, self._waiting = self._waiting, ""
        through = self._passed(rest)
        return through if self._said or not self._broke_off else INSTEAD

    def _passed(self, sentence: str) -> str:
        self._broke_off = self._broke_off or reproaches(sentence)
        if self._broke_off:
            return ""
        self._said = self._said or bool(_TAG.sub("", sentence).strip())
        return sentence
