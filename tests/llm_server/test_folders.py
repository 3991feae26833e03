"""Models that are folders of files: what the catalogue says of them, and what is here."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from alisa.runtime import environments
from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home, data_folder
from llm_server import folders
from llm_server.folders import Folder
from vision.detectors.mediapipe import MODEL
from voice.settings import VoiceSettings
from voice.stt.models import SIZES, missing_files
from voice.tts import assemble
from voice.turns import engines

ENTRY = """
[[hearing]]
name = "small-one"
title = "Small one"
about = "Small."
license = "MIT"
terms = "open"
repo = "owner/name"
revision = "main"
memory = 5
files = [ { name = "a.json", size = 3, sha256 = "SUM" }, { name = "b.bin", size = 0 } ]
"""


def small(text: bytes = b"abc") -> Folder:
    (folder,) = folders.parse(ENTRY.replace("SUM", hashlib.sha256(text).hexdigest()))
    return folder


def test_the_catalogue_has_every_size_that_the_voice_knows_and_all_that_it_needs() -> None:
    """Name for name, with the files without which a model is not whole, each pinned by size and checksum."""
    known = [folder for folder in folders.load() if folder.kind == "hearing"]
    assert [folder.name for folder in known] == [size.name for size in SIZES]
    assert [folder.memory for folder in known] == [size.memory for size in SIZES]
    for folder in known:
        assert all(file.size and len(file.sha256) == 64 for file in folder.files)
        assert len(folder.revision) == 40
        assert folder.license == "MIT"


def test_what_the_catalogue_names_is_a_whole_model_for_the_voice(tmp_path: Path) -> None:
    """A download of all files leaves a folder that the recogniser takes."""
    for folder in [folder for folder in folders.load() if folder.kind == "hearing"]:
        place = tmp_path / folder.name
        place.mkdir()
        for file in folder.files:
            (place / file.filename).write_bytes(b"x")
        assert missing_files(place) == ()


def test_every_voice_and_every_judge_of_turns_is_pinned_and_found_by_its_engine(tmp_path: Path) -> None:
    """A download of all files leaves what the engine looks for; its libraries are pinned by their hashes."""
    home = Home(tmp_path)
    for folder in [folder for folder in folders.load() if folder.kind in ("speaking", "end_of_turn")]:
        assert all(file.size and len(file.sha256) == 64 for file in folder.files)
        place = home.models / folder.name
        place.mkdir(parents=True)
        for file in folder.files:
            (place / file.filename).write_bytes(b"x")
        if folder.kind == "end_of_turn":
            assert engines.model_path(VoiceSettings(), home).is_file()
            continue
        model = "" if folder.name == folder.engine else folder.name
        options = assemble.options_of(folder.engine, VoiceSettings(tts=folder.engine, tts_model=model), home)
        assert all(Path(path).is_file() and Path(path).parent == place for path in options.values())
        if folder.engine == "piper":
            assert Path(f"{options['model']}.json").is_file()
        assert "--hash=sha256:" in environments.pins(folder.engine).read_text("utf-8")


def test_what_finds_faces_ships_its_model_and_is_pinned_to_what_tells_nobody() -> None:
    """As docs/decisions/0018 says: the model is the known one, later versions are not taken by mistake."""
    (folder,) = [folder for folder in folders.load() if folder.kind == "seeing"]
    assert (folder.files, folder.size) == ((), 0)
    model = data_folder() / MODEL
    known = model.with_name("README.md").read_text("utf-8")
    assert hashlib.sha256(model.read_bytes()).hexdigest() in known
    assert "Apache License" in model.with_name("LICENSE").read_text("utf-8")
    pins = environments.pins(folder.engine).read_text("utf-8")
    packages = {line.partition("==")[0]: line for line in pins.splitlines() if "==" in line and line[0].isalpha()}
    assert "--hash=sha256:" in pins
    assert packages["mediapipe"].startswith("mediapipe==0.10.31 ")
    assert not packages.keys() & {"jax", "jaxlib", "torch", "tensorflow", "certifi"}
    assert not [name for name in packages if name.startswith("opencv")]


def test_missing_and_damaged_files_are_told_apart(tmp_path: Path) -> None:
    """By size at a glance; by checksum when they are read."""
    folder = small()
    assert [file.filename for file in folders.missing(folder, tmp_path / "nowhere")] == ["a.json", "b.bin"]
    (tmp_path / "a.json").write_bytes(b"abd")
    (tmp_path / "b.bin").write_bytes(b"any")
    assert folders.missing(folder, tmp_path) == ()
    assert [file.filename for file in folders.damaged(folder, tmp_path)] == ["a.json"]
    (tmp_path / "a.json").write_bytes(b"abc")
    assert folders.damaged(folder, tmp_path) == ()
    assert folders.occupied(tmp_path) == 6
    assert folder.size == 3


def test_removing_frees_its_room(tmp_path: Path) -> None:
    """With all that lies in it."""
    place = tmp_path / "small-one"
    place.mkdir()
    (place / "a.json.part").write_bytes(b"12345")
    assert folders.remove(place) == 5
    assert not place.exists()
    with pytest.raises(AlisaError):
        folders.remove(place)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("../up", "small-one"),
        ('"owner/name"', '"nonsense"'),
        ('name = "a.json"', 'name = "../a.json"'),
        ("memory = 5", "memory = 0"),
        ('terms = "open"', 'terms = "odd"'),
        ("size = 3", "other = 3"),
        ("about = ", "abouts = "),
        ("memory = 5", 'memory = 5\nengine = "piper"'),
        ("[[hearing]]", "[[speaking]]"),
    ],
)
def test_an_entry_that_is_not_sound_is_refused(wrong: str, right: str) -> None:
    """A wrong path or checksum must never reach the download."""
    text = ENTRY.replace("SUM", "0" * 64)
    changed = text.replace(right, wrong) if right in text and wrong not in text else text.replace(wrong, right)
    assert changed != text
    with pytest.raises(ValueError, match=r"small-one|up"):
        folders.parse(changed)


def test_a_broken_list_is_one_sentence(tmp_path: Path) -> None:
    """As with the language models."""
    (tmp_path / "c.toml").write_text(ENTRY.replace("SUM", "0" * 64) * 2)
    with pytest.raises(AlisaError, match="listed twice"):
        folders.load(tmp_path / "c.toml")
