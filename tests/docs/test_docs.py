"""The documents say what the code does: nothing is undocumented, no link is dead."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.docs.tiles import MOST_BYTES

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/**/*.md")])


def test_the_configuration_page_is_what_the_settings_say() -> None:
    """Whoever adds a setting has it documented: the page is written from the code."""
    done = subprocess.run([sys.executable, ROOT / "scripts" / "docs.py", "--check"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file of the repository finds it."""
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text())
    dead = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert dead == []


def test_every_picture_is_shown_and_small() -> None:
    """No picture lies about unseen, and none makes a page slow to open."""
    text = "\n".join(page.read_text() for page in PAGES)
    for picture in ROOT.glob("docs/*.png"):
        assert picture.name in text, picture.name
        assert picture.stat().st_size <= MOST_BYTES, picture.name


@pytest.mark.parametrize("picture", [*ROOT.glob("docs/*.svg")], ids=lambda picture: picture.name)
def test_a_picture_fetches_nothing(picture: Path) -> None:
    """Looking at the documents asks no other machine for anything."""
    assert re.findall(r"(?:url\(|href=|@import)[\"' (]*https?://[^\"')]*", picture.read_text()) == []


def test_every_room_stands_on_the_page_about_the_house() -> None:
    """Whoever adds a room writes down what lives there, and the layers are those of the import contract."""
    page = (ROOT / "docs" / "architecture.md").read_text()
    houses = ("overlay", "voice", "vision", "llm_server", "data", "benchmarks", "tests")
    rooms = [*houses, *(f"{house}/{room}" for house in ("alisa", "backend") for room in _rooms(ROOT / house))]
    assert [room for room in rooms if f"| `{room}` |" not in page] == []
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    named = re.findall(r"[a-z_.]+", " ".join(layer for contract in layers[:2] for layer in contract["layers"]))
    contract = page.split("Who may import whom", 1)[1].split("## ", 1)[0]
    assert [name for name in named if f"`{name}`" not in contract] == []
    assert "to come" not in (ROOT / "docs" / "architecture.svg").read_text()


def _rooms(house: Path) -> list[str]:
    return [folder.name for folder in house.iterdir() if (folder / "__init__.py").exists()]


def test_every_module_of_the_house_has_one_idea() -> None:
    """A module says in a docstring which idea lives in it, and stays under 400 lines."""
    for folder in ("alisa", "backend", "llm_server", "overlay", "vision", "voice", "scripts", "benchmarks"):
        for module in (ROOT / folder).rglob("*.py"):
            text = module.read_text()
            assert len(text.splitlines()) < 400, module
            assert not text.strip() or ast.get_docstring(ast.parse(text)), module
