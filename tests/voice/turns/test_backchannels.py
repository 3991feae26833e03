"""What a partial transcript holds, while she speaks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voice.turns.backchannels import judge

NAMES = ("Alisa",)


def test_listening_sounds_are_backchannels() -> None:
    """Alone or several, with "I see" and "that's right"."""
    for text in ("uh-huh", "Mhm.", "yeah yeah okay", "oh I see", "that's right", "ha ha", "m h m"):
        judged = judge(text, "", NAMES)
        assert (judged.backchannel, judged.cuts, judged.words) == (True, False, 0), text


def test_words_are_counted() -> None:
    """Only those that say something."""
    assert judge("yeah but what about tomorrow", "", NAMES).words == 4
    assert not judge("yeah but what about tomorrow", "", NAMES).backchannel


def test_cutting_words() -> None:
    """Wherever they stand; her name too."""
    for text in ("stop", "oh no", "yeah wait", "hold on", "Elisa", "excuse me"):
        assert judge(text, "", NAMES).cuts, text
    for text in ("I know", "nowhere", "stopping by", "holding on"):
        assert not judge(text, "", NAMES).cuts, text


def test_a_word_alone_that_may_be_an_uh_huh() -> None:
    """It cuts, but not beyond doubt; with another word it does."""
    assert judge("no", "", NAMES).doubtful
    for text in ("no wait", "oh no", "stop", "no no"):
        judged = judge(text, "", NAMES)
        assert (judged.cuts, judged.doubtful) == (True, False), text


def test_her_own_words() -> None:
    """What she is saying, one letter off or not; a cutting word that she does not say is somebody's."""
    her = "there was no wind that morning, Alisa told the sailors"
    assert judge("that mornings alisa told the", her, NAMES).own_echo
    assert judge("no wind", her, NAMES).own_echo
    assert judge("no wind stop", her, NAMES).cuts
    assert judge("what about dinner that", her, NAMES).words == 3


@given(st.text(), st.text())
def test_what_she_says_is_never_somebody_else(text: str, around: str) -> None:
    """A transcript that is made of her own words alone cuts nothing."""
    judged = judge(text, f"{around} {text} {around}", NAMES)
    assert not judged.cuts
    assert judged.words == 0
