"""What every test stands on: a home of its own, an environment without settings, no network."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from alisa.runtime.paths import Home
from tests.faults import no_network

# On CI the same examples every time, so that a change is judged by what it changed; at home always new ones.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


def pytest_configure() -> None:
    """Say that there is no event loop yet: pytest-asyncio asks, and Python would make one that nobody closes."""
    asyncio.set_event_loop(None)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the person who runs the tests reaches what is tested."""
    for name in [name for name in os.environ if name.upper().startswith("ALISA_")]:
        monkeypatch.delenv(name)
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture(autouse=True)
def _offline() -> Iterator[None]:
    """Only this machine can be reached: a test that wants the network fails at once and says so."""
    with no_network():
        yield


@pytest.fixture(autouse=True)
def _own_logging() -> Iterator[None]:
    """A test that configures the logs leaves no handler behind."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    logging.captureWarnings(False)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An Alisa home in a folder of its own, whose name has a space in it."""
    return Home(tmp_path / "alisa home").ensure()
