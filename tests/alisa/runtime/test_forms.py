"""A field tells which control asks for it."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Literal

import pytest
from pydantic import Field

from alisa.cli.sections import SECTIONS
from alisa.runtime.forms import Form, form_of
from alisa.runtime.section import Section


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Sample(Section):
    section: ClassVar[str] = "sample"
    on: bool = True
    ranged: int = Field(1, ge=0, le=9)
    open: float = Field(1.0, gt=0)
    words: Literal["b", "a"] = "a"
    colour: Colour = Colour.RED
    names: list[str] = Field([], max_length=3)
    table: dict[str, int] = Field(default_factory=dict)
    said: str = ""


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("on", Form("bool")),
        ("ranged", Form("whole", least=0, most=9)),
        ("open", Form("number", least=0)),
        ("words", Form("choice", ("b", "a"))),
        ("colour", Form("choice", ("red", "blue"))),
        ("names", Form("list")),
        ("table", Form("text")),
        ("said", Form("text")),
    ],
)
def test_each_kind_of_field_has_a_form(name: str, form: Form) -> None:
    """Its kind, its choices in their order, its bounds."""
    assert form_of(Sample.model_fields[name]) == form


def test_every_default_fits_its_form() -> None:
    """What the page shows at first is a value that its own control can hold."""
    for section in SECTIONS:
        for name, field in section.model_fields.items():
            form, default = form_of(field), field.get_default(call_default_factory=True)
            if form.kind == "choice":
                assert str(default) in form.choices, name
            if form.kind in ("whole", "number"):
                assert form.least is None or default >= form.least
                assert form.most is None or default <= form.most
