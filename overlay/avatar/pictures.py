"""Reading one PNG that somebody made: what cannot be used is said in a sentence, and never costs more than it may.

What the picture is for is not known here.
"""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from PIL import Image

MAX_FILE_BYTES = 16 * 1024 * 1024
MAX_SIDE = 4096
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
_TORN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error)
# what Pillow raises for damaged files, found by damaging some


class PictureError(Exception):
    """A picture cannot be used; the sentence begins with the file's name."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG that was read."""

    image: Image.Image
    """premultiplied, mode RGBa"""
    opaque: bool
    """nothing of it is transparent"""
    empty: bool
    """nothing of it can be seen"""


def find_picture(folder: Path, file: str) -> Path:
    """The path of `file`, which a manifest named, inside the folder.

    Raises PictureError when it leads outside, is no plain file, or is not there.
    """
    shown = repr(file[:80])
    parts = PurePosixPath(file).parts
    if not file or "\\" in file or "\0" in file or PureWindowsPath(file).anchor or PurePosixPath(file).is_absolute():
        raise PictureError(f"{shown} is no name of a file in this folder.")
    if ".." in parts or any(":" in part for part in parts):
        raise PictureError(f"{shown} leads out of this folder.")
    path = folder / file
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise PictureError(f"{shown} leads out of this folder.")
        if not path.exists():
            raise PictureError(f"{file}: is not there.")
        if not path.is_file():
            raise PictureError(f"{file}: is not a file.")
    except (OSError, ValueError, RuntimeError) as error:
        raise PictureError(f"{shown} cannot be looked up: {_reason(error)}.") from error
    return path


def read_picture(path: Path, name: str) -> Picture:
    """Read one PNG; `name` is how problems call it. Raises PictureError."""
    image = _decode(_checked_bytes(path, name), name)
    if image.mode not in _MODES:
        raise PictureError(f"{name}: has a colour mode ({image.mode}) that is not read; save it as RGBA, 8 bits.")
    rgba = image.convert("RGBA")
    lowest, highest = rgba.getchannel("A").getextrema()
    return Picture(rgba.convert("RGBa"), opaque=lowest == 255, empty=highest == 0)


def _checked_bytes(path: Path, name: str) -> bytes:
    """The file's content, when size and header promise a picture that can be held."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise PictureError(f"{name}: cannot be read: {_reason(error)}.") from error
    if len(content) > MAX_FILE_BYTES:
        raise PictureError(f"{name}: is larger than {MAX_FILE_BYTES // 1024 // 1024} MB.")
    if not content:
        raise PictureError(f"{name}: is empty.")
    if not content.startswith(_SIGNATURE) or content[12:16] != b"IHDR" or len(content) < 24:
        raise PictureError(f"{name}: is not a PNG picture.")
    width, height = struct.unpack(">II", content[16:24])
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise PictureError(f"{name}: is {width} x {height} pixels; at most {MAX_SIDE} x {MAX_SIDE} can be used.")
    return content


def _decode(content: bytes, name: str) -> Image.Image:
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as image:
            if getattr(image, "n_frames", 1) > 1:
                raise PictureError(f"{name}: is animated; save one picture of it.")
            image.load()
            return image
    except _TORN as error:
        raise PictureError(f"{name}: is damaged: it cannot be decoded.") from error


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__
