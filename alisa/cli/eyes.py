"""`alisa eyes`: which of her eyes are open, and what they saw last; opening and closing them.

Opening is a change of the settings: eyes that run notice it within a second or two.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from cyclopts import App

from alisa.cli.output import say, say_json
from alisa.runtime.errors import AlisaError, MissingError
from alisa.runtime.paths import Home

if TYPE_CHECKING:
    from alisa.link import HubLink
    from alisa.runtime.edit import Change
    from vision.settings import VisionSettings

Which = Literal["webcam", "screen"]
_EYES: tuple[Which, ...] = ("webcam", "screen")
_NAMES: Mapping[str, str] = {"webcam": "face", "screen": "screen"}
PATIENCE_SECONDS = 0.5
"""What the hub knows it tells at once."""

app = App(
    name="eyes",
    help_epilogue="""Examples:
  alisa eyes                    which are open, since when; what they saw last
  alisa eyes open screen        let her read the window in front
  alisa eyes open webcam        let her see whether you are there
  alisa eyes close              close both
  alisa look --screen           see what she would see, first

`ctrl+alt+e` closes both at once, from anywhere, until it is pressed again
(vision.pause_hotkey).""",
)


@app.default
def eyes(*, json: bool = False) -> int:
    """Show which eyes are open.

    Parameters
    ----------
    json
        Print one JSON object.
    """
    from alisa.runtime.settings import load
    from vision.settings import VisionSettings

    home = Home.find()
    settings = load(VisionSettings, home=home)[VisionSettings]
    report = _report(settings, _told())
    if json:
        say_json(report)
    else:
        _show(report)
    return 0


@app.command(name="open")
def open_eyes(which: Which | None = None, /) -> int:
    """Open her eyes, or one of them. No picture is ever kept.

    Parameters
    ----------
    which
        webcam or screen; without it, both.
    """
    return _set(which, to=True)


@app.command(name="close")
def close_eyes(which: Which | None = None, /) -> int:
    """Close her eyes, or one of them.

    Parameters
    ----------
    which
        webcam or screen; without it, both.
    """
    return _set(which, to=False)


def _set(which: Which | None, *, to: bool) -> int:
    from alisa.runtime.edit import set_value
    from vision.settings import VisionSettings

    home = Home.find()
    overridden: list[Change] = []
    for name in (which,) if which else _EYES:
        change = set_value(home, f"vision.{name}", str(to).lower(), [VisionSettings], os.environ)
        overridden += [change] if change.overridden_by else []
        say(f"The {name} eye is {'open' if to else 'closed'}.")
    for change in overridden:
        say(f"But {change.overridden_by} is set, and wins over the file.", style="warn")
    if to and not _told()["eyes"]:
        say("She does not run yet: `alisa up` wakes her.", style="faint")
    return 0


# --- what the hub knows ---------------------------------------------------------------------------


def _told() -> dict[str, Any]:
    """What the eyes told of themselves, and what they saw; without a hub, nothing."""
    try:
        return asyncio.run(_ask())
    except MissingError:
        return {"eyes": {}, "seen": {}}
    except AlisaError as error:
        return {"eyes": {}, "seen": {}, "problem": error}


async def _ask() -> dict[str, Any]:
    from alisa.cli.chat.session import Place, first_welcome
    from alisa.protocol.roles import Role

    place = Place.here()
    async with place.link("main", Role.DASHBOARD) as link:
        await first_welcome(link, place)
        return await _first_words(link)


async def _first_words(link: HubLink) -> dict[str, Any]:
    from alisa.protocol.messages import Status, Vision

    told: dict[str, Any] = {"eyes": {}, "seen": {}}
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            async for item in link:
                if isinstance(item, Status):
                    told["eyes"] |= {key: value for key, value in item.values.items() if key.startswith("eyes")}
                elif isinstance(item, Vision):
                    told["seen"] |= item.values
    except TimeoutError:
        pass
    if told["eyes"].get("eyes") == "off":
        told["eyes"] = {}
    return told


# --- what is shown ----------------------------------------------------------------------------------


def _report(settings: VisionSettings, told: Mapping[str, Any]) -> dict[str, Any]:
    status, seen = told["eyes"], told["seen"]
    rows: dict[str, dict[str, Any]] = {}
    for name in _EYES:
        wanted = bool(getattr(settings, name))
        rows[name] = {
            "state": status.get(f"eyes_{name}", "not running" if wanted else "closed"),
            "wanted": wanted,
            "since": status.get(f"eyes_{name}_since", ""),
            "saw": seen.get(_NAMES[name]),
        }
    problem = told.get("problem")
    return {
        "running": bool(status),
        **rows,
        "note": status.get("eyes_note", "") or (str(problem) if problem else ""),
        "pause_hotkey": settings.pause_hotkey,
    }


def _show(report: Mapping[str, Any]) -> None:
    styles = {"open": "good", "away": "warn", "paused": "warn", "not running": "warn"}
    for name in _EYES:
        eye = report[name]
        since = f" since {_clock(eye['since'])}" if eye["since"] and eye["state"] != "closed" else ""
        say(f"{name:<7} {eye['state']}{since}", style=styles.get(eye["state"], ""))
        if eye["saw"] and eye["state"] == "open":
            say(f"        saw {_saw(name, eye['saw'])}", style="faint")
    if report["note"]:
        say(f"! {report['note']}", style="warn")
    if not any(report[name]["wanted"] for name in _EYES):
        say("Both are closed. `alisa eyes open screen` opens one; `alisa look --screen` shows what it would see.")
    elif not report["running"]:
        say("She does not look now: `alisa up` wakes her.")


def _clock(since: str) -> str:
    """The time of day, with the date where it is another one."""
    try:
        at = datetime.fromisoformat(since).astimezone()
    except ValueError:
        return since
    today = datetime.now(UTC).astimezone().date()
    return f"{at:%H:%M}" if at.date() == today else f"{at:%Y-%m-%d %H:%M}"


def _saw(name: str, seen: Mapping[str, Any]) -> str:
    """What an eye saw last, in a few words."""
    if name == "webcam":
        told = [seen.get("presence"), seen.get("attention")]
        return ", ".join(str(each) for each in told if each) or "nothing"
    told = [seen.get("app"), seen.get("task")]
    words = ", ".join(str(each) for each in told if each)
    error = seen.get("error_kind")
    return (words or "nothing to tell") + (f", with an error ({error})" if error else "")
