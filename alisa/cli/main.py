"""The command `alisa`: which commands there are, and how a failure becomes one line and an exit code.

The commands live in modules of their own and are imported when they are called: their names and
summaries stand here so that `alisa --help` is quick.

Exit codes: 0 done, 1 failed, 2 wrong use, 3 something needed is missing, 130 cancelled.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import Any

from cyclopts import App, CycloptsError, Group, Parameter, UnusedCliTokensError

from alisa import __version__
from alisa.cli.output import complain, complain_about
from alisa.runtime.errors import AlisaError, UsageError
from alisa.runtime.sources import guess

EXIT_FAILED = 1
EXIT_CANCELLED = 130

_COMMANDS: dict[str, dict[str, tuple[str, str]]] = {
    "Wake and talk": {
        "up": ("alisa.cli.up:app", "Wake Alisa: start everything that this machine can run, and keep it running."),
        "chat": ("alisa.cli.chat:chat", "Talk with her in this terminal."),
        "voice": ("alisa.cli.voice:app", "Watch a spoken conversation live, and where its time goes."),
        "say": ("alisa.cli.say:app", "Hear her voice say something, or write it into a file."),
        "hear": ("alisa.cli.hear:app", "Write down what is said in a recording."),
        "quiet": ("alisa.cli.quiet:app", "Let her not speak up by herself for a while."),
        "remind": ("alisa.cli.reminders:remind_app", "Be reminded of something, or set a timer."),
        "stop": ("alisa.cli.stop:app", "Put her to sleep: stop everything that runs."),
        "restart": ("alisa.cli.restart:app", "Start one part again."),
    },
    "Look": {
        "status": ("alisa.cli.status:app", "Show what runs, and how it does."),
        "eyes": ("alisa.cli.eyes:app", "See which of her eyes are open, open and close them."),
        "look": ("alisa.cli.sight:app", "See what her eyes see: the webcam, the screen or a picture."),
        "why": ("alisa.cli.why:app", "Show why she is silent, and why she said what she said by herself."),
        "logs": ("alisa.cli.logs:app", "Show what the parts write down."),
        "doctor": ("alisa.cli.doctor.command:app", "Check everything, and say how to fix what is wrong."),
        "history": ("alisa.cli.history:app", "Read, search and clear what was said."),
        "habits": ("alisa.cli.habits:app", "See, take along and erase what she has learnt of your habits."),
        "reminders": ("alisa.cli.reminders:app", "See and cancel what you want to be reminded of."),
    },
    "Set up": {
        "models": ("alisa.cli.models:app", "See, get and choose models."),
        "voices": ("alisa.cli.voices:app", "See which voices she could have."),
        "devices": ("alisa.cli.devices:app", "See the microphones and speakers, and which are hers."),
        "settings": ("alisa.cli.settings:app", "Open the page with all settings in your browser."),
        "config": ("alisa.cli.config:app", "Show and change the settings."),
        "token": ("alisa.cli.token:app", "Show the token that lets a program talk with her."),
        "completion": ("alisa.cli.completion:app", "Print completions for your shell."),
    },
}


_GROUPS = {title: Group(title, sort_key=place) for place, title in enumerate((*_COMMANDS, "Options"))}
_NAMES = frozenset(name for commands in _COMMANDS.values() for name in commands)


def make_app(called: str = "") -> App:
    """The whole command. `called` is the one that will run: its help is its module's, not the summary here."""
    app = App(
        name="alisa",
        help="Alisa, a companion that lives on your desktop and runs wholly on your machine.",
        version=__version__,
        help_format="plaintext",
        help_epilogue="New here? Run `alisa up --chat`. Each command has examples: `alisa up --help`.",
        default_parameter=Parameter(negative=(), show_default=_worth_showing),
    )
    for title, commands in _COMMANDS.items():
        for place, (name, (path, summary)) in enumerate(commands.items()):
            told = None if name == called else summary
            app.command(path, name=name, help=told, group=_GROUPS[title], sort_key=place)
    for flag in ("--help", "--version"):
        app[flag].group = (_GROUPS["Options"],)
    return app


def _worth_showing(default: Any) -> str | None:
    return None if default in (False, "", None) else str(default)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code. Nothing but a code ever comes out of here."""
    as_json = "--json" in arguments[: arguments.index("--")] if "--" in arguments else "--json" in arguments
    try:
        _refuse_unknown(arguments)
        app = make_app(arguments[0] if arguments else "")
        code = app(list(arguments), exit_on_error=False, print_error=False, result_action="return_value")
    except CycloptsError as error:
        wrong = UsageError("wrong_use", _in_words(error), f"`{_help_command(arguments)}` shows how.")
        complain_about(wrong, as_json=as_json)
        return wrong.exit_code
    except AlisaError as error:
        complain_about(error, as_json=as_json)
        return error.exit_code
    except KeyboardInterrupt:
        complain("Cancelled.")
        return EXIT_CANCELLED
    except BrokenPipeError:
        _forget_stdout()
        return 0
    except SystemExit as leaving:
        if isinstance(leaving.__context__, BrokenPipeError):  # so rich leaves when nobody reads any more
            return 0
        return leaving.code if isinstance(leaving.code, int) else EXIT_FAILED
    except Exception as error:  # noqa: BLE001 (the last door: a person never sees a trace)
        return _unexpected(error, as_json=as_json)
    return code if isinstance(code, int) else 0


def main() -> None:
    """The entry point of the command."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal that lacks a letter
    code = run(sys.argv[1:])
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
    sys.exit(code)


def _refuse_unknown(arguments: Sequence[str]) -> None:
    """Refuse a command that does not exist here, where no command has to be imported to guess what was meant."""
    first = arguments[0] if arguments else "--help"
    if first in _NAMES or first.startswith(("-", "__")):
        return
    near = guess(first, _NAMES)
    hint = f"Did you mean `alisa {near}`?" if near else "`alisa --help` lists the commands."
    raise UsageError("wrong_use", f"There is no command {first!r}.", hint)


def _help_command(arguments: Sequence[str]) -> str:
    return f"alisa {arguments[0]} --help" if arguments and arguments[0] in _NAMES else "alisa --help"


def _in_words(error: CycloptsError) -> str:
    """What is wrong with a command line, on one line."""
    if isinstance(error, UnusedCliTokensError) and error.unused_tokens:
        return f"{' '.join(error.unused_tokens)!r} is not understood here."
    return " ".join(str(error).split())


def _forget_stdout() -> None:
    """The reader went away (`alisa logs | head`): that is its right, and Python need not complain at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unexpected(error: Exception, *, as_json: bool) -> int:
    """Write the trace to a file and tell the user where it is."""
    from alisa.cli.crash import write_crash

    path = write_crash(error)
    where = f"The details are in {path}." if path else "Run `alisa doctor` to check everything."
    complain_about(
        AlisaError("unexpected", f"Something unexpected went wrong ({type(error).__name__}).", where), as_json=as_json
    )
    return EXIT_FAILED
