"""What secrets look like: patterns for those that are known by their first letters, and checks for numbers.

Pure data and arithmetic. The forms of keys are those that their issuers document; country codes and lengths of
account numbers are those of the IBAN registry (ISO 13616), the check digits ISO 7064 and Luhn's (ISO 7812).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGIT_AHEAD = r"(?=[A-Za-z_-]{0,80}[0-9])"

KNOWN_KEYS = re.compile(
    "|".join(
        (
            rf"sk-(?:ant-|proj-|or-v1-|svcacct-|lf-)?{_DIGIT_AHEAD}[A-Za-z0-9_-]{{16,260}}",
            r"gh[pousr]_(?:[A-Za-z0-9]{20,255}|[A-Za-z0-9]{8,30}(?: [A-Za-z0-9]{8,30}){1,3})",
            r"github_pat_[A-Za-z0-9_]{20,255}",
            rf"gl(?:pat|dt|rt|ptt|ft|soat|cbt|imt|agent|oas)-{_DIGIT_AHEAD}[A-Za-z0-9_-]{{16,80}}",
            r"xox[abeoprs]-[A-Za-z0-9-]{10,250}",
            r"xapp-[A-Za-z0-9-]{10,250}",
            r"(?:A[KS][Il1|]A|AGPA|AIDA|AROA|ANPA|ANVA|ABIA|ACCA)[A-Z0-9]{16}",
            r"AIza[A-Za-z0-9_-]{30,40}",
            r"ya29\.[A-Za-z0-9_-]{20,300}",
            r"GOCSPX-[A-Za-z0-9_-]{20,40}",
            r"1//0[A-Za-z0-9_-]{30,120}",
            r"[rspu]k_(?:live|test)_[A-Za-z0-9]{10,250}",
            r"whsec_[A-Za-z0-9+/=]{16,100}",
            r"SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{30,64}",
            r"npm_[A-Za-z0-9]{30,60}",
            r"pypi-[A-Za-z0-9_-]{40,260}",
            r"rubygems_[a-f0-9]{40,60}",
            r"hf_[A-Za-z0-9]{28,60}",
            r"do[opr]_v1_[a-f0-9]{40,80}",
            r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{30,40}",
            r"sq0[a-z]{3}-[A-Za-z0-9_-]{20,60}",
            r"EAA[A-Za-z0-9]{60,250}",
            r"dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,80}",
            r"gl(?:sa|c)_[A-Za-z0-9_=]{30,200}",
            r"lin_api_[A-Za-z0-9]{30,60}",
            rf"figd_{_DIGIT_AHEAD}[A-Za-z0-9_-]{{30,80}}",
            r"ATATT3[A-Za-z0-9_=-]{40,260}",
            r"ATBB[A-Za-z0-9]{28,60}",
            r"NRAK-[A-Z0-9]{20,40}",
            r"r8_[A-Za-z0-9]{30,50}",
            r"gsk_[A-Za-z0-9]{40,80}",
            r"xai-[A-Za-z0-9]{40,120}",
            r"pplx-[A-Za-z0-9]{40,80}",
            r"nvapi-[A-Za-z0-9_-]{40,100}",
            r"hv[sbr]\.[A-Za-z0-9_-]{20,200}",
            r"dp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9]{30,60}",
            r"dapi[a-f0-9]{32}(?:-\d)?",
            r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,80}",
            r"PMAK-[a-f0-9]{20,30}-[a-f0-9]{30,40}",
            r"sntry[su]_[A-Za-z0-9_=+/-]{40,260}",
            r"ntn_[A-Za-z0-9]{40,60}",
            r"secret_[A-Za-z0-9]{40,60}",
            r"AGE-SECRET-KEY-1[A-Z0-9]{50,70}",
            r"(?:SK|AC)[a-f0-9]{32}",
            r"key-[a-f0-9]{32}",
            r"[MNO][A-Za-z0-9_-]{22,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}",
            r"\d{8,10}:[A-Za-z0-9_-]{35}",
            r"hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/_-]{20,120}",
            r"discord(?:app)?\.com/api/webhooks/\d{10,25}/[A-Za-z0-9_-]{40,90}",
            r"tskey-[a-z]+-[A-Za-z0-9-]{10,80}",
            r"vercel_[A-Za-z0-9]{16,60}",
            r"re_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,40}",
            r"lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}",
            r"pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_-]{30,60}",
            r"\$(?:1|2[abxy]?|5|6|7|y|gy|argon2\w{0,2}|scrypt|pbkdf2[\w-]{0,12})\$[^\s:\"']{16,200}",
            r"ey[Jj\]][\w-]{8,4000} ?\. ?[\w-]{8,8000}(?:\.[\w-]{0,1200}| \. ?[\w-]{8,1200})?",
        )
    )
)
"""Keys that begin in a way of their own, with the JSON web token as the last."""

_RULE = r"[-\u2010-\u2015_~]"
_NAME = r"(?:[A-Z0-9]+\s+){0,4}PRIVATE\s+KEY(?:\s+BLOCK)?"
PRIVATE_KEY = re.compile(
    rf"{_RULE}*[ ]?BEGIN\s+{_NAME}(?:.{{0,20000}}?END\s+{_NAME}{_RULE}*|"
    rf"(?:{_RULE}|\s)*(?:[^\n]{{0,4}}[A-Za-z0-9+/=]{{12,}}\s*)*)",
    re.DOTALL,
)
"""A private key from its first line to its last, or as far as its lines go."""

_IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29,
    "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29,
    "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28,
    "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28,
    "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MN": 20,
    "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29, "PT": 25,
    "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27,
    "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
}  # fmt: skip
_IBAN_START = re.compile(rf"(?=((?:{'|'.join(_IBAN_LENGTHS)})[ \u00a0]?[0-9OoIl]{{2}}))", re.IGNORECASE)
_GAP = " \u00a0\t\r\n-"
_OCR_DIGITS = str.maketrans("OoQIl|", "000111")

_CARD_RUN = re.compile(r"[0-9](?:(?:[ \u00a0.-]{0,2}(?:\s?[\r\n]\s{0,4})?)[0-9OoIl]){12,60}")
_CARD_DIGITS = frozenset("0123456789OoIl")


def ibans(text: str) -> Iterator[tuple[int, int]]:
    """Where account numbers stand: a known country, its length, and digits that check; or written in fours."""
    for start in _IBAN_START.finditer(text):
        at = start.start()
        places = _next_letters(text, at, _IBAN_LENGTHS[text[at : at + 2].upper()])
        if places is None:
            continue
        end = places[-1] + 1
        number = "".join(text[place] for place in places).upper()
        if sum(letter.isdigit() for letter in number) < 0.4 * len(number):
            continue
        read = number[:2] + number[2:4].translate(_OCR_DIGITS) + number[4:]
        if any(_checks(each) for each in (read, read[:4] + read[4:].translate(_OCR_DIGITS))) or _in_fours(text, places):
            yield at, end


def _next_letters(text: str, at: int, count: int) -> list[int] | None:
    """Where the next `count` letters and digits stand, with at most two gaps' signs between any of them."""
    places: list[int] = []
    gap = 0
    for place in range(at, min(len(text), at + 4 * count)):
        if text[place].isascii() and text[place].isalnum():
            places.append(place)
            gap = 0
            if len(places) == count:
                return places
        elif text[place] in _GAP and gap < 6:
            gap += 1
        else:
            return None
    return None


