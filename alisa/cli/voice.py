"""`alisa voice`: look at her ears and her voice while they work.

It watches and never alters: it is one more client of the hub, and the voice does not know of it.
"""

from __future__ import annotations

import asyncio
import json as jsons
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from cyclopts import App

from alisa.cli.output import say
from alisa.runtime.errors import MissingError

if TYPE_CHECKING:
    from alisa.cli.voice_view import Exchange, Seen
    from alisa.link import HubLink

PATIENCE_SECONDS = 2.0
"""A voice that is connected is told of at once; so long one that just starts is waited for."""

app = App(
    name="voice",
    help_epilogue="""Examples:
  alisa voice          how loud you are, what she hears, where the time goes
  alisa voice --json   one JSON line for every spoken exchange, for programs

She listens whenever `alisa up` runs and there is a sound device.
`python -m voice` is her voice alone; with `--text`, you type and listen.""",
)


@app.default
def voice(*, json: bool = False) -> int:
    """Watch a spoken conversation live. Ctrl-C ends the view, and nothing else.

    Parameters
    ----------
    json
        Print one JSON line for every exchange: what was said, and the milliseconds of each stage.
    """
    try:
        asyncio.run(_watch(as_json=json))
    except KeyboardInterrupt:
        return 0
    return 0


async def _watch(*, as_json: bool) -> None:
    from alisa.cli.chat.session import Place, first_welcome
    from alisa.cli.voice_view import Seen
    from alisa.protocol.roles import Role

    place = Place.here()
    async with place.link("main", Role.DASHBOARD) as link:
        await first_welcome(link, place)
        seen = await _first_look(link, Seen())
        if as_json:
            await _follow(link, seen, each=_as_json)
        elif not sys.stdout.isatty():
            await _follow(link, seen, each=_as_line)
        else:
            await _live(link, seen)


async def _first_look(link: HubLink, seen: Seen) -> Seen:
    """Wait until a voice tells of itself. Raises MissingError where none runs."""
    from alisa.cli.voice_view import after
    from alisa.link import Connected, Disconnected

    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            async for item in link:
                if not isinstance(item, (Connected, Disconnected)):
                    seen = after(seen, item)
                if seen.there:
                    return seen
    except TimeoutError:
        pass
    raise MissingError(
        "voice_off",
        "Her voice does not run.",
        "`alisa up` starts it where there is a sound device, `python -m voice` starts it alone.",
    )


async def _live(link: HubLink, seen: Seen) -> None:
    from rich.console import Console
    from rich.live import Live

    from alisa.cli.voice_view import picture

    with Live(picture(seen), console=Console(highlight=False), auto_refresh=False, screen=True) as live:
        await _follow(link, seen, shown=lambda now: live.update(picture(now), refresh=True))


async def _follow(
    link: HubLink,
    seen: Seen,
    *,
    each: Callable[[Exchange], None] = lambda _: None,
    shown: Callable[[Seen], None] = lambda _: None,
) -> None:
    """Look on, for ever: `each` is told of every exchange once it is measured, `shown` of every change."""
    from alisa.cli.voice_view import OFF, after
    from alisa.link import Connected, Disconnected

    async for item in link:
        if isinstance(item, Connected):
            continue
        now = replace(seen, state=OFF) if isinstance(item, Disconnected) else after(seen, item)
        if now.exchanges and now.exchanges != seen.exchanges:
            each(now.exchanges[-1])
        if now != seen:
            shown(now)
        seen = now


def _as_json(exchange: Exchange) -> None:
    told = {"turn": exchange.turn, "said": exchange.said, "milliseconds": dict(exchange.milliseconds)}
    say(jsons.dumps(told, ensure_ascii=False))


def _as_line(exchange: Exchange) -> None:
    from alisa.cli.voice_view import line

    say(line(exchange))
