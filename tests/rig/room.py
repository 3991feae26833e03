"""A room between speaker and microphone, as a program: raw float32 in, the same less loud and reverberated out.

python room.py DECIBELS SEED. What it lasts is up to its pipes. See `Sound.echo`.
"""

from __future__ import annotations

import contextlib
import os
import sys

import numpy as np
from numpy.typing import NDArray

RATE = 48000
BLOCK = 480


def response(decibels: float, seed: int, rate: int = RATE) -> NDArray[np.float64]:
    """Return how a room answers a click: the click, then 75 ms of fading noise; so many dB in all."""
    times = np.arange(int(0.075 * rate))
    tail = 0.35 * np.random.default_rng(seed).normal(size=len(times)) * np.exp(-times / (0.0125 * rate))
    tail[0] = 1.0
    return np.asarray(tail * 10 ** (decibels / 20) / np.sqrt((tail**2).sum()))


def main() -> None:
    """Convolve, by overlap and add, block by block."""
    answer = response(float(sys.argv[1]), int(sys.argv[2]))
    size = 1 << (BLOCK + len(answer) - 1).bit_length()
    spectrum, tail = np.fft.rfft(answer, size), np.zeros(size)
    silent = 0
    _catch_up()
    while data := sys.stdin.buffer.read(4 * BLOCK):
        block = np.frombuffer(data, "<f4")
        silent = 0 if block.any() else silent + 1
        if silent * BLOCK <= len(answer) + BLOCK:
            tail += np.fft.irfft(np.fft.rfft(block, size) * spectrum, size)
        out = tail[: len(block)].astype("<f4").tobytes()
        tail = np.concatenate([tail[len(block) :], np.zeros(len(block))])
        sys.stdout.buffer.write(out)
        sys.stdout.buffer.flush()


def _catch_up() -> None:
    """Throw away what came while this program started: it would be late for ever. Then say so."""
    stdin = sys.stdin.fileno()
    os.set_blocking(stdin, False)
    with contextlib.suppress(BlockingIOError):
        while os.read(stdin, 65536):
            pass
    os.set_blocking(stdin, True)
    sys.stderr.write("ready\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
