"""Whisper models: which are on this machine, whether they are whole, and which one a machine is quick enough for.

A model is a folder of files below the models folder, as `alisa models pull` leaves it there: a conversion for
CTranslate2. Where it comes from is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from alisa.runtime.errors import AlisaError, MissingError, UsageError
from alisa.runtime.sources import guess

PREFIX = "whisper-"
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Size:
    """A size of Whisper, and what it takes."""

    name: str
    memory: int
    """bytes in use with weights of 8 bits"""
    work: float
    """billions of operations for the shortest utterance: Whisper always looks at 30 s (1,500 positions)"""


SIZES = (
    Size("whisper-tiny", 180 * _MIB, 25.0),
    Size("whisper-base", 280 * _MIB, 65.0),
    Size("whisper-small", 620 * _MIB, 280.0),
    Size("whisper-medium", 1700 * _MIB, 960.0),
    Size("whisper-large-v3-turbo", 1900 * _MIB, 1950.0),
)
"""From the shapes of the models (github.com/openai/whisper, `model.py`): two operations a weight of the encoder and a
position; memory from files of 16 bits, halved, and room to work in. The further down, the better it understands."""
WORK_PER_CORE = 80.0
"""billions of operations with 8 bits that one core of a laptop does in a second; half of what AVX2 gives on paper"""
PATIENCE_SECONDS = 1.0
"""So long an answer may take to be understood before a smaller model is the better one."""
MAX_THREADS = 4
_NEEDED = ("model.bin", "config.json", "tokenizer.json")
_VOCABULARIES = ("vocabulary.json", "vocabulary.txt")


def threads_for(cores: int) -> int:
    """Return the threads for a model on so many physical cores: one stays with the rest of Alisa."""
    return min(MAX_THREADS, max(1, cores - 1))


def fits(size: Size, memory: int, cores: int) -> bool:
    """Return whether a machine with so much memory (bytes) runs a model quickly enough to talk with."""
    quick = size.work / (WORK_PER_CORE * threads_for(cores)) <= PATIENCE_SECONDS
    return quick and size.memory <= memory // 8


def recommended(memory: int, cores: int) -> Size:
    """Return the best size that fits a machine; the smallest where none does."""
    return next((size for size in reversed(SIZES) if fits(size, memory, cores)), SIZES[0])


def best_of(names: Iterable[str], memory: int, cores: int) -> str:
    """Return the model to use of those that are here: the best that fits, else the quickest; "" of none."""
    here = set(names)
    sizes = [size for size in SIZES if size.name in here]
    fitting = [size for size in sizes if fits(size, memory, cores)]
    if fitting:
        return fitting[-1].name
    unknown = sorted(here - {size.name for size in SIZES})
    return sizes[0].name if sizes else unknown[0] if unknown else ""


def installed(models: Path) -> tuple[str, ...]:
    """Return the names of the Whisper models in this folder that are whole as far as can be seen at a glance."""
    if not models.is_dir():
        return ()
    return tuple(sorted(path.name for path in models.glob(f"{PREFIX}*") if path.is_dir() and not missing_files(path)))


def missing_files(folder: Path) -> tuple[str, ...]:
    """Return the files that a model's folder lacks. An empty file counts as missing.

    It matters above all for `tokenizer.json`: without it, faster-whisper would ask the network for one.
    """
    missing = [name for name in _NEEDED if not _has(folder / name)]
    if not any(_has(folder / name) for name in _VOCABULARIES):
        missing.append(_VOCABULARIES[1])
    return tuple(missing)


def resolve(wanted: str, models: Path, memory: int, cores: int) -> Path:
    """Return the folder of the model that `voice.stt_model` means: a name, a path, or "" for the best that is here.

    Raises MissingError (not here), UsageError (no such name), AlisaError `stt_model_damaged`.
    """
    here = installed(models)
    name = wanted.strip() or best_of(here, memory, cores)
    if not name:
        best = recommended(memory, cores).name
        raise MissingError(
            "stt_model_missing",
            "There is no Whisper model on this machine yet.",
            f"Get the one that suits it: alisa models pull {best}",
        )
    folder = _folder(name, models)
    if not folder.is_dir():
        raise _not_here(name, here)
    missing = missing_files(folder)
    if missing:
        raise AlisaError(
            "stt_model_damaged",
            f"The speech model {folder.name} is not whole: {missing[0]} is missing.",
            f"Get it again: alisa models pull {folder.name}",
        )
    return folder


def _folder(name: str, models: Path) -> Path:
    if Path(name).name != name:
        return Path(name).expanduser()
    plain = name.lower()
    return models / (plain if plain.startswith(PREFIX) or (models / plain).is_dir() else PREFIX + plain)


def _not_here(name: str, here: tuple[str, ...]) -> AlisaError:
    known = {size.name for size in SIZES}
    full = name.lower() if name.lower().startswith(PREFIX) else PREFIX + name.lower()
    if full in known:
        return MissingError(
            "stt_model_missing",
            f"The speech model {full} is not on this machine yet.",
            f"Get it with: alisa models pull {full}",
        )
    near = guess(full, known | set(here))
    question = f"Did you mean {near}? " if near else ""
    return UsageError(
        "unknown_stt_model",
        f"There is no speech model called {name!r}.",
        f"{question}See them all: alisa models list",
    )


def _has(path: Path) -> bool:
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError:
        return False
