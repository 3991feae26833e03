"""What was said stands in history as it was said, in order, each conversation by itself."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from alisa.protocol.tags import Cause, Emotion, EndReason, Source
from alisa.runtime.clock import ManualClock
from alisa.runtime.errors import UsageError
from alisa.runtime.paths import Home
from backend.settings import StorageSettings
from backend.storage.database import Database
from backend.storage.history import MAX_PAGE, History
from backend.storage.types import PendingTurn, StoredMessage
from tests.backend.storage.steps import NOW, answer, ask, chatter, say, talk, texts

STORAGE = StorageSettings(busy_timeout_ms=50)


async def restarted(home: Home) -> tuple[Database, History]:
    database = await Database.open(home, STORAGE, ManualClock())
    return database, History(database)


async def test_a_turn_is_stored_with_all_that_is_known_of_it(history: History, home: Home) -> None:
    """Both messages carry who, when, why and how; the turn keeps its reason and timings."""
    turn = await say(history, "hi there")
    await answer(history, turn, "Hmph.", emotion=Emotion.TEASING)
    after = NOW + timedelta(seconds=2)
    assert await history.page() == [
        StoredMessage(1, turn, "main", "user", "hi there", None, Cause.USER, "chat", False, NOW),
        StoredMessage(
            2, turn, "main", "assistant", "Hmph.", Emotion.TEASING, Cause.USER, "openai:starter", False, after
        ),
    ]
    stored = ask(home.database, "SELECT cause, source, origin, reason, timings FROM turns")
    assert stored == [("user", "typed", "chat", "stop", '{"first_token": 6.5}')]


async def test_times_come_back_in_utc_wherever_they_were_taken(history: History) -> None:
    """An aware time of any zone is kept as the moment it is; one that knows no zone is a mistake."""
    elsewhere = NOW.astimezone(datetime.now().astimezone().tzinfo)
    await history.open_turn("main", Cause.USER, text="hi", source=Source.TYPED, origin="", at=elsewhere)
    (message,) = await history.page()
    assert message.at == NOW
    assert message.at.tzinfo == UTC
    with pytest.raises(Exception, match="time zone"):
        await history.open_turn("main", Cause.USER, text="hi", source=None, origin="", at=datetime(2026, 1, 1))


async def test_ids_grow_and_are_never_given_twice(history: History, home: Home, database: Database) -> None:
    """Clients resume by turn: an id is not given again after a clearing, nor after a restart."""
    turns = await talk(history, *[(str(number), "ok") for number in range(5)])
    assert turns == sorted(set(turns))
    await history.clear()
    await database.close()
    database, history = await restarted(home)
    assert await say(history, "anew") > turns[-1]
    await database.close()


async def test_lone_surrogates_never_reach_sqlite(history: History) -> None:
    """Text that has no UTF-8 form is stored with replacement characters, wherever it comes in; later turns work."""
    bad = "a\ud800b\0"
    turn = await history.open_turn(bad, Cause.USER, text=bad, source=Source.TYPED, origin=bad, at=NOW)
    await history.save_partial(turn, bad, None, NOW)
    await history.close_turn(
        turn, reason=EndReason.STOP, text=bad, emotion=None, interrupted=False, origin=bad, timings={}, at=NOW
    )
    await history.ensure_conversation(bad, bad, bad)
    await history.set_mode(bad, bad)
    for messages in (await history.window(bad, turns=5), await history.page(query=bad), await history.page()):
        assert texts(messages) == ["a�b�"] * 2
    assert await history.latest(bad) == (turn, None)
    assert (await history.turns_after(bad, 0))[0][0].text == "a�b�"
    assert await history.unanswered(bad) == []
    assert (await history.clear(bad)).messages == 2


# --- a reply that is cut off -----------------------------------------------------------------


async def test_a_partial_reply_is_kept_marked_interrupted(history: History) -> None:
    """What was said so far is there after each sentence; the end of the turn decides what stands."""
    turn = await say(history, "tell me")
    await history.save_partial(turn, "Once.", Emotion.CALM, NOW)
    await history.save_partial(turn, "Once. Twice.", Emotion.CALM, NOW)
    (_, partial) = await history.page()
    assert (partial.text, partial.interrupted, partial.emotion) == ("Once. Twice.", True, Emotion.CALM)
    await answer(history, turn, "Once. Twice. Done.")
    (_, whole) = await history.page()
    assert (whole.text, whole.interrupted, whole.id) == ("Once. Twice. Done.", False, partial.id)


async def test_what_was_not_heard_does_not_stand(history: History) -> None:
    """A turn that ends without any text of hers keeps no message of hers, even when there was a partial one."""
    turn = await say(history, "tell me")
    await history.save_partial(turn, "Once.", None, NOW)
    await answer(history, turn, " \n", reason=EndReason.INTERRUPTED, interrupted=True)
    assert texts(await history.page()) == ["tell me"]
    assert await history.page(query="once") == []


async def test_a_reply_becomes_what_was_heard_of_it(history: History, home: Home) -> None:
    """It is shortened and marked; search, the window and the turn's reason follow. Where nothing was heard it goes."""
    first, second = await talk(history, ("a", "One two three."), ("b", "Four five six."))
    assert await history.window("main", turns=5)
    assert await history.amend_heard("main", first, lambda text: text[:7]) == "One two"
    assert await history.amend_heard("main", second, lambda _: "") == ""
    assert texts(await history.window("main", turns=5)) == ["a", "One two", "b"]
    (shortened,) = await history.page(query="two")
    assert shortened.interrupted
    assert await history.page(query="three") == []
    assert await history.unanswered() == []
    assert ask(home.database, "SELECT reason FROM turns") == [("interrupted",)] * 2


