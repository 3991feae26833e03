"""Her whole self at once: asked aloud, she answers with the real model, is heard, and her mouth on the screen moves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from alisa.protocol.messages import SpeechEnd, SpeechStart, User
from alisa.runtime.paths import data_folder
from overlay.avatar import load_avatar
from overlay.compose.composer import Composer
from overlay.expressions import Expression, Viseme
from overlay.frame import Frame
from tests.faults import needs_linux
from tests.process.spoken import awake, end_of_speech, history, loud
from tests.rig.fixtures import composited, lasting_screens
from tests.rig.her import her_on, seen, window
from tests.rig.screen import Screen
from tests.rig.sound import Sound
from tests.rig.sound_fixtures import lasting_sound, sound

__all__ = ["composited", "lasting_screens", "lasting_sound", "sound"]

pytestmark = [pytest.mark.process, pytest.mark.sound, pytest.mark.screen, pytest.mark.timeout(240), needs_linux]

MOVED = 12.0
"""a mouth that differs so much (of 255, on average) has another shape"""


def mouth_box() -> tuple[int, int, int, int]:
    """Where her open mouth differs from her closed one, in her window."""
    composer = Composer(load_avatar(data_folder() / "avatars" / "alisa"), 1.0)
    shut = composer.draw(Frame(expression=Expression.NEUTRAL)).image.convert("RGB")
    closed = np.asarray(shut, np.int16)
    opened = composer.draw(Frame(expression=Expression.NEUTRAL, mouth=Viseme.AA)).image.convert("RGB")
    rows, columns = np.nonzero(np.abs(np.asarray(opened, np.int16) - closed).sum(axis=2) > 30)
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


def mouth(screen: Screen, box: tuple[int, int, int, int]) -> NDArray[np.int16]:
    """Her mouth as it is seen now."""
    picture = seen(screen)
    assert picture is not None
    return np.asarray(picture.crop(box).convert("RGB"), np.int16)


async def shapes(screen: Screen, box: tuple[int, int, int, int], while_: Callable[[], bool]) -> int:
    """How many times her mouth took another shape meanwhile."""
    last, changes = mouth(screen, box), 0
    while while_():
        now = await asyncio.to_thread(mouth, screen, box)
        changed = float(np.abs(now - last).mean()) > MOVED
        changes += changed
        last = now if changed else last
        await asyncio.sleep(0.02)
    return changes


async def rests(screen: Screen, box: tuple[int, int, int, int]) -> bool:
    """Whether, within some seconds, her mouth keeps its shape for one; a feeling that fades changes it, too."""
    clock = asyncio.get_running_loop()
    for _ in range(12):
        until = clock.time() + 1.0
        if await shapes(screen, box, lambda until=until: clock.time() < until) <= 1:  # type: ignore[misc]
            return True
    return False


async def test_her_mouth_moves_while_she_answers_aloud(sound: Sound, composited: Screen, tmp_path: Path) -> None:
    """The real hub, llama.cpp and the starter model; what is heard of her is seen of her, too."""
    box = mouth_box()
    settings = {"ALISA_LLM__ENGINE": "openai", "ALISA_LLM__MODEL": "starter", "ALISA_QUIET__ON": "false"}
    async with awake(tmp_path, parts="backend,llm_server,voice", **settings) as (running, watcher):
        with her_on(composited, running.home.root), sound.recording() as tape:
            await asyncio.to_thread(composited.wait, lambda: window(composited), "her window")
            await asyncio.sleep(1)
            await sound.say("what is your name").heard()
            asked = end_of_speech(tape)
            await watcher.until(lambda: watcher.all(SpeechStart), "her answer")
            moved = await shapes(composited, box, lambda: not watcher.all(SpeechEnd))
            assert watcher.all(User)[0].text == "what is your name"
            assert watcher.all(SpeechEnd)[0].heard == history(running)[1][1]
            assert loud(tape, asked)
            assert moved >= 12, "a change of expression alone is less"
            assert await rests(composited, box), "it rests for a second, once her feeling has faded"
