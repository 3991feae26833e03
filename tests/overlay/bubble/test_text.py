"""The bubble holds the right words for the right time."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alisa.link.items import Connected, Disconnected
from alisa.protocol.messages import (
    Action,
    ActionResult,
    End,
    Error,
    Sentence,
    SpeechEnd,
    SpeechStart,
    Status,
    Token,
    Turn,
    Welcome,
)
from alisa.protocol.tags import Cause, Channel, EndReason
from overlay.bubble.notes import Kind
from overlay.bubble.shown import View
from overlay.bubble.text import (
    FADE_SECONDS,
    Answered,
    Bubble,
    Dismissed,
    Event,
    Hovered,
    Opened,
    Told,
    reduce,
    view,
    waved_away,
)

CONNECTED = Connected(Welcome("1", "main"))


class Scene:
    """A bubble and its clock."""

    def __init__(self, room: int = 120, connected: bool = True) -> None:
        self.bubble, self.now, self.room = Bubble(), 100.0, room
        if connected:
            self.feed(CONNECTED)

    def feed(self, *events: Event) -> "Scene":
        for event in events:
            self.bubble = reduce(self.bubble, event, self.now)
        return self

    def after(self, seconds: float) -> "Scene":
        self.now += seconds
        return self

    @property
    def view(self) -> View:
        return view(self.bubble, self.now, lambda text: len(text) <= self.room)

    def until_empty(self) -> float:
        """How long it takes, waking only when the view says so, until nothing shows."""
        began, wakes = self.now, 0
        while not self.view.is_empty:
            assert self.view.changes_in is not None
            self.after(self.view.changes_in + 1e-6)
            wakes += 1
            assert wakes < 200
        return self.now - began


def reply(*sentences: str, turn: int = 1) -> list[Event]:
    return [Turn(turn=turn), *(Sentence(text, turn) for text in sentences), End(turn=turn)]


class TestHerWords:
    def test_sentences_show_as_they_come(self) -> None:
        """Each sentence of the running turn shows at once, behind those before it."""
        told = Scene().feed(Turn(turn=1))
        assert told.view.is_empty
        told.feed(Sentence("Hello.", 1))
        assert told.view.words == "Hello."
        told.feed(Sentence("How are you?", 1))
        assert told.view.words == "Hello. How are you?"

    def test_the_plain_dialect_shows_sentences_too(self) -> None:
        """Bare pieces of text become sentences; the rest shows with [END], and what follows is a new reply."""
        told = Scene()
        for token in ("Hel", "lo the", "re. I am", " here"):
            told.feed(Token(token))
        assert told.view.words == "Hello there."
        told.feed(End())
        assert told.view.words == "Hello there. I am here"
        told.feed(Token("Again. "))
        assert told.view.words == "Again."

    def test_a_reply_stays_as_long_as_it_takes_to_read(self) -> None:
        """Nothing goes while the turn runs; then it stays its reading time, fades, and is gone."""
        words = "one two three four five six seven eight nine ten eleven twelve"
        told = Scene().feed(Turn(turn=1), Sentence(words, 1)).after(30)
        assert told.view.opacity == 1.0
        told.feed(End(turn=1))
        assert told.until_empty() == pytest.approx(2.0 + FADE_SECONDS, abs=0.01)
        told = Scene().feed(*reply(words))
        assert told.until_empty() == pytest.approx(4.0 + FADE_SECONDS, abs=0.01)

    def test_it_fades_in_steps(self) -> None:
        """Before it goes it becomes fainter, and its words stay until it cannot be seen."""
        told = Scene().feed(*reply("Hi.")).after(2.2)
        assert told.view.words == "Hi."
        assert told.view.opacity == pytest.approx(0.5)
        assert told.view.changes_in is not None
        assert told.view.changes_in <= 1 / 30

    def test_a_long_reply_scrolls_at_a_readers_pace(self) -> None:
        """What does not fit scrolls: a reply that arrives at once is seen from its first sentence to its last."""
        sentences = [f"This is the sentence with the number {n}." for n in range(12)]
        told = Scene(room=130).feed(*reply(*sentences))
        seen: list[str] = []
        while not told.view.is_empty:
            if told.view.opacity == 1.0:
                assert len(told.view.words) <= 130
                seen.append(told.view.words)
            told.after((told.view.changes_in or 0) + 1e-6)
        assert seen[0].startswith(sentences[0])
        assert seen[-1].endswith(sentences[-1])
        assert all(any(sentence in words for words in seen) for sentence in sentences)
        assert len(set(seen)) >= 10

    def test_while_the_voice_speaks_it_stays(self) -> None:
        """Between [SPEECH_START] and [SPEECH_END] the words stand; soon after, they go."""
        told = Scene().feed(*reply("Hi there.")).after(1)
        told.feed(SpeechStart(1)).after(60)
        assert told.view.words == "Hi there."
        told.feed(SpeechEnd(turn=1))
        assert told.until_empty() == pytest.approx(2.4, abs=0.01)

    def test_a_voice_that_begins_late_brings_the_words_back(self) -> None:
        """A slow voice is not left without words."""
        told = Scene().feed(*reply("Hi there.")).after(20)
        assert told.view.is_empty
        assert told.feed(SpeechStart(1)).view.words == "Hi there."

    def test_an_interrupted_reply_says_so_and_goes(self) -> None:
        """A dash marks what was cut off; with a voice, only what was heard stands."""
        told = Scene().feed(Turn(turn=1), Sentence("I was about to say a lot.", 1), SpeechStart(1))
        told.feed(End(EndReason.INTERRUPTED, turn=1), SpeechEnd("I was about", completed=False, turn=1))
        assert told.view.words == "I was about —"
        assert told.until_empty() < 4

    def test_stale_turns_are_ignored(self) -> None:
        """What belongs to an earlier turn, or follows the end of its own, changes nothing."""
        told = Scene().feed(*reply("Old.", turn=4), Turn(turn=5), Sentence("New.", 5))
        assert told.feed(Sentence("Older.", 4), End(turn=4), Sentence("Late.", 3)).view.words == "New."
        told.feed(End(turn=5), Sentence("Later.", 5))
        assert told.view.words == "New."

    def test_the_reply_before_stays_until_the_next_has_words(self) -> None:
        """A new turn that still thinks does not empty the bubble."""
        told = Scene().feed(*reply("Old.", turn=1), Turn(turn=2))
        assert told.view.words == "Old."
        assert told.feed(Sentence("New.", 2)).view.words == "New."

    def test_a_turn_told_again_after_a_reconnect_is_not_read_again(self) -> None:
        """What was read before the link broke stays read."""
        told = Scene(room=30).feed(Turn(turn=1), Sentence("This is the first one.", 1), Sentence("And a second.", 1))
        told.after(1.7).feed(Disconnected("gone", 0.1)).after(0.2).feed(CONNECTED)
        told.feed(Turn(turn=1), Sentence("This is the first one.", 1), Sentence("And a second.", 1)).after(1.0)
        assert told.view.words == "And a second."

    def test_ten_thousand_characters_have_an_end(self) -> None:
        """The bubble takes its part of an endless reply, says that there is more, and gives up the rest."""
        told = Scene(room=300).feed(Turn(turn=1), *(Sentence("x" * 10_000, 1) for _ in range(10)))
        assert len(told.view.words) <= 300
        assert told.view.note is not None
        assert "chat" in told.view.note.text
        told.feed(End(turn=1))
        assert told.until_empty() < 240

    def test_a_turn_that_never_ends_lets_go(self) -> None:
        """A lost [END] does not hold the bubble for ever."""
        assert Scene().feed(Turn(turn=1), Sentence("Hm.", 1)).until_empty() < 61

    def test_the_pointer_holds_it(self) -> None:
        """What is pointed at does not go; when the pointer leaves, it goes soon."""
        told = Scene().feed(*reply("Hi.")).after(1).feed(Hovered(True)).after(100)
        assert told.view.words == "Hi."
        assert told.view.changes_in is None
        told.feed(Hovered(False))
        assert told.until_empty() == pytest.approx(1.4, abs=0.01)

    def test_it_can_be_sent_away(self) -> None:
        """Dismissed words are gone at once, even while the turn runs; the next sentence shows again."""
        told = Scene().feed(Turn(turn=1), Sentence("Hi.", 1), Dismissed())
        assert told.view.is_empty
        assert told.feed(Sentence("And on.", 1)).view.words == "And on."

    def test_what_she_said_by_herself_is_waved_away_with_it(self) -> None:
        """Only that, only while it shows, and not what the user asked for or was told by the program."""
        told = Scene().feed(Turn(Cause.VISION, 7), Sentence("You're back.", 7), End(turn=7))
        assert waved_away(told.bubble, told.now) == 7
        assert waved_away(told.bubble, told.now + 600) is None
        assert waved_away(told.feed(Dismissed()).bubble, told.now) is None
        for cause in (Cause.USER, Cause.REMINDER):
            told.feed(Turn(cause, 8), Sentence("Hm.", 8), End(turn=8))
            assert waved_away(told.bubble, told.now) is None

    def test_a_mark_is_waved_away_before_and_after_it_is_opened(self) -> None:
        """But not by whoever sends away a note that covers it."""
        told = Scene().feed(Turn(Cause.IDLE, 7, Channel.BADGE), Sentence("Hi.", 7), End(turn=7))
        assert waved_away(told.bubble, told.now) == 7
        assert waved_away(told.feed(Opened()).bubble, told.now) == 7
        told.feed(Turn(Cause.IDLE, 9, Channel.BADGE), Sentence("Hi.", 9), End(turn=9)).after(600)
        assert waved_away(told.feed(Told("Copied.")).bubble, told.now) is None


class TestTheProduct:
    def test_an_error_shows_what_to_do_next(self) -> None:
        """An error shows its message and hint, as trouble, beside what she said; and goes by itself."""
        told = Scene().feed(Turn(turn=1), Sentence("Well,", 1))
        told.feed(Error("llm_unreachable", "The model is away.", "Start it.", 1), End(EndReason.ERROR, turn=1))
        assert told.view.words == "Well,"
        assert told.view.note is not None
        assert (told.view.note.text, told.view.note.hint, told.view.note.kind) == (
            "The model is away.",
            "Start it.",
            Kind.TROUBLE,
        )
        assert 2 < told.until_empty() < 15

    def test_the_plain_dialects_error_has_words(self) -> None:
        """A bare [ERROR] says something, too, and what to do."""
        note = Scene().feed(Error("", "")).view.note
        assert note is not None
        assert note.text
        assert note.hint

    def test_the_hub_is_missed_quietly(self) -> None:
        """A short loss is not mentioned; a longer one is, for a while; and its end as well."""
        told = Scene().feed(Disconnected("gone", 1.0))
        assert told.view.is_empty
        assert told.view.changes_in == pytest.approx(3.0)
        told.after(1).feed(CONNECTED)
        assert told.after(5).view.is_empty
        told.feed(Disconnected("gone", 1.0)).after(2).feed(Disconnected("still", 2.0)).after(1.5)
        assert told.view.note is not None
        assert (told.view.note.text, told.view.note.hint) == (
            "The hub is away.",
            "She wakes when it is back; `alisa up` starts it.",
        )
        told.until_empty()
        assert told.after(600).view.is_empty
        note = told.feed(CONNECTED).view.note
        assert note is not None
        assert note.text == "The hub is back."
        assert told.until_empty() < 4

    def test_the_words_of_a_lost_hub_can_still_be_read(self) -> None:
        """The hub going away does not take the words away, nor keep them for ever."""
        told = Scene().feed(Turn(turn=1), Sentence("Hi.", 1), Disconnected("gone", 1.0))
        assert told.view.words == "Hi."
        assert told.until_empty() < 12

    def test_a_loading_model_is_product_speech(self) -> None:
        """[STATUS] shows as a note, never as her words, and its end is told; a model that was ready is no news."""
        told = Scene().feed(Status({"llm": "ready"}))
        assert told.view.is_empty
        told.feed(Status({"llm": "loading", "note": "about 10 s"})).after(1)
        assert told.view.words == ""
        assert told.view.note is not None
        assert (told.view.note.text, told.view.note.hint) == ("The model is loading.", "about 10 s")
        told.after(5).feed(Status({"llm": "loading", "note": "about 5 s", "storage": "ready"}))
        told.feed(Status({"llm": "ready"}))
        assert told.view.note is not None
        assert told.view.note.text == "The model is ready."
        assert told.until_empty() < 4

    def test_odd_status_is_no_trouble(self) -> None:
        """A status of any shape changes nothing that it does not name."""
        assert Scene().feed(Status({"llm": 7, "note": [1], "storage": None})).view.is_empty

    def test_a_reminder_is_confirmed_for_certain(self) -> None:
        """In the hub's own words, once; what stood there before she came is old."""
        told = Scene().feed(Status({"llm": "ready", "reminder_note": "Timer set: today, 18:00"}))
        assert told.view.is_empty
        told.feed(
            Status({"llm": "ready", "reminder_note": ""}), Status({"reminder_note": "Reminder: call your sister"})
        )
        assert told.view.note is not None
        assert told.view.note.text == "Reminder: call your sister"
        assert told.until_empty() < 8
        told.feed(Status({"llm": "busy", "reminder_note": "Reminder: call your sister"}))
        assert told.view.is_empty

    def test_the_avatar_can_speak_as_the_product(self) -> None:
        """The program's own notes show like the hub's."""
        note = Scene(connected=False).feed(Told("Clicks pass through me.", "Ctrl+Alt+A ends it.")).view.note
        assert note is not None
        assert note.text == "Clicks pass through me."


