"""The sets that there are, which one is shown, and the command that checks one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from alisa.runtime.errors import MissingError
from alisa.runtime.paths import Home
from overlay.avatar import AvatarError, avatar_folders, choose_avatar, library, load_avatar
from overlay.avatar.__main__ import main
from tests.overlay.avatar import art


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What ships: the built-in set and another one."""
    art.layered(tmp_path / "data" / "avatars" / "alisa")
    art.simple(tmp_path / "data" / "avatars" / "plain")
    monkeypatch.setattr(library, "data_folder", lambda: tmp_path / "data")
    return tmp_path / "data" / "avatars"


def test_a_folder_says_by_its_files_what_it_is(tmp_path: Path) -> None:
    """With a manifest it is layered, without one simple."""
    assert load_avatar(art.layered(tmp_path / "a")).kind == "layered"
    assert load_avatar(art.simple(tmp_path / "b")).kind == "simple"
    with pytest.raises(AvatarError) as caught:
        load_avatar(tmp_path / "c")
    assert caught.value.code == "avatar_missing"


def test_the_persons_own_set_wins(shipped: Path, home: Home) -> None:
    """A set in the home that is called like one that ships is shown."""
    art.simple(home.root / "avatars" / "Alisa")
    (home.root / "avatars" / ".hidden").mkdir()
    (home.root / "avatars" / "note.txt").write_text("x")
    assert list(avatar_folders(home)) == ["alisa", "plain"]
    avatar, problems = choose_avatar("ALISA", home)
    assert (avatar.kind, problems) == ("simple", ())


def test_a_broken_set_is_replaced_by_the_built_in_one(shipped: Path, home: Home) -> None:
    """She stays on the screen, and every problem is said."""
    own = art.simple(home.root / "avatars" / "mira")
    (own / "sad.png").unlink()
    avatar, problems = choose_avatar("mira", home)
    assert (avatar.name, problems) == ("Test", ("mira: sad.png: is not there.",))


def test_a_broken_set_of_the_same_name_is_replaced_by_the_one_that_ships(shipped: Path, home: Home) -> None:
    """Rather that than another figure."""
    (art.simple(home.root / "avatars" / "plain") / "base.png").write_bytes(b"")
    avatar, problems = choose_avatar("plain", home)
    assert (avatar.kind, problems) == ("simple", ("plain: base.png: is empty.",))


@pytest.mark.parametrize("name", ["alisaa", "../plain", "/etc", "", "  "])
def test_a_name_is_never_a_path(shipped: Path, home: Home, name: str) -> None:
    """An unknown name shows the built-in set; nothing at all is the built-in set."""
    avatar, problems = choose_avatar(name, home)
    assert avatar.kind == "layered"
    assert len(problems) == (1 if name.strip() else 0)
    if name == "alisaa":
        assert problems == ("There is no avatar called 'alisaa'. Did you mean alisa? Choose one of: alisa, plain.",)


def test_nothing_left_to_show_is_an_error(shipped: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only when the set that ships is damaged, too."""
    (shipped / "alisa" / "face.png").unlink()
    with pytest.raises(AvatarError) as caught:
        choose_avatar("alisa", home)
    assert (caught.value.code, caught.value.problems) == ("no_avatar", ("alisa: face.png: is not there.",))

    def nothing() -> Path:
        raise MissingError("data_missing", "gone")

    monkeypatch.setattr(library, "data_folder", nothing)
    with pytest.raises(AvatarError):
        choose_avatar("alisa", home)


def test_the_command_checks_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Fine is 0; broken is 1, a line for each problem; wrong use is 2."""
    assert main(["check", str(art.layered(tmp_path / "a"))]) == 0
    assert capsys.readouterr().out == "fine: Test, layered, 64 x 96, 17 pictures\n"
    (tmp_path / "a" / "face.png").unlink()
    assert main(["check", str(tmp_path / "a")]) == 1
    assert capsys.readouterr().out == "face.png: is not there.\n"
    assert main([]) == 2
    assert "check FOLDER" in capsys.readouterr().err


def test_the_command_is_a_module() -> None:
    """`python -m overlay.avatar` runs."""
    done = subprocess.run([sys.executable, "-m", "overlay.avatar"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "python -m overlay.avatar check FOLDER\n")
