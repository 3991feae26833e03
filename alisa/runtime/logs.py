"""What the running program writes down: JSON lines in a file, plain lines on the terminal.

structlog through the standard library, so that the lines of other libraries look the same. `turn`
and `conversation` stand in every line that is written while they are bound. Nothing here knows
what is logged; but no secret that was named to `hide`, and nothing that looks like one, gets out.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import logging.handlers
import os
import re
import sys
import threading
import traceback
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, ClassVar, TextIO, cast

from alisa.runtime.lean import structlog
from alisa.runtime.paths import Home
from alisa.runtime.sections import LogSettings

if TYPE_CHECKING:
    from structlog.typing import EventDict

HIDDEN = "(hidden)"
_MIB = 1024 * 1024
_QUIET = ("httpx", "httpcore", "uvicorn.access", "asyncio", "filelock", "alembic")
"""Libraries whose information is noise; their warnings are wanted."""
_SECRET_KEYS = frozenset({"token", "api_key", "apikey", "secret", "password", "authorization", "cookie"})
_SECRET_TEXT = re.compile(r"(?i)(\btoken=|\bapi_key=|\bbearer\s+)[^\s&\"'\\]+")

_hidden: set[str] = set()
_shared: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
]

# At import, so that a logger used before `configure` (in a test, in a short command) goes through
# the standard library too: structlog's own default prints to stdout, where programs read JSON.
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_shared,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return the logger of a module: `log.info("turn ended", reason="stop")`."""
    return structlog.stdlib.get_logger(name)


def bound(**values: Any) -> AbstractContextManager[None]:
    """Put these values (`turn=17, conversation="main"`) into every line that is written inside the block."""
    return structlog.contextvars.bound_contextvars(**values)


def hide(secret: str) -> None:
    """Never write this text to any log, wherever it turns up."""
    if len(secret) >= 8:  # shorter ones would blot out ordinary words
        _hidden.update({secret, json.dumps(secret, ensure_ascii=False)[1:-1]})


def configure(process: str, settings: LogSettings, home: Home, console: bool = True) -> None:
    """Send every log line of this process to `logs/<process>.jsonl` and, with `console`, to stderr.

    May be called again; the last call counts. A file that cannot be written is said once on stderr
    and never stops the process.
    """
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, _Ours)]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(settings.level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    root.addHandler(_FileHandler(home.logs / f"{process}.jsonl", settings.max_mib * _MIB, settings.keep))
    if console:
        root.addHandler(_ConsoleHandler(process, sys.stderr))
    logging.captureWarnings(True)
    _log_uncaught(process)


class _Ours(logging.Handler):
    """Marks the handlers that `configure` may replace."""


class _FileHandler(logging.handlers.RotatingFileHandler, _Ours):
    """A rotating file for its owner only, that survives a full disk and a reader on Windows."""

    def __init__(self, path: Path, max_bytes: int, keep: int) -> None:
        super().__init__(path, maxBytes=max_bytes, backupCount=keep, encoding="utf-8", delay=True)
        self.setFormatter(_formatter(_as_json))
        self._complained = False

    def _open(self) -> io.TextIOWrapper:
        path = Path(self.baseFilename)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return io.TextIOWrapper(os.fdopen(descriptor, "ab"), encoding="utf-8", errors="backslashreplace")

    def rotate(self, source: str, dest: str) -> None:
        try:
            super().rotate(source, dest)
        except PermissionError:  # Windows: somebody reads it; the file grows until they stop
            return

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 (logging's own names)
        error = sys.exc_info()[1]
        self._let_go()
        if self._complained or not isinstance(error, OSError):
            return
        self._complained = True
        reason = error.strerror or type(error).__name__
        _write(sys.stderr, f"The log {self.baseFilename} cannot be written: {reason}. Alisa goes on without it.\n")

    def close(self) -> None:
        self._let_go()
        super().close()

    def _let_go(self) -> None:
        """Close the file with what could not be written: kept, it would grow; the next line opens it again."""
        stream: io.TextIOWrapper | None = self.stream
        if stream is not None:
            self.stream = None
            with contextlib.suppress(OSError):
                stream.close()


class _ConsoleHandler(logging.StreamHandler[TextIO], _Ours):
    """Lines for a person, on stderr."""

    def __init__(self, process: str, stream: TextIO) -> None:
        super().__init__(stream)
        colours = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self.setFormatter(_formatter(_Line(process, colours)))
        self.addFilter(lambda record: not getattr(record, "told", False))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's own name)
        """A closed terminal is no reason to stop."""


def _formatter(renderer: Any) -> structlog.stdlib.ProcessorFormatter:
    return structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _mask, renderer],
        foreign_pre_chain=_shared,
    )


