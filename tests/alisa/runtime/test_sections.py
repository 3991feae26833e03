"""The shared sections have safe defaults, and the hub's host cannot open the machine by accident."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from alisa.runtime.sections import HubSettings, LlmSettings, LogSettings


@pytest.mark.parametrize("section", [HubSettings, LlmSettings, LogSettings])
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
