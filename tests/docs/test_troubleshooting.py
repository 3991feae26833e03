"""The page about troubles knows every error that a person can meet."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "troubleshooting.md"
_CODE = re.compile(r"[a-z]+(_[a-z0-9]+)*")


def codes() -> Iterator[tuple[str, Path]]:
    """Every code that an error is raised or sent with, as it stands in the code."""
    for package in ("alisa", "backend", "llm_server", "overlay", "vision", "voice"):
        for module in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                first = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
                if name.endswith("Error") and len(node.args) > 1 and isinstance(first, str) and _CODE.fullmatch(first):
                    yield first, module


def test_every_error_code_stands_there() -> None:
    """Whoever adds an error writes down what to do about it."""
    documented = set(re.findall(r"`([a-z0-9_]+)`", PAGE.read_text(encoding="utf-8").split("## Error codes", 1)[1]))
    missing = sorted({f"{code} ({module.relative_to(ROOT)})" for code, module in codes() if code not in documented})
    assert missing == []


def test_no_error_code_is_documented_that_is_gone() -> None:
    """A row whose error no longer exists goes, too."""
    rows = re.findall(r"^\| (`[^|]+`) \|", PAGE.read_text(encoding="utf-8").split("## Error codes", 1)[1], re.MULTILINE)
    documented = {code for row in rows for code in re.findall(r"`([a-z0-9_]+)`", row)}
    assert sorted(documented - {code for code, _ in codes()}) == []
