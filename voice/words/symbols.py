# ruff: noqa: RUF001 (punctuation and letters that look alike are what is told apart here)
"""Signs that are said: mathematics, money without a number, "&", "@", the dot in a name; and faces made of signs.

What is not here and is no letter goes unsaid. Numbers are words by now, or not known here.
"""

from __future__ import annotations

import re

from voice.words.aligned import Replacement, in_order, rule

_SIGNS = {
    "&": "and", "@": "at", "+": "plus", "=": "equals", "≠": "is not equal to", "≈": "is about", "≤": "is at most",
    "≥": "is at least", "<": "is less than", ">": "is greater than", "×": "times", "÷": "divided by", "·": "times",
    "−": "minus", "±": "plus or minus", "√": "the square root of", "∞": "infinity", "π": "pi", "∑": "the sum of",
    "∫": "the integral of", "∈": "in", "∪": "union", "∩": "intersection", "→": "to", "←": "from", "⇒": "means",
    "⟶": "to", "➜": "to", "°": "degrees", "%": "percent", "‰": "per mille", "€": "euros", "£": "pounds",
    "¥": "yen", "₹": "rupees", "₿": "bitcoin", "§": "section", "¶": "paragraph", "µ": "micro", "Ω": "ohms",
    "∆": "delta", "²": "squared", "³": "cubed",
}  # fmt: skip
_OPERATORS = {"==": "equals", "!=": "is not equal to", "<=": "is at most", ">=": "is at least", "->": "to",
              "=>": "means", "<-": "from", "<->": "to and from", "&&": "and", "||": "or", "+=": "plus equals",
              "**": "to the power of"}  # fmt: skip
_OPERAND = r"[\w)\]'\"]"
_FACES = re.compile(
    r"(?<![\w.,!?;:…'-])(?:(?:[:;=]['’]?[-~^o]?|[8xX]['’]?[-~^])(?:[)(\]\[/\\|*@$#&]{1,4}|[DPpOo3XxSsCc])"
    r"|[)(]['’]?[-~^]?[:;=]|<3+|</3|\^[_.o-]?\^;*|>[_.]+<|-[_.]+-;*|T[_.]T|[oO][_.][oO]|[Qq]_[Qq]|[uU]_[uU]|;_;"
    r"|\\o/|¯\\_\(ツ\)_/¯)(?!\w)"
)
_KAOMOJI = re.compile(r"[(（](?P<face>[^()（）\n]{1,14})[)）][^\s\w.,!?;:\"'*_`#]{0,8}")
_LETTERS_OF_A_FACE = 3
_TWO_ASCII = re.compile(r"[A-Za-z0-9]{2}")


def _kaomoji(match: re.Match[str]) -> Replacement:
    """A face in brackets has hardly a letter, and something that no sentence puts into brackets."""
    face = match["face"]
    letters = sum(char.isalnum() for char in face)
    signs = sum(not char.isalnum() and not char.isspace() and char not in ".,!?-'\"$€£%&+=" for char in face)
    return " " if letters <= _LETTERS_OF_A_FACE and signs >= 2 and not _TWO_ASCII.search(face) else None


def _joined(match: re.Match[str]) -> Replacement:
    """A dot without a space: in "node.js" it is said; "end.Start" lacks the space of a new sentence."""
    following = match.string[match.end()]
    before = match.string[match.start() - 1]
    return ". " if following.isupper() and before.islower() else " dot "


def _slash(match: re.Match[str]) -> Replacement:
    text = match.string
    return " " if text[: match.start()].endswith("and") and text.startswith("or", match.end()) else " slash "


def _camel(match: re.Match[str]) -> Replacement:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", match[1].replace("_", " "))
    return f"hashtag {words}"


faces = in_order(lambda text: text.sub(_FACES, " "), lambda text: text.sub(_KAOMOJI, _kaomoji))
"""Smileys, of the west and of the east, go unsaid."""

menus = rule(r"(?<=[A-Za-z]{2})\s>\s(?=[A-Z][a-z])", ", ")
"""The way through a menu: "Settings > Display"."""

signs = in_order(
    rule(r"\b(I|[Ww]e|[Yy]ou|[Tt]hey)\s?[❤♥💜💙💚💛🧡🖤💖💗💕]\ufe0f?\s?(?=\w)", [1, " love "]),
    rule(r"([=+&~<>%@^·×→←°§*#-])\1{2,}", " "),
    rule(r"(?<![\w#])#([^\W\d]\w*)", _camel),
    rule(r"\bC\+\+", "C plus plus"),
    rule(r"\b([CF])#", [1, " sharp"]),
    rule(r"(?<!\w)[wW]/o\b(?!/)", "without"),
    rule(r"(?<!\w)[wW]/(?=\s)", "with"),
    rule(r"(?<!\w)@(?=\w)", "at "),
    rule(r"(?<!\w)([A-Z]{2,3})&(?=[A-Z](?!\w))", lambda match: " ".join(match[1]) + " and "),
    rule(
        rf"(?<={_OPERAND})\s(==|!=|<=|>=|<->|->|=>|<-|&&|\|\||\+=|\*\*)\s(?={_OPERAND})",
        lambda match: f" {_OPERATORS[match[1]]} ",
    ),
    rule(r"(?<=\w)\s\*\s(?=\w)", " times "),
    rule(r"(?<=\w)\s/\s(?=\w)", " divided by "),
    rule(r"(?<=[A-Za-z)])\^\s?(two|three)\b", lambda m: " squared" if m[1] == "two" else " cubed"),
    rule(r"(?<=[^\W_])\^(?=\w)", " to the power of "),
    rule(r"(?<=[^\W\d_])/(?=[^\W\d_])", _slash),
    rule(r"(?<=[^\W_])\.(?=[^\W_])", _joined),
    rule(r"(?<=\w)_+(?=\w)", " "),
    rule("[" + re.escape("".join(set(_SIGNS) - set("<>"))) + "]", lambda m: f" {_SIGNS[m[0]]} "),
    rule(rf"(?<={_OPERAND})\s?([<>])\s?(?={_OPERAND})", lambda match: f" {_SIGNS[match[1]]} "),
    rule(r"(?<![\w<>])[<>](?=\s?\w)", lambda m: f" {'less' if m[0] == '<' else 'more'} than "),
)
"""What is said for a sign; between two words only, where it could be decoration."""
