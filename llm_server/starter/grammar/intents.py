"""The notation of the themes, and the intents read from it.

[name weight]            begins an intent; the weight (default 1) is how often it is drawn
? pattern                something the user may say
happy: pattern           a reply with its emotion, in the tone she has by default
calm@calm: pattern       a reply for one tone: teasing, serious, calm, or plain (a persona without character)
+ pattern => sad: reply  what the user may say next, and the reply to it
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

EMOTIONS = ("happy", "calm", "teasing", "shy", "serious", "sad", "neutral")
TONES = ("teasing", "serious", "calm", "plain")

HEAD = re.compile(r"\[([a-z0-9_]+)(?: ([0-9.]+))?\]")
REPLY = re.compile(r"([a-z]+)(?:@([a-z]+))?: (.+)")


@dataclass(frozen=True)
class Reply:
    """An emotion and a pattern; `tone` is empty when it suits any."""

    emotion: str
    pattern: str
    tone: str = ""


@dataclass(frozen=True)
class FollowUp:
    """What the user may say to her reply, and her answer to that."""

    pattern: str
    reply: Reply


@dataclass
class Intent:
    """What someone may want, how they say it, and what she answers."""

    name: str
    weight: float = 1.0
    patterns: list[str] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)

    def suited(self, tone: str) -> list[Reply]:
        """The replies that fit a tone: those made for it, else the general ones.

        The plain persona has no character, so without a plain reply it has none at all.
        """
        made = [reply for reply in self.replies if reply.tone == tone]
        general = [reply for reply in self.replies if not reply.tone]
        if tone == "plain":
            return made
        if tone == "teasing":
            return general + made
        soft = [reply for reply in general if reply.emotion != "teasing"]
        return made * 2 + soft if made else soft or general


def parse_reply(line: str) -> Reply:
    """One reply line.

    Raises ValueError when the emotion or the tone is unknown.
    """
    match = REPLY.fullmatch(line)
    if not match or match[1] not in EMOTIONS or (match[2] or "plain") not in TONES:
        raise ValueError(f"not a reply: {line}")
    return Reply(match[1], match[3], match[2] or "")


def parse(text: str) -> list[Intent]:
    """The intents of a theme.

    Raises ValueError on a line that is none of the five kinds.
    """
    intents: list[Intent] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        head = HEAD.fullmatch(line)
        if head:
            intents.append(Intent(head[1], float(head[2] or 1)))
        elif line.startswith("? "):
            intents[-1].patterns.append(line[2:])
        elif line.startswith("+ "):
            said, answer = line[2:].split(" => ")
            intents[-1].follow_ups.append(FollowUp(said, parse_reply(answer)))
        else:
            intents[-1].replies.append(parse_reply(line))
    return intents
