"""Pictures with and without faces, made of the photographs that scikit-image brings along.

The face is NASA's portrait of Eileen Collins (public domain). Everything else shows no face: coins, a cat, a cup,
grass, text, noise, and the photographer of `camera`, who is seen from his side.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from vision.detectors.faces import Picture
from vision.opencv import opencv

FACE = (172, 68, 112, 128)
"""left, top, width, height of the face in the portrait"""
HEAD = (228, 125, 75, 105)
"""middle and half axes of the head with its hair"""
EYES = ((202, 101), (248, 102))
PLACES = ("coffee", "brick", "grass", "gravel", "rocket", "chelsea")
"""what stands behind a head"""
_NO_FACES = (
    "brick", "chelsea", "clock", "coffee", "coins", "colorwheel", "grass", "gravel", "horse", "hubble_deep_field",
    "immunohistochemistry", "logo", "moon", "page", "rocket", "text",
)  # fmt: skip


@functools.cache
def photograph(name: str) -> Picture:
    """A photograph of scikit-image by its name, in colour, blue first."""
    from skimage import data

    cv = opencv()
    picture: Any = np.asarray(getattr(data, name)())
    if picture.dtype == bool:
        picture = picture.astype(np.uint8) * 255
    if picture.ndim == 2:
        picture = cv.cvtColor(picture, cv.COLOR_GRAY2BGR)
    return np.ascontiguousarray(picture[..., :3][..., ::-1])


def portrait(width: int = 640, height: int = 480) -> Picture:
    """The portrait as a webcam would frame it."""
    return resized(photograph("astronaut")[:384], width, height)


def somebody(
    size: float, x: float, y: float, *, before: Picture | None = None, mirrored: bool = False, bright: float = 1.0
) -> Picture:
    """The head with a face `size` pixels high, its middle at x, y, before a picture (320 x 240 grey for None)."""
    cv = opencv()
    ground = np.full((240, 320, 3), 110, np.uint8) if before is None else before
    height, width = ground.shape[:2]
    scale = size / FACE[3]
    across, down = x - (FACE[0] + FACE[2] / 2) * scale, y - (FACE[1] + FACE[3] / 2) * scale
    matrix = np.array([[scale, 0, across], [0, scale, down]], np.float32)
    source, mask = photograph("astronaut"), _head_mask()
    if scale < 1:  # a smaller picture first, so that nothing flickers
        source = cv.resize(source, None, fx=scale, fy=scale, interpolation=cv.INTER_AREA)
        mask = cv.resize(mask, (source.shape[1], source.shape[0]), interpolation=cv.INTER_AREA)
        matrix[:, :2] = np.eye(2)
    head = cv.warpAffine(source, matrix, (width, height), flags=cv.INTER_CUBIC, borderMode=cv.BORDER_REPLICATE)
    share = cv.warpAffine(mask, matrix, (width, height))[..., None]
    picture = np.clip((head * share + ground * (1 - share)) * bright, 0, 255).astype(np.uint8)
    return np.ascontiguousarray(picture[:, ::-1]) if mirrored else picture


def with_shut_eyes(picture: Picture) -> Picture:
    """The portrait (512 x 512) with its eyes painted over by lids in the colour of the cheeks below, and lashes."""
    cv = opencv()
    out = picture.astype(np.float32)
    for x, y in EYES:
        lid = np.zeros(picture.shape[:2], np.float32)
        cv.ellipse(lid, (x, y), (17, 9), 0, 0, 360, 1, -1)
        share = cv.GaussianBlur(lid, (0, 0), 2.5)[..., None]
        out = out * (1 - share) + picture[122:128, x - 6 : x + 6].mean((0, 1)) * share
        lashes = np.zeros(picture.shape[:2], np.float32)
        cv.ellipse(lashes, (x, y - 1), (12, 5), 0, 10, 170, 1, 1)
        out = out * (1 - 0.35 * cv.GaussianBlur(lashes, (0, 0), 0.8)[..., None])
    return out.clip(0, 255).astype(np.uint8)


def turned(picture: Picture, degrees: float) -> Picture:
    """The portrait (512 x 512) with its head turned as if it were painted on a cylinder."""
    cv = opencv()
    height, width = picture.shape[:2]
    across, down = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    angle = np.arcsin(np.clip((across - HEAD[0]) / HEAD[2], -1, 1)) - np.radians(degrees)
    head = np.abs(across - HEAD[0]) < HEAD[2]
    seen = np.where(np.abs(angle) < np.pi / 2, np.sin(angle), -np.sign(degrees))
    source = np.where(head, HEAD[0] + HEAD[2] * seen, across).astype(np.float32)
    return np.asarray(cv.remap(picture, source, down, cv.INTER_LINEAR), np.uint8)


def without_faces() -> Iterator[tuple[str, Picture]]:
    """What nobody is in: photographs, a text that is typed here, noise, gradients, darkness, light."""
    cv = opencv()
    for name in _NO_FACES:
        yield name, photograph(name)
    generator = np.random.default_rng(7)
    yield "fine noise", generator.integers(0, 256, (480, 640, 3), np.uint8)
    coarse = generator.integers(0, 256, (24, 32, 3), np.uint8)
    yield "coarse noise", resized(coarse, 640, 480)
    yield "darkness with noise", generator.integers(0, 12, (480, 640, 3), np.uint8)
    yield "nothing at all", np.zeros((480, 640, 3), np.uint8)
    yield "white", np.full((480, 640, 3), 255, np.uint8)
    yield "a slope", np.repeat(np.linspace(0, 255, 640, dtype=np.uint8)[None, :, None], 480, 0).repeat(3, 2)
    terminal = np.full((480, 640, 3), 24, np.uint8)
    for row in range(18):
        words = f"  File 'app.py', line {row * 7}, in <module> o_o (00) {'=' * row}"
        cv.putText(terminal, words, (8, 24 + 25 * row), cv.FONT_HERSHEY_SIMPLEX, 0.6, (210, 210, 210), 1)
    yield "a terminal", terminal
    windows = np.full((480, 640, 3), 200, np.uint8)
    for number in range(12):
        cv.rectangle(
            windows, (20 + 50 * number, 20 + 30 * number), (220 + 50 * number, 160 + 30 * number), (60, 60, 60), 3
        )
    yield "windows", windows


def video(path: Path, seconds: float, scene: Callable[[float], Picture], rate: float = 10.0) -> Path:
    """A video file of what `scene` shows at each moment."""
    cv = opencv()
    height, width = scene(0.0).shape[:2]
    writer = cv.VideoWriter(str(path), cv.VideoWriter_fourcc(*"MJPG"), rate, (width, height))
    for number in range(round(seconds * rate)):
        writer.write(scene(number / rate))
    writer.release()
    return path


def resized(picture: Picture, width: int, height: int) -> Picture:
    """The picture at another size."""
    cv = opencv()
    smaller = width < picture.shape[1]
    return np.asarray(
        cv.resize(picture, (width, height), interpolation=cv.INTER_AREA if smaller else cv.INTER_CUBIC), np.uint8
    )


@functools.cache
def _head_mask() -> Any:
    cv = opencv()
    mask = np.zeros((512, 512), np.float32)
    cv.ellipse(mask, HEAD[:2], HEAD[2:], 0, 0, 360, 1, -1)
    return cv.GaussianBlur(mask, (0, 0), 6)
