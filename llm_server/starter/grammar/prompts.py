"""System prompts to train on: the real ones above all, then shortened, reordered, foreign ones, and none."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from functools import cache

from llm_server.starter.grammar import words
from llm_server.starter.shape import DATA


@dataclass(frozen=True)
class Instructions:
    """A system prompt, and what the replies must take from it: her name and her tone."""

    text: str
    name: str
    tone: str


@cache
def shipped() -> tuple[dict[str, str], dict[str, str], str]:
    """Persona prompts by name, mode prompts by file name, and the rules, as they ship in `data/`."""
    personas, modes = {}, {}
    for path in sorted((DATA / "personas").glob("*.toml")):
        card = tomllib.loads(path.read_text("utf-8"))
        personas[card["name"]] = card["prompt"].strip()
    for path in sorted((DATA / "modes").glob("*.toml")):
        modes[path.stem] = tomllib.loads(path.read_text("utf-8"))["prompt"].strip()
    return personas, modes, (DATA / "prompts" / "rules.txt").read_text("utf-8").strip()


def real(persona: str = "Alisa", mode: str = "teasing") -> str:
    """The system prompt exactly as the hub composes it."""
    personas, modes, rules = shipped()
    return "\n\n".join((personas[persona], rules, modes[mode]))


OWN_MODES = (
    "Right now you are sleepy: soft, slow, a little absent.",
    "Right now you are cheerful: bright, quick and encouraging.",
    "Right now you are grumpy: short answers, and a good heart under them.",
    "Right now you are a study partner: you keep the user at their work.",
    "Right now you are in a festive mood: everything is a reason to celebrate.",
    "Right now you are quiet: you say only what is needed.",
    "Talk like an old friend today.",
    "Be extra kind today.",
)
FOREIGN = (
    "You are <bot>, a warm companion who lives on the user's computer.",
    "You are <bot>, a friendly AI companion. Keep replies short and kind.",
    "Your name is <bot>. You are a tsundere girl who lives on the desktop.",
    "You are <bot>, the user's companion. Be honest and never invent things.",
    "You are <bot>, a cheerful robot who likes to chat.",
    "You are <bot>, a caring friend with a sharp tongue.",
    "You are <bot>.",
    "You are <bot>, a knight of the old kingdom, loyal and a little proud.",
    "You are <bot>, a librarian ghost. You speak softly and tease a little.",
)
PLAIN = (
    "You are a helpful assistant.",
    "You are a plain assistant. Answer briefly.",
    "You are a helpful, concise assistant that runs on the user's computer.",
)
ASIDES = (
    "The user lives in a small town.",
    "Keep replies short.",
    "Never give medical advice.",
    "Be honest.",
    "Speak like a close friend.",
    "Use simple words.",
    "Stay in character at all times.",
    "Do not use emoji.",
    "Ask a gentle question now and then.",
    "The user works from home.",
    "Never mention other companies.",
    "If you do not know something, say so plainly.",
    "Reply in English.",
    "Do not repeat yourself.",
)


def own_name(rng: random.Random, text: str) -> tuple[str, str]:
    """The prompt under another name, and that name."""
    name = words.draw(rng, "name")
    return text.replace("Alisa", name), name


def sentences(text: str) -> list[str]:
    """Rough sentences, enough for shuffling and dropping."""
    return [part if part.endswith(".") else part + "." for part in text.replace("\n", " ").split(". ") if part]


def draw_brief(rng: random.Random) -> Instructions:
    """A system prompt of a line or two: cheap to train on, and enough to know her name and tone."""
    personas, modes, rules = shipped()
    mode = rng.choices(("teasing", "serious", "calm"), (60, 20, 20))[0]
    kind = rng.random()
    if kind < 0.12:
        return Instructions(rng.choice(PLAIN) + "\n\n" + modes[mode], "Assistant", "plain")
    if kind < 0.17:
        return Instructions("", "Alisa", "teasing")
    name = words.draw(rng, "name") if rng.random() < 0.25 else "Alisa"
    opening = rng.choice(
        (f"You are {name}.", sentences(personas["Alisa"])[0].replace("Alisa", name), sentences(personas["Alisa"])[0])
    )
    name = name if name in opening else "Alisa"
    if rng.random() < 0.1:
        return Instructions(opening + " " + rng.choice(OWN_MODES), name, "teasing")
    parts = [opening, modes[mode]]
    if rng.random() < 0.2:
        parts.insert(1, sentences(rules)[0])
    return Instructions("\n\n".join(parts), name, mode)


def draw(rng: random.Random) -> Instructions:
    """A system prompt; most are exactly what the hub sends."""
    personas, modes, rules = shipped()
    mode = rng.choices(("teasing", "serious", "calm"), (60, 20, 20))[0]
    kind = rng.random()
    if kind < 0.60:
        return Instructions(real("Alisa", mode), "Alisa", mode)
    if kind < 0.69:
        return Instructions(real("Assistant", mode), "Assistant", "plain")
    if kind < 0.77:
        text, name = own_name(rng, real("Alisa", mode))
        return Instructions(text, name, mode)
    if kind < 0.82:
        text = "\n\n".join((personas["Alisa"], rules, rng.choice(OWN_MODES)))
        return Instructions(text, "Alisa", "teasing")
    if kind < 0.88:
        kept = [s for s in sentences(personas["Alisa"])[1:] if rng.random() < 0.6]
        rng.shuffle(kept)
        parts = [" ".join([sentences(personas["Alisa"])[0], *kept]), rules, modes[mode]]
        if rng.random() < 0.4:
            parts = [parts[0], parts[2], parts[1]]
        text, name = own_name(rng, "\n\n".join(parts)) if rng.random() < 0.4 else ("\n\n".join(parts), "Alisa")
        return Instructions(text, name, mode)
    if kind < 0.91:
        return Instructions(rng.choice(PLAIN) + (" " + rules if rng.random() < 0.5 else ""), "Assistant", "plain")
    if kind < 0.97:
        name = words.draw(rng, "name")
        parts = [rng.choice(FOREIGN).replace("<bot>", name)]
        parts += rng.sample(ASIDES, rng.choice((0, 0, 1, 2, 4)))
        tone = "teasing"
        if rng.random() < 0.5:
            parts.append(rules)
        if rng.random() < 0.4:
            parts.append(modes[mode])
            tone = mode
        return Instructions(rng.choice((" ", "\n\n")).join(parts), name, tone)
    return Instructions("", "Alisa", "teasing")
