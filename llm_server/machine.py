"""What this machine has for a language model to live in: memory, graphics memory, cores.

Whether a given model fits is decided by `fitting`, over the values that are read here.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace

_ASK_SECONDS = 5.0
_QUERY = ("--query-gpu=name,memory.total", "--format=csv,noheader,nounits")


@dataclass(frozen=True, slots=True)
class Gpu:
    """One graphics card."""

    name: str
    memory: int
    """bytes"""


@dataclass(frozen=True, slots=True)
class Machine:
    """The parts of a machine that decide which model it can run."""

    memory: int
    """bytes of main memory"""
    physical_cores: int
    gpus: tuple[Gpu, ...] = ()
    unified: bool = False
    """is main memory graphics memory too, as on Apple silicon?"""

    @property
    def gpu_memory(self) -> int:
        """Bytes of graphics memory on all cards together; llama.cpp spreads a model over them."""
        return sum(gpu.memory for gpu in self.gpus)

    @property
    def has_gpu(self) -> bool:
        return self.unified or bool(self.gpus)


def look() -> Machine:
    """Return what this machine has. Takes milliseconds, or as long as `nvidia-smi` does."""
    unified = sys.platform == "darwin" and platform.machine() == "arm64"
    return replace(without_cards(), gpus=nvidia_cards(), unified=unified)


def without_cards() -> Machine:
    """Return what this machine has besides graphics cards, which take longer to find."""
    import psutil

    return Machine(memory=int(psutil.virtual_memory().total), physical_cores=physical_cores())


def physical_cores() -> int:
    """Return the number of real cores: a second thread on the same core makes a model no quicker."""
    import psutil

    return psutil.cpu_count(logical=False) or psutil.cpu_count() or 1


def nvidia_cards() -> tuple[Gpu, ...]:
    """Return the NVIDIA cards, or none where there is no working driver."""
    program = shutil.which("nvidia-smi")
    if not program:
        return ()
    try:
        answer = subprocess.run([program, *_QUERY], capture_output=True, text=True, timeout=_ASK_SECONDS, check=False)
    except (OSError, subprocess.SubprocessError):
        return ()
    return parse_nvidia(answer.stdout) if answer.returncode == 0 else ()


def parse_nvidia(text: str) -> tuple[Gpu, ...]:
    """Return the cards in `nvidia-smi`'s answer: lines of `name, MiB`."""
    cards = []
    for line in text.splitlines():
        name, _, mebibytes = line.rpartition(",")
        if name.strip() and mebibytes.strip().isdecimal():
            cards.append(Gpu(name.strip(), int(mebibytes) * 1024 * 1024))
    return tuple(cards)