def _mask(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Hide the values of keys that are secrets by their name."""
    for key in event:
        if key.lower() in _SECRET_KEYS:
            event[key] = HIDDEN
    return event


def _censored(line: str) -> str:
    for secret in _hidden:
        line = line.replace(secret, HIDDEN)
    return _SECRET_TEXT.sub(rf"\g<1>{HIDDEN}", line)


def _as_json(_logger: object, _method: str, event: EventDict) -> str:
    """Render a line for the file: `at`, `level`, `logger`, `event` first, then the rest; the trace in full."""
    error = _exception(event)
    line = {key: event.pop(key, "") for key in ("at", "level", "logger", "event")}
    line.update(event)
    if error is not None:
        line["error"] = f"{type(error).__name__}: {error}"
        line["trace"] = "".join(traceback.format_exception(error))
    return _censored(json.dumps(line, ensure_ascii=False, default=str))


class _Line:
    """Renders a line for a person: `20:14:05 warning hub  the model is away  since=…`; never a trace."""

    _COLOURS: ClassVar = {"warning": "33", "error": "31", "critical": "31;1", "debug": "2"}

    def __init__(self, process: str, colours: bool) -> None:
        self._process = process
        self._colours = colours

    def __call__(self, _logger: object, _method: str, event: EventDict) -> str:
        error = _exception(event)
        level = str(event.pop("level", "info"))
        at = str(event.pop("at", ""))
        logger = event.pop("logger", "")
        words = _one_line(str(event.pop("event", "")))
        values = "  ".join(f"{key}={_one_line(str(value))}" for key, value in event.items())
        details = f"  {values}" if values else ""
        if error is not None:
            details += f"  ({type(error).__name__}; details in logs/{self._process}.jsonl, {logger})"
        line = f"{_local(at)} {level:<8}{self._process}  {words}{details}"
        colour = self._COLOURS.get(level)
        return f"\x1b[{colour}m{_censored(line)}\x1b[0m" if self._colours and colour else _censored(line)


def _exception(event: EventDict) -> BaseException | None:
    """Take the exception out of a line, in whichever of logging's forms it was given."""
    given = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if isinstance(given, BaseException):
        return given
    if isinstance(given, tuple):
        return cast("BaseException | None", given[1])
    return sys.exc_info()[1] if given else None


def _one_line(text: str) -> str:
    """Return text that cannot pretend to be a line of its own, nor move the cursor."""
    return text if text.isprintable() else ascii(text)[1:-1]


def _local(at: str) -> str:
    """Return the local time of day of an ISO timestamp."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%H:%M:%S")
    except ValueError:
        return datetime.now(UTC).astimezone().strftime("%H:%M:%S")


def _log_uncaught(process: str) -> None:
    """Send what nobody caught to the log instead of showing a trace."""
    log = logging.getLogger("alisa.uncaught")

    def told(kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            log.critical("uncaught", exc_info=error or kind(), extra={"told": True})
            _write(
                sys.stderr,
                f"Something unexpected went wrong in {process} ({kind.__name__}). "
                f"The details are in logs/{process}.jsonl.\n",
            )

    def told_thread(given: threading.ExceptHookArgs) -> None:
        if given.exc_type is not SystemExit:
            name = given.thread.name if given.thread else "unknown"
            log.error("uncaught in thread %s", name, exc_info=given.exc_value)

    sys.excepthook = told
    threading.excepthook = told_thread


def _write(stream: IO[str] | None, text: str) -> None:
    try:
        if stream is not None:
            stream.write(text)
            stream.flush()
    except (OSError, ValueError):
        return  # a closed terminal is no reason to stop
