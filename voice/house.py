"""What changing her voice means on this computer: settings, files, and another chain of engines."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path

from alisa.runtime import edit, environments
from alisa.runtime.children import popen_kwargs
from alisa.runtime.errors import AlisaError, EngineError
from alisa.runtime.paths import Home
from voice.player import Player
from voice.settings import VoiceSettings
from voice.style import Style
from voice.tts.assemble import options_of
from voice.tts.chain import Chain

LOCAL = "kokoro"
LOCAL_BYTES = 400_000_000
"""Kokoro's model in 32 bits and its voices (354 MB), and the libraries that it needs."""


class RealHouse:
    """The settings file, `alisa models pull`, and the chain that a player speaks through."""

    def __init__(
        self, home: Home, settings: VoiceSettings, player: Player, style: Style, chain: Callable[[VoiceSettings], Chain]
    ) -> None:
        """`chain` makes the engines for such settings; the one that speaks now is closed by whoever made it."""
        self._home = home
        self._settings = settings
        self._player = player
        self._style = style
        self._chain = chain
        self._made: list[Chain] = []

    def download_bytes(self) -> int:
        """How large the local voice is; 0: it is here."""
        model = options_of(LOCAL, self._settings, self._home)["model"]
        runs = self._settings.tts_python or environments.is_ready(LOCAL, self._home)
        return 0 if runs and Path(model).is_file() else LOCAL_BYTES

    async def fetch(self) -> None:
        """Fetch the local voice as `alisa models pull` does. Raises EngineError."""
        argv = [sys.executable, "-m", "alisa", "models", "pull", LOCAL]
        process = await asyncio.create_subprocess_exec(
            *argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **popen_kwargs()
        )
        try:
            _, said = await process.communicate()
        except asyncio.CancelledError:
            process.terminate()
            await process.wait()
            raise
        if process.returncode:
            line = (said.decode("utf-8", "replace").strip().splitlines() or ["It could not be fetched."])[-1]
            raise EngineError("voice_not_fetched", line, "The voice stays as it is.")

    async def speak_with(self, engine: str, line: str) -> str:
        """Keep this engine in the settings, speak with it from now on, and try it with this line.

        Returns why it cannot be heard at the moment; empty: it can. Raises AlisaError (the settings).
        """
        await asyncio.to_thread(edit.set_value, self._home, "voice.tts", engine, [VoiceSettings])
        chain = self._chain(self._settings.model_copy(update={"tts": engine}))
        self._made.append(chain)
        await chain.start()
        self._player.speaker, self._style.engine = chain, engine
        try:
            async with aclosing(chain.speak(self._style.request(self._style.words(line), None))) as speech:
                async for _ in speech:
                    pass  # the chain keeps it, so that it is there when she says it
        except AlisaError as error:
            return error.message
        return "" if chain.state.engine == chain.state.wanted else chain.state.why

    async def aclose(self) -> None:
        """End the engines that were made here."""
        for chain in self._made:
            await chain.aclose()
