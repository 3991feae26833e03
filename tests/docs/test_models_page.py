"""docs/models.md names every model of the catalogue, with its true figures."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from alisa.cli.model_view import gb
from alisa.runtime.paths import project_folder
from alisa.runtime.sections import LlmSettings
from llm_server import catalogue, fitting, folders
from llm_server.command import parameters, server_argv
from llm_server.library import ModelFile
from llm_server.machine import Machine


def page() -> str:
    project = project_folder()
    assert project is not None
    return (project / "docs" / "models.md").read_text("utf-8")


def row(model: catalogue.Model) -> str:
    """The line of the table that says what the catalogue does."""
    memory = fitting.needs(model, LlmSettings().context_tokens, LlmSettings().parallel)
    title = f"[{model.title}]({model.page})"
    return f"| `{model.name}` | {title} | {model.size / 1e9:.1f} GB | {memory / 1e9:.1f} GB | {model.license} |"


def test_every_model_stands_in_the_table_with_its_figures() -> None:
    """The table between the marks is the catalogue, line by line."""
    table = page().partition("<!-- models -->")[2].partition("<!-- end -->")[0].strip().splitlines()[2:]
    assert table == [row(model) for model in catalogue.load() if not model.ships]


@pytest.mark.parametrize("kind", get_args(folders.Kind))
def test_every_model_of_her_ears_and_her_voice_stands_in_the_table_of_its_kind(kind: folders.Kind) -> None:
    """As the catalogue has them, line by line."""
    table = page().partition(f"<!-- {kind} -->")[2].partition("<!-- end -->")[0].strip().splitlines()[2:]
    of_kind = [model for model in folders.load() if model.kind == kind]
    assert table == [
        f"| `{model.name}` | [{model.title}]({model.page}) | {_size(model.size or model.libraries, kind)} "
        f"| {_size(model.memory, kind)} | {model.license} |"
        for model in of_kind
    ]
    assert of_kind


def _size(count: int, kind: folders.Kind) -> str:
    return f"{count / 1e9:.1f} GB" if kind == "hearing" else gb(count)


def test_the_command_line_on_the_page_is_the_real_one() -> None:
    """What the page says is started is what is started."""
    big = catalogue.find(catalogue.load(), catalogue.BIG)
    assert big is not None
    file = ModelFile(big.name, Path(big.filename), big.size, big)
    given = parameters(file, LlmSettings(), Machine(64 * 1024**3, 8), port=1, layers_chosen=False)
    shown = page().partition("```\nllama-server ")[2].partition("```")[0].replace("\\\n", " ").split()
    real = server_argv([], given)
    for option, value in (("--alias", big.name), ("--host", "127.0.0.1"), ("--port", "1")):
        place = real.index(option)
        assert real[place + 1] == value
        del real[place : place + 2]
    real[real.index("-t") + 1] = "CORES"
    assert sorted(shown) == sorted(real)