async def test_what_is_not_amended(history: History) -> None:
    """All of it heard, other words, another conversation, a turn that runs, none at all: nothing changes."""
    (turn,) = await talk(history, ("a", "One two."))
    running = await say(history, "b")
    await history.save_partial(running, "Three four.", None, NOW)
    before = await history.page()
    assert await history.amend_heard("main", turn, lambda text: text) is None
    assert await history.amend_heard("main", turn, lambda _: "Give me money") is None
    for conversation, number in (("elsewhere", turn), ("main", running), ("main", 99), ("main", 2**80)):
        assert await history.amend_heard(conversation, number, lambda text: text[:2]) is None
    assert await history.page() == before


async def test_recovery_closes_what_a_crash_left_open(history: History) -> None:
    """A reply with a partial text stands as interrupted; a message without any reply still waits for one."""
    cut_off = await say(history, "one", "a")
    await history.save_partial(cut_off, "Half a", Emotion.SHY, NOW)
    musing = await say(history, None, "b", Cause.IDLE)
    waiting = await say(history, "two", "b")
    assert await history.recover(NOW) == [PendingTurn(waiting, "b", "two", NOW)]
    assert await history.recover(NOW) == [PendingTurn(waiting, "b", "two", NOW)]
    ((_, partial),) = await history.turns_after("a", 0)
    assert (partial.text, partial.interrupted) == ("Half a", True)
    again = await say(history, None, "b")
    assert again > waiting > musing
    await answer(history, again, "Here.")
    assert await history.recover(NOW) == []


# --- what waits for an answer ----------------------------------------------------------------


async def test_trailing_messages_wait_until_something_answers_them(history: History) -> None:
    """All that the user said since she last spoke waits, oldest first; one answer after them settles all."""
    await talk(history, ("before", "ok"))
    first = await say(history, "a")
    await answer(history, first, "", reason=EndReason.ERROR)
    second = await say(history, "b")
    assert [pending.turn for pending in await history.unanswered()] == [first, second]
    assert [pending.text for pending in await history.unanswered("main")] == ["a", "b"]
    assert await history.unanswered("other") == []
    third = await say(history, None)
    await answer(history, third, "Both, then.")
    assert await history.unanswered() == []


async def test_a_turn_that_the_user_ended_wants_no_answer(history: History) -> None:
    """Interrupted before she said a word: she is not to begin again after a restart."""
    turn = await say(history, "never mind")
    await answer(history, turn, "", reason=EndReason.INTERRUPTED)
    assert await history.unanswered() == []


