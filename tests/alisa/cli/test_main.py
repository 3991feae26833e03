"""The command as a whole: exit codes, one line for each failure, never a trace."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from alisa import __version__
from alisa.cli import main
from alisa.cli.main import make_app
from alisa.runtime.errors import AlisaError, MissingError
from alisa.runtime.paths import Home
from tests.alisa.cli.conftest import Alisa
from tests.faults import needs_posix

ROOT = Path(__file__).parents[3]
NAMES = [name for commands in main._COMMANDS.values() for name in commands]


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let `alisa stop` fail in this way."""

    def fail(_: object) -> None:
        raise error

    monkeypatch.setattr("alisa.cli.stop._stop_supervisor", fail)


def test_help_lists_every_command(alisa: Alisa) -> None:
    """A person who types `alisa` or `alisa --help` sees what there is."""
    for arguments in ((), ("--help",), ("-h",)):
        done = alisa(*arguments)
        assert done.code == 0
        assert all(f" {name} " in done.out for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_explains_itself_with_an_example(alisa: Alisa, name: str) -> None:
    """`alisa NAME --help` works for each, and shows how it is used."""
    done = alisa(name, "--help")
    assert done.code == 0
    assert f"alisa {name}" in done.out
    assert "xample" in done.out


def test_no_example_is_broken_in_two() -> None:
    """On a terminal of 80 columns each example is one line."""
    for commands in main._COMMANDS.values():
        for path, _ in commands.values():
            module, _, name = path.partition(":")
            told = getattr(getattr(importlib.import_module(module), name), "help_epilogue", "") or ""
            assert [line for line in told.splitlines() if len(line) > 80] == [], path


def test_help_begins_with_what_a_newcomer_needs(alisa: Alisa) -> None:
    """The commands stand in an order of use, not of the alphabet: first of all how to wake her."""
    listed = [line.split()[1] for line in alisa("--help").out.splitlines() if re.match("│ [a-z]", line)]
    assert listed[:2] == ["up", "chat"]


def test_the_version(alisa: Alisa) -> None:
    """`--version` prints it alone."""
    assert alisa("--version").out == f"{__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("dance",),
        ("up", "--fly"),
        ("up", "--timeout", "soon"),
        ("up", "--only", "nose"),
        ("up", "--keep"),
        ("up", "--detach", "--chat"),
        ("restart",),
        ("completion", "tcsh"),
        ("logs", "-n", "-1"),
        ("config", "set", "hub.port"),
        ("config", "fly"),
        ("models", "lst"),
    ],
)
def test_wrong_use_is_2_and_one_line(alisa: Alisa, arguments: tuple[str, ...]) -> None:
    """What cannot be understood says so in one line on standard error."""
    done = alisa(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert done.err.count("\n") == 1
    assert "Tokens" not in done.err


def test_a_command_that_was_nearly_right(alisa: Alisa) -> None:
    """A typing error is answered with what was probably meant."""
    assert "Did you mean `alisa status`?" in alisa("sttus").err


def test_a_failure_is_one_line_with_what_to_do(alisa: Alisa, monkeypatch: pytest.MonkeyPatch) -> None:
    """What happened, then what to do next, and the exit code of its kind."""
    failing(monkeypatch, AlisaError("x", "It broke.", "Mend it."))
    assert (alisa("stop").code, alisa("stop").err) == (1, "It broke. Mend it.\n")
    failing(monkeypatch, MissingError("x", "A thing\nis missing.", "Get it."))
    assert (alisa("stop").code, alisa("stop").err) == (3, "A thing is missing. Get it.\n")


def test_ctrl_c_is_130(alisa: Alisa, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's wish to stop is no failure."""
    failing(monkeypatch, KeyboardInterrupt())
    assert alisa("stop").code == 130


def test_what_nobody_expected_is_told_without_a_trace(
    alisa: Alisa, monkeypatch: pytest.MonkeyPatch, home: Home
) -> None:
    """One line says where the trace is; the trace is there, and only the owner may read it."""
    failing(monkeypatch, ZeroDivisionError("by zero"))
    done = alisa("stop")
    assert done.code == 1
    assert "Traceback" not in done.err + done.out
    assert done.err.count("\n") == 1
    path = home.logs / "alisa-crash.txt"
    assert str(path) in done.err
    assert "ZeroDivisionError: by zero" in path.read_text()


def test_a_program_gets_its_errors_as_json(alisa: Alisa, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --json, failures of every kind are `{"error": …}` on standard output."""
    done = alisa("status", "--json", "--fly")
    assert done.code == 2
    assert json.loads(done.out)["error"]["code"] == "wrong_use"
    monkeypatch.setattr("alisa.cli.status.look", lambda _: 1 / 0)
    assert json.loads(alisa("status", "--json").out)["error"]["code"] == "unexpected"


def test_a_reader_that_goes_away_is_no_failure(alisa: Alisa, monkeypatch: pytest.MonkeyPatch) -> None:
    """`alisa logs | head` ends quietly."""
    monkeypatch.setattr(main, "_forget_stdout", lambda: None)
    failing(monkeypatch, BrokenPipeError())
    assert alisa("stop").code == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion(alisa: Alisa, shell: str) -> None:
    """Each shell gets a script that knows the commands."""
    done = alisa("completion", shell)
    assert done.code == 0
    assert "status" in done.out
    assert "alisa" in done.out


@needs_posix
def test_the_bash_completion_is_bash(alisa: Alisa, tmp_path: Path) -> None:
    """The shell can read it."""
    script = tmp_path / "alisa"
    script.write_text(alisa("completion", "bash").out)
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0


def test_help_imports_no_command() -> None:
    """The list of commands is shown without importing what they need."""
    code = (
        "import sys; from alisa.cli.main import run; run(['--help']); "
        "heavy = {'pydantic', 'fastapi', 'sqlalchemy', 'httpx', 'structlog', 'backend', 'llm_server', 'asyncio'}; "
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stderr.strip() == "[]"


@pytest.mark.process
def test_help_is_quick() -> None:
    """`alisa --help` costs at most 0.4 s of a processor: what else the machine has to do does not count."""
    costs = []
    for _ in range(3):
        before = os.times()
        subprocess.run([sys.executable, "-m", "alisa", "--help"], stdout=subprocess.DEVNULL, check=True, cwd=ROOT)
        after = os.times()
        costs.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert min(costs) <= 0.4


@pytest.mark.process
@needs_posix
@pytest.mark.parametrize("arguments", [("config", "show"), ("--help",), ("models",)])
def test_a_closed_pipe_prints_nothing_strange(home: Home, arguments: tuple[str, ...]) -> None:
    """A reader that stops reading makes no trace at the end of the process, and is no failure."""
    env = {**os.environ, "ALISA_HOME": str(home.root)}
    read, write = os.pipe()
    os.close(read)
    argv = [sys.executable, "-m", "alisa", *arguments]
    done = subprocess.run(argv, stdout=write, stderr=subprocess.PIPE, text=True, check=False, env=env, cwd=ROOT)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.process
def test_it_works_from_anywhere(home: Home, tmp_path: Path) -> None:
    """A folder called `backend` where the user stands is not taken for ours."""
    (tmp_path / "backend").mkdir()
    (tmp_path / "backend" / "__init__.py").write_text("raise RuntimeError('not ours')")
    env = {**os.environ, "ALISA_HOME": str(home.root), "PYTHONPATH": str(ROOT)}
    argv = [sys.executable, "-P", "-m", "alisa", "config", "show"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, env=env, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_app_can_be_made_again() -> None:
    """Completion looks at it while a command runs."""
    assert make_app() is not make_app()


def test_the_powershell_completion_is_powershell(alisa: Alisa) -> None:
    """PowerShell's grammar can read it."""
    import tree_sitter_powershell
    from tree_sitter import Language, Parser

    script = alisa("completion", "powershell").out
    assert not Parser(Language(tree_sitter_powershell.language())).parse(script.encode()).root_node.has_error
