"""From the GGUF file that ships back to what training works on, so that a later training can go on from it.

The vocabulary comes back as it was. The weights come back as q8_0 kept them: near enough to begin with.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from llm_server.starter import tokenizer


def reopen(model: Path, tokenizer_file: Path, checkpoint: Path) -> None:
    """Write the tokenizer and the weights of `model`, where they are not there yet.

    Raises FileNotFoundError when there is no such file.
    """
    import gguf
    import torch

    reader = gguf.GGUFReader(str(model))
    if not tokenizer_file.exists():
        tokenizer.restore(_words(reader, "tokens"), _words(reader, "merges"), tokenizer_file)
    if not checkpoint.exists():
        weights = {
            tensor.name: torch.from_numpy(gguf.quants.dequantize(tensor.data, tensor.tensor_type).copy())
            for tensor in reader.tensors
        }
        checkpoint.parent.mkdir(parents=True, exist_ok=True)
        torch.save({"model": weights}, checkpoint)


def _words(reader: Any, name: str) -> list[str]:
    field = reader.get_field(f"tokenizer.ggml.{name}")
    return [bytes(field.parts[place]).decode("utf-8") for place in field.data]
