"""From groups of dialogues to the tensors of a step. Few shapes, so that the processor's kernels stay warm."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from llm_server.starter import dataset
from llm_server.starter.shape import PAD

LENGTHS = (32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536)
"""Bodies are padded to one of these divisors of 3,072: oneDNN compiles a kernel for each shape that it meets."""

ALONE = (1024, 1536, 2048, 3072, dataset.LONGEST)
"""Longer bodies stand alone in a step and are padded so that prefix and body together have one of these lengths."""

PREFIX_STEP = 64
"""Prefixes are padded to multiples of this, for the same reason."""


@dataclass(frozen=True)
class Batch:
    """One prefix and a few bodies, to be padded to one length."""

    group: dataset.Group
    rows: tuple[int, ...]
    length: int


def cut(groups: list[dataset.Group], tokens: int) -> list[Batch]:
    """Batches of bodies of similar length; what would fill less than half a batch is left out."""
    batches: list[Batch] = []
    for group in groups:
        head, waiting = len(group.prefix), list[int]()
        for index, body in enumerate(group.bodies):
            if len(body.ids) > LENGTHS[-1]:
                whole = next(size for size in ALONE if size >= head + len(body.ids))
                batches.append(Batch(group, (index,), whole - head))
                continue
            waiting.append(index)
            length = padded(len(body.ids))
            later = group.bodies[index + 1 : index + 2]
            ends = not later or len(later[0].ids) > LENGTHS[-1]
            room = tokens // length
            grows = bool(later) and not ends and padded(len(later[0].ids)) > length
            if len(waiting) == room or ((grows or ends) and len(waiting) * 2 >= room):
                batches.append(Batch(group, tuple(waiting), length))
                waiting = []
            elif grows:
                keep = tokens // padded(len(later[0].ids)) - 1
                waiting = waiting[-keep:] if keep else []
    return batches


def padded(length: int) -> int:
    """The shape for a body of `length` tokens."""
    return next(size for size in LENGTHS if size >= length)


@dataclass(frozen=True)
class Filled:
    """The tensors of a step: prefix (P,), of which `real` are no padding; ids, kinds, positions: (rows, length)."""

    prefix: Tensor
    real: int
    ids: Tensor
    kinds: Tensor
    positions: Tensor

    def to(self, device: str) -> Filled:
        """The same on another device."""
        moved = (part.to(device) for part in (self.ids, self.kinds, self.positions))
        return Filled(self.prefix.to(device), self.real, *moved)


def fill(batch: Batch, tokens: int, moved_share: float, rng: random.Random) -> Filled:
    """The tensors of a batch; `moved_share` of its rows stand at a later position, as behind a long history."""
    alone = batch.length not in LENGTHS
    rows = 1 if alone else tokens // batch.length
    shape = (rows, batch.length)
    ids, kinds = np.full(shape, PAD, np.int64), np.zeros(shape, np.int64)
    head = len(batch.group.prefix)
    positions = np.tile(np.arange(head, head + batch.length), (rows, 1))
    spare = dataset.LONGEST - head - batch.length
    for row, index in enumerate(batch.rows):
        body = batch.group.bodies[index]
        ids[row, : len(body.ids)] = body.ids
        kinds[row, : len(body.ids)] = body.kinds
        if spare > 0 and not alone and rng.random() < moved_share:
            positions[row] += rng.randint(0, spare)
    prefix = np.full(head if alone else -(-head // PREFIX_STEP) * PREFIX_STEP, PAD, np.int64)
    prefix[:head] = batch.group.prefix
    arrays = (torch.from_numpy(array) for array in (ids, kinds, positions))
    return Filled(torch.from_numpy(prefix), head, *arrays)
