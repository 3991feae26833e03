"""Looking at this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from llm_server import machine
from llm_server.machine import Gpu

MIB = 1024 * 1024


def test_this_machine_has_memory_and_cores() -> None:
    """Whatever it is, it has some of each."""
    seen = machine.look()
    assert seen.memory > 100 * MIB
    assert seen.physical_cores >= 1
    assert machine.without_cards().memory == seen.memory


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("NVIDIA GeForce RTX 3060, 12288\n", (Gpu("NVIDIA GeForce RTX 3060", 12288 * MIB),)),
        ("A, 8192\nB, with a comma, 24564\n", (Gpu("A", 8192 * MIB), Gpu("B, with a comma", 24564 * MIB))),
        ("NVIDIA Thor, [N/A]\n", ()),
        ("Failed to initialize NVML\n\n", ()),
    ],
)
def test_the_answer_of_nvidia_smi_is_understood(text: str, cards: tuple[Gpu, ...]) -> None:
    """Names and MiB; whatever else it says is no card."""
    assert machine.parse_nvidia(text) == cards


@pytest.mark.skipif(sys.platform == "win32", reason="writes a shell script")
@pytest.mark.parametrize(("script", "count"), [("echo 'A card, 1024'", 1), ("echo 'A card, 1024'; exit 9", 0)])
def test_a_driver_that_fails_counts_as_no_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, count: int
) -> None:
    """`nvidia-smi` is asked as a program; when it fails there is no card."""
    program = tmp_path / "nvidia-smi"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + os.environ["PATH"])
    assert len(machine.nvidia_cards()) == count
    monkeypatch.setenv("PATH", "")
    assert machine.nvidia_cards() == ()
