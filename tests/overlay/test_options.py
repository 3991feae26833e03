"""The command line of `python -m overlay`."""

from __future__ import annotations

from pathlib import Path

import pytest

from overlay.expressions import Expression
from overlay.options import EXAMPLES, Options, parse


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("", Options()),
        ("--demo", Options(demo=True)),
        ("--list", Options(list=True)),
        ("--avatar mine --size 1.5", Options(avatar="mine", size=1.5)),
        (
            "--screenshot her.png --emotion SAD --background white",
            Options(screenshot=Path("her.png"), emotion=Expression.SAD, background="white"),
        ),
    ],
)
def test_what_it_says(line: str, options: Options) -> None:
    """Each option, and none."""
    assert parse(line.split()) == options


@pytest.mark.parametrize("line", ["--sing", "--emotion furious", "--size 9", "--size x", "--demo --list", "more"])
def test_wrong_use(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, and a sentence that says what would be right."""
    with pytest.raises(SystemExit) as ended:
        parse(line.split())
    assert ended.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_the_examples_are_right(capsys: pytest.CaptureFixture[str]) -> None:
    """Every example that `--help` shows can be typed."""
    with pytest.raises(SystemExit) as ended:
        parse(["--help"])
    assert ended.value.code == 0
    assert EXAMPLES in capsys.readouterr().out
    lines = [line.strip().split("   ")[0] for line in EXAMPLES.splitlines() if line.startswith("  python -m overlay")]
    assert len(lines) == 6
    for line in lines:
        parse(line.replace('"', "").split()[3:])
