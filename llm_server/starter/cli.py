"""`python -m llm_server.starter`: rebuild the starter model in one command, or one step of it at a time.

Every step keeps its result under `data/runtime/starter` (ignored by git) and is skipped when that is there already,
so a build that was interrupted goes on where it stopped.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from llm_server.starter import shape

TOKENIZER_DIALOGUES = 9000


def say(text: str) -> None:
    """Progress, one line, at once."""
    print(text, flush=True)  # noqa: T201 - this is a program of the command line


def complain(text: str) -> None:
    """What went wrong, where errors go."""
    print(text, file=sys.stderr)  # noqa: T201 - the same


def texts(seed: int, count: int) -> Iterator[str]:
    """What the tokenizer learns from: dialogues, a few with long histories, under all their system prompts."""
    from llm_server.starter.grammar.dialogue import dialogue
    from llm_server.starter.template import render_body, render_prefix

    rng = random.Random(seed)
    for index in range(count):
        drawn = dialogue(rng, long=index % 150 == 0)
        yield render_body(drawn.messages)
        if index % 12 == 0:
            yield render_prefix(drawn.system, drawn.tools)


def go_on(state: Path, options: argparse.Namespace) -> None:
    """Take the vocabulary and the weights of the model that is there, and learn on from them."""
    from llm_server.starter.reopen import reopen

    start = state / "start.pt"
    reopen(Path(options.output), state / "tokenizer.json", start)
    options.start = options.start or str(start)
    say(f"reopen: {Path(options.output).name}")


def make_tokenizer(state: Path, options: argparse.Namespace) -> None:
    """Learn the vocabulary."""
    from llm_server.starter import tokenizer

    target = state / "tokenizer.json"
    if target.exists() and not options.fresh:
        say(f"tokenizer: kept {target.name}")
        return
    say(f"tokenizer: {tokenizer.learn(texts(options.seed, TOKENIZER_DIALOGUES), target)} tokens")


def make_data(state: Path, options: argparse.Namespace) -> None:
    """Write the shards that are missing."""
    from llm_server.starter import dataset

    for index in range(options.shards):
        brief = index % 2 == 0
        path = state / "shards" / f"{'brief' if brief else 'full'}-{options.seed:03d}-{index:03d}.npz"
        if path.exists() and not options.fresh:
            continue
        start = time.monotonic()
        made = dataset.write_shard(
            path,
            state / "tokenizer.json",
            options.seed * 1000 + index,
            tokens=options.shard_tokens,
            long_share=0 if brief else options.long_share,
            brief=brief,
        )
        say(f"data: {index + 1}/{options.shards} {made:,} tokens in {time.monotonic() - start:.0f} s")


def run_training(state: Path, options: argparse.Namespace) -> None:
    """Train for the seconds asked, going on from the last checkpoint."""
    from llm_server.starter.train import Recipe, train

    checkpoint = state / "model.pt"
    if options.fresh:
        checkpoint.unlink(missing_ok=True)
    recipe = Recipe(
        seconds=options.seconds,
        seed=options.seed,
        threads=options.threads,
        matrix_rate=Recipe.matrix_rate * options.rate,
        other_rate=Recipe.other_rate * options.rate,
        brief_until=options.brief_until,
    )
    start = Path(options.start) if options.start else None
    loss = train(state / "shards", checkpoint, recipe, tell=lambda line: say(f"train: {line}"), start=start)
    say(f"train: done, loss {loss:.3f}")


def run_export(state: Path, options: argparse.Namespace) -> None:
    """Write the GGUF."""
    from llm_server.starter.export import export

    target = Path(options.output)
    size = export(state / "model.pt", state / "tokenizer.json", target)
    say(f"export: {target.name}, {size:,} bytes")


def run_evaluation(state: Path, options: argparse.Namespace) -> None:
    """Judge the model through llama.cpp and write the model card."""
    from llm_server.starter.evaluation.run import evaluate

    evaluate(
        Path(options.output), state / "evaluation.json", card=Path(options.card) if options.card else None, tell=say
    )


STEPS = {
    "tokenizer": (make_tokenizer,),
    "data": (make_data,),
    "train": (run_training,),
    "export": (run_export,),
    "evaluate": (run_evaluation,),
    "build": (make_tokenizer, make_data, run_training, run_export, run_evaluation),
    "improve": (go_on, make_data, run_training, run_export, run_evaluation),
}
NOTES = {
    "tokenizer": "learn the vocabulary",
    "data": "expand the grammar into numbered shards",
    "train": "train for --seconds, resuming where an earlier run stopped",
    "export": "write the GGUF from the last checkpoint",
    "evaluate": "run the held-out prompts through llama.cpp and write the model card",
    "build": "all of these in order",
    "improve": "the same, but going on from the model that is there, with its vocabulary",
}


def parser() -> argparse.ArgumentParser:
    """The command line."""
    main = argparse.ArgumentParser(prog="python -m llm_server.starter", description="Rebuild the starter model.")
    steps = main.add_subparsers(dest="step", required=True, metavar="STEP")
    for name, note in NOTES.items():
        step = steps.add_parser(name, help=note, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
        step.add_argument("--state", default=str(shape.STATE), help="folder for the work in progress")
        step.add_argument("--seed", type=int, default=1, help="seed of every random choice")
        step.add_argument("--fresh", action="store_true", help="begin again instead of going on")
        step.add_argument("--seconds", type=float, default=3900, help="wall-clock time of the training")
        step.add_argument("--threads", type=int, default=2, help="processor threads of the training")
        step.add_argument("--rate", type=float, default=1.0, help="learning rates, as a share of the recipe's")
        step.add_argument("--brief-until", type=float, default=0.5, help="share of the time for brief prompts alone")
        step.add_argument("--start", default="", help="a checkpoint whose weights a new training begins with")
        step.add_argument("--shards", type=int, default=24, help="how many shards of dialogues to make")
        step.add_argument("--shard-tokens", type=int, default=500_000, help="tokens in a shard")
        step.add_argument("--long-share", type=float, default=0.2, help="share of tokens in long histories")
        step.add_argument("--output", default=str(shape.MODEL_FILE), help="the GGUF file")
        step.add_argument("--card", default=str(shape.CARD_FILE), help='the model card ("" for none)')
    return main


def main(arguments: list[str] | None = None) -> int:
    """Run one step or all; 0 done, 1 failed, 3 a library of the extra `train` is missing, 130 interrupted."""
    options = parser().parse_args(arguments)
    try:
        for step in STEPS[options.step]:
            step(Path(options.state), options)
    except ModuleNotFoundError as error:
        complain(f"{error.name} is missing. Run: pip install 'alisa[train]'")
        return 3
    except (FileNotFoundError, ValueError) as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        complain("Stopped. Run the same command to go on.")
        return 130
    return 0
