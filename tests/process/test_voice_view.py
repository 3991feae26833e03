"""`alisa voice` beside a real hub: what a voice tells is what it shows."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import subprocess
import sys
from typing import Any

import pytest

from alisa.protocol.messages import Say, Status, User
from benchmarks import rig

pytestmark = [pytest.mark.process, pytest.mark.timeout(120)]

IDLE: dict[str, Any] = {"voice": "idle", "voice_stt": "sphinx", "voice_tts": "espeak", "voice_note": ""}
TOOK = {"endpoint": 210.0, "stt": 40.0, "total": 480.0}


async def test_every_exchange_is_a_line_of_json() -> None:
    """With its words, its turn and its times; Ctrl-C ends it well."""
    with rig.running("backend", {"ALISA_LLM__ENGINE": "scripted"}) as running:
        async with running.client(role="voice") as voice, running.client(role="chat") as chat:
            await voice.send(Status(IDLE))
            watching = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "alisa", "voice", "--json", env=dict(running.environment),
                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )  # fmt: skip
            assert watching.stdout is not None
            try:
                async with asyncio.timeout(30):
                    while running.status()["hub"]["clients"] < 3:
                        await asyncio.sleep(0.1)
                    await voice.send(Say("good morning"))
                    turn = (await chat.until(User))[-1].turn  # type: ignore[attr-defined]
                    await voice.send(Status({**IDLE, "voice": "speaking", "voice_turn": TOOK}))
                    told = json.loads(await watching.stdout.readline())
                assert told == {"turn": turn, "said": "good morning", "milliseconds": TOOK}
                watching.send_signal(signal.SIGINT)
                _, trouble = await asyncio.wait_for(watching.communicate(), 10)
                assert (watching.returncode, trouble) == (0, b"")
            finally:
                with contextlib.suppress(ProcessLookupError):
                    watching.kill()


def test_without_a_voice_it_says_how_to_start_one() -> None:
    """One line and exit code 3; and so without a hub."""
    with rig.running("backend", {"ALISA_LLM__ENGINE": "scripted"}) as running:
        done = running.alisa("voice")
        assert done.returncode == 3
        assert "Her voice does not run." in done.stderr
        assert "python -m voice" in done.stderr
    assert "alisa up" in running.alisa("voice").stderr
