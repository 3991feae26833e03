"""`alisa models`: see, get, choose and remove models to talk, hear, speak and see with. Nothing comes unasked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from alisa.cli import model_folders
from alisa.cli.model_folders import Shelf
from alisa.cli.model_view import FITS, View, gb, look, machine_json, machine_words, print_notes, print_table, rows_of
from alisa.cli.output import complain, say, say_json
from alisa.runtime.errors import AlisaError, MissingError, UsageError
from alisa.runtime.paths import Home
from llm_server import catalogue, folders
from llm_server.catalogue import Model
from llm_server.folders import Folder
from llm_server.library import ModelFile, fault, recorded_checksum, sha256_of

app = App(
    name="models",
    help="See, get and choose models.",
    help_epilogue="""Examples:
  alisa models                     what there is, and what suits this machine
  alisa models recommend           the one to get here
  alisa models pull llama-3.1-8b   download it (asks first; can be stopped)
  alisa models use llama-3.1-8b    talk with it from now on
  alisa models pull whisper-base   understand speech better
  alisa models pull kokoro         a natural voice on this machine
  alisa models pull mediapipe      find faces at more angles
  alisa models remove llama-3.1-8b

Any *.gguf file in the models folder of your Alisa home can be used by its
name; `alisa models pull owner/repository/file.gguf` gets one from Hugging Face.""",
)

EXIT_CANCELLED = 130


@app.default
@app.command(name="list")
def list_(*, json: bool = False) -> int:
    """Show the models that there are: what they need, which suit this machine, which are here.

    Parameters
    ----------
    json
        Print JSON.
    """
    view = look()
    rows = rows_of(view)
    shelf = _shelf(view)
    folded = {kind: model_folders.rows_of(shelf, kind) for kind in model_folders.TITLES}
    if json:
        best = view.recommended
        told = {"machine": machine_json(view), "recommended": best.name if best else None, "models": rows}
        say_json(told | folded)
        return 0
    print_table(rows)
    for kind, title in model_folders.TITLES.items():
        say()
        print_table(folded[kind], title=title)
    print_notes(view)
    return 0


@app.command
def recommend(*, json: bool = False) -> int:
    """Say which model suits this machine best.

    Parameters
    ----------
    json
        Print JSON.
    """
    view = look()
    best = view.recommended
    if best is None:
        raise MissingError("no_models", "There is no model to recommend.", "Install Alisa again.")
    if json:
        say_json({"machine": machine_json(view), "recommended": best.name, "fit": view.fit_of(best)})
        return 0
    say(f"For this machine ({machine_words(view)}): {best.title}", style="strong")
    say(f"  {best.about}")
    if best.ships:
        say("  It is here already. A better model needs about 3 GB of memory.")
    elif any(file.model == best for file in view.library.installed()):
        say(f"  It is here already: alisa models use {best.name}")
    else:
        say(f"  {gb(best.size)} to download: alisa models pull {best.name}")
    print_notes(view, recommend=False)
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
        Take it as soon as it is here.
    """
    view = look()
    folder, shelf = _folder(view, name)
    if folder:
        return _pull_folder(shelf, folder, yes=yes, use=use)
    model = _to_pull(view, name)
    if _is_here(view, model):
        say(f"{model.title} is here already, and whole.", style="good")
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
    """Choose the model that she talks, hears or speaks with.

    Parameters
    ----------
    name
        A name from `alisa models list`, of a file in the models folder, or the path of a GGUF file.
    """
    view = look()
    folder, shelf = _folder(view, name)
    return model_folders.use(shelf, folder) if folder else _use(view, name)


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
    view = look()
    folder, shelf = _folder(view, name)
    if folder:
        return _remove_folder(shelf, folder, yes=yes)
    file = next((each for each in view.library.installed() if each.name.lower() == name.strip().lower()), None)
    left = _unfinished(view, name)
    if file is None and not left:
        _refuse_unknown(view, name)
        raise MissingError("model_not_installed", f"{name} is not on this machine.", "See: alisa models list")
    if file and file.is_starter:
        raise UsageError(
            "not_yours", "The starter comes with Alisa and stays.", "It takes less room than a photograph."
        )
    if file and view.in_use == file.name.lower():
        raise UsageError(
            "in_use", f"She speaks with {file.name}.", "Choose another one first: alisa models use starter"
        )
    size = (file.size if file else 0) + sum(path.stat().st_size for path in left)
    if not yes and not _may_delete(name, size):
        return EXIT_CANCELLED
    if file:
        view.library.remove(file)
    for path in left:
        path.unlink(missing_ok=True)
    say(f"{name} is gone; {gb(size)} are free again.", style="good")
    return 0


