"""Why a llama.cpp server did not start or ended, in plain words: from its exit code and its last lines. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from alisa.runtime.errors import EngineError, MissingError


class Cause(StrEnum):
    """What was wrong."""

    DAMAGED = "damaged"
    UNSUPPORTED = "unsupported"
    MEMORY = "memory"
    KILLED = "killed"
    """while it was loading: most likely by a system that ran out of memory, but perhaps by a person"""
    PORT = "port"
    LIBRARY = "library"
    OPTION = "option"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The cause, and what to tell a person."""

    cause: Cause
    message: str
    hint: str
    option: str = ""
    """the command line option that the server does not know"""

    def error(self) -> EngineError | MissingError:
        """Return it as the error that ends the process."""
        kind = MissingError if self.cause is Cause.LIBRARY else EngineError
        return kind(f"model_{self.cause}", self.message, self.hint)


# llama.cpp's own words, in the order in which they are looked for: a line about memory also says "failed to load"
_SIGNS: tuple[tuple[Cause, str], ...] = (
    (Cause.LIBRARY, r"error while loading shared libraries: (?P<what>[\w.+\-]+)"),
    (Cause.LIBRARY, r"ImportError: (?P<what>[\w.+\-]+\.so[\w.]*): cannot open"),
    (Cause.LIBRARY, r"ImportError: (?P<what>DLL load failed)"),
    (Cause.LIBRARY, r"ImportError: No module named '(?P<what>[\w.]+)'"),
    (Cause.LIBRARY, r"Library not loaded: (?P<what>\S+)"),
    (Cause.OPTION, r"error: (?:invalid|unknown) argument:? (?P<what>--?[\w\-]+)"),
    (Cause.PORT, r"couldn't bind (?:to )?(?:HTTP )?server socket"),
    (Cause.MEMORY, r"std::bad_alloc|MemoryError|out of memory|[Cc]annot allocate memory"),
    (Cause.MEMORY, r"cudaMalloc failed|failed to allocate|unable to allocate|ErrorOutOfDeviceMemory"),
    (Cause.UNSUPPORTED, r"unknown model architecture: '(?P<what>[^']*)'|unknown pre-tokenizer type"),
    (Cause.DAMAGED, r"not within the file bounds|corrupted or incomplete|invalid magic|failed to read header"),
    (Cause.DAMAGED, r"GGUF file is version \d+ but|read error|tensor '[^']*' (?:has|not found)|missing tensor"),
    (Cause.DAMAGED, r"failed to open GGUF file|error loading model"),
)

_KILLED = {-9, 137}
_ILLEGAL_INSTRUCTION = {-4, 132, 3221225501}
_DLL_NOT_FOUND = {3221225781, -1073741515}


def diagnose(code: int | None, lines: Sequence[str], model: str, *, loading: bool = True) -> Diagnosis:
    """Return why the server ended with `code` after saying `lines`; `model` is what a person calls the model."""
    text = "\n".join(lines)
    for cause, pattern in _SIGNS:
        match = re.search(pattern, text)
        if match:
            return _explain(cause, model, (match.groupdict().get("what") or "").strip())
    if code in _DLL_NOT_FOUND:
        return _explain(Cause.LIBRARY, model, "DLL load failed")
    if code in _ILLEGAL_INSTRUCTION:
        return Diagnosis(
            Cause.UNSUPPORTED,
            "This processor is too old for the llama.cpp server that was started.",
            "Install one built for it and name it in llm.server_path, or set llm.url to a server elsewhere.",
        )
    if code in _KILLED and loading:
        return _explain(Cause.KILLED, model, "")
    last = next((line for line in reversed(lines) if line.strip()), "")
    said = f" Its last words: {_shortened(last)}" if last else ""
    return Diagnosis(
        Cause.UNKNOWN,
        f"The model server ended unexpectedly (code {code}).{said}",
        "See logs/llm_server.jsonl, and run `alisa doctor`.",
    )


def port_taken() -> Diagnosis:
    """Return the diagnosis for a port that another program listens on."""
    message = "The port of the model server is taken."
    return Diagnosis(Cause.PORT, message, "Set llm.port to 0 for a free one: alisa config set llm.port 0")


def _explain(cause: Cause, model: str, what: str) -> Diagnosis:
    match cause:
        case Cause.LIBRARY:
            return _library(what)
        case Cause.OPTION:
            message = f"The installed llama.cpp server does not know the option {what}."
            return Diagnosis(cause, message, "Update it, or let Alisa use her own: clear llm.server_path.", what)
        case Cause.PORT:
            return port_taken()
        case Cause.MEMORY | Cause.KILLED:
            message = f"There is not enough memory for the model {model}."
            if cause is Cause.KILLED:
                message = f"The model {model} was killed while it was loading: most likely memory ran out."
            hint = "Choose a smaller one (alisa models recommend), or set llm.context_tokens or llm.parallel lower."
            return Diagnosis(cause, message, hint)
        case Cause.UNSUPPORTED:
            kind = f" ({what})" if what else ""
            message = f"This llama.cpp server cannot run the model {model}{kind}."
            return Diagnosis(cause, message, "Choose another one: alisa models list")
        case _:
            message = f"The model {model} cannot be loaded: its file is damaged or incomplete."
            hint = f"Get it again (alisa models pull {model}), or choose another one: alisa models list"
            return Diagnosis(Cause.DAMAGED, message, hint)


def _library(what: str) -> Diagnosis:
    message = f"The model server cannot start: {what or 'a library'} is missing."
    if "libgomp" in what:
        hint = "Install it: sudo apt install libgomp1 (Fedora: sudo dnf install libgomp)."
    elif "DLL" in what:
        message = "The model server cannot start: the Visual C++ runtime is missing."
        hint = "Install it: winget install Microsoft.VCRedist.2015+.x64"
    elif "xllamacpp" in what:
        hint = "Start Alisa with scripts/start.py, which installs it, or install llama.cpp itself."
    else:
        hint = "Install it, or install llama.cpp again."
    return Diagnosis(Cause.LIBRARY, message, hint)


def _shortened(line: str) -> str:
    """Return a line for a person: no paths, not too long."""
    words = re.sub(r"(?:[A-Za-z]:)?[\\/][^\s'\"]*[\\/]", "", line.strip())
    return words if len(words) <= 160 else words[:159] + "…"
