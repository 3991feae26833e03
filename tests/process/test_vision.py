"""The eyes as a process beside the real hub: what they see arrives, and they open and close while they run."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from alisa.protocol.messages import Status, Vision
from benchmarks import rig
from tests.process.spoken import Watcher

pytestmark = [pytest.mark.process, pytest.mark.timeout(180)]

ROOT = Path(__file__).parents[2]
SCENE = [{"seconds": 3600, "faces": [[0.4, 0.3, 0.2, 0.3]], "eyes": 2}]


def said(watcher: Watcher, key: str) -> object:
    """The newest word about the eyes."""
    return next((m.values[key] for m in reversed(watcher.all(Status)) if key in m.values), None)


async def test_what_the_eyes_see_arrives(tmp_path: Path) -> None:
    """Closed, they look at nothing; opened with the command, a face arrives; closed again, it is forgotten."""
    script = tmp_path / "scene.json"
    script.write_text(json.dumps(SCENE))
    settings = {
        "ALISA_LLM__ENGINE": "scripted",
        "ALISA_VISION__SOURCE": "scripted",
        "ALISA_VISION__SOURCE_PATH": str(script),
        "ALISA_VISION__DETECTOR": "scripted",
        "ALISA_VISION__SYSTEM": "false",
    }
    with rig.running("backend", settings) as running:
        watcher = Watcher()
        # beside the hub, as `scripts/start_vision` runs it: `alisa up` wants a display or a camera for it
        argv, environment = [sys.executable, "-P", "-m", "vision"], {**running.environment, "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(argv, env=environment, cwd=tmp_path, stderr=subprocess.DEVNULL) as process:
            try:
                async with running.client(role="dashboard") as client:
                    listening = asyncio.create_task(watcher.listen(client))
                    await watcher.until(lambda: said(watcher, "eyes_webcam") == "closed", "closed eyes", 60)
                    assert not watcher.all(Vision)
                    assert running.alisa("eyes", "open", "webcam").returncode == 0
                    await watcher.until(lambda: said(watcher, "eyes_webcam") == "open", "an open eye", 60)
                    await watcher.until(lambda: watcher.all(Vision), "a face", 60)
                    assert "present" in json.dumps(watcher.all(Vision)[-1].values)
                    shown = json.loads(running.alisa("eyes", "--json").stdout)
                    assert (shown["webcam"]["state"], shown["screen"]["state"]) == ("open", "closed")
                    assert shown["webcam"]["saw"]["presence"] == "present"
                    assert "webcam open" in running.alisa("status").stdout
                    assert running.alisa("eyes", "close").returncode == 0
                    await watcher.until(lambda: said(watcher, "eyes_webcam") == "closed", "closed eyes", 60)
                    assert psutil.Process(process.pid).is_running()
                    process.terminate()
                    assert await asyncio.to_thread(process.wait, 30) == 0
                    await watcher.until(lambda: said(watcher, "eyes") == "off", "no eyes", 30)
                    listening.cancel()
            finally:
                process.kill()
