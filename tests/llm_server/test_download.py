"""Downloads: resumed, checked, and kept out when damaged, against a source that really (mis)implements HTTP."""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from email.utils import formatdate
from pathlib import Path
from typing import NamedTuple

import filelock
import httpx
import pytest

from alisa.runtime.errors import AlisaError, StorageError
from llm_server import download as downloads
from llm_server import huggingface
from llm_server.download import DamagedDownloadError, Progress, download, lock_file, part_file
from llm_server.huggingface import NoNetworkError, RemoteFile
from llm_server.library import checksum_file
from tests.llm_server.source import Fault, Source

CONTENT = b"GGUF" + bytes(range(256)) * 4096  # 1 MiB


@pytest.fixture
def source() -> Iterator[Source]:
    with Source(CONTENT).serve() as serving:
        yield serving


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "models" / "a-model.gguf"


class Pull:
    """Downloads from the stand-in, and remembers what was waited for and what was shown."""

    def __init__(self, source: Source, target: Path) -> None:
        self.source, self.target = source, target
        self.waits: list[float] = []
        self.shown: list[Progress] = []
        self.on_progress: Callable[[Progress], None] = self.shown.append

    def remote(self) -> RemoteFile:
        with huggingface.client({}) as http:
            return huggingface.look_up(self.source.model(), http, self.source.url)

    def __call__(self, remote: RemoteFile | None = None) -> str:
        with huggingface.client({}) as http:
            return download(
                remote or huggingface.look_up(self.source.model(), http, self.source.url),
                self.target,
                http,
                refused=lambda status: huggingface.refusal(status, self.source.model()),
                progress=self.on_progress,
                wait=self.waits.append,
            )


@pytest.fixture
def pull(source: Source, target: Path) -> Pull:
    return Pull(source, target)


class Stopped(NamedTuple):
    """A download that was stopped in the middle."""

    pull: Pull
    part: Path


@pytest.fixture
def stopped(pull: Pull, source: Source) -> Stopped:
    """Ctrl-C after some 300,000 bytes."""

    def interrupt(progress: Progress) -> None:
        if progress.done >= 300_000:
            raise KeyboardInterrupt

    pull.on_progress = interrupt
    with pytest.raises(KeyboardInterrupt):
        pull()
    pull.on_progress = pull.shown.append
    source.ranges.clear()
    return Stopped(pull, part_file(pull.target))


def test_a_file_comes_whole_and_its_checksum_is_recorded(pull: Pull, target: Path) -> None:
    """What arrives is byte for byte what the source has; `sha256sum --check` could prove it later."""
    digest = pull()
    assert target.read_bytes() == CONTENT
    assert digest == hashlib.sha256(CONTENT).hexdigest()
    assert checksum_file(target).read_text() == f"{digest}  {target.name}\n"
    assert not part_file(target).exists()
    assert pull.shown[-1] == Progress(len(CONTENT), len(CONTENT), "checking")


def test_ctrl_c_keeps_what_came_and_the_next_try_goes_on_there(stopped: Stopped, source: Source, target: Path) -> None:
    """A download that was stopped is continued with Range, not begun again."""
    have = stopped.part.stat().st_size
    assert 300_000 <= have < len(CONTENT)
    assert not target.exists()
    stopped.pull()
    assert source.ranges == [f"bytes={have}-"]
    assert target.read_bytes() == CONTENT


def test_a_lost_connection_is_taken_up_again_by_itself(pull: Pull, source: Source, target: Path) -> None:
    """Each time the connection drops, the next try asks for the rest, after a short pause."""
    source.faults = [Fault(drop_after=200_000), Fault(drop_after=300_000), Fault(drop_after=100_000)]
    pull()
    assert target.read_bytes() == CONTENT
    assert source.ranges == ["", "bytes=200000-", "bytes=500000-", "bytes=600000-"]
    assert len(pull.waits) == 3
    assert all(wait < 1 for wait in pull.waits)
    assert any("trying again" in progress.note for progress in pull.shown)


def test_a_source_that_ignores_range_is_read_from_the_beginning(stopped: Stopped, source: Source, target: Path) -> None:
    """The whole file instead of its rest never ends up behind what is here already."""
    source.faults = [Fault(ignore_range=True)]
    stopped.pull()
    assert target.read_bytes() == CONTENT


