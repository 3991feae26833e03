"""Everything over HTTP: that she is there, how her parts are doing, and what was said.

Who may ask is decided by the door; errors look as `answers` says.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse

from alisa import __version__
from alisa.runtime.clock import Clock
from alisa.runtime.errors import UsageError
from alisa.runtime.paths import Home
from backend.events.bus import Bus
from backend.events.facts import HistoryCleared
from backend.gateway.door import admitted
from backend.gateway.inbound import MAX_NAME_CHARS, usable_name
from backend.gateway.ledger import Ledger
from backend.gateway.page import POLICY, page
from backend.gateway.peers import Peers
from backend.health import Health
from backend.persona.cards import list_modes, list_personas
from backend.storage.export import Renderer, as_dict, renderer
from backend.storage.history import History
from backend.storage.types import StoredMessage

Name = Annotated[str | None, Query(min_length=1, max_length=MAX_NAME_CHARS)]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the answers come from."""

    history: History
    health: Health
    peers: Peers
    ledger: Ledger
    bus: Bus
    clock: Clock
    home: Home
    metrics: Callable[[], bytes]
    metrics_type: str
    her_name: str


def routes(sources: Sources) -> APIRouter:
    """All addresses."""
    router = APIRouter()
    for add in (_presence, _condition, _history, _choices):
        add(router, sources)
    return router


def _presence(router: APIRouter, sources: Sources) -> None:
    @router.api_route("/", methods=["GET", "HEAD"])
    async def root(request: Request) -> Response:
        """That she is online: a page for a browser, JSON for a program."""
        if "text/html" in request.headers.get("accept", ""):
            headers = {"content-security-policy": POLICY, "vary": "accept"}
            return HTMLResponse(
                page(well=sources.health.all_well, guest=admitted(request.scope).guest), headers=headers
            )
        return JSONResponse({"status": "Alisa online"}, headers={"vary": "accept"})

    @router.get("/health/live")
    async def live() -> dict[str, str]:
        """The process runs."""
        return {"status": "live"}

    @router.get("/health/ready")
    async def ready() -> JSONResponse:
        """What a user says is kept: 200; else 503."""
        able = sources.health.can_take_messages
        return JSONResponse({"status": "ready" if able else "not ready"}, 200 if able else 503)

    @router.get("/health")
    async def health() -> dict[str, Any]:
        """How every part is doing."""
        return _health(sources)


def _condition(router: APIRouter, sources: Sources) -> None:
    @router.get("/status")
    async def status() -> dict[str, Any]:
        """As `/health`, with who is connected."""
        clients = [
            {
                "name": peer.name,
                "role": peer.role.value,
                "conversation": peer.conversation,
                "guest": peer.guest,
                "since": peer.since.isoformat(),
                "waiting": len(peer.outbox),
            }
            for peer in sources.peers
        ]
        return {**_health(sources), "clients": clients}

    @router.get("/metrics")
    async def metrics() -> Response:
        """Counts and times, for Prometheus."""
        return Response(sources.metrics(), headers={"content-type": sources.metrics_type})


def _history(router: APIRouter, sources: Sources) -> None:
    history = sources.history

    @router.get("/history")
    async def messages(
        conversation: Name = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 50,
        before: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
        q: Annotated[str | None, Query(max_length=1000)] = None,
    ) -> dict[str, Any]:
        """Messages, newest last; `before` is the id of the oldest one that is known already; `q` searches."""
        found = await history.page(conversation=_named(conversation), limit=limit, before=before, query=q or None)
        return {"messages": [as_dict(message) for message in found]}

    @router.get("/history/summary")
    async def summary() -> dict[str, Any]:
        """All of history in a few numbers."""
        return asdict(await history.summary())

    @router.post("/history/clear")
    async def clear(conversation: Name = None) -> dict[str, Any]:
        """Forget a conversation, or all of them; a backup is made first."""
        cleared = await history.clear(_named(conversation))
        sources.bus.publish(HistoryCleared(conversation or ""))
        return {"status": "cleared", **asdict(cleared)}

    @router.get("/history/export")
    async def export(
        format_: Annotated[Literal["json", "markdown"], Query(alias="format")] = "json", conversation: Name = None
    ) -> StreamingResponse:
        """History as a file."""
        found = await _begun(history.export(_named(conversation)))
        paper = renderer(format_, sources.clock.now().astimezone(), sources.her_name)
        return _download(_written(found, paper), paper.media_type, f"alisa-history.{paper.suffix}")

    @router.get("/conversations")
    async def conversations() -> dict[str, Any]:
        """Every named conversation."""
        return {"conversations": [asdict(info) for info in await history.conversations()]}


def _choices(router: APIRouter, sources: Sources) -> None:
    @router.get("/modes")
    def modes() -> dict[str, Any]:
        """The modes that there are."""
        return {"modes": [{"name": mode.name, "title": mode.title} for mode in list_modes(sources.home)]}

    @router.get("/personas")
    def personas() -> dict[str, Any]:
        """The personas that there are."""
        cards = list_personas(sources.home)
        return {"personas": [{"name": card.name, "title": card.title, "summary": card.summary} for card in cards]}


def _health(sources: Sources) -> dict[str, Any]:
    health = sources.health
    return {
        "status": "ready" if health.all_well else "degraded",
        "version": __version__,
        "dependencies": {name: part.as_json() for name, part in health.dependencies.items()},
        "clients": len(sources.peers),
        "turn": sources.ledger.any_running(),
        "eyes": _eyes(sources.ledger.status),
    }


def _eyes(status: Mapping[str, Any]) -> dict[str, str]:
    """Which eye is open: the one part of their doing that whoever is on this machine may know."""
    if status.get("eyes", "off") == "off":
        return {}
    return {name: str(status.get(f"eyes_{name}", "closed")) for name in ("webcam", "screen")}


async def _written(messages: AsyncIterator[StoredMessage], paper: Renderer) -> AsyncIterator[str]:
    """The export piece by piece, however long it is."""
    yield paper.begin()
    async for message in messages:
        yield paper.message(message)
    yield paper.end()


def _named(conversation: str | None) -> str | None:
    if conversation is not None and not usable_name(conversation):
        raise UsageError("bad_request", "This is not the name of a conversation.", "/conversations lists them.")
    return conversation


async def _begun(messages: AsyncIterator[StoredMessage]) -> AsyncIterator[StoredMessage]:
    """The same messages, the first of them already read: what cannot be read fails before the answer has begun."""
    first = await anext(messages, None)

    async def again() -> AsyncIterator[StoredMessage]:
        if first is not None:
            yield first
            async for message in messages:
                yield message

    return again()


def _download(content: AsyncIterator[str], kind: str, name: str) -> StreamingResponse:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(content, media_type=kind, headers=headers)
