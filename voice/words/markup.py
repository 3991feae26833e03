# ruff: noqa: RUF001 (punctuation and letters that look alike are what is told apart here)
"""Marks that are for the eye: Markdown, HTML, tags for emotions, stage directions. Their words stay, the marks go.

Where a line ends what it says (a heading, an item, a row of a table), a sentence ends. Code and links were
taken before, or are known elsewhere.
"""

from __future__ import annotations

import html
import re

from voice.words.aligned import Aligned, Replacement, in_order, rule

_EMOTIONS = "happy|calm|teasing|shy|serious|sad|neutral"
_ACTS = (
    r"(?:(?:softly|quietly|gently|nervously|small|short|long|deep|big|little|slightly|soft|quiet|gentle|nervous|a)\s){0,2}"
    r"(?:(?:laugh|sigh|whisper|giggl|chuckl|gasp|paus|smil|smirk|grin|wink|nod|blush|cough|sniff|groan|gulp|yawn|hum|pout"
    r"|shrug|sob|snort|hiccup|wav|clap|hug|silen)(?:e?s|e?d|[gmnp]?ing|[gmnp]ed|e|ce)?|cr(?:y|ies|ying)"
    r"|(?:clear|roll|tilt|cross|look|turn)(?:s|es|ing)?\s(?:her\s|my\s)?(?:throat|eyes|head|arms|away))"
    r"(?:\s[a-z]{1,12}){0,4}"
)
_TAGS = (
    "a|abbr|b|big|blockquote|br|center|code|dd|del|details|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s"
    "|small|span|strike|strong|sub|summary|sup|table|tbody|td|th|thead|tr|tt|u|ul|var|speak|voice|prosody|emphasis"
    "|say-as|phoneme|break|audio|emotion|mood|tone|style|think|thinking|thought"
)
_ATTRIBUTES = r"(?:[\s=][^<>]{0,400})?"
_ENDS = ".!?:;,…。！？"
_LINE_END = re.compile(r"(?P<last>\S)[ \t]*(?P<gap>\n[\s]*)(?=(?P<next>\S)|\Z)")


def _entity(match: re.Match[str]) -> Replacement:
    char = html.unescape(match[0])
    return None if char == match[0] else char


def _picture(match: re.Match[str]) -> Replacement:
    return ["a picture of ", 1] if match[1].strip() else "a picture"


def _item(match: re.Match[str]) -> Replacement:
    """An item is a sentence of its own; whether a task is done is told."""
    return "\n" + {None: "", " ": "to do: "}.get(match[1], "done: ")


def _mark(match: re.Match[str]) -> Replacement:
    """A star between two numbers is a sign; one between two letters parts them, a pair is emphasis within a word."""
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isdigit() and after.isdigit():
        return None
    return " " if match[0] == "*" and before.isalnum() and after.isalnum() else ""


tags = in_order(
    rule(rf"\[EMOTION(?::\d+)?\]\s?(?:{_EMOTIONS})\b", " "),
    rule(r"\[[A-Z][A-Z_]{2,24}(?::\d{1,18})?\](?!\()", " "),
    rule(r"<\s{0,4}/?\s{0,4}emotion\b[^<>\n]{0,60}>?", " ", re.IGNORECASE),
    rule(rf"</?(?:{_TAGS}){_ATTRIBUTES}\s?/?>", " ", re.IGNORECASE),
    rule(r"<\|[^<>|\n]{0,60}\|>|<!--|-->|</?[A-Za-z][\w-]{0,40}\s?/?>", " "),
    rule(rf"\[\s?/?(?:emotion|mood|tone|style)?\s?[=:]?\s?(?:{_EMOTIONS})\s?\](?!\()", " ", re.IGNORECASE),
    rule(r"\[\s?(?:emotion|mood|tone|style)\s?[=:][^\[\]\n]{0,40}\]", " ", re.IGNORECASE),
    rule(rf"\[\s?{_ACTS}\s?\](?!\()|\(\s?{_ACTS}\s?\)", " ", re.IGNORECASE),
    rule(rf"(?<![\w*])\*{{1,2}}\s?{_ACTS}[.…]?\s?\*{{1,2}}(?![\w*])", " ", re.IGNORECASE),
)
"""Tags that steer her voice or her face, and what she would do rather than say."""

markdown = in_order(
    rule(r"!\[([^\[\]\n]{0,300})\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\))", _picture),
    rule(
        r"\[([^\[\]\n]{1,300})\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|\[[^\[\]\n]{0,100}\])", [1]
    ),
    rule(r"^[ \t]{0,3}\[[^\[\]\n]{1,100}\]:[ \t][^\n]*$", " ", re.MULTILINE),
    rule(r"(?<=[\w.,!?;:)*_\"'”’])(?: ?\[\^?\d{1,3}\]){1,9}", ""),
    rule(r"\[\^[\w-]{1,40}\]", " "),
    rule(r"^[ \t]*(?:>[ \t]?){1,8}(?=[^\n<>])", "", re.MULTILINE),
    rule(r"^[ \t]{0,8}(?:[ \t]{0,8}[-*_=~#|:+─━═—–]){3,}[ \t]*$", "", re.MULTILINE),
    rule(r"^[ \t]*\|[ \t]*", "\n", re.MULTILINE),
    rule(r"[ \t]*\|[ \t]*$", ".", re.MULTILINE),
    rule(r"(?<!\|)[ \t]{0,8}\|[ \t]{0,8}(?!\|)", ", "),
    rule(r"^[ \t]{0,3}#{1,6}[ \t]+(?=\S)", "\n", re.MULTILINE),
    rule(r"[ \t]+#+[ \t]*$", "", re.MULTILINE),
    rule(r"^[ \t]*(?:[-*+•‣◦▪·–—][ \t]+)(?:\[([ xX])\][ \t]+)?(?=\S)", _item, re.MULTILINE),
    rule(r"^(?=[ \t]{0,8}\(?\d{1,3}[.)][ \t]+\S)", "\n", re.MULTILINE),
    rule(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?!\w)|~~|==(?=\w)|(?<=\w)==(?!\s)|\|\|(?=\w)|(?<=\w)\|\|", _mark),
    rule(r"(?<!\w)_{1,3}(?=\w)|(?<=[\w.,!?])_{1,3}(?!\w)", ""),
    rule(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,24});", _entity),
    rule(r"\\(?=[^\w\s])", ""),
)
"""The marks of Markdown and HTML's entities."""
numbered = rule(r"^[ \t]*(?:\(?(\d{1,3})[.)])[ \t]+(?=\S)", [1, ": "], re.MULTILINE)
"""The numbers of items, as they are said in English."""


def _line_end(match: re.Match[str]) -> Replacement:
    """A line that is a whole ends its sentence; one that was only wrapped goes on."""
    if not match["next"] or match["last"] in _ENDS:
        return [1, " "]
    return [1, ". "] if match["gap"].count("\n") > 1 else [1, " "]


def lines(aligned: Aligned) -> Aligned:
    """One line; an empty line, and what starts an item or a heading, are the end of a sentence."""
    return aligned.sub(_LINE_END, _line_end)
