"""The help that may be offered for an error, in words of ours. Pure.

Nothing of the screen stands in it but the name of a file and the number of a line, and the name only where it looks
like one: what an error says is not ours to repeat, and no instruction to anybody.
"""

from __future__ import annotations

import re

from vision.understanding.error import Found

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_+.-]{0,59}")
_WHAT = {
    "python": "the Python error",
    "javascript": "the JavaScript error",
    "typescript": "the TypeScript error",
    "java": "the Java error",
    "kotlin": "the Kotlin error",
    "scala": "the Scala error",
    "c": "the C error",
    "c++": "the C++ error",
    "rust": "the Rust error",
    "go": "the Go error",
    "csharp": "the C# error",
    "php": "the PHP error",
    "ruby": "the Ruby error",
    "swift": "the Swift error",
    "linker": "the linker's error",
    "sql": "the database's error",
    "shell": "the error in the terminal",
    "make": "the failed build",
    "cmake": "the CMake error",
    "meson": "the failed build",
    "bazel": "the failed build",
    "msbuild": "the failed build",
    "npm": "the npm error",
    "cargo": "the Cargo error",
    "maven": "the Maven error",
    "gradle": "the Gradle error",
    "pip": "the failed installation",
    "docker": "the Docker error",
    "git": "the git error",
    "browser": "the page that does not load",
    "dialog": "the error message",
    "latex": "the LaTeX error",
}


def offer_for(error: Found) -> str:
    """A few words, such as `help with the Python error in main.py, line 12`."""
    what = _WHAT.get(error.kind, "the error")
    name = re.split(r"[\\/]", error.file)[-1]
    if not _NAME.fullmatch(name):
        return f"help with {what}"
    line = f", line {error.line}" if error.line else ""
    return f"help with {what} in {name}{line}"
