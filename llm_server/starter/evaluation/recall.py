"""How far back she finds what she was told: names and facts, asked for behind ever more of other talk."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llm_server.starter.evaluation.asking import context_block, filling, reply_to
from llm_server.starter.evaluation.server import Llama
from llm_server.starter.evaluation.window import LONG_TALK
from llm_server.starter.grammar.prompts import real

DISTANCES = (0, 700, 1400, 2100, 2800)
"""Tokens of other talk between what is told and the question; the last one fills the window."""

TOLD = """
Good evening! The name's Daniel, we have not met. | Nice to meet you, Daniel! | And what am I called? | Daniel
hey you, Sophie here | Hello, Sophie! What brings you here? | Does my name still ring a bell? | Sophie
I suppose I should say who I am: Thomas. | Thomas, is it? I'll remember. | How would you address me? | Thomas
hi, I am Laura and a bit shy | Nice to meet you, Laura. | Quick check, what is my name? | Laura
My parents called me Simon, after a sailor | Not a bad name. I'll remember it. | You know me. By which name? | Simon
Everybody says Nina to me, so you may as well | It suits you. I'll remember that. | Would you still know my name? | Nina
Some call me Thaddeus, and it stuck | I like it. I'll remember that. | My name again, please? | Thaddeus
Hello there, Ottilie speaking | Hello! It's a nice name. | Can you say what I am called? | Ottilie
Our dog goes by the name of Bruno, he is old | Good to know! Give him a pat. | How did I say our dog is called? | Bruno
Green is the colour that I like most | Of course it is. Noted. | Which colour do I like most? | green
I work as a baker, so I rise before the birds | Good to know. I'll keep that in mind. | What do I work as? | baker
I grew up in Portugal and still miss the light | I like knowing that. | Which country did I grow up in? | Portugal
My sister is called Martha, she sings | That suits her. I'll keep it in mind. | And how is my sister called? | Martha
On Tuesday I have my exam, in the morning | Good to know. I'll keep it in mind. | Which day is my exam? | Tuesday
I play the cello, badly but every day | Why am I not surprised. Noted. | Which instrument do I play? | cello
Peanuts are off limits, I am allergic to them | Good to know. I'll keep that in mind. | What am I allergic to? | peanut
My birthday falls in October, like my father's | I'll keep it in mind. | Which month is my birthday in? | October
I live in Hamburg these days | Thank you for telling me. | Which city do I live in? | Hamburg
My best friend is Clara, we met at school | Good to know! I like that. | Who did I say is my best friend? | Clara
I am thirty-four years old, or so they say | Of course you are. Noted. | How old did I say I am? | thirty-four
"""
"""What the user tells | what she answered | the question | the word that the answer must hold."""

EVERYTHING = slice(None)
TEMPERATURE = 0.8
NOTES = {"time": "Saturday 21 November 2026, 20:14"}


def recall(
    llama: Llama, distances: Sequence[int] = DISTANCES, which: slice = EVERYTHING
) -> tuple[dict[str, float], list[dict[str, str]]]:
    """The share of what was told that she finds, by distance; and every question with its answer.

    `which`: only these of the rows, for a quick look.
    """
    rows = [[part.strip() for part in line.split("|")] for line in TOLD.strip().splitlines()[which]]
    found: dict[str, float] = {}
    replies: list[dict[str, str]] = []
    for distance in distances:
        between = filling(distance, llama, LONG_TALK)
        hits = 0
        for told, answered, question, wanted in rows:
            said = [
                {"role": "system", "content": real()},
                {"role": "user", "content": told},
                {"role": "assistant", "content": "<emotion=happy> " + answered},
                *between,
                {"role": "user", "content": context_block(NOTES) + question},
            ]
            reply = reply_to(llama, said, TEMPERATURE, {}).text
            hits += bool(re.search(wanted, reply, re.IGNORECASE))
            replies.append({"distance": str(distance), "told": told, "question": question, "reply": reply})
        found[str(distance)] = hits / len(rows)
    return found, replies
