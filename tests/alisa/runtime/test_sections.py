"""The shared sections have safe defaults, and the hub's host cannot open the machine by accident."""

from __future__ import annotations

from datetime import time

import pytest
from pydantic import ValidationError

from alisa.runtime.sections import HubSettings, LlmSettings, LogSettings, QuietSettings


@pytest.mark.parametrize("section", [HubSettings, LlmSettings, LogSettings, QuietSettings])
def test_the_defaults_are_valid(section: type) -> None:
    """What healing falls back to is itself valid."""
    assert section.model_validate(section().model_dump()) == section()


def test_the_defaults_are_closed() -> None:
    """Out of the box only this machine may connect, with the token."""
    assert (HubSettings().host, HubSettings().allow_guests) == ("127.0.0.1", False)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "0.0.0.0", "localhost", "my-pc.local", "fe80::1"])
def test_hosts_that_can_be_bound(host: str) -> None:
    """Addresses of both families and names are taken, also those that open the machine: that is the user's word."""
    assert HubSettings(host=host).host == host


@pytest.mark.parametrize("host", ["", "0", "0x0", "127.1", " ", "a b", "a\n", "a/b", "*", "x" * 254, "host:80"])
def test_hosts_that_cannot(host: str) -> None:
    """What the system would read as every interface, and what is no host, is refused."""
    with pytest.raises(ValidationError):
        HubSettings(host=host)


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("", ""),
        ("http://127.0.0.1:11434/v1/", "http://127.0.0.1:11434/v1"),
        ("http://localhost:11434", "http://localhost:11434/v1"),
        (" https://me:secret@llm.example.org/api/v1 ", "https://me:secret@llm.example.org/api/v1"),
    ],
)
def test_addresses_of_model_servers(written: str, used: str) -> None:
    """`/v1` is added where nothing stands; what was pasted with a space or a slash too many is meant without."""
    assert LlmSettings(url=written).url == used


@pytest.mark.parametrize(
    "url",
    [
        "localhost:11434",
        "127.0.0.1:11434/v1",
        "ollama",
        "ftp://x/v1",
        "http://",
        "http://[::1/v1",
        "http://a:b/v1",
        "http://a b/v1",
    ],
)
def test_what_is_no_address_of_a_model_server(url: str) -> None:
    """It is refused where it is set, not when she is to answer; above all one that lacks its `http://`."""
    with pytest.raises(ValidationError, match="web address such as http://127"):
        LlmSettings(url=url)


@pytest.mark.parametrize(
    ("begins", "ends", "quiet", "awake"),
    [
        ("22:00", "08:00", ["22:00", "23:59", "00:00", "07:59"], ["08:00", "12:00", "21:59"]),
        ("13:00", "14:30", ["13:00", "14:29"], ["12:59", "14:30", "00:00"]),
        ("09:00", "09:00", [], ["08:59", "09:00", "21:00"]),
    ],
)
def test_quiet_hours(begins: str, ends: str, quiet: list[str], awake: list[str]) -> None:
    """They include their first minute and not their last, may go over midnight, and can be turned off."""
    hours = QuietSettings(begins=begins, ends=ends)
    assert all(hours.include(time.fromisoformat(each)) for each in quiet)
    assert not any(hours.include(time.fromisoformat(each)) for each in awake)
    assert not any(
        QuietSettings(on=False, begins=begins, ends=ends).include(time.fromisoformat(each)) for each in quiet
    )


@pytest.mark.parametrize("text", ["", "22", "24:00", "8:00", "22:60", "22:00:00", "noon"])
def test_what_is_no_time_of_day(text: str) -> None:
    """It is refused, so that healing names it."""
    with pytest.raises(ValidationError):
        QuietSettings(begins=text)
