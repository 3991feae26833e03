"""The webcam eye on real video files, and on scripts, in the time of a clock that a test moves."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from alisa.protocol.sight import SightFace
from alisa.protocol.tags import Attention, Presence
from alisa.runtime.clock import ManualClock
from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home
from tests.vision import photographs
from tests.vision.photographs import somebody
from vision.detectors.faces import Picture
from vision.detectors.haar import Haar
from vision.settings import VisionSettings
from vision.sources import engines as sources
from vision.webcam import Webcam, face_in

FOCUSED, NOBODY = SightFace(Presence.PRESENT, Attention.FOCUSED, 1), SightFace(Presence.ABSENT)


@dataclass
class Eye:
    """An open eye, what it told and reported, and when."""

    webcam: Webcam
    clock: ManualClock
    until: float
    told: list[tuple[float, SightFace]] = field(default_factory=list)
    reported: list[tuple[float, str, str]] = field(default_factory=list)
    sleeps: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        """Let the time pass at once; when it is over, hold still until the end of the test."""
        self.sleeps.append(seconds)
        self.clock.advance(seconds)
        if self.clock.monotonic() >= self.until:
            raise _OverError
        await asyncio.sleep(0)

    async def look(self) -> Eye:
        """Look until the time is over."""
        now = self.clock.monotonic
        with pytest.raises(_OverError):
            await self.webcam.run(
                lambda sight: self.told.append((now(), sight)),
                lambda state, note: self.reported.append((now(), state, note)),
            )
        return self

    @property
    def sights(self) -> list[SightFace]:
        """What was told, in its order."""
        return [sight for _, sight in self.told]


class _OverError(Exception):
    """The time of a test is over."""


Open = Callable[..., Eye]


@pytest.fixture
def eye(home: Home) -> Open:
    """Open an eye with these settings for so many seconds."""

    def make(seconds: float, **settings: Any) -> Eye:
        clock = ManualClock()
        made = Eye(None, clock, seconds)  # type: ignore[arg-type]
        made.webcam = Webcam(VisionSettings(webcam=True, **settings), home, clock, sleep=made.sleep)
        return made

    return make


@pytest.fixture
def script(eye: Open, tmp_path: Path) -> Callable[..., Eye]:
    """Open an eye on a script."""

    def make(seconds: float, *parts: dict[str, Any], **settings: Any) -> Eye:
        path = tmp_path / "script.json"
        path.write_text(json.dumps(parts))
        return eye(seconds, source="scripted", source_path=str(path), detector="scripted", **settings)

    return make


HERE = {"faces": [[0.4, 0.3, 0.25, 0.3]], "eyes": 2, "turned": 0.0}
ASIDE = {"faces": [[0.4, 0.3, 0.25, 0.3]], "turned": 1.0}


def room(at: float) -> Picture:
    """A film: an empty room, somebody who comes and moves about, a second person, an absence, a return."""
    empty = photographs.resized(photographs.photograph("coffee"), 320, 240)
    if at < 6 or 30 <= at < 50:
        return empty
    if at >= 50:
        return somebody(75, 120, 125, before=empty, bright=0.7)
    picture = somebody(90 + 10 * np.sin(at), 110 + 12 * np.cos(at), 120, before=empty)
    return somebody(70, 250, 100, before=picture) if 14 <= at < 22 else picture


async def test_a_film_of_a_room_is_told_as_it_happens(eye: Open, tmp_path: Path) -> None:
    """Real faces in a real video file: each change once, soon after it happened, and nothing else."""
    film = photographs.video(tmp_path / "room.avi", 58, room, rate=2)
    seen = await eye(66, source="video", source_path=str(film)).look()
    assert seen.sights == [
        NOBODY,
        FOCUSED,
        SightFace(Presence.PRESENT, Attention.FOCUSED, 2),
        FOCUSED,
        NOBODY,
        FOCUSED,
    ]
    happened = (0, 6, 14, 22, 30, 50)
    late = [at - then for (at, _), then in zip(seen.told, happened, strict=True)]
    assert all(0 <= each <= 14 for each in late)
    assert max(late[1], late[2], late[5]) <= 6  # who comes is seen soon
    assert seen.reported == [(0.0, "open", "")]


async def test_only_changes_are_told(script: Callable[..., Eye]) -> None:
    """An hour in which somebody works and glances aside now and then is one message."""
    glances = [{"seconds": 290, **HERE}, {"seconds": 3, **ASIDE}] * 12
    assert (await script(3500, *glances).look()).sights == [FOCUSED]


async def test_looking_away_and_leaving_are_told(script: Callable[..., Eye]) -> None:
    """Somebody who turns aside for long is distracted, and gone when gone."""
    parts = [{"seconds": 30, **HERE}, {"seconds": 30, **ASIDE}, {"seconds": 60}, {"seconds": 1, **HERE}]
    away = SightFace(Presence.PRESENT, Attention.DISTRACTED, 1)
    assert (await script(150, *parts).look()).sights == [FOCUSED, away, NOBODY, FOCUSED]


async def test_a_missing_camera_is_told_once_and_tried_again_ever_more_seldom(
    eye: Open, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A quarter of an hour without a camera: one sentence, some twenty tries, nothing printed."""
    monkeypatch.setattr("vision.sources.camera.CameraSource.__init__.__defaults__", ("", list))
    seen = await eye(900).look()
    assert seen.reported == [(0.0, "away", "No camera was found. Plug one in; she opens it when it is there.")]
    assert seen.told == []
    assert seen.sleeps[:6] == [2, 4, 8, 16, 32, 60]
    assert len(seen.sleeps) < 25
    assert capfd.readouterr() == ("", "")


