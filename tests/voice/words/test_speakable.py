# ruff: noqa: RUF001 (signs that look like others are what is tested)
"""What is spoken for what was written, and that it holds for any text at all."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from voice.words.speakable import speakable, speakable_with_map

NUMBERS = {
    "There are 342 of them.": "There are three hundred forty-two of them.",
    "1,234,567.89 and 007": "one million two hundred thirty-four thousand five hundred sixty-seven point eight nine "
    "and zero zero seven",
    "It is -5, or .5, or ~5, or ±5.": "It is minus five, or point five, or about five, or plus or minus five.",
    "1st, 2nd, 21st, 103rd": "first, second, twenty-first, one hundred third",
    "1/2 a cup, 2 1/2 cups, 1½, 17/20, 24/7": "one half a cup, two and a half cups, one and a half, seventeen out "
    "of twenty, twenty-four seven",
    "pages 5-10 or 10–20%": "pages five to ten or ten to twenty percent",
    "GPT4 in 4K, mp3, H2O": "GPT four in four K, mp three, H two O",
    "3x faster at 1920x1080": "three times faster at one thousand nine hundred twenty by one thousand eighty",
    "No. 5 is #5. No. Really.": "number five is number five. No. Really.",
    "50/50, 9/10, p. 5, pp. 3-5": "fifty-fifty, nine out of ten, page five, pages three to five",
    "a 3:1 ratio, 16:9": "a three to one ratio, sixteen to nine",
    "5'10\" tall": "five foot ten tall",
    "٣ and ５ and 5️⃣": "three and five and five",
    "1234567890123 is long; " + "7" * 60: "one two three four five six seven eight nine zero one two three is long; "
    "a long number",
    "e3b0c44298fc1c149afbf4c8996fb924": "a long code",
    "123e4567-e89b-12d3-a456-426614174000": "a long code",
    "100 000 people, 12 500 km, 1\u202f000 €, a Boeing 737 800": "one hundred thousand people, "
    "twelve thousand five hundred kilometers, one thousand euros, a Boeing seven hundred thirty-seven eight hundred",
    "6.02e23, 1e-3, e5": "six point zero two times ten to the twenty-three, one times ten to the minus three, e five",
    "World War II, Chapter IX, Act V, Rocky III": "World War two, Chapter nine, Act five, Rocky three",
    "Elizabeth II and Louis XIV": "Elizabeth the second and Louis the fourteenth",
    "Malcolm X, Vitamin C, an IV line, Part I liked": "Malcolm X, Vitamin C, an IV line, Part I liked",
}
DAYS = {
    "At 14:05, 9:00, 00:00 and 14:00": "At fourteen oh five, nine o'clock, midnight and fourteen hundred",
    "at 9 a.m. Then 3pm, 9:30 PM.": "at nine A M. Then three P M, nine thirty P M.",
    "on 2024-05-03 and 2024-05-03T14:05:30Z": "on May third, twenty twenty-four and May third, twenty twenty-four "
    "fourteen oh five and thirty seconds",
    "May 3, 2024; 3 May 2024; the 3rd of May; Jan. 5th": "May third, twenty twenty-four; the third of May, twenty "
    "twenty-four; the third of May; January fifth",
    "25.12.2023, 13/05/2020, 05/03/2024": "December twenty-fifth, twenty twenty-three, May thirteenth, twenty twenty, "
    "five three twenty twenty-four",
    "12:30-13:45, 9-10am": "twelve thirty to thirteen forty-five, nine to ten A M",
    "2024-13-45": "two zero two four, one three, four five",
    "It was 1984. In 1905, since 2005.": "It was nineteen eighty-four. In nineteen oh five, since two thousand five.",
    "1990-1995, the 90s, the 1980s, '70s": "nineteen ninety to nineteen ninety-five, the nineties, the nineteen "
    "eighties, seventies",
    "It has 2024 pages.": "It has two thousand twenty-four pages.",
}
MEASURES = {
    "9.81 m/s², 3 req/s": "nine point eight one meters per second squared, three requests per second",
    "$5.20, $0.99, $1, €3.50, £5.01, ¥500": "five dollars and twenty cents, ninety-nine cents, one dollar, three euros "
    "and fifty cents, five pounds and one penny, five hundred yen",
    "$5M, $2.5 billion, $5k, $5-10, 5 USD, 5€": "five million dollars, two point five billion dollars, five thousand "
    "dollars, five to ten dollars, five dollars, five euros",
    "$100/month, 5€/h, 1.5MB/2MB": "one hundred dollars per month, five euros per hour, one point five megabytes "
    "slash two megabytes",
    "5 km/h, 3 GB, 1 GB, 20 °C, -1 °C": "five kilometers per hour, three gigabytes, one gigabyte, twenty degrees "
    "Celsius, minus one degree Celsius",
    "50 tokens/s, 100fps, 3.5GHz, 2 MB/s, 30 m²": "fifty tokens per second, one hundred frames per second, three point "
    "five gigahertz, two megabytes per second, thirty square meters",
    "a 5-km run, a 5 minute walk, 10 min, 2h": "a five kilometer run, a five minute walk, ten minutes, two hours",
    "100% of 1%": "one hundred percent of one percent",
    "㎞ and 5㎏ and 20℃": "km and five kilograms and twenty degrees Celsius",
}
CODES = {
    "Call +1 555-123-4567 or (555) 123-4567.": "Call plus one, five five five, one two three, four five six seven or "
    "five five five, one two three, four five six seven.",
    "Version v1.2.3, v2, Python 3.11": "Version one point two point three, version two, Python three point one one",
    "At 127.0.0.1": "At one hundred twenty-seven dot zero dot zero dot one",
    "See https://www.example.com/a?b=1#c.": "See a link to example dot com.",
    "(https://example.org/x_(y)), www.example.org/": "a link to example dot org, a link to example dot org",
    "Mail john.doe_x@example.co.uk!": "Mail john dot doe x at example dot co dot uk!",
    "Open /home/me/notes.txt, C:\\Users\\me\\my_plan.py, ~/.config/alisa": "Open notes dot txt, my plan dot py, alisa",
    "and/or, yes/no, src/main.py, node.js": "and or, yes slash no, main dot py, node dot js",
    "Use `max_tokens` or `getUserName`, not `x = [i for i in range(10)]`.": "Use max tokens or get User Name, not some "
    "code.",
    "Run `pip install alisa` or `--help`.": "Run pip install alisa or help.",
    "Look:\n```python\nprint('a. b')\n```\nNice.": "Look: some code. Nice.",
    "~~~\na\n```\nb": "some code.",
}
MARKUP = {
    "# Title\n\nSome **bold**,\n*italic*, ~~gone~~ and __init__": "Title. Some bold, italic, gone and init",
    "Buy:\n- milk\n- eggs\n\n1. Go\n2. Come": "Buy: milk. eggs. one: Go. two: Come",
    "- [ ] wash\n- [x] cook": "to do: wash. done: cook",
    "| a | b |\n|---|:-:|\n| 1 | 2 |": "a, b. one, two.",
    "[the docs](https://x.org/y_(z)), ![a cat](cat.png), a fact[1] [2].": "the docs, a picture of a cat, a fact.",
    "> quoted\n\n---\n\nend": "quoted. end",
    "Title\n=====\nText": "Title. Text",
    "<b>Fat</b> &amp; <br/>thin&nbsp;x": "Fat and thin x",
    "<emotion=happy> Hello! [laughs] *sighs softly* Yes (giggles), human.": "Hello! Yes, human.",
    "[EMOTION]happy Hi [SPEECH_START:3] you [mood: sad] there [happy]": "Hi you there",
    "The *human* said: a *small* thing": "The human said: a small thing",
    "Dear [Name], [Optional] is kept": "Dear Name, Optional is kept",
    'say <prosody rate="fast">this</prosody> <|im_end|>': "say this",
}
SIGNS = {
    "Nice 😀❤️ :) ^_^ (╯°□°)╯︵ ┻━┻ ¯\\_(ツ)_/¯ day <3": "Nice day",
    "What?! No!!! Wait.... Hm… Well,, ok": "What? No! Wait… Hm… Well, ok",
    "well — yes -- no – ok - hm, well-known": "well, yes, no, ok, hm, well-known",
    "H-hey! W-w-what? Th-that T-shirt? NO WAY, I CAN'T": "hey! what? that T-shirt? no way, I can't",
    "Open Settings > Display, AT&T": "Open Settings, Display, A T and T",
    "I AM SO HAPPY, NASA and HTML. STOP it": "I am so happy, NASA and HTML. stop it",
    "Nooooo way": "Nooo way",
    "#StayHome with @alisa": "hashtag Stay Home with at alisa",
    "a+b=c, x^2 + y² ≤ 5, 2*3, a < b, 5 > 4": "a plus b equals c, x squared plus y squared is at most five, two times "
    "three, a is less than b, five is greater than four",
    "C++ & C# cost < 5": "C plus plus and C sharp cost is less than five",
    "“Don’t,” she said. 'Tis rock 'n' roll": "Don't, she said. Tis rock n roll",
    "end.Start": "end. Start",
    "𝐇𝐞𝐥𝐥𝐨 ﬁsh™": "Hello fish",
}
SHORT = {
    "Mr. and Mrs. Lee": "Mister and Missus Lee",
    "Dr. Smith vs. Mrs. Lee, etc. Then": "Doctor Smith versus Missus Lee, et cetera. Then",
    "Take e.g. a hammer, i.e. a tool, etc., now": "Take for example, a hammer, that is, a tool, et cetera, now",
    "the U.S. Army, a Ph.D. student": "the U S Army, a P H D student",
    "St. Mary on Main St. now, J. R. R. Tolkien": "Saint Mary on Main Street now, J R R Tolkien",
    "St. John's St. is left": "Saint John's Street is left",
    "On Mon. or Tue. in Rm. 5": "On Monday or Tuesday in room five",
    "I ❤️ you, so cute ❤ bye": "I love you, so cute bye",
    "btw idk, lol": "by the way I don't know, lol",
    "Acme Inc. grew. w/ or w/o it": "Acme Incorporated grew. with or without it",
}
ALL = {**NUMBERS, **DAYS, **MEASURES, **CODES, **MARKUP, **SIGNS, **SHORT}

SOUP = st.lists(
    st.one_of(
        st.sampled_from([*"<>[](){}*_~`#|&^@/\\.,:;!?'\"-+=%$€°0123456789aAiIxXzZ \n\t", "\u200b", "😀", "́", "½", "²"]),
        st.sampled_from(
            ["<emotion=", "happy>", "```", "http://", "www.", ".com", "km/h", "Dr.", "etc.", "e.g.", "May ", "the ",
             "1990", "14:05", "- ", "1. ", "| ", "---", "](", "&amp;", "NO", "STOP", "U.S.", " of ", "p.m.", ":)", "vs",
             "St. ", "A. ", "War ", "XIV",
             "II ", "1 000 km", "1e5", "I ❤", "xD", "\r\n", "btw", "in ", "\ud800", "one", "ﬁ",
             "ß", "今", "日。", "۳", "İ", "'s", "--"]
        ),
        st.text(max_size=3),
    ),
    max_size=24,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(("written", "spoken"), ALL.items(), ids=lambda text: text[:30])
def test_what_is_written_becomes_what_is_said(written: str, spoken: str) -> None:
    """Each example is read as a person would read it aloud, and once more changes nothing."""
    assert speakable(written) == spoken
    assert speakable(spoken) == spoken


@settings(deadline=None)
@given(st.one_of(SOUP, st.text()))
@example("<emo<emotion=happy>tion=sad>")
@example("D<b>r. X")
@example("&amp;amp;lt;emotion=x")
@example("1. 1. 1.")
@example("i.e.i.e.")
def test_any_text_can_be_spoken(text: str) -> None:
    """It never raises; no control character, tag or digit is left; and it leaves alone what it made."""
    spoken = speakable(text)
    assert "<" not in spoken
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Nd"} for char in spoken)
    assert spoken == spoken.strip()
    assert "  " not in spoken
    assert speakable(spoken) == spoken


@settings(deadline=None)
@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyzABCDEF,.!?-:;'", min_size=1, max_size=9), max_size=12))
def test_words_are_not_lost(words: list[str]) -> None:
    """A text with a word never becomes silence."""
    text = " ".join(words)
    assert any(map(str.isalpha, speakable(text))) == any(map(str.isalpha, text))


@pytest.mark.parametrize(
    "text", ["", "   ", "***", "😀", "...", "\n\n", "[laughs]", "<emotion=shy>", "---", "\x00\x07"]
)
def test_nothing_to_say_is_nothing(text: str) -> None:
    """What has no words has none afterwards."""
    assert speakable(text) == ""


@pytest.mark.parametrize(
    "text", ["5", "#", "x", ":D x", "xD", "(ツ) hm", "*a*", "1st", "C:\\", "a@b.co", "`a`", "[x]", "T_T"]
)
def test_a_little_is_enough(text: str) -> None:
    """One letter or digit is read, unless it is a face or a sign."""
    said = speakable(text)
    assert said or text in {"#", "T_T"}


@settings(deadline=None)
@given(st.one_of(SOUP, st.text()))
def test_other_languages_keep_their_numbers(text: str) -> None:
    """Without English, only what is for the eye goes; digits stay, and once more changes nothing."""
    spoken = speakable(text, english=False)
    assert speakable(spoken, english=False) == spoken
    assert "<" not in spoken


def test_without_english_no_english_words_come() -> None:
    """A voice of another language reads numbers, signs and links in its own way."""
    assert speakable("Um **3,5** Uhr: https://example.com/x!", english=False) == "Um 3,5 Uhr: example.com!"


@settings(deadline=None)
@given(SOUP)
def test_every_letter_knows_where_it_came_from(text: str) -> None:
    """Origins lie within the original and never go back."""
    made = speakable_with_map(text)
    assert len(made.origins) == len(made.text)
    assert all(0 <= origin <= len(text) for origin in made.origins)
    assert list(made.origins) == sorted(made.origins)


def test_how_much_of_the_original_is_said() -> None:
    """A piece that became several words counts once all of them are said; what goes unsaid counts with them."""
    made = speakable_with_map("I have **3 GB** left 😀 today")
    assert made.text == "I have three gigabytes left today"
    until = {word: made.original_until(made.text.index(word) + len(word)) for word in made.text.split()}
    assert made.original[: until["have"]].rstrip(" *") == "I have"
    assert made.original[: until["three"]].rstrip(" *") == "I have"
    assert made.original[: until["gigabytes"]].rstrip() == "I have **3 GB**"
    assert until["today"] == len(made.original)
    assert made.original_until(0) == 0


HARD = [
    "a" * 10_000, "1" * 10_000, "1," * 5_000, "1." * 5_000, "<a " * 3_333, "<" * 10_000, "[" * 10_000, "[a](" * 2_500,
    "```a\n" * 2_000, "`" * 10_000, "*" * 10_000, "* a\n" * 2_500, " " * 10_000, "\n" * 10_000, " \n" * 5_000,
    "| a " * 2_500, "#" * 10_000, " #" * 5_000, "-" * 10_000, "- " * 5_000, "> " * 5_000, "a/" * 5_000, "a." * 5_000,
    "a@" * 5_000, "A. " * 3_333, "A " * 5_000, "A" * 10_000, "_" * 10_000, "(" * 10_000, "(a" * 5_000, "&" * 10_000,
    "&#1" * 3_333, "http://" * 1_428, "1-1" * 3_333, "1 1/1 " * 1_666, "+1 1 " * 2_000, "12:" * 3_333, "May 1 " * 1_666,
    "!" * 10_000, ".," * 5_000, "' " * 5_000, "🙂" * 5_000, "é" * 10_000, "e\u0301\u0301" * 3_333, "C:\\a\\" * 2_000,
    "etc. " * 2_000, "laughs " * 1_428, "(sighs a " * 1_111, "a-" * 5_000, "a=" * 5_000, "#a" * 5_000, "$1" * 5_000,
    ":) " * 3_333, "\t" * 10_000, "<b " + "x=1 " * 2_500, "1 " * 5_000, "a1" * 5_000, "= " * 5_000, "~/a" * 3_333,
]  # fmt: skip


@pytest.mark.parametrize("text", HARD, ids=lambda text: repr(text[:10]))
def test_ten_thousand_characters_take_no_time(text: str) -> None:
    """The work grows with the text only, also for texts that are made to be hard."""
    began = time.process_time()
    speakable(text)
    assert time.process_time() - began < 1.0


@settings(deadline=None, max_examples=20)
@given(st.text(max_size=12), st.integers(200, 400))
def test_repetition_is_no_burden(piece: str, times: int) -> None:
    """Whatever is repeated, the work stays small."""
    began = time.process_time()
    speakable(piece * times)
    assert time.process_time() - began < 1.5
