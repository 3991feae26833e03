"""A client introduces itself, early or late, and is told everything once."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from alisa.protocol.messages import Hello, Mute
from alisa.protocol.tags import Cause, Emotion, EndReason, Source
from alisa.runtime.errors import StorageError
from backend.events.facts import SightChanged, StatusChanged, TokenStreamed, TurnBegan, UserSpoke
from backend.storage.types import StoredMessage
from tests.backend.gateway.rig import NOW, Rig, gateway


def stored(turn: int, user: str | None, hers: str | None, *, interrupted: bool = False) -> list[StoredMessage]:
    """A turn as history holds it, from before the hub was started."""
    at = NOW - timedelta(hours=1)

    def message(role: str, text: str) -> StoredMessage:
        emotion = Emotion.SHY if role == "assistant" else None
        cut_off = interrupted and role == "assistant"
        return StoredMessage(turn, turn, "main", role, text, emotion, Cause.USER, "it", cut_off, at)  # type: ignore[arg-type]

    return [message(role, text) for role, text in (("user", user), ("assistant", hers)) if text is not None]


def ends(turn: int, reason: str = "stop") -> str:
    return f'[END:{turn}]{{"reason":"{reason}","timings":{{}}}}'


async def test_the_welcome_says_how_things_stand() -> None:
    """The version, the conversation, what this role may do and hears, and all of the state."""
    async with gateway() as rig, rig.plain() as client:
        rig.bus.publish(StatusChanged("", {"llm": "ready"}))
        rig.bus.publish(SightChanged("main", "face", {"state": "present"}))
        await client.send(Hello("dashboard", "panel"))
        welcome = json.loads((await client.frame()).removeprefix("[WELCOME]"))
        assert welcome["conversation"] == "main"
        assert welcome["mode"] == "calm"
        assert welcome["persona"] == "alisa"
        assert "SAY" in welcome["may_send"]
        assert "TOKEN" in welcome["hears"]
        assert await client.frames(3) == [
            '[MUTE]{"muted":false}',
            '[STATUS]{"llm":"ready"}',
            '[VISION]{"face":{"state":"present","age_seconds":0}}',
        ]


async def test_until_it_introduces_itself_a_client_is_plain() -> None:
    """What waited for it in the plain dialect is not sent after the welcome."""
    async with gateway() as rig, rig.plain() as client:
        await client.send(Hello("chat"))
        rig.speak(1, "early")
        frames = await client.until("[WELCOME]")
        assert frames[-1].startswith("[WELCOME]")
        rig.speak(2, "late")
        after = await client.until("[END:2]")
        assert all(frame.startswith("[") for frame in after)


async def test_who_joins_in_the_middle_catches_up() -> None:
    """A client without a past is told the running reply from its beginning, then the rest of it, once."""
    async with gateway() as rig, rig.full("dashboard") as first:
        rig.speak(3, "One.", " Two", end=False)
        await first.until("[TOKEN:3] Two")
        async with rig.full() as late:
            rig.bus.publish(TokenStreamed("main", 3, " three."))
            rig.end(3)
            assert await late.until("[END:3]") == [
                "[USER:3]hi", '[TURN:3]{"cause":"user"}', "[EMOTION:3]happy", "[TOKEN:3]One. Two", "[TOKEN:3] three.",
                ends(3),
            ]  # fmt: skip


async def test_missed_turns_are_told() -> None:
    """Finished, interrupted, failed: in order, each as it would have been heard."""
    async with gateway() as rig:
        rig.behind.turns = [
            stored(1, "known", "already"),
            stored(2, "one", "uno"),
            stored(3, "two", "du", interrupted=True),
            stored(4, "three", None),
            stored(5, None, "by myself"),
        ]
        async with rig.full(resume=1) as client:
            assert await client.until("[END:5]") == [
                "[USER:2]one", '[TURN:2]{"cause":"user"}', "[EMOTION:2]shy", "[TOKEN:2]uno", ends(2),
                "[USER:3]two", '[TURN:3]{"cause":"user"}', "[EMOTION:3]shy", "[TOKEN:3]du", ends(3, "interrupted"),
                "[USER:4]three", '[TURN:4]{"cause":"user"}', ends(4, "error"),
                '[TURN:5]{"cause":"user"}', "[EMOTION:5]shy", "[TOKEN:5]by myself", ends(5),
            ]  # fmt: skip


async def test_the_running_turn_is_told_once_and_a_waiting_one_only_as_said() -> None:
    """History knows the user's words of a turn that runs or waits; the rest of it comes live."""
    async with gateway() as rig:
        rig.behind.turns = [stored(7, "hi", "par"), stored(8, "and?", None)]
        rig.speak(7, "par", "tial", end=False)
        rig.bus.publish(UserSpoke("main", 8, "and?", Source.TYPED, "it", NOW))
        async with rig.full(resume=6) as client:
            rig.end(7)
            rig.bus.publish(TurnBegan("main", 8, Cause.USER, NOW))
            rig.end(8)
            frames = await client.until("[END:8]")
            assert frames == [
                "[USER:7]hi", '[TURN:7]{"cause":"user"}', "[EMOTION:7]happy", "[TOKEN:7]partial",
                "[USER:8]and?", ends(7), '[TURN:8]{"cause":"user"}', ends(8),
            ]  # fmt: skip


