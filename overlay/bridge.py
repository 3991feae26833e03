"""The bridge between two worlds: the links to the hub live in an event loop in a thread of their own, she lives in Tk.

What comes from the hub waits in one bounded box and rings one bell; what goes to the hub is handed to the loop.
Nothing here touches Tk, and neither side ever waits for the other. What the messages mean is not known here.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from alisa.link import Connected, Disconnected, Find, HubLink, Item
from alisa.link.address import Address
from alisa.protocol.message import Message
from alisa.protocol.messages import Error, Hello
from alisa.protocol.roles import MAY_SEND, Role
from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger
from overlay.hub import modes_of

BOX_ITEMS = 256
"""What waits for Tk at most; beyond that the hub's frames are left in the socket."""
AGAIN_SECONDS = 10.0
"""How long she waits after a refusal: somebody has to change something first."""
SEND_SECONDS = 3.0
"""How long what the user did waits for a hub that is just away."""
STOP_SECONDS = 3.0
NAME = "avatar"

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class NotSent:
    """What the user did has not reached the hub."""

    message: Message
    error: Error


@dataclass(frozen=True, slots=True)
class ModesOffered:
    """The names of the modes that the hub offers."""

    modes: tuple[str, ...]


News = Item | NotSent | ModesOffered


class Bridge:
    """`find` says where the hub is; `ring` is called from the other thread whenever something waits to be taken."""

    def __init__(self, find: Find, ring: Callable[[], None]) -> None:
        self._find_hub = find
        self._ring = ring
        self._box: deque[News] = deque()
        self._thread = threading.Thread(target=self._run, name="bridge", daemon=True)
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._room = asyncio.Event()
        self._outgoing: asyncio.Queue[Message] = asyncio.Queue()
        self._group = asyncio.TaskGroup()
        self._tasks: set[asyncio.Task[None]] = set()
        self._address: Address | None = None
        self._own: HubLink | None = None
        self._user: HubLink | None = None

    # --- Tk's side -----------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to look for the hub."""
        self._thread.start()

    def take(self, most: int = BOX_ITEMS) -> list[News]:
        """What has come since the last time, oldest first. Rings again where more is left."""
        items: list[News] = []
        was_full = len(self._box) >= BOX_ITEMS
        while self._box and len(items) < most:
            items.append(self._box.popleft())
        if self._box:
            self._ring()
        if was_full:
            self._in_loop(self._room.set)
        return items

    def send(self, message: Message) -> None:
        """Tell the hub, in order. What cannot be sent comes back as `NotSent`."""
        self._in_loop(self._outgoing.put_nowait, message)

    def stop(self) -> None:
        """Hang up, and return when the thread is gone."""
        if self._thread.ident is None:
            self._loop.close()
            return
        self._in_loop(self._stopping.set)
        self._thread.join(STOP_SECONDS)
        if self._thread.is_alive():
            log.error("the link to the hub does not end")

    def _in_loop(self, call: Callable[..., object], *arguments: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: it is over
            self._loop.call_soon_threadsafe(call, *arguments)

    # --- the loop's side -----------------------------------------------------------------------

    def _run(self) -> None:
        self._loop.set_exception_handler(_log_unhandled)
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._live())

    async def _live(self) -> None:
        async with self._group:
            self._start(self._listen())
            self._start(self._speak())
            await self._stopping.wait()
            for task in self._tasks:
                task.cancel()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        """Do this beside everything else, until the end at the latest."""
        task = self._group.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _put(self, item: News) -> None:
        while len(self._box) >= BOX_ITEMS:
            self._room.clear()
            self._ring()
            await self._room.wait()
        self._box.append(item)
        self._ring()

    async def _find(self) -> Address:
        self._address = await self._find_hub()
        return self._address

    def _link(self, role: Role) -> HubLink:
        return HubLink("", "", Hello(role.value, name=NAME), find=self._find)

    async def _listen(self) -> None:
        """Hand over what the hub says, for ever; one that refuses us is asked again later."""
        told: Error | None = None
        while True:
            try:
                async with self._link(Role.OVERLAY) as link:
                    self._own = link
                    async for item in link:
                        await self._put(item)
                        if isinstance(item, Connected) and self._address and not self._address.plain:
                            self._start(self._ask_for_modes(self._address))
            except AlisaError as refusal:
                error = Error(refusal.code, refusal.message, refusal.hint)
            except Exception as failure:  # whatever it is, she stays on the screen and tries again
                log.exception("the link to the hub failed")
                kind = type(failure).__name__
                error = Error("internal", f"The link to the hub failed ({kind}).", "It is tried again.")
            else:
                continue
            self._own = None
            await self._put(Disconnected(error.message, AGAIN_SECONDS))
            if error != told:
                told = error
                await self._put(error)
            await asyncio.sleep(AGAIN_SECONDS)

    async def _ask_for_modes(self, address: Address) -> None:
        modes = await modes_of(address)
        if modes:
            await self._put(ModesOffered(modes))

    async def _speak(self) -> None:
        while True:
            message = await self._outgoing.get()
            try:
                await self._link_for(message).send(message, timeout_seconds=SEND_SECONDS)
            except AlisaError as error:
                await self._put(NotSent(message, Error(error.code, error.message, error.hint)))
            except Exception:
                log.exception("a message to the hub failed", tag=message.tag.value)

    def _link_for(self, message: Message) -> HubLink:
        """The link that may say this. An avatar may not speak as the user: for that, she opens a second one."""
        if self._own is None or self._address is None:
            raise AlisaError("hub_away", "The hub is away.", "Start it with `alisa up`.")
        if self._address.plain or message.tag in MAY_SEND[Role.OVERLAY]:
            return self._own
        if self._user is None:
            self._user = self._link(Role.CHAT)
            self._start(self._follow(self._user))
        return self._user

    async def _follow(self, link: HubLink) -> None:
        """Keep the user's link open; of what it hears only the errors are news, the rest comes over her own."""
        try:
            async with link:
                async for item in link:
                    if isinstance(item, Error) and item.turn is None:
                        await self._put(item)
        except AlisaError:
            pass  # who sends over it is told
        except Exception:
            log.exception("the user's link to the hub failed")
        finally:
            self._user = None


def _log_unhandled(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    log.error(str(context.get("message", "unhandled")), exc_info=context.get("exception"))
