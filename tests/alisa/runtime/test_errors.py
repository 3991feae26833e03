"""Every error that reaches a person says what happened and what to do next, with a code for programs."""

from __future__ import annotations

import pytest

from alisa.runtime import errors
from alisa.runtime.errors import AlisaError


def test_an_error_reads_as_a_sentence() -> None:
    """Message and hint, without a stray space when there is no hint."""
    assert str(AlisaError("x", "It broke.", "Mend it.")) == "It broke. Mend it."
    assert str(AlisaError("x", "It broke.")) == "It broke."


@pytest.mark.parametrize(
    ("name", "code"),
    [("UsageError", 2), ("MissingError", 3), ("SettingsError", 1), ("EngineError", 1), ("StorageError", 1)],
)
def test_exit_codes(name: str, code: int) -> None:
    """2 for wrong use, 3 for something missing, 1 for the rest; and the tree in the docstring names each."""
    error = getattr(errors, name)("code", "message")
    assert isinstance(error, AlisaError)
    assert error.exit_code == code
    assert name in (errors.__doc__ or "")
