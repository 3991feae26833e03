"""Is a prompt new to the grammar? Patterns are turned into regular expressions; what is computed is sampled."""

from __future__ import annotations

import random
import re
from functools import cache

from llm_server.starter.grammar import words
from llm_server.starter.grammar.dialogue import dialogue, intents
from llm_server.starter.grammar.expand import SLOT
from llm_server.starter.grammar.noise import CLOSERS, OPENERS

MADE_UP = "(?:" + "|".join(words.SYLLABLES) + "){2,3}"
COMPOSED = {
    "bignum": [r"\d+"],
    "newname": [MADE_UP],
    "name": [MADE_UP],
    "city": [MADE_UP],
    "bot": ["alisa", "assistant"],
    "me": [""],
}
PIECE = re.compile(r"<[a-z]+\d*>|[{}|]|[^<{}|]+|<")


def plain(text: str) -> str:
    """Lower case, without punctuation: what two prompts must share to count as the same."""
    return re.sub(r"\s+", " ", re.sub(r"[^\w' ]+", " ", text.lower())).strip()


def expression(pattern: str) -> str:
    """A regular expression for the plain forms of everything that `pattern` stands for."""
    out = []
    for piece in PIECE.findall("{" + pattern + "}"):
        slot = SLOT.fullmatch(piece)
        if slot:
            known = [re.escape(plain(word)) for word in words.WORDS.get(slot[1], ())]
            known += COMPOSED.get(slot[1], [])
            out.append("(?:" + "|".join(known) + ")")
        elif piece in "{}|":
            out.append({"{": "(?:", "}": ")", "|": "|"}[piece])
        else:
            spaced = re.sub(r"[^\w' ]+", " ", piece.lower())
            out.append(
                re.sub(r"\s+", " *", spaced) if not spaced.strip() else re.sub(r"\s+", " ", spaced).replace(" ", " *")
            )
    return "".join(out)


@cache
def recogniser() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The intents and their expressions, with the fillers that may stand around them."""
    before = "|".join(plain(re.sub("<bot>", "alisa", opener)) for opener in OPENERS)
    after = "|".join(plain(re.sub("<bot>", "alisa", closer)) for closer in CLOSERS)
    found = []
    for intent in intents():
        patterns = [*intent.patterns, *(step.pattern for step in intent.follow_ups)]
        found += [
            (intent.name, re.compile(rf"(?:(?:{before}) *)?{expression(pattern)} *(?:(?:{after}))?"))
            for pattern in patterns
            if "<longtext>" not in pattern
        ]
    return tuple(found)


def known_as(text: str) -> str | None:
    """The intent whose patterns produce `text`, or None."""
    wanted = plain(text)
    return next((name for name, pattern in recogniser() if pattern.fullmatch(wanted)), None)


def sampled(count: int, seed: int = 0) -> set[str]:
    """What users say in `count` dialogues of the grammar, in plain form."""
    rng = random.Random(seed)
    return {
        plain(message.content.rsplit("[/context]", 1)[-1])
        for _ in range(count)
        for message in dialogue(rng).messages
        if message.role == "user"
    }
