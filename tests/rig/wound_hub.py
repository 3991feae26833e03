"""The real hub as a process, with a clock that a test winds: nobody waits for the minutes in which nothing happens.

`python -m tests.rig.wound_hub 18:00` is `python -m backend` to the last part but the clock, on which it is six in the
evening now. Each line on its standard input is a wish, and is answered with one when it is fulfilled:

* `pass 600`: ten minutes pass, in steps shorter than any that would look like a sleeping computer; she looks round
  after each. No time passes while she speaks, and when she has begun to speak by herself no more passes.
* `sleep 600`: the computer slept for ten minutes.

Where the input ends, the hub stops.
"""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from fastapi import FastAPI

from alisa.protocol.tags import Cause
from alisa.runtime.clock import SystemClock
from alisa.runtime.logs import configure
from alisa.runtime.paths import Home
from alisa.runtime.sections import LogSettings
from alisa.runtime.settings import Settings, load
from alisa.runtime.tasks import Lifetime, run
from backend.__main__ import PROCESS, serve
from backend.app import SECTIONS, Hub, create_app
from backend.events.facts import TurnBegan

STEP_SECONDS = 150.0
"""She takes three minutes more than there should be between two looks for a sleep of the computer."""
LOOK_SECONDS = 0.03
"""How long the hub has for what follows from a step, at least."""
ROOT = Path(__file__).parents[2]


class WoundClock(SystemClock):
    """The machine's clock, and what was wound on."""

    def __init__(self, begins: time) -> None:
        """Where it is `begins` now, by the clock on the wall."""
        now = datetime.now().astimezone()
        then = now.replace(hour=begins.hour, minute=begins.minute, second=0, microsecond=0)
        self._slept = (then if then >= now else then + timedelta(days=1)) - now  # never before the files' times
        self._passed = timedelta()

    def now(self) -> datetime:
        return super().now() + self._slept + self._passed

    def monotonic(self) -> float:
        return super().monotonic() + self._passed.total_seconds()

    def wind(self, seconds: float) -> None:
        """Let time pass."""
        self._passed += timedelta(seconds=seconds)

    def sleep(self, seconds: float) -> None:
        """Let time pass in which the computer sleeps."""
        self._slept += timedelta(seconds=seconds)


class Winder:
    """Fulfils the wishes, one after the other."""

    def __init__(self, hub: Hub, clock: WoundClock) -> None:
        self._hub = hub
        self._clock = clock
        self._spoke = 0
        hub._bus.subscribe(self._began, TurnBegan)

    async def run(self, lifetime: Lifetime) -> None:
        """Read wishes until there are no more."""
        lines = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
        while line := (await lines.readline()).decode():
            verb, seconds = line.split()
            await getattr(self, f"_{verb}")(float(seconds))
            print("done", flush=True)
        lifetime.stop("the test is over")

    async def _sleep(self, seconds: float) -> None:
        self._clock.sleep(seconds)
        await self._looked()

    async def _pass(self, seconds: float) -> None:
        before = self._spoke
        await self._looked()
        while seconds > 0 and self._spoke == before:
            step = min(seconds, STEP_SECONDS)
            seconds -= step
            self._clock.wind(step)
            await self._looked()

    async def _looked(self) -> None:
        """Until she has looked round, and has said what she had to say."""
        initiative = self._hub._initiative
        assert initiative is not None
        initiative._nudge.set()
        await asyncio.sleep(LOOK_SECONDS)
        while initiative._nudge.is_set() or initiative._pending is not None or initiative.mind.running is not None:
            await asyncio.sleep(LOOK_SECONDS)

    def _began(self, fact: TurnBegan) -> None:
        self._spoke += fact.cause in (Cause.IDLE, Cause.VISION)


async def _serve(lifetime: Lifetime, settings: Settings, home: Home, clock: WoundClock) -> None:
    app: FastAPI = create_app(settings, home, clock=clock)
    lifetime.start(Winder(app.state.hub, clock).run(lifetime), "winder")
    await serve(lifetime, settings, home, app)


def main() -> int:
    """Run the hub until its input ends."""
    home = Home.find().ensure()
    settings = load(*SECTIONS, LogSettings, home=home)
    configure(PROCESS, settings[LogSettings], home)
    clock = WoundClock(time.fromisoformat(sys.argv[1]))
    return run(lambda lifetime: _serve(lifetime, settings, home, clock), process=PROCESS)


# --- for the test ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WoundHub:
    """The process, as the test holds it."""

    process: subprocess.Popen[str]

    async def passes(self, *, minutes: float) -> None:
        """So much time passes, or less when she speaks up."""
        await self._wish(f"pass {60 * minutes}")

    async def sleeps(self, *, minutes: float) -> None:
        """The computer sleeps for so long."""
        await self._wish(f"sleep {60 * minutes}")

    async def _wish(self, line: str) -> None:
        await asyncio.to_thread(self._ask, line)

    def _ask(self, line: str) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "done\n", "the hub ended"


@contextlib.contextmanager
def wound_hub(begins: str, environment: Mapping[str, str]) -> Iterator[WoundHub]:
    """The hub, where it is `begins` o'clock when it starts."""
    argv = [sys.executable, "-P", "-m", "tests.rig.wound_hub", begins]
    with subprocess.Popen(
        argv,
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield WoundHub(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


if __name__ == "__main__":
    sys.exit(main())