async def test_a_musing_that_was_overtaken_answers_nothing(history: History) -> None:
    """A turn of her own that ended without a word leaves the user's message waiting."""
    turn = await say(history, "hello?")
    await answer(history, turn, "", reason=EndReason.ERROR)
    musing = await say(history, None, cause=Cause.IDLE)
    await answer(history, musing, "", reason=EndReason.INTERRUPTED)
    assert [pending.turn for pending in await history.unanswered()] == [turn]


# --- reading ---------------------------------------------------------------------------------


async def test_the_window_holds_whole_turns_in_order(history: History) -> None:
    """By turn, the user's before hers, although the messages were stored in another order; empty turns are none."""
    first, second = await say(history, "1"), await say(history, "2")
    await answer(history, first, "one")
    empty = await say(history, None, cause=Cause.IDLE)
    await answer(history, empty, "", reason=EndReason.ERROR)
    await answer(history, second, "two")
    third = await say(history, "3")
    assert texts(await history.window("main", turns=10)) == ["1", "one", "2", "two", "3"]
    assert texts(await history.window("main", turns=10, before_turn=third)) == ["1", "one", "2", "two"]
    assert texts(await history.window("main", turns=1, before_turn=third)) == ["2", "two"]
    assert texts(await history.window("main", turns=2)) == ["2", "two", "3"]
    assert await history.window("other", turns=5) == []


async def test_the_window_follows_every_change(history: History) -> None:
    """What is kept in memory between two turns is what the database would say, after each kind of change."""
    turns = await talk(history, *[(str(number), f"re {number}") for number in range(30)])
    for number in range(30, 40):
        await history.window("main", turns=3)
        turn = await say(history, str(number))
        assert texts(await history.window("main", turns=1, before_turn=turn))[0] == str(number - 1)
        await history.save_partial(turn, "half", None, NOW)
        assert texts(await history.window("main", turns=1)) == [str(number), "half"]
        await answer(history, turn, f"re {number}")
        assert texts(await history.window("main", turns=1)) == [str(number), f"re {number}"]
    assert len(await history.window("main", turns=30, before_turn=turns[10])) == 20
    cleared = await history.clear()
    assert await history.window("main", turns=3) == []
    assert cleared.backup
    await history.restore_backup(cleared.backup)
    assert len(await history.window("main", turns=3)) == 6


async def test_pages_go_back_without_a_gap(history: History) -> None:
    """`before` the first message of a page is the page before it; the newest stands last."""
    await chatter(history, 25)
    seen: list[StoredMessage] = []
    before = None
    while page := await history.page(limit=7, before=before):
        assert [message.id for message in page] == sorted(message.id for message in page)
        seen[:0] = page
        before = page[0].id
    assert [message.id for message in seen] == list(range(1, 51))


@pytest.mark.parametrize("limit", [-5, 0, 1, 10**9])
@pytest.mark.parametrize("before", [None, -1, 0, 3, 10**30])
async def test_odd_numbers_are_taken_in_stride(history: History, limit: int, before: int | None) -> None:
    """No number makes the page fail."""
    await chatter(history, 2)
    assert len(await history.page(limit=limit, before=before)) <= min(max(limit, 1), MAX_PAGE)


async def test_searching(history: History) -> None:
    """Words, stems, beginnings, accents, phrases and other scripts are found, in one conversation or in all."""
    await talk(history, ("I was running in the rain", "Café is nicer."), ("私は猫が好き", "100% 🙂 sure"))
    await talk(history, ("rain again", "Indeed."), conversation="work")

    async def found(query: str, **narrower: object) -> list[str]:
        return texts(await history.page(query=query, **narrower))  # type: ignore[arg-type]

    assert await found("run") == ["I was running in the rain"]
    assert await found("rain run") == ["I was running in the rain"]
    assert await found("RAIN") == ["I was running in the rain", "rain again"]
    assert await found("rain", conversation="work") == ["rain again"]
    assert await found("cafe nic") == ["Café is nicer."]
    assert await found('"the rain"') == ["I was running in the rain"]
    assert await found('"rain the"') == []
    assert await found("猫") == ["私は猫が好き"]
    assert await found("🙂") == ["100% 🙂 sure"]
    assert await found("%") == ["100% 🙂 sure"]
    assert await found("_") == []
    assert len(await found("  ")) == 6
    assert await found("rain", limit=1) == ["rain again"]
    assert await found("rain", before=5) == ["I was running in the rain"]
    for odd in ('"', "'", "NEAR(", "a AND", "*", "text:", "\\", "\ud800", "\0", "(((", "-rain"):
        await found(odd)


