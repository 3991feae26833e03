"""From grammar to numbers: dialogues, tokenized, weighted, and grouped under the system prompt they share.

A group is one prefix and a few dozen bodies of similar length. Groups are stored as flat arrays in shards; a shard
is written whole or not at all, so an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from llm_server.starter import tokenizer as vocabulary
from llm_server.starter.grammar.dialogue import Setting, conversation, draw_setting
from llm_server.starter.shape import EOT, HEADER_END, HEADER_START
from llm_server.starter.template import Message, render_body, render_prefix

FIRST, SAID, READ, SKIPPED = 3, 2, 1, 0
"""How a token counts: her first words, her other words; words she reads; words she is not taught."""

FIRST_TOKENS = 10
"""Emotion and first words: they decide what the whole reply is about."""

LONGEST = 4096
"""Prefix and body together never exceed this, in tokens."""


@dataclass(frozen=True)
class Body:
    """Token ids of one conversation and how each counts, both (n,)."""

    ids: np.ndarray[Any, np.dtype[np.uint16]]
    kinds: np.ndarray[Any, np.dtype[np.uint8]]


@dataclass(frozen=True)
class Group:
    """A prefix, and the bodies that follow it."""

    prefix: np.ndarray[Any, np.dtype[np.uint16]]
    bodies: tuple[Body, ...]


def weigh(ids: list[int], messages: tuple[Message, ...]) -> list[int]:
    """How each token counts, found by following the headers."""
    kinds: list[int] = []
    index, speaking, header = -1, 0, False
    for token in ids:
        message = messages[max(index, 0)]
        if speaking:
            kinds.append(SKIPPED if not message.learn else FIRST if speaking <= FIRST_TOKENS else SAID)
            speaking += 1
        else:
            kinds.append(READ)
        if token == HEADER_START:
            index, header = index + 1, True
        elif token == HEADER_END and header:
            header, speaking = False, int(messages[index].role == "assistant")
        elif token == EOT:
            speaking = 0
    return kinds


def encode(tokenizer: Any, messages: tuple[Message, ...]) -> Body:
    """One conversation as numbers."""
    ids = tokenizer.encode(render_body(messages), add_special_tokens=False).ids
    return Body(np.array(ids, np.uint16), np.array(weigh(ids, messages), np.uint8))


def make_groups(tokenizer: Any, rng: random.Random, *, long: bool, brief: bool, tokens: int) -> Iterator[Group]:
    """Groups of about `tokens` body tokens each, endlessly.

    `long` ones carry a history that fills the window, `brief` ones a system prompt of a line or two.
    """
    while True:
        setting: Setting = draw_setting(rng, long=long, brief=brief)
        prefix = tokenizer.encode(render_prefix(setting.system, setting.tools), add_special_tokens=False).ids
        room = LONGEST - len(prefix)
        bodies: list[Body] = []
        while sum(len(body.ids) for body in bodies) < tokens:
            body = encode(tokenizer, conversation(rng, setting, long=long, brief=brief))
            if len(body.ids) <= room:
                bodies.append(body)
        bodies.sort(key=lambda body: len(body.ids))
        yield Group(np.array(prefix, np.uint16), tuple(bodies))


def write_shard(path: Path, tokenizer_file: Path, seed: int, *, tokens: int, long_share: float, brief: bool) -> int:
    """Write one shard of about `tokens` body tokens; return how many it has."""
    tokenizer = vocabulary.load(tokenizer_file)
    rng = random.Random(seed)
    groups: list[Group] = []
    total = 0
    for long, share, size in ((False, 1 - long_share, 16_000), (True, long_share, 8_000)):
        made = 0
        source = make_groups(tokenizer, rng, long=long, brief=brief, tokens=size)
        while made < tokens * share:
            group = next(source)
            groups.append(group)
            made += sum(len(body.ids) for body in group.bodies)
        total += made
    save(path, groups)
    return total


def save(path: Path, groups: list[Group]) -> None:
    """Groups as flat arrays and their lengths."""
    bodies = [body for group in groups for body in group.bodies]
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial.npz")
    np.savez(
        partial,
        prefixes=np.concatenate([group.prefix for group in groups]),
        prefix_lengths=np.array([len(group.prefix) for group in groups]),
        group_sizes=np.array([len(group.bodies) for group in groups]),
        ids=np.concatenate([body.ids for body in bodies]),
        kinds=np.concatenate([body.kinds for body in bodies]),
        lengths=np.array([len(body.ids) for body in bodies]),
    )
    partial.replace(path)


def load(path: Path) -> list[Group]:
    """The groups of a shard."""
    with np.load(path) as store:
        prefixes = np.split(store["prefixes"], np.cumsum(store["prefix_lengths"])[:-1])
        cuts = np.cumsum(store["lengths"])[:-1]
        ids, kinds = np.split(store["ids"], cuts), np.split(store["kinds"], cuts)
        groups, start = [], 0
        for prefix, size in zip(prefixes, store["group_sizes"], strict=True):
            members = range(start, start + int(size))
            groups.append(Group(prefix, tuple(Body(ids[i], kinds[i]) for i in members)))
            start += int(size)
    return groups
