"""Training against the clock: the schedule follows the seconds that are left, so a run always ends annealed.

Muon for the matrices, AdamW for embeddings and gains. Her own words count fully, the words she reads a little (they
teach the language). A share of the short dialogues is moved to later positions, as if a long history stood between.
A run can be stopped and goes on from its last checkpoint.
"""
from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from llm_server.starter import dataset
from llm_server.starter.model import Network
from llm_server.starter.shape import PAD


@dataclass(frozen=True)
class Recipe:
    """Everything that shapes a run."""

    seconds: float = 3900.0
    """Wall-clock time of the whole run, resumed parts together."""
    seed: int = 1
    threads: int = 2
    batch_tokens: int = 3072
    """Body tokens in a step, padding included."""
    matrix_rate: float = 6e-3
    other_rate: float = 3e-3
    floor: float = 0.01
    """Share of the learning rate that is left at the end."""
    warmup_steps: int = 30
    read_share: float = 0.25
    """Share of the tokens she reads that are predicted at all."""
    read_weight: float = 0.3
    """Weight of each of those."""
    brief_until: float = 0.45
    """Share of the run that begins with brief system prompts; real ones and long histories come after it."""
    moved_share: float = 0.35
    """Share of the short dialogues that stand at a later position."""
    save_every_seconds: float = 60.0


LENGTHS = (32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536)
"""Bodies are padded to one of these divisors of 3,072: oneDNN compiles a kernel for each shape, so shapes must be few."""

ALONE = (1024, 1536, 2048, 3072, dataset.LONGEST)
"""Longer bodies stand alone in a step and are padded so that prefix and body together have one of these lengths."""

PREFIX_STEP, CHOSEN_STEP = 64, 512
"""Prefixes are padded, and predicted tokens counted, in multiples of these, for the same reason."""


@dataclass(frozen=True)
class Batch:
    """One prefix and a few bodies, to be padded to one length."""

    group: dataset.Group
    rows: tuple[int, ...]
    length: int


def cut(groups: list[dataset.Group], tokens: int) -> list[Batch]:
    """Batches of bodies of similar length; what would fill less than half a batch is left out."""
    batches: list[Batch] = []
    for group in groups:
        head, waiting = len(group.prefix), list[int]()
        for index, body in enumerate(group.bodies):
            if len(body.ids) > LENGTHS[-1]:
                whole = next(size for size in ALONE if size >= head + len(body.ids))
                batches.append(Batch(group, (index,), whole - head))
                continue
            waiting.append(index)
            length = padded(len(body.ids))
            later = group.bodies[index + 1 : index + 2]
            ends = not later or len(later[0].ids) > LENGTHS[-1]
            room = tokens // length
            grows = bool(later) and not ends and padded(len(later[0].ids)) > length
            if len(waiting) == room or ((grows or ends) and len(waiting) * 2 >= room):
                batches.append(Batch(group, tuple(waiting), length))
                waiting = []
            elif grows:
                keep = tokens // padded(len(later[0].ids)) - 1
                waiting = waiting[-keep:] if keep else []
    return batches


def padded(length: int) -> int:
    """The shape for a body of `length` tokens."""
    return next(size for size in LENGTHS if size >= length)


