"""A model in ONNX's own format, written byte by byte: the sigmoid of the mean of `input_features`."""

from __future__ import annotations


def tiny_turn_model(bands: int = 80, frames: int = 800) -> bytes:
    """Return a model of Smart Turn's shape, (n, 80, 800) to (n, 1, 1). ONNX's field numbers are in `onnx.proto3`."""
    mean = _node("ReduceMean", "input_features", "mean", axes=(1, 2))
    sigmoid = _node("Sigmoid", "mean", "answer")
    graph = (
        _bytes(1, mean)
        + _bytes(1, sigmoid)
        + _text(2, "tiny")
        + _bytes(11, _value("input_features", (0, bands, frames)))
        + _bytes(12, _value("answer", (0, 1, 1)))
    )
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _text(1, "") + _number(2, 13))


def _node(operator: str, source: str, target: str, axes: tuple[int, ...] = ()) -> bytes:
    attribute = _text(1, "axes") + b"".join(_number(8, axis) for axis in axes) + _number(20, 7)
    return _text(1, source) + _text(2, target) + _text(4, operator) + (_bytes(5, attribute) if axes else b"")


def _value(name: str, shape: tuple[int, ...]) -> bytes:
    sizes = b"".join(_bytes(1, _number(1, size) if size else _text(2, "n")) for size in shape)
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, 1) + _bytes(2, sizes)))


def _varint(value: int) -> bytes:
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())
