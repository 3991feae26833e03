"""`alisa history`: read, search, export, clear and bring back what was said.

Reading needs no hub: the database is opened beside it, read-only. Clearing goes through the hub where one
runs, because its clients have to hear of it.
"""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import os
import sys
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import asdict
from http import HTTPStatus
from json import loads
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, Literal, TypeVar
from urllib.parse import urlencode, urlsplit

from cyclopts import App, Parameter
from cyclopts.validators import Number

from alisa.cli.history_lines import backup_line, message_lines, summary_lines
from alisa.cli.output import complain, say, say_json
from alisa.runtime.clock import SystemClock
from alisa.runtime.errors import AlisaError, UsageError
from alisa.runtime.paths import Home, write_error
from alisa.runtime.token import read_or_make_token

if TYPE_CHECKING:
    from alisa.cli.hub import RunningHub
    from backend.settings import StorageSettings
    from backend.storage.history import History

T = TypeVar("T")
Work = Callable[["History"], Coroutine[Any, Any, T]]
Conversation = Annotated[str | None, Parameter(name=["--conversation", "-c"])]

EXIT_CANCELLED = 130
_HUB_SECONDS = 60.0
"""a long history takes a while to be backed up and cleared"""

app = App(
    name="history",
    help_epilogue="""Examples:
  alisa history                           the last messages
  alisa history black coffee              those that hold these words
  alisa history '"black coffee"' -n 100   those that hold this phrase
  alisa history export --out talks.md     all of it (also: --format json)
  alisa history clear                     asks first, and can be undone
  alisa history restore                   the backups that there are""",
)


@app.default
def show(
    *words: str,
    limit: Annotated[int, Parameter(name=["--limit", "-n"], validator=Number(gte=1, lte=1000))] = 20,
    conversation: Conversation = None,
    json: bool = False,
) -> int:
    """Show the newest messages, or the newest that hold these words.

    Parameters
    ----------
    words
        What to search for: all words must occur, the last may be a beginning, words in double quotes are a phrase.
    limit
        How many messages.
    conversation
        Only this conversation.
    json
        Print JSON.
    """
    query = " ".join(words)
    found = _read(lambda history: history.page(conversation=conversation, limit=limit, query=query or None))
    if json:
        from backend.storage.export import as_dict

        say_json({"messages": [as_dict(message) for message in found]})
        return 0
    if not found:
        complain(f"Nothing was found for {query!r}." if query else "Nothing has been said yet.")
    for line, style in message_lines(found, None, name_conversations=conversation is None):
        say(line, style=style)
    return 0


@app.command
def summary(*, json: bool = False) -> int:
    """Show all of history in a few numbers.

    Parameters
    ----------
    json
        Print JSON.
    """
    found = _read(lambda history: history.summary())
    if json:
        say_json(asdict(found))
        return 0
    for line in summary_lines(found, None):
        say(line)
    return 0


@app.command
def export(
    *,
    format: Literal["json", "markdown"] = "markdown",  # noqa: A002 (the name of the option)
    out: Path | None = None,
    conversation: Conversation = None,
) -> int:
    """Write history down: Markdown to read, JSON for a program.

    Parameters
    ----------
    format
        As what.
    out
        The file to write, for your eyes only; without it, to the screen. A file that exists is left alone.
    conversation
        Only this conversation.
    """
    from backend.storage.export import renderer

    chosen = renderer(format, SystemClock().now().astimezone())

    async def write(history: History) -> int:
        messages = history.export(conversation)
        first = await anext(messages, None)  # what cannot be read fails before there is a file
        count = 0
        with _target(out) as target:
            target.write(chosen.begin())
            if first is not None:
                target.write(chosen.message(first))
                count = 1
            async for message in messages:
                target.write(chosen.message(message))
                count += 1
            target.write(chosen.end())
        return count

    count = _read(write)
    if out is not None:
        say(f"{_messages(count)} in {out}.", style="good")
    return 0


@app.command
def clear(*, conversation: Conversation = None, yes: bool = False, json: bool = False) -> int:
    """Forget what was said: one conversation, or everything. A backup is made first.

    Parameters
    ----------
    conversation
        Only this conversation.
    yes
        Do not ask.
    json
        Print JSON.
    """
    if not yes:
        what = f"the conversation {conversation!r}" if conversation else "everything that was said"
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise UsageError("ask_first", f"This forgets {what}.", "Say so with --yes.")
        if not _confirmed(f"Forget {what}?"):
            say("Nothing was forgotten.")
            return EXIT_CANCELLED
    cleared = _clear(conversation)
    if json:
        say_json(cleared)
    elif not cleared["messages"]:
        say("There was nothing to forget.")
    else:
        say(f"{_messages(cleared['messages'])} forgotten.", style="good")
        say(f"To bring them back: alisa history restore {cleared['backup']}", style="faint")
    return 0


