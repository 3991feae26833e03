# ruff: noqa: RUF001 (punctuation of many languages is what is tested)
"""Markup: emotions are found however they are written, markup is never shown, text is never lost."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alisa.protocol.tags import Emotion
from backend.conversation.markup import Felt, Markup, Speech


def read(*pieces: str) -> tuple[str, str | None]:
    """The speech and the emotion that come of these pieces."""
    markup = Markup()
    found = [out for piece in pieces for out in markup.feed(piece)] + markup.finish()
    felt = [out.emotion.value for out in found if isinstance(out, Felt)]
    assert len(felt) <= 1
    return "".join(out.text for out in found if isinstance(out, Speech)), felt[0] if felt else None


TAGGED = [
    "<emotion=happy> Hello!",
    "<emotion=happy>Hello!",
    "<emotion=happy>\n\nHello!",
    '<emotion = "Happy"> Hello!',
    "<emotion='happy'> Hello!",
    "<EMOTION=HAPPY> Hello!",
    "< emotion=happy > Hello!",
    "<emotion: happy> Hello!",
    "<emotion:happy/> Hello!",
    "<emotion happy> Hello!",
    "<emotion=happy/>Hello!",
    "<emotion=happy></emotion>Hello!",
    "<emotion=happy>Hello!</emotion>",
    "<emotion>happy</emotion> Hello!",
    "<emotion> happy </emotion> Hello!",
    "<emotion=happy|calm> Hello!",
    "<emotion=very happy> Hello!",
    "<emotion=happy Hello!",
    "<happy> Hello!",
    "<happy>Hello!</happy>",
    "[EMOTION]happy Hello!",
    "[EMOTION]happy\nHello!",
    "[EMOTION] happy Hello!",
    "[EMOTION=happy] Hello!",
    "[emotion: happy] Hello!",
    "[happy] Hello!",
    "(happy) Hello!",
    "(Happy) Hello!",
    "*happy* Hello!",
    "**happy** Hello!",
    "Emotion: happy\nHello!",
    "emotion=happy Hello!",
    "**Emotion:** happy\nHello!",
    "happy Hello!",
    "happy\nHello!",
    "happy: Hello!",
    "Happy: Hello!",
    "Happy\nHello!",
    "HAPPY\n\nHello!",
    "happy | Hello!",
    "  \n <emotion=happy> Hello!  \n",
    "Hello! <emotion=happy>",
    "Hello!\n<emotion=happy>\n",
    "<emotion=happy> <emotion=sad> Hello!",
    "<emotion=happy> Hello! <emotion=sad>",
    "<emotion=happy> (sad) Hello!",
    "<emotion=happy><emotion=happy> Hello!",
    "<emotion=furious> <emotion=happy> Hello!",
    "<think>She is kind. <emotion=sad></think><emotion=happy> Hello!",
    "<think>\n\n</think>\n\n<emotion=happy> Hello!",
    "<thinking>hm</thinking> happy Hello!",
    "<emotion=happy> <think>hm, what now</think> Hello!",
    "</think><emotion=happy> Hello!",
    "<|start_header_id|>assistant<|end_header_id|>\n\n<emotion=happy> Hello!<|eot_id|>",
    "<|im_start|>assistant\n<emotion=happy> Hello!<|im_end|>",
    "<emotion=happy> Hello!<｜end▁of▁sentence｜>",
    "<start_of_turn>model\n<emotion=happy> Hello!<end_of_turn>",
]


@pytest.mark.parametrize("raw", TAGGED)
def test_every_way_to_name_an_emotion_is_understood(raw: str) -> None:
    """The emotion is taken, in whatever dress it comes, and the user sees only the words."""
    assert read(raw) == ("Hello!", "happy")


UNNAMED = {
    "Hello!": "Hello!",
    "<emotion=furious> Hello!": "Hello!",
    "<emotion=> Hello!": "Hello!",
    "<emotion> Hello!": "Hello!",
    "[EMOTION]furious Hello!": "Hello!",
    "<emotion>furious</emotion> Hello!": "Hello!",
    "[emotion=furious]Hello!": "Hello!",
}


@pytest.mark.parametrize(("raw", "speech"), UNNAMED.items())
def test_none_and_unknown_emotions_come_to_nothing(raw: str, speech: str) -> None:
    """Without a tag, or with one that nobody can show, no emotion is named and the tag is gone."""
    assert read(raw) == (speech, None)


SPEECH = [
    "Happy birthday!",
    "happy birthday!",
    "Calm down, it is only a spider.",
    "calm down, it is only a spider.",
    "Sad news, I am afraid.",
    "sad to hear that",
    "happy to help!",
    "Happy New Year!",
    "happy New Year!",
    "Shy? Me?",
    "Serious people say: no.",
    "Teasing you is my hobby.",
    "happy, as ever",
    "Happy",
    "happy",
    "sadly not",
    "Neutrality is overrated.",
    "Emotional support, is that what you want?",
    "Emotion is a strange thing.",
    "I <3 you",
    "<3",
    "a < b and b > a",
    "if (a<b) { return a<<2; }",
    "x <- 3; y <| z; a <|> b",
    "use the `<think>` tag",
    "write <b>bold</b> and <s>struck</s> and <em>so</em>",
    "[END] is only a word, and so are [ERROR] and [TOKEN:3]x",
    "[END]",
    "[a link](https://example.org) [1] [x] [emotion recognition](y)",
    "(sadly) no",
    "(laughs) no",
    "*smiles* Hello",
    "*Happy* is what I am",
    "**Calm down.** It is fine.",
    "- one\n- two\n\n1. three",
    "```python\nif a < b:\n    print('<ok>')\n```",
    "<emotional>",
    "The word emotion<",
    "3 < 4 emotions",
    "日本語<です>",
    "e",
    "<",
    "[",
    "*",
    "(",
]


@pytest.mark.parametrize("text", SPEECH)
def test_speech_stays_as_it_is(text: str) -> None:
    """What only resembles markup is not touched."""
    assert read(text) == (text, None)


HIDDEN = [
    "",
    "  \n",
    "<emotion=happy>",
    "<emotion=hap",
    "<emo",
    "<think>so much to think about",
    "<think>so much</think>",
    "<think>so </thin",
    "<|eot_id|>",
    "(happy)",
    "[EMOTION]happy",
    "<emotion=happy> <think>hm",
]


@pytest.mark.parametrize("raw", HIDDEN)
def test_a_reply_without_words_is_empty(raw: str) -> None:
    """A reply that is only markup, even one that was cut off in the middle of it, has nothing to show."""
    assert read(raw)[0] == ""


def test_words_around_what_is_taken_out_stay_apart() -> None:
    """A marker in the middle leaves one gap, not two, and keeps the line breaks."""
    assert read("Hello <emotion=sad> there")[0] == "Hello there"
    assert read("Hello<emotion=sad>there")[0] == "Hellothere"
    assert read("One.\n\n<emotion=sad> Two.")[0] == "One.\n\nTwo."
    assert read("One. <think>hm</think>\n\nTwo.")[0] == "One.\n\nTwo."


def test_an_unclosed_thought_is_not_shown() -> None:
    """What follows an opened thought stays hidden, even when the model never closes it."""
    assert read("<emotion=calm> Yes. <think>or no") == ("Yes.", "calm")


@pytest.mark.parametrize(
    ("pieces", "first"),
    [
        (["Hel", "lo"], "Hel"),
        (["<", "b>"], "<b>"),
        (["<emotion=happy>", " Hel"], "Hel"),
        (["S", "u", "re"], "Su"),
        (["sad", " to hear"], "sad to"),
        (["<3"], "<3"),
        (["[E", "N"], "[EN"),
    ],
)
def test_speech_comes_as_soon_as_it_can_be_no_tag(pieces: list[str], first: str) -> None:
    """The first visible text is released with the first piece that settles that it is text."""
    markup = Markup()
    for piece in pieces:
        found = [out for out in markup.feed(piece) if isinstance(out, Speech)]
        if found:
            break
    assert found[0].text.startswith(first)


def test_an_emotion_comes_before_the_first_word() -> None:
    """With the tag in front, the emotion is known before anything is said."""
    assert Markup().feed("<emotion=shy> Oh.") == [Felt(Emotion.SHY), Speech("Oh.")]


PARTS = st.sampled_from([
    *TAGGED, *UNNAMED, *SPEECH, *HIDDEN, "<emotion=", "happy", "Happy", ">", "</emotion>", "<think>", "</think>", "<|",
    "[EMOTION]", "emotion", " ", "\n", ":", "*", "`", "(", ")", "I", "'m", "user", "😀", "<|im_start|>", "to", "new",
])  # fmt: skip
ODD = st.text(alphabet="<>[]()*/=:|` \nemotionhapysd'", max_size=40)
RAW = st.one_of(st.lists(PARTS, max_size=5).map("".join), ODD)


@given(RAW, st.data())
@example("<think>a</think>happy Hello", None)
def test_the_cut_does_not_matter(raw: str, data: st.DataObject | None) -> None:
    """However a reply is cut into pieces, the same speech and the same emotion come of it."""
    whole = read(raw)
    assert read(*raw) == whole
    if data is not None and raw:
        cuts = sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=6)))
        assert read(*(raw[a:b] for a, b in zip([0, *cuts], [*cuts, len(raw)], strict=True))) == whole


@given(st.text(alphabet=st.characters(exclude_characters="<[({*_")))
def test_text_without_brackets_is_not_touched(text: str) -> None:
    """Nothing but surrounding white space is lost where no bracket opens and no emotion's name leads."""
    if not text.strip().lower().startswith(("happy", "calm", "teasing", "shy", "serious", "sad", "neutral", "emotion")):
        assert read(text) == (text.strip(), None)


@given(st.lists(st.sampled_from(["word ", "a<b ", "[x] ", "<3 ", "(so) ", "- ", "\n", "1. ", "é😀 "]), max_size=20))
def test_ordinary_text_survives(words: list[str]) -> None:
    """Stray brackets and all, in any order."""
    text = "Well, " + "".join(words)
    assert read(text)[0] == text.strip()