def _checks(iban: str) -> bool:
    turned = iban[4:] + iban[:4]
    return turned.isalnum() and int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1


def _in_fours(text: str, places: list[int]) -> bool:
    """Is it written as people write account numbers, four by four, and mostly in digits?"""
    groups = text[places[0] : places[-1] + 1].split()
    whole = all(len(group) == 4 for group in groups[:-1]) and 1 <= len(groups[-1]) <= 4
    digits = sum(text[place].isdigit() for place in places)
    return whole and len(groups) >= 4 and digits >= 0.6 * len(places)


def cards(text: str) -> Iterator[tuple[int, int]]:
    """Where card numbers stand: digits of a card's length whose first ones a network has, and whose last one checks."""
    for run in _CARD_RUN.finditer(text):
        places = [place for place in range(run.start(), run.end()) if text[place] in _CARD_DIGITS]
        digits = "".join(text[place] for place in places).translate(_OCR_DIGITS)
        for first in range(len(digits) - 13):
            for length in _card_lengths(digits[first : first + 6]):
                chosen = places[first : first + length]
                if len(chosen) == length and _luhn(digits[first : first + length]) and _grouped(text, chosen):
                    yield chosen[0], chosen[-1] + 1


def _card_lengths(head: str) -> tuple[int, ...]:
    """The lengths of the numbers of the network that these first digits belong to."""
    two, three, four = int(head[:2]), int(head[:3]), int(head[:4])
    if head[0] == "4":
        return (16, 19)
    if 51 <= two <= 55 or 2221 <= four <= 2720 or two == 35:
        return (16,)
    if two in (34, 37):
        return (15,)
    if two in (36, 38, 39) or 300 <= three <= 305:
        return (14, 16)
    if two in (50, 60, 62, 65) or 56 <= two <= 69:
        return (16, 17, 18, 19)
    return ()


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _grouped(text: str, places: list[int]) -> bool:
    """In one piece, or in groups as on a card; columns of small numbers are no card."""
    written = text[places[0] : places[-1] + 1]
    groups = re.split(r"[\s\u00a0.-]+", written)
    if "." in written and len({*re.findall(r"[^0-9OoIl]+", written)}) > 1:
        return False  # a column of numbers with decimals
    breaks = written.count("\n")
    real = sum(letter.isdigit() for letter in written)
    fits = len(groups) == 1 or all(3 <= len(group) <= 8 for group in groups)
    return breaks <= 1 and real >= len(places) - 3 and fits