class TestConsent:
    def test_questions_queue(self) -> None:
        """One question shows at a time, in the order in which they came, until it is answered."""
        told = Scene().feed(Action("a", "First", "t1"), Action("b", "Second", "t2"))
        assert told.view.question is not None
        assert (told.view.question.title, told.view.waiting) == ("First", 1)
        told.after(60).feed(Answered("a"))
        assert told.view.question is not None
        assert (told.view.question.title, told.view.waiting) == ("Second", 0)
        assert told.feed(Answered("b")).view.is_empty

    def test_a_question_lapses(self) -> None:
        """An unanswered question goes when its term is over, and the view knows when."""
        told = Scene().feed(Action("a", "T", "t", {"expires_seconds": 30}))
        assert told.view.changes_in == pytest.approx(30)
        assert told.after(30).view.is_empty

    def test_a_result_shows_briefly_and_ends_the_question(self) -> None:
        """What became of an action, answered here or elsewhere, is said once."""
        told = Scene().feed(Action("a", "Open Firefox", "t"), ActionResult("a", "done"))
        assert told.view.question is None
        assert told.view.note is not None
        assert told.view.note.text == "Open Firefox: done"
        assert told.until_empty() < 6
        note = told.feed(Action("b", "Open Firefox?", "t"), ActionResult("b", "declined")).view.note
        assert note is not None
        assert note.text == "Open Firefox: declined"
        note = told.feed(ActionResult("a", "failed", "There is no Firefox.")).view.note
        assert note is not None
        assert (note.text, note.kind) == ("There is no Firefox.", Kind.TROUBLE)

    def test_words_and_question_stand_together(self) -> None:
        """Her words go in their time, the question stays; dismissing the words does not answer it."""
        told = Scene().feed(*reply("May I?"), Action("a", "T", "t"))
        assert told.view.words
        assert told.view.question is not None
        told.after(10)
        assert (told.view.words, told.view.opacity) == ("", 1.0)
        assert told.feed(Dismissed()).view.question is not None

    def test_without_the_hub_nothing_can_be_answered(self) -> None:
        """While the hub is away its questions do not show; a question that still stands shows when it is back."""
        told = Scene().feed(Action("a", "T", "t"), Disconnected("gone", 0.1))
        assert told.view.question is None
        assert told.after(1).feed(CONNECTED).view.question is not None


