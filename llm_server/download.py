"""Downloading one large file: resumed where it stopped, checked when it is there, kept out when damaged.

The bytes go to `NAME.part`, beside it a note (`NAME.part.json`) of which file they belong to. Only
a whole file whose size and SHA-256 are right gets its name. What the source is, and how progress
is shown, is not known here.
"""

from __future__ import annotations

import email.utils
import hashlib
import json
import os
import random
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import filelock
import httpx

from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import write_error
from llm_server.huggingface import RemoteFile, no_network
from llm_server.library import checksum_file

CHUNK_BYTES = 1024 * 1024
SPARE_BYTES = 256 * 1024 * 1024
"""What must stay free on the disk when the file is there."""
TRIES_WITHOUT_PROGRESS = 6
LONGEST_WAIT_SECONDS = 60.0
_WORTH_ANOTHER_TRY = frozenset({408, 425, 429, 500, 502, 503, 504})

Wait = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is."""

    done: int
    """bytes that are here"""
    total: int
    """bytes of the whole file; 0 where the source does not say"""
    note: str = ""
    """what is happening, where it is not simply going on: "checking", "the connection was lost …\""""


class DamagedDownloadError(AlisaError):
    """What came is not the file that was asked for."""


class _LostError(Exception):
    """The connection was lost, or the source asks to come back later."""

    def __init__(self, why: str, wait_seconds: float | None = None, *, reached: bool = True) -> None:
        super().__init__(why)
        self.wait_seconds = wait_seconds
        self.reached = reached


class _StartOverError(Exception):
    """What is here cannot be continued: the file at the source is another one now."""


class _DamagedError(Exception):
    """What came cannot be the file that was asked for."""


def part_file(target: Path) -> Path:
    """Return where the bytes of an unfinished download stand."""
    return target.with_name(target.name + ".part")


