"""What waits for one client."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from alisa.protocol.tags import Tag
from backend.gateway.frames import Frame, on_the_wire
from backend.gateway.outbox import CHUNK_BYTES, Outbox


def token(turn: int, text: str = "x") -> Frame:
    return Frame(text.encode(), Tag.TOKEN, turn)


def test_a_frame_is_framed_as_the_standard_says() -> None:
    """Unmasked text frames in the three lengths of RFC 6455, section 5.2."""
    assert on_the_wire("hé") == b"\x81\x03h\xc3\xa9"
    assert on_the_wire("a" * 126) == b"\x81\x7e\x00\x7e" + b"a" * 126
    assert on_the_wire("a" * 70_000) == b"\x81\x7f" + (70_000).to_bytes(8, "big") + b"a" * 70_000


def test_frames_leave_in_order_and_together() -> None:
    """One write takes everything that waits."""
    box = Outbox(16)
    assert box.put(token(1, "a"))
    assert box.put(token(1, "b"))
    assert box.take() == b"ab"
    assert box.take() == b""
    assert not box.ready


def test_one_write_has_a_bounded_size() -> None:
    """A client that reads slowly has little more than a buffer on its way, the rest can still be taken back."""
    box = Outbox(100)
    for _ in range(10):
        box.put(token(1, "a" * (CHUNK_BYTES // 2)))
    assert len(box.take()) == CHUNK_BYTES
    assert len(box) == 8


def test_a_full_box_refuses() -> None:
    """It never grows beyond its limit, whatever is put in."""
    box = Outbox(2)
    assert box.put(token(1))
    assert box.put(token(1))
    assert not box.put(token(1))
    assert len(box) == 2


def test_the_latest_state_wins() -> None:
    """Of mode, status, mouth and sight only the latest waits, at the place of the latest."""
    box = Outbox(2)
    for number in range(50):
        assert box.put(Frame(f"m{number}".encode(), Tag.MOUTH))
    assert box.put(Frame(b"s", Tag.STATUS))
    assert box.put(Frame(b"m!", Tag.MOUTH))
    assert box.take() == b"sm!"


def test_an_interrupted_turn_is_taken_out() -> None:
    """Its pieces go; what the user said, its beginning and its end stay, and so do other turns."""
    box = Outbox(16)
    for frame in (
        Frame(b"U", Tag.USER, 1), Frame(b"T", Tag.TURN, 1), token(1), Frame(b"S", Tag.SENTENCE, 1),
        Frame(b"F", Tag.EMOTION, 1), token(2, "2"), Frame(b"E", Tag.END, 1),
    ):  # fmt: skip
        box.put(frame)
    box.drop_turn(1)
    assert box.take() == b"UT2E"


def test_holding_collects_and_releasing_sends_what_comes_first_first() -> None:
    """While a client is introduced nothing leaves, what waited before is forgotten, what came meanwhile follows."""
    box = Outbox(16)
    box.put(token(1, "before"))
    box.hold()
    box.put(token(2, "live"))
    assert (box.ready, box.take()) == (False, b"")
    assert box.holds(Tag.TOKEN, 2)
    assert not box.holds(Tag.TOKEN, 1)
    box.release([token(1, "wel"), token(1, "come ")])
    assert box.take() == b"welcome live"


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from([Tag.TOKEN, Tag.MODE, Tag.END]), st.integers(0, 3)), max_size=60))
def test_nothing_but_old_state_is_ever_lost(puts: list[tuple[Tag, int]]) -> None:
    """In any order of puts, all that is not state leaves as it came, and of the state the latest does."""
    box = Outbox(1000)
    frames = [Frame(f"{tag}{turn};".encode(), tag, turn) for tag, turn in puts]
    for frame in frames:
        assert box.put(frame)
    left = box.take()
    last_mode = max((index for index, frame in enumerate(frames) if frame.tag is Tag.MODE), default=-1)
    kept = [f.data for index, f in enumerate(frames) if f.tag is not Tag.MODE or index == last_mode]
    assert left == b"".join(kept)
