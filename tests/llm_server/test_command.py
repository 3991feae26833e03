"""What llama.cpp's server is started with."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from alisa.runtime.sections import LlmSettings
from llm_server import catalogue
from llm_server.command import ALL_LAYERS, OPTIONAL, Parameters, parameters, server_argv
from llm_server.library import ModelFile
from llm_server.machine import Gpu, Machine

GIB = 1024**3
PLAIN = Machine(16 * GIB, 6)
BY_NAME = {model.name: model for model in catalogue.load()}


def file(name: str, size: int = 0) -> ModelFile:
    model = BY_NAME.get(name)
    return ModelFile(name, Path("/models") / f"{name}.gguf", size or (model.size if model else 0), model)


def plan(name: str, machine: Machine = PLAIN, size: int = 0, *, chosen: bool = False, **given: object) -> Parameters:
    settings = LlmSettings.model_validate(given)
    return parameters(file(name, size), settings, machine, port=4711, layers_chosen=chosen)


def option(argv: list[str], name: str) -> str:
    return argv[argv.index(name) + 1]


def test_the_context_is_shared_by_the_slots() -> None:
    """llama.cpp divides `-c` by `-np`: each conversation gets the window that the settings promise."""
    argv = server_argv(["llama-server"], plan("llama-3.1-8b", parallel=3))
    assert (option(argv, "-c"), option(argv, "-np")) == (str(3 * 4096), "3")


def test_the_command_line_holds_what_the_hub_relies_on_and_no_secret() -> None:
    """Loopback, templates, metrics, the rolling cache; the key goes another way."""
    argv = server_argv(["llama", "serve"], plan("llama-3.1-8b"))
    assert argv[:4] == ["llama", "serve", "-m", str(Path("/models/llama-3.1-8b.gguf"))]
    assert {"--jinja", "--metrics", "--slots", "--no-webui"} <= set(argv)
    assert option(argv, "--host") == "127.0.0.1"
    assert option(argv, "--port") == "4711"
    assert int(option(argv, "--cache-reuse")) > 0
    assert option(argv, "--reasoning-budget") == "0"
    assert not any("key" in word for word in argv)


@pytest.mark.parametrize("without", OPTIONAL)
def test_an_option_that_an_old_server_does_not_know_can_be_left_out(without: str) -> None:
    """With its value, and nothing else."""
    whole = server_argv(["x"], plan("llama-3.1-8b"))
    less = server_argv(["x"], plan("llama-3.1-8b"), {without})
    place = whole.index(without)
    width = len(whole) - len(less)
    assert whole[:place] + whole[place + width :] == less
    assert width in (1, 2)


def test_threads_follow_the_cores_and_the_starter_takes_one() -> None:
    """A tiny model is quickest on one thread; others take the real cores; the user may say otherwise."""
    assert plan("starter", size=4_000_000).threads == 1
    assert plan("llama-3.1-8b").threads == 6
    assert plan("starter", size=4_000_000, threads=3).threads == 3


@pytest.mark.parametrize(
    ("name", "machine", "layers"),
    [
        ("llama-3.1-8b", Machine(16 * GIB, 8, (Gpu("card", 8 * GIB),)), 33),
        ("llama-3.1-8b", Machine(16 * GIB, 8, unified=True), 33),
        ("llama-3.1-8b", PLAIN, 33),
        ("llama-3.1-8b", Machine(16 * GIB, 8, (Gpu("card", 4 * GIB),)), None),
        ("mistral-nemo-12b", Machine(16 * GIB, 8, (Gpu("card", 12 * GIB),)), ALL_LAYERS),
        ("mistral-nemo-12b", Machine(16 * GIB, 8, (Gpu("card", 8 * GIB),)), None),
        ("mistral-nemo-12b", PLAIN, None),
    ],
)
def test_layers_go_to_the_card_as_far_as_they_fit(name: str, machine: Machine, layers: int | None) -> None:
    """33 is all of the 8B model; another model gets all of its own, or llama.cpp decides."""
    given = plan(name, machine)
    assert given.gpu_layers == layers
    assert ("-ngl" in server_argv(["x"], given)) == (layers is not None)


def test_the_user_s_number_of_layers_is_obeyed() -> None:
    """Chosen is chosen; -1 leaves it to llama.cpp; the starter stays off the card."""
    assert plan("mistral-nemo-12b", chosen=True, gpu_layers=20).gpu_layers == 20
    assert plan("mistral-nemo-12b", chosen=True, gpu_layers=-1).gpu_layers is None
    assert plan("starter", size=4_000_000).gpu_layers == 0


def test_health_is_answered_beside_all_streams() -> None:
    """Threads for HTTP are many more than replies, and the prompt cache takes a small part of memory."""
    given = plan("llama-3.1-8b", Machine(4 * GIB, 4), parallel=8)
    assert given.http_threads >= 8 + 16
    assert given.cache_ram_mib == 256
    assert plan("llama-3.1-8b", Machine(256 * GIB, 4)).cache_ram_mib == 1024


def test_parameters_are_plain_values() -> None:
    """They travel as JSON to the bundled server."""
    import json

    assert json.loads(json.dumps(dataclasses.asdict(plan("starter", size=1)))) == dataclasses.asdict(
        plan("starter", size=1)
    )
