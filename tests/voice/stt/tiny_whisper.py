"""A Whisper of a few kilobytes, written here and read by the real faster-whisper: whatever it hears, it says its text.

Each position of the decoder is a direction of its own, and the last layer turns each direction into one word.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from ctranslate2.specs.whisper_spec import WhisperSpec
from numpy.typing import NDArray
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

WIDTH, HEADS, MELS = 64, 2, 80
_SPECIAL = [
    "<|endoftext|>", "<|startoftranscript|>", "<|translate|>", "<|transcribe|>", "<|startoflm|>",
    "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>",
]  # fmt: skip
_FIRST = 1
"""the position whose answer is the first word: after start and no-timestamps"""


def build(folder: Path, text: str, *, silence: bool = False) -> Path:
    """Write the model that says `text`; with `silence` it is sure that nobody speaks, and unsure of its words."""
    folder.mkdir(parents=True, exist_ok=True)
    words = ["\u0120" + word for word in text.split()]  # how a byte-level tokenizer writes a word after a space
    tokenizer = _tokenizer(words)
    tokenizer.save(str(folder / "tokenizer.json"))
    size = tokenizer.get_vocab_size()
    spec = WhisperSpec(1, HEADS, 1, HEADS)
    _fill(spec, size)
    spec.decoder.position_encodings.encodings = _directions(448)
    projection = np.zeros((size, WIDTH), np.float32)
    for place, word in enumerate([*words, "<|endoftext|>"], start=_FIRST):
        projection[tokenizer.token_to_id(word), place] = 0.5 if silence else 4.0
    if silence:
        projection[tokenizer.token_to_id("<|nospeech|>"), 0] = 4.0
    spec.decoder.projection.weight = projection
    spec.register_vocabulary([tokenizer.id_to_token(number) for number in range(size)])
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.lang_ids = []
    spec.config.alignment_heads = [[0, head] for head in range(HEADS)]
    spec.validate()
    spec.save(str(folder))
    features = {"feature_size": MELS, "sampling_rate": 16000, "hop_length": 160, "chunk_length": 30, "n_fft": 400}
    (folder / "preprocessor_config.json").write_text(json.dumps(features))
    return folder


def _tokenizer(words: list[str]) -> Tokenizer:
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {piece: number for number, piece in enumerate(dict.fromkeys([*alphabet, *words]))}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    times = [f"<|{step * 0.02:.2f}|>" for step in range(1501)]
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in [*_SPECIAL, *times]])
    return tokenizer


def _directions(count: int) -> NDArray[np.float32]:
    """One direction for each of the first positions."""
    found = np.zeros((count, WIDTH), np.float32)
    found[np.arange(WIDTH), np.arange(WIDTH)] = 10.0
    return found


def _fill(spec: WhisperSpec, size: int) -> None:
    """Give every layer weights that change next to nothing."""
    random = np.random.default_rng(0)

    def weights(*shape: int) -> NDArray[np.float32]:
        return (random.standard_normal(shape) * 1e-4).astype(np.float32)

    def linear(layer: object, out: int, into: int) -> None:
        layer.weight, layer.bias = weights(out, into), np.zeros(out, np.float32)  # type: ignore[attr-defined]

    def norm(layer: object) -> None:
        layer.gamma, layer.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)  # type: ignore[attr-defined]

    def attention(layer: object, *, cross: bool = False) -> None:
        norm(layer.layer_norm)  # type: ignore[attr-defined]
        shapes = (1, 2, 1) if cross else (3, 1)
        for part, times in zip(layer.linear, shapes, strict=True):  # type: ignore[attr-defined]
            linear(part, times * WIDTH, WIDTH)

    def feed_forward(layer: object) -> None:
        norm(layer.layer_norm)  # type: ignore[attr-defined]
        linear(layer.linear_0, 4 * WIDTH, WIDTH)  # type: ignore[attr-defined]
        linear(layer.linear_1, WIDTH, 4 * WIDTH)  # type: ignore[attr-defined]

    encoder, decoder = spec.encoder, spec.decoder
    encoder.conv1.weight, encoder.conv1.bias = weights(WIDTH, MELS, 3), np.zeros(WIDTH, np.float32)
    encoder.conv2.weight, encoder.conv2.bias = weights(WIDTH, WIDTH, 3), np.zeros(WIDTH, np.float32)
    encoder.position_encodings.encodings = weights(1500, WIDTH)
    norm(encoder.layer_norm)
    decoder.embeddings.weight = weights(size, WIDTH)
    norm(decoder.layer_norm)
    decoder.projection.bias = np.zeros(size, np.float32)
    for layer in encoder.layer:
        attention(layer.self_attention)
        feed_forward(layer.ffn)
    for layer in decoder.layer:
        attention(layer.self_attention)
        attention(layer.attention, cross=True)
        feed_forward(layer.ffn)
