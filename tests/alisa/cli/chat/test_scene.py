"""The scene: what the hub says becomes what is printed, in an order that reads well."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alisa.cli.chat.scene import Aside, Block, HerName, Note, Print, ReplyOver, Scene, Trouble, UserLine
from alisa.link.items import Connected, Disconnected, Item
from alisa.protocol.messages import EmotionShown, End, Error, Mode, Sentence, Status, Token, Turn, User, Welcome
from alisa.protocol.tags import Cause, Channel, Emotion, EndReason

WELCOME = Connected(Welcome("1", "main", mode="calm", persona="alisa", emotion=Emotion.SHY))


def scene() -> Scene:
    made = Scene()
    assert made.feed(WELCOME) == []
    return made


def play(made: Scene, *items: Item) -> list[Print]:
    return [line for item in items for line in made.feed(item)]


def test_a_turn_from_words_to_end() -> None:
    """What was typed is printed at once and not again; her reply is printed when it is complete."""
    made = scene()
    assert made.say("hi") == [UserLine("hi")]
    assert made.busy
    assert (
        play(made, User("hi", 1), Turn(turn=1), EmotionShown(Emotion.HAPPY, 1), Token("He", 1), Token("llo.", 1)) == []
    )
    assert made.growing == "Hello."
    assert made.emotion is Emotion.HAPPY
    assert made.feed(End(turn=1)) == [HerName(Emotion.HAPPY), Block("Hello."), ReplyOver(EndReason.STOP)]
    assert not made.busy
    assert made.growing == ""


def test_complete_blocks_are_printed_while_she_goes_on() -> None:
    """Her name stands once above the first; the rest keeps growing."""
    made = scene()
    play(made, Turn(turn=1), EmotionShown(Emotion.CALM, 1))
    assert play(made, Token("One.\n", 1), Token("\nTw", 1)) == [HerName(Emotion.CALM), Block("One.")]
    assert made.growing == "Tw"
    assert play(made, Token("o.\n\nThree.", 1)) == [Block("Two.", first=False)]
    assert made.feed(End(turn=1)) == [Block("Three.", first=False), ReplyOver(EndReason.STOP)]


def test_messages_typed_while_she_speaks_wait_for_their_turn() -> None:
    """They are shown as waiting, and printed above the replies that they get, in order."""
    made = scene()
    made.say("a")
    play(made, User("a", 1), Turn(turn=1), Token("Re: a", 1))
    assert made.say("b") == []
    assert made.say("c") == []
    assert play(made, User("b", 2), User("c", 3)) == []
    assert made.queued == ["b", "c"]
    assert made.feed(End(turn=1))[-1] == ReplyOver(EndReason.STOP)
    assert made.feed(Turn(turn=2)) == [UserLine("b")]
    assert made.queued == ["c"]
    assert play(made, End(turn=2), Turn(turn=3)) == [UserLine("c")]
    assert made.unheard == []


def test_messages_typed_before_she_begins_wait_too() -> None:
    """Only the first is printed at once; each of the others stands above its own reply."""
    made = scene()
    assert made.say("a") == [UserLine("a")]
    assert made.say("b") == []
    assert play(made, User("a", 1), User("b", 2), Turn(turn=1)) == []
    assert made.queued == ["b"]
    assert play(made, End(turn=1), Turn(turn=2)) == [UserLine("b")]


def test_other_clients_are_seen_too() -> None:
    """What was said into the microphone, and what she says by herself, stand here like all else."""
    made = scene()
    assert made.feed(User("spoken", 4)) == [UserLine("spoken")]
    assert play(made, Turn(turn=4), Token("Yes?", 4), End(turn=4))[1] == Block("Yes?")
    assert play(made, Turn(Cause.IDLE, 5), Token("Bored.", 5), End(turn=5))[1] == Block("Bored.")


@pytest.mark.parametrize("channel", list(Channel))
def test_what_is_not_spoken_stands_aside(channel: Channel) -> None:
    """A toast or a badge does not draw itself over what the user types: one dim line when it is complete."""
    made = scene()
    assert play(made, Turn(Cause.IDLE, 5, channel), EmotionShown(Emotion.SHY, 5), Token("Still\n\nthere?", 5)) == []
    assert made.growing == ""
    assert not made.busy
    assert made.say("hm") == [UserLine("hm")]
    assert play(made, End(turn=5)) == [Aside("Still there?", Emotion.SHY)]


def test_what_she_gives_up_is_said_once() -> None:
    """The product says so, when it happens and not at each status."""
    made = scene()
    made.feed(Status({"llm": "ready"}))
    assert made.feed(Status({"llm": "ready", "initiative_note": "No more."})) == [Note("No more.")]
    assert made.feed(Status({"llm": "busy", "initiative_note": "No more."})) == []


def test_a_reminder_is_confirmed_for_certain() -> None:
    """In the hub's own words, once; what stood there before this client came is old."""
    late = scene()
    assert late.feed(Status({"llm": "ready", "reminder_note": "Reminder set: today, 18:00"})) == []
    assert late.feed(Status({"llm": "ready", "reminder_note": ""})) == []
    assert late.feed(Status({"llm": "ready", "reminder_note": "Reminder: \x1b[2Jgo"})) == [Note("Reminder: [2Jgo")]
    assert late.feed(Status({"llm": "busy", "reminder_note": "Reminder: \x1b[2Jgo"})) == []
    assert late.feed(Status({"llm": "busy", "reminder_note": ["odd"]})) == []