def test_a_source_that_answers_with_the_wrong_piece_is_not_believed(
    stopped: Stopped, source: Source, target: Path
) -> None:
    """A 206 that begins elsewhere is thrown away, and the file is fetched from the beginning."""
    source.faults = [Fault(shift=-17)]
    stopped.pull()
    assert target.read_bytes() == CONTENT
    assert source.ranges[-1] == ""


def test_a_file_that_changed_between_two_tries_is_fetched_anew(stopped: Stopped, source: Source, target: Path) -> None:
    """The halves of two different files are never put together: the published checksum tells them apart."""
    source.content = CONTENT[::-1]
    source.etag = '"v2"'
    stopped.pull()
    assert source.ranges == [""]
    assert target.read_bytes() == CONTENT[::-1]


def test_a_file_that_changed_under_the_same_record_is_noticed_by_its_etag(
    pull: Pull, source: Source, target: Path
) -> None:
    """Where nothing is published, `If-Range` makes the source send the new file from its beginning."""
    remote = RemoteFile(f"{source.url}/storage/blob", len(CONTENT), "")
    source.faults = [Fault(drop_after=200_000)]
    new = bytes(reversed(CONTENT))

    def change(progress: Progress) -> None:
        if progress.note:
            source.content, source.etag = new, '"v2"'

    pull.on_progress = change
    pull(remote)
    assert target.read_bytes() == new


def test_a_complete_part_is_only_checked(stopped: Stopped, source: Source, target: Path) -> None:
    """When everything came before the stop, nothing is fetched again."""
    stopped.part.write_bytes(CONTENT)
    stopped.pull()
    assert source.ranges == []
    assert target.read_bytes() == CONTENT


def test_a_part_that_is_too_long_is_thrown_away(stopped: Stopped, source: Source, target: Path) -> None:
    """More than there can be is not a beginning of it."""
    stopped.part.write_bytes(CONTENT + b"more")
    stopped.pull()
    assert source.ranges == [""]
    assert target.read_bytes() == CONTENT


def test_a_part_with_foreign_bytes_does_no_harm(stopped: Stopped, target: Path) -> None:
    """A part that was spoilt on the disk fails the checksum at the end, goes, and the next try brings a whole file."""
    stopped.part.write_bytes(b"other bytes" * 1000)
    with pytest.raises(DamagedDownloadError):
        stopped.pull()
    assert not stopped.part.exists()
    stopped.pull()
    assert target.read_bytes() == CONTENT


def test_416_begins_again(pull: Pull, source: Source, target: Path) -> None:
    """A source that says "not satisfiable" for the rest has another file than the one that was begun."""
    remote = RemoteFile(f"{source.url}/storage/blob", 0, "")
    part_file(target).parent.mkdir()
    part_file(target).write_bytes(CONTENT + b"x")
    note = {"url": remote.url, "size": 0, "sha256": "", "etag": ""}
    part_file(target).with_name(part_file(target).name + ".json").write_text(json.dumps(note))
    pull(remote)
    assert source.ranges == [f"bytes={len(CONTENT) + 1}-", ""]
    assert target.read_bytes() == CONTENT


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_source_is_asked_again_when_it_wants(pull: Pull, source: Source, target: Path, status: int) -> None:
    """`Retry-After` is obeyed, in seconds and as a date, but nobody waits for longer than a minute at a time."""
    later = formatdate(9_999_999_999, usegmt=True)
    source.faults = [
        Fault(status, {"Retry-After": "7"}),
        Fault(status, {"Retry-After": later}),
        Fault(status, {"Retry-After": "soon"}),
    ]
    pull()
    assert target.read_bytes() == CONTENT
    assert pull.waits[:2] == [7.0, downloads.LONGEST_WAIT_SECONDS]
    assert 0 < pull.waits[2] < 10


def test_a_source_that_stays_busy_is_left_alone_and_the_part_stays(stopped: Stopped, source: Source) -> None:
    """After some tries without a single byte the download stops, says so, and keeps what came."""
    have = stopped.part.stat().st_size
    source.faults = [Fault(503)] * 50
    with pytest.raises(AlisaError) as caught:
        stopped.pull()
    assert caught.value.code == "interrupted"
    assert "goes on where it stopped" in caught.value.hint
    assert len(stopped.pull.waits) < downloads.TRIES_WITHOUT_PROGRESS
    assert stopped.part.stat().st_size == have


