"""The dimensions of the starter model and its special tokens: what trainer, exporter and tokenizer must agree on.

Knows nothing of torch, so that it can be read everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SPECIALS = ("<|pad|>", "<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>")
PAD, BOS, HEADER_START, HEADER_END, EOT = range(5)

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = REPOSITORY / "data"
STATE = DATA / "runtime" / "starter"
MODEL_FILE = DATA / "models" / "starter.gguf"
CARD_FILE = DATA / "models" / "starter.md"
SIZE_LIMIT_BYTES = 5_000_000
WHOLE_WORDS = 384
"""Tokens at the end of the vocabulary that are whole words, so that they can be copied in one piece."""


@dataclass(frozen=True)
class Shape:
    """A llama-shaped network; every width is a multiple of 32, the block of q8_0."""

    vocabulary: int = 2560 + WHOLE_WORDS
    width: int = 256
    layers: int = 5
    heads: int = 4
    kv_heads: int = 4
    feed_forward: int = 576
    context: int = 8192
    rope_base: float = 1_000_000.0
    norm_epsilon: float = 1e-5

    @property
    def head_width(self) -> int:
        """Channels in one attention head."""
        return self.width // self.heads


SHAPE = Shape()
