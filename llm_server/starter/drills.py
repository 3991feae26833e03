"""Drills in copying: random tokens, then stretches of them again, which only looking back can predict.

A name, a time or a note in the prompt must be said again word for word. Dialogues alone teach that slowly, because few
of their words are copied; a drill is nothing but copying, and what is learned in it carries over.
"""

from __future__ import annotations

import random

import numpy as np
import torch

from llm_server.starter import dataset
from llm_server.starter.batches import PREFIX_STEP, Filled
from llm_server.starter.shape import SHAPE, SPECIALS

LENGTH = 192
"""Tokens in a row; a shape that dialogues have, too."""
FRESH = 96
"""How many of them come before the first stretch is said again."""
SHORTEST, LONGEST = 3, 12
"""Tokens in a stretch."""


def drill(tokens: int, rng: random.Random) -> Filled:
    """The tensors of a step of drills, at random positions. The first token of a stretch is the cue, and not predicted."""
    rows = tokens // LENGTH
    pairs = [_row(rng) for _ in range(rows)]
    ids, kinds = (np.array(part, np.int64) for part in zip(*pairs, strict=True))
    spare = dataset.LONGEST - PREFIX_STEP - LENGTH
    starts = [PREFIX_STEP + rng.randint(0, spare) for _ in range(rows)]
    positions = np.stack([np.arange(start, start + LENGTH) for start in starts])
    prefix = np.array(_fresh(rng, PREFIX_STEP), np.int64)
    arrays = (torch.from_numpy(array) for array in (ids, kinds, positions))
    return Filled(torch.from_numpy(prefix), PREFIX_STEP, *arrays)


def _row(rng: random.Random) -> tuple[list[int], list[int]]:
    """Token ids of one row and how each counts."""
    fresh = _fresh(rng, FRESH)
    ids, kinds = list(fresh), [dataset.SKIPPED] * FRESH
    while len(ids) < LENGTH:
        size = rng.randint(SHORTEST, LONGEST)
        start = rng.randint(0, FRESH - size)
        ids += fresh[start : start + size]
        kinds += [dataset.SKIPPED] + [dataset.SAID] * (size - 1)
    return ids[:LENGTH], kinds[:LENGTH]


def _fresh(rng: random.Random, count: int) -> list[int]:
    """Different random tokens, none of them special."""
    return rng.sample(range(len(SPECIALS), SHAPE.vocabulary), count)
