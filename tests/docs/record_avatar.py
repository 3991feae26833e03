"""Take the pictures of docs/avatar.md: her real process in a real window, beside a hub that only says what it is told.

.venv/bin/python -m tests.docs.record_avatar

The screen is a private X server, with and without a compositor; the hand on her is a real pointer. Of several
screenshots that one is taken in which she neither blinks nor looks aside.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import product
from pathlib import Path

import websockets
from PIL import Image, ImageChops, ImageStat

from alisa.protocol import Emotion
from alisa.protocol.messages import (
    Action,
    ActionResult,
    EmotionShown,
    End,
    Mouth,
    Sentence,
    SpeechEnd,
    SpeechStart,
    Status,
    Turn,
)
from alisa.runtime.paths import data_folder
from benchmarks.overlay import Sender
from overlay.avatar import load_avatar
from overlay.compose import screenshot
from overlay.demo import FELT
from overlay.expressions import Expression
from tests.docs.tiles import Colour, Tile, write
from tests.rig.her import BUBBLE, her_on, window
from tests.rig.screen import Box, Screen, screen

DOCS = Path(__file__).parents[2] / "docs"
BY_DAY: Colour = (0xC9, 0xBE, 0xEA)
BY_NIGHT: Colour = (0x17, 0x13, 0x26)
FEET = (640, 740)
"""Where she is put, in the middle of the screen: the bubble has room above her."""
SHOTS, BETWEEN_SHOTS_SECONDS = 48, 0.1
FADED_SECONDS = 0.5
"""A face has changed wholly by then."""
CALM_SECONDS = 3.0
"""A hand that carried her surprises her for so long."""
TALK_CARD, MENU = "Say something to Alisa", "!menu"
NARROW, WIDE = (-172, 172), (-172, 516)
"""What is left of her middle, and what is right of it, on a tile; a wide one takes the room of two."""
MARGIN = 16
AWAY = (4, 4)
"""Where the pointer rests."""


@dataclass
class Her:
    """Her on that screen, and the hub that speaks to her."""

    screen: Screen
    hub: Sender
    ground: Colour
    leave: Callable[[], Awaitable[None]]
    """takes the hub away"""
    turn: int = 0

    async def says(self, emotion: Emotion, words: str) -> None:
        """A whole reply, without a voice."""
        self.turn += 1
        for message in (Turn(turn=self.turn), EmotionShown(emotion, self.turn), Sentence(words, self.turn)):
            await self.hub.send(message)
        await self.hub.send(End(turn=self.turn))
        await self.until(lambda: self.screen.find(BUBBLE), "her bubble")
        x0, y0, x1, _ = self.box
        self.screen.move((x0 + x1) // 2, y0 - 30)  # what is pointed at stays, also when she has said it

    async def until(self, holds: Callable[[], object], what: str) -> None:
        """Wait until this is seen."""
        await asyncio.to_thread(self.screen.wait, holds, what)

    @property
    def box(self) -> Box:
        """Where she is."""
        found = window(self.screen)
        if found is None:
            raise LookupError("she is not on the screen")
        return found.box

    async def tile(self, caption: str, face: Expression, sides: tuple[int, int] = NARROW) -> Tile:
        """A screenshot of her and what is about her, while her face is most like this one at rest."""
        await asyncio.sleep(FADED_SECONDS)
        x0, y0, x1, y1 = self.box
        middle = (x0 + x1) // 2
        bubble = self.screen.find(BUBBLE)
        left, top = middle + sides[0], min(y0, bubble.box[1] if bubble else y0) - MARGIN
        around = (left, top, middle + sides[1], y1 + MARGIN // 2)
        shots: list[tuple[float, int, Image.Image]] = []
        for _ in range(SHOTS):
            shot = self.screen.grab(around)
            shots.append((_unlikeness(shot, (x0 - left, y0 - top), _at_rest(face, self.ground)), len(shots), shot))
            await asyncio.sleep(BETWEEN_SHOTS_SECONDS)
        self.screen.move(*AWAY)
        return Tile(caption, min(shots)[2], self.ground)


@asynccontextmanager
async def her(own: Screen, ground: Colour, settings: Mapping[str, str] | None = None) -> AsyncIterator[Her]:
    """Her real process on this screen, in the middle of it."""
    own.paint_desktop(ground)
    sender = Sender()
    async with AsyncExitStack() as ends:
        server = await ends.enter_async_context(websockets.serve(sender.serve, "127.0.0.1", 0))
        home = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="alisa-pictures-")))
        told = {
            "ALISA_OVERLAY__HUB_URL": f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/ws/chat",
            "ALISA_OVERLAY__HUB_TOKEN": "pictures",
            "ALISA_OVERLAY__DIALECT": "full",
            "ALISA_OVERLAY__HOTKEY": "ctrl+alt+a",
            "ALISA_OVERLAY__FOLLOW_POINTER": "false",
            **(settings or {}),
        }
        ends.enter_context(her_on(own, home, settings=told))
        await asyncio.wait_for(sender.client, 30)

        async def leave() -> None:
            server.close()
            await server.wait_closed()

        she = Her(own, sender, ground, leave)
        await she.until(lambda: window(own), "her window")
        x0, y0, x1, y1 = she.box
        grip = ((x0 + x1) // 2, (y0 + y1) // 2)
        own.drag(grip, (FEET[0], FEET[1] - (y1 - grip[1])))
        own.move(*AWAY)
        await she.until(lambda: abs(she.box[3] - FEET[1]) < 4, "that she stands where she was put")
        await asyncio.sleep(CALM_SECONDS)
        yield she


# --- what she shows -----------------------------------------------------------------------------------


async def expressions(she: Her) -> list[Tile]:
    """All eleven, and her mouth while a voice speaks."""
    tiles = []
    for emotion, _, words in FELT:
        await she.says(emotion, words)
        tiles.append(await she.tile(emotion.value, Expression(emotion.value)))
    await quiet(she)
    await she.hub.send(Status({"voice": "listening"}))
    tiles.append(await she.tile("listening", Expression.LISTENING))
    await she.hub.send(Status({"voice": "ready"}))
    she.turn += 1
    await she.hub.send(Turn(turn=she.turn))
    tiles.append(await she.tile("thinking", Expression.THINKING))
    tiles.append(await speaking(she))
    x0, y0, x1, y1 = she.box
    she.screen.click((x0 + x1) // 2, (y0 + y1) // 2)
    tiles.append(await she.tile("surprised: she was poked", Expression.SURPRISED))
    return tiles


async def speaking(she: Her) -> Tile:
    """A voice speaks; the mouth is open as far as it says."""
    turn = she.turn
    for message in (EmotionShown(Emotion.NEUTRAL, turn), Sentence("Now you can watch my mouth.", turn)):
        await she.hub.send(message)
    await she.hub.send(SpeechStart(turn=turn))

    async def mouth() -> None:
        while True:
            await she.hub.send(Mouth(0.8))
            await asyncio.sleep(1 / 30)

    moving = asyncio.create_task(mouth())
    tile = await she.tile("her mouth follows the voice", Expression.NEUTRAL)
    moving.cancel()
    await she.hub.send(End(turn=turn))
    await she.hub.send(SpeechEnd(turn=turn))
    await quiet(she)
    return tile


async def quiet(she: Her) -> None:
    """Wait until she has said everything."""
    await she.until(lambda: she.screen.find(BUBBLE) is None, "the end of her words")


async def hands(she: Her) -> list[Tile]:
    """Typing to her, the menu, and a question."""
    own = she.screen
    x0, y0, x1, y1 = she.box
    middle = ((x0 + x1) // 2, (y0 + y1) // 2)
    own.click(*middle)
    own.click(*middle)
    await she.until(lambda: own.find(TALK_CARD), "the field")
    own.move(*AWAY)
    await she.until(lambda: own.focused() == TALK_CARD, "the keyboard")
    own.type("what shall we cook tonight?")
    typing = await she.tile("double-click: type to her", Expression.NEUTRAL)
    own.key("ctrl+a", "BackSpace", "Escape")
    await she.until(lambda: own.find(TALK_CARD) is None, "the field's end")

    own.click(middle[0] + 70, middle[1] - 130, button=3)
    await she.until(lambda: menus(own) == 1, "the menu")
    own.move(middle[0] + 140, middle[1] - 72)  # its first entry with more below it
    await she.until(lambda: menus(own) == 2, "what is below the entry")
    menu = await she.tile("right click: her menu", Expression.NEUTRAL, WIDE)
    own.key("Escape", "Escape")
    await she.until(lambda: menus(own) == 0, "the menu's end")

    action = "desktop.open"
    details = {"program": "Notes", "file": "shopping.txt", "expires_seconds": 60}
    await she.hub.send(Action(action, "Open your shopping list?", "pictures", details))
    await she.until(lambda: own.find(BUBBLE), "the question")
    asking = await she.tile("she asks before she acts", Expression.NEUTRAL)
    await she.hub.send(ActionResult(action, "declined"))
    await quiet(she)
    await she.hub.send(Status({"llm": "down"}))
    await she.until(lambda: own.find(BUBBLE), "the note")
    return [typing, menu, asking, await she.tile("what is wrong, and what to do", Expression.NEUTRAL)]


def menus(own: Screen) -> int:
    """How many menus are open, one below the other."""
    return sum(shown.title == MENU and shown.viewable for shown in own.windows())


async def left_alone(she: Her) -> list[Tile]:
    """The hub goes away."""
    await she.leave()
    await she.until(lambda: she.screen.find(BUBBLE), "the note")
    drowsy = await she.tile("sleepy: the hub is away", Expression.SLEEPY)
    await quiet(she)
    return [drowsy, await she.tile("asleep, until the hub is back", Expression.SLEEPY)]


# --- the pictures -------------------------------------------------------------------------------------


@cache
def _at_rest(face: Expression, ground: Colour) -> Image.Image:
    avatar = load_avatar(data_folder() / "avatars" / "alisa")
    return screenshot(avatar, face, background="#{:02x}{:02x}{:02x}".format(*ground))


def _unlikeness(shot: Image.Image, corner: tuple[int, int], rest: Image.Image) -> float:
    """How much her face differs from the one at rest, wherever her breath has moved it."""
    width, height = rest.size
    x0, y0, x1, y1 = width // 4, height // 4, width * 3 // 4, height * 6 // 10
    face = shot.crop((corner[0] + x0, corner[1] + y0, corner[0] + x1, corner[1] + y1))
    moved = (rest.crop((x0 + x, y0 + y, x1 + x, y1 + y)) for x, y in product(range(-2, 3), range(-2, 5)))
    return min(sum(ImageStat.Stat(ImageChops.difference(face, other)).sum2) for other in moved)


def _now_is_night() -> dict[str, str]:
    """Settings by which these are quiet hours."""
    now = datetime.now().astimezone()
    begins, ends = (f"{now + timedelta(hours=hours):%H:%M}" for hours in (-2, 2))
    return {"ALISA_QUIET__ON": "true", "ALISA_QUIET__BEGINS": begins, "ALISA_QUIET__ENDS": ends}


async def record() -> None:
    """Take all pictures."""
    with screen(compositor=True) as own:
        async with her(own, BY_DAY) as she:
            faces = await expressions(she)
        async with her(own, BY_DAY) as she:
            typing, menu, asking, trouble = await hands(she)
        async with her(own, BY_DAY) as she:
            drowsy, dozing = await left_alone(she)
        async with her(own, BY_NIGHT, _now_is_night()) as she:
            await she.says(Emotion.CALM, "It is late. Shall we leave the rest for tomorrow?")
            night = await she.tile("by night", Expression.CALM)
    with screen(compositor=False) as own:
        async with her(own, BY_DAY) as she:
            await she.says(Emotion.TEASING, "No compositor? Then I am cut out with scissors.")
            shaped = await she.tile("without a compositor", Expression.TEASING)
    write(DOCS / "avatar-expressions.png", _rows([*faces, drowsy], 4))
    write(DOCS / "avatar-desktop.png", [[asking, trouble, dozing, night], [typing, menu, shaped]])
    talking = replace(faces[2], caption="she talks, and shows how she feels")
    write(DOCS / "avatar.png", [[talking, typing, asking, night]])


def _rows(tiles: Sequence[Tile], columns: int) -> list[Sequence[Tile]]:
    return [tiles[at : at + columns] for at in range(0, len(tiles), columns)]


if __name__ == "__main__":
    asyncio.run(record())
