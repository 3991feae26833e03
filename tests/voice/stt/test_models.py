"""Which size of Whisper a machine gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from alisa.runtime.errors import AlisaError
from voice.stt.models import SIZES, best_of, fits, installed, missing_files, recommended, resolve, threads_for

GIB = 1024**3


@pytest.mark.parametrize(
    ("memory", "cores", "name"),
    [
        (1 * GIB, 1, "whisper-tiny"),
        (4 * GIB, 2, "whisper-base"),
        (8 * GIB, 4, "whisper-base"),
        (16 * GIB, 8, "whisper-small"),
        (2 * GIB, 16, "whisper-tiny"),
    ],
)
def test_memory_and_cores_decide(memory: int, cores: int, name: str) -> None:
    """A laptop gets what answers within a second; little memory gets a small one."""
    assert recommended(memory, cores).name == name


def test_more_machine_never_means_a_smaller_model() -> None:
    """With each core and each GiB the recommendation stays or grows."""
    order = [size.name for size in SIZES]
    for cores in range(1, 17):
        ranks = [order.index(recommended(memory * GIB, cores).name) for memory in range(1, 65)]
        assert ranks == sorted(ranks)
    for memory in (2, 8, 64):
        ranks = [order.index(recommended(memory * GIB, cores).name) for cores in range(1, 33)]
        assert ranks == sorted(ranks)


def test_of_what_is_here_the_best_that_fits_else_the_quickest() -> None:
    """A model of one's own is taken where there is no other."""
    assert best_of(["whisper-tiny", "whisper-base", "whisper-medium"], 8 * GIB, 2) == "whisper-base"
    assert best_of(["whisper-medium", "whisper-small"], 8 * GIB, 1) == "whisper-small"
    assert best_of(["whisper-mine"], 8 * GIB, 1) == "whisper-mine"
    assert best_of([], 8 * GIB, 1) == ""
    assert threads_for(1) == 1
    assert not fits(SIZES[-1], 64 * GIB, 4)


def test_a_folder_counts_when_it_is_whole(tmp_path: Path) -> None:
    """Either kind of vocabulary will do; an empty file is none."""
    folder = tmp_path / "whisper-base"
    folder.mkdir()
    assert missing_files(folder) == ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt")
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.json"):
        (folder / name).write_bytes(b"x")
    assert installed(tmp_path) == ("whisper-base",)
    assert resolve("", tmp_path, 8 * GIB, 2) == folder
    assert resolve("base", tmp_path, 8 * GIB, 2) == folder
    assert resolve(str(folder), tmp_path / "elsewhere", 8 * GIB, 2) == folder
    (folder / "model.bin").write_bytes(b"")
    assert installed(tmp_path) == ()
    with pytest.raises(AlisaError, match=r"model\.bin is missing"):
        resolve("whisper-base", tmp_path, 8 * GIB, 2)
    assert installed(tmp_path / "nowhere") == ()
