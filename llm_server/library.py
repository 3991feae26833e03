"""The library: which model files are on this machine, and which one a name means.

Two shelves: what ships with Alisa, and the user's own `models` folder, where downloads land and
where any `*.gguf` that the user puts there can be used by its name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from alisa.runtime.errors import AlisaError, MissingError, UsageError
from alisa.runtime.paths import Home, data_folder, write_error
from llm_server.catalogue import STARTER, Model, find, from_hub, unknown

MAGIC = b"GGUF"
_SHORTEST_BYTES = 32
_LATER_PART = re.compile(r"-(?!00001)\d{5}-of-\d{5}\.gguf$", re.IGNORECASE)
_PARTS = re.compile(r"-00001-of-(?P<count>\d{5})\.gguf$", re.IGNORECASE)


class DamagedError(AlisaError):
    """A model file is there, but it cannot be one."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model that is on this machine."""

    name: str
    path: Path
    size: int
    """bytes, of all its parts"""
    model: Model | None = None
    """what the catalogue knows of it; None for the user's own"""

    @property
    def is_starter(self) -> bool:
        return self.name == STARTER

    @property
    def kv_bytes(self) -> int:
        return self.model.kv_bytes if self.model else 0


@dataclass(frozen=True, slots=True)
class Library:
    """The shelves of this machine and the catalogue that names what may stand there."""

    models: Sequence[Model]
    own: Path
    """the user's folder"""
    shipped: Path
    """the folder of what comes with Alisa"""

    @classmethod
    def of(cls, home: Home, models: Sequence[Model]) -> Library:
        return cls(models, home.models, data_folder() / "models")

    def place(self, model: Model) -> Path:
        """Return where the file of a catalogued model belongs."""
        return (self.shipped if model.ships else self.own) / model.filename

    def starter(self) -> ModelFile:
        """Return the model that ships with Alisa. Raises MissingError, DamagedError."""
        return self.resolve(STARTER)

    def installed(self) -> tuple[ModelFile, ...]:
        """Return every model that is here: catalogued ones in the catalogue's order, then the user's own."""
        known = {self.place(model): model for model in self.models}
        found = [ModelFile(model.name, path, _size(path), model) for path, model in known.items() if path.is_file()]
        own = sorted(self.own.glob("*.gguf")) if self.own.is_dir() else []
        found += [
            ModelFile(path.stem, path, _size(path))
            for path in own
            if path not in known and path.is_file() and not _LATER_PART.search(path.name)
        ]
        return tuple(found)

    def resolve(self, wanted: str) -> ModelFile:
        """Return the file that `llm.model` means: a catalogue name, the name of a file, or a path.

        Raises MissingError when it is not on this machine, UsageError when nothing is called so,
        DamagedError when the file cannot be a model.
        """
        wanted = wanted.strip()
        model = find(self.models, wanted)
        if model:
            return self._catalogued(model)
        named = next((file for file in self.installed() if file.name.lower() == wanted.lower()), None)
        file = named or self._at_path(wanted)
        if file is None:
            hub = from_hub(wanted)
            if hub:
                raise _not_here(wanted, f"alisa models pull {wanted}")
            raise unknown(wanted, [m.name for m in self.models] + [f.name for f in self.installed()])
        check(file)
        return file

    def remove(self, file: ModelFile) -> None:
        """Delete a model's file, its parts and its recorded checksum. Raises UsageError, StorageError."""
        if file.path.parent != self.own:
            raise UsageError(
                "not_yours", f"{file.name} is not in your models folder.", "Only what is there can be removed."
            )
        for path in (*parts(file.path), checksum_file(file.path)):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise write_error(error, path) from error

    def _catalogued(self, model: Model) -> ModelFile:
        path = self.place(model)
        if not path.is_file():
            if model.ships:
                raise MissingError(
                    "starter_missing",
                    f"The starter model is not where it should be ({path.name}).",
                    "Install Alisa again, or get another model: alisa models",
                )
            raise _not_here(model.name, f"alisa models pull {model.name}")
        file = ModelFile(model.name, path, _size(path), model)
        check(file)
        return file

    def _at_path(self, wanted: str) -> ModelFile | None:
        """Return the file that a path means; a relative one is looked for in the user's folder first."""
        if not wanted.lower().endswith(".gguf"):
            return None
        for path in (self.own / wanted, Path(wanted).expanduser()):
            if path.is_file():
                return ModelFile(path.stem, path.absolute(), _size(path))
        if from_hub(wanted) and not Path(wanted).is_absolute():
            return None
        raise MissingError(
            "model_missing",
            f"There is no model file at {wanted}.",
            "Name another: alisa models list, then alisa models use NAME",
        )


def check(file: ModelFile) -> None:
    """Raise DamagedError when a file is visibly no whole GGUF: in a few bytes, not by reading it all."""
    why = fault(file)
    if why:
        pulled = file.model and not file.model.ships
        hint = f"Get it again: alisa models pull {file.name}" if pulled else "Put a whole copy of it in its place."
        raise DamagedError("model_damaged", f"The model file {file.path.name} is damaged: {why}.", hint)


def checksum_file(path: Path) -> Path:
    """Return where the checksum of a downloaded file is recorded, as `sha256sum --check` reads it."""
    return path.with_name(path.name + ".sha256")


def recorded_checksum(path: Path) -> str:
    """Return the SHA-256 that was recorded when this file was downloaded, or ""."""
    try:
        words = checksum_file(path).read_text("utf-8").split()
    except (OSError, UnicodeDecodeError):
        return ""
    return words[0] if words else ""


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in lower-case hex. Reads all of it; raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def parts(path: Path) -> tuple[Path, ...]:
    """Return the files that a model consists of: large ones may come in numbered parts."""
    match = _PARTS.search(path.name)
    if not match:
        return (path,)
    stem, count = path.name[: match.start()], match["count"]
    return tuple(path.with_name(f"{stem}-{part:05d}-of-{count}.gguf") for part in range(1, int(count) + 1))


def fault(file: ModelFile) -> str:
    """Return what is visibly wrong with a file, or ""; it is not read to its end."""
    try:
        with file.path.open("rb") as stream:
            magic = stream.read(len(MAGIC))
    except OSError as error:
        return f"it cannot be read ({error.strerror or type(error).__name__})"
    if file.size < _SHORTEST_BYTES:
        return "it is empty"
    if magic != MAGIC:
        return "it is no GGUF file"
    if file.model and file.model.sha256 and file.model.size and file.size != file.model.size:
        return f"it has {file.size:,} bytes instead of {file.model.size:,}"
    missing = [part.name for part in parts(file.path) if not part.is_file()]
    return f"its part {missing[0]} is missing" if missing else ""


def _size(path: Path) -> int:
    return sum(part.stat().st_size for part in parts(path) if part.is_file())


def _not_here(name: str, command: str) -> MissingError:
    return MissingError(
        "model_not_installed", f"The model {name} is not on this machine yet.", f"Get it with: {command}"
    )
