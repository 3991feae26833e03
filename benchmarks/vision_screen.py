"""What the screen eye costs and how well it reads: rendered scenes of 1920 x 1080, and the real eye on a real screen.

The scenes are terminals, editors and dialogs whose words are known, in light and dark and small type. Reading is
Tesseract's; times are of the whole way, from the picture to what is told. Average use of the processor counts the
programs that are started, too.
"""

from __future__ import annotations

import asyncio
import contextlib
import difflib
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from PIL import Image, ImageDraw, ImageFont

from benchmarks.report import Figure, Report, median, percentile
from vision.change import Changes, Picture
from vision.desktop.window import Window
from vision.ocr import engines
from vision.ocr.reading import Reading
from vision.screen_eye import read_picture

SIZE = (1920, 1080)
FACES = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
    "/usr/share/fonts/dejavu-sans-mono-fonts/DejaVuSansMono.ttf",
    "/System/Library/Fonts/Menlo.ttc",
    "C:/Windows/Fonts/consola.ttf",
)
COLOURS = {
    "light": ((252, 252, 252), (30, 30, 30)),
    "dark": ((22, 22, 32), (222, 222, 222)),
    "blue": ((0, 43, 54), (147, 161, 161)),
}
POINTS = {"large": 20, "usual": 14, "small": 11}
IDLE = Window("bash", "XTerm", None, (0, 0, *SIZE), fullscreen=False)


@dataclass(frozen=True)
class Error:
    """What a scene shows, and what should be found."""

    lines: tuple[str, ...]
    file: str
    line: int


ERRORS = (
    Error(
        (
            "mira@desk:~/shop$ python3 app.py --port 8000",
            "Traceback (most recent call last):",
            '  File "/home/mira/shop/app.py", line 48, in <module>',
            "    main()",
            '  File "/home/mira/shop/checkout.py", line 17, in checkout',
            "    price = prices[item.name]",
            "KeyError: 'green tea'",
        ),
        "checkout.py",
        17,
    ),
    Error(
        (
            "mira@desk:~/web$ node server.js",
            "/home/mira/web/routes/orders.js:112",
            "  return order.items.map(item => item.price);",
            "                     ^",
            "TypeError: Cannot read properties of undefined (reading 'map')",
            "    at total (/home/mira/web/routes/orders.js:112:22)",
            "    at handle (/home/mira/web/server.js:31:9)",
        ),
        "orders.js",
        112,
    ),
    Error(
        (
            "mira@desk:~/engine$ make",
            "cc -O2 -Wall -c src/parser.c -o build/parser.o",
            "src/parser.c: In function 'next_token':",
            "src/parser.c:203:18: error: 'length' undeclared (first use in this function)",
            "  203 |     if (index >= length)",
            "make: *** [Makefile:24: build/parser.o] Error 1",
        ),
        "parser.c",
        203,
    ),
    Error(
        (
            "mira@desk:~/ledger$ cargo build",
            "   Compiling ledger v0.3.1 (/home/mira/ledger)",
            "error[E0382]: borrow of moved value: `entry`",
            "  --> src/book.rs:67:20",
            "   |",
            '67 |     println!("{}", entry.amount);',
            "   |                    ^^^^^^^^^^^^ value borrowed here after move",
        ),
        "book.rs",
        67,
    ),
    Error(
        (
            "mira@desk:~/bank$ java -jar bank.jar",
            'Exception in thread "main" java.lang.NullPointerException',
            "    at org.desk.bank.Account.withdraw(Account.java:58)",
            "    at org.desk.bank.Main.main(Main.java:14)",
        ),
        "Account.java",
        58,
    ),
)
BEFORE = (
    "mira@desk:~$ git pull --rebase",
    "Already up to date.",
    "mira@desk:~$ ls",
    "bank  engine  ledger  notes.txt  shop  web",
    "mira@desk:~$ date",
    "Tue Nov 24 18:20:41 CET 2026",
)


@dataclass(frozen=True)
class Scene:
    """A picture whose words are known."""

    name: str
    picture: Picture
    text: str
    error: Error


