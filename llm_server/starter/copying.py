"""A head start: the network begins with a pair of heads that copies what stands in the prompt.

Such a pair ("induction heads", Olsson et al. 2022) takes a small network longer to find by itself than all the rest of
its training: a head in the first layer tells every token which one stood before it, and a head in the next finds the
place after an earlier copy of the present token and says what stands there. Both can be written down. Everything
planted is an ordinary weight: training keeps, moves or forgets it.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

from llm_server.starter.model import Network

SHARPNESS = 8.0
"""How far the score of the token before stands above its neighbours'."""
CONSTANT = 4.0
"""The channel that is the same for every token, in units of the others' spread."""


@torch.no_grad()
def plant(network: Network, spread: float = 0.15) -> None:
    """Set the embedding and the heads; `spread` is the standard deviation of the embedding."""
    shape = network.shape
    width, head = shape.width, shape.head_width
    axes = torch.linalg.qr(torch.randn(width - 1, width - 1))[0]
    axes = torch.cat([torch.zeros(1, width - 1), axes])  # (width, width - 1), orthonormal; channel 0 stays free
    before, words = axes[:, :head], axes[:, head:]  # where the token before is written; where tokens are told apart
    embedding = network.token_embd.weight
    drawn = functional.normalize(torch.randn(shape.vocabulary, words.shape[1])) * math.sqrt(width)
    embedding.copy_(drawn @ words.T * spread)  # all of one length, so that the constant stays one when normalised
    embedding[:, 0] = CONSTANT * spread

    _, slow = frequencies(shape.rope_base, head)
    read = words[:, :head].T  # (head, width): a token as a head sees it
    first, second = network.blk[0], network.blk[1]
    look_back(first.attn_q.weight[:head], first.attn_k.weight[:head], shape.rope_base)
    first.attn_v.weight[:head] = read
    first.attn_output.weight[:, :head] = before * (2 * spread)
    find = read.clone()
    find[~slow] = 0  # fast channels turn too far between two places to compare them
    seen = before.T.clone()
    seen[~slow] = 0
    second.attn_q.weight[:head] = find
    second.attn_k.weight[:head] = seen * 2.5
    for block in list(network.blk)[1:]:
        for index in range(shape.kv_heads):
            rows = slice(index * head, (index + 1) * head)
            value = (words @ torch.linalg.qr(torch.randn(words.shape[1], head))[0]).T
            block.attn_v.weight[rows] = value
            block.attn_output.weight[:, rows] = value.T * spread * (4 if block is second and index == 0 else 0.25)


def frequencies(base: float, head: int) -> tuple[Tensor, Tensor]:
    """Angles a step of the pairs of a head, (head / 2,); and which of its channels are slow, (head,)."""
    angles = base ** -(torch.arange(0, head, 2) / head)
    return angles, (angles < 1 / 250).repeat_interleave(2)


def look_back(query: Tensor, key: Tensor, base: float) -> None:
    """Write a query and a key, each (head, width), that meet when the key stands one place before the query."""
    head = query.shape[0]
    angles, _ = frequencies(base, head)
    query.zero_()
    key.zero_()
    fast = (angles > 0.1).float()
    gap = float((1 - angles.cos()) @ fast) / math.sqrt(head)
    seen = CONSTANT / math.sqrt(1 + CONSTANT**2 / query.shape[1])  # the constant channel after normalisation
    size = fast * math.sqrt(SHARPNESS / gap) / seen
    query[0::2, 0] = angles.cos() * size
    query[1::2, 0] = -angles.sin() * size
    key[0::2, 0] = size
