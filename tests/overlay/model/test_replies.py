"""A reply as she lives it: thinking, feeling, and the words that move her mouth, in both dialects."""

from __future__ import annotations

import pytest

from alisa.link import Connected
from alisa.protocol import Emotion, EndReason
from alisa.protocol.messages import (
    EmotionShown,
    End,
    Error,
    Sentence,
    SpeechEnd,
    SpeechStart,
    Token,
    Turn,
    User,
    Welcome,
)
from alisa.protocol.tags import Cause, Channel
from overlay.events import Asked
from overlay.expressions import Expression
from overlay.model import Activity, activity_at
from overlay.model.replies import EMOTION_SECONDS, LONGEST_TALK_SECONDS, REPLY_LIMIT_SECONDS
from tests.overlay.story import START, at_home, face, told


def test_she_thinks_from_the_turn_to_its_first_sign() -> None:
    """Between `[TURN]` and the emotion or the first words one sees that she is thinking."""
    avatar = at_home("", (1.0, Turn(turn=3)))
    assert face(avatar, 2.0) is Expression.THINKING
    assert activity_at(avatar, START + 2.0) is Activity.THINKING
    assert face(told(avatar, (3.0, EmotionShown(Emotion.HAPPY, 3))), 3.5) is Expression.HAPPY
    assert face(told(avatar, (3.0, Sentence("Well.", 3))), 3.5) is Expression.NEUTRAL
    assert face(told(avatar, (3.0, Token("Well", 3))), 3.5) is Expression.NEUTRAL


def test_what_only_leaves_a_mark_does_not_show_on_her() -> None:
    """She neither thinks nor speaks nor feels about it; the next turn is as ever."""
    badge = (
        (1.0, Turn(Cause.IDLE, 3, Channel.BADGE)),
        (1.1, EmotionShown(Emotion.HAPPY, 3)),
        (1.2, Sentence("Psst.", 3)),
        (1.3, End(turn=3)),
    )
    avatar = at_home("", *badge)
    assert activity_at(avatar, START + 1.25) is Activity.IDLE
    assert face(avatar, 3.0) is Expression.NEUTRAL
    assert activity_at(told(avatar, (4.0, Turn(turn=4))), START + 5.0) is Activity.THINKING


def test_a_quick_reply_shows_no_thinking() -> None:
    """When the first sign comes at once, no thinking face flashes by."""
    avatar = at_home("", (1.0, Turn(turn=3)))
    assert face(avatar, 1.1) is Expression.NEUTRAL


def test_thinking_ends_though_the_hub_never_answers() -> None:
    """A hub that forgets a turn does not leave her thinking for ever."""
    avatar = at_home("", (1.0, Turn(turn=3)))
    assert face(avatar, REPLY_LIMIT_SECONDS) is Expression.THINKING
    assert face(avatar, REPLY_LIMIT_SECONDS + 3.0) is Expression.NEUTRAL


@pytest.mark.parametrize("ending", [Error("llm_away", "The model is away.", "", 3), End(EndReason.ERROR, turn=3)])
def test_thinking_ends_with_a_reply_that_failed(ending: Error | End) -> None:
    """A turn that fails before its first words ends her thinking."""
    assert face(at_home("", (1.0, Turn(turn=3)), (2.0, ending)), 2.5) is Expression.NEUTRAL


def test_an_error_of_something_else_does_not_end_her_thinking() -> None:
    """A complaint that belongs to no turn leaves the running one alone."""
    avatar = at_home("", (1.0, Turn(turn=3)), (2.0, Error("bad_message", "It could not be read.")))
    assert face(avatar, 2.5) is Expression.THINKING


@pytest.mark.parametrize("emotion", list(Emotion))
def test_every_emotion_has_its_face(emotion: Emotion) -> None:
    """Each of the wire's seven emotions is a face of its own."""
    assert face(at_home("", (1.0, EmotionShown(emotion, 1))), 2.0) == Expression(emotion.value)


def test_an_emotion_holds_a_while_and_then_relaxes() -> None:
    """After the reply she still feels it for a time; then her face comes to rest."""
    avatar = at_home("", (1.0, Turn(turn=1)), (2.0, EmotionShown(Emotion.SAD, 1)), (4.0, End(turn=1)))
    assert face(avatar, 4.0 + EMOTION_SECONDS - 1.0) is Expression.SAD
    assert face(avatar, 4.0 + EMOTION_SECONDS + 1.0) is Expression.NEUTRAL


def test_in_the_calm_mode_she_relaxes_to_calm() -> None:
    """Her resting face is that of the mode."""
    avatar = at_home("calm", (1.0, EmotionShown(Emotion.HAPPY, 1)), (2.0, End(turn=1)))
    assert face(avatar, 3.0) is Expression.HAPPY
    assert face(avatar, 60.0) is Expression.CALM


def test_nothing_of_a_turn_is_believed_after_its_end() -> None:
    """What comes late of a turn that ended changes nothing at all."""
    avatar = at_home("", (1.0, Turn(turn=5)), (2.0, EmotionShown(Emotion.SAD, 5)), (3.0, End(turn=5)))
    late = (
        Turn(turn=5),
        EmotionShown(Emotion.HAPPY, 5),
        Sentence("Late.", 5),
        Token("Late", 5),
        End(turn=5),
        Turn(turn=4),
    )
    for message in late:
        assert told(avatar, (3.5, message)) == avatar


