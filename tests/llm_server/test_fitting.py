"""What fits which machine, and what is recommended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_server import catalogue, fitting
from llm_server.fitting import GIB, Fit
from llm_server.machine import Gpu, Machine

MODELS = catalogue.load()
BY_NAME = {model.name: model for model in MODELS}


def machine(memory: int, cores: int = 8, *gpus: int, unified: bool = False) -> Machine:
    """A machine with so many GiB of memory, and cards with so many GiB each."""
    return Machine(memory * GIB, cores, tuple(Gpu("card", size * GIB) for size in gpus), unified)


def recommended(for_machine: Machine) -> str:
    model = fitting.recommend(MODELS, for_machine, 4096, 2)
    assert model is not None
    return model.name


def test_memory_is_weights_context_and_working_space() -> None:
    """An 8B model with two conversations of 4096 tokens: 4.9 GB + 1.1 GB + half a GB."""
    needed = fitting.needs(BY_NAME["llama-3.1-8b"], 4096, 2)
    assert 6.3e9 < needed < 6.8e9
    assert fitting.needs(BY_NAME["llama-3.1-8b"], 8192, 2) - needed == 2 * 4096 * 131_072


@pytest.mark.parametrize(
    ("for_machine", "name"),
    [
        (machine(2, 4), "starter"),
        (machine(4, 2), "llama-3.2-1b"),
        (machine(8, 4), "qwen3-4b"),
        (machine(16, 6), "llama-3.1-8b"),
        (machine(24, 2), "qwen3-4b"),
        (machine(32, 8), "gemma-4-26b"),
        (machine(16, 8, 8), "llama-3.1-8b"),
        (machine(32, 8, 2), "gemma-4-26b"),
        (machine(64, 8, 24), "gemma-4-26b"),
        (machine(128, 16, 24, 24), "llama-3.3-70b"),
        (machine(8, 8, unified=True), "qwen3-4b"),
        (machine(16, 8, unified=True), "gemma-4-12b"),
        (machine(64, 12, unified=True), "llama-3.3-70b"),
    ],
)
def test_the_recommendation_suits_the_machine(for_machine: Machine, name: str) -> None:
    """The best model that runs well: on the card where there is one, quick enough where there is none."""
    assert recommended(for_machine) == name


def test_a_model_may_fit_and_still_be_slow() -> None:
    """An 8B model in plenty of memory on two cores loads, but nobody wants to wait for its words."""
    assert fitting.fit_of(BY_NAME["llama-3.1-8b"], machine(24, 2), 4096, 2) is Fit.SLOW
    assert fitting.fit_of(BY_NAME["llama-3.1-8b"], machine(24, 8), 4096, 2) is Fit.CPU
    assert fitting.fit_of(BY_NAME["llama-3.1-8b"], machine(8, 8), 4096, 2) is Fit.NO
    assert fitting.fit_of(BY_NAME["llama-3.1-8b"], machine(8, 8, 8), 4096, 2) is Fit.GPU


@given(memory=st.integers(1, 256), more=st.integers(0, 256), cores=st.integers(1, 64), gpu=st.integers(0, 96))
def test_more_memory_never_recommends_a_smaller_model(memory: int, more: int, cores: int, gpu: int) -> None:
    """Adding memory to a machine never makes its recommendation worse."""
    cards = (gpu,) if gpu else ()
    order = [model.name for model in MODELS]
    less = order.index(recommended(machine(memory, cores, *cards)))
    assert order.index(recommended(machine(memory + more, cores, *cards))) >= less


@given(memory=st.integers(1, 256), cores=st.integers(1, 64), unified=st.booleans())
def test_what_is_recommended_fits(memory: int, cores: int, unified: bool) -> None:
    """A recommended model is never one that does not fit or is slow."""
    this = machine(memory, cores, unified=unified)
    name = recommended(this)
    assert name == "starter" or fitting.fit_of(BY_NAME[name], this, 4096, 2) in (Fit.GPU, Fit.CPU)
