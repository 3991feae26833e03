"""`alisa models` for the models of her ears, voice and eyes: a folder of files each. Nothing is downloaded unasked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alisa.cli.model_view import gb
from alisa.cli.output import complain, say
from alisa.runtime import environments
from alisa.runtime.errors import MissingError
from alisa.runtime.paths import Home
from alisa.runtime.settings import Section, load
from llm_server import folders
from llm_server.folders import Folder, Kind
from vision.settings import VisionSettings
from voice.settings import VoiceSettings
from voice.stt import models as sizes

TITLES: dict[Kind, str] = {
    "hearing": "to hear with",
    "speaking": "to speak with",
    "end_of_turn": "to know that you have finished",
    "seeing": "to see faces with",
}
GPL = frozenset({"piper"})
"""engines whose libraries are free under the GPL-3"""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What there is to hear, to speak, to take turns and to see with, and this machine."""

    home: Home
    settings: VoiceSettings
    eyes: VisionSettings
    known: tuple[Folder, ...]
    memory: int
    """bytes"""
    cores: int

    def find(self, name: str) -> Folder | None:
        """The model of this name, or the first one of the engine of this name; case does not matter."""
        wanted = name.strip().lower()
        named = [folder for folder in self.known if folder.name == wanted]
        return next(iter(named or [folder for folder in self.known if wanted and folder.engine == wanted]), None)

    def place(self, folder: Folder) -> Path:
        """Where the files of a model belong."""
        return self.home.models / folder.name

    def is_here(self, folder: Folder) -> bool:
        """Whether all its files are here, as far as their sizes tell, and the libraries that it needs."""
        return not folders.missing(folder, self.place(folder)) and not self.lacks_environment(folder)

    def lacks_environment(self, folder: Folder) -> bool:
        """Whether the libraries that it needs are not there; one's own Python counts."""
        own = folder.kind == "speaking" and bool(self.settings.tts_python)
        return bool(folder.engine) and not own and not environments.is_ready(folder.engine, self.home)

    def occupied(self, folder: Folder) -> int:
        """The bytes that removing it would free: its files, and the libraries that no other model here needs."""
        size = folders.occupied(self.place(folder))
        return size + (environments.occupied(folder.engine, self.home) if self.is_last(folder) else 0)

    def is_last(self, folder: Folder) -> bool:
        """Whether it has an engine that no other model here uses."""
        others = [each for each in self.known if each.engine == folder.engine and each != folder]
        return bool(folder.engine) and not any(self.place(each).is_dir() for each in others)

    @property
    def recommended(self) -> str:
        """The model to hear with that suits this machine best."""
        return sizes.recommended(self.memory, self.cores).name

    def in_use(self, folder: Folder) -> bool:
        """Whether the voice would take this model now."""
        chosen = self.settings
        if folder.kind == "speaking":
            here = [each.name for each in self.known if each.engine == folder.engine and self.is_here(each)]
            return chosen.tts == folder.engine and folder.name in here and folder.name == (chosen.tts_model or here[0])
        if folder.kind == "seeing":
            return self.eyes.detector == folder.engine and self.is_here(folder)
        if folder.kind == "end_of_turn":
            return bool(chosen.end_of_turn) and not chosen.end_of_turn_model and self.is_here(folder)
        if chosen.stt not in ("auto", "whisper") or chosen.stt_url:
            return False
        here = [each.name for each in self.known if each.kind == "hearing" and self.is_here(each)]
        return (chosen.stt_model or sizes.best_of(here, self.memory, self.cores)) == folder.name


def look(memory: int, cores: int) -> Shelf:
    """Look at the settings and the files."""
    home = Home.find()
    settings = load(VoiceSettings, VisionSettings, home=home)
    return Shelf(home, settings[VoiceSettings], settings[VisionSettings], folders.load(), memory, cores)


def rows_of(shelf: Shelf, kind: Kind) -> list[dict[str, Any]]:
    """One row for each model of a kind."""
    return [
        {
            "name": folder.name,
            "title": folder.title,
            "size": folder.size or folder.libraries,
            "memory": folder.memory,
            "fit": _fit(shelf, folder),
            "installed": shelf.is_here(folder),
            "in_use": shelf.in_use(folder),
            "recommended": shelf.recommended == folder.name,
            "license": folder.license,
            "terms": folder.terms,
            "about": folder.about,
            "page": folder.page,
        }
        for folder in shelf.known
        if folder.kind == kind
    ]


def pull(shelf: Shelf, folder: Folder, *, ask: bool, agreed: Callable[[], bool]) -> bool:
    """Download what is missing of a model, after showing what will come. Returns whether it is here then.

    `agreed` asks the person, where `ask` says so. What is here already is checked and kept. An engine whose libraries
    are not here gets an environment of its own.
    """
    place = shelf.place(folder)
    if place.is_dir():
        say("Checking what is here…", style="faint")
    wanted = folders.damaged(folder, place)
    if not wanted and not shelf.lacks_environment(folder):
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
    if shelf.lacks_environment(folder) and not _make_environment(shelf, folder):
        return False
    say(f"{folder.title} is here, and whole.", style="good")
    return True