def test_an_older_turn_does_not_disturb_a_newer_one() -> None:
    """When a turn was overtaken, its rest is stale even without an `[END]`."""
    avatar = at_home("", (1.0, Turn(turn=5)), (2.0, Turn(turn=6)))
    assert told(avatar, (2.5, EmotionShown(Emotion.SAD, 5)), (2.6, End(turn=5))) == avatar


def test_turn_numbers_may_begin_again_with_a_new_connection() -> None:
    """A hub with a fresh history is believed, though its turns are older by number."""
    back = Connected(Welcome(server="1", conversation="main"))
    avatar = at_home("", (1.0, Turn(turn=90)), (2.0, End(turn=90)), (3.0, back), (4.0, EmotionShown(Emotion.SHY, 1)))
    assert face(avatar, 5.0) is Expression.SHY


def test_without_a_voice_shown_words_move_her_mouth_for_a_time() -> None:
    """When nobody speaks aloud, her mouth moves while words come: longer for more words, and then it stops."""
    short = at_home("", (1.0, Sentence("Yes.", 1)))
    long = at_home("", (1.0, Sentence("Yes, and I would like to tell you more about it.", 1)))
    assert activity_at(short, START + 1.1) is Activity.SPEAKING
    assert activity_at(short, START + 1.5) is Activity.IDLE
    assert activity_at(long, START + 2.5) is Activity.SPEAKING
    assert activity_at(long, START + 4.0) is Activity.IDLE


def test_a_flood_of_words_does_not_keep_her_mouth_busy() -> None:
    """A whole essay at once moves her mouth for some seconds, not for minutes."""
    avatar = at_home("", *((1.0, Sentence("word " * 400, 1)) for _ in range(5)))
    assert activity_at(avatar, START + 1.0 + LONGEST_TALK_SECONDS + 0.1) is Activity.IDLE


def test_an_interrupted_reply_falls_silent_at_once() -> None:
    """When the user cuts in, her mouth does not run on."""
    avatar = at_home("", (1.0, Sentence("word " * 40, 1)), (2.0, End(EndReason.INTERRUPTED, turn=1)))
    assert activity_at(avatar, START + 2.0) is Activity.IDLE


def test_where_a_voice_speaks_words_alone_do_not_move_her_mouth() -> None:
    """With a voice client her mouth waits for it: it moves with what is heard."""
    spoken = (1.0, Turn(turn=1)), (2.0, SpeechStart(1)), (3.0, SpeechEnd(turn=1)), (3.0, End(turn=1))
    avatar = at_home("", *spoken, (4.0, Turn(turn=2)), (5.0, Sentence("A new one.", 2)))
    assert activity_at(avatar, START + 5.2) is Activity.IDLE


def test_a_voice_that_stays_silent_for_a_whole_reply_is_no_voice() -> None:
    """When the voice client has gone without a word, the next reply moves her mouth again."""
    spoken = (1.0, Turn(turn=1)), (2.0, SpeechStart(1)), (3.0, SpeechEnd(turn=1)), (3.0, End(turn=1))
    unheard = (4.0, Turn(turn=2)), (5.0, Sentence("Nobody speaks this.", 2)), (6.0, End(turn=2))
    avatar = at_home("", *spoken, *unheard, (7.0, Turn(turn=3)), (8.0, Sentence("Nor this, but I move.", 3)))
    assert activity_at(avatar, START + 8.2) is Activity.SPEAKING


def test_the_plain_dialect_works_without_turns() -> None:
    """Against a hub of the seed system: asked, she thinks; tokens move her mouth; emotion and end are understood."""
    avatar = at_home("", (1.0, Asked()))
    assert face(avatar, 2.0) is Expression.THINKING
    avatar = told(avatar, (3.0, Token("Hello ")), (3.1, Token("there, my friend.")))
    assert activity_at(avatar, START + 3.2) is Activity.SPEAKING
    avatar = told(avatar, (3.4, EmotionShown(Emotion.TEASING)), (3.5, End()))
    assert face(avatar, 10.0) is Expression.TEASING
    assert activity_at(avatar, START + 10.0) is Activity.IDLE
    again = told(avatar, (11.0, EmotionShown(Emotion.SHY)), (11.1, Token("Again.")), (11.2, End()))
    assert face(again, 12.0) is Expression.SHY


def test_a_failed_plain_reply_ends_her_thinking() -> None:
    """The plain dialect's `[ERROR]` and `[END]` are enough."""
    assert face(at_home("", (1.0, Asked()), (2.0, Error("", "")), (2.0, End())), 3.0) is Expression.NEUTRAL


def test_the_users_words_end_listening_and_keep_her_awake() -> None:
    """What the user said arrived: from here the turn decides."""
    avatar = at_home("", (1.0, User("Hello", 1)))
    assert avatar.stirred_at == START + 1.0
