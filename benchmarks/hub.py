"""What the hub costs: `python -m benchmarks.hub [--quick]` prints one JSON object.

Everything is real: `alisa up`, the hub, llama.cpp with the starter model. Where the hub is compared with
llama.cpp itself, the two are asked in turn, in one run, with the very same request.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import socket
import time
from bisect import bisect_left
from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import accumulate

import httpx
import psutil
import websockets

from alisa.protocol.codec import encode
from alisa.protocol.messages import End, Hello, Say, Token
from benchmarks import direct, prefix, rig, storage
from benchmarks.relay import Relay, pieces
from benchmarks.report import Figure, Report, median, percentile

QUESTION = "hello there, how are you today?"
LONG_REPLY_TOKENS = 1500


def main() -> None:
    """Run all parts and print the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hub", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds; done within 60 s")
    quick = parser.parse_args().quick
    report = Report("hub")
    startup(report, rounds=1 if quick else 5, rest_seconds=4 if quick else 10)
    with rig.running(only="llm_server") as model:
        asyncio.run(compare(report, model, rounds=10 if quick else 60))
    for name, figure in storage.measure(quick=quick).items():
        report.add(name, figure)
    report.print()


# --- from the command to her first word, and at rest -----------------------------------------


def startup(report: Report, rounds: int, rest_seconds: float) -> None:
    """`alisa up --detach` in a new home to the first token of a reply; then memory and CPU at rest."""
    seconds = []
    for _ in range(rounds):
        with rig.fresh() as alisa:
            began = time.perf_counter()
            started = alisa.alisa("up", "--detach", "--only", "backend,llm_server")
            if started.returncode:
                raise RuntimeError(started.stderr)
            seconds.append(asyncio.run(_first_token_at(alisa)) - began)
            if len(seconds) == rounds:
                at_rest(report, alisa, rest_seconds)
    report.add("start_to_first_token", Figure(median(seconds), "s", 3.0))


async def _first_token_at(alisa: rig.Rig) -> float:
    async with alisa.client() as client:
        await client.send(Say(QUESTION))
        await client.until(Token)
        return time.perf_counter()


def at_rest(report: Report, alisa: rig.Rig, seconds: float) -> None:
    """What she takes while nobody talks: the hub's memory, and the CPU of hub and model together."""
    hub, model = alisa.process("backend"), alisa.process("llm_server")
    watched = [hub, model, *model.children(recursive=True)]
    time.sleep(2)  # let the start settle; this measures a person's machine, not a test's
    before = sum(_cpu_seconds(process) for process in watched)
    time.sleep(seconds)
    used = sum(_cpu_seconds(process) for process in watched) - before
    report.add("idle_cpu_hub_and_model", Figure(100 * used / seconds, "% of a core", 1.0))
    report.add("hub_memory", Figure(rig.memory_mib([hub]), "MiB", 120))
    report.add("model_memory", Figure(rig.memory_mib(watched[1:]), "MiB"))


def _cpu_seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


# --- beside llama.cpp itself ------------------------------------------------------------------


