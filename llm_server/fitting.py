"""Fitting: how much memory a model needs, how a machine would run it, and which one to recommend.

Pure: a machine and a catalogue come in as values. The figures are cautious estimates, made so
that a recommended model runs well, not so that it just loads.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from llm_server.catalogue import STARTER, Model
from llm_server.machine import Machine

MIB = 1024 * 1024
GIB = 1024 * MIB

READS_PER_SECOND = {"few": 10e9, "many": 20e9}
"""Bytes of weights that a processor reads in a second, with up to two cores and with more: about half
of what one and two channels of DDR4-2666 memory give on paper. Writing one token reads all weights."""
FLUENT_TOKENS_PER_SECOND = 4.0
"""Slower than this, reading along becomes waiting: people read about 4 words in a second."""


class Fit(StrEnum):
    """How a machine would run a model."""

    GPU = "gpu"
    CPU = "cpu"
    SLOW = "slow"
    NO = "no"


def memory_needed(size: int, kv_bytes: int, context_tokens: int, parallel: int) -> int:
    """Return the bytes that a running model takes: weights, context, working space.

    `size` is that of the file, `kv_bytes` those of one token of context (0 when unknown: then a
    40,000th of the weights, as with an 8B model), `context_tokens` the window of one conversation.
    """
    per_token = kv_bytes or max(16_384, size // 40_000)
    working_space = 64 * MIB + min(512 * MIB, size // 10)
    return size + per_token * context_tokens * parallel + working_space


def needs(model: Model, context_tokens: int, parallel: int) -> int:
    """Return the bytes that a model of the catalogue takes when it runs."""
    return memory_needed(model.size, model.kv_bytes, context_tokens, parallel)


def fit(needed: int, read_per_token: float, machine: Machine) -> Fit:
    """Return how `machine` runs a model that takes `needed` bytes and reads so many bytes for each token."""
    room = _graphics_room(machine)
    if needed <= room:
        return Fit.GPU
    if needed > _main_room(machine) + (0 if machine.unified else room):
        return Fit.NO
    on_processor = read_per_token * (1 - (0 if machine.unified else room / needed))
    tokens_per_second = READS_PER_SECOND["few" if machine.physical_cores <= 2 else "many"] / on_processor
    return Fit.CPU if tokens_per_second >= FLUENT_TOKENS_PER_SECOND else Fit.SLOW


def fit_of(model: Model, machine: Machine, context_tokens: int, parallel: int) -> Fit:
    """Return how `machine` runs a model of the catalogue."""
    return fit(needs(model, context_tokens, parallel), max(model.size, 1) * model.active, machine)


def recommend(models: Sequence[Model], machine: Machine, context_tokens: int, parallel: int) -> Model | None:
    """Return the model to suggest: the best one that runs well, or the starter.

    A model that lies wholly on the graphics card is several times quicker than a better one that
    does not, so it is preferred unless it is less than half as large.
    """
    fits = [(model, fit_of(model, machine, context_tokens, parallel)) for model in models if not model.ships]
    on_card = [model for model, how in fits if how is Fit.GPU]
    well = [model for model, how in fits if how in (Fit.GPU, Fit.CPU)]
    if on_card and on_card[-1].size * 2 >= well[-1].size:
        return on_card[-1]
    starter = next((model for model in models if model.name == STARTER), None)
    return well[-1] if well else starter


def _graphics_room(machine: Machine) -> int:
    """Return the graphics memory that a model may take.

    macOS lets the GPU use about two thirds of unified memory; a card keeps about 1 GiB for the
    desktop and its driver.
    """
    if machine.unified:
        return machine.memory * 2 // 3
    return sum(max(0, gpu.memory - GIB) for gpu in machine.gpus)


def _main_room(machine: Machine) -> int:
    """Return the main memory that a model may take: a quarter, at least 1.5 GiB, stays with everything else."""
    return max(0, machine.memory - max(3 * GIB // 2, machine.memory // 4))
