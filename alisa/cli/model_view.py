"""What `alisa models` shows: every model beside what this machine has, as a table or as JSON."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import Any

from alisa.cli.output import say
from alisa.runtime.errors import MissingError
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings
from alisa.runtime.settings import load
from llm_server import binaries, catalogue, fitting, machine
from llm_server.catalogue import Model
from llm_server.fitting import Fit
from llm_server.library import Library, ModelFile
from llm_server.machine import Machine

FITS = {"gpu": "on the graphics card", "cpu": "yes", "slow": "slow", "no": "no"}
_WIDE = 110
"""So many columns leave room for a sentence about each model."""
_STYLES = {"gpu": "green", "cpu": "green", "slow": "yellow", "no": "red"}


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the commands look at."""

    home: Home
    settings: LlmSettings
    library: Library
    machine: Machine
    """as the model server that would run can use it"""
    unused_card: str
    """the name of a graphics card that the bundled server cannot use"""

    @property
    def in_use(self) -> str:
        """The name of the model that was chosen; "" where a server elsewhere has its own."""
        if self.settings.url:
            return ""
        wanted = self.settings.model.strip().lower()
        here = next((file.name for file in self.library.installed() if str(file.path).lower() == wanted), "")
        return here or wanted.removesuffix(".gguf")

    def fit_of(self, model: Model) -> Fit:
        """How this machine would run the model."""
        return fitting.fit_of(model, self.machine, self.settings.context_tokens, self.settings.parallel)

    def memory(self, size: int, kv_bytes: int) -> int:
        """The bytes that a model takes when it runs, with the context that the settings ask for."""
        return fitting.memory_needed(size, kv_bytes, self.settings.context_tokens, self.settings.parallel)

    @property
    def recommended(self) -> Model | None:
        """The model to suggest for this machine."""
        settings = self.settings
        return fitting.recommend(self.library.models, self.machine, settings.context_tokens, settings.parallel)


def look() -> View:
    """Look at the settings, the files and the machine. Takes as long as `nvidia-smi` does where there is one."""
    home = Home.find()
    settings = load(LlmSettings, home=home)[LlmSettings]
    seen = machine.look()
    try:
        bundled = binaries.engines(settings.server_path, binaries.RealFiles())[0].bundled
    except MissingError:
        bundled = False
    idle = seen.gpus[0].name if bundled and seen.gpus else ""
    usable = replace(seen, gpus=()) if idle else seen
    return View(home, settings, Library.of(home, catalogue.load()), usable, idle)


def rows_of(view: View) -> list[dict[str, Any]]:
    """One row for each model: the catalogue's, then the user's own."""
    here = {file.name: file for file in view.library.installed()}
    best = view.recommended
    rows = [_row(view, model, here.pop(model.name, None), recommended=model == best) for model in view.library.models]
    return rows + [_own_row(view, file) for file in here.values()]


def _row(view: View, model: Model, file: ModelFile | None, *, recommended: bool) -> dict[str, Any]:
    size = model.size or (file.size if file else 0)
    return {
        "name": model.name,
        "title": model.title,
        "size": size,
        "memory": view.memory(size, model.kv_bytes),
        "fit": view.fit_of(model),
        "installed": file is not None,
        "in_use": view.in_use == model.name,
        "recommended": recommended,
        "license": model.license,
        "terms": model.terms,
        "about": model.about,
        "page": model.page,
    }


def _own_row(view: View, file: ModelFile) -> dict[str, Any]:
    needed = view.memory(file.size, 0)
    return {
        "name": file.name,
        "title": file.name,
        "size": file.size,
        "memory": needed,
        "fit": fitting.fit(needed, file.size, view.machine),
        "installed": True,
        "in_use": view.in_use == file.name.lower(),
        "recommended": False,
        "license": "unknown",
        "terms": "unknown",
        "about": "Your own.",
        "page": "",
    }


def print_table(rows: list[dict[str, Any]], title: str = "model") -> None:
    """Print the models as a table; with a sentence about each where the terminal is wide."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("", title, "size", "memory", "fits", ""):
        table.add_column(head, justify="right" if head in ("size", "memory") else "left", no_wrap=True)
    if console.width >= _WIDE:
        table.add_column("")
    for row in rows:
        cells = [
            "●" if row["in_use"] else "○" if row["installed"] else "",
            row["name"],
            gb(row["size"]) if row["size"] else "",
            gb(row["memory"]),
            Text(FITS[row["fit"]], style=_STYLES[row["fit"]]),
            Text("recommended" if row["recommended"] else "", style="bold"),
        ]
        table.add_row(*cells, *([row["about"]] if console.width >= _WIDE else []))
    console.print(table)


def print_notes(view: View, *, recommend: bool = True) -> None:
    """Print what the marks mean, and what keeps a model from being used well."""
    if recommend:
        say()
        say("● in use   ○ on this machine   fits: the memory, and quick enough to talk with", style="faint")
    if view.unused_card:
        how = "winget install llama.cpp" if sys.platform == "win32" else "see docs/models.md"
        say(f"The {view.unused_card} is not used: the bundled llama.cpp has no support for it. Install one: {how}")
    if view.settings.url:
        say("llm.url names a model server elsewhere, so none of these is in use.", style="warn")


def machine_json(view: View) -> dict[str, Any]:
    """The machine, for a program."""
    machine = view.machine
    return {
        "memory": machine.memory,
        "physical_cores": machine.physical_cores,
        "gpus": [{"name": gpu.name, "memory": gpu.memory} for gpu in machine.gpus],
        "unified": machine.unified,
        "unused_card": view.unused_card,
    }


def machine_words(view: View) -> str:
    """The machine, for a person."""
    machine = view.machine
    cores = "1 core" if machine.physical_cores == 1 else f"{machine.physical_cores} cores"
    words = [f"{machine.memory / 1024**3:.0f} GB of memory", cores]
    words += [f"{gpu.name} with {gpu.memory / 1024**3:.0f} GB" for gpu in machine.gpus]
    return ", ".join([*words, "shared with the graphics"] if machine.unified else words)


def gb(count: int) -> str:
    """A number of bytes, for a person."""
    return f"{count / 1e9:.1f} GB" if count >= 1e8 else f"{count / 1e6:.1f} MB"
