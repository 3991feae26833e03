"""An engine's own environment: made from pinned packages by the real `venv` and `pip`, without a network."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import zipfile
from pathlib import Path

import pytest

from alisa.runtime import environments
from alisa.runtime.errors import EngineError, MissingError
from alisa.runtime.paths import Home


def wheel(folder: Path) -> Path:
    """A package that only says that it is there."""
    path = folder / "tinyvoice-1.0-py3-none-any.whl"
    files = {
        "tinyvoice.py": b"HERE = 'here'\n",
        "tinyvoice-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: tinyvoice\nVersion: 1.0\n",
        "tinyvoice-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip('=')},{len(data)}\n"
        for name, data in files.items()
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.writestr("tinyvoice-1.0.dist-info/RECORD", record + "tinyvoice-1.0.dist-info/RECORD,,\n")
    return path


@pytest.fixture
def pinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Requirements of a voice, beside the only package that can be had."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    digest = hashlib.sha256(wheel(tmp_path).read_bytes()).hexdigest()
    pins = tmp_path / "requirements" / "tiny.txt"
    pins.parent.mkdir()
    pins.write_text(f"tinyvoice==1.0 --hash=sha256:{digest}\n")
    monkeypatch.setattr(environments, "project_folder", lambda: tmp_path)
    return pins


def test_an_environment_is_made_once_and_anew_when_its_pins_change(home: Home, pinned: Path) -> None:
    """It has what is pinned; a damaged one, or other pins, and it is not ready any more."""
    assert not environments.is_ready("tiny", home)
    environments.make("tiny", home)
    assert environments.is_ready("tiny", home)
    python = environments.python_in(environments.folder_of("tiny", home))
    asked = [str(python), "-c", "import tinyvoice; print(tinyvoice.HERE)"]
    assert subprocess.run(asked, capture_output=True, text=True, timeout=60, check=True).stdout == "here\n"
    pinned.write_text(pinned.read_text() + "# another day\n")
    assert not environments.is_ready("tiny", home)
    size = environments.occupied("tiny", home)
    assert environments.remove("tiny", home) == size > 1_000_000
    assert environments.remove("tiny", home) == 0
    assert not python.exists()


def test_another_package_than_the_pinned_one_is_refused(home: Home, pinned: Path) -> None:
    """Whatever lies there under its name: the hash decides, and nothing is ready."""
    pinned.write_text(f"tinyvoice==1.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(EngineError, match="could not be made") as caught:
        environments.make("tiny", home)
    assert caught.value.code == "environment_failed"
    assert not environments.is_ready("tiny", home)


def test_pins_that_did_not_come_along_are_named(home: Home, pinned: Path) -> None:
    """With what to do instead."""
    with pytest.raises(MissingError, match=r"other\.txt"):
        environments.make("other", home)
    assert not environments.is_ready("tiny", home)
