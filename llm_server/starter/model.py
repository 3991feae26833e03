"""The network in torch: what llama.cpp calls "llama", with the system prompt computed once for a batch.

`Network.forward` takes one prefix and many bodies. The bodies see the prefix and themselves, never each other, so a
long system prompt costs its tokens once for a batch instead of once for a dialogue. Weight names are those of the GGUF.
"""

# mypy: disable-error-code="misc"
# (without torch its classes are Any, and nothing may inherit from Any)
from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from llm_server.starter.shape import SHAPE, Shape


class RootMeanSquare(nn.Module):
    """RMS normalisation with a learned gain."""

    def __init__(self, width: int, epsilon: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        return functional.rms_norm(x, (x.shape[-1],), self.weight.to(x.dtype), self.epsilon)


def rotate(x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """Rotary positions over adjacent pairs, as llama.cpp's NORM rope, so the export needs no permutation."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cosine - odd * sine, even * sine + odd * cosine), -1).flatten(-2)


class Block(nn.Module):
    """Attention and a gated feed-forward layer."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        narrow = shape.kv_heads * shape.head_width
        self.attn_norm = RootMeanSquare(shape.width, shape.norm_epsilon)
        self.ffn_norm = RootMeanSquare(shape.width, shape.norm_epsilon)
        self.attn_q = nn.Linear(shape.width, shape.width, bias=False)
        self.attn_k = nn.Linear(shape.width, narrow, bias=False)
        self.attn_v = nn.Linear(shape.width, narrow, bias=False)
        self.attn_output = nn.Linear(shape.width, shape.width, bias=False)
        self.ffn_gate = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.ffn_up = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.ffn_down = nn.Linear(shape.feed_forward, shape.width, bias=False)

    def forward(self, x: Tensor, turn: tuple[Tensor, Tensor], rows: int, prefix: int, mask: Tensor | None) -> Tensor:
        """`x` is (prefix + rows · length, width), the prefix first; `mask` is (length, prefix + length).

        Without a mask there is one row, and prefix and body are one causal sequence.
        """
        shape = self.shape
        h = self.attn_norm(x)
        q = rotate(self.attn_q(h).view(-1, shape.heads, shape.head_width), *turn)
        k = rotate(self.attn_k(h).view(-1, shape.kv_heads, shape.head_width), *turn)
        v = self.attn_v(h).view(-1, shape.kv_heads, shape.head_width)
        group = shape.heads // shape.kv_heads
        k, v = k.repeat_interleave(group, 1).to(q.dtype), v.repeat_interleave(group, 1).to(q.dtype)
        if rows == 1 and mask is None:
            whole = [t.transpose(0, 1)[None] for t in (q, k, v)]
            mixed = functional.scaled_dot_product_attention(*whole, is_causal=True)
            x = x + self.attn_output(mixed[0].transpose(0, 1).reshape(-1, shape.width))
        else:
            x = x + self.attn_output(self.shared(q, k, v, rows, prefix, mask))
        h = self.ffn_norm(x)
        return x + self.ffn_down(functional.silu(self.ffn_gate(h)) * self.ffn_up(h))

    def shared(self, q: Tensor, k: Tensor, v: Tensor, rows: int, prefix: int, mask: Tensor | None) -> Tensor:
        """Attention of many bodies that share a prefix; q, k, v are (prefix + rows · length, heads, head width)."""
        shape = self.shape
        first = [t[:prefix].transpose(0, 1)[None] for t in (q, k, v)]
        begun = functional.scaled_dot_product_attention(*first, is_causal=True)[0].transpose(0, 1)

        def bodies(t: Tensor) -> Tensor:
            return t[prefix:].view(rows, -1, shape.heads, shape.head_width).transpose(1, 2)

        keys, values = (
            torch.cat([t[:prefix].transpose(0, 1)[None].expand(rows, -1, -1, -1), bodies(t)], 2) for t in (k, v)
        )
        bias = None if mask is None else mask.to(q.dtype)
        mixed = functional.scaled_dot_product_attention(bodies(q), keys, values, attn_mask=bias).transpose(1, 2)
        return torch.cat([begun.reshape(prefix, shape.width), mixed.reshape(-1, shape.width)])


class Network(nn.Module):
    """The whole model; the output layer is the embedding (tied)."""

    def __init__(self, shape: Shape = SHAPE) -> None:
        super().__init__()
        self.shape = shape
        self.token_embd = nn.Embedding(shape.vocabulary, shape.width)
        self.blk = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.output_norm = RootMeanSquare(shape.width, shape.norm_epsilon)
        for name, weight in self.named_parameters():
            if weight.dim() == 2:
                residual = "down" in name or "attn_output" in name
                nn.init.normal_(weight, std=0.02 / (math.sqrt(2 * shape.layers) if residual else 1.0))

    def forward(self, prefix: Tensor, body: Tensor, positions: Tensor, real: int) -> Tensor:
        """Hidden states of the body, (rows, length, width).

        `prefix` is (P,), at positions 0…P-1, of which the first `real` are not padding; `body` and its `positions`
        are (rows, length).
        """
        shape, (rows, length), head = self.shape, body.shape, len(prefix)
        device = body.device
        place = torch.cat([torch.arange(head, device=device), positions.flatten()]).float()
        steps = torch.arange(0, shape.head_width, 2, device=device).float() / shape.head_width
        angle = place[:, None] * shape.rope_base**-steps
        kind = torch.get_autocast_dtype(device.type) if torch.is_autocast_enabled(device.type) else torch.float32
        turn = (angle.cos()[:, None].to(kind), angle.sin()[:, None].to(kind))
        mask = None
        if rows > 1 or real < head or int(positions[0, 0]) != head:
            mask = self.mask(length, head, real, device)
        x = self.token_embd(torch.cat([prefix, body.flatten()]))
        for block in self.blk:
            x = block(x, turn, rows, head, mask)
        hidden: Tensor = self.output_norm(x[head:]).view(rows, length, shape.width)
        return hidden

    @staticmethod
    def mask(length: int, head: int, real: int, device: torch.device) -> Tensor:
        """Additive mask (length, head + length): the body sees the real part of the prefix, and its own past."""
        mask = torch.zeros(length, head + length, device=device)
        later = torch.ones(length, length, dtype=torch.bool, device=device).triu(1)
        mask[:, head:].masked_fill_(later, float("-inf"))
        mask[:, real:head] = float("-inf")
        return mask

    def logits(self, hidden: Tensor) -> Tensor:
        """Scores over the vocabulary for hidden states (…, width)."""
        return functional.linear(hidden, self.token_embd.weight)