def fill(batch: Batch, recipe: Recipe, rng: random.Random) -> tuple[Tensor, int, Tensor, Tensor, Tensor]:
    """Prefix (P,) and how much of it is real, then ids, kinds, positions, each (rows, length)."""
    alone = batch.length not in LENGTHS
    rows = 1 if alone else recipe.batch_tokens // batch.length
    shape = (rows, batch.length)
    ids, kinds = np.full(shape, PAD, np.int64), np.zeros(shape, np.int64)
    head = len(batch.group.prefix)
    positions = np.tile(np.arange(head, head + batch.length), (rows, 1))
    spare = dataset.LONGEST - head - batch.length
    for row, index in enumerate(batch.rows):
        body = batch.group.bodies[index]
        ids[row, : len(body.ids)] = body.ids
        kinds[row, : len(body.ids)] = body.kinds
        if spare > 0 and not alone and rng.random() < recipe.moved_share:
            positions[row] += rng.randint(0, spare)
    prefix = np.full(head if alone else -(-head // PREFIX_STEP) * PREFIX_STEP, PAD, np.int64)
    prefix[:head] = batch.group.prefix
    return torch.from_numpy(prefix), head, torch.from_numpy(ids), torch.from_numpy(kinds), torch.from_numpy(positions)


def rate(progress: float, step: int, recipe: Recipe) -> float:
    """Share of the full learning rate: warm up by steps, then fall in a line to the floor by time."""
    return min(1.0, (step + 1) / recipe.warmup_steps) * max(recipe.floor, 1 - progress * (1 - recipe.floor))


def optimizers(network: Network, recipe: Recipe) -> list[torch.optim.Optimizer]:
    """Muon for the hidden matrices, AdamW for the rest."""
    matrices = [w for n, w in network.named_parameters() if w.dim() == 2 and "token_embd" not in n]
    gains = [w for w in network.parameters() if w.dim() == 1]
    return [
        torch.optim.Muon(
            matrices, lr=recipe.matrix_rate, weight_decay=0.05, momentum=0.95, adjust_lr_fn="match_rms_adamw"
        ),
        torch.optim.AdamW(
            [
                {"params": [network.token_embd.weight], "weight_decay": 0.02},
                {"params": gains, "weight_decay": 0.0},
            ],
            lr=recipe.other_rate,
            betas=(0.9, 0.95),
        ),
    ]


def choose(kinds: Tensor, recipe: Recipe) -> Tensor:
    """Flat places of the tokens to predict: all of hers and some of the others, in all a multiple of CHOSEN_STEP."""
    flat = kinds.flatten()
    hers = (flat == dataset.SAID).nonzero()[:, 0]
    others = (flat == dataset.READ).nonzero()[:, 0]
    others = others[torch.randperm(len(others), device=others.device)]
    wanted = len(hers) + int(len(others) * recipe.read_share)
    total = -(-wanted // CHOSEN_STEP) * CHOSEN_STEP
    if total > len(hers) + len(others):
        total = len(hers) + len(others)
    return torch.cat([hers, others[: total - len(hers)]])


def loss_of(
    network: Network, parts: tuple[Tensor, int, Tensor, Tensor, Tensor], recipe: Recipe
) -> tuple[Tensor, float]:
    """The weighted loss, and the plain mean loss over her own words.

    Each token is predicted from the one before it; the first of a body is not predicted.
    """
    prefix, head, ids, kinds, positions = parts
    hidden = network(prefix, ids, positions, head)
    chosen = choose(kinds[:, 1:], recipe)
    source = chosen + chosen // (ids.shape[1] - 1)
    wanted = ids.flatten()[source + 1]
    hers = kinds.flatten()[source + 1] == dataset.SAID
    scores = network.logits(hidden.flatten(0, 1)[source]).float()
    losses = functional.cross_entropy(scores, wanted, reduction="none")
    weights = torch.where(hers, 1.0, recipe.read_weight)
    return (losses * weights).sum() / weights.sum(), float(losses.detach()[hers].mean())


class Pace:
    """All threads on a quiet machine, one on a busy one, where two would wait for each other most of the time."""

    SLOWER = 1.6
    """How much slower than its best a step must be for the machine to count as busy."""
    LOOK_EVERY_STEPS = 4

    def __init__(self, threads: int) -> None:
        self._threads, self._now = threads, threads
        self._steps = 0
        self._best_step = self._best_look = float("inf")
        self._began = 0.0
        self._sample = torch.randn(1024, 1024)

    def begin(self) -> None:
        """Set the threads for the step that begins."""
        if self._now != self._threads and self._steps % self.LOOK_EVERY_STEPS == 0 and self._quiet():
            self._now = self._threads
        torch.set_num_threads(self._now)
        self._began = time.monotonic()

    def end(self, tokens: int) -> None:
        """Note what the step cost."""
        self._steps += 1
        cost = (time.monotonic() - self._began) / tokens
        if self._now != self._threads or self._steps <= 20:
            return
        self._best_step = min(self._best_step * 1.002, cost)
        if cost > self._best_step * self.SLOWER and not self._quiet():
            self._now = 1

    def _quiet(self) -> bool:
        """A small product on all threads, timed: are the processors ours?"""
        torch.set_num_threads(self._threads)
        started = time.monotonic()
        for _ in range(3):
            self._sample @ self._sample
        took = time.monotonic() - started
        self._best_look = min(self._best_look, took)
        return took < self._best_look * self.SLOWER

    def __str__(self) -> str:
        return f"{self._now} threads"


def train(
    shards: Path, checkpoint: Path, recipe: Recipe, tell: Callable[[str], None] = print, start: Path | None = None
) -> float:
    """Train until the seconds of the recipe are used; return the last mean loss over her own words.

    `shards` is a folder; shards that appear there during the run are used from the next pass on. `start` is a
    checkpoint whose weights a new run begins with.
    """
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = Network().to(device)
    chosen = optimizers(network, recipe)
    used, step, mean = 0.0, 0, float("nan")
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        network.load_state_dict(state["model"])
        for optimizer, saved in zip(chosen, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        used, step, mean = state["used"], state["step"], state["loss"]
        tell(f"going on after {used:.0f} s, step {step}")
    elif start is not None:
        network.load_state_dict(torch.load(start, map_location=device, weights_only=True)["model"])
    for optimizer in chosen:
        for group in optimizer.param_groups:
            group["full"] = group.get("full", group["lr"])
    tell(f"{sum(w.numel() for w in network.parameters()):,} parameters on {device}")

    def save() -> None:
        partial = checkpoint.with_suffix(".partial")
        states = [optimizer.state_dict() for optimizer in chosen]
        torch.save(
            {"model": network.state_dict(), "optimizers": states, "used": used, "step": step, "loss": mean}, partial
        )
        partial.replace(checkpoint)

    pace = Pace(recipe.threads)
    rng = random.Random(recipe.seed * 7919 + step)
    last, saved_at, said_at, seen = time.monotonic(), used, used, 0
    while used < recipe.seconds:
        kind = "brief" if used < recipe.seconds * recipe.brief_until else "full"
        for batch in shuffled_pass(shards, kind, recipe, rng):
            pace.begin()
            scale = rate(used / recipe.seconds, step, recipe)
            for optimizer in chosen:
                for group in optimizer.param_groups:
                    group["lr"] = group["full"] * scale
            prefix, head, ids, kinds, positions = fill(batch, recipe, rng)
            parts = (prefix.to(device), head, ids.to(device), kinds.to(device), positions.to(device))
            with torch.autocast(device, torch.bfloat16):
                loss, hers = loss_of(network, parts, recipe)
            network.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            for optimizer in chosen:
                optimizer.step()
            mean = hers if mean != mean else 0.98 * mean + 0.02 * hers
            pace.end(ids.numel() + len(prefix))
            step, seen = step + 1, seen + sum(len(batch.group.bodies[row].ids) for row in batch.rows)
            now = time.monotonic()
            used, last = used + now - last, now
            if used - said_at >= 15:
                tell(f"{used:6.0f} s  step {step}  loss {mean:.3f}  {seen / (used - said_at):,.0f} tokens/s  {pace}")
                said_at, seen = used, 0
            if used - saved_at >= recipe.save_every_seconds:
                save()
                saved_at = used
            if used >= recipe.seconds:
                break
    save()
    return mean


def shuffled_pass(shards: Path, kind: str, recipe: Recipe, rng: random.Random) -> list[Batch]:
    """One pass: a shard of this kind drawn from the folder, cut and shuffled."""
    files: list[Path] = []
    with suppress(FileNotFoundError):
        files = sorted(path for path in shards.glob(f"{kind}-*.npz") if ".partial" not in path.name)
    if not files:
        raise FileNotFoundError(f"no training data in {shards}: run the step `data` first")
    batches = cut(dataset.load(rng.choice(files)), recipe.batch_tokens)
    rng.shuffle(batches)
    return batches