def _events() -> st.SearchStrategy[Event]:
    turns = st.none() | st.integers(1, 4)
    text = st.text(max_size=40) | st.just("word " * 50)
    states = st.sampled_from(["loading", "down", "ready", "failing"])
    return st.one_of(
        st.builds(Turn, turn=turns),
        st.builds(Sentence, text, turns),
        st.builds(Token, text, turns),
        st.builds(End, st.sampled_from(EndReason), turn=turns),
        st.builds(SpeechStart, turns),
        st.builds(SpeechEnd, text, st.booleans(), turns),
        st.builds(Error, text, text, text, turns),
        st.builds(Status, st.dictionaries(st.sampled_from(["llm", "note", "storage"]), states)),
        st.builds(Action, st.sampled_from("abc"), text, text),
        st.builds(ActionResult, st.sampled_from("abc"), st.sampled_from(["done", "failed"])),
        st.just(CONNECTED),
        st.builds(Disconnected, text, st.just(1.0)),
        st.builds(Hovered, st.booleans()),
        st.just(Dismissed()),
        st.builds(Answered, st.sampled_from("abc")),
    )  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.tuples(_events(), st.floats(0, 20))))
def test_whatever_comes_it_ends(steps: list[tuple[Event, float]]) -> None:
    """No order of events leaves the bubble stuck: with the pointer away, it becomes empty, waking seldom."""
    told = Scene()
    for event, seconds in steps:
        told.feed(event).after(seconds)
        shown = told.view
        assert 0.0 <= shown.opacity <= 1.0
        assert shown.changes_in is None or shown.changes_in > 0
        later = dataclasses.replace(shown, changes_in=None, opacity=1.0)
        if shown.changes_in and shown.changes_in > 0.1:
            soon = view(told.bubble, told.now + shown.changes_in * 0.99, lambda text: len(text) <= told.room)
            assert dataclasses.replace(soon, changes_in=None, opacity=1.0) == later
    told.feed(Hovered(False)).until_empty()


