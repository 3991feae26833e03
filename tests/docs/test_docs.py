"""The documents say what the code does: nothing is undocumented, no link is dead."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
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


def test_every_module_of_the_house_has_one_idea() -> None:
    """A module says in a docstring which idea lives in it, and stays under 400 lines."""
    for folder in ("alisa", "backend", "llm_server", "overlay", "scripts", "benchmarks"):
        for module in (ROOT / folder).rglob("*.py"):
            text = module.read_text()
            assert len(text.splitlines()) < 400, module
            assert not text.strip() or ast.get_docstring(ast.parse(text)), module