async def _resume_while(rig: Rig, happens: list[str]) -> list[str]:
    """Resume after turn 1 while, between the instant and history's answer, something happens; all frames to END:9."""
    rig.behind.answer_history.clear()
    async with rig.plain() as client:
        await client.send(Hello("chat", resume=1))
        async with asyncio.timeout(5):
            await rig.behind.asked_history.wait()
        if "ends" in happens:
            rig.end(2, "whole")
        if "begins" in happens:
            rig.speak(3, "new")
        rig.behind.answer_history.set()
        await client.until("[STATUS]")
        rig.speak(9, "last")
        return await client.until("[END:9]")


async def test_a_turn_that_ends_meanwhile_is_told_once() -> None:
    """The end of the running turn came while history was asked, and history already holds all of it."""
    async with gateway() as rig:
        rig.behind.turns = [stored(2, "hi", "whole")]
        rig.speak(2, "who", "le", end=False)
        frames = await _resume_while(rig, ["ends"])
        assert [frame for frame in frames if ":2]" in frame] == [
            "[USER:2]hi", '[TURN:2]{"cause":"user"}', "[EMOTION:2]happy", "[TOKEN:2]whole", ends(2),
        ]  # fmt: skip


async def test_a_turn_that_begins_meanwhile_is_told_once() -> None:
    """A whole turn came while history was asked, and history already holds it: it is told live alone."""
    async with gateway() as rig:
        rig.behind.turns = [stored(3, "hi", "new")]
        frames = await _resume_while(rig, ["begins"])
        assert [frame for frame in frames if ":3]" in frame] == [
            "[USER:3]hi", '[TURN:3]{"cause":"user"}', "[EMOTION:3]happy", "[TOKEN:3]new", ends(3),
        ]  # fmt: skip


async def test_a_message_that_is_just_being_stored_is_told_live() -> None:
    """History holds it a moment before it is published; it must not be retold as a turn that failed."""
    async with gateway() as rig:
        just_now = [
            StoredMessage(3, 3, "main", "user", "hi", None, Cause.USER, "it", interrupted=False, at=NOW),
        ]
        rig.behind.turns = [just_now]
        frames = await _resume_while(rig, [])
        assert not any(":3]" in frame for frame in frames)


async def test_when_history_cannot_be_read_the_client_is_told_and_served() -> None:
    """The error comes after the welcome; what follows comes as always."""

    async def broken(*_args: object) -> list[list[StoredMessage]]:
        raise StorageError("database_locked", "History is locked.", "Try again.")

    async with gateway() as rig:
        rig.behind.turns_after = broken  # type: ignore[method-assign]
        async with rig.full(resume=1) as client:
            assert (await client.frame()).startswith('[ERROR]{"code":"database_locked"')
            rig.speak(2, "well")
            assert "[TOKEN:2]well" in await client.until("[END:2]")


@pytest.mark.parametrize("role", ["vision"])
async def test_who_hears_no_turns_is_not_told_missed_ones(role: str) -> None:
    """History is not even asked."""
    async with gateway() as rig, rig.full(role, resume=0):
        assert not rig.behind.asked_history.is_set()


async def test_a_voice_hears_the_missed_sentences() -> None:
    """But not those of a reply in which the user cut in."""
    async with gateway() as rig:
        rig.behind.turns = [stored(2, "a", "Uno."), stored(3, "b", "Du", interrupted=True)]
        async with rig.full("voice", resume=1) as voice:
            frames = await voice.until("[END:3]")
        assert [frame for frame in frames if frame.startswith("[SENTENCE")] == ["[SENTENCE:2]Uno."]


async def test_an_interruption_of_what_was_caught_up_ends_it() -> None:
    """A client that was told a part of a reply hears that it was cut off."""
    async with gateway() as rig:
        rig.speak(4, "half", end=False)
        async with rig.full() as client:
            rig.end(4, "half", EndReason.INTERRUPTED)
            assert (await client.until("[END:4]"))[-1] == ends(4, "interrupted")


async def test_a_wish_for_silence_is_state() -> None:
    """Whoever may wishes it; all who hear it are told, whoever comes later too, and the latest wins."""
    async with gateway() as rig, rig.full("overlay") as overlay, rig.full("voice") as voice:
        await overlay.send(Mute(muted=True))
        assert await voice.frame() == await overlay.frame() == '[MUTE]{"muted":true}'
        async with rig.plain() as late:
            await late.send(Hello("chat"))
            assert '[MUTE]{"muted":true}' in await late.until("[STATUS]")
        await voice.send(Mute(muted=False))
        assert await overlay.frame() == '[MUTE]{"muted":false}'