def _may_delete(name: str, size: int) -> bool:
    """Ask whether to delete. Raises UsageError where nobody can be asked."""
    if not _interactive():
        raise UsageError("ask_first", f"This deletes {name} ({gb(size)}).", "Say so with --yes.")
    if _confirmed(f"Delete {name} ({gb(size)})?", default=False):
        return True
    say("Nothing was deleted.")
    return False


# --- models that are a folder: to hear, to speak and to take turns with -----------------------------


def _shelf(view: View) -> Shelf:
    return model_folders.look(view.machine.memory, view.machine.physical_cores)


def _folder(view: View, name: str) -> tuple[Folder | None, Shelf]:
    """The model of her ears or her voice that a name means, if it is one."""
    shelf = _shelf(view)
    return shelf.find(name), shelf


def _pull_folder(shelf: Shelf, folder: Folder, *, yes: bool, use: bool) -> int:
    ask = not yes and _interactive()
    if not model_folders.pull(shelf, folder, ask=ask, agreed=lambda: _confirmed("Download it?", default=True)):
        return EXIT_CANCELLED
    if use:
        return model_folders.use(shelf, folder)
    say(model_folders.next_step(shelf, folder))
    return 0


def _remove_folder(shelf: Shelf, folder: Folder, *, yes: bool) -> int:
    size = shelf.occupied(folder)
    if size and not yes and not _may_delete(folder.name, size):
        return EXIT_CANCELLED
    freed = model_folders.remove(shelf, folder)
    say(f"{folder.name} is gone; {gb(freed)} are free again.", style="good")
    return 0


# --- getting --------------------------------------------------------------------------------------


def _to_pull(view: View, name: str) -> Model:
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


def _refuse_unknown(view: View, name: str) -> None:
    """Raise UsageError unless the catalogue or the models folder knows the name."""
    known = [model.name for model in view.library.models] + [file.name for file in view.library.installed()]
    known += [folder.name for folder in folders.load()]
    if name.strip().lower() not in {each.lower() for each in known}:
        raise catalogue.unknown(name, known)


def _is_here(view: View, model: Model) -> bool:
    """Is the file of `model` on this machine, and whole? Reads all of it where its checksum is known."""
    path = view.library.place(model)
    if not path.is_file():
        return False
    known = model.sha256 or recorded_checksum(path)
    if known:
        say("Checking the file that is here…", style="faint")
        whole = sha256_of(path) == known
    else:
        whole = not fault(ModelFile(model.name, path, path.stat().st_size, model))
    if not whole:
        complain(f"{path.name} is here, but damaged: it is fetched again.", style="warn")
    return whole


def _name_of(view: View, model: Model) -> str:
    """The name under which a model can be used once it is here."""
    return model.name if model in view.library.models else view.library.place(model).stem


def _show_plan(view: View, model: Model, size: int, host: str, have: int) -> None:
    fit = view.fit_of(model) if model.size else None
    say(model.title, style="strong")
    if model.about:
        say(f"  {model.about}")
    already = f"; {gb(have)} of it are here already" if have else ""
    say(f"  download  {gb(size) if size else 'size unknown'}{already}")
    say(f"  from      {host}, {model.repo}")
    say(f"  license   {model.license}" + (f" (its terms: {model.page})" if model.terms != "open" else ""))
    if size:
        suits = f" ({'fits this machine' if fit in ('gpu', 'cpu') else f'on this machine: {FITS[fit]}'})" if fit else ""
        say(f"  memory    {gb(view.memory(size, model.kv_bytes))}{suits}")


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


def _unfinished(view: View, name: str) -> list[Path]:
    """What an unfinished or finished download of `name` left beside the model."""
    from llm_server.download import leftovers

    model = catalogue.find(view.library.models, name) or catalogue.from_hub(name)
    if model is None or model.ships:
        return []
    return [path for path in leftovers(view.library.place(model)) if path.is_file()]


# --- choosing -------------------------------------------------------------------------------------


def _use(view: View, name: str) -> int:
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
