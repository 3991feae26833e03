"""Where things are, and files that are never half written."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from alisa.runtime import paths
from alisa.runtime.errors import MissingError, StorageError
from alisa.runtime.paths import Home, data_folder, private_write, project_folder
from tests.faults import full_disk, needs_posix


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_home_is_where_the_variable_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """ALISA_HOME wins; it becomes absolute, `~` is understood, and an empty one counts as not set."""
    assert Home.find({"ALISA_HOME": str(tmp_path / "a b")}).root == tmp_path / "a b"
    monkeypatch.chdir(tmp_path)
    assert Home.find({"ALISA_HOME": "here"}).root == tmp_path / "here"
    assert Home.find({"ALISA_HOME": "~/x"}).root == Path.home() / "x"
    assert Home.find({"ALISA_HOME": "~nobody-of-that-name/x"}).root.is_absolute()
    assert Home.find({"ALISA_HOME": " "}) == Home.find({})


def test_a_checkout_keeps_its_own_home() -> None:
    """In a checkout everything stays inside it, in the folder that git ignores."""
    project = project_folder()
    assert project is not None
    assert Home.find({}).root == project / "data" / "runtime"


def test_an_installed_alisa_uses_the_usual_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a checkout the system's folder for a user's data is taken."""
    monkeypatch.setattr(paths, "project_folder", lambda: None)
    root = Home.find({}).root
    assert root.is_absolute()
    assert root.name == "Alisa"


def test_what_ships_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The data folder holds the personas; without it one sentence says so."""
    assert (data_folder() / "personas" / "alisa.toml").is_file()
    monkeypatch.setattr(paths, "project_folder", lambda: None)
    monkeypatch.setattr(paths.sys, "prefix", str(tmp_path))
    with pytest.raises(MissingError):
        data_folder()


def test_every_path_is_below_home(home: Home) -> None:
    """Nothing is written anywhere else."""
    names = [name for name, value in vars(Home).items() if isinstance(value, property)]
    assert len(names) >= 12
    assert all(getattr(home, name).is_relative_to(home.root) for name in names)


@needs_posix
def test_folders_are_for_their_owner(tmp_path: Path) -> None:
    """New folders can be read by nobody else; making them twice is fine."""
    home = Home(tmp_path / "new" / "home").ensure().ensure()
    for folder in (home.root, home.run, home.logs, home.models, home.backups, home.personas, home.modes):
        assert mode(folder) == 0o700


def test_a_home_that_cannot_be(tmp_path: Path) -> None:
    """A file in the way is told in a sentence that names it."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="file") as caught:
        Home(tmp_path / "file" / "home").ensure()
    assert "ALISA_HOME" in caught.value.hint


def test_private_write_replaces_the_whole_file(tmp_path: Path) -> None:
    """The content is there, for its owner only, also over an open file; nothing else is left behind."""
    path = tmp_path / "secret"
    path.write_text("old, and longer than the new")
    path.chmod(0o644)
    private_write(path, b"new")
    assert path.read_bytes() == b"new"
    assert os.name != "posix" or mode(path) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_readers_see_the_old_or_the_new(tmp_path: Path) -> None:
    """While a file is written over and over, no reader ever sees half of it."""
    path = tmp_path / "file"
    contents = {b"a" * 50_000, b"b" * 70_000}
    private_write(path, b"a" * 50_000)
    done = threading.Event()

    def write() -> None:
        for _ in range(50):
            for content in contents:
                private_write(path, content)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while not done.is_set():
            assert path.read_bytes() in contents
    finally:
        writer.join()


def test_a_full_disk_leaves_the_old_content(tmp_path: Path) -> None:
    """On a full disk the old file stays whole, no rest is left, and the sentence says what to do."""
    with full_disk(tmp_path / "full", leaving_bytes=8192):
        path = tmp_path / "full" / "file"
        private_write(path, b"old")
        with pytest.raises(StorageError) as caught:
            private_write(path, b"x" * 1_000_000)
        assert caught.value.code == "disk_full"
        assert path.read_bytes() == b"old"
        assert {entry.name for entry in path.parent.iterdir()} == {".ballast", "file"}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """Any other trouble is a sentence too."""
    with pytest.raises(StorageError, match="could not be written"):
        private_write(tmp_path / "none" / "file", b"")
