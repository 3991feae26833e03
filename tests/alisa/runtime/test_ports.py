"""Ports: free ones are free, and taken ones have an owner."""

from __future__ import annotations

import os
import socket
from typing import Any

import psutil
import pytest

from alisa.runtime.ports import free_port, port_owner
from tests.faults import port_taken


def test_a_free_port_can_be_bound() -> None:
    """The port that is returned can be listened on at once."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", free_port()))


def test_nobody_owns_a_free_port() -> None:
    """A port without a listener has no owner."""
    assert port_owner(free_port()) is None


def test_the_owner_of_a_port_is_named() -> None:
    """The program and its process id are told."""
    with port_taken() as port:
        owner = port_owner(port)
        assert owner is not None
        assert f"process {os.getpid()}" in owner or owner == "another program"


def test_an_owner_that_the_system_hides(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system tells nothing, the port itself is asked."""

    def denied(kind: str) -> Any:
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil, "net_connections", denied)
    with port_taken() as port:
        assert port_owner(port) == "another program"
    assert port_owner(port) is None
