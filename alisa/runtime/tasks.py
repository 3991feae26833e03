"""How a process of Alisa lives and stops: signals, a gone parent, phased shutdown, exit codes.

Whatever asks it to stop (Ctrl-C, SIGTERM, its parent's end, its own work being done, an error), the
same thing happens: the phases run in order, each within its time, then what still runs is
cancelled. A second signal skips the phases, a third ends the process on the spot.
What is stopped in which phase is said by those who called `Lifetime.on_stop`.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import logging
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from enum import IntEnum
from types import FrameType
from typing import Any, TypeAlias

from alisa.runtime.children import die_with_parent
from alisa.runtime.errors import AlisaError

EXIT_CANCELLED = 130
SUPERVISED = "ALISA_SUPERVISED"
"""Set to 1 by the supervisor: stdin is a pipe whose end means that the supervisor is gone."""

_RETURN_SECONDS = 0.2
"""How long `main` may take to return by itself when the phases are over."""
_LATE_SECONDS = 0.5
"""What a callback gets when those before it have used up the time of its phase."""
_LAST_RESORT_SECONDS = 10.0
"""How long a process may hang (a thread that never returns) after it has stopped."""

log = logging.getLogger(__name__)

Callback: TypeAlias = Callable[[], Awaitable[object] | object]
Main: TypeAlias = "Callable[[Lifetime], Awaitable[int | None]]"


class Phase(IntEnum):
    """What happens when a process stops, in this order."""

    STOP_INPUT = 1
    """take nothing new in: close the door, stop listening"""
    FINISH = 2
    """let what is under way come to an end, or cut it off cleanly"""
    DRAIN = 3
    """send and write what waits"""
    CLOSE = 4
    """close sockets, files, the database, children"""


PHASE_SECONDS: Mapping[Phase, float] = {
    Phase.STOP_INPUT: 1.0,
    Phase.FINISH: 3.0,
    Phase.DRAIN: 2.0,
    Phase.CLOSE: 5.0,
}


class Lifetime:
    """The life of one process, from its start until its last phase has run."""

    def __init__(self, limits: Mapping[Phase, float] = PHASE_SECONDS) -> None:
        self.stopping = asyncio.Event()
        """Set as soon as the process is to stop, before the first phase."""
        self.reason = ""
        self._limits = limits
        self._callbacks: dict[Phase, list[Callback]] = {phase: [] for phase in Phase}
        self._stopped = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._group: asyncio.TaskGroup | None = None
        self._code: int | None = None
        self._error: BaseException | None = None

    def stop(self, reason: str, code: int | None = None) -> None:
        """Begin to stop. `code` is the exit code unless `main` returns one; the first reason counts."""
        if not self.stopping.is_set():
            self.reason, self._code = reason, code
            self.stopping.set()

    def on_stop(self, phase: Phase, callback: Callback) -> None:
        """Call `callback` (plain or async) in that phase; within a phase the last one added comes first."""
        self._callbacks[phase].append(callback)

    async def until_stopped(self) -> None:
        """Wait until the process is to stop and all phases have run."""
        await self._stopped.wait()

    def start(self, work: Coroutine[Any, Any, object], name: str) -> None:
        """Run `work` beside `main`. When it fails the process stops; when the phases are over it is cancelled."""
        if self._group is None:
            work.close()
            raise RuntimeError("the lifetime is not running")
        task = self._group.create_task(self._guarded(work), name=name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def live(self, main: Main, process: str = "main") -> int:
        """Run `main` until it ends or is to stop, then the phases; return the exit code or raise its error."""
        async with asyncio.TaskGroup() as group:
            self._group = group
            self.start(self._main(main), process)
            await self.stopping.wait()
            phases = group.create_task(self._run_phases(), name="phases")
            self._running.add(phases)
            await asyncio.wait({phases})
            self._running.discard(phases)
            self._stopped.set()
            await self._end_tasks()
        self._group = None
        if self._error is not None:
            raise self._error
        return self._code or 0

    def abandon(self) -> None:
        """Cancel everything now, phases included."""
        for task in self._running:
            task.cancel()

    async def _main(self, main: Main) -> None:
        code = await main(self)
        self.stop("done")
        if code is not None:
            self._code = code

    async def _guarded(self, work: Coroutine[Any, Any, object]) -> None:
        """Turn a failure into the reason to stop, so that the phases run before anything is torn down."""
        try:
            await work
        except Exception as error:
            if self._error is None:
                self._error = error
            else:  # it failed while another failure was being cleaned up
                log.error("failed while stopping", exc_info=error)
            self.stop("failed")
        except (KeyboardInterrupt, SystemExit) as error:
            self._error = self._error or error
            self.stop("interrupted")

    async def _run_phases(self) -> None:
        clock = asyncio.get_running_loop()
        for phase in Phase:
            deadline = clock.time() + self._limits[phase]
            for callback in reversed(self._callbacks[phase]):
                await self._call(phase, callback, max(deadline, clock.time() + _LATE_SECONDS))

    async def _call(self, phase: Phase, callback: Callback, deadline: float) -> None:
        """Call one callback; one that fails or hangs does not keep the others from being called."""
        try:
            async with asyncio.timeout_at(deadline) as limit:
                result = callback()
                if inspect.isawaitable(result):
                    await result
        except Exception as error:
            if limit.expired():
                log.warning("phase %s took longer than %g s and was cut off", phase.name, self._limits[phase])
            else:
                log.error("a callback of phase %s failed", phase.name, exc_info=error)

    async def _end_tasks(self) -> None:
        """Let `main` return by itself for a moment, then cancel what is left."""
        if self._running:
            await asyncio.wait(self._running, timeout=_RETURN_SECONDS)
        self.abandon()


def run(main: Main, *, process: str, limits: Mapping[Phase, float] = PHASE_SECONDS) -> int:
    """Run `main` as a process of Alisa and return its exit code.

    0 when it was asked to stop (SIGTERM, a gone parent), 130 after Ctrl-C, what `main` returned, or that
    of the AlisaError that it raised. An error is one line on stderr; the trace of an unexpected one goes
    to the log.
    """
    last_resort = _last_resort(sum(limits.values()) + _LAST_RESORT_SECONDS)
    try:
        with asyncio.Runner() as runner:
            return runner.run(_live(main, process, limits, last_resort))
    except KeyboardInterrupt:
        return EXIT_CANCELLED
    except (SystemExit, Exception) as error:  # noqa: BLE001 (the end of the line: it is told and logged)
        return report(error, process)
    finally:
        last_resort.cancel()


def report(error: BaseException, process: str) -> int:
    """Tell a person in one line on stderr what went wrong and return the exit code.

    The trace of what nobody expected goes to the log.
    """
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 1
    logged = bool(logging.getLogger().handlers)  # without one, logging itself would print to stderr
    if isinstance(error, AlisaError):
        if logged:
            log.error("stopped: %s", error.code, extra={"told": True})
        _say(str(error))
        return error.exit_code
    if logged:
        log.critical("stopped unexpectedly", exc_info=error, extra={"told": True})
    details = f"The details are in logs/{process}.jsonl." if logged else "Run `alisa doctor` to check everything."
    _say(f"Something unexpected went wrong in {process} ({type(error).__name__}). {details}")
    return 1


def _say(sentence: str) -> None:
    with contextlib.suppress(OSError, ValueError):  # stderr may be closed
        print(" ".join(sentence.split()), file=sys.stderr, flush=True)  # noqa: T201 (this line is for the user)


async def _live(main: Main, process: str, limits: Mapping[Phase, float], last_resort: threading.Timer) -> int:
    lifetime = Lifetime(limits)
    lifetime.on_stop(Phase.STOP_INPUT, last_resort.start)
    asyncio.get_running_loop().set_exception_handler(_log_unhandled)
    with _signals(lifetime), _parent_watched(lifetime):
        return await lifetime.live(main, process)


def _log_unhandled(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what a forgotten task or a callback raised; asyncio would print it."""
    log.error(str(context.get("message", "unhandled")), exc_info=context.get("exception"))


