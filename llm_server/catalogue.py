"""The catalogue: which language models Alisa knows by name, and what is known of each.

What is on this machine is the business of `library`, what this machine can run that of `fitting`.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

from alisa.runtime.errors import AlisaError, UsageError
from alisa.runtime.paths import data_folder

STARTER = "starter"
"""The name of the tiny model that ships with Alisa."""

BIG = "llama-3.1-8b"
"""The name of the model that Alisa's defaults are made for."""

Terms = Literal["open", "conditional", "unknown"]

_NAME = re.compile(r"[a-z0-9][a-z0-9.\-]*")
_REPOSITORY = re.compile(r"[\w.\-]+/[\w.\-]+")
_REVISION = re.compile(r"[\w.\-/]+")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FROM_HUB = re.compile(r"(?:hf:)?(?P<repo>[\w.\-]+/[\w.\-]+)/(?P<file>[\w.\-/]+\.gguf)(?:@(?P<revision>[\w.\-/]+))?")


class Named(Protocol):
    """What the catalogue lists."""

    @property
    def name(self) -> str:
        """The name by which it is asked for, in small letters."""
        ...


Listed = TypeVar("Listed", bound=Named)


@dataclass(frozen=True, slots=True)
class Model:
    """A model that can be named: a GGUF file, and where it comes from."""

    name: str
    title: str
    file: str
    """the path of the file inside its repository; its last part is the name on disk"""
    about: str = ""
    license: str = "unknown"
    terms: Terms = "unknown"
    repo: str = ""
    """the repository on Hugging Face; "" for the model that ships with Alisa"""
    revision: str = "main"
    size: int = 0
    """bytes; 0 where it is not known before the download"""
    sha256: str = ""
    """lower-case hex; "" where Hugging Face's own record decides"""
    kv_bytes: int = 0
    """bytes of memory for one token of context; 0 where it is not known"""
    active: float = 1.0
    """the share of the weights that is read for one token; below 1 for a mixture of experts"""

    @property
    def filename(self) -> str:
        """The name of the file on this machine."""
        return self.file.rsplit("/", 1)[-1]

    @property
    def page(self) -> str:
        """The page where a person can read about it."""
        return f"https://huggingface.co/{self.repo}" if self.repo else ""

    @property
    def ships(self) -> bool:
        """Does it come with Alisa?"""
        return not self.repo


def parse(text: str) -> tuple[Model, ...]:
    """Return the models that a catalogue lists, in its order.

    Raises ValueError, naming the model and the field, when an entry is not sound: a wrong
    checksum or path must never reach the download.
    """
    table = tomllib.loads(text)
    models = tuple(_model(entry) for entry in table.get("model", []))
    names = [model.name for model in models]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"listed twice: {', '.join(sorted(twice))}")
    return models


def load(path: Path | None = None) -> tuple[Model, ...]:
    """Return the catalogue that ships with Alisa, or the one at `path`. Raises AlisaError."""
    return read(parse, path)


def read(parse: Callable[[str], tuple[Listed, ...]], path: Path | None) -> tuple[Listed, ...]:
    """Return what `parse` finds in the catalogue at `path`, or in the one that ships. Raises AlisaError."""
    path = path or data_folder() / "models" / "catalogue.toml"
    try:
        return parse(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise AlisaError(
            "catalogue_broken",
            f"The list of models cannot be read ({path.name}: {error}).",
            "Install Alisa again, or clone the project again.",
        ) from error


def find(models: Sequence[Listed], name: str) -> Listed | None:
    """Return the one of this name; case does not matter."""
    wanted = name.strip().lower()
    return next((model for model in models if model.name == wanted), None)


def unknown(name: str, known: Sequence[str]) -> UsageError:
    """Return the error for a name that is in no list, with the nearest names that are."""
    near = difflib.get_close_matches(name.lower(), [item.lower() for item in known], n=2, cutoff=0.5)
    guess = f"Did you mean {' or '.join(near)}? " if near else ""
    return UsageError(
        "unknown_model",
        f"There is no model called {name!r}.",
        f"{guess}See them all: alisa models list",
    )


def from_hub(text: str) -> Model | None:
    """Return the model that `owner/repository/file.gguf[@revision]` names, or None when it is no such name."""
    match = _FROM_HUB.fullmatch(text.strip())
    if not match or ".." in match["file"].split("/"):
        return None
    stem = match["file"].rsplit("/", 1)[-1].removesuffix(".gguf")
    return Model(name=stem, title=stem, repo=match["repo"], file=match["file"], revision=match["revision"] or "main")


def _model(entry: dict[str, Any]) -> Model:
    """Return one entry, checked. Raises ValueError."""
    name = str(entry.get("name", "?"))
    known = {field.name for field in fields(Model)}
    odd = sorted(set(entry) - known)
    if odd:
        raise ValueError(f"{name}: unknown field {', '.join(odd)}")
    try:
        model = Model(**entry)
    except TypeError as error:
        raise ValueError(f"{name}: {error}") from error
    rules = {
        "name": bool(_NAME.fullmatch(model.name)),
        "file": model.file.endswith(".gguf") and ".." not in model.file and not model.file.startswith("/"),
        "repo": not model.repo or bool(_REPOSITORY.fullmatch(model.repo)),
        "revision": bool(_REVISION.fullmatch(model.revision)),
        "sha256": not model.sha256 or bool(_SHA256.fullmatch(model.sha256)),
        "size": isinstance(model.size, int) and model.size >= 0,
        "kv_bytes": isinstance(model.kv_bytes, int) and model.kv_bytes >= 0,
        "active": 0 < model.active <= 1,
        "terms": model.terms in ("open", "conditional", "unknown"),
    }
    wrong = [field for field, holds in rules.items() if not holds]
    if wrong:
        raise ValueError(f"{name}: {', '.join(wrong)} cannot be right")
    return model
