"""Abbreviations and the slang of chats: said in full, where an engine would stumble or take the dot for an end.

Those that mean something beside a number only ("No. 5", "5 min") are known elsewhere.
"""

from __future__ import annotations

import re

from voice.words.aligned import Replacement, in_order, rule

_TITLES = {
    "Dr": "Doctor", "Mr": "Mister", "Mrs": "Missus", "Ms": "Miz", "Prof": "Professor", "Capt": "Captain",
    "Lt": "Lieutenant", "Sgt": "Sergeant", "Gen": "General", "Col": "Colonel", "Sen": "Senator", "Rep":
    "Representative", "Rev": "Reverend", "Gov": "Governor", "Hon": "Honorable", "Mt": "Mount", "Ft": "Fort",
}  # fmt: skip
_WITH_DOT = {
    "etc": "et cetera", "vs": "versus", "approx": "approximately", "dept": "department", "est": "established",
    "fig": "figure", "figs": "figures", "vol": "volume", "cf": "compare", "ca": "circa", "incl": "including",
    "excl": "excluding", "Inc": "Incorporated", "Ltd": "Limited", "Corp": "Corporation", "Co": "Company",
    "Jr": "Junior", "Sr": "Senior", "Ave": "Avenue", "Rd": "Road", "Blvd": "Boulevard", "esp": "especially",
    "resp": "respectively", "viz": "namely", "Bros": "Brothers", "misc": "miscellaneous", "govt": "government",
    "Tel": "telephone", "Rm": "room", "Apt": "apartment", "Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday",
    "Wed": "Wednesday", "Thu": "Thursday", "Thurs": "Thursday", "Fri": "Friday",
}  # fmt: skip
_MAY_END = frozenset({
    "etc", "Inc", "Ltd", "Corp", "Co", "Jr", "Sr", "Ave", "Rd", "Blvd", "Bros", "Mon", "Tue", "Tues", "Wed", "Thu",
    "Thurs", "Fri",
})  # fmt: skip
"""those that often end a sentence; something always follows the others"""
_WITHOUT_DOT = {"vs": "versus", "aka": "also known as", "approx": "approximately", "dept": "department"}
_SLANG = {
    "btw": "by the way", "imo": "in my opinion", "imho": "in my humble opinion", "fyi": "for your information",
    "idk": "I don't know", "tbh": "to be honest", "brb": "be right back", "thx": "thanks", "pls": "please",
    "plz": "please", "omg": "oh my god", "ngl": "not gonna lie", "afaik": "as far as I know", "iirc":
    "if I remember correctly", "asap": "as soon as possible", "ikr": "I know, right", "tbd": "to be decided",
    "tl;dr": "in short", "rn": "right now", "jk": "just kidding", "ty": "thank you", "np": "no problem",
    "irl": "in real life", "dm": "D M", "eta": "E T A", "nvm": "never mind", "wdym": "what do you mean",
    "lmk": "let me know", "xd": "haha", "smh": "shaking my head", "gtg": "got to go",
}  # fmt: skip


def _any(words: dict[str, str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _ends_sentence(match: re.Match[str]) -> bool:
    """Whether the dot of an abbreviation is the end of its sentence as well."""
    rest = match.string[match.end() : match.end() + 3]
    return not rest.strip() or (rest[0].isspace() and rest.lstrip()[:1].isupper())


def _stop(match: re.Match[str]) -> str:
    return "." if _ends_sentence(match) else ""


def _with_dot(match: re.Match[str]) -> Replacement:
    last = match[1] in _MAY_END or not match.string[match.end() :].strip()
    return _WITH_DOT[match[1]] + (_stop(match) if last else "")


def _letters(match: re.Match[str]) -> Replacement:
    """Letters with dots are said one by one. A capital after them is rather a name ("the U.S. Army")."""
    stop = "." if not match.string[match.end() :].strip() else ""
    return " ".join(match[0].replace(".", "").upper()) + stop


def _initials(match: re.Match[str]) -> Replacement:
    return match[0].replace(".", "")


def _saint_or_street(match: re.Match[str]) -> Replacement:
    text = match.string
    named = re.match(r"\s[A-Z][a-z]", text[match.end() : match.end() + 3])
    if named and not re.search(r"[A-Z][a-z]{1,20}(?:'s)?\s\Z", text[max(0, match.start() - 24) : match.start()]):
        return "Saint"
    return "Street" + _stop(match)


abbreviations = in_order(
    rule(r"(?<![\w.])[eE]\.\s?[gG]\.,?", "for example,"),
    rule(r"(?<![\w.])[iI]\.\s?[eE]\.,?", "that is,"),
    rule(r"(?<![\w.])(?:Ph|ph)\.\s?D\.", lambda match: "P H D" + _stop(match)),
    rule(rf"(?<![\w.])({_any(_TITLES)})\.(?=\s?[A-Z]|\sand\s)", lambda match: _TITLES[match[1]]),
    rule(r"(?<![\w.])St\.(?=\s|\Z)", _saint_or_street),
    rule(r"(?<![\w.'-])(?:[A-Za-z]\.){2,12}(?!\w)", _letters),
    rule(r"(?<![\w.])(?:[A-HJ-Z]\.\s){2,5}(?=[A-Z])", _initials),
    rule(r"\A[A-HJ-Z]\.(?=\s[A-Z][a-z])", _initials),
    rule(rf"(?<![\w.])({_any(_WITH_DOT)})\.", _with_dot),
    rule(rf"(?<![\w.'-])({_any(_WITHOUT_DOT)})(?![\w'-])", lambda match: _WITHOUT_DOT[match[1]]),
    rule(r"(?<![\w.'-])etc(?![\w'-])", "et cetera"),
    rule(rf"(?<![\w.'/-])({_any(_SLANG)})(?![\w'/-])", lambda match: _SLANG[match[1].lower()], re.IGNORECASE),
)
"""Abbreviations in full."""