def test_many_drops_are_fine_as_long_as_there_is_progress(pull: Pull, source: Source, target: Path) -> None:
    """A bad line that brings a little each time brings everything in the end."""
    source.faults = [Fault(drop_after=20_000)] * 30
    pull()
    assert target.read_bytes() == CONTENT
    assert max(pull.waits) < 1


@pytest.mark.parametrize(
    ("status", "code"), [(401, "not_allowed"), (403, "not_allowed"), (404, "not_there"), (400, "source_failed")]
)
def test_a_refusal_is_final_and_says_what_to_do(pull: Pull, source: Source, status: int, code: str) -> None:
    """What will not change by trying again is not tried again."""
    source.faults = [Fault(status)]
    with pytest.raises(AlisaError) as caught:
        pull()
    assert caught.value.code == code
    assert caught.value.hint
    assert pull.waits == []


@pytest.mark.parametrize(
    "fault",
    [Fault(corrupt=True), Fault(extra=b"and more"), Fault(headers={"Content-Length": "10"})],
    ids=["a flipped bit", "too long", "too short"],
)
def test_a_damaged_file_is_kept_out_named_and_removed(pull: Pull, source: Source, target: Path, fault: Fault) -> None:
    """What came wrong never gets the model's name, and nothing of it stays."""
    source.faults = [fault]
    with pytest.raises(AlisaError) as caught:
        pull()
    assert caught.value.code == "damaged"
    assert target.name in caught.value.message
    assert [path.name for path in target.parent.iterdir()] == [lock_file(target).name]
    pull()
    assert target.read_bytes() == CONTENT


def test_nothing_is_begun_when_the_disk_is_too_small(pull: Pull, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The room is checked before the first byte, with something to spare."""
    usage = shutil.disk_usage(target.parent.parent)._replace(free=len(CONTENT))
    monkeypatch.setattr(downloads.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(AlisaError) as caught:
        pull()
    assert caught.value.code == "disk_full"
    assert "0.3 GB more" in caught.value.message
    assert not part_file(target).exists()


def test_a_disk_that_fills_up_meanwhile_is_named_and_the_part_stays(pull: Pull, target: Path) -> None:
    """ "No space left" in the middle is told as such."""

    def fill(progress: Progress) -> None:
        if progress.done > 100_000:
            raise OSError(28, "No space left on device")

    pull.on_progress = fill
    with pytest.raises(StorageError) as caught:
        pull()
    assert caught.value.code == "disk_full"
    assert part_file(target).exists()


def test_two_downloads_of_one_file_do_not_mix(pull: Pull, target: Path) -> None:
    """The second is told that the first is under way."""
    target.parent.mkdir()
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with filelock.FileLock(lock_file(target)):
            entered.set()
            leave.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    assert entered.wait(10)
    try:
        with pytest.raises(AlisaError) as caught:
            pull()
    finally:
        leave.set()
        thread.join()
    assert caught.value.code == "busy"
    pull()
    assert target.read_bytes() == CONTENT


def test_no_network_is_one_clear_sentence(target: Path, tmp_path: Path) -> None:
    """A source that nobody answers at says so, and says that Alisa talks without it."""
    with Source(CONTENT).serve() as gone:
        model, url = gone.model(), gone.url
    with huggingface.client({}) as http, pytest.raises(NoNetworkError) as caught:
        huggingface.look_up(model, http, url)
    assert "cannot be reached" in caught.value.message
    assert caught.value.exit_code == 3
    with huggingface.client({}) as http, pytest.raises(NoNetworkError):
        download(
            RemoteFile(f"{url}/storage/blob", 5, ""),
            target,
            http,
            refused=lambda status: huggingface.refusal(status, model),
            wait=lambda _: None,
        )


def test_a_silent_source_counts_as_lost(pull: Pull, source: Source, target: Path) -> None:
    """A read that times out is tried again where it stopped."""
    source.faults = [Fault(drop_after=200_000)]

    class Impatient(httpx.HTTPTransport):
        timed_out = False

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if "range" in request.headers and not self.timed_out:
                self.timed_out = True
                raise httpx.ReadTimeout("silence", request=request)
            return super().handle_request(request)

    remote = pull.remote()
    with httpx.Client(transport=Impatient(), follow_redirects=True) as http:
        download(
            remote,
            target,
            http,
            refused=lambda status: huggingface.refusal(status, source.model()),
            wait=pull.waits.append,
        )
    assert target.read_bytes() == CONTENT
    assert len(pull.waits) == 2
