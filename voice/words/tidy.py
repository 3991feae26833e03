# ruff: noqa: RUF001, RUF002 (punctuation and letters that look alike are what is told apart here)
"""What may stand in words to be spoken: letters, spaces, and the punctuation that an engine pauses at.

Everything else becomes a space, so that no two words ever grow together. What the words mean is not known here.
"""

from __future__ import annotations

import re
import unicodedata

from voice.words.aligned import Aligned, Replacement, in_order, rule

_PAUSES = ".,!?;:…"
_FOREIGN = "。、।॥؟،؛۔"
_WITHIN = r"(?<=\d)[.,:](?=\d)|(?<=[^\W_])\.(?=[^\W_])"
"""a point or comma in a number or a name, which only text that is not read in English still has"""
_STRONGEST = "?!….;:,"
_MOST_MARKS = 4
"""More signs than this on one letter are decoration; no script needs them."""
_QUIET_SIGNS = "™®©℠ℹ"
_KEPT_COMPOSED = "…²³¼½¾⅓⅔⅛⅜⅝⅞№µΩ"
_SQUARED = ("\u3371", "\u33df")
"""units in one sign: from hectopascal to gal"""


def _plain_char(match: re.Match[str]) -> Replacement:
    """One form for what can be written in several: "ﬁ", "５", "𝐇" and "㎞" as everybody writes them."""
    char = match[0]
    if char in _KEPT_COMPOSED:
        return None
    if char in _QUIET_SIGNS or "\ud800" <= char <= "\udfff":
        return " "
    if char in "‘’‛ʼ′＇´":
        return "'"
    if char in "“”„‟«»〝〞":
        return '"'
    category = unicodedata.category(char)
    if category[0] == "Z":
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category[0] in "LNP" or _SQUARED[0] <= char <= _SQUARED[1] or char in "℃℉＄＋＝＜＞～｜￥￡":
        plain = unicodedata.normalize("NFKC", char)
        return None if plain == char else plain
    return None


plain = in_order(
    rule(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n"),
    rule(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff]", ""),
    rule(r"[^\x00-\x7f]", _plain_char),
    rule(r"\t", "    "),
    rule(r" {9,}", " " * 8),
    rule(r"\n{4,}", "\n\n\n"),
)
"""The same text in plain characters: one kind of space, of digit, of quotation mark; no controls."""


def letters_only(aligned: Aligned) -> Aligned:
    """Every character that has no sound becomes a space."""
    text = aligned.text
    kept = [char if char == " " else _voiced(text, at) for at, char in enumerate(text)]
    return Aligned("".join(kept), aligned.origins, aligned.source_length)


def _voiced(text: str, at: int) -> str:
    """The character itself, or a space where it is none that can be spoken. The length never changes."""
    char = text[at]
    if char.isascii():
        if char.isalnum() or char in _PAUSES:
            return char
        beside = text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalpha()
        return char if char in "'-" and at and beside else " "
    category = unicodedata.category(char)
    if category[0] == "L" or char in _PAUSES or char in _FOREIGN:
        return char
    before = text[max(0, at - _MOST_MARKS) : at]
    if category in ("Mn", "Mc"):
        on_letter = any(unicodedata.category(other)[0] == "L" for other in before)
        selector = "\ufe00" <= char <= "\ufe0f" or char >= "\U000e0100"
        return char if on_letter and not selector and before[-1:].strip() else " "
    return " "


def _cluster(match: re.Match[str]) -> Replacement:
    marks = match[0].replace(" ", "")
    if ".." in marks and not set("?!") & set(marks):
        return "… "
    return next(mark for mark in _STRONGEST if mark in marks) + " "


tidy = in_order(
    rule(r"\s?(?:[—–]|(?<![-\w])--(?!-)|(?<=\w)--(?=\w)|(?<=\s)-(?=\s))\s?", ", "),
    letters_only,
    rule(r" {2,}", " "),
    rule(rf"(?!{_WITHIN}) ?[{re.escape(_PAUSES)}](?: ?[{re.escape(_PAUSES)}])* ?", _cluster),
    rule(rf"\A[ {re.escape(_PAUSES)}]+| +\Z", ""),
)
"""Only what has a sound or is a pause; each pause one sign, as strong as the strongest of them."""
