"""The document and the code hold the same words."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from alisa.protocol import HEARS, MAY_SEND, MESSAGES, Body, Cause, Emotion, EndReason, Message, Role, Source, Tag

DOCUMENT = (Path(__file__).parents[3] / "docs" / "protocol.md").read_text(encoding="utf-8")


def rows(heading: str) -> dict[str, list[str]]:
    """The cells of the last table under a heading, by the word in the first cell."""
    section = DOCUMENT.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    found = {}
    for line in section.splitlines():
        cells = [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        name = re.fullmatch(r"`([\w ]+)`", cells[0]) if cells else None
        if name:
            found[name[1]] = cells[1:]
    return found


TAGS = rows("The full dialect")
ROLES = rows("Roles")


def test_every_tag_is_documented_and_no_other() -> None:
    """The vocabulary of the document is the enum, word for word."""
    assert set(TAGS) == {tag.value for tag in Tag}


@pytest.mark.parametrize("kind", MESSAGES.values(), ids=lambda kind: kind.__name__)
def test_the_fields_of_a_body_are_documented(kind: type[Message]) -> None:
    """The keys of an object, those that may be absent, and the fields between pipes are the dataclass's own."""
    body = TAGS[kind.tag][1]
    known = [field for field in fields(kind) if field.name != "turn"]  # type: ignore[arg-type]
    if kind.body is Body.OBJECT:
        assert re.findall(r'"(\w+)"', body) == [field.name for field in known]
        for name in re.findall(r'"(\w+)"\?', body):
            field = next(field for field in known if field.name == name)
            assert field.default is not MISSING or field.default_factory is not MISSING
    if kind.body is Body.PIPES:
        assert body.strip("`").split("|") == [field.name for field in known]
    if kind.body is Body.NONE:
        assert body == "nothing"


def test_the_tags_that_carry_a_turn_are_listed() -> None:
    """The sentence under the table names exactly those whose message has a turn."""
    sentence = re.search(r"These may carry a turn.*?: (.*?)\.\n", DOCUMENT, re.DOTALL)
    assert sentence is not None
    listed = re.findall(r"`(\w+)`", sentence[1])
    assert listed == [tag for tag, kind in MESSAGES.items() if "turn" in {f.name for f in fields(kind)}]  # type: ignore[arg-type]


@pytest.mark.parametrize("role", Role)
def test_the_table_of_roles_is_the_code(role: Role) -> None:
    """What a role may send and what it hears, tag by tag."""
    sends, hears = ({word.strip() for word in cell.split(",")} for cell in ROLES[role])
    assert sends == MAY_SEND[role]
    assert hears == HEARS[role]


def test_no_role_is_missing() -> None:
    """Every role has a row and every row is a role."""
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize("words", [Emotion, Cause, EndReason, Source], ids=lambda words: words.__name__)
def test_every_choice_is_named(words: type[Emotion | Cause | EndReason | Source]) -> None:
    """Each emotion, cause, reason and source stands in the document."""
    assert all(re.search(rf"\b{word}\b", DOCUMENT) for word in words)


def test_the_directions_are_the_roles() -> None:
    """A tag is marked as from a client exactly where some role may send it."""
    may_be_sent = frozenset().union(*MAY_SEND.values())
    assert {tag for tag in Tag if TAGS[tag][0] in ("client", "both")} == may_be_sent
