"""The frames on the pipe between the voice and its workers."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.tts.frames import MAX_FRAME_BYTES, Decoder, Frame, FrameError, Kind, encode, encode_sound

VALUES = st.dictionaries(st.text(max_size=8), st.none() | st.integers() | st.text(max_size=20), max_size=4)
PORTIONS = st.lists(st.integers(1, 40), min_size=1, max_size=20)


@given(st.lists(st.tuples(st.sampled_from(Kind), VALUES) | st.binary(max_size=30)), PORTIONS)
def test_frames_come_out_as_they_went_in(sent: list[object], portions: list[int]) -> None:
    """In whatever portions the pipe hands the bytes on."""
    data, expected = b"", []
    for each in sent:
        if isinstance(each, bytes):
            sound = each[: len(each) // 2 * 2]
            data += encode_sound(7, sound)
            expected.append((Kind.SOUND, 7, sound))
        else:
            kind, value = each  # type: ignore[misc]
            if kind is not Kind.SOUND:
                data += encode(kind, value)
                expected.append((kind, value))
    decoder, frames, place = Decoder(), [], 0
    while place < len(data):
        size = portions[place % len(portions)]
        frames += decoder.feed(data[place : place + size])
        place += size
    assert [(f.kind, f.id, f.sound) if f.kind is Kind.SOUND else (f.kind, f.json()) for f in frames] == expected


@pytest.mark.parametrize(
    "data",
    [
        b"Loading model...\n",
        (MAX_FRAME_BYTES + 1).to_bytes(4, "big") + bytes([Kind.DONE]),
        (0).to_bytes(4, "big") + bytes([Kind.DONE]),
        (4).to_bytes(4, "big") + bytes([99]) + b"abc",
        (6).to_bytes(4, "big") + bytes([Kind.SOUND]) + b"\0\0\0\1x",
    ],
)
def test_what_is_no_frame_is_refused(data: bytes) -> None:
    """Garbage is recognised by its head, before megabytes of it are waited for."""
    with pytest.raises(FrameError):
        Decoder().feed(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_frames_or_refused(data: bytes) -> None:
    """Nothing but FrameError ever comes out of the decoder."""
    with contextlib.suppress(FrameError):
        Decoder().feed(data)


@pytest.mark.parametrize("payload", [b"", b"{", b"[1]", b"\xff", b'{"a": 1}', b'{"id": "x"}'])
def test_a_frame_without_a_number_is_refused(payload: bytes) -> None:
    """A frame that belongs to nothing raises, whatever it holds instead."""
    with pytest.raises(FrameError):
        _ = Frame(Kind.DONE, payload).id