def scenes() -> list[Scene]:
    """Return twenty: each kind of error in light, dark and small type, over a desktop of 1920 x 1080."""
    styles = [("light", "usual"), ("dark", "usual"), ("light", "small"), ("blue", "large")]
    return [
        _scene(f"{error.file} {colour} {points}", error, COLOURS[colour], POINTS[points])
        for error, (colour, points) in itertools.product(ERRORS, styles)
    ]


def _scene(name: str, error: Error, colours: tuple[tuple[int, int, int], tuple[int, int, int]], points: int) -> Scene:
    lines = [*BEFORE, *error.lines]
    image = Image.new("RGB", SIZE, colours[0])
    draw, face = ImageDraw.Draw(image), _face(points)
    for row, line in enumerate(lines):
        draw.text((10, 8 + round(row * points * 1.28)), line, font=face, fill=colours[1])
    return Scene(name, np.ascontiguousarray(np.asarray(image)[:, :, ::-1]), "\n".join(lines), error)


def _face(points: int) -> Any:
    path = next((face for face in FACES if Path(face).is_file()), None)
    return ImageFont.truetype(path, points) if path else ImageFont.load_default(points)


def recalled(truth: str, read: str) -> float:
    """Return the share of the truth's characters that were read, in order; how many blanks there are does not count."""
    one, other = " ".join(truth.split()), " ".join(read.split())
    same = difflib.SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in same) / max(1, len(one))


def measure(quick: bool = False) -> dict[str, dict[str, Any]]:
    """Return the figures by name, each with value, unit, target and ok."""
    return {name: figure.as_json() for name, figure in figures(quick=quick).items()}


def figures(*, quick: bool = False) -> dict[str, Figure]:
    """Return the figures by name; each is shown as it comes."""
    report = Report("vision_screen")
    _unchanged(report)
    _understood(report, scenes())
    _full_page(report)
    _resting(report, seconds=12.0 if quick else 60.0)
    return report.results


def _unchanged(report: Report) -> None:
    picture, changes = scenes()[0].picture, Changes()
    changes.look(picture)
    changes.mark_read()
    times = []
    for _ in range(60):
        began = time.perf_counter()
        changes.look(picture)
        times.append(1000 * (time.perf_counter() - began))
    report.add("screen_unchanged_p50", Figure(median(times), "ms", 5.0))


def _understood(report: Report, shown: list[Scene]) -> None:
    times, shares, right = [], [], 0
    for scene in shown:
        reader = engines.create("tesseract")
        began = time.perf_counter()
        sight = read_picture(scene.picture, IDLE, reader)
        times.append(1000 * (time.perf_counter() - began))
        found = (Path(sight.error_file).name, sight.error_line) == (scene.error.file, scene.error.line)
        right += found
        shares.append(recalled(scene.text, Reading(reader).read(scene.picture, whole=True).text))
        if not found:
            print(f"  {scene.name}: {sight.error_file}:{sight.error_line} {sight.error_message}", file=sys.stderr)
    report.add("screen_understood_p50", Figure(median(times), "ms", 500.0))
    report.add("screen_understood_p95", Figure(percentile(times, 0.95), "ms"))
    report.add("characters_read", Figure(100 * sum(shares) / len(shares), "%", 97.0, "higher"))
    report.add("characters_read_worst_scene", Figure(100 * min(shares), "%"))
    report.add("error_file_and_line_right", Figure(right, f"of {len(shown)}", float(len(shown)), "higher"))


def _full_page(report: Report) -> None:
    """A page full of text: how long one look takes at the most, and how many looks read it all."""
    lines = tuple(f"{number:3d}  {line}" for number, line in enumerate((*BEFORE, *ERRORS[0].lines) * 4))
    scene = _scene("full page", Error(lines, "", 0), COLOURS["light"], POINTS["usual"])
    reading, times = Reading(engines.create("tesseract")), []
    while True:
        began = time.perf_counter()
        page = reading.read(scene.picture)
        times.append(1000 * (time.perf_counter() - began))
        if not page.unread or len(times) > 20:
            break
    report.add("full_page_longest_look", Figure(max(times), "ms"))
    report.add("full_page_looks", Figure(len(times), "looks"))
    report.add("full_page_characters_read", Figure(100 * recalled(scene.text, page.text), "%", 97.0, "higher"))


