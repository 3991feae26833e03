"""The faces that she can make and the shapes of her mouth: names that art, animator and composer share."""

from __future__ import annotations

from enum import StrEnum


class Expression(StrEnum):
    """A face. The first seven are the wire's emotions; the others show what she is doing."""

    HAPPY = "happy"
    CALM = "calm"
    TEASING = "teasing"
    SHY = "shy"
    SERIOUS = "serious"
    SAD = "sad"
    NEUTRAL = "neutral"
    THINKING = "thinking"
    LISTENING = "listening"
    SURPRISED = "surprised"
    SLEEPY = "sleepy"


class Viseme(StrEnum):
    """A shape of the mouth in speech: closed, and the five vowels that avatars commonly have (VRM's names)."""

    REST = "rest"
    AA = "aa"
    IH = "ih"
    OU = "ou"
    EE = "ee"
    OH = "oh"
