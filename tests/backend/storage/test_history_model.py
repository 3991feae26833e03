"""History behaves as a few plain lists would, whatever is done to it and in whatever order."""

from __future__ import annotations

import asyncio
import atexit
import copy
import shutil
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from alisa.protocol.tags import Cause, Emotion, EndReason, Source
from alisa.runtime.clock import ManualClock
from alisa.runtime.paths import Home
from backend.settings import StorageSettings
from backend.storage.database import Database
from backend.storage.history import History
from backend.storage.text import storable
from backend.storage.types import StoredMessage
from tests.backend.storage.steps import NOW

T = TypeVar("T")
STORAGE = StorageSettings(busy_timeout_ms=50, backups=100)
CONVERSATIONS = st.sampled_from(["main", "work", "ünï ' \" code"])
TEXTS = st.text(st.characters(exclude_categories=()), max_size=20)
SETTLED = {EndReason.STOP, EndReason.LENGTH, EndReason.INTERRUPTED}


@dataclass
class Turn:
    """What a turn is, with nothing behind it."""

    conversation: str
    cause: Cause
    user: str | None
    hers: str | None = None
    emotion: Emotion | None = None
    interrupted: bool = False
    reason: EndReason | None = None

    def messages(self) -> list[tuple[str, str, Emotion | None, bool]]:
        users = [] if self.user is None else [("user", self.user, None, False)]
        return users + ([] if self.hers is None else [("assistant", self.hers, self.emotion, self.interrupted)])


@dataclass
class Model:
    """All turns by id, and the backups by name."""

    turns: dict[int, Turn] = field(default_factory=dict)
    backups: dict[str, dict[int, Turn]] = field(default_factory=dict)
    last: int = 0

    def of(self, conversation: str) -> dict[int, Turn]:
        return {number: turn for number, turn in sorted(self.turns.items()) if turn.conversation == conversation}

    def unanswered(self, conversation: str) -> list[int]:
        turns = self.of(conversation)
        done = [
            number
            for number, turn in turns.items()
            if turn.hers is not None or (turn.cause is Cause.USER and turn.reason in SETTLED)
        ]
        return [number for number, turn in turns.items() if turn.user is not None and number > max(done, default=0)]


def plain(messages: list[StoredMessage]) -> list[tuple[str, str, Emotion | None, bool]]:
    return [(message.role, message.text, message.emotion, message.interrupted) for message in messages]


