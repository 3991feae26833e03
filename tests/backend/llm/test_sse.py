"""Server-sent events: every complete event comes out, whole, however the bytes were cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.llm.sse import MAX_EVENT_BYTES, EventReader, EventTooLargeError


def read(*pieces: bytes) -> list[str]:
    reader = EventReader()
    return [event for piece in pieces for event in reader.feed(piece)] + reader.finish()


def test_data_comes_out() -> None:
    """Comments and other fields are passed over; several data lines are one event."""
    stream = b": ping\n\nevent: x\nid: 3\ndata: one\n\ndata:two\ndata: three\n\n\n\n: \ndata: [DONE]\n\n"
    assert read(stream) == ["one", "two\nthree", "[DONE]"]


def test_other_line_ends_are_understood() -> None:
    """A server may end its lines with carriage return and line feed."""
    assert read(b"data: one\r\n\r\ndata: two\r\n\r\n") == ["one", "two"]


def test_the_last_event_needs_no_blank_line() -> None:
    """What a server sent before it closed is not lost for want of a line break."""
    assert read(b"data: one\n\ndata: two\n") == ["one", "two"]
    assert read(b"data: one\n\ndata: two") == ["one", "two"]


def test_a_split_character_stays_whole() -> None:
    """UTF-8 may be cut anywhere; bytes that are no UTF-8 at all become replacement characters."""
    whole = "data: é😀日\n\n".encode()
    assert read(*(whole[i : i + 1] for i in range(len(whole)))) == ["é😀日"]
    assert read(b"data: a\xff\xf0\x9fb\n\n") == ["a\ufffd\ufffdb"]


def test_an_event_without_end_is_refused() -> None:
    """Memory stays bounded, whether it is one endless line or endless lines of one event."""
    for quarter in (b"x" * (MAX_EVENT_BYTES // 4), b"data: " + b"x" * (MAX_EVENT_BYTES // 4) + b"\n"):
        with pytest.raises(EventTooLargeError):
            read(*[quarter] * 5)


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]))), st.data())
def test_the_cut_does_not_matter(events: list[str], data: st.DataObject) -> None:
    """However the bytes are cut, the same events come out."""
    stream = b"".join(b"data: " + event.encode() + b"\n\n" for event in events)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    assert read(*(stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True))) == events