# --- at rest, on a real screen ----------------------------------------------------------------------


def _resting(report: Report, seconds: float) -> None:
    """Both eyes open on a desktop where nothing happens: the real eyes in a process of their own."""
    from tests.rig.screen import NoScreenError, screen

    try:
        with screen(size=SIZE) as own, tempfile.TemporaryDirectory(prefix="alisa-benchmark-") as home:
            command = ["xterm", "-geometry", "150x50", "-e", "sh", "-c", "dmesg --help; ls -l /usr/bin; exec sleep 900"]
            with own.run(command):
                own.wait(lambda: len(own.windows()) > 0, "a window")
                argv = [sys.executable, "-m", "benchmarks.vision_screen", "--rest", str(seconds)]
                environment = {**os.environ, **own.environment, "ALISA_HOME": home}
                done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)
    except NoScreenError as reason:
        print(f"  no screen: {reason}", file=sys.stderr)
        return
    if done.returncode:
        print(f"  the eyes ended with {done.returncode}: {done.stderr[-800:]}", file=sys.stderr)
        return
    told = json.loads(done.stdout.strip().splitlines()[-1])
    report.add("cpu_both_eyes_still_desktop", Figure(told["cpu"], "% of a core", 3.0))
    report.add("memory_both_eyes", Figure(told["memory"], "MiB resident", 150.0))
    report.add("grab_1080p_p50", Figure(told["grab"], "ms"))


async def _rest(seconds: float) -> dict[str, float]:
    """Open both eyes, wait until all is read, and measure."""
    from alisa.runtime.clock import SystemClock
    from alisa.runtime.paths import Home
    from vision.screen import Screen
    from vision.settings import VisionSettings
    from vision.system import SystemSense
    from vision.webcam import Webcam

    home, clock = Home.find(), SystemClock()
    with _still_camera() as folder:
        settings = VisionSettings(screen=True, webcam=True, source="folder", source_path=str(folder))
        tasks = [
            asyncio.create_task(Screen(settings, home, clock).run(_nothing, _nothing)),
            asyncio.create_task(Webcam(settings, home, clock).run(_nothing, _nothing)),
            asyncio.create_task(SystemSense(settings, home, clock).run(_nothing)),
        ]
        await asyncio.sleep(12)  # the window is read, the face is known
        process = psutil.Process()
        before, began = _processor(process), time.perf_counter()
        await asyncio.sleep(seconds)
        cpu = 100 * (_processor(process) - before) / (time.perf_counter() - began)
        memory = process.memory_info().rss / 2**20
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return {"cpu": cpu, "memory": memory, "grab": _grab_time()}


def _grab_time() -> float:
    from vision.grab import ScreenGrabber

    grabber, times = ScreenGrabber(), []
    for _ in range(20):
        began = time.perf_counter()
        grabber.grab((0, 0, *SIZE))
        times.append(1000 * (time.perf_counter() - began))
    grabber.close()
    return median(times)


def _processor(process: psutil.Process) -> float:
    """Return the processor time of the process and of the programs that it started and that have ended."""
    times = process.cpu_times()
    return float(times.user + times.system + times.children_user + times.children_system)


@contextlib.contextmanager
def _still_camera() -> Iterator[Path]:
    """A folder with one picture, 640 x 480: the astronaut of scikit-image where it is, else an empty room."""
    with tempfile.TemporaryDirectory(prefix="alisa-benchmark-") as folder:
        try:
            from skimage import data

            image = Image.fromarray(data.astronaut()).resize((640, 480))  # type: ignore[no-untyped-call]
        except ImportError:
            image = Image.new("RGB", (640, 480), (120, 110, 100))
        image.save(Path(folder) / "room.png")
        yield Path(folder)


def _nothing(*_told: object) -> None:
    """Nobody listens."""


if __name__ == "__main__":
    if sys.argv[1:2] == ["--rest"]:
        print(json.dumps(asyncio.run(_rest(float(sys.argv[2])))))
    else:
        Report("vision_screen", figures(quick="--quick" in sys.argv)).print()