def test_a_failed_reply_says_what_to_do() -> None:
    """What had come of it is printed first; the turn is over, and the next can begin."""
    made = scene()
    made.say("hi")
    lines = play(made, User("hi", 1), Turn(turn=1), Token("Well", 1), Error("llm_away", "Away.", "Wait.", 1))
    assert lines == [HerName(None), Block("Well"), Trouble("Away.", "Wait.")]
    assert made.feed(End(EndReason.ERROR, turn=1)) == [ReplyOver(EndReason.ERROR)]
    assert not made.busy


def test_words_that_the_hub_refuses_are_not_said_again() -> None:
    """Too long: told, and forgotten; a wrong mode has nothing to do with what was said."""
    made = scene()
    made.say("long")
    made.say("short")
    assert made.feed(Error("unknown_mode", "No.", "x")) == [Trouble("No.", "x")]
    assert made.unheard == ["long", "short"]
    assert made.feed(Error("message_too_long", "Too long.", "Shorter.")) == [Trouble("Too long.", "Shorter.")]
    assert made.unheard == ["short"]


def test_a_reply_that_was_interrupted_is_marked() -> None:
    """Also when not a word had come."""
    made = scene()
    assert play(made, Turn(turn=1), Token("I th", 1), End(EndReason.INTERRUPTED, turn=1))[-1] == ReplyOver(
        EndReason.INTERRUPTED
    )
    assert play(made, Turn(turn=2), End(EndReason.INTERRUPTED, turn=2)) == [ReplyOver(EndReason.INTERRUPTED)]


def test_the_hub_goes_and_comes() -> None:
    """It is said once, however often the link tries; then that it is back."""
    made = scene()
    away = Disconnected("the hub has stopped", 0.0)
    lines = play(made, away, away, away, WELCOME)
    assert lines == [
        Note("The hub is away: the hub has stopped. I'll go on when it is back."),
        Note("The hub is back."),
    ]


def test_a_reply_told_again_after_a_reconnect_is_not_printed_twice() -> None:
    """The blocks that stand there stay; what is new follows."""
    made = scene()
    made.say("hi")
    play(made, User("hi", 1), Turn(turn=1), Token("One.\n\nTwo", 1), Disconnected("x", 0.0), WELCOME)
    lines = play(made, User("hi", 1), Turn(turn=1), Token("One.\n\nTwo.\n\nThr", 1))
    assert lines == [Block("Two.", first=False)]
    assert play(made, Token("ee.", 1), End(turn=1)) == [Block("Three.", first=False), ReplyOver(EndReason.STOP)]
    assert play(made, User("hi", 1), Turn(turn=1), Token("One.", 1), End(turn=1)) == []


def test_a_reply_that_the_hub_forgot_is_closed_by_the_next() -> None:
    """A hub that died before it could store anything begins anew; what had come is marked as cut off."""
    made = scene()
    play(made, Turn(turn=1), Token("Half", 1), Disconnected("x", 0.0), WELCOME)
    assert made.feed(Turn(turn=2)) == [HerName(None), Block("Half"), ReplyOver(EndReason.INTERRUPTED)]


def test_what_nobody_took_is_unheard_until_somebody_does() -> None:
    """Two same messages are two; each is taken once."""
    made = scene()
    made.say("again")
    made.say("again")
    assert made.unheard == ["again", "again"]
    made.feed(User(" again\n", 1))
    assert made.unheard == ["again"]
    assert made.feed(User("again", 1)) == []
    assert made.unheard == ["again"]


def test_state_is_kept_for_the_toolbar() -> None:
    """Mode, status and emotion; a new mode is told once."""
    made = scene()
    assert (made.mode, made.persona, made.emotion) == ("calm", "Alisa", Emotion.SHY)
    assert play(made, Mode("teasing"), Mode("teasing")) == [Note("Mode: teasing.")]
    made.feed(Status({"llm": "loading"}))
    assert made.status == {"llm": "loading"}


@pytest.mark.parametrize("late", [Token("x", 7), EmotionShown(Emotion.SAD, 7), End(turn=7), Sentence("x", 7)])
def test_frames_of_other_turns_change_nothing(late: Item) -> None:
    """What comes too late is not shown."""
    made = scene()
    made.feed(Turn(turn=8))
    assert made.feed(late) == []
    assert made.growing == ""


def test_foreign_words_are_harmless() -> None:
    """Neither her words nor errors can command the terminal."""
    made = scene()
    lines = play(made, Turn(turn=1), Token("\x1b[2Jhi", 1), Error("x", "\x1b[m", "\x07", 1), User("\x1bc", 9))
    assert lines == [HerName(None), Block("[2Jhi"), Trouble("[m", "")]
    assert made.queued == ["c"]


TURNS = st.integers(1, 4)
ITEMS = st.one_of(
    st.builds(User, st.sampled_from(["a", "b"]), TURNS),
    st.builds(Turn, turn=TURNS),
    st.builds(Token, st.sampled_from(["x ", "\n\n", "y"]), TURNS),
    st.builds(End, st.sampled_from(EndReason), turn=TURNS),
    st.builds(Error, st.just("c"), st.just("m"), turn=st.none() | TURNS),
    st.just(WELCOME),
    st.just(Disconnected("x", 0.0)),
)


@given(st.lists(st.one_of(ITEMS, st.sampled_from(["a", "b"])), max_size=40))
def test_any_order_of_events_is_survived(events: list[Item | str]) -> None:
    """Whatever comes: what was typed is printed at most once, a turn ends at most once, nothing stays half."""
    made = Scene()
    printed: list[Print] = []
    for event in events:
        printed += made.say(event) if isinstance(event, str) else made.feed(event)
    assert sum(isinstance(line, ReplyOver) for line in printed) <= 4
    named = [line for line in printed if isinstance(line, HerName | Block)]
    firsts = [line for line in named if isinstance(line, Block) and line.first]
    assert len(firsts) == sum(isinstance(line, HerName) for line in named)