def use(shelf: Shelf, folder: Folder) -> int:
    """Hear, speak, take turns or see with this model from now on. Raises MissingError when it is not here."""
    from alisa.cli.supervisor import state
    from alisa.runtime.edit import set_value

    if not shelf.is_here(folder):
        raise MissingError(
            "model_not_installed",
            f"The model {folder.name} is not on this machine yet.",
            f"Get it with: alisa models pull {folder.name}",
        )
    chosen, told = _choice(folder)
    home = shelf.home.ensure()
    part: type[Section] = VisionSettings if folder.kind == "seeing" else VoiceSettings
    changes = [set_value(home, f"{part.section}.{name}", value, (part,)) for name, value in chosen.items()]
    say(told, style="good")
    for change in changes:
        if change.overridden_by:
            complain(f"The variable {change.overridden_by} is set, and wins over the file.", style="warn")
    if state.read(shelf.home) is not None and part is VoiceSettings:
        say("It counts when her voice starts again: alisa restart voice")
    return 0


def remove(shelf: Shelf, folder: Folder) -> int:
    """Delete a model's folder, and what an unfinished download left in it; return the bytes that are free again.

    An environment that no other model here needs goes, too.
    """
    place, last = shelf.place(folder), shelf.is_last(folder)
    if not (place.is_dir() or (last and environments.folder_of(folder.engine, shelf.home).is_dir())):
        raise MissingError("model_not_installed", f"{folder.name} is not on this machine.", "See: alisa models list")
    freed = folders.remove(place) if place.is_dir() else 0
    return freed + (environments.remove(folder.engine, shelf.home) if last else 0)


def next_step(shelf: Shelf, folder: Folder) -> str:
    """What to say once a model is here."""
    if look(shelf.memory, shelf.cores).in_use(folder):
        if folder.kind == "seeing":
            return "Her webcam eye takes it the next time that it opens."
        return "She takes it the next time that her voice starts: alisa restart voice"
    verb = {"hearing": "Understand", "speaking": "Speak", "end_of_turn": "Take turns", "seeing": "See"}[folder.kind]
    return f"{verb} with it: alisa models use {folder.name}"


def _choice(folder: Folder) -> tuple[dict[str, str], str]:
    """The settings that choose a model, and the sentence that says so."""
    if folder.kind == "speaking":
        model = "" if folder.engine == folder.name else folder.name
        return {"tts": folder.engine, "tts_model": model}, f"She speaks with {folder.title} from now on."
    if folder.kind == "seeing":
        return {"detector": folder.engine}, f"Her webcam eye finds faces with {folder.title} from now on."
    if folder.kind == "end_of_turn":
        return (
            {"end_of_turn": folder.name.replace("-", "_"), "end_of_turn_model": ""},
            f"{folder.title} tells her from now on when you have finished.",
        )
    return {"stt": "whisper", "stt_model": folder.name}, f"She understands you with {folder.title} from now on."


def _make_environment(shelf: Shelf, folder: Folder) -> bool:
    """Make it, which takes half a minute; return False when the user stopped it. Raises EngineError, MissingError."""
    say("Fetching the libraries that it needs, into an environment of their own…")
    try:
        environments.make(folder.engine, shelf.home)
    except KeyboardInterrupt:
        complain("Stopped. The same command makes it anew.")
        return False
    return True


def _fit(shelf: Shelf, folder: Folder) -> str:
    size = next((each for each in sizes.SIZES if each.name == folder.name), None)
    if sizes.fits(size, shelf.memory, shelf.cores) if size is not None else folder.memory <= shelf.memory // 8:
        return "cpu"
    return "no" if folder.memory > shelf.memory // 2 else "slow"


def _show_plan(shelf: Shelf, folder: Folder, size: int) -> None:
    say(folder.title, style="strong")
    say(f"  {folder.about}")
    if folder.files:
        have = folders.occupied(shelf.place(folder))
        already = f"; {gb(have)} are here already" if have else ""
        say(f"  download  {gb(size)}{already}")
        say(f"  from      Hugging Face, {folder.repo}")
    else:
        say("  model     ships with Alisa")
    say(f"  license   {folder.license}")
    if shelf.lacks_environment(folder):
        terms = "; they are free under the GPL-3" if folder.engine in GPL else ""
        say(f"  libraries about {gb(folder.libraries)}, into an environment of their own{terms}")
    quick = "quick enough here" if _fit(shelf, folder) == "cpu" else "slow on this machine: for recordings"
    say(f"  memory    {gb(folder.memory)} ({quick})")
