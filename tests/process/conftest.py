"""Real processes for the tests in this folder: the command, the hub, llama.cpp with the starter model."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from benchmarks import rig
from benchmarks.relay import Relay


@pytest.fixture(scope="module")
def alisa() -> Iterator[rig.Rig]:
    """Alisa as `alisa up --detach` starts her, for all tests of a module."""
    with rig.running() as running:
        yield running


@pytest.fixture
async def slow_speaker() -> AsyncIterator[tuple[rig.Rig, rig.Rig, Relay]]:
    """A hub, a model and the relay between them, through which she speaks long and at a human pace."""
    with rig.running(only="llm_server") as model:

        def upstream() -> tuple[str, str]:
            found = model.model()
            return found["url"], found["api_key"]

        async with Relay(upstream, endless=200, pace_seconds=0.01).serve() as relay:
            with rig.running(only="backend", settings={"ALISA_LLM__URL": relay.url}) as hub:
                yield hub, model, relay