@app.command
def restore(name: str = "", /, *, json: bool = False) -> int:
    """Bring back what a backup holds and history has no more. What was said since stays.

    Parameters
    ----------
    name
        The backup; without it the backups are listed.
    json
        Print JSON.
    """
    from backend.storage import backups
    from backend.storage.database import Database
    from backend.storage.database import restore as bring_back

    home, settings = Home.find(), _settings()
    if not name:
        found = backups.available(home.backups)
        if json:
            say_json({"backups": [{"name": each.name, "at": each.at, "reason": each.reason} for each in found]})
        elif not found:
            say("There are no backups yet; one is made at the first start of each day.")
        else:
            say("Backups, newest first (alisa history restore NAME):", style="strong")
            for backup in found:
                say(backup_line(backup, None))
        return 0
    backups.named(home.backups, name)
    if not home.database.exists():

        async def begin() -> None:
            await (await Database.open(home, settings, SystemClock())).close()

        asyncio.run(begin())
    restored = bring_back(home, settings, name)
    if json:
        say_json(asdict(restored))
    else:
        say(f"{_messages(restored.messages)} back." if restored.messages else "Nothing was missing.", style="good")
    return 0


# --- reaching history -------------------------------------------------------------------------


def _read(work: Work[T]) -> T:
    """Run `work` over the history of this home, read-only, whether a hub runs or not."""
    from backend.storage.database import Database
    from backend.storage.history import History

    async def read() -> T:
        database = await Database.open_for_reading(Home.find(), _settings(), SystemClock())
        try:
            return await work(History(database))
        finally:
            await database.close()

    return asyncio.run(read())


def _clear(conversation: str | None) -> dict[str, Any]:
    """Have the hub that runs clear, else clear here; return how many messages and the name of the backup."""
    from alisa.cli.hub import running_hub

    home = Home.find()
    hub = running_hub(home)
    if hub is not None:
        return _clear_through(hub, read_or_make_token(home), conversation)
    from backend.storage.database import Database
    from backend.storage.history import History

    async def work() -> dict[str, Any]:
        database = await Database.open(home, _settings(), SystemClock())
        try:
            return asdict(await History(database).clear(conversation))
        finally:
            await database.close()

    return asyncio.run(work())


def _clear_through(hub: RunningHub, token: str, conversation: str | None) -> dict[str, Any]:
    """Ask the hub, past any proxy: it is on this machine."""
    address = urlsplit(hub.url)
    query = f"?{urlencode({'conversation': conversation})}" if conversation is not None else ""
    connection = http.client.HTTPConnection(address.hostname or "127.0.0.1", address.port, timeout=_HUB_SECONDS)
    try:
        connection.request("POST", f"/history/clear{query}", headers={"Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        said = loads(answer.read())
        code, message, hint = (str(said.get(name, "")) for name in ("code", "message", "hint"))
        cleared = {"messages": said.get("messages", 0), "backup": said.get("backup")}
    except (OSError, http.client.HTTPException, ValueError, AttributeError) as error:
        raise AlisaError(
            "hub_away",
            "The hub did not say whether it cleared history.",
            "Look with `alisa history`; `alisa status` shows the hub.",
        ) from error
    finally:
        connection.close()
    if answer.status != HTTPStatus.OK:
        raise AlisaError(code or "refused", message or "The hub refused.", hint)
    return cleared


def _settings() -> StorageSettings:
    from alisa.runtime.settings import load
    from backend.settings import StorageSettings

    return load(StorageSettings, home=Home.find())[StorageSettings]


# --- small things -----------------------------------------------------------------------------


@contextlib.contextmanager
def _target(out: Path | None) -> Iterator[IO[str]]:
    """Open the file to write for its owner only, and leave nothing half-written behind."""
    if out is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise UsageError("file_exists", f"{out} exists already.", "Choose another name, or move it away.") from error
    except OSError as error:
        raise write_error(error, out) from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            yield file
    except BaseException as error:
        out.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise write_error(error, out) from error
        raise


def _confirmed(question: str) -> bool:
    try:
        return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _messages(count: int) -> str:
    return "1 message is" if count == 1 else f"{count:,} messages are"