@contextlib.contextmanager
def _signals(lifetime: Lifetime) -> Iterator[None]:
    """Let signals stop the lifetime: the first one in order, the second at once, the third for good."""
    loop = asyncio.get_running_loop()
    received = 0

    def receive(number: int) -> None:
        nonlocal received
        received += 1
        if received == 1:
            lifetime.stop(signal.Signals(number).name, EXIT_CANCELLED if number == signal.SIGINT else 0)
        elif received == 2:
            lifetime.abandon()
        else:
            os._exit(EXIT_CANCELLED)

    def receive_in_thread(number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(receive, number)

    numbers = [signal.SIGINT, signal.SIGTERM]
    if sys.platform == "win32":
        numbers.append(signal.SIGBREAK)
        before = [(number, signal.signal(number, receive_in_thread)) for number in numbers]
    else:
        for number in numbers:
            loop.add_signal_handler(number, receive, number)
    try:
        yield
    finally:
        if sys.platform == "win32":
            for number, handler in before:
                signal.signal(number, handler)
        else:
            for number in numbers:
                loop.remove_signal_handler(number)


@contextlib.contextmanager
def _parent_watched(lifetime: Lifetime) -> Iterator[None]:
    """Stop the lifetime when the supervisor that started this process is gone."""
    if os.environ.get(SUPERVISED) != "1":
        yield
        return
    loop = asyncio.get_running_loop()
    die_with_parent()

    def watch() -> None:
        with contextlib.suppress(OSError):
            while os.read(0, 4096):
                pass
        with contextlib.suppress(RuntimeError):  # the loop is closed: it is over anyway
            loop.call_soon_threadsafe(lifetime.stop, "the parent is gone", 0)

    threading.Thread(target=watch, name="parent", daemon=True).start()
    yield


def _last_resort(seconds: float) -> threading.Timer:
    """Return a timer that ends a process which has stopped but hangs: in a thread, or in a deaf task."""

    def leave() -> None:
        log.error("still running %g s after the stop; leaving", seconds)
        logging.shutdown()
        os._exit(1)

    timer = threading.Timer(seconds, leave)
    timer.daemon = True
    return timer
