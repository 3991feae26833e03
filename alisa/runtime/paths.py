"""Where Alisa keeps her files, and how a file is written so that it is never half there.

What stands inside the files is not known here.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from alisa.runtime.errors import MissingError, StorageError

_PACKAGE = Path(__file__).resolve().parents[1]
_WINDOWS = sys.platform == "win32"


def project_folder() -> Path | None:
    """Return the checkout that this code runs from, or None where Alisa is installed as a package."""
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "data").is_dir() else None


def data_folder() -> Path:
    """Return the folder of what ships with Alisa: personas, modes, prompts, the starter model.

    Raises MissingError when it is not there.
    """
    project = project_folder()
    candidates = ([project / "data"] if project else []) + [Path(sys.prefix) / "share" / "alisa"]
    for folder in candidates:
        if (folder / "personas").is_dir():
            return folder
    raise MissingError(
        "data_missing",
        "The files that ship with Alisa (personas, prompts) are not there.",
        "Install Alisa again, or clone the project again.",
    )


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds everything of one person: configuration, history, logs, models."""

    root: Path

    @classmethod
    def find(cls, env: Mapping[str, str] | None = None) -> Home:
        """Return `ALISA_HOME`, else `data/runtime` of the checkout, else the system's usual place."""
        named = (os.environ if env is None else env).get("ALISA_HOME", "").strip()
        if named:
            return cls(_absolute(named))
        project = project_folder()
        if project and os.access(project / "data", os.W_OK):
            return cls(project / "data" / "runtime")
        import platformdirs

        return cls(Path(platformdirs.user_data_dir("Alisa", appauthor=False)))

    @property
    def config_file(self) -> Path:
        return self.root / "alisa.toml"

    @property
    def token_file(self) -> Path:
        return self.root / "token"

    @property
    def database(self) -> Path:
        return self.root / "alisa.db"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def models(self) -> Path:
        return self.root / "models"

    @property
    def personas(self) -> Path:
        return self.root / "personas"

    @property
    def modes(self) -> Path:
        return self.root / "modes"

    @property
    def run(self) -> Path:
        """What is true only while Alisa runs: ports, keys, process ids."""
        return self.root / "run"

    @property
    def llm_file(self) -> Path:
        return self.run / "llm.json"

    @property
    def hub_file(self) -> Path:
        return self.run / "hub.json"

    @property
    def avatar_file(self) -> Path:
        """Says that she is on the screen, and by which process."""
        return self.run / "avatar.json"

    @property
    def avatars(self) -> Path:
        return self.root / "avatars"

    @property
    def supervisor_file(self) -> Path:
        return self.run / "supervisor.json"

    def ensure(self) -> Home:
        """Create the folders that are not there yet, for their owner only, and return this home."""
        try:
            self.root.parent.mkdir(parents=True, exist_ok=True)
            for folder in (
                self.root, self.backups, self.logs, self.models, self.personas, self.modes, self.run,
            ):  # fmt: skip
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise write_error(error, self.root) from error
        return self


def _absolute(named: str) -> Path:
    """Return the folder that a person named; `~` is theirs where the system knows it."""
    try:
        return Path(named).expanduser().absolute()
    except RuntimeError:
        return Path(named).absolute()


def write_error(error: OSError, path: Path) -> StorageError:
    """Return the error that tells a person why something could not be written at `path`."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StorageError(
            "disk_full", f"The disk is full: {path} could not be written.", "Free some space, then try again."
        )
    if error.errno == errno.ENOENT:
        return StorageError(
            "cannot_write", f"{path} could not be written: its folder is not there.", "Make it first, or name another."
        )
    reason = error.strerror or type(error).__name__
    return StorageError(
        "cannot_write",
        f"{path} could not be written: {reason}.",
        "Check who owns that folder, or name another one (Alisa's own is named in ALISA_HOME).",
    )


def private_write(path: Path, content: bytes) -> None:
    """Write a file for its owner only, all of it or nothing: readers see the old content or the new.

    On Windows the file inherits the folder's access list, which for a folder below the user's
    profile is the user's own; nothing more is done there. Raises StorageError.
    """
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(temporary, flags, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            _replace(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise write_error(error, path) from error


def _replace(source: Path, target: Path) -> None:
    """Rename over `target`; on Windows, a reader that has it open for a moment is waited for."""
    for _ in range(50 if _WINDOWS else 0):
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(0.01)
        else:
            return
    source.replace(target)