class HistoryMachine(RuleBasedStateMachine):
    """Drives a real database and the model side by side."""

    opened = Bundle("opened")
    cleared = Bundle("cleared")
    pristine: Path | None = None
    """a fresh home, made once and copied: migrating is not what is tested here"""

    @initialize()
    def begin(self) -> None:
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.home = Home(Path(self.folder.name))
        cls = type(self)
        if cls.pristine is None:
            cls.pristine = Path(tempfile.mkdtemp()) / "alisa.db"
            atexit.register(shutil.rmtree, cls.pristine.parent, ignore_errors=True)
            home = Home(cls.pristine.parent)
            self.do(self.do(Database.open(home, STORAGE, ManualClock())).close())
        shutil.copyfile(cls.pristine, self.home.database)
        self.model = Model()
        self.open()

    def open(self) -> None:
        self.database = self.do(Database.open(self.home, STORAGE, ManualClock()))
        self.history = History(self.database)

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def teardown(self) -> None:
        if hasattr(self, "runner"):
            self.do(self.database.close())
            self.runner.close()
            self.folder.cleanup()

    # --- what is done ------------------------------------------------------------------------

    @rule(target=opened, conversation=CONVERSATIONS, cause=st.sampled_from(Cause), text=st.none() | TEXTS)
    def open_turn(self, conversation: str, cause: Cause, text: str | None) -> int:
        turn = self.do(self.history.open_turn(conversation, cause, text=text, source=Source.SPOKEN, origin="x", at=NOW))
        assert turn > self.model.last
        self.model.last = turn
        self.model.turns[turn] = Turn(conversation, cause, None if text is None else storable(text))
        return turn

    @rule(turn=opened, text=TEXTS, emotion=st.none() | st.sampled_from(Emotion))
    def save_partial(self, turn: int, text: str, emotion: Emotion | None) -> None:
        self.do(self.history.save_partial(turn, text, emotion, NOW))
        if known := self.model.turns.get(turn):
            known.hers, known.emotion, known.interrupted = storable(text), emotion, True

    @rule(turn=opened, reason=st.sampled_from(EndReason), text=TEXTS | st.just(""), interrupted=st.booleans())
    def close_turn(self, turn: int, reason: EndReason, text: str, interrupted: bool) -> None:
        emotion = Emotion.CALM if len(text) % 2 else None
        self.do(
            self.history.close_turn(
                turn, reason=reason, text=text, emotion=emotion, interrupted=interrupted, origin="m", timings={}, at=NOW
            )
        )
        if known := self.model.turns.get(turn):
            known.reason = reason
            known.hers = storable(text) if storable(text).strip() else None
            known.emotion, known.interrupted = emotion, interrupted

    @rule(turn=opened, conversation=CONVERSATIONS, chars=st.integers(0, 20))
    def amend_heard(self, turn: int, conversation: str, chars: int) -> None:
        known = self.model.turns.get(turn)
        ours = known is not None and known.conversation == conversation and known.reason is not None
        part = known.hers[:chars].rstrip() if ours and known and known.hers is not None else None
        changed = self.do(self.history.amend_heard(conversation, turn, lambda text: text[:chars]))
        if known is None or part is None or part == known.hers:
            assert changed is None
            return
        assert changed == part
        known.hers, known.reason, known.interrupted = part or None, EndReason.INTERRUPTED, True

    @rule(target=cleared, conversation=st.none() | CONVERSATIONS)
    def clear(self, conversation: str | None) -> str | None:
        before = copy.deepcopy(self.model.turns)
        gone = [n for n, turn in before.items() if conversation in (None, turn.conversation)]
        done = self.do(self.history.clear(conversation))
        if done.backup is None:
            assert not any(turn.messages() for turn in before.values())
            return None
        assert done.messages == sum(len(before[number].messages()) for number in gone)
        self.model.turns = {number: turn for number, turn in self.model.turns.items() if number not in gone}
        self.model.backups[done.backup] = before
        return done.backup

    @rule(name=cleared)
    def restore(self, name: str | None) -> None:
        if name is not None:
            backup = copy.deepcopy(self.model.backups[name])
            missing = {number: turn for number, turn in backup.items() if number not in self.model.turns}
            assert self.do(self.history.restore_backup(name)).messages == sum(
                len(turn.messages()) for turn in missing.values()
            )
            self.model.turns |= missing

    @rule()
    def restart(self) -> None:
        self.do(self.database.close())
        self.open()
        waiting = self.do(self.history.recover(NOW))
        for turn in self.model.turns.values():
            if turn.reason is None:
                cut_off = turn.hers is not None or turn.cause is not Cause.USER
                turn.reason = EndReason.INTERRUPTED if cut_off else EndReason.ERROR
        names = {turn.conversation for turn in self.model.turns.values()}
        expected = sorted(number for name in names for number in self.model.unanswered(name))
        assert [pending.turn for pending in waiting] == expected

    # --- what is asked -----------------------------------------------------------------------

    @rule(conversation=CONVERSATIONS, count=st.integers(1, 4), back=st.none() | st.integers(0, 6))
    def window(self, conversation: str, count: int, back: int | None) -> None:
        before = None if back is None else self.model.last + 1 - back
        spoken = {
            number: turn
            for number, turn in self.model.of(conversation).items()
            if turn.messages() and (before is None or number < before)
        }
        expected = [message for number in list(spoken)[-count:] for message in spoken[number].messages()]
        assert plain(self.do(self.history.window(conversation, turns=count, before_turn=before))) == expected

    @rule(conversation=st.none() | CONVERSATIONS, query=st.none() | TEXTS)
    def page(self, conversation: str | None, query: str | None) -> None:
        found = self.do(self.history.page(conversation=conversation, query=query, limit=1000))
        said = [
            (number, *message)
            for number, turn in self.model.turns.items()
            if conversation in (None, turn.conversation)
            for message in turn.messages()
        ]
        shown = [(message.turn, *one) for message, one in zip(found, plain(found), strict=True)]
        assert set(shown) <= set(said)
        assert [message.id for message in found] == sorted(message.id for message in found)
        if query is None:
            assert sorted(shown, key=repr) == sorted(said, key=repr)

    @rule(conversation=CONVERSATIONS, back=st.integers(0, 5))
    def missed(self, conversation: str, back: int) -> None:
        after = self.model.last - back
        expected = []
        for number, turn in self.model.of(conversation).items():
            seen = [one for one in turn.messages() if one[0] == "user" or turn.reason is not None]
            if number > after and seen:
                expected.append(seen)
        assert [plain(turn) for turn in self.do(self.history.turns_after(conversation, after))] == expected

    @rule()
    def export(self) -> None:
        async def everything() -> list[StoredMessage]:
            return [message async for message in self.history.export()]

        exported = self.do(everything())
        names = list(dict.fromkeys(message.conversation for message in exported))
        expected = [one for name in names for turn in self.model.of(name).values() for one in turn.messages()]
        assert plain(exported) == expected
        assert len(exported) == sum(len(turn.messages()) for turn in self.model.turns.values())

    @invariant()
    def counts_agree(self) -> None:
        if hasattr(self, "model"):
            summary = self.do(self.history.summary())
            turns = self.model.turns.values()
            assert summary.from_user == sum(turn.user is not None for turn in turns)
            assert summary.from_her == sum(turn.hers is not None for turn in turns)
            assert summary.turns == sum(bool(turn.messages()) for turn in turns)
            for name in {turn.conversation for turn in turns}:
                waiting = self.do(self.history.unanswered(name))
                assert [pending.turn for pending in waiting] == self.model.unanswered(name)


HistoryMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestHistory = HistoryMachine.TestCase
