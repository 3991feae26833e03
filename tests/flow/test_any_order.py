"""Whatever people, her own impulses and the model do, and whenever: the rules of a conversation hold."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import looptime
from hypothesis import given, settings
from hypothesis import strategies as st

from alisa.runtime.errors import AlisaError, EngineError
from alisa.runtime.paths import Home
from backend.events.commands import ChangeMode
from backend.llm.scripted import STALL
from tests.flow.memory import MemoryHistory
from tests.flow.talking import talking

PAUSE = st.sampled_from([0.0, 0.0, 0.05, 0.3, 1.0])
STEP = st.one_of(
    st.sampled_from(["<emotion=happy>", " Hello,", " there.", " Yes.", "<em", "\n\n"]),
    PAUSE,
    st.sampled_from([STALL, EngineError("llm_broke_off", "It broke.", "Mend it.")]),
)
SCRIPT = st.lists(st.lists(STEP, max_size=6), max_size=8)
DEED = st.tuples(
    st.sampled_from(["say", "say", "say", "muse", "interrupt", "interrupt late", "mode", "return", "wait"]),
    st.sampled_from(["main", "main", "other"]),
    PAUSE,
)


async def play(script: list[list[object]], deeds: list[tuple[str, str, float]], commit: float) -> None:
    """Do all that, some of it at the same time; `talking` checks the rules at the end."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder)).ensure()
        async with talking(home, *script, history=MemoryHistory(commit)) as talk:  # type: ignore[arg-type]
            doing = []
            for number, (deed, where, pause) in enumerate(deeds):
                match deed:
                    case "say":
                        work = talk.say(f"m{number}", where)
                    case "muse":
                        work = talk.muse(where)
                    case "interrupt":
                        work = talk.interrupt(conversation=where)
                    case "interrupt late":
                        work = talk.interrupt(turn=number, heard="Hello", conversation=where)
                    case "mode":
                        work = talk.submit(ChangeMode(where, "calm"))
                    case "return":
                        work = talk.driver.model_returned()
                    case _:
                        work = asyncio.sleep(1)
                doing.append(asyncio.create_task(work))
                await asyncio.sleep(pause)
            for result in await asyncio.gather(*doing, return_exceptions=True):
                assert result is None or isinstance(result, AlisaError)
            await asyncio.sleep(3)
        stored = [turn.user.text for turn in talk.history.turns if turn.user]
        said = [f"m{number}" for number, (deed, _, _) in enumerate(deeds) if deed == "say"]
        assert sorted(stored) == sorted(said), "nothing that was taken is lost"


@settings(deadline=None, max_examples=60)
@given(SCRIPT, st.lists(DEED, max_size=12), st.sampled_from([0.0, 0.01, 0.4]))
def test_the_rules_hold(script: list[list[object]], deeds: list[tuple[str, str, float]], commit: float) -> None:
    """One turn at a time, in order, nothing after the end, one end for each beginning, nothing lost."""
    loop = looptime.patch_event_loop(asyncio.new_event_loop())
    try:
        loop.run_until_complete(play(script, deeds, commit))
    finally:
        loop.close()
