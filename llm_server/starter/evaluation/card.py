"""The model card: what the file is, what it can do, and the numbers that the evaluation has just measured."""

from __future__ import annotations

import hashlib
import textwrap
from pathlib import Path
from typing import Any

from llm_server.starter.shape import SHAPE

TEXT = """# Alisa Starter

The small model that ships with Alisa, so that a fresh machine without network can talk at once. It was trained from
nothing, on dialogues from the grammar in `llm_server/starter/grammar`; no text or weights of others went into it.

| | |
|---|---|
| file | `{name}`, {size:,} bytes, q8_0 |
| SHA-256 | `{digest}` |
| shape | llama: {layers} layers, width {width}, {heads} heads ({kv} key-value), feed-forward {ff} |
| vocabulary | {vocabulary:,} tokens, byte-level BPE |
| context | {context:,} positions; trained on sequences of up to 4,096 tokens |
| licence | MIT, like the rest of Alisa |

## What it is for

Company in short replies, in character (Alisa, a tsundere companion, in the modes teasing, serious and calm; or a plain
assistant), each with one of seven emotions. It is also taught to recall a name or a fact from the conversation or the
`[context]` notes, to read the clock there, to count to ten, to tell jokes, riddles and tiny stories, and to call a
simple tool; the list below says how often it manages. It speaks English only.

## What it is not for

It knows nothing of the world, cannot write, translate, program or calculate, and is told to say so and to name
`alisa models pull`. It can misunderstand what it has not seen the like of, and its memory has gaps: a usual name
or an instrument is found again behind a full window, a rare word often comes out mangled, and then she is sure of it.
In a crisis it points to people who can help; it is no substitute for them, and it does not always notice one.

## How good it is

{prompts} held-out prompts, written by hand and not in the grammar
(`llm_server/starter/evaluation/prompts.jsonl`), asked through llama.cpp's server with the system prompt that Alisa
sends. A reply fits when its emotion is one that suits and its words hold what the intent calls for and nothing that it
forbids.

| share of replies | temperature 0 | temperature 0.8 | the same, window full: 0 | 0.8 |
|---|---|---|---|---|
| with exactly one valid emotion tag | {one_valid_tag} |
| that end by themselves | {ended_by_itself} |
| that fit the intent | {fits_the_intent} |

"Window full" means: behind eight long turns of other talk (about 2,900 tokens), and when the prompt asks for what was
told, with that talk between. Twenty names and facts told at the beginning and asked for behind so many tokens of other
talk (temperature 0.8):

| tokens between | {distances} |
|---|{rules}|
| found | {recalled} |

Replies that fit at temperature 0, by intent: {by_intent}.

One processor thread, with the system prompt in the cache: first token after {first} ms, then {rate:,} tokens a second
(the machine was idle).

## How to make it again

    pip install -e '.[train]'
    python -m llm_server.starter build      # from nothing
    python -m llm_server.starter improve    # on from the file that is there, with its vocabulary

Either takes about an hour and goes on where it stopped; `--help` tells the steps. The file here came of several runs,
one after the other: about 100 minutes on one core of a busy machine with a smaller grammar, then 95 minutes of
`improve` with three times the words, then 87 minutes with `--long-share 0.6 --rate 0.6 --brief-until 0.1` for long
talks and what is told early in them. The commands make one of the same kind, not the same bytes. The numbers above
are written by `python -m llm_server.starter evaluate`.
"""


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def by_intent(replies: list[dict[str, Any]]) -> str:
    """`greet 5/6, sad 4/5, …`, wrapped as the rest of the card."""
    counts: dict[str, list[bool]] = {}
    for reply in replies:
        counts.setdefault(reply["intent"], []).append(reply["fits"])
    listed = ", ".join(f"{intent} {sum(found)}/{len(found)}" for intent, found in counts.items())
    return textwrap.fill(listed, 118, break_on_hyphens=False)


def write(card: Path, model: Path, results: dict[str, Any]) -> None:
    """Write the card of `model` from the results of its evaluation."""
    speed = results["speed"]
    columns = [results[name] for name in ("0.0", "0.8", "full 0.0", "full 0.8")]
    shares = {name: " | ".join(f"{column[name]:.1%}" for column in columns) for name in columns[0]}
    card.write_text(
        TEXT.format(
            name=model.name,
            size=model.stat().st_size,
            digest=digest(model),
            layers=SHAPE.layers,
            width=SHAPE.width,
            heads=SHAPE.heads,
            kv=SHAPE.kv_heads,
            ff=SHAPE.feed_forward,
            vocabulary=SHAPE.vocabulary,
            context=SHAPE.context,
            prompts=results["prompts"],
            **shares,
            distances=" | ".join(f"{int(distance):,}" for distance in results["recall"]),
            rules="|".join("---" for _ in results["recall"]),
            recalled=" | ".join(f"{share:.0%}" for share in results["recall"].values()),
            by_intent=by_intent(results["replies 0.0"]),
            first=speed["first_token_ms"],
            rate=int(speed["tokens_per_second"]),
        ),
        "utf-8",
    )
