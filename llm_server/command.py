"""From settings, a model and a machine to the parameters of llama.cpp's server, and to its command line. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from alisa.runtime.sections import LlmSettings
from llm_server.catalogue import BIG
from llm_server.fitting import MIB, Fit, fit, memory_needed
from llm_server.library import ModelFile
from llm_server.machine import Machine

HOST = "127.0.0.1"
ALL_LAYERS = 999
TINY_BYTES = 64 * MIB
"""A model this small is quickest on one thread, and needs no graphics card."""
CACHE_REUSE_TOKENS = 32
"""The shortest run of tokens that keeps its place in the cache when what stood before it is gone: the
oldest turn, as the window rolls. Without it every later turn would be read anew."""
SPARE_HTTP_THREADS = 32
"""A stream and a waiting request each hold a thread of the server; health must be answered beside them."""
KEY_VARIABLE = "LLAMA_API_KEY"
"""llama-server reads its key from here, so that it does not show in the list of processes."""

OPTIONAL = ("--cache-ram", "--reasoning-budget", "--threads-http", "--cache-reuse", "--no-webui", "--slots", "--alias")
"""Options that an older llama-server may not know, and that it can do without."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the server is started with."""

    model: str
    """the path of the model file"""
    alias: str
    port: int
    context_tokens: int
    """of all conversations together: llama.cpp divides it among its slots"""
    parallel: int
    gpu_layers: int | None
    """how many layers go to the graphics card; None lets llama.cpp decide"""
    threads: int
    http_threads: int
    cache_ram_mib: int
    """the most memory that it may keep past prompts in"""
    host: str = HOST
    cache_reuse: int = CACHE_REUSE_TOKENS


def parameters(
    file: ModelFile, settings: LlmSettings, machine: Machine, *, port: int, layers_chosen: bool
) -> Parameters:
    """Return what to start the server with.

    `layers_chosen` says that the user set `llm.gpu_layers`; its default, 33, is all layers of the model
    that Alisa is made for, and is otherwise replaced by what suits the model at hand.
    """
    tiny = file.size <= TINY_BYTES
    return Parameters(
        model=str(file.path),
        alias=file.name,
        port=port,
        context_tokens=settings.context_tokens * settings.parallel,
        parallel=settings.parallel,
        gpu_layers=_gpu_layers(file, settings, machine, layers_chosen),
        threads=settings.threads or (1 if tiny else machine.physical_cores),
        http_threads=settings.parallel + SPARE_HTTP_THREADS,
        cache_ram_mib=min(1024, machine.memory // 16 // MIB),
    )


def server_argv(program: Sequence[str], given: Parameters, without: Collection[str] = ()) -> list[str]:
    """Return the command line of `llama-server`, leaving out the options in `without`.

    The API key is not part of it: it goes through the environment (`KEY_VARIABLE`).
    """
    options: list[tuple[str, ...]] = [
        ("-m", given.model),
        ("--alias", given.alias),
        ("--host", given.host),
        ("--port", str(given.port)),
        ("-c", str(given.context_tokens)),
        ("-np", str(given.parallel)),
        ("-t", str(given.threads)),
        ("--threads-http", str(given.http_threads)),
        ("--cache-reuse", str(given.cache_reuse)),
        ("--cache-ram", str(given.cache_ram_mib)),
        ("--reasoning-budget", "0"),  # thinking aloud first would keep the user waiting for the first word
        ("--jinja",),
        ("--metrics",),
        ("--slots",),
        ("--no-webui",),
    ]
    if given.gpu_layers is not None:
        options.append(("-ngl", str(given.gpu_layers)))
    return [*program, *(word for option in options if option[0] not in without for word in option)]


def _gpu_layers(file: ModelFile, settings: LlmSettings, machine: Machine, chosen: bool) -> int | None:
    """Return the layers for the graphics card: what the user says, else all or none where that is clear.

    Cards other than NVIDIA's and Apple's are not seen from here; llama.cpp sees them, and decides.
    """
    if chosen or file.name == BIG:
        fits = chosen or not machine.has_gpu or _fits_on_card(file, settings, machine)
        return settings.gpu_layers if fits and settings.gpu_layers >= 0 else None
    if file.size <= TINY_BYTES:
        return 0
    return ALL_LAYERS if _fits_on_card(file, settings, machine) else None


def _fits_on_card(file: ModelFile, settings: LlmSettings, machine: Machine) -> bool:
    needed = memory_needed(file.size, file.kv_bytes, settings.context_tokens, settings.parallel)
    return fit(needed, file.size, machine) is Fit.GPU
