"""A field says in words what it takes, and shows its value so that it can be read."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import ClassVar, Literal

import pytest
from pydantic import Field, ValidationError
from pydantic.fields import FieldInfo

from alisa.runtime.section import Section, expected, from_text, is_strictest, shown, strictest


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Sample(Section):
    section: ClassVar[str] = "sample"
    ranged: int = Field(1, ge=0, le=1_000_000)
    above: float = Field(1.0, gt=0, le=2.5)
    least: int = Field(1, ge=1)
    words: Literal["a", "b"] = "a"
    colour: Colour = Colour.RED
    names: list[str] = Field([], max_length=3)
    table: dict[str, int] = Field(default_factory=dict)
    maybe: int | None = None
    other: Callable[[], None] | None = None
    guard: bool = strictest(False)


FIELDS = Sample.model_fields


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ranged", "a whole number from 0 to 1000000"),
        ("above", "a number above 0 and at most 2.5"),
        ("least", "a whole number at least 1"),
        ("words", "one of a, b"),
        ("colour", "one of red, blue"),
        ("names", "a list at most 3 long"),
        ("table", "a table"),
        ("maybe", "a whole number or nothing"),
        ("other", "a value of its kind or nothing"),
        ("guard", "true or false"),
    ],
)
def test_what_a_field_takes(name: str, words: str) -> None:
    """Type and limits become words."""
    assert expected(FIELDS[name]) == words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        ("a b", '"a b"'),
        ("é", '"é"'),
        ("a\nb\x1b", '"a\\nb\\x1b"'),
        (1.5, "1.5"),
        (["é"], "['\\xe9']"),
        ("\ud800", '"\\ud800"'),
    ],
)
def test_values_are_shown_on_one_line(value: object, text: str) -> None:
    """A value is one printable line, as it would stand in the file where that is possible."""
    assert shown(FIELDS["words"], value) == text


def test_long_values_are_shortened_and_secrets_masked() -> None:
    """A value of any length takes at most one line; of a secret only whether it is set can be seen."""
    assert len(shown(FIELDS["words"], "x" * 10_000)) < 100
    secret = FieldInfo(annotation=str, default="", repr=False)
    assert shown(secret, "abc") == "(hidden)"
    assert shown(secret, "") == '""'


def test_text_becomes_a_structure_only_where_one_is_wanted() -> None:
    """A list or table is written as JSON; elsewhere brackets are text; nonsense stays text, to be refused."""
    assert from_text(FIELDS["names"], '["a"]') == ["a"]
    assert from_text(FIELDS["words"], '["a"]') == '["a"]'
    assert from_text(FIELDS["names"], "[[[") == "[[["
    assert from_text(FIELDS["names"], "[" * 100_000) == "[" * 100_000


def test_a_section_is_frozen_and_closed() -> None:
    """Values cannot be changed, unknown fields not be given, and a field needs a default to heal with."""
    with pytest.raises(ValidationError):
        Sample().ranged = 2  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Sample(unknown=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="needed"):

        class Bad(Section):
            section: ClassVar[str] = "bad"
            needed: int


def test_security_settings_are_marked() -> None:
    """`strictest` marks a field, and only it."""
    assert [name for name, field in FIELDS.items() if is_strictest(field)] == ["guard"]