async def compare(report: Report, model: rig.Rig, rounds: int) -> None:
    """All parts that need a model server that stays the same while hubs come and go."""
    llm = model.model()
    async with Relay(lambda: (llm["url"], llm["api_key"])).serve() as relay:
        with hub_on(llm["url"], llm["api_key"]) as straight, hub_on(relay.url, llm["api_key"]) as relayed:
            await first_token(report, straight, relayed, relay, llm, rounds)
            await prefix.measure(report, llm)
            relay.endless = LONG_REPLY_TOKENS
            await per_token(report, relayed, relay, llm, rounds=max(1, rounds // 5))
            await slow_reader(report, relayed, turns=min(4, rounds // 5))


@contextlib.contextmanager
def hub_on(url: str, api_key: str) -> Iterator[rig.Rig]:
    """A hub alone, on a model server that runs already."""
    with rig.running(only="backend", settings={"ALISA_LLM__URL": url, "ALISA_LLM__API_KEY": api_key}) as hub:
        yield hub


async def first_token(
    report: Report, straight: rig.Rig, relayed: rig.Rig, relay: Relay, llm: dict[str, str], rounds: int
) -> None:
    """Time to the first visible text through the hub and straight from llama.cpp, in turn, the same request, warm.

    Straight means as a program does it, with httpx; what a bare socket takes is told beside it.
    """
    async with relayed.client(conversation="capture") as client:
        await client.ask(QUESTION)
    request = relay.last_request
    through_hub, from_model, bare = [], [], []
    async with httpx.AsyncClient(limits=httpx.Limits(max_keepalive_connections=0), timeout=60) as http:
        for number in range(rounds + 3):  # the first three warm both sides up
            async with straight.client(conversation=f"bench-{number}") as client:
                began = time.perf_counter()
                await client.send(Say(QUESTION))
                await client.until(Token)
                through_hub.append(time.perf_counter() - began)
                await client.until(End)
            reply = await direct.ask(http, llm["url"], llm["api_key"], request)
            from_model.append(reply.first_token)
            bare.append(await direct.bare_first_token(llm["url"], llm["api_key"], request))
    through_hub, from_model = through_hub[3:], from_model[3:]
    report.add("first_token_direct", Figure(1000 * median(from_model), "ms"))
    report.add("first_token_direct_bare_socket", Figure(1000 * median(bare[3:]), "ms"))
    report.add("first_token_through_hub", Figure(1000 * median(through_hub), "ms"))
    report.add("first_token_hub_over_direct", Figure(median(through_hub) / median(from_model), "ratio", 1.10))


async def per_token(report: Report, hub: rig.Rig, relay: Relay, llm: dict[str, str], rounds: int) -> None:
    """What the hub adds to each piece, and how fast words flow with 1 and with 32 clients attached.

    Speeds are compared within a round, whose replies follow one another: the machine's own drift is not the hub's.
    """
    delays: list[float] = []
    speeds: dict[int, list[float]] = {1: [], 32: []}
    speed_direct = []
    async with httpx.AsyncClient(limits=httpx.Limits(max_keepalive_connections=0), timeout=120) as http:
        for number in range(rounds):
            for clients, measured in speeds.items():
                conversation = f"flow-{clients}-{number}"
                async with hub.client(conversation=conversation) as client, onlookers(hub, clients - 1, conversation):
                    arrivals, end = await _long_turn(client, relay)
                    measured.append(end.timings["tokens"] / (arrivals[-1][0] - arrivals[0][0]))
                    if clients == 1:
                        delays += delays_of(pieces(relay.passed), arrivals)
            request = relay.last_request | {"ignore_eos": True, "max_tokens": LONG_REPLY_TOKENS}
            reply = await direct.ask(http, relay.url, llm["api_key"], request)
            speed_direct.append(reply.tokens / reply.streaming)
    report.add("delay_per_token_p50", Figure(1000 * percentile(delays, 0.50), "ms", 0.5))
    report.add("delay_per_token_p99", Figure(1000 * percentile(delays, 0.99), "ms", 3.0))
    report.add("tokens_per_second_direct", Figure(median(speed_direct), "1/s"))
    for clients, target in ((1, 0.95), (32, 0.80)):
        ratio = median([through / alone for through, alone in zip(speeds[clients], speed_direct, strict=True)])
        report.add(f"tokens_per_second_{clients}_over_direct", Figure(ratio, "ratio", target, "higher"))


async def _long_turn(client: rig.Client, relay: Relay) -> tuple[list[tuple[float, str]], End]:
    """When each piece of a long reply arrived, with its text, and its end."""
    relay.passed.clear()
    arrivals = []
    await client.send(Say("tell me a long story"))
    while not isinstance(message := await client.receive(), End):
        if isinstance(message, Token):
            arrivals.append((time.perf_counter(), message.text))
    return arrivals, message


_MARKUP_CHARS = 64
"""The hub may have taken out so much of the model's text between two pieces."""


def delays_of(passed: Sequence[tuple[float, str]], arrivals: Sequence[tuple[float, str]]) -> list[float]:
    """For each arrival, the time since the model's piece that holds its last letter had passed.

    Found by the words themselves: a hub that falls behind is not compared with what has passed meanwhile.
    """
    raw = "".join(text for _, text in passed)
    ends = list(accumulate(len(text) for _, text in passed))
    at = raw.find(">") + 1 if raw.startswith("<") else 0
    delays = []
    for arrived, text in arrivals:
        found = raw.find(text, at, at + len(text) + _MARKUP_CHARS)
        if found >= 0:
            at = found + len(text)
            delays.append(arrived - passed[bisect_left(ends, at)][0])
    if len(delays) < 0.9 * len(arrivals):
        raise RuntimeError(f"Only {len(delays)} of {len(arrivals)} pieces were found in what the model said.")
    return delays


@contextlib.asynccontextmanager
async def onlookers(hub: rig.Rig, count: int, conversation: str) -> AsyncIterator[None]:
    """More clients that read all they are sent."""
    async with contextlib.AsyncExitStack() as stack:
        for _ in range(count):
            client = await stack.enter_async_context(hub.client(conversation=conversation))
            reading = asyncio.create_task(_read_and_forget(client.socket))
            stack.callback(reading.cancel)
        yield


async def _read_and_forget(socket_: websockets.ClientConnection) -> None:
    async for _ in socket_:
        pass


async def slow_reader(report: Report, hub: rig.Rig, turns: int) -> None:
    """One client that never reads beside one that does: the longest silence for the one, the hub's memory."""
    process = hub.process("backend")
    alone = await _longest_gap(hub, turns)
    before = rig.memory_mib([process])
    with never_reads(hub):
        beside = await _longest_gap(hub, turns)
    report.add("longest_stall_alone", Figure(1000 * alone, "ms"))
    report.add("longest_stall_beside_a_client_that_never_reads", Figure(1000 * beside, "ms", 20))
    report.add("memory_growth_beside_it", Figure(rig.memory_mib([process]) - before, "MiB", 10))


async def _longest_gap(hub: rig.Rig, turns: int) -> float:
    longest = 0.0
    async with hub.client(conversation="main") as client:
        for _ in range(turns):
            await client.send(Say("tell me a long story"))
            await client.until(Token)
            last = time.perf_counter()
            while not isinstance(await client.receive(), End):
                now = time.perf_counter()
                longest = max(longest, now - last)
                last = now
    return longest


@contextlib.contextmanager
def never_reads(hub: rig.Rig) -> Iterator[None]:
    """A client that says hello and then does not take one byte more."""
    with socket.create_connection(("127.0.0.1", hub.port)) as raw:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        raw.sendall(
            f"GET /ws/chat HTTP/1.1\r\nHost: 127.0.0.1:{hub.port}\r\nAuthorization: Bearer {hub.token}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        assert raw.recv(4096).startswith(b"HTTP/1.1 101"), "the hub did not take this client"
        hello = encode(Hello(role="chat", name="never-reads", conversation="main")).encode()
        assert len(hello) < 126
        raw.sendall(bytes([0x81, 0x80 | len(hello), 0, 0, 0, 0]) + hello)  # masked with zeros: the text itself
        yield


if __name__ == "__main__":
    main()
