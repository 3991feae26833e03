"""One PNG that somebody made is read, or it is said what is wrong with it."""

from __future__ import annotations

import io
import os
import struct
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from overlay.avatar import pictures
from overlay.avatar.pictures import PictureError, find_picture, read_picture


def png(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


GRADIENT = png(Image.linear_gradient("L").resize((24, 24)).convert("RGBA"))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_usual_colour_mode_is_read(tmp_path: Path, mode: str) -> None:
    """Whatever a painting program writes becomes premultiplied colour."""
    (tmp_path / "a.png").write_bytes(png(Image.new("RGBA", (5, 4), "#ff000080").convert(mode)))
    picture = read_picture(tmp_path / "a.png", "a.png")
    assert (picture.image.mode, picture.image.size) == ("RGBa", (5, 4))
    assert picture.opaque == (mode not in ("LA", "RGBA", "P")) or mode == "P"


def test_a_palette_with_transparency_stays_transparent(tmp_path: Path) -> None:
    """A small PNG of few colours keeps its holes."""
    image = Image.new("P", (2, 1), 0)
    image.putpalette([0, 0, 0, 255, 0, 0])
    image.putpixel((1, 0), 1)
    image.save(tmp_path / "a.png", transparency=0)
    assert [read_picture(tmp_path / "a.png", "a").image.getpixel((x, 0))[3] for x in (0, 1)] == [0, 255]  # type: ignore[index]


def test_sixteen_bits_of_grey_are_refused_by_name(tmp_path: Path) -> None:
    """A mode that would be read wrongly is said, with what to save instead."""
    (tmp_path / "a.png").write_bytes(png(Image.new("I;16", (4, 4))))
    with pytest.raises(PictureError, match=r"a\.png: has a colour mode .* save it as RGBA"):
        read_picture(tmp_path / "a.png", "a.png")


def test_a_moving_picture_is_refused(tmp_path: Path) -> None:
    """An animated PNG is none of hers."""
    frames = [Image.new("RGBA", (4, 4), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "a.png", save_all=True, append_images=frames[1:])
    with pytest.raises(PictureError, match="is animated"):
        read_picture(tmp_path / "a.png", "a.png")


def test_a_picture_that_would_fill_the_memory_is_not_decoded(tmp_path: Path) -> None:
    """The header alone decides: a tiny file may promise a gigantic picture."""
    bomb = bytearray(GRADIENT)
    bomb[16:24] = struct.pack(">II", 60_000, 60_000)
    (tmp_path / "a.png").write_bytes(bytes(bomb))
    with pytest.raises(PictureError, match="60000 x 60000 pixels; at most"):
        read_picture(tmp_path / "a.png", "a.png")


def test_a_file_that_is_too_large_is_not_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than the limit is ever held."""
    monkeypatch.setattr(pictures, "MAX_FILE_BYTES", 100)
    (tmp_path / "a.png").write_bytes(GRADIENT + b"x" * 200)
    with pytest.raises(PictureError, match="is larger than"):
        read_picture(tmp_path / "a.png", "a.png")


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"GIF89a" + b"\0" * 40])
def test_what_is_no_png_is_said(tmp_path: Path, content: bytes) -> None:
    """An empty file, a text, a GIF with the wrong name."""
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(PictureError, match=r"a\.png: is (empty|not a PNG picture)\."):
        read_picture(tmp_path / "a.png", "a.png")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(st.data())
def test_damage_is_a_sentence_or_a_picture(tmp_path: Path, data: st.DataObject) -> None:
    """Whatever happens to the bytes, nothing but a PictureError comes out."""
    content = bytearray(GRADIENT)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / "a.png").write_bytes(bytes(content[: data.draw(st.integers(0, len(content)))]))
    try:
        outcome = read_picture(tmp_path / "a.png", "a.png").image.mode
    except PictureError as error:
        outcome = str(error)
    assert outcome == "RGBa" or outcome.startswith("a.png: ")


@pytest.mark.parametrize(
    "name",
    [
        *("../secret.png", "a/../../secret.png", "/etc/hostname", "C:\\x.png", "c:x.png", "\\\\host\\x.png"),
        *("..\\secret.png", "a\0.png", "", "x.png:stream", "//host/x.png"),
    ],
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    """A manifest from a stranger reads nothing but the pictures beside it."""
    (tmp_path / "secret.png").write_bytes(GRADIENT)
    (tmp_path / "set" / "a").mkdir(parents=True)
    with pytest.raises(PictureError, match=r"(is no name of a file in|leads out of) this folder"):
        find_picture(tmp_path / "set", name)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_no_link_leads_out_of_the_folder(tmp_path: Path) -> None:
    """A link is followed only where it stays inside."""
    (tmp_path / "secret.png").write_bytes(GRADIENT)
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "a.png").symlink_to(tmp_path / "secret.png")
    with pytest.raises(PictureError, match="leads out of this folder"):
        find_picture(tmp_path / "set", "a.png")
    (tmp_path / "set" / "b.png").symlink_to("b.png")
    with pytest.raises(PictureError):
        find_picture(tmp_path / "set", "b.png")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
def test_a_pipe_is_not_waited_on(tmp_path: Path) -> None:
    """Only plain files are opened."""
    os.mkfifo(tmp_path / "a.png")
    with pytest.raises(PictureError, match="is not a file"):
        find_picture(tmp_path, "a.png")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """And one in a folder of the set is found."""
    with pytest.raises(PictureError, match=r"faces/a\.png: is not there\."):
        find_picture(tmp_path, "faces/a.png")
    (tmp_path / "faces").mkdir()
    (tmp_path / "faces" / "a.png").write_bytes(GRADIENT)
    assert find_picture(tmp_path, "faces/a.png") == tmp_path / "faces/a.png"
