"""`alisa models`: see, get, choose and remove language models. Nothing is downloaded unasked."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from alisa.cli.output import complain, say, say_json
from alisa.runtime.errors import AlisaError, MissingError, UsageError
from alisa.runtime.paths import Home

if TYPE_CHECKING:
    from alisa.runtime.sections import LlmSettings
    from llm_server.catalogue import Model
    from llm_server.fitting import Fit
    from llm_server.library import Library, ModelFile
    from llm_server.machine import Machine

app = App(
    name="models",
    help="See, get and choose language models.",
    help_epilogue="""Examples:
  alisa models                          what there is, and what suits this machine
  alisa models recommend                the one to get here
  alisa models pull llama-3.1-8b        download it (asks first; goes on where it stopped)
  alisa models use llama-3.1-8b         talk with it from now on
  alisa models remove llama-3.1-8b

Any *.gguf file in the models folder of your Alisa home can be used by its name, and
`alisa models pull owner/repository/file.gguf` gets any such file from Hugging Face.""",
)

EXIT_CANCELLED = 130
_FITS = {"gpu": "on the graphics card", "cpu": "yes", "slow": "slow", "no": "no"}
_WIDE = 110
"""So many columns leave room for a sentence about each model."""
_STYLES = {"gpu": "green", "cpu": "green", "slow": "yellow", "no": "red"}


@dataclass(frozen=True, slots=True)
class _View:
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
        from llm_server import fitting

        return fitting.fit_of(model, self.machine, self.settings.context_tokens, self.settings.parallel)

    def memory(self, size: int, kv_bytes: int) -> int:
        from llm_server import fitting

        return fitting.memory_needed(size, kv_bytes, self.settings.context_tokens, self.settings.parallel)

    @property
    def recommended(self) -> Model | None:
        from llm_server import fitting

        settings = self.settings
        return fitting.recommend(self.library.models, self.machine, settings.context_tokens, settings.parallel)


@app.default
@app.command(name="list")
def list_(*, json: bool = False) -> int:
    """Show the models that there are: what they need, which suit this machine, which are here.

    Parameters
    ----------
    json
        Print JSON.
    """
    view = _look()
    rows = _rows(view)
    if json:
        best = view.recommended
        say_json({"machine": _machine_json(view), "recommended": best.name if best else None, "models": rows})
        return 0
    _print_table(rows)
    _print_notes(view)
    return 0


@app.command
def recommend(*, json: bool = False) -> int:
    """Say which model suits this machine best.

    Parameters
    ----------
    json
        Print JSON.
    """
    view = _look()
    best = view.recommended
    if best is None:
        raise MissingError("no_models", "There is no model to recommend.", "Install Alisa again.")
    if json:
        say_json({"machine": _machine_json(view), "recommended": best.name, "fit": view.fit_of(best)})
        return 0
    say(f"For this machine ({_machine_words(view)}): {best.title}", style="strong")
    say(f"  {best.about}")
    if best.ships:
        say("  It is here already. A better model needs about 3 GB of memory.")
    elif any(file.model == best for file in view.library.installed()):
        say(f"  It is here already: alisa models use {best.name}")
    else:
        say(f"  {_gb(best.size)} to download: alisa models pull {best.name}")
    _print_notes(view, recommend=False)
    return 0


@app.command
def pull(
    name: str = "",
    /,
    *,
    yes: Annotated[bool, Parameter(alias="-y")] = False,
    use: bool = False,
) -> int:
    """Download a model, after showing what will come from where. Stopped, it goes on there next time.

    Parameters
    ----------
    name
        A name from `alisa models list`, or `owner/repository/file.gguf`; the recommended one without it.
    yes
        Do not ask.
    use
        Talk with it as soon as it is here.
    """
    view = _look()
    model = _to_pull(view, name)
    if _is_here(view, model):
        say(f"{model.title} is here already.", style="good")
        return _use(view, model.name) if use else 0
    from alisa.cli.model_download import fetch, prepare

    with prepare(model, view.library.place(model)) as plan:
        _show_plan(view, model, plan.source.size, plan.host, plan.have)
        if not yes and not (name and not _interactive()) and not _agreed(name):
            say("Nothing was downloaded.")
            return EXIT_CANCELLED
        if not fetch(plan):
            return EXIT_CANCELLED
    chosen = _name_of(view, model)
    say(f"{model.title} is here, and whole.", style="good")
    if use:
        return _use(view, chosen)
    if view.in_use == chosen.lower():
        say("It is the one that you chose: she takes it over by herself.")
    else:
        say(f"Talk with it: alisa models use {chosen}")
    return 0


@app.command
def use(name: str, /) -> int:
    """Choose the model that she speaks with.

    Parameters
    ----------
    name
        A name from `alisa models list`, of a file in the models folder, or the path of a GGUF file.
    """
    return _use(_look(), name)


@app.command
def remove(name: str, /, *, yes: Annotated[bool, Parameter(alias="-y")] = False) -> int:
    """Delete a downloaded model, and what an unfinished download left.

    Parameters
    ----------
    name
        Its name.
    yes
        Do not ask.
    """
    view = _look()
    file = next((each for each in view.library.installed() if each.name.lower() == name.strip().lower()), None)
    left = _unfinished(view, name)
    if file is None and not left:
        _refuse_unknown(view, name)
        raise MissingError("model_not_installed", f"{name} is not on this machine.", "See: alisa models list")
    if file and view.in_use == file.name.lower() and not file.is_starter:
        raise UsageError(
            "in_use", f"She speaks with {file.name}.", "Choose another one first: alisa models use starter"
        )
    size = (file.size if file else 0) + sum(path.stat().st_size for path in left)
    if not yes:
        if not _interactive():
            raise UsageError("ask_first", f"This deletes {name} ({_gb(size)}).", "Say so with --yes.")
        if not _confirmed(f"Delete {name} ({_gb(size)})?", default=False):
            say("Nothing was deleted.")
            return EXIT_CANCELLED
    if file:
        view.library.remove(file)
    for path in left:
        path.unlink(missing_ok=True)
    say(f"{name} is gone; {_gb(size)} are free again.", style="good")
    return 0


# --- looking --------------------------------------------------------------------------------------


def _look() -> _View:
    from dataclasses import replace

    from alisa.runtime.sections import LlmSettings
    from alisa.runtime.settings import load
    from llm_server import binaries, catalogue, machine
    from llm_server.library import Library

    home = Home.find()
    settings = load(LlmSettings, home=home)[LlmSettings]
    seen = machine.look()
    try:
        bundled = binaries.engines(settings.server_path, binaries.RealFiles())[0].bundled
    except MissingError:
        bundled = False
    idle = seen.gpus[0].name if bundled and seen.gpus else ""
    usable = replace(seen, gpus=()) if idle else seen
    return _View(home, settings, Library.of(home, catalogue.load()), usable, idle)


def _rows(view: _View) -> list[dict[str, Any]]:
    """One row for each model: the catalogue's, then the user's own."""
    here = {file.name: file for file in view.library.installed()}
    best = view.recommended
    rows = [_row(view, model, here.pop(model.name, None), recommended=model == best) for model in view.library.models]
    return rows + [_own_row(view, file) for file in here.values()]


def _row(view: _View, model: Model, file: ModelFile | None, *, recommended: bool) -> dict[str, Any]:
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


def _own_row(view: _View, file: ModelFile) -> dict[str, Any]:
    from llm_server import fitting

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


def _print_table(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("", "model", "size", "memory", "fits", ""):
        table.add_column(title, justify="right" if title in ("size", "memory") else "left", no_wrap=True)
    if console.width >= _WIDE:
        table.add_column("")
    for row in rows:
        cells = [
            "●" if row["in_use"] else "○" if row["installed"] else "",
            row["name"],
            _gb(row["size"]) if row["size"] else "",
            _gb(row["memory"]),
            Text(_FITS[row["fit"]], style=_STYLES[row["fit"]]),
            Text("recommended" if row["recommended"] else "", style="bold"),
        ]
        table.add_row(*cells, *([row["about"]] if console.width >= _WIDE else []))
    console.print(table)


def _print_notes(view: _View, *, recommend: bool = True) -> None:
    if recommend:
        say()
        say("● in use   ○ on this machine   fits: the memory, and quick enough to talk with", style="faint")
    if view.unused_card:
        how = "winget install llama.cpp" if sys.platform == "win32" else "see docs/models.md"
        say(f"The {view.unused_card} is not used: the bundled llama.cpp has no support for it. Install one: {how}")
    if view.settings.url:
        say("llm.url names a model server elsewhere, so none of these is in use.", style="warn")


def _machine_json(view: _View) -> dict[str, Any]:
    machine = view.machine
    return {
        "memory": machine.memory,
        "physical_cores": machine.physical_cores,
        "gpus": [{"name": gpu.name, "memory": gpu.memory} for gpu in machine.gpus],
        "unified": machine.unified,
        "unused_card": view.unused_card,
    }


def _machine_words(view: _View) -> str:
    machine = view.machine
    cores = "1 core" if machine.physical_cores == 1 else f"{machine.physical_cores} cores"
    words = [f"{machine.memory / 1024**3:.0f} GB of memory", cores]
    words += [f"{gpu.name} with {gpu.memory / 1024**3:.0f} GB" for gpu in machine.gpus]
    return ", ".join([*words, "shared with the graphics"] if machine.unified else words)


def _gb(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e8 else f"{count / 1e6:.1f} MB"


# --- getting --------------------------------------------------------------------------------------


def _to_pull(view: _View, name: str) -> Model:
    from llm_server import catalogue

    if not name:
        best = view.recommended
        if best is None or best.ships:
            raise UsageError("nothing_fits", "No model but the starter suits this machine.", "See: alisa models list")
        return best
    model = catalogue.find(view.library.models, name) or catalogue.from_hub(name)
    if model is None:
        _refuse_unknown(view, name)
        raise UsageError("not_from_hub", f"{name} is your own file.", "There is nothing to download.")
    return model


def _refuse_unknown(view: _View, name: str) -> None:
    """Raise UsageError unless the catalogue or the models folder knows the name."""
    from llm_server import catalogue

    known = [model.name for model in view.library.models] + [file.name for file in view.library.installed()]
    if name.strip().lower() not in {each.lower() for each in known}:
        raise catalogue.unknown(name, known)


def _is_here(view: _View, model: Model) -> bool:
    """Is the file of `model` on this machine, and not visibly damaged?"""
    from llm_server.library import DamagedError

    try:
        return view.library.resolve(_name_of(view, model)).path == view.library.place(model)
    except (DamagedError, MissingError, UsageError):
        return False


def _name_of(view: _View, model: Model) -> str:
    """The name under which a model can be used once it is here."""
    return model.name if model in view.library.models else view.library.place(model).stem


def _show_plan(view: _View, model: Model, size: int, host: str, have: int) -> None:
    fit = view.fit_of(model) if model.size else None
    say(model.title, style="strong")
    if model.about:
        say(f"  {model.about}")
    already = f"; {_gb(have)} of it are here already" if have else ""
    say(f"  download  {_gb(size) if size else 'size unknown'}{already}")
    say(f"  from      {host}, {model.repo}")
    say(f"  license   {model.license}" + (f" (its terms: {model.page})" if model.terms != "open" else ""))
    if size:
        suits = (
            f" ({'fits this machine' if fit in ('gpu', 'cpu') else f'on this machine: {_FITS[fit]}'})" if fit else ""
        )
        say(f"  memory    {_gb(view.memory(size, model.kv_bytes))}{suits}")


def _agreed(name: str) -> bool:
    """Ask whether to download. Without a terminal a name was given, or nobody can be asked."""
    if not _interactive():
        raise UsageError("ask_first", "This would download a model.", "Name it, or say so with --yes.")
    return _confirmed("Download it?", default=bool(name))


def _interactive() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _confirmed(question: str, *, default: bool) -> bool:
    try:
        answer = input(f"{question} [{'Y/n' if default else 'y/N'}] ").strip().lower()
    except EOFError:
        return False
    return default if not answer else answer in ("y", "yes")


def _unfinished(view: _View, name: str) -> list[Any]:
    """What an unfinished or finished download of `name` left beside the model."""
    from llm_server import catalogue
    from llm_server.download import leftovers

    model = catalogue.find(view.library.models, name) or catalogue.from_hub(name)
    if model is None or model.ships:
        return []
    return [path for path in leftovers(view.library.place(model)) if path.is_file()]


# --- choosing -------------------------------------------------------------------------------------


def _use(view: _View, name: str) -> int:
    from alisa.cli.supervisor import state
    from alisa.runtime.edit import set_value
    from alisa.runtime.sections import LlmSettings

    file = view.library.resolve(name)
    known = any(each.path == file.path for each in view.library.installed())
    change = set_value(view.home.ensure(), "llm.model", file.name if known else str(file.path), (LlmSettings,))
    title = file.model.title if file.model else file.name
    say(f"She speaks with {title} from now on.", style="good")
    if change.overridden_by:
        complain(f"The variable {change.overridden_by} is set, and wins over the file.", style="warn")
    if view.settings.url:
        complain("llm.url still names another server: alisa config unset llm.url", style="warn")
    elif state.read(view.home) is None:
        say("It counts the next time that she wakes: alisa up")
    else:
        _restart(view.home)
    return 0


def _restart(home: Home) -> None:
    """Let the running model server take the new model."""
    from alisa.cli.restart import restart_part

    say("Loading it…")
    try:
        restart_part(home, "llm_server")
    except AlisaError as error:
        raise AlisaError(error.code, f"It is chosen, but: {error.message}", error.hint) from error