def download(
    source: RemoteFile,
    target: Path,
    http: httpx.Client,
    *,
    refused: Callable[[int], AlisaError],
    progress: Callable[[Progress], None] = lambda _: None,
    wait: Wait = time.sleep,
) -> str:
    """Fetch `source` to `target` and return its SHA-256; what an earlier try left is continued.

    KeyboardInterrupt at any moment leaves the unfinished file where the next call finds it.
    `refused` turns an HTTP status that is final into an error. Raises AlisaError: `disk_full`,
    `busy` (another download of the same file), `no_network`, `damaged`, and what `refused` returns.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(lock_file(target))
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout as error:
        raise AlisaError(
            "busy", f"{target.name} is being downloaded already.", "Wait for that download, or stop it first."
        ) from error
    try:
        return _Download(source, target, http, refused, progress, wait).run()
    except OSError as error:
        raise write_error(error, target) from error
    finally:
        lock.release()


def lock_file(target: Path) -> Path:
    """Return the file that is locked while `target` is being downloaded; it stays, empty, when that is over."""
    return target.with_name(f".{target.name}.lock")


def leftovers(target: Path) -> tuple[Path, ...]:
    """Return the files that an unfinished download of `target` may have left."""
    part = part_file(target)
    return part, _note_file(part), lock_file(target)


def _note_file(part: Path) -> Path:
    return part.with_name(part.name + ".json")


class _Download:
    """One download under way: the file that grows, its checksum so far, and the tries."""

    def __init__(
        self,
        source: RemoteFile,
        target: Path,
        http: httpx.Client,
        refused: Callable[[int], AlisaError],
        progress: Callable[[Progress], None],
        wait: Wait,
    ) -> None:
        self._source, self._target, self._http = source, target, http
        self._refused, self._tell, self._wait = refused, progress, wait
        self._part = part_file(target)
        self._note = _note_file(self._part)
        self._total = source.size
        self._sha256 = hashlib.sha256()
        self._done = 0
        self._etag = ""

    def run(self) -> str:
        self._continue_part()
        self._check_room()
        try:
            self._fetch_all()
            return self._finish()
        except _DamagedError as why:
            self._discard()
            raise DamagedDownloadError(
                "damaged",
                f"What came for {self._target.name} is damaged ({why}), so it was thrown away.",
                "Try again. If it happens twice, something between you and the source changes files.",
            ) from None

    # --- what is here already -----------------------------------------------------------------

    def _continue_part(self) -> None:
        """Take up what an earlier try left, when it belongs to the very same file."""
        try:
            note = json.loads(self._note.read_text("utf-8"))
            same = [note["url"], note["size"], note["sha256"]] == self._identity()
            self._etag = str(note.get("etag", "")) if same else ""
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            same = False
        if not same or not self._part.is_file():
            self._discard()
            return
        length = self._part.stat().st_size
        if self._total and length > self._total:
            self._discard()
            return
        with self._part.open("rb") as stream:
            while chunk := stream.read(CHUNK_BYTES):
                self._sha256.update(chunk)
                self._done += len(chunk)
                self._tell(Progress(self._done, self._total, "reading what is here already"))

    def _identity(self) -> list[object]:
        return [self._source.url, self._source.size, self._source.sha256]

    def _discard(self) -> None:
        """Begin again with nothing."""
        self._part.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)
        self._sha256, self._done, self._etag = hashlib.sha256(), 0, ""

    def _remember(self, etag: str) -> None:
        """Write down which file the bytes belong to; must be true before the first of them is written."""
        url, size, sha256 = self._identity()
        self._etag = etag
        note = {"url": url, "size": size, "sha256": sha256, "etag": etag}
        self._note.write_text(json.dumps(note), "utf-8")

    def _check_room(self) -> None:
        free = shutil.disk_usage(self._target.parent).free
        missing = self._total - self._done + SPARE_BYTES - free
        if self._total and missing > 0:
            raise AlisaError(
                "disk_full",
                f"There is not enough room for {self._target.name}: {_gb(missing)} more must be free.",
                "Free some space, or choose a smaller model: alisa models list",
            )

    # --- fetching -----------------------------------------------------------------------------

    def _fetch_all(self) -> None:
        """Fetch what is missing, over as many connections as it takes while there is progress."""
        failures = 0
        while not self._total or self._done < self._total:
            before = self._done
            try:
                self._fetch()
                break
            except _StartOverError:
                self._discard()
                failures += 1
                lost = _LostError("the source sent the wrong piece")
            except _LostError as error:
                failures = 0 if self._done > before else failures + 1
                lost = error
            if failures >= TRIES_WITHOUT_PROGRESS:
                raise self._given_up(lost)
            self._pause(lost, failures)

    def _fetch(self) -> None:
        """Fetch what is missing over one connection. Returns when the source says that this was all."""
        offset = self._done
        headers = {"Range": f"bytes={offset}-"} if offset else {}
        if offset and self._etag and not self._etag.startswith("W/"):
            headers["If-Range"] = self._etag
        try:
            with self._http.stream("GET", self._source.url, headers=headers) as answer:
                self._judge(answer, offset)
                if not self._done:
                    self._remember(answer.headers.get("etag", ""))
                with self._part.open("ab", buffering=CHUNK_BYTES) as file:
                    for chunk in answer.iter_raw():
                        file.write(chunk)
                        self._sha256.update(chunk)
                        self._done += len(chunk)
                        if self._total and self._done > self._total:
                            raise _DamagedError("it is longer than it should be")
                        self._tell(Progress(self._done, self._total))
        except httpx.ConnectError as error:
            raise _LostError("the source cannot be reached", reached=False) from error
        except httpx.HTTPError as error:
            raise _LostError("the connection was lost") from error
        if self._total and self._done < self._total:
            raise _LostError("the connection ended too early")

    def _judge(self, answer: httpx.Response, offset: int) -> None:
        """Raise unless the body of this answer continues at `offset`; rewind when it begins at the beginning."""
        status = answer.status_code
        if status in _WORTH_ANOTHER_TRY:
            raise _LostError(f"the source is busy ({status})", _retry_after(answer.headers))
        if status == 416:
            raise _StartOverError
        if status not in (200, 206):
            raise self._refused(status)
        if status == 200 and offset:  # it ignores Range, or the file has changed: the body is the whole file
            self._discard()
        if status == 206:
            start, total = _content_range(answer.headers.get("content-range", ""))
            if start != offset or (total and self._total and total != self._total):
                raise _StartOverError
            self._total = self._total or total
        else:
            length = answer.headers.get("content-length", "")
            if length.isdecimal() and self._total and int(length) != self._total:
                raise _DamagedError(f"it has {int(length):,} bytes instead of {self._total:,}")
            self._total = self._total or (int(length) if length.isdecimal() else 0)

    def _pause(self, lost: _LostError, failures: int) -> None:
        """Wait before the next try: longer each time, or as long as the source asks for."""
        seconds = lost.wait_seconds
        if seconds is None:
            seconds = min(LONGEST_WAIT_SECONDS, 0.5 * 2**failures) * random.uniform(0.8, 1.2)  # noqa: S311
        self._tell(Progress(self._done, self._total, f"{lost}; trying again in {seconds:.0f} s"))
        self._wait(min(seconds, LONGEST_WAIT_SECONDS))

    def _given_up(self, lost: _LostError) -> AlisaError:
        """Return the error for a source that failed again and again; what is here stays."""
        if not lost.reached:
            return no_network(self._source.url)
        kept = f" {_gb(self._done)} are here already." if self._done else ""
        return AlisaError(
            "interrupted",
            f"The download of {self._target.name} stopped: {lost}.{kept}",
            "Try again later with the same command: it goes on where it stopped.",
        )

    # --- the end ------------------------------------------------------------------------------

    def _finish(self) -> str:
        """Check the whole file, give it its name and record its checksum."""
        self._tell(Progress(self._done, self._total, "checking"))
        digest = self._sha256.hexdigest()
        if self._source.sha256 and digest != self._source.sha256:
            raise _DamagedError("its checksum is wrong")
        with self._part.open("rb+") as file:
            os.fsync(file.fileno())
        self._part.replace(self._target)
        self._note.unlink(missing_ok=True)
        checksum_file(self._target).write_text(f"{digest}  {self._target.name}\n", "utf-8")
        return digest


def _retry_after(headers: httpx.Headers) -> float | None:
    """Return the seconds that a `Retry-After` header asks for; it may also name a date."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        then = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, then.timestamp() - time.time())


def _content_range(value: str) -> tuple[int, int]:
    """Return start and total of `bytes 100-199/200`; -1 and 0 for what cannot be read."""
    unit, _, rest = value.strip().partition(" ")
    span, _, total = rest.partition("/")
    start = span.partition("-")[0]
    if unit != "bytes" or not start.isdecimal():
        return -1, 0
    return int(start), int(total) if total.isdecimal() else 0


def _gb(count: int) -> str:
    return f"{count / 1e9:.1f} GB"