async def test_search_follows_every_change(history: History) -> None:
    """A text that changed or was forgotten is not found any more; the new one is."""
    turn = await say(history, "question")
    await history.save_partial(turn, "elephants are", None, NOW)
    await answer(history, turn, "zebras are")
    assert await history.page(query="elephants") == []
    assert len(await history.page(query="zebras")) == 1
    await history.clear()
    assert await history.page(query="zebras") == []


async def test_what_a_client_missed(history: History) -> None:
    """Whole turns after the last one it saw, the newest if there are too many; what is being said now is not there."""
    turns = await talk(history, *[(str(number), f"re {number}") for number in range(4)])
    running, queued = await say(history, "4"), await say(history, "5")
    await history.save_partial(running, "re", None, NOW)
    missed = await history.turns_after("main", turns[1])
    assert [texts(turn) for turn in missed] == [["2", "re 2"], ["3", "re 3"], ["4"], ["5"]]
    assert [texts(turn) for turn in await history.turns_after("main", 0, limit=2)] == [["4"], ["5"]]
    assert await history.turns_after("main", queued) == []
    assert await history.turns_after("main", 10**30) == []


# --- conversations ---------------------------------------------------------------------------


async def test_conversations_share_nothing(history: History) -> None:
    """What is said in one is in no other's window, page, search or count."""
    await asyncio.gather(*(talk(history, (f"to {name}", f"from {name}"), conversation=name) for name in "abc"))
    for name in "abc":
        expected = [f"to {name}", f"from {name}"]
        assert texts(await history.window(name, turns=10)) == expected
        assert texts(await history.page(conversation=name)) == expected
        assert texts(await history.page(conversation=name, query="to from")) == []
        assert [texts(turn) for turn in await history.turns_after(name, 0)] == [expected]
    assert {info.name: info.messages for info in await history.conversations()} == {"a": 2, "b": 2, "c": 2}


async def test_a_conversation_remembers_its_mode_and_persona(history: History, database: Database, home: Home) -> None:
    """It begins with what it is given; later wishes change the mode alone; a restart changes nothing."""
    begun = await history.ensure_conversation("main", "teasing", "alisa")
    assert (begun.mode, begun.persona, begun.messages, begun.first_at, begun.last_at) == (
        "teasing",
        "alisa",
        0,
        None,
        None,
    )
    await history.set_mode("main", "calm")
    await history.set_mode("none", "calm")
    await talk(history, ("hi", "Hmph."))
    await database.close()
    database, history = await restarted(home)
    found = await history.ensure_conversation("main", "serious", "assistant")
    assert (found.mode, found.persona, found.messages) == ("calm", "alisa", 2)
    assert (found.first_at, found.last_at) == (NOW, NOW + timedelta(seconds=2))
    assert len(await history.conversations()) == 1
    await database.close()


async def test_the_latest_turn_and_feeling(history: History) -> None:
    """A client that comes is told where the conversation stands."""
    assert await history.latest("main") == (None, None)
    turn = await say(history, "hi")
    assert await history.latest("main") == (turn, None)
    await answer(history, turn, "Hm.", emotion=Emotion.SAD)
    later = await say(history, "oh")
    assert await history.latest("main") == (later, Emotion.SAD)


# --- all of it -------------------------------------------------------------------------------


