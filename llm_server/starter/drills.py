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

SHORT = tuple(length for length in LENGTHS if 32 <= length <= 384)
FAR = (768, 1536, 3072)
"""As long as a full window: what is only ever found nearby is not found behind a long talk."""
FAR_SHARE = 0.3
WORDS_SHARE = 0.4
"""Share of the drills that are made of whole words alone: those are what she will copy most."""


def drill(rng: random.Random, tokens: int) -> Filled:
    """A step of drills: rows of one length, about `tokens` in all; only what can be known counts."""
    length = rng.choice(FAR if rng.random() < FAR_SHARE else SHORT)
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
    """Keys with their values, other tokens if there is room, then the keys in another order: what was the value?"""
    known = range(first, SHAPE.vocabulary)
    count = min(length // 4, len(known) // 4)
    drawn = rng.sample(known, 2 * count)
    table = list(zip(drawn[:count], drawn[count:], strict=True))
    asked = rng.sample(table, count)
    others = sorted(set(known) - set(drawn))
    between = rng.choices(others, k=length - 4 * count)
    ids = [token for pair in table for token in pair] + between + [token for pair in asked for token in pair]
    kinds = [dataset.SKIPPED] * (2 * count + len(between)) + [dataset.SKIPPED, dataset.SAID] * count
    return ids, kinds
