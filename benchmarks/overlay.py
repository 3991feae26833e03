"""What the avatar costs and how fast she answers, in a real window: the real process beside a hub that only sends.

    python -m benchmarks.overlay [--quick]

The window is on a private X server with a window manager and a compositor. Processor time is that of her process
alone; the time from the wire to the screen is from just before the frame is sent until other pixels are seen.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import websockets
from PIL import Image, ImageChops

from alisa.protocol.codec import encode
from alisa.protocol.message import Message
from alisa.protocol.messages import EmotionShown, End, Mouth, SpeechEnd, SpeechStart, Turn, Welcome
from alisa.protocol.tags import Emotion
from benchmarks.report import Figure, Report, percentile
from tests.rig.screen import Box, Program, Screen, screen

TITLE = "Alisa"
MOUTHS_PER_SECOND = 30
SEEN_PIXELS = 40
"""So many pixels of her face are different when she is seen to have changed."""


def main() -> int:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="a shorter run: rough figures")
    parser.add_argument("--frames", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.frames:
        print(json.dumps(frame_times(options.frames)))
        return 0
    report = Report("overlay")
    with screen(window_manager=True, compositor=True) as own:
        asyncio.run(measure(own, report, seconds=8.0 if options.quick else 30.0))
        argv = [sys.executable, "-m", "benchmarks.overlay", "--frames", "600" if options.quick else "3000"]
        done = subprocess.run(argv, env={**os.environ, **own.environment}, capture_output=True, text=True, check=True)
        times = json.loads(done.stdout)
        report.add("frame_time_p50", Figure(percentile(times, 0.5), "ms"))
        report.add("frame_time_p99", Figure(percentile(times, 0.99), "ms", 33.0))
    report.print()
    return 0


# --- her process, from outside ----------------------------------------------------------------------


@dataclass
class Sender:
    """A hub that welcomes one avatar and then only says what it is told to."""

    client: asyncio.Future[Any] = field(default_factory=asyncio.Future)

    async def serve(self, socket: Any) -> None:
        """One client: her `[HELLO]` is answered; more is not heard."""
        await socket.recv()
        await socket.send(encode(Welcome(server="benchmark", conversation="main", mode="teasing")))
        if not self.client.done():
            self.client.set_result(socket)
        await socket.wait_closed()

    async def send(self, message: Message) -> None:
        """Say this to her."""
        await self.client.result().send(encode(message))


@asynccontextmanager
async def living(own: Screen) -> AsyncIterator[tuple[Program, Sender]]:
    """Her real process on that screen, connected."""
    sender = Sender()
    async with websockets.serve(sender.serve, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        with tempfile.TemporaryDirectory(prefix="alisa-benchmark-") as home:
            extra = {
                "ALISA_HOME": home,
                "ALISA_OVERLAY__HUB_URL": f"ws://127.0.0.1:{port}/ws/chat",
                "ALISA_OVERLAY__HUB_TOKEN": "benchmark",
                "ALISA_OVERLAY__DIALECT": "full",
                "ALISA_QUIET__ON": "false",
            }
            with own.run([sys.executable, "-m", "overlay"], extra) as program:
                await asyncio.wait_for(sender.client, 30)
                while own.find(TITLE) is None:  # noqa: ASYNC110 - another process, which tells nobody
                    await asyncio.sleep(0.05)
                yield program, sender


async def measure(own: Screen, report: Report, seconds: float) -> None:
    """Fill the report with what is seen of her process."""
    began = time.perf_counter()
    async with living(own) as (program, sender):
        report.add("on_screen_after_start", Figure(time.perf_counter() - began, "s"))
        her = psutil.Process(program.process.pid)
        await asyncio.sleep(3)  # her first pictures are made once
        report.add("cpu_idle", Figure(await cpu_share(her, asyncio.sleep(seconds)), "% of a core", 2.0))
        report.add("cpu_talking", Figure(await cpu_share(her, talk(sender, seconds)), "% of a core", 8.0))
        times = [await emotion_to_pixels(own, sender, turn) for turn in range(10, 10 + int(seconds * 2))]
        report.add("emotion_to_pixels_p50", Figure(percentile(times, 0.5), "ms"))
        report.add("emotion_to_pixels_p95", Figure(percentile(times, 0.95), "ms", 50.0))
        report.add("memory", Figure(her.memory_info().rss / 2**20, "MiB resident", 120.0))


async def cpu_share(process: psutil.Process, during: Any) -> float:
    """Processor time that the process uses meanwhile, in percent of one core."""
    before, began = sum(process.cpu_times()[:2]), time.perf_counter()
    await during
    return 100 * (sum(process.cpu_times()[:2]) - before) / (time.perf_counter() - began)


async def talk(sender: Sender, seconds: float) -> None:
    """A voice speaks: thirty openings of the mouth a second, as natural speech has them."""
    await sender.send(Turn(turn=1))
    await sender.send(EmotionShown(Emotion.HAPPY, turn=1))
    await sender.send(SpeechStart(turn=1))
    began = time.perf_counter()
    for count in range(int(seconds * MOUTHS_PER_SECOND)):
        await sender.send(Mouth(round(abs((count * 7) % 20 / 10 - 1), 2)))
        await asyncio.sleep(max(0.0, began + (count + 1) / MOUTHS_PER_SECOND - time.perf_counter()))
    await sender.send(SpeechEnd(turn=1))
    await sender.send(End(turn=1))


async def emotion_to_pixels(own: Screen, sender: Sender, turn: int) -> float:
    """Milliseconds from the frame until her face is seen to change."""
    emotion = (Emotion.SAD, Emotion.HAPPY, Emotion.SERIOUS, Emotion.SHY)[turn % 4]
    await sender.send(Turn(turn=turn))
    await asyncio.sleep(0.45 + turn % 7 * 0.03)  # the face of thinking fades in; never in step with her breath
    face = face_of(own)
    before = own.grab(face)
    began = time.perf_counter()
    await sender.send(EmotionShown(emotion, turn=turn))
    while different(before, own.grab(face)) < SEEN_PIXELS:
        await asyncio.sleep(0.001)
        if time.perf_counter() - began > 5:
            raise TimeoutError(f"her face does not show {emotion}")
    took = (time.perf_counter() - began) * 1000
    await sender.send(End(turn=turn))
    return took


def face_of(own: Screen) -> Box:
    """Where her face is."""
    window = own.find(TITLE)
    if window is None:
        raise LookupError("she is not on the screen")
    x0, y0, x1, y1 = window.box
    width, height = x1 - x0, y1 - y0
    return (x0 + width // 4, y0 + height // 4, x1 - width // 4, y0 + height // 2)


def different(one: Image.Image, other: Image.Image) -> int:
    """How many pixels differ by more than a shade."""
    return sum(ImageChops.difference(one, other).convert("L").histogram()[6:])


# --- one frame, from inside -------------------------------------------------------------------------


def frame_times(count: int) -> list[float]:
    """Milliseconds from model to screen of each frame, the X server's answer included, while she talks and feels."""
    import tkinter as tk

    from alisa.runtime.paths import Home
    from overlay.animator import Animator
    from overlay.avatar import choose_avatar
    from overlay.compose import Composer
    from overlay.demo import rows
    from overlay.model import Avatar, reduce
    from overlay.surface import open_surface

    root = tk.Tk()
    root.withdraw()
    with tempfile.TemporaryDirectory() as folder:
        composer = Composer(choose_avatar("alisa", Home(Path(folder)))[0], 1.0)
    surface = open_surface(root, composer.size)
    surface.window.deiconify()
    animator, avatar, events, times = Animator(1), Avatar(), list(rows(0)), list[float]()
    for index in range(count):
        now = index / MOUTHS_PER_SECOND
        while events and events[0].at <= now % 80:
            event = events.pop(0).event
            avatar = avatar if event is None else reduce(avatar, event, now)
        began = time.perf_counter()
        picture = composer.draw(animator.frame(avatar, now))
        if picture.changed is not None:
            surface.present(picture.image, picture.changed, composer.mask())
        root.update()
        root.winfo_pointerxy()  # an answer of the server: all before it is done
        times.append((time.perf_counter() - began) * 1000)
    surface.close()
    return times


if __name__ == "__main__":
    sys.exit(main())