async def test_the_summary_counts_what_is_there(history: History) -> None:
    """An empty history has a summary too."""
    empty = await history.summary()
    assert (empty.messages, empty.turns, empty.first_at, dict(empty.emotions)) == (0, 0, None, {})
    turns = await talk(history, ("hi", "Hmph."), ("tea?", "Fine."))
    cut_off = await say(history, "and", "work")
    await answer(history, cut_off, "Wai", interrupted=True, reason=EndReason.INTERRUPTED, emotion=Emotion.SHY)
    await say(history, None, cause=Cause.IDLE)
    summary = await history.summary()
    assert (summary.messages, summary.from_user, summary.from_her, summary.interrupted, summary.turns) == (
        6,
        3,
        3,
        1,
        3,
    )
    assert summary.emotions == {Emotion.HAPPY: 2, Emotion.SHY: 1}
    assert (summary.first_at, summary.last_at) == (NOW, NOW + timedelta(seconds=2))
    assert [info.name for info in summary.conversations] == ["main", "work"]
    assert summary.database_bytes > 4096
    assert turns


async def test_clearing_can_be_undone_and_keeps_what_came_after(history: History) -> None:
    """A clearing forgets one conversation or all; its backup brings everything back beside what was said since."""
    await talk(history, ("a", "ok"), conversation="a")
    await talk(history, ("b", "ok"), conversation="b")
    one = await history.clear("a")
    assert (one.messages, texts(await history.page())) == (2, ["b", "ok"])
    everything = await history.clear()
    assert (everything.messages, await history.page()) == (2, [])
    assert [info.name for info in await history.conversations()] == ["a", "b"]
    await talk(history, ("since", "yes"), conversation="b")
    assert one.backup
    assert one.backup in (await history.summary()).backups
    assert (await history.restore_backup(one.backup)).messages == 4
    assert texts(await history.window("b", turns=9)) == ["b", "ok", "since", "yes"]
    assert texts(await history.window("a", turns=9)) == ["a", "ok"]
    assert (await history.restore_backup(one.backup)).messages == 0


async def test_clearing_nothing_makes_no_backup(history: History) -> None:
    """Where nothing was said there is nothing to bring back."""
    cleared = await history.clear()
    assert (cleared.messages, cleared.backup) == (0, None)


async def test_a_reply_to_a_turn_that_was_cleared_is_dropped(history: History) -> None:
    """Clearing in the middle of a reply: its rest goes nowhere and nothing fails."""
    turn = await say(history, "hi")
    await history.clear()
    await history.save_partial(turn, "Half", None, NOW)
    await answer(history, turn, "Half a reply")
    assert await history.page() == []
    assert await history.unanswered() == []


async def test_the_export_holds_everything_in_order(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    """One conversation after the other, by turn, whatever the size of the pieces that it is read in."""
    queued = [await say(history, f"q{number}", "b") for number in range(3)]
    for turn in queued:
        await answer(history, turn, f"a{turn}", emotion=None)
    await chatter(history, 12, "a")
    for size in (3, 4, 7, 500):
        monkeypatch.setattr("backend.storage.history._EXPORT_BATCH", size)
        exported = [message async for message in history.export()]
        assert [message.conversation for message in exported] == ["b"] * 6 + ["a"] * 24
        assert [(message.turn, message.role) for message in exported] == [
            (turn, role) for turn in range(1, 16) for role in ("user", "assistant")
        ]
        assert [message.conversation async for message in history.export("a")] == ["a"] * 24


async def test_exporting_a_conversation_that_does_not_exist(history: History) -> None:
    """It is named as unknown, with those that there are, before anything is written."""
    await say(history, "hello")
    with pytest.raises(UsageError) as caught:
        await anext(history.export("none"))
    assert (caught.value.code, caught.value.hint) == ("unknown_conversation", "There are: main.")


async def test_ten_at_once_are_stored_in_the_order_in_which_they_came(history: History) -> None:
    """Ten people speak in one moment: ids grow in the order of the calls and nothing is lost."""
    turns = await asyncio.gather(*(say(history, str(number)) for number in range(10)))
    assert turns == sorted(turns)
    assert texts(await history.page()) == [str(number) for number in range(10)]
