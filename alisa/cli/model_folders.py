"""`alisa models` for the models that understand speech: a folder of files each. Nothing is downloaded unasked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alisa.cli.model_view import gb
from alisa.cli.output import complain, say
from alisa.runtime.errors import MissingError
from alisa.runtime.paths import Home
from alisa.runtime.settings import load
from llm_server import folders
from llm_server.folders import Folder
from voice.settings import VoiceSettings
from voice.stt import models as sizes


@dataclass(frozen=True, slots=True)
class Shelf:
    """What there is to hear with, and this machine."""

    home: Home
    settings: VoiceSettings
    known: tuple[Folder, ...]
    memory: int
    """bytes"""
    cores: int

    def place(self, folder: Folder) -> Path:
        """Where the files of a model belong."""
        return self.home.models / folder.name

    def is_here(self, folder: Folder) -> bool:
        """Whether all its files are here, as far as their sizes tell."""
        return not folders.missing(folder, self.place(folder))

    @property
    def recommended(self) -> str:
        """The model that suits this machine best."""
        return sizes.recommended(self.memory, self.cores).name

    @property
    def in_use(self) -> str:
        """The model that the voice would take now; "" where it is none of these."""
        if self.settings.stt not in ("auto", "whisper") or self.settings.stt_url:
            return ""
        here = [folder.name for folder in self.known if self.is_here(folder)]
        return self.settings.stt_model or sizes.best_of(here, self.memory, self.cores)


def look(memory: int, cores: int) -> Shelf:
    """Look at the settings and the files."""
    home = Home.find()
    return Shelf(home, load(VoiceSettings, home=home)[VoiceSettings], folders.load(), memory, cores)


def rows_of(shelf: Shelf) -> list[dict[str, Any]]:
    """One row for each model that understands speech."""
    return [
        {
            "name": folder.name,
            "title": folder.title,
            "size": folder.size,
            "memory": folder.memory,
            "fit": _fit(shelf, folder),
            "installed": shelf.is_here(folder),
            "in_use": shelf.in_use == folder.name,
            "recommended": shelf.recommended == folder.name,
            "license": folder.license,
            "terms": folder.terms,
            "about": folder.about,
            "page": folder.page,
        }
        for folder in shelf.known
    ]


def pull(shelf: Shelf, folder: Folder, *, ask: bool, agreed: Any) -> bool:
    """Download what is missing of a model, after showing what will come. Returns whether it is here then.

    `agreed` asks the person, where `ask` says so. What is here already is checked and kept.
    """
    place = shelf.place(folder)
    if place.is_dir():
        say("Checking what is here…", style="faint")
    wanted = folders.damaged(folder, place)
    if not wanted:
        say(f"{folder.title} is here already, and whole.", style="good")
        return True
    _show_plan(shelf, folder, sum(file.size for file in wanted))
    if ask and not agreed():
        say("Nothing was downloaded.")
        return False
    from alisa.cli.model_download import fetch, prepare

    for file in wanted:
        with prepare(file, place / file.filename) as plan:
            if not fetch(plan):
                return False
        folders.tidy(place, file)
    say(f"{folder.title} is here, and whole.", style="good")
    return True


def use(shelf: Shelf, folder: Folder) -> int:
    """Understand speech with this model from now on. Raises MissingError when it is not here."""
    from alisa.cli.supervisor import state
    from alisa.runtime.edit import set_value

    if not shelf.is_here(folder):
        raise MissingError(
            "model_not_installed",
            f"The model {folder.name} is not on this machine yet.",
            f"Get it with: alisa models pull {folder.name}",
        )
    home = shelf.home.ensure()
    changes = [
        set_value(home, "voice.stt", "whisper", (VoiceSettings,)),
        set_value(home, "voice.stt_model", folder.name, (VoiceSettings,)),
    ]
    say(f"She understands you with {folder.title} from now on.", style="good")
    for change in changes:
        if change.overridden_by:
            complain(f"The variable {change.overridden_by} is set, and wins over the file.", style="warn")
    if state.read(shelf.home) is not None:
        say("It counts when her voice starts again: alisa restart voice")
    return 0


def remove(shelf: Shelf, folder: Folder) -> int:
    """Delete a model's folder, and what an unfinished download left in it; return the bytes that are free again."""
    place = shelf.place(folder)
    if not place.is_dir():
        raise MissingError("model_not_installed", f"{folder.name} is not on this machine.", "See: alisa models list")
    return folders.remove(place)


def next_step(shelf: Shelf, folder: Folder) -> str:
    """What to say once a model is here."""
    taken = look(shelf.memory, shelf.cores).in_use == folder.name
    if taken:
        return "She takes it the next time that her voice starts: alisa restart voice"
    return f"Understand with it: alisa models use {folder.name}"


def _fit(shelf: Shelf, folder: Folder) -> str:
    size = next((each for each in sizes.SIZES if each.name == folder.name), None)
    if size is not None and sizes.fits(size, shelf.memory, shelf.cores):
        return "cpu"
    return "no" if folder.memory > shelf.memory // 2 else "slow"


def _show_plan(shelf: Shelf, folder: Folder, size: int) -> None:
    say(folder.title, style="strong")
    say(f"  {folder.about}")
    have = folders.occupied(shelf.place(folder))
    already = f"; {gb(have)} are here already" if have else ""
    say(f"  download  {gb(size)}{already}")
    say(f"  from      Hugging Face, {folder.repo}")
    say(f"  license   {folder.license}")
    quick = "quick enough here" if _fit(shelf, folder) == "cpu" else "slow on this machine: for recordings"
    say(f"  memory    {gb(folder.memory)} ({quick})")
