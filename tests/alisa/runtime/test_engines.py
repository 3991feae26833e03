"""One of N, chosen by name; what is missing is one sentence that says how to get it."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from alisa.runtime.engines import Engine, Registry
from alisa.runtime.errors import EngineError, MissingError, UsageError


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from which engines are imported."""
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith("engine_")]:
        del sys.modules[name]


def registry(*rows: Engine, group: str = "") -> Registry:
    return Registry("voice", rows, group)


def test_an_engine_is_imported_only_when_chosen(modules: Path) -> None:
    """A broken neighbour does not matter; arguments reach the factory."""
    (modules / "engine_good.py").write_text("def make(*a, **k): return a, k")
    (modules / "engine_bad.py").write_text("raise ImportError('no')")
    table = registry(Engine("good", "engine_good:make"), Engine("bad", "engine_bad:make"))
    assert table.names() == ("good", "bad")
    assert "engine_good" not in sys.modules
    assert table.create("good", 1, two=2) == ((1,), {"two": 2})


def test_an_unknown_name_lists_the_known(modules: Path) -> None:
    """The names are listed and the one that was meant is guessed."""
    with pytest.raises(UsageError) as caught:
        registry(Engine("kokoro", "x:y"), Engine("piper", "x:y")).create("pipper")
    assert str(caught.value) == (
        "There is no voice engine called 'pipper'. Did you mean piper? Choose one of: kokoro, piper."
    )


def test_what_is_for_tests_is_not_offered(modules: Path) -> None:
    """It can be chosen, and nobody is told of it."""
    (modules / "engine_doll.py").write_text("def make(): return 'doll'")
    table = registry(Engine("piper", "x:y"), Engine("doll", "engine_doll:make", offered=False))
    with pytest.raises(UsageError) as caught:
        table.create("dolls")
    assert caught.value.hint == "Choose one of: piper."
    assert table.create("doll") == "doll"


def test_a_missing_extra_names_the_command(modules: Path) -> None:
    """A library that is not installed is named with the command that installs it."""
    (modules / "engine_extra.py").write_text("import engine_library_that_is_not_there.part")
    with pytest.raises(MissingError) as caught:
        registry(Engine("fine", "engine_extra:make", extra="voice")).create("fine")
    assert "needs engine_library_that_is_not_there," in caught.value.message
    assert '".[voice]"' in caught.value.hint


@pytest.mark.parametrize(
    ("factory", "source"),
    [
        ("engine_none:make", None),
        ("engine_attribute:make", "x = 1"),
        ("engine_raises:make", "raise OSError('PortAudio library not found')"),
    ],
)
def test_an_engine_that_cannot_be_loaded(modules: Path, factory: str, source: str | None) -> None:
    """Any other failure of the import is an error of that engine, with its reason on one line."""
    if source is not None:
        (modules / f"{factory.partition(':')[0]}.py").write_text(source)
    with pytest.raises(EngineError, match="'fine' cannot be loaded"):
        registry(Engine("fine", factory, extra="voice")).create("fine")


def test_what_the_factory_raises_passes_through(modules: Path) -> None:
    """An engine's own words are not replaced."""
    (modules / "engine_picky.py").write_text("def make(): raise ValueError('own words')")
    with pytest.raises(ValueError, match="own words"):
        registry(Engine("picky", "engine_picky:make")).create("picky")


def test_other_packages_add_rows(modules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entry points are rows too; they are looked for once, and cannot replace a built-in one."""
    (modules / "engine_third.py").write_text("def make(): return 'third'")
    searches = []

    def entry_points(group: str) -> list[Any]:
        searches.append(group)
        return [EntryPoint("third", "engine_third:make", group), EntryPoint("own", "engine_third:make", group)]

    monkeypatch.setattr("importlib.metadata.entry_points", entry_points)
    (modules / "engine_own.py").write_text("def make(): return 'own'")
    table = registry(Engine("own", "engine_own:make", capabilities=frozenset({"streams"})), group="alisa.voices")
    assert table.create("own") == "own"
    assert searches == []
    assert table.create("third") == "third"
    assert table.names() == ("own", "third")
    assert table.row("own").capabilities == {"streams"}
    assert [row.summary for row in table.rows()] == ["", "from another package"]
    assert searches == ["alisa.voices"]