def test_a_badge_shows_only_a_mark_until_it_is_opened() -> None:
    """What she wrote unasked waits behind a mark; a click shows it, as long as it takes to read."""
    scene = Scene().feed(Turn(Cause.IDLE, 5, Channel.BADGE), Sentence("Have some water.", 5))
    assert scene.view.is_empty
    scene.feed(End(turn=5))
    assert (scene.view.words, scene.view.is_mark) == ("…", True)
    scene.after(600)
    assert scene.view.is_mark, "it waits"
    scene.feed(Opened())
    assert (scene.view.words, scene.view.is_mark) == ("Have some water.", False)
    assert scene.until_empty() > 2
    assert not scene.feed(Opened()).view.words


def test_a_mark_covers_nothing_and_goes_by_itself() -> None:
    """A reply shows as ever while a mark waits; a right click sends it away, and so do two hours."""
    badge = (Turn(Cause.IDLE, 5, Channel.BADGE), Sentence("Psst.", 5), End(turn=5))
    scene = Scene().feed(Turn(turn=4), Sentence("Hello.", 4), End(turn=4)).feed(*badge)
    assert scene.view.words == "Hello."
    assert scene.after(60).view.is_mark
    scene.feed(Turn(turn=6), Sentence("Yes?", 6), End(turn=6))
    assert scene.view.words == "Yes?"
    assert scene.after(60).view.is_mark
    assert scene.feed(Dismissed()).view.is_empty
    scene.feed(Turn(Cause.IDLE, 7, Channel.BADGE), Sentence("Psst.", 7), End(turn=7))
    assert scene.view.is_mark
    assert scene.after(2 * 3600 + 1).view.is_empty


def test_an_interrupted_or_empty_badge_leaves_no_mark() -> None:
    """Nothing is behind it."""
    scene = Scene().feed(Turn(Cause.IDLE, 5, Channel.BADGE), End(turn=5))
    assert scene.view.is_empty
    scene.feed(Turn(Cause.IDLE, 6, Channel.BADGE), Sentence("Psst", 6), End(EndReason.INTERRUPTED, turn=6))
    assert scene.view.is_empty


def test_what_she_gives_up_is_said_once() -> None:
    """When it happens; who connects later is not told of it again."""
    scene = Scene().feed(Status({"llm": "ready"}))
    scene.feed(Status({"llm": "ready", "initiative_note": "She stops."}))
    assert scene.view.note is not None
    assert scene.view.note.text == "She stops."
    scene.until_empty()
    assert scene.feed(Status({"llm": "busy", "initiative_note": "She stops."})).view.is_empty
    assert Scene().feed(Status({"initiative_note": "She stops."})).view.is_empty


def test_a_toast_shows_as_any_reply() -> None:
    """It is only not spoken."""
    scene = Scene().feed(Turn(Cause.VISION, 5, Channel.TOAST), Sentence("Welcome back.", 5), End(turn=5))
    assert scene.view.words == "Welcome back."
