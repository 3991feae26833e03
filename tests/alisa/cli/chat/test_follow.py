"""One question finds its answer."""

from __future__ import annotations

from alisa.cli.chat.follow import Follow
from alisa.protocol.message import Message
from alisa.protocol.messages import EmotionShown, End, Error, Status, Token, Turn, User
from alisa.protocol.tags import Emotion, EndReason


def words(follow: Follow, *messages: Message) -> str:
    return "".join(follow.feed(message) for message in messages)


def test_only_our_turn_is_heard() -> None:
    """Replies to others pass by; ours is found by our words."""
    follow = Follow("hi ")
    assert words(follow, Turn(turn=1), Token("no", 1), End(turn=1), User("other", 2), Token("no", 2)) == ""
    assert not follow.taken
    assert (
        words(follow, User("hi", 3), Turn(turn=3), EmotionShown(Emotion.SAD, 3), Token("Oh", 3), Token(" no.", 3))
        == "Oh no."
    )
    assert (follow.turn, follow.emotion, follow.over) == (3, Emotion.SAD, False)
    follow.feed(End(turn=3))
    assert follow.over
    assert follow.failure is None


def test_words_told_again_are_given_out_once() -> None:
    """After a reconnect the turn begins anew; only what is new comes out."""
    follow = Follow("hi")
    said = words(follow, User("hi", 1), Turn(turn=1), Token("One t", 1))
    said += words(
        follow, User("hi", 1), Turn(turn=1), Token("One ", 1), Token("two", 1), Token(" three", 1), End(turn=1)
    )
    assert said == "One two three"


def test_a_failure_of_our_turn_is_kept() -> None:
    """The error comes first, the end after it."""
    follow = Follow("hi")
    words(follow, User("hi", 1), Error("x", "other", turn=9), Error("llm", "m", "h", turn=1))
    assert follow.failure == Error("llm", "m", "h", turn=1)
    assert not follow.over
    follow.feed(End(EndReason.ERROR, turn=1))
    assert follow.over


def test_a_refusal_before_it_was_taken_ends_it() -> None:
    """Too long, too many waiting: there will be no turn."""
    follow = Follow("hi")
    follow.feed(Error("message_too_long", "m"))
    assert follow.over
    assert follow.failure is not None


def test_a_refusal_of_something_else_does_not() -> None:
    """Once the words are taken, errors without a turn are about other things."""
    follow = Follow("hi")
    words(follow, User("hi", 1), Error("unknown_mode", "m"))
    assert not follow.over


def test_what_the_hub_confirms_is_kept() -> None:
    """A reminder is confirmed in its own words, whatever the reply says; an older line is about something else."""
    follow = Follow("remind me")
    words(
        follow, Status({"reminder_note": "old"}), User("remind me", 1), Status({"reminder_note": "old", "llm": "busy"})
    )
    assert follow.confirmed == ""
    words(follow, Status({"reminder_note": "Reminder set: \x1b[2Jtoday"}), Status({"reminder_note": 7}), End(turn=1))
    assert follow.confirmed == "Reminder set: [2Jtoday"
