"""Finding llama.cpp on any system."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from alisa.runtime.errors import MissingError
from llm_server.binaries import BUNDLED, RealFiles, engines, usual_places

WINDOWS = {
    "LOCALAPPDATA": r"C:\Users\A B\AppData\Local",
    "PROGRAMFILES": r"C:\Program Files",
    "USERPROFILE": r"C:\Users\A B",
}


class Files:
    """A file system with just these programs, and these on PATH."""

    def __init__(self, *programs: str, path: dict[str, str] | None = None) -> None:
        self.programs, self.path = programs, path or {}

    def which(self, name: str) -> str | None:
        return self.path.get(name)

    def is_program(self, path: PurePath) -> bool:
        return str(path) in self.programs

    def glob(self, folder: PurePath, pattern: str) -> Sequence[PurePath]:
        kind = PureWindowsPath if isinstance(folder, PureWindowsPath) else PurePosixPath
        name = pattern.rsplit("/", 1)[-1]
        return [kind(item) for item in self.programs if item.startswith(str(folder)) and item.endswith(name)]


def first(files: Files, system: str, env: dict[str, str], server_path: str = "") -> tuple[str, ...]:
    return engines(server_path, files, system, env)[0].argv


@pytest.mark.parametrize(
    ("system", "env", "program"),
    [
        ("darwin", {"HOME": "/Users/a"}, "/opt/homebrew/bin/llama-server"),
        ("darwin", {"HOME": "/Users/a"}, "/usr/local/bin/llama-server"),
        ("linux", {"HOME": "/home/a"}, "/home/a/.local/bin/llama-server"),
        ("linux", {"HOME": "/home/a"}, "/home/linuxbrew/.linuxbrew/bin/llama-server"),
        ("linux", {"HOME": "/home/a"}, "/home/a/llama.cpp/build/bin/llama-server"),
        ("win32", WINDOWS, r"C:\Users\A B\AppData\Local\Microsoft\WinGet\Links\llama-server.exe"),
        ("win32", WINDOWS, r"C:\Program Files\llama.cpp\llama-server.exe"),
        (
            "win32",
            WINDOWS,
            r"C:\Users\A B\AppData\Local\Microsoft\WinGet\Packages\ggml.llamacpp_x\bin\llama-server.exe",
        ),
    ],
)
def test_it_is_found_where_package_managers_put_it(system: str, env: dict[str, str], program: str) -> None:
    """brew, winget, a folder of one's own: what is installed comes first, since it may use the graphics card."""
    assert first(Files(program), system, env) == (program,)


def test_path_comes_before_the_usual_places() -> None:
    """What the user put on PATH is what the user wants."""
    files = Files("/usr/bin/llama-server", path={"llama-server": "/opt/mine/llama-server", "llama": "/opt/x/llama"})
    assert first(files, "linux", {"HOME": "/home/a"}) == ("/opt/mine/llama-server",)


@pytest.mark.parametrize("path", ["/usr/bin/llama", r"C:\bin\llama.exe"])
def test_the_single_llama_command_is_asked_to_serve(path: str) -> None:
    """Newer packages have one command, whose subcommand is the server."""
    assert first(Files(path={"llama": path}), "linux", {}) == (path, "serve")


def test_without_any_the_bundled_one_runs() -> None:
    """The wheel's server is a child of its own, and always the last resort."""
    only = engines("", Files(), "linux", {"HOME": "/home/a"})
    assert [engine.name for engine in only] == [BUNDLED]
    assert only[0].argv == (sys.executable, "-P", "-m", "llm_server.bundled")
    both = engines("", Files("/usr/bin/llama-server"), "linux", {"HOME": "/home/a"})
    assert [engine.bundled for engine in both] == [False, True]


def test_the_configured_one_is_the_only_one() -> None:
    """Whoever names a server gets that one, by path or by its name on PATH, or is told that it is none."""
    files = Files("/opt/llama-server", "/usr/bin/llama-server", path={"my-llama": "/bin/my-llama"})
    assert [e.argv for e in engines("/opt/llama-server", files, "linux", {})] == [("/opt/llama-server",)]
    assert [e.argv for e in engines("my-llama", files, "linux", {})] == [("/bin/my-llama",)]
    with pytest.raises(MissingError) as caught:
        engines("/no/such/server", files, "linux", {})
    assert "llm.server_path" in caught.value.hint


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no executable bit")
def test_the_real_file_system_knows_programs(tmp_path: Path) -> None:
    """Only what may be run is a program."""
    program, text = tmp_path / "llama-server", tmp_path / "notes"
    program.touch(mode=0o755)
    text.touch(mode=0o644)
    files = RealFiles()
    assert files.is_program(program)
    assert not files.is_program(text)
    assert list(files.glob(tmp_path, "llama*")) == [program]
    assert files.which("no-such-program-anywhere") is None


def test_places_depend_on_what_the_environment_names() -> None:
    """On Windows, folders that the environment does not name are left out."""
    assert usual_places("win32", {}) == ()
    assert all(isinstance(place, PureWindowsPath) for place in usual_places("win32", WINDOWS))
