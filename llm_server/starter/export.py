"""From a checkpoint to the GGUF file that ships: q8_0 weights, f32 norms, vocabulary and chat template inside."""

from __future__ import annotations

import json
from pathlib import Path

from llm_server.starter.shape import BOS, EOT, PAD, SHAPE, SIZE_LIMIT_BYTES, SPECIALS
from llm_server.starter.template import CHAT_TEMPLATE


def export(checkpoint: Path, tokenizer: Path, target: Path) -> int:
    """Write `target` whole or not at all; return its size in bytes.

    Raises ValueError when the file would be larger than what may ship.
    """
    import gguf
    import torch

    vocabulary = json.loads(tokenizer.read_text("utf-8"))["model"]
    tokens = [token for token, _ in sorted(vocabulary["vocab"].items(), key=lambda pair: pair[1])]
    if len(tokens) != SHAPE.vocabulary or tuple(tokens[: len(SPECIALS)]) != SPECIALS:
        raise ValueError(f"the tokenizer has {len(tokens)} tokens, the model {SHAPE.vocabulary}")
    merges = [pair if isinstance(pair, str) else " ".join(pair) for pair in vocabulary["merges"]]

    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".partial")
    writer = gguf.GGUFWriter(str(partial), "llama")
    writer.add_name("Alisa Starter")
    writer.add_author("The Alisa project")
    writer.add_license("mit")
    writer.add_size_label("4M")
    writer.add_context_length(SHAPE.context)
    writer.add_embedding_length(SHAPE.width)
    writer.add_block_count(SHAPE.layers)
    writer.add_feed_forward_length(SHAPE.feed_forward)
    writer.add_head_count(SHAPE.heads)
    writer.add_head_count_kv(SHAPE.kv_heads)
    writer.add_layer_norm_rms_eps(SHAPE.norm_epsilon)
    writer.add_rope_freq_base(SHAPE.rope_base)
    writer.add_rope_dimension_count(SHAPE.head_width)
    writer.add_vocab_size(SHAPE.vocabulary)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("llama-bpe")
    writer.add_token_list(tokens)
    kinds = gguf.TokenType
    writer.add_token_types([kinds.CONTROL if i < len(SPECIALS) else kinds.NORMAL for i in range(len(tokens))])
    writer.add_token_merges(merges)
    writer.add_bos_token_id(BOS)
    writer.add_eos_token_id(EOT)
    writer.add_eot_token_id(EOT)
    writer.add_pad_token_id(PAD)
    writer.add_add_bos_token(False)
    writer.add_chat_template(CHAT_TEMPLATE)
    q8 = gguf.GGMLQuantizationType.Q8_0
    weights = torch.load(checkpoint, map_location="cpu", weights_only=True)["model"]
    for name, weight in weights.items():
        values = weight.detach().float().numpy()
        if values.ndim == 2:
            writer.add_tensor(name, gguf.quants.quantize(values, q8), raw_dtype=q8)
        else:
            writer.add_tensor(name, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    size = partial.stat().st_size
    if size > SIZE_LIMIT_BYTES:
        partial.unlink()
        raise ValueError(f"the model would be {size:,} bytes, more than {SIZE_LIMIT_BYTES:,}")
    partial.replace(target)
    return size
