"""Training against the clock: the schedule follows the seconds that are left, so a run always ends annealed.

Muon for the matrices, AdamW for embeddings and gains. Her own words count fully, the words she reads a little (they
teach the language). A run begins with brief system prompts, which are cheap, and goes on with the real ones and long
histories. It can be stopped, and goes on from its last checkpoint.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from llm_server.starter import dataset
from llm_server.starter.batches import Batch, Filled, cut, fill
from llm_server.starter.model import Network
from llm_server.starter.pace import Pace

CHOSEN_STEP = 512
"""Predicted tokens come in multiples of this, so that the output layer meets few shapes."""
SMOOTHING = 0.98
"""Of the mean loss that is told."""
TELL_EVERY_SECONDS = 15.0


@dataclass(frozen=True)
class Recipe:
    """Everything that shapes a run."""

    seconds: float = 3900.0
    """Wall-clock time of the whole run, resumed parts together."""
    seed: int = 1
    threads: int = 2
    batch_tokens: int = 3072
    """Body tokens in a step, padding included."""
    matrix_rate: float = 3.5e-3
    other_rate: float = 1.75e-3
    decay_from: float = 0.85
    """Share of the run after which the learning rate falls to the floor."""
    floor: float = 0.01
    """Share of the learning rate that is left at the end."""
    warmup_steps: int = 30
    read_share: float = 0.12
    """Share of the tokens she reads that are predicted at all."""
    read_weight: float = 0.3
    """Weight of each of those."""
    first_weight: float = 3.0
    """Weight of her first words in a reply."""
    brief_until: float = 0.86
    """Share of the run that begins with brief system prompts; real ones and long histories come after it."""
    moved_share: float = 0.35
    """Share of the short dialogues that stand at a later position."""
    save_every_seconds: float = 60.0


def rate(progress: float, step: int, recipe: Recipe) -> float:
    """Share of the full learning rate: warm up by steps, stay, then fall in a line to the floor by time."""
    left = (1 - progress) / (1 - recipe.decay_from)
    return min(1.0, (step + 1) / recipe.warmup_steps, max(recipe.floor, left))


def optimizers(network: Network, recipe: Recipe) -> list[torch.optim.Optimizer]:
    """Muon for the hidden matrices, AdamW for the rest; each group keeps its full rate beside the scheduled one."""
    matrices = [w for n, w in network.named_parameters() if w.dim() == 2 and "token_embd" not in n]
    gains = [w for w in network.parameters() if w.dim() == 1]
    both = [
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
    for optimizer in both:
        for group in optimizer.param_groups:
            group["full"] = group["lr"]
    return both


def choose(kinds: Tensor, recipe: Recipe) -> Tensor:
    """Flat places of the tokens to predict: all of hers and some of the others, in all a multiple of CHOSEN_STEP."""
    flat = kinds.flatten()
    hers = (flat >= dataset.SAID).nonzero()[:, 0]
    others = (flat == dataset.READ).nonzero()[:, 0]
    others = others[torch.randperm(len(others), device=others.device)]
    wanted = len(hers) + int(len(others) * recipe.read_share)
    return torch.cat([hers, others[: -(-wanted // CHOSEN_STEP) * CHOSEN_STEP - len(hers)]])


def loss_of(network: Network, given: Filled, recipe: Recipe) -> tuple[Tensor, float]:
    """The weighted loss, and the plain mean loss over her own words.

    Each token is predicted from the one before it; the first of a body is not predicted.
    """
    hidden = network(given.prefix, given.ids, given.positions, given.real)
    chosen = choose(given.kinds[:, 1:], recipe)
    source = chosen + chosen // (given.ids.shape[1] - 1)
    wanted = given.ids.flatten()[source + 1]
    kinds = given.kinds.flatten()[source + 1]
    hers = kinds >= dataset.SAID
    scores = network.logits(hidden.flatten(0, 1)[source]).float()
    losses = functional.cross_entropy(scores, wanted, reduction="none")
    weights = torch.where(hers, 1.0, recipe.read_weight)
    weights = torch.where(kinds == dataset.FIRST, recipe.first_weight, weights)
    return (losses * weights).sum() / weights.sum(), float(losses.detach()[hers].mean())


class Run:
    """A network on its way: its optimizers, how far it has come, and the checkpoint it is kept in."""

    def __init__(self, recipe: Recipe, checkpoint: Path) -> None:
        torch.manual_seed(recipe.seed)
        self.recipe, self.checkpoint = recipe, checkpoint
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.network = Network().to(self.device)
        self.optimizers = optimizers(self.network, recipe)
        self.used, self.step, self.loss = 0.0, 0, float("nan")

    def load(self) -> None:
        """Go on from the checkpoint."""
        state = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        self.network.load_state_dict(state["model"])
        for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
            rates = [group["full"] for group in optimizer.param_groups]
            optimizer.load_state_dict(saved)
            for group, full in zip(optimizer.param_groups, rates, strict=True):
                group["full"] = full
        self.used, self.step, self.loss = state["used"], state["step"], state["loss"]

    def begin_with(self, checkpoint: Path) -> None:
        """Take the weights of another run, and nothing else."""
        self.network.load_state_dict(torch.load(checkpoint, map_location=self.device, weights_only=True)["model"])

    def save(self) -> None:
        """Write the checkpoint, whole or not at all."""
        partial = self.checkpoint.with_suffix(".partial")
        state = {
            "model": self.network.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "used": self.used,
            "step": self.step,
            "loss": self.loss,
        }
        torch.save(state, partial)
        partial.replace(self.checkpoint)

    def learn(self, given: Filled) -> float:
        """One step; returns the mean loss over her words before it."""
        scale = rate(self.used / self.recipe.seconds, self.step, self.recipe)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["full"] * scale
        with torch.autocast(self.device, torch.bfloat16):
            loss, hers = loss_of(self.network, given.to(self.device), self.recipe)
        self.network.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
        self.step += 1
        return hers


def train(
    shards: Path, checkpoint: Path, recipe: Recipe, tell: Callable[[str], None] = print, start: Path | None = None
) -> float:
    """Train until the seconds of the recipe are used; return the last mean loss over her own words.

    `shards` is a folder; shards that appear there during the run are used from the next pass on. `start` is a
    checkpoint whose weights a new run begins with.
    """
    run, pace = Run(recipe, checkpoint), Pace(recipe.threads)
    if checkpoint.exists():
        run.load()
        tell(f"going on after {run.used:.0f} s, step {run.step}")
    elif start is not None:
        run.begin_with(start)
    tell(f"{sum(w.numel() for w in run.network.parameters()):,} parameters on {run.device}")
    rng = random.Random(recipe.seed * 7919 + run.step)
    last, saved_at, told_at, seen = time.monotonic(), run.used, run.used, 0
    while run.used < recipe.seconds:
        for batch in shuffled_pass(shards, run.used / recipe.seconds, recipe, rng):
            given = fill(batch, recipe.batch_tokens, recipe.moved_share, rng)
            pace.begin()
            run.loss = smoothed(run.loss, run.learn(given))
            pace.end()
            seen += sum(len(batch.group.bodies[row].ids) for row in batch.rows)
            now = time.monotonic()
            run.used, last = run.used + now - last, now
            if run.used - told_at >= TELL_EVERY_SECONDS:
                speed = seen / (run.used - told_at)
                tell(f"{run.used:6.0f} s  step {run.step}  loss {run.loss:.3f}  {speed:,.0f} tokens/s  {pace}")
                told_at, seen = run.used, 0
            if run.used - saved_at >= recipe.save_every_seconds:
                run.save()
                saved_at = run.used
            if run.used >= recipe.seconds:
                break
    run.save()
    return run.loss


def smoothed(mean: float, value: float) -> float:
    """A running mean; the first value stands for itself."""
    return value if math.isnan(mean) else SMOOTHING * mean + (1 - SMOOTHING) * value


def shuffled_pass(shards: Path, progress: float, recipe: Recipe, rng: random.Random) -> list[Batch]:
    """One pass: a shard of the kind that is due, drawn from the folder, cut and shuffled.

    Raises FileNotFoundError when there is none.
    """
    kind = "brief" if progress < recipe.brief_until else "full"
    files = sorted(path for path in shards.glob(f"{kind}-*.npz") if ".partial" not in path.name)
    if not files:
        raise FileNotFoundError(f"no training data in {shards}: run the step `data` first")
    batches = cut(dataset.load(rng.choice(files)), recipe.batch_tokens)
    rng.shuffle(batches)
    return batches
