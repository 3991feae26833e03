"""Exports hold every word, and no word of theirs can pass for the export's own structure."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alisa.protocol.tags import Cause, Emotion
from alisa.runtime.errors import UsageError
from backend.storage.export import as_dict, render
from backend.storage.types import StoredMessage
from tests.backend.storage.steps import NOW


def message(**changes: object) -> StoredMessage:
    values: dict[str, object] = {
        "id": 1, "turn": 1, "conversation": "main", "role": "user", "text": "hi", "emotion": None,
        "cause": Cause.USER, "origin": "chat", "interrupted": False, "at": NOW,
    }  # fmt: skip
    return StoredMessage(**(values | changes))  # type: ignore[arg-type]


HERS = message(id=2, role="assistant", text="Hmph.\nHello", emotion=Emotion.SHY, interrupted=True, origin="m")
MESSAGES = st.lists(
    st.builds(
        message,
        text=st.text(),
        conversation=st.text(min_size=1),
        role=st.sampled_from(["user", "assistant"]),
        emotion=st.sampled_from([None, *Emotion]),
        at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    )
)


@given(MESSAGES)
def test_json_gives_every_message_back(messages: list[StoredMessage]) -> None:
    """The JSON export parses, and holds each message with the names that other programs rely on."""
    read = json.loads("".join(render("json", messages, NOW)))
    assert read["messages"] == [json.loads(json.dumps(as_dict(each))) for each in messages]
    assert read["format"] == "alisa-history"
    assert read["version"] == 1


@given(MESSAGES)
def test_nothing_said_becomes_structure_in_markdown(messages: list[StoredMessage]) -> None:
    """Every line of a message is quoted: a heading, rule or speaker in the page is the page's own."""
    lines = "".join(render("markdown", messages, NOW)).split("\n")
    own = [line for line in lines if line and not line.startswith(">")]
    speakers = [line for line in own if line.startswith("**")]
    assert len(speakers) == len(messages)
    assert all(line.startswith(("# ", "## ", "### ", "**", "---", "Exported", "Nothing")) for line in own)


def test_a_page_to_read() -> None:
    """Conversations, days and long pauses are visible; her feeling and a cut-off are told; times are of the zone."""
    later = NOW + timedelta(hours=1)
    said = [message(text="# hi"), HERS, message(at=later), message(conversation="work", at=NOW + timedelta(days=1))]
    page = "".join(render("markdown", said, NOW.astimezone(timezone(timedelta(hours=2))), "Mika"))
    assert page.splitlines() == [
        "# Conversations with Mika", "", "Exported on 21 November 2026 at 22:14.", "",
        "## main", "", "### Saturday 21 November 2026", "",
        "**You**, 22:14", "", "> # hi", "",
        "**Mika (shy, interrupted)**, 22:14", "", "> Hmph.", "> Hello", "",
        "---", "", "**You**, 23:14", "", "> hi", "",
        "## work", "", "### Sunday 22 November 2026", "", "**You**, 22:14", "", "> hi",
    ]  # fmt: skip


def test_an_empty_history_says_so() -> None:
    """Nothing said is a page that says so, and an empty list."""
    assert "Nothing has been said yet." in "".join(render("markdown", [], NOW))
    assert json.loads("".join(render("json", [], NOW)))["messages"] == []


def test_an_unknown_format_is_named_with_those_that_exist() -> None:
    """A wrong format is wrong use, and the formats are listed."""
    with pytest.raises(UsageError, match="pdf") as caught:
        list(render("pdf", [], NOW))
    assert "json, markdown" in caught.value.hint
