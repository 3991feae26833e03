"""Keeps a llama.cpp server running: chooses the model and the engine, starts again, falls back, gives up.

The chosen model missing, damaged or too big is no reason for silence: the starter speaks in its
place, and everybody who asks is told why. As soon as the chosen one is there, it takes over.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from alisa.runtime import logs, ports
from alisa.runtime.clock import Clock, SystemClock
from alisa.runtime.errors import AlisaError, EngineError, MissingError, StorageError
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings
from llm_server import diagnosis, states
from llm_server.binaries import Engine
from llm_server.child import Child, port_is_taken
from llm_server.command import OPTIONAL, parameters
from llm_server.diagnosis import Cause, Diagnosis
from llm_server.library import Library, ModelFile
from llm_server.machine import Machine
from llm_server.restarts import Limits, Restarts
from llm_server.states import Endpoint, State

log = logs.get_logger(__name__)

_MODEL_AT_FAULT = frozenset({Cause.DAMAGED, Cause.UNSUPPORTED, Cause.MEMORY})
_ENGINE_AT_FAULT = frozenset({Cause.LIBRARY, Cause.OPTION})

Signature: TypeAlias = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Timing:
    """How closely a running server is watched, in seconds."""

    tick: float = 5.0
    hang: float = 30.0
    """a server that does not answer for so long is ended"""
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Choice:
    """The model that is to speak; `detail` says why, when it is not the one that was asked for."""

    file: ModelFile
    detail: str = ""


class Service:
    """The model server of one home, as long as this process lives."""

    def __init__(
        self,
        home: Home,
        settings: LlmSettings,
        library: Library,
        engines: tuple[Engine, ...],
        look: Callable[[ModelFile], Awaitable[Machine]],
        *,
        layers_chosen: bool = False,
        clock: Clock | None = None,
        timing: Timing | None = None,
    ) -> None:
        self._home, self._settings, self._library = home, settings, library
        self._engines, self._look, self._layers_chosen = list(engines), look, layers_chosen
        self._clock, self._timing = clock or SystemClock(), timing or Timing()
        self._api_key = secrets.token_urlsafe(32)
        self._port = settings.port
        self._without: set[str] = set()
        self._refused: dict[Signature, str] = {}
        self._restarts = Restarts(self._timing.limits)
        self._child: Child | None = None
        logs.hide(self._api_key)

    async def run(self) -> None:
        """Keep a server running until cancelled. Raises AlisaError when no model can speak at all."""
        try:
            while True:
                await self._live(self._choose())
        finally:
            states.remove_endpoint(self._home)

    async def stop(self) -> None:
        """End the server: nobody is told the address any more, then its process goes."""
        states.remove_endpoint(self._home)
        if self._child:
            await self._child.stop()
        self._tell(State.DOWN, "", "")

    # --- which model ----------------------------------------------------------------------------

    def _choose(self) -> Choice:
        """Return the model that was asked for, or the starter and why. Raises AlisaError when neither is there."""
        wanted, why = self._wanted()
        if wanted:
            return Choice(wanted)
        starter = self._library.starter()
        refused = self._refused.get(_signature(starter))
        if refused:
            raise EngineError("no_model", refused, "Run `alisa doctor`.")
        log.warning("the starter speaks instead", why=why)
        return Choice(starter, f"The starter speaks for now. {why}")

    def _wanted(self) -> tuple[ModelFile | None, str]:
        """Return the model that was asked for when it can be tried, else None and why not."""
        try:
            file = self._library.resolve(self._settings.model)
        except AlisaError as error:
            if self._settings.model.strip().lower() == "starter":
                raise
            return None, str(error)
        refused = self._refused.get(_signature(file))
        if refused and file.is_starter:
            raise EngineError("no_model", refused, "Run `alisa doctor`.")
        return (None, refused) if refused else (file, "")

    # --- one life of a server -------------------------------------------------------------------

    async def _live(self, choice: Choice) -> None:
        """Start a server, tell everybody, watch it until it ends; then wait as long as it is wise."""
        self._tell(State.LOADING, choice.file.name, choice.detail)
        child = await self._start(choice.file)
        if isinstance(child, Diagnosis):
            await self._after_failed_start(choice.file, child)
            return
        self._announce(child, choice)
        ended = await child.until_ended(self._timing.hang, self._timing.tick, lambda: self._tick(child, choice))
        states.remove_endpoint(self._home)
        if ended is None:
            log.info("the model that was asked for is here now")
            await child.stop()
            return
        log.warning("the model server ended", why=ended.message)
        self._tell(State.DOWN, choice.file.name, ended.message)
        if self._restarts.after_end(self._clock.monotonic()) is None:
            self._refuse(choice.file, f"{ended.message} It did so too often, so it is not started again. {ended.hint}")

    async def _start(self, file: ModelFile) -> Child | Diagnosis:
        """Start a server with the first engine and wait until it answers; return it, or why it does not."""
        self._port = self._port or ports.free_port()
        given = parameters(
            file, self._settings, await self._look(file), port=self._port, layers_chosen=self._layers_chosen
        )
        if port_is_taken(given.host, given.port):  # what answers there must not be taken for the model
            return diagnosis.port_taken()
        engine = self._engines[0]
        log.info("loading", model=file.name, engine=engine.name, threads=given.threads, context=given.context_tokens)
        try:
            child = await Child.start(engine, given, self._api_key, self._home, self._without)
        except MissingError as error:
            return Diagnosis(Cause.LIBRARY, error.message, error.hint)
        self._child = child
        return await child.until_ready() or child

    def _announce(self, child: Child, choice: Choice) -> None:
        self._publish(child, choice)
        self._tell(State.READY, choice.file.name, choice.detail)
        log.info("ready", model=choice.file.name, engine=child.engine.name, url=child.url)
        with contextlib.suppress(OSError, ValueError):  # nobody may be reading any more
            sys.stdout.write(f"ready {child.url} {choice.file.name}\n")
            sys.stdout.flush()

    def _publish(self, child: Child, choice: Choice) -> None:
        """Write the address down; where the disk is full, the next tick tries again."""
        endpoint = Endpoint(
            url=child.url,
            api_key=self._api_key,
            model=choice.file.name,
            engine=child.engine.name,
            pid=os.getpid(),
            created=self._clock.now().isoformat(timespec="seconds"),
            context_tokens=self._settings.context_tokens,
            detail=choice.detail,
        )
        try:
            states.write_endpoint(self._home, endpoint)
        except StorageError as error:
            log.error("nobody can be told where the model is", why=str(error))

    async def _tick(self, child: Child, choice: Choice) -> bool:
        """Is the model that was asked for there now, while another one speaks in its place?"""
        if not self._home.llm_file.exists():
            self._publish(child, choice)
        if not choice.detail:
            return False
        try:
            return self._wanted()[0] is not None
        except AlisaError:
            return False

    # --- when it does not start -----------------------------------------------------------------

    async def _after_failed_start(self, file: ModelFile, failure: Diagnosis) -> None:
        """Change what can be changed (an option, the port, the engine, the model), else wait; raise at the end."""
        log.error("the model server did not start", cause=failure.cause, why=failure.message, engine=self._engine)
        self._tell(State.DOWN, file.name, failure.message)
        if failure.cause is Cause.OPTION and failure.option in OPTIONAL and failure.option not in self._without:
            self._without.add(failure.option)
            return
        if failure.cause is Cause.PORT and not self._settings.port:
            self._port = 0
        elif failure.cause in _ENGINE_AT_FAULT and self._next_engine():
            return
        elif failure.cause in _ENGINE_AT_FAULT:
            raise failure.error()
        elif failure.cause in _MODEL_AT_FAULT:
            self._refuse(file, f"{failure.message} {failure.hint}")
            return
        pause = self._restarts.after_failed_start()
        if pause is not None:
            await asyncio.sleep(pause)
        elif failure.cause is Cause.PORT:
            raise self._port_taken()
        elif not self._next_engine():
            self._refuse(file, f"{failure.message} {failure.hint}")

    def _next_engine(self) -> bool:
        """Go on with the next way to run llama.cpp; return whether there is one."""
        if len(self._engines) < 2:
            return False
        del self._engines[0]
        log.warning("another llama.cpp server is tried", engine=self._engine)
        self._without.clear()
        self._restarts = Restarts(self._timing.limits)
        return True

    def _refuse(self, file: ModelFile, why: str) -> None:
        """Do not try this file again until it changes."""
        log.error("this model is given up", model=file.name, why=why)
        self._refused[_signature(file)] = why
        self._restarts = Restarts(self._timing.limits)

    def _port_taken(self) -> EngineError:
        owner = ports.port_owner(self._port) or "another program"
        return EngineError(
            "port_taken",
            f"Port {self._port} of the model server is taken by {owner}.",
            "End it, or take a free port: alisa config unset llm.port",
        )

    @property
    def _engine(self) -> str:
        return self._engines[0].name

    def _tell(self, state: State, model: str, detail: str) -> None:
        try:
            states.write_state(self._home, state, model, detail, self._clock.now())
        except StorageError as error:
            log.warning(str(error))


def _signature(file: ModelFile) -> Signature:
    """Return what changes when the file does."""
    try:
        found = file.path.stat()
    except OSError:
        return (str(file.path), 0, 0)
    return (str(file.path), found.st_size, found.st_mtime_ns)