async def test_a_camera_that_comes_back_goes_on_where_it_was(script: Callable[..., Eye]) -> None:
    """Pulled out and plugged in: away, open; what did not change is not told again."""
    seen = await script(120, {"seconds": 20, **HERE}, {"seconds": 30, "away": True}, {"seconds": 99, **HERE}).look()
    assert [state for _, state, _ in seen.reported] == ["open", "away", "open"]
    assert seen.reported[1][2].startswith("The camera in the script is gone.")
    assert seen.sights == [FOCUSED]


async def test_an_absence_that_the_camera_slept_through_is_seen_afterwards(script: Callable[..., Eye]) -> None:
    """Nobody is told to be gone because the camera is; only what is seen counts."""
    seen = await script(120, {"seconds": 20, **HERE}, {"seconds": 30, "away": True}, {"seconds": 99}).look()
    assert seen.sights == [FOCUSED, NOBODY]
    assert seen.told[1][0] > 50 + 8


async def test_the_device_is_held_only_while_the_eye_is_open(
    script: Callable[..., Eye], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closed by the end of the loop, however that ends."""
    seen = script(1e9, {"seconds": 20, **HERE})
    made: list[Any] = []
    create = sources.create

    def keeping(*arguments: Any) -> Any:
        made.append(create(*arguments))
        return made[-1]

    monkeypatch.setattr(sources, "create", keeping)
    task = asyncio.create_task(seen.webcam.run(lambda sight: None, lambda *_: None))
    while not seen.sleeps:
        await asyncio.sleep(0.01)
    assert made[0].is_open
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not made[0].is_open
    assert len(made) == 1


async def test_a_calm_room_is_looked_at_seldom(script: Callable[..., Eye]) -> None:
    """Then the eye looks every four seconds, and every second while something may be changing."""
    seen = await script(120, {"seconds": 999, **HERE}).look()
    assert seen.sleeps[0] < 1.1
    assert seen.sleeps[-1] >= 4


async def test_one_look_is_enough_when_asked(eye: Open, tmp_path: Path) -> None:
    """`look_once` opens, looks, closes; within half a second it answers with the same look."""
    film = photographs.video(tmp_path / "film.avi", 2, lambda at: photographs.portrait(320, 240))
    seen = eye(1e9, source="video", source_path=str(film))
    assert await seen.webcam.look_once() == FOCUSED
    film.unlink()
    assert await seen.webcam.look_once() == FOCUSED
    seen.clock.advance(0.5)
    with pytest.raises(AlisaError, match="no video"):
        await seen.webcam.look_once()


async def test_an_unknown_detector_is_told_and_not_a_crash(eye: Open) -> None:
    """The rest of her eyes goes on."""
    seen = await eye(100, detector="eagle").look()
    (reported,) = seen.reported
    assert reported[1] == "away"
    assert "eagle" in reported[2]


async def test_a_detector_that_breaks_is_told_in_a_sentence() -> None:
    """Whatever another package's detector raises."""

    class Broken(Haar):
        def find(self, picture: Picture) -> Any:
            raise ZeroDivisionError("division by zero")

    with pytest.raises(AlisaError, match="division by zero") as caught:
        face_in(photographs.portrait(), Broken())
    assert caught.value.code == "detector_failed"


def test_no_picture_is_kept(eye: Open, tmp_path: Path, home: Home) -> None:
    """After looks nothing lies on the disk that was not there before."""
    film = photographs.video(tmp_path / "film.avi", 1, lambda at: photographs.portrait(320, 240))
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    asyncio.run(eye(20, source="video", source_path=str(film)).look())
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == before
