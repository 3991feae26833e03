"""`python -m voice`: her ears and her voice, as a process."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from alisa.runtime.errors import AlisaError, MissingError
from alisa.runtime.logs import configure, get_logger
from alisa.runtime.paths import Home
from alisa.runtime.sections import HubSettings, LogSettings
from alisa.runtime.settings import Settings, load
from alisa.runtime.tasks import SUPERVISED, Lifetime, Phase, report, run
from voice.memory import share_one_heap
from voice.options import Options, parse
from voice.settings import VoiceSettings

PROCESS = "voice"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until it is told to stop; return the exit code."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    share_one_heap()
    try:
        home = Home.find().ensure()
        settings = _settings(home, options)
        configure(PROCESS, settings[LogSettings], home, console=not options.text)
        for problem in settings.problems:
            get_logger(PROCESS).warning(str(problem))
    except AlisaError as error:
        return report(error, PROCESS)
    return run(lambda lifetime: _serve(lifetime, home, settings, options), process=PROCESS)


def _settings(home: Home, options: Options) -> Settings:
    """The settings, with what the command line wants otherwise this once."""
    found = load(VoiceSettings, HubSettings, LogSettings, home=home)
    if not options.mode:
        return found
    chosen = found[VoiceSettings].model_copy(update={"mode": options.mode})
    rest = (found[section] for section in (HubSettings, LogSettings))
    return Settings({type(section): section for section in (chosen, *rest)}, found.problems)


async def _serve(lifetime: Lifetime, home: Home, settings: Settings, options: Options) -> int | None:
    """Open the voice, talk until the lifetime ends, close it."""
    try:
        lost = await _talk(lifetime, home, settings, options)
    except MissingError as error:
        if os.environ.get(SUPERVISED) != "1":
            raise
        report(error, PROCESS)  # what is missing stays missing, and everything else works without a voice
        return 0
    return MissingError.exit_code if lost else None


async def _talk(lifetime: Lifetime, home: Home, settings: Settings, options: Options) -> int:
    """Talk; return how much of what a program or a file said by standard input never reached the hub."""
    from voice.app import opened
    from voice.keyboard import Keyboard, Typist
    from voice.status import Board

    closing, closed = asyncio.Event(), asyncio.Event()

    async def close() -> None:
        closing.set()
        await closed.wait()

    typist, board = Typist() if options.text else None, Board()
    try:
        async with opened(home, settings, board, text=options.text, took=typist or _unheard) as talk:
            if typist is not None:
                board.watch(typist.look)
                talk.line.not_sent = _both(talk.line.not_sent, typist.not_sent)
            lifetime.on_stop(Phase.CLOSE, close)
            lifetime.on_stop(Phase.DRAIN, talk.line.drained)
            lifetime.on_stop(Phase.FINISH, talk.fall_silent)
            works: list[Coroutine[Any, Any, object]] = [talk.run(), closing.wait()]
            if _has_keyboard(settings, options):
                works.append(Keyboard(talk, typing=options.text).run())
            tasks = [asyncio.create_task(work) for work in works]
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for task in done:
                task.result()
    finally:
        closed.set()
    return 0 if typist is None or sys.stdin.isatty() else typist.lost


def _has_keyboard(settings: Settings, options: Options) -> bool:
    """Whether what is typed in this terminal is for her."""
    if os.environ.get(SUPERVISED) == "1":
        return False
    return options.text or (settings[VoiceSettings].mode == "push_to_talk" and sys.stdin.isatty())


def _both(first: Callable[..., None], second: Callable[..., None]) -> Callable[..., None]:
    """Tell the one and the other."""

    def tell(*news: object) -> None:
        first(*news)
        second(*news)

    return tell


def _unheard(_item: object) -> None:
    """Nobody else listens to the hub."""


if __name__ == "__main__":
    sys.exit(main())
