"""`python -m overlay`: her face on the desktop, as a process; also her picture as a file, and what can be chosen."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from alisa.runtime.errors import AlisaError, MissingError
from alisa.runtime.logs import configure, get_logger
from alisa.runtime.paths import Home
from alisa.runtime.sections import HubSettings, LogSettings, QuietSettings
from alisa.runtime.settings import Settings, load
from alisa.runtime.tasks import SUPERVISED, report
from overlay.needs import TK_FIX
from overlay.options import Options, parse
from overlay.settings import OverlaySettings

if TYPE_CHECKING:
    from overlay.asked import Asked
    from overlay.desktop.single import Single
    from overlay.sources import Source

PROCESS = "overlay"
CLOSED = "you closed her window; `alisa restart overlay` brings it back"
ALREADY = "she is on the screen already"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; return the exit code."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    try:
        if options.list or options.screenshot is not None:
            from overlay.headless import run

            return run(options, Home.find())
        return _live(options)
    except AlisaError as error:
        code = report(error, PROCESS)
        # What is missing stays missing, and everything else works without her: the supervisor lets her be.
        return 0 if _supervised() and isinstance(error, MissingError) else code
    except Exception as error:  # noqa: BLE001 - the end of the line: it is told and logged
        return report(error, PROCESS)


def _live(options: Options) -> int:
    """Be on the screen until asked to go."""
    home = Home.find().ensure()
    settings = _settings(home, options)
    configure(PROCESS, settings[LogSettings], home)
    for problem in settings.problems:
        get_logger(PROCESS).warning(str(problem))
    _need_tkinter()
    from overlay.asked import Asked
    from overlay.desktop.single import claim

    with Asked() as asked:
        if options.demo:
            return _on_the_screen(home, settings, asked, None, options.size)
        single = claim(home)
        if single is None:
            _say(ALREADY)
            return 0
        try:
            return _on_the_screen(home, settings, asked, single, options.size)
        finally:
            single.close()


def _settings(home: Home, options: Options) -> Settings:
    """The settings, with the avatar that the command line wants this once."""
    found = load(OverlaySettings, QuietSettings, HubSettings, LogSettings, home=home)
    if not options.avatar:
        return found
    chosen = found[OverlaySettings].model_copy(update={"avatar": options.avatar})
    rest = (found[section] for section in (QuietSettings, HubSettings, LogSettings))
    return Settings({type(section): section for section in (chosen, *rest)}, found.problems)


def _need_tkinter() -> None:
    try:
        importlib.import_module("tkinter")
    except ImportError:
        raise MissingError("tk_missing", "tkinter is missing: her face needs it.", TK_FIX) from None


def _on_the_screen(home: Home, settings: Settings, asked: Asked, single: Single | None, size: float | None) -> int:
    from overlay.app import App
    from overlay.root import open_root, told_ready

    with open_root() as root:
        app = App(root, home, settings, asked, _source(home, settings, demo=single is None), single)
        if size is not None:  # otherwise she has the size that she had last
            app.window.set_scale(size)
        try:
            with told_ready(home, counts=single is not None):
                app.run()
        finally:
            app.close()
    if app.wishes.quit_wished and _supervised():
        _say(CLOSED)
    return asked.code or 0


def _source(home: Home, settings: Settings, *, demo: bool) -> Source:
    from overlay.hub import finder
    from overlay.sources import DemoSource, HubSource

    if demo:
        return DemoSource(_say)
    return HubSource(finder(home, settings[HubSettings], settings[OverlaySettings]))


def _supervised() -> bool:
    return os.environ.get(SUPERVISED) == "1"


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - this line is for the user, or for the supervisor


if __name__ == "__main__":
    sys.exit(main())
