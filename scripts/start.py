#!/usr/bin/env python3
"""Start Alisa: make her environment where there is none, wake her, and open the chat.

python3 scripts/start.py                    talk in this terminal; leaving the chat ends her
python3 scripts/start.py --keep             the same, but she stays when you leave
python3 scripts/start.py --say "hello"      print one reply and go
python3 scripts/start.py --run backend      one part alone, in the foreground
"""

from __future__ import annotations

import sys

# Said before anything that an old Python cannot read; so this file keeps to what Python 3.7 can parse.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.stderr.write("Alisa needs Python 3.11 or newer; this one is %d.%d.\n" % sys.version_info[:2])  # noqa: UP031
    sys.stderr.write("Get it from https://www.python.org/downloads/ and start again.\n")
    sys.exit(3)

import argparse
import json
import os
import signal
import subprocess

import environment

TO_TALK = ["--only", "backend,llm_server"]
COMMANDS = {"chat": "chat", "all": "up"}


def main() -> int:
    """Parse the command line, make the environment, start what was asked for."""
    options = _parse(sys.argv[1:])
    try:
        environment.ensure("run")
    except environment.SetupError as failure:
        environment.say(str(failure))
        return 3
    if options.say is not None:
        return _say_once(options.say)
    alisa = str(environment.command("alisa"))
    if options.run is None:
        return _become([alisa, "up", "--chat", *(["--keep"] if options.keep else []), *options.rest])
    if options.run in COMMANDS:
        return _become([alisa, COMMANDS[options.run], *options.rest])
    return _become([str(environment.python()), "-m", options.run, *options.rest])


def _parse(arguments: list[str]) -> argparse.Namespace:
    description, examples = (__doc__ or "").split("\n\n", 1)
    parser = argparse.ArgumentParser(
        prog="start.py",
        description=description,
        epilog="examples:\n" + examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--say", metavar="TEXT", help="say this, print her reply, and end what was started for it")
    parser.add_argument("--keep", action="store_true", help="let her stay when you leave the chat")
    parser.add_argument(
        "--run",
        choices=["backend", "llm_server", "overlay", "voice", "vision", "chat", "all"],
        help="one part alone, or all without a chat",
    )
    parser.add_argument("rest", nargs="*", metavar="-- ARG", help="handed on to the command that is started")
    return parser.parse_args(arguments)


def _say_once(text: str) -> int:
    """One reply on standard output; what was started for it is stopped again."""
    signal.signal(signal.SIGTERM, _end)
    asleep, ready = read_status(_status())
    try:
        if not ready:
            environment.say("Waking Alisa …" if asleep else "Alisa is waking; waiting for her …")
            code = _alisa("up", "--detach", *TO_TALK)
            if code:
                return code
        return _alisa("chat", text)
    finally:
        if asleep:
            _alisa("stop", quiet=True)


def _end(signum: int, _frame: object) -> None:
    """Whoever ends this from outside ends what was started for it, too."""
    sys.exit(128 + signum)


def read_status(report: str) -> tuple[bool, bool]:
    """From what `alisa status --json` prints: whether nothing of her runs, and whether she can be talked with."""
    try:
        told = json.loads(report)
        hub = told["hub"]["state"]
        return not told["running"] and hub == "down", hub in ("ready", "degraded")
    except (ValueError, KeyError, TypeError):
        return True, False


def _status() -> str:
    argv = [str(environment.command("alisa")), "status", "--json"]
    return subprocess.run(argv, capture_output=True, text=True, check=False).stdout


def _alisa(*arguments: str, quiet: bool = False) -> int:
    return _run([str(environment.command("alisa")), *arguments], quiet=quiet)


def _become(argv: list[str]) -> int:
    """Become that program, so that a signal reaches it and nothing is left behind. Windows has no such thing."""
    if not environment.WINDOWS:
        os.chdir(environment.ROOT)
        os.execv(argv[0], argv)
    return _run(argv)


def _run(argv: list[str], *, quiet: bool = False) -> int:
    """Run in the foreground; Ctrl-C is the child's to handle, so wait for it to finish."""
    output = subprocess.DEVNULL if quiet else None
    # What the start itself reports goes to standard error, so that `--say` prints the reply alone.
    if not quiet and argv[1:3] == ["up", "--detach"]:
        output = sys.stderr.fileno()
    with subprocess.Popen(argv, stdout=output, cwd=environment.ROOT) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue
            except SystemExit:
                child.terminate()
                raise


if __name__ == "__main__":
    sys.exit(environment.unless_cancelled(main))
