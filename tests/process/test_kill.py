"""Killed in the middle of a word, she loses nothing that was committed and goes on by herself."""

from __future__ import annotations

import asyncio
import time
from statistics import median

import httpx
import psutil
import pytest

from alisa.link import Disconnected, HubLink
from alisa.protocol.messages import End, Hello, Interrupt, Say, Sentence, Token, User
from alisa.protocol.tags import EndReason
from benchmarks import rig
from benchmarks.relay import Relay

pytestmark = [pytest.mark.process, pytest.mark.timeout(400)]

KILLS = 20


def history(hub: rig.Rig) -> list[dict[str, object]]:
    """All messages, newest last."""
    answer = httpx.get(f"{hub.http}/history", params={"limit": 1000}, headers=hub.headers, timeout=10)
    messages: list[dict[str, object]] = answer.json()["messages"]
    return messages


async def until(link: HubLink, *kinds: type, seconds: float = 20) -> object:
    """The next message of one of these kinds, whatever else comes."""
    async with asyncio.timeout(seconds):
        async for item in link:
            if isinstance(item, kinds):
                return item
    raise AssertionError("the link ended")


async def test_killing_the_hub_mid_reply_loses_nothing(slow_speaker: tuple[rig.Rig, rig.Rig, Relay]) -> None:
    """20 times kill -9 in mid-reply: all that was said is there, the cut reply up to its last sentence, marked."""
    hub, _, _ = slow_speaker
    spoken: list[tuple[str, str]] = []
    gaps = []
    async with HubLink(hub.socket, hub.token, Hello(role="dashboard", name="test")) as link:
        for number in range(KILLS):
            text = f"tell me a long story, number {number}"
            await link.send(Say(text))
            await until(link, Token)
            sentence = await until(link, Sentence)
            assert isinstance(sentence, Sentence)
            spoken.append((text, sentence.text))
            hub.process("backend").kill()
            killed = time.monotonic()
            await until(link, Disconnected)
            await _answers_again(link, number)
            gaps.append(time.monotonic() - killed)
    stored = history(hub)
    for text, sentence_text in spoken:
        place = next(i for i, message in enumerate(stored) if message["text"] == text)
        reply = stored[place + 1]
        assert reply["role"] == "assistant"
        assert reply["interrupted"] is True
        assert sentence_text.strip() in str(reply["text"])
    _are_short(gaps)


def _are_short(gaps: list[float]) -> None:
    """She is back within 2 s. Other tests take the processor in turns, so a single gap may be half as long again."""
    assert median(gaps) <= 2, f"most returns: {median(gaps):.2f} s"
    assert max(gaps) <= 3, f"slowest return: {max(gaps):.2f} s"


async def _answers_again(link: HubLink, number: int) -> None:
    """She takes a message and begins to answer it; then she is interrupted, to save time."""
    text = f"are you there, {number}?"
    await link.send(Say(text))
    while True:
        user = await until(link, User)
        assert isinstance(user, User)
        if user.text == text:
            break
    token = await until(link, Token)
    assert isinstance(token, Token)
    await link.send(Interrupt(turn=token.turn))
    await until(link, End)


async def test_killing_the_model_mid_reply_keeps_what_was_said(slow_speaker: tuple[rig.Rig, rig.Rig, Relay]) -> None:
    """20 times kill -9 of llama.cpp in mid-reply: an honest end, the words kept, and the next answer within 2 s."""
    hub, model, relay = slow_speaker
    gaps = []
    async with HubLink(hub.socket, hub.token, Hello(role="dashboard", name="test")) as link:
        for number in range(KILLS):
            await link.send(Say(f"tell me a long story, number {number}"))
            sentence = await until(link, Sentence)
            assert isinstance(sentence, Sentence)
            for child in model.process("llm_server").children(recursive=True):
                child.kill()
            relay.break_off()
            end = await until(link, End)
            assert isinstance(end, End)
            assert end.reason is EndReason.ERROR
            killed = time.monotonic()
            await _answers_again(link, number)
            gaps.append(time.monotonic() - killed)
    _are_short(gaps)
    stored = [message for message in history(hub) if message["role"] == "assistant" and message["interrupted"]]
    assert len(stored) >= KILLS
    assert psutil.pid_exists(hub.process("backend").pid)
