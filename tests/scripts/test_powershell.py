"""The PowerShell scripts can be read by PowerShell's grammar, and say the same as their shell twins."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tree_sitter_powershell
from tree_sitter import Language, Node, Parser

SCRIPTS = Path(__file__).parents[2] / "scripts"
POWERSHELL = sorted(SCRIPTS.glob("*.ps1"))
PARSER = Parser(Language(tree_sitter_powershell.language()))


def mistakes(source: str) -> list[str]:
    """What the grammar does not accept, with line numbers."""
    found: list[str] = []
    waiting: list[Node] = [PARSER.parse(source.encode()).root_node]
    while waiting:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            found.append(f"line {node.start_point[0] + 1}: {node.type} {(node.text or b'')[:40]!r}")
        waiting.extend(node.children)
    return found


@pytest.mark.parametrize("script", POWERSHELL, ids=lambda path: path.name)
def test_every_powershell_script_parses(script: Path) -> None:
    """A stray brace would only show on a user's Windows machine; it shows here."""
    assert mistakes(script.read_text()) == []


def test_a_broken_script_is_noticed() -> None:
    """The check above can fail: it finds a missing brace."""
    assert mistakes(POWERSHELL[0].read_text().replace("}\nelse {", "\nelse {", 1))


def test_each_script_has_its_twin() -> None:
    """What can be started on one system can be started on the others, and runs the same part."""
    assert {path.stem for path in POWERSHELL} == {path.stem for path in SCRIPTS.glob("*.sh")}
    for script in POWERSHELL:
        started = re.findall(r"--run (\w+)", script.read_text())
        assert set(started) == set(re.findall(r"--run (\w+)", script.with_suffix(".sh").read_text()))
