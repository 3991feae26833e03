"""The download of a model as a person sees it: a bar with speed and time left, or lines where there is no terminal."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from alisa.cli.output import complain, say
from llm_server import huggingface
from llm_server.catalogue import Model
from llm_server.download import Progress, download, part_file
from llm_server.huggingface import RemoteFile

Show = Callable[[Progress], None]

_TENTHS = 10


@dataclass(frozen=True, slots=True)
class Plan:
    """A download that can begin."""

    model: Model
    source: RemoteFile
    target: Path
    http: httpx.Client
    host: str
    """where it comes from, for a person"""

    @property
    def have(self) -> int:
        """Bytes that an earlier, unfinished download left."""
        part = part_file(self.target)
        return part.stat().st_size if part.is_file() else 0


@contextlib.contextmanager
def prepare(model: Model, target: Path) -> Iterator[Plan]:
    """Look up what there is to download. Raises AlisaError."""
    base = huggingface.endpoint()
    with huggingface.client() as http:
        source = huggingface.look_up(model, http, base)
        yield Plan(model, source, target, http, urlsplit(base).hostname or base)


def fetch(plan: Plan) -> bool:
    """Download, showing progress; return False when the user stopped it. Raises AlisaError."""
    shown = Progress(0, plan.source.size)

    def remember(progress: Progress) -> None:
        nonlocal shown
        shown = progress
        show(progress)

    try:
        with _display(plan.target.name) as show:
            download(
                plan.source,
                plan.target,
                plan.http,
                refused=lambda status: huggingface.refusal(status, plan.model),
                progress=remember,
            )
    except KeyboardInterrupt:
        of = f" of {shown.total / 1e9:.1f}" if shown.total else ""
        complain(f"Stopped. {shown.done / 1e9:.1f}{of} GB are here; the same command goes on there.")
        return False
    return True


def _display(name: str) -> contextlib.AbstractContextManager[Show]:
    from rich.console import Console

    console = Console(stderr=True)
    return _bar(name, console) if console.is_terminal else _lines()


@contextlib.contextmanager
def _bar(name: str, console: object) -> Iterator[Show]:
    from rich import progress as bars

    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(bar_width=None, complete_style="#3ecfc6", finished_style="#3ecfc6"),
        bars.TaskProgressColumn(),
        bars.DownloadColumn(),
        bars.TransferSpeedColumn(),
        bars.TimeRemainingColumn(),
    )
    with bars.Progress(*columns, console=console, transient=True) as bar:  # type: ignore[arg-type]
        task = bar.add_task(name, total=None)
        before = ""

        def show(progress: Progress) -> None:
            nonlocal before
            if progress.note != before:  # what was read from the disk is no measure of the line's speed
                bar.reset(task, total=progress.total or None, completed=progress.done)
                before = progress.note
            what = f"{name}: {progress.note}" if progress.note else name
            bar.update(task, description=what, completed=progress.done, total=progress.total or None)

        yield show


@contextlib.contextmanager
def _lines() -> Iterator[Show]:
    """Tell each tenth, and whatever happens, on a line of its own."""
    told = ("", -1)

    def show(progress: Progress) -> None:
        nonlocal told
        tenth = progress.done * _TENTHS // progress.total if progress.total else 0
        if (progress.note, tenth) != told:
            told = (progress.note, tenth)
            percent = f"{tenth * 100 // _TENTHS:>3} %  " if progress.total else ""
            say(f"{percent}{progress.done / 1e9:.1f} GB  {progress.note}".rstrip())

    yield show
