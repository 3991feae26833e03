"""What speaks: the model file, the llama.cpp server that runs it, or the server that the user named."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

from alisa.cli.doctor.finding import Finding, Patient, ok, problem, warning
from alisa.cli.machine import code_folder
from alisa.runtime.errors import AlisaError
from llm_server.binaries import RealFiles, engines
from llm_server.catalogue import load as load_catalogue
from llm_server.library import Library, ModelFile

_IMPORT_SECONDS = 60.0
_ASK_SECONDS = 5.0
_HERE = frozenset({"127.0.0.1", "::1", "localhost"})


def model(patient: Patient) -> Iterator[Finding]:
    llm = patient.llm
    if llm.engine != "openai":
        yield ok(f"The words come from the {llm.engine} engine; no model is needed.")
        return
    if llm.url:
        yield from _server_at(llm.url, llm.api_key)
        return
    try:
        file = chosen_model(patient)
    except AlisaError as error:
        yield problem(error.message, error.hint or "`alisa models list` shows what can be had.")
        return
    yield ok(f"The model is {file.name}, {_size(file.size)}.")
    if file.is_starter:
        yield ok("That is the starter: small and honest. `alisa models recommend` names one that suits this machine.")


def chosen_model(patient: Patient) -> ModelFile:
    """The file that `llm.model` means. Raises AlisaError when it is not here or damaged."""
    return Library.of(patient.home, load_catalogue()).resolve(patient.llm.model)


def _server_at(url: str, api_key: str) -> Iterator[Finding]:
    import httpx

    parts = urlsplit(url)
    where = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
    try:
        answer = httpx.get(f"{url.rstrip('/')}/models", headers=headers, timeout=_ASK_SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        yield problem(
            f"Nobody answers at llm.url ({where}).",
            "Start that server, or let Alisa run the model: `alisa config unset llm.url`.",
        )
        return
    if answer.status_code in (401, 403):
        yield problem(f"The model server at {where} refuses the key.", "Set it: `alisa config set llm.api_key …`.")
    elif answer.status_code == 200:
        yield ok(f"The model server at {where} answers.")
    else:
        yield warning(
            f"The model server at {where} answers {answer.status_code} when asked for its models.",
            "Check llm.url: it usually ends in /v1.",
        )


def model_server(patient: Patient) -> Iterator[Finding]:
    llm = patient.llm
    if llm.engine != "openai" or llm.url:
        yield ok("Not needed: Alisa runs no model herself.")
        return
    try:
        first = engines(llm.server_path, RealFiles())[0]
    except AlisaError as error:
        yield problem(error.message, error.hint)
        return
    if not first.bundled:
        yield ok(f"llama.cpp: {first.name}.")
        return
    why = _why_bundled_fails()
    if why:
        yield problem(f"The bundled llama.cpp cannot be loaded: {why}.", _bundled_fix(why))
    else:
        yield ok("llama.cpp: the bundled one, on the processor. Install `llama-server` to use a graphics card.")


def _why_bundled_fails() -> str:
    """Load it in a process of its own: on a very old processor that may be its end."""
    argv = [sys.executable, "-P", "-c", "import xllamacpp"]
    try:
        done = subprocess.run(
            argv,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_IMPORT_SECONDS,
            check=False,
            cwd=code_folder(),
        )
    except (OSError, subprocess.SubprocessError) as error:
        return type(error).__name__
    if done.returncode == 0:
        return ""
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return lines[-1].strip() if lines else f"it ended with {done.returncode}"


def _bundled_fix(why: str) -> str:
    if "libgomp" in why:
        return "Debian, Ubuntu: sudo apt install libgomp1. Fedora: sudo dnf install libgomp."
    if "DLL" in why:
        return "Install the Microsoft Visual C++ runtime (vc_redist.x64) and start again."
    if "No module" in why:
        return "In Alisa's folder run: python3 scripts/start.py --say hello"
    return "Install llama.cpp (brew install llama.cpp, winget install llama.cpp) and try again."


def network(patient: Patient) -> Iterator[Finding]:
    url = patient.llm.url if patient.llm.engine == "openai" else ""
    host = urlsplit(url).hostname if url else None
    if host and host not in _HERE:
        yield warning(
            f"What you say goes to {host}, as you configured in llm.url.",
            "To keep it on this machine: `alisa config unset llm.url`.",
        )
    else:
        yield ok("No network is needed, and nothing leaves this machine.")


def _size(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"
