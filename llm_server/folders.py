"""Models that are a folder of files: to hear, to speak, to take turns and to see with. What is known of them, and here.

A language model is one file (`catalogue`, `library`); how one file is fetched is the business of `download`.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from alisa.runtime.paths import write_error
from llm_server import catalogue
from llm_server.catalogue import Model, Terms
from llm_server.download import leftovers
from llm_server.library import checksum_file, recorded_checksum, sha256_of

_NAME = re.compile(r"[a-z0-9][a-z0-9.\-]*")
_REPOSITORY = re.compile(r"[\w.\-]+/[\w.\-]+")
_FILE = re.compile(r"\w[\w.\-]*(?:/\w[\w.\-]*)*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SITES = ("huggingface.co", "github.com")

Kind = Literal["hearing", "speaking", "end_of_turn", "seeing"]
"""What a model is for; so its table in the catalogue is called."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A model that is several files in a folder of its own name."""

    name: str
    title: str
    about: str
    license: str
    terms: Terms
    repo: str
    revision: str
    memory: int
    """bytes in use when it runs"""
    files: tuple[Model, ...]
    """each as the download takes it: its name, size and SHA-256"""
    kind: Kind = "hearing"
    engine: str = ""
    """the engine that uses it, whose libraries have an environment of their own; "" for the others"""
    libraries: int = 0
    """about the bytes to download for those"""
    site: str = _SITES[0]
    """where its page is"""

    @property
    def size(self) -> int:
        """Bytes of all files; there are none where the model ships with Alisa, and only its libraries are fetched."""
        return sum(file.size for file in self.files)

    @property
    def page(self) -> str:
        """The page where a person can read about it."""
        return f"https://{self.site}/{self.repo}"


def parse(text: str) -> tuple[Folder, ...]:
    """Return the folders (`[[hearing]]` …) that a catalogue lists. Raises ValueError where one is not sound."""
    tables = tomllib.loads(text)
    folders = tuple(_folder(kind, entry) for kind in get_args(Kind) for entry in tables.get(kind, []))
    names = [folder.name for folder in folders]
    if len(set(names)) < len(names):
        raise ValueError("a model is listed twice")
    return folders


def load(path: Path | None = None) -> tuple[Folder, ...]:
    """Return the folders of the catalogue that ships with Alisa, or of the one at `path`. Raises AlisaError."""
    return catalogue.read(parse, path)


def missing(folder: Folder, place: Path) -> tuple[Model, ...]:
    """Return the files that are not in `place`, or have not their size."""
    return tuple(file for file in folder.files if not _has_size(place / file.filename, file.size))


def damaged(folder: Folder, place: Path) -> tuple[Model, ...]:
    """Return the files that are missing or whose checksum is wrong. Reads all of them."""
    gone = missing(folder, place)
    wrong = [file for file in folder.files if file not in gone and not _is_right(place / file.filename, file.sha256)]
    return (*gone, *wrong)


def remove(place: Path) -> int:
    """Delete a folder's files and what a download left there; return the bytes that are free again."""
    size = occupied(place)
    try:
        shutil.rmtree(place)
    except OSError as error:
        raise write_error(error, place) from error
    return size


def occupied(place: Path) -> int:
    """Return the bytes that a folder takes; 0 where it is not there."""
    return sum(path.stat().st_size for path in place.iterdir() if path.is_file()) if place.is_dir() else 0


def tidy(place: Path, file: Model) -> None:
    """Remove what the download of a file leaves beside it: the checksum stands in the catalogue."""
    target = place / file.filename
    for path in (*leftovers(target), *([checksum_file(target)] if file.sha256 else [])):
        path.unlink(missing_ok=True)


def _has_size(path: Path, size: int) -> bool:
    return path.is_file() and (path.stat().st_size == size if size else path.stat().st_size > 0)


def _is_right(path: Path, sha256: str) -> bool:
    known = sha256 or recorded_checksum(path)
    return not known or sha256_of(path) == known


def _folder(kind: Kind, entry: dict[str, Any]) -> Folder:
    name = str(entry.get("name", "?"))
    try:
        files = tuple(
            Model(
                name=f"{name}/{file['name']}",
                title=f"{entry['title']} ({file['name']})",
                file=file["name"],
                license=entry["license"],
                terms=entry["terms"],
                repo=entry["repo"],
                revision=entry["revision"],
                size=file["size"],
                sha256=file.get("sha256", ""),
            )
            for file in entry["files"]
        )
        known = {key: value for key, value in entry.items() if key != "files"}
        folder = Folder(files=files, kind=kind, **known)
    except (KeyError, TypeError) as error:
        raise ValueError(f"{name}: {error}") from error
    rules = {
        "name": bool(_NAME.fullmatch(folder.name)),
        "repo": bool(_REPOSITORY.fullmatch(folder.repo)),
        "memory": folder.memory > 0,
        "files": bool(files or folder.engine) and all(_FILE.fullmatch(file.file) and file.size >= 0 for file in files),
        "sha256": all(not file.sha256 or _SHA256.fullmatch(file.sha256) for file in files),
        "engine": (kind in ("speaking", "seeing")) == bool(folder.engine),
        "libraries": (folder.libraries > 0) == bool(folder.engine),
        "site": folder.site in _SITES,
        "terms": folder.terms in ("open", "conditional", "unknown"),
    }
    wrong = [field for field, holds in rules.items() if not holds]
    if wrong:
        raise ValueError(f"{name}: {', '.join(wrong)} cannot be right")
    return folder
