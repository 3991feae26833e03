"""Tiny voices for Kokoro and Piper: real ONNX models that make tones, written byte by byte.

So the real libraries load and run them without a download, and without the `onnx` package. The numbers are the
fields of onnx.proto.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import numpy as np

_INT64, _FLOAT = 7, 1
_ROWS = 256


def kokoro(folder: Path) -> tuple[Path, Path]:
    """A model and a file of voices (`af_heart`, `bm_tiny`): 600 samples a token, each token one frame long."""
    model = folder / "kokoro.onnx"
    nodes = [
        _node("Gather", ["tones", "tokens"], "sound"),
        _node("Reshape", ["sound", "flat"], "audio"),
        _node("Equal", ["tokens", "tokens"], "same"),
        _node("Cast", ["same"], "ones", {"to": _INT64}),
        _node("Reshape", ["ones", "flat"], "duration"),
    ]
    inputs = [_value("tokens", _INT64, [1, "n"]), _value("style", _FLOAT, [1, 256]), _value("speed", _FLOAT, [1])]
    outputs = [_value("audio", _FLOAT, ["m"]), _value("duration", _INT64, ["n"])]
    model.write_bytes(_model(nodes, inputs, outputs, [_tensor("tones", tones(600)), _tensor("flat", np.array([-1]))]))
    voices = folder / "voices.bin"
    with zipfile.ZipFile(voices, "w") as archive:
        for name in ("af_heart", "bm_tiny"):
            with archive.open(f"{name}.npy", "w") as file:
                np.lib.format.write_array(file, np.zeros((510, 1, 256), np.float32))
    return model, voices


def piper(folder: Path, phoneme_ids: dict[str, list[int]]) -> Path:
    """A model with its description beside it: 256 samples a phoneme, two speakers."""
    model = folder / "tiny.onnx"
    nodes = [_node("Gather", ["tones", "input"], "sound"), _node("Reshape", ["sound", "shape"], "output")]
    inputs = [
        _value("input", _INT64, [1, "n"]), _value("input_lengths", _INT64, [1]), _value("scales", _FLOAT, [3]),
        _value("sid", _INT64, [1]),
    ]  # fmt: skip
    outputs = [_value("output", _FLOAT, [1, 1, 1, "m"])]
    initial = [_tensor("tones", tones(256)), _tensor("shape", np.array([1, 1, 1, -1]))]
    model.write_bytes(_model(nodes, inputs, outputs, initial))
    described = {
        "audio": {"sample_rate": 22050, "quality": "low"}, "espeak": {"voice": "en-us"}, "phoneme_type": "espeak",
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8}, "phoneme_map": {},
        "phoneme_id_map": phoneme_ids, "num_symbols": _ROWS, "num_speakers": 2, "speaker_id_map": {"amy": 0, "bea": 1},
    }  # fmt: skip
    Path(f"{model}.json").write_text(json.dumps(described))
    return model


def tones(samples: int) -> np.ndarray:
    """A row of sound for each token."""
    steps = np.arange(samples) / samples * 2 * np.pi
    return np.stack([0.5 * np.sin(steps * (5 + token % 16)) for token in range(_ROWS)]).astype(np.float32)


def _varint(number: int) -> bytes:
    number &= (1 << 64) - 1
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes | str) -> bytes:
    data = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _node(operation: str, inputs: list[str], output: str, attributes: dict[str, int] | None = None) -> bytes:
    body = b"".join(_bytes(1, name) for name in inputs) + _bytes(2, output) + _bytes(4, operation)
    for name, value in (attributes or {}).items():
        body += _bytes(5, _bytes(1, name) + _number(3, value) + _number(20, 2))
    return body


def _tensor(name: str, array: np.ndarray) -> bytes:
    kind = _FLOAT if array.dtype == np.float32 else _INT64
    raw = array.astype("<f4" if kind == _FLOAT else "<i8").tobytes()
    return b"".join(_number(1, size) for size in array.shape) + _number(2, kind) + _bytes(8, name) + _bytes(9, raw)


def _value(name: str, kind: int, shape: list[int | str]) -> bytes:
    dims = b"".join(_bytes(1, _number(1, size) if isinstance(size, int) else _bytes(2, size)) for size in shape)
    return _bytes(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, dims)))


def _model(nodes: list[bytes], inputs: list[bytes], outputs: list[bytes], initial: list[bytes]) -> bytes:
    graph = b"".join(_bytes(1, node) for node in nodes) + _bytes(2, "tiny")
    graph += b"".join(_bytes(5, tensor) for tensor in initial)
    graph += b"".join(_bytes(11, value) for value in inputs) + b"".join(_bytes(12, value) for value in outputs)
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _bytes(1, "") + _number(2, 15))
