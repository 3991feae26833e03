"""Drills: random tokens that come again, so that copying from the prompt is learned before anything else is.

Nothing but looking back helps to predict them. Together with the heads that `copying` plants, a minute of these teaches
her to say what stood after the same token earlier; dialogues alone, where most words can be guessed, never did.
"""

from __future__ import annotations

import random

import numpy as np
import torch

from llm_server.starter import dataset
from llm_server.starter.batches import LENGTHS, Filled
from llm_server.starter.shape import SHAPE, SPECIALS, WHOLE_WORDS

DRILL_LENGTHS = tuple(length for length in LENGTHS if 32 <= length <= 384)
WORDS_SHARE = 0.4
"""Share of the drills that are made of whole words alone: those are what she will copy most."""


def drill(rng: random.Random, tokens: int) -> Filled:
    """A step of drills: rows of one length, about `tokens` in all; only what can be known counts."""
    length = rng.choice(DRILL_LENGTHS)
    rows = tokens // length
    ids, kinds = np.zeros((rows, length), np.int64), np.zeros((rows, length), np.int64)
    first = SHAPE.vocabulary - WHOLE_WORDS if rng.random() < WORDS_SHARE else len(SPECIALS)
    maker = rng.choice((again, again, pairs))
    for row in range(rows):
        ids[row], kinds[row] = maker(rng, length, first)
    positions = np.arange(length)[None] + np.array([[rng.choice((0, rng.randint(0, dataset.LONGEST - length)))]] * rows)
    nothing = torch.zeros(0, dtype=torch.int64)
    arrays = (torch.from_numpy(array) for array in (ids, kinds, positions))
    return Filled(nothing, 0, *arrays)


def again(rng: random.Random, length: int, first: int) -> tuple[list[int], list[int]]:
    """A run of tokens, and the same run again and again."""
    period = rng.randint(4, length // 2)
    once = [rng.randrange(first, SHAPE.vocabulary) for _ in range(period)]
    kinds = [dataset.SKIPPED] * (period + 1) + [dataset.SAID] * (length - period - 1)
    return (once * (length // period + 1))[:length], kinds


def pairs(rng: random.Random, length: int, first: int) -> tuple[list[int], list[int]]:
    """Keys with their values, then the keys in another order: what was the value?"""
    count = length // 4
    drawn = rng.sample(range(first, SHAPE.vocabulary), 2 * count)
    table = list(zip(drawn[:count], drawn[count:], strict=True))
    asked = rng.sample(table, count)
    ids = [token for pair in (*table, *asked) for token in pair]
    kinds = [dataset.SKIPPED] * (2 * count) + [dataset.SKIPPED, dataset.SAID] * count
    rest = length - len(ids)
    return ids + [first] * rest, kinds + [dataset.SKIPPED] * rest
