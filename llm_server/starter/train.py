"""Training against the clock: the schedule follows the seconds that are left, so a run always ends annealed.

Three stages. First drills: random tokens that come again, until the heads that were planted copy what stands in the
prompt; some go on all the way, or dialogues wear that ability down before they need it. Then dialogues under brief
system prompts, which are cheap; then the real prompts and long histories. Her own words count fully, those that she
reads a little. A run can be stopped, and goes on from its last checkpoint.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from llm_server.starter import dataset
from llm_server.starter.batches import Filled, cut, fill
from llm_server.starter.copying import plant
from llm_server.starter.drills import drill
from llm_server.starter.model import Network

SMOOTHING = 0.98
"""Of the mean loss that is told."""
TELL_EVERY_SECONDS = 15.0
LONGEST_STEP_SECONDS = 20.0
"""A machine that slept, or a training that was halted for a while, has not used its time."""


@dataclass(frozen=True)
class Recipe:
    """Everything that shapes a run."""

    seconds: float = 3900.0
    """Wall-clock time of the whole run, resumed parts together."""
    seed: int = 1
    threads: int = 2
    batch_tokens: int = 3072
    """Body tokens in a step, padding included."""
    matrix_rate: float = 2.5e-3
    """Learning rate of Muon at its highest."""
    other_rate: float = 1e-3
    """Learning rate of AdamW at its highest."""
    floor: float = 0.02
    """Share of the learning rate that is left at the end."""
    warmup_steps: int = 100
    read_weight: float = 0.1
    """Weight of a token that she reads; one that she says counts 1."""
    first_weight: float = 2.0
    """Weight of her first words in a reply."""
    drills_until: float = 0.02
    """Share of the run that is drills alone."""
    brief_until: float = 0.5
    """Share of the run after which real system prompts and long histories come."""
    drill_share: float = 0.25
    """Share of the steps that are drills, right after; it falls to nothing until the end."""
    moved_share: float = 0.35
    """Share of the short dialogues that stand at a later position."""
    save_every_seconds: float = 60.0


def rate(progress: float, step: int, recipe: Recipe) -> float:
    """Share of the full learning rate: warm up by steps, fall in a line to the floor by time."""
    return min(1.0, (step + 1) / recipe.warmup_steps) * (recipe.floor + (1 - recipe.floor) * max(0.0, 1 - progress))


def make_optimizers(network: Network, recipe: Recipe) -> list[torch.optim.Optimizer]:
    """Muon for the hidden matrices (Jordan et al. 2024), AdamW for the embedding and the gains.

    Each group keeps its full rate beside the scheduled one.
    """
    matrices = [w for name, w in network.named_parameters() if w.dim() == 2 and "token_embd" not in name]
    gains = [w for w in network.parameters() if w.dim() == 1]
    words = {"params": [network.token_embd.weight], "weight_decay": 0.02}
    optimizers: list[torch.optim.Optimizer] = [
        torch.optim.Muon(
            matrices, lr=recipe.matrix_rate, weight_decay=0.05, momentum=0.95, adjust_lr_fn="match_rms_adamw"
        ),
        torch.optim.AdamW([words, {"params": gains, "weight_decay": 0.0}], lr=recipe.other_rate, betas=(0.9, 0.95)),
    ]
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["full"] = group["lr"]
    return optimizers


def loss_of(network: Network, given: Filled, recipe: Recipe) -> tuple[Tensor, float]:
    """The weighted loss, and the plain mean loss over her own words.

    Each token is predicted from the one before it; the first of a body is not predicted.
    """
    hidden = network(given.prefix, given.ids, given.positions, given.real)[:, :-1]
    kinds = given.kinds[:, 1:].flatten()
    weight_of = torch.zeros(dataset.FIRST + 1, device=kinds.device)
    weight_of[dataset.READ] = recipe.read_weight
    weight_of[dataset.SAID] = 1.0
    weight_of[dataset.FIRST] = recipe.first_weight
    weights = weight_of[kinds]
    scores = network.logits(hidden).float().flatten(0, 1)
    losses = functional.cross_entropy(scores, given.ids[:, 1:].flatten(), reduction="none")
    return (losses * weights).sum() / weights.sum(), float(losses.detach()[kinds >= dataset.SAID].mean())


class Run:
    """A network on its way: its optimizers, how far it has come, and the checkpoint it is kept in."""

    def __init__(self, recipe: Recipe, checkpoint: Path) -> None:
        torch.manual_seed(recipe.seed)
        self.recipe, self.checkpoint = recipe, checkpoint
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        network = Network()
        plant(network)
        self.network = network.to(self.device)
        self.optimizers = make_optimizers(self.network, recipe)
        self.used, self.step, self.loss = 0.0, 0, float("nan")

    def load(self) -> None:
        """Go on from the checkpoint."""
        state = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        self.network.load_state_dict(state["model"])
        for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
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
    run = Run(recipe, checkpoint)
    torch.set_num_threads(recipe.threads)
    if checkpoint.exists():
        run.load()
        tell(f"going on after {run.used:.0f} s, step {run.step}")
    elif start is not None:
        run.begin_with(start)
    tell(f"{sum(w.numel() for w in run.network.parameters()):,} parameters on {run.device}")
    rng = random.Random(recipe.seed * 7919 + run.step)
    last, saved_at, told_at, seen = time.monotonic(), run.used, run.used, 0
    for given in lessons(shards, run, rng):
        run.loss = smoothed(run.loss, run.learn(given))
        seen += int((given.kinds > 0).sum())
        now = time.monotonic()
        run.used, last = run.used + min(now - last, LONGEST_STEP_SECONDS), now
        if run.used - told_at >= TELL_EVERY_SECONDS:
            tell(
                f"{run.used:6.0f} s  step {run.step}  loss {run.loss:.3f}  {seen / (run.used - told_at):,.0f} tokens/s"
            )
            told_at, seen = run.used, 0
        if run.used - saved_at >= recipe.save_every_seconds:
            run.save()
            saved_at = run.used
    run.save()
    return run.loss


def lessons(shards: Path, run: Run, rng: random.Random) -> Iterator[Filled]:
    """What is learned next, until the run's time is used.

    Raises FileNotFoundError when there are no shards of the kind that is due.
    """
    recipe = run.recipe
    while run.used < recipe.drills_until * recipe.seconds:
        yield drill(rng, recipe.batch_tokens)
    while run.used < recipe.seconds:
        kind = "brief" if run.used < recipe.brief_until * recipe.seconds else "full"
        files = sorted(path for path in shards.glob(f"{kind}-*.npz") if ".partial" not in path.name)
        if not files:
            raise FileNotFoundError(f"no training data in {shards}: run the step `data` first")
        batches = cut(dataset.load(rng.choice(files)), recipe.batch_tokens)
        rng.shuffle(batches)
        for batch in batches:
            if run.used >= recipe.seconds:
                return
            if rng.random() < recipe.drill_share * (1 - run.used / recipe.seconds):
                yield drill(rng, recipe.batch_tokens)
            yield fill(batch, recipe.batch_tokens, recipe.moved_share, rng)


def smoothed(mean: float, value: float) -> float:
    """A running mean; the first value stands for itself."""
    return value if math.isnan(mean) else SMOOTHING * mean + (1 - SMOOTHING) * value
