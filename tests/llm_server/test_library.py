"""Which model a name means, and what is on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from alisa.runtime.errors import AlisaError, MissingError, UsageError
from llm_server.catalogue import Model
from llm_server.library import DamagedError, Library, checksum_file

BODY = b"GGUF" + bytes(96)
MODELS = (
    Model("starter", "Starter", "starter.gguf"),
    Model("known", "Known", "sub/Known.Q4.gguf", repo="o/r", size=100, sha256="a" * 64),
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    own.mkdir()
    shipped.mkdir()
    (shipped / "starter.gguf").write_bytes(BODY)
    return Library(MODELS, own, shipped)


def test_a_catalogued_model_is_found_by_its_name(library: Library) -> None:
    """The file stands in the user's folder under its own name; case does not matter."""
    (library.own / "Known.Q4.gguf").write_bytes(BODY)
    file = library.resolve(" KNOWN ")
    assert (file.name, file.path, file.size) == ("known", library.own / "Known.Q4.gguf", 100)


def test_any_gguf_in_the_models_folder_is_usable_by_its_name(library: Library) -> None:
    """By the name without its ending, by the file's name, and by a path."""
    path = library.own / "Mine.gguf"
    path.write_bytes(BODY)
    for wanted in ("mine", "Mine", "Mine.gguf", str(path)):
        assert library.resolve(wanted).path == path
    assert [file.name for file in library.installed()] == ["starter", "Mine"]


def test_a_model_elsewhere_is_usable_by_its_path(library: Library, tmp_path: Path) -> None:
    """A file need not be copied."""
    path = tmp_path / "elsewhere.gguf"
    path.write_bytes(BODY)
    assert library.resolve(str(path)).name == "elsewhere"


def test_numbered_parts_are_one_model(library: Library) -> None:
    """Large models come in parts: the first stands for all, and a missing one is named."""
    for part in (1, 2):
        (library.own / f"big-0000{part}-of-00003.gguf").write_bytes(BODY)
    assert [(file.name, file.size) for file in library.installed()][1:] == [("big-00001-of-00003", 200)]
    with pytest.raises(DamagedError, match="big-00003-of-00003"):
        library.resolve("big-00001-of-00003")
    (library.own / "big-00003-of-00003.gguf").write_bytes(BODY)
    assert library.resolve("big-00001-of-00003").size == 300


@pytest.mark.parametrize(
    ("wanted", "kind", "hint"),
    [
        ("known", MissingError, "alisa models pull known"),
        ("o/r/other.gguf", MissingError, "alisa models pull o/r/other.gguf"),
        ("/no/such/file.gguf", MissingError, "alisa models use"),
        ("nonsense", UsageError, "alisa models list"),
        ("startr", UsageError, "starter"),
        ("", UsageError, "alisa models list"),
    ],
)
def test_what_is_not_here_says_how_to_get_it(library: Library, wanted: str, kind: type[AlisaError], hint: str) -> None:
    """Known but not here, unknown, misspelt: each has its own next step."""
    with pytest.raises(kind) as caught:
        library.resolve(wanted)
    assert hint in caught.value.hint


@pytest.mark.parametrize(("content", "why"), [(b"", "empty"), (b"<html>" * 50, "no GGUF"), (BODY + b"x", "101 bytes")])
def test_a_file_that_cannot_be_whole_is_called_damaged(library: Library, content: bytes, why: str) -> None:
    """An empty file, a web page saved as a model, a wrong length: seen before llama.cpp is started."""
    (library.own / "Known.Q4.gguf").write_bytes(content)
    with pytest.raises(DamagedError, match=why) as caught:
        library.resolve("known")
    assert "alisa models pull known" in caught.value.hint


def test_the_user_s_models_can_be_removed_and_the_starter_cannot(library: Library) -> None:
    """Removing takes the file and its checksum; what ships stays."""
    path = library.own / "Known.Q4.gguf"
    path.write_bytes(BODY)
    checksum_file(path).write_text("…")
    library.remove(library.resolve("known"))
    assert list(library.own.iterdir()) == []
    with pytest.raises(UsageError):
        library.remove(library.starter())


def test_a_missing_starter_is_told(library: Library) -> None:
    """A broken installation says so."""
    (library.shipped / "starter.gguf").unlink()
    with pytest.raises(MissingError, match="starter"):
        library.starter()
