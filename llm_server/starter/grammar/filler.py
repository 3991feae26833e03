"""Long stretches of ordinary prose, so that the model has seen histories and messages that fill its window."""

from __future__ import annotations

import random

from llm_server.starter.grammar.expand import Slots, choose, tidy
from llm_server.starter.grammar.words import draw

SENTENCES = (
    "{The|A} <thing> {was|stood|lay} {near|behind|under|on} the <thing2> in the <place>{| for a long time}.",
    "My <relative> {went|drove|walked} to the <place> <when> and {bought|found|lost} a <color> <thing>.",
    "{In|During} <month> we {visited|left|reached} <city>, {because|although|and} the <season> was {mild|cold|long|wet}.",
    "{Many|Some|Few} people in <country> {like|study|talk about} <subject>, {but|and} I {prefer|think of} <hobby>.",
    "The {first|second|third|last} {chapter|part|page|section} {is about|explains|describes|mentions} <topic>{| and <topic2>}.",
    "{However|After that|Then|Still|On the other hand}, the <job> {said|wrote|knew|believed} that the <thing> {works|is broken|is too small|costs too much}.",
    "{She|He|Everybody|Nobody} {remembers|forgot|described} the <animal> and the <thing>, and {the evening ended|it began to rain|we went home}.",
    "{According to the report|As you can see|In other words}, <topic> {has changed|matters|is growing} {more and more|every year|slowly}.",
    "We {cooked|ate|ordered} <food> with <food2> and {drank|shared} <drink> until {midnight|late|the lights went out}.",
    "{To do this|First|Next}, take the <thing>, {put it|place it|move it} {beside|into|over} the <thing2> and {wait|check it|try again}.",
    "<newname> and <name> {met|worked|argued} in <city>, where they {learned|taught|enjoyed} <language>.",
    "It was a {quiet|long|strange|busy|bright} <weekday> in <month>, and the <place> was {empty|full|closed}.",
    "{There are|We counted|The list has} {two|three|seven|twelve|many} <thing>s, {a|one} <animal> and {some|no} <drink>.",
    "I {have been|was|am} {thinking|reading|writing} about <topic> {lately|for weeks|since <weekday>}.",
)  # fmt: skip


def sentence(rng: random.Random) -> str:
    """One sentence about nothing much."""
    return tidy(Slots(rng, draw).fill(choose(rng, rng.choice(SENTENCES))))


def paragraph(rng: random.Random, count: int) -> str:
    """`count` sentences in a row."""
    return " ".join(sentence(rng) for _ in range(count))
