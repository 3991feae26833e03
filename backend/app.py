"""The hub, put together: the one file that names the concrete parts.

What each part does stands in its own room. Who runs the hub, and when it has to stop, is not known here.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from fastapi import FastAPI
from starlette.routing import WebSocketRoute

from alisa.runtime.clock import Clock, SystemClock
from alisa.runtime.logs import get_logger, hide
from alisa.runtime.paths import Home
from alisa.runtime.section import Section
from alisa.runtime.sections import HubSettings, LlmSettings, QuietSettings
from alisa.runtime.settings import Settings
from alisa.runtime.token import read_or_make_token
from backend.conversation.driver import Driver
from backend.events.bus import Bus
from backend.events.facts import MuteChanged
from backend.gateway import answers, http, settings_http
from backend.gateway.admission import CHAT_PATH, Rules
from backend.gateway.command import Command
from backend.gateway.door import Door
from backend.gateway.fanout import Fanout
from backend.gateway.ledger import Ledger
from backend.gateway.muting import Muting
from backend.gateway.peers import Peers
from backend.gateway.socket import Socket
from backend.gateway.welcome import Reception
from backend.habits import http as habits_http
from backend.habits.learning import Learning
from backend.health import Health
from backend.idle import http as initiative_http
from backend.idle.loop import Initiative
from backend.idle.notes import held_notes, sight_notes
from backend.llm import engines
from backend.llm.types import LanguageModel
from backend.observers import metrics
from backend.observers.journal import Journal
from backend.persona import persona_or_default
from backend.reminders import http as reminders_http
from backend.reminders.reminding import Reminders
from backend.settings import ConversationSettings, InitiativeSettings, JournalSettings, StorageSettings
from backend.sight.watch import Sight
from backend.storage.database import Database
from backend.storage.habits import HabitRecords
from backend.storage.history import History
from backend.storage.reminders import ReminderRecords
from backend.storage.thoughts import ThoughtRecords

SECTIONS: tuple[type[Section], ...] = (
    HubSettings, LlmSettings, ConversationSettings, InitiativeSettings, QuietSettings, StorageSettings, JournalSettings,
)  # fmt: skip
"""The sections of the configuration that the hub reads."""

_log = get_logger(__name__)


class Hub:
    """One hub: made at once, opened by `running`, stopped step by step."""

    def __init__(self, app: FastAPI, settings: Settings, home: Home, clock: Clock, model: LanguageModel) -> None:
        self._app = app
        self._settings = settings
        self._home = home
        self._clock = clock
        self._model = model
        self._bus = Bus()
        self._muting = Muting(home)
        self._ledger = Ledger(clock, muted=self._muting.recall())
        self._sight = Sight(self._bus, clock)
        self._peers = Peers(settings[HubSettings].queue_frames)
        self._driver: Driver | None = None
        self._initiative: Initiative | None = None
        self._socket: Socket | None = None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Open everything, and close it at the end, whatever was stopped before. Raises StorageError."""
        async with contextlib.AsyncExitStack() as stack:
            database = await self._open_database(stack)
            stack.push_async_callback(self._model.aclose)
            history = History(database)
            reminders = Reminders(ReminderRecords(database), self._bus, self._clock)
            driver = self._driver = await stack.enter_async_context(self._make_driver(history, reminders))
            health = Health(self._model, lambda: database.condition, self._bus, self._clock, driver.model_returned)
            stack.push_async_callback(_ended, asyncio.create_task(health.watch(), name="health"))
            learning = await self._open_habits(stack, database)
            await self._open_initiative(stack, driver, ThoughtRecords(database), learning)
            self._open_gateway(stack, driver, history)
            await stack.enter_async_context(reminders.ringing(driver.submit, self._peers.anybody_hears))
            self._app.include_router(reminders_http.routes(reminders, self._clock))
            self._add_routes(history, health)
            stack.push_async_callback(self.drain)
            stack.push_async_callback(self.finish)
            yield

    def stop_input(self) -> None:
        """Turn away whoever connects from now on."""
        if self._socket is not None:
            self._socket.refuse_new()

    async def finish(self) -> None:
        """End what she is saying, and store it."""
        if self._driver is not None:
            await self._driver.stop()

    async def drain(self) -> None:
        """Send every client what waits for it, and let it go."""
        if self._socket is not None:
            await self._socket.stop()

    async def _open_database(self, stack: contextlib.AsyncExitStack) -> Database:
        database = await Database.open(self._home, self._settings[StorageSettings], self._clock)
        stack.push_async_callback(database.close)
        for notice in database.notices:
            _log.warning(notice)
        return database

    def _make_driver(self, history: History, reminders: Reminders) -> Driver:
        return Driver(
            history=history,
            model=self._model,
            bus=self._bus,
            clock=self._clock,
            home=self._home,
            settings=self._settings[ConversationSettings],
            llm_settings=self._settings[LlmSettings],
            max_message_chars=self._settings[HubSettings].max_message_chars,
            contributors=(sight_notes(self._sight), held_notes(self._digest), reminders.notes),
        )

    def _digest(self) -> tuple[str, ...]:
        return self._initiative.digest if self._initiative is not None else ()

    async def _open_habits(self, stack: contextlib.AsyncExitStack, database: Database) -> Learning:
        def notice(text: str) -> None:
            database.notices.append(text)
            _log.warning(text)

        learn = self._settings[InitiativeSettings].learn_habits
        learning = Learning(HabitRecords(database), self._bus, self._clock, enabled=learn, notice=notice)
        await stack.enter_async_context(learning.running())
        self._app.include_router(habits_http.routes(learning))
        return learning

    async def _open_initiative(
        self, stack: contextlib.AsyncExitStack, driver: Driver, thoughts: ThoughtRecords, habits: Learning
    ) -> None:
        """Let her speak up by herself: last of all parts to begin, first to end."""
        initiative = self._initiative = Initiative(
            bus=self._bus,
            clock=self._clock,
            submit=driver.submit,
            settings=self._settings[InitiativeSettings],
            quiet=self._settings[QuietSettings],
            habits=habits,
            store=thoughts,
            listeners=self._peers.anybody_hears,
            mode=lambda conversation: driver.state(conversation).mode,
        )
        await stack.enter_async_context(initiative)
        self._app.include_router(initiative_http.routes(initiative, thoughts.latest))

    def _open_gateway(self, stack: contextlib.AsyncExitStack, driver: Driver, history: History) -> None:
        fanout = Fanout(self._bus, self._peers, self._ledger, self._journal(stack))
        stack.callback(fanout.close)
        stack.callback(self._bus.subscribe(self._muting.keep, MuteChanged))
        reception = Reception(driver, history, self._peers, self._ledger, fanout, self._clock.now())
        self._socket = Socket(driver, self._bus, self._peers, fanout, reception, self._clock)
        self._app.router.routes.append(WebSocketRoute(CHAT_PATH, self._socket))
        command = Command(self._home)
        stack.push_async_callback(command.aclose)
        self._app.include_router(settings_http.routes(command))

    def _journal(self, stack: contextlib.AsyncExitStack) -> Journal | None:
        chosen = self._settings[JournalSettings]
        if not chosen.enabled:
            return None
        _log.warning("the journal is on: everything that is said is written to logs/journal.jsonl")
        journal = Journal(self._home.logs, self._clock, chosen.max_mib, chosen.keep)
        stack.callback(journal.close)
        return journal

    def _add_routes(self, history: History, health: Health) -> None:
        counts = metrics.Metrics(self._bus, self._peers.__len__)
        persona, _ = persona_or_default(self._settings[ConversationSettings].persona, self._home)
        sources = http.Sources(
            history=history,
            health=health,
            peers=self._peers,
            ledger=self._ledger,
            bus=self._bus,
            clock=self._clock,
            home=self._home,
            metrics=counts.render,
            metrics_type=metrics.CONTENT_TYPE,
            her_name=persona.title,
        )
        self._app.include_router(http.routes(sources))


def create_app(
    settings: Settings, home: Home, *, clock: Clock | None = None, model: LanguageModel | None = None
) -> FastAPI:
    """The hub as an application, whose lifespan opens and closes it; the hub itself is `app.state.hub`.

    Raises UsageError or MissingError when the language model's engine cannot be had, StorageError for the token.
    """
    clock = clock or SystemClock()
    chosen = settings[HubSettings]
    token = read_or_make_token(home)
    hide(token)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with app.state.hub.running():
            yield

    app = FastAPI(title="Alisa", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.hub = Hub(app, settings, home, clock, model or engines.create(settings[LlmSettings], home, clock))
    app.add_middleware(Door, rules=Rules(token, chosen.host, chosen.allow_guests))
    answers.install(app)
    return app


async def _ended(task: asyncio.Task[None]) -> None:
    """Cancel a task and wait until it is gone."""
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
