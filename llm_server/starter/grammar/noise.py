"""How people really type: fillers, lost punctuation, lost capitals, slips of the fingers."""

from __future__ import annotations

import random

from llm_server.starter.grammar.synonyms import drop, vary

OPENERS = (
    "well, ",
    "so, ",
    "um, ",
    "uh, ",
    "hmm, ",
    "okay, ",
    "ok so ",
    "hey, ",
    "hey <bot>, ",
    "<bot>, ",
    "listen, ",
    "you know, ",
    "honestly, ",
    "oh, ",
    "actually, ",
    "please, ",
    "by the way, ",
    "say, ",
    "hi <bot>! ",
    "look, ",
    "one more thing: ",
    "just wondering, ",
    "tell me, ",
    "alright, ",
    "right, ",
    "and ",
    "but ",
    "also, ",
    "now ",
    "hello <bot>, ",
    "haha ",
    "hi! ",
    "hello! ",
    "thanks. ",
    "okay, thanks. ",
    "I see. ",
    "yes. ",
    "no. ",
    "good morning! ",
    "hey there! ",
    "haha, okay. ",
    "that's nice. ",
    "wow, okay. ",
    "can I ask you something? ",
    "not really. ",
    "fine. ",
    "good evening, ",
    "I was wondering, ",
    "I have a question: ",
    "so tell me, ",
    "let's see. ",
    "guess what, ",
    "ugh, ",
    "to be honest, ",
    "I must say, ",
    "well then, ",
    "excuse me, ",
    "quick, ",
    "oh dear, ",
    "sooo ",
    "sigh, ",
    "yeah, ",
    "nah, ",
    "do you mind, ",
    "remind me, ",
    "be honest, ",
    "come on, ",
    "as I said, ",
    "ok, ",
    "hmm ",
    "I think ",
    "it's just that ",
    "you see, ",
    "girl, ",
    "miss, ",
    "my dear, ",
    "if I may ask, ",
    "one question, ",
    "lol ",
    "anyway, ",
    "serious question: ",
    "quick question: ",
    "hey you, ",
)
CLOSERS = (
    " <bot>",
    ", <bot>",
    " please",
    ", please",
    " now",
    " haha",
    " lol",
    ", you know",
    " right now",
    " though",
    " today",
    " :)",
    " at the moment",
    " these days",
    " and I mean it",
    ", to be honest",
    ", I guess",
    " if you don't mind",
    ", Alisa dear",
    ", girl",
    ", miss",
    " or what",
    ", don't you think",
    ", I think",
    ", really",
    " already",
    " yet",
    " as always",
    " :(",
    "...",
    "!!",
    " ok?",
    ", okay?",
    " hehe",
    " tbh",
)
NEIGHBOURS = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnm",
        "wa es rd ft gy hu ij ok pl o sq wd ef rg th yj uk il ok xs zd xf cg vh bj n".split()[:26],
        strict=False,
    )
)
SHORT = {
    "you": "u",
    "are": "r",
    "your": "ur",
    "please": "pls",
    "thanks": "thx",
    "because": "cuz",
    "don't": "dont",
    "i'm": "im",
    "I'm": "im",
    "what's": "whats",
    "can't": "cant",
    "it's": "its",
    "know": "kno",
    "tomorrow": "tmrw",
    "tonight": "tonite",
    "really": "rly",
    "people": "ppl",
    "about": "abt",
    "want to": "wanna",
    "going to": "gonna",
}


def slip(rng: random.Random, word: str) -> str:
    """One slip in a word of at least four letters."""
    at = rng.randrange(1, len(word) - 1)
    kind = rng.random()
    if kind < 0.35:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind < 0.6:
        return word[:at] + word[at + 1 :]
    if kind < 0.8:
        return word[:at] + word[at] + word[at:]
    return word[:at] + rng.choice(NEIGHBOURS.get(word[at], word[at])) + word[at + 1 :]


def slips(rng: random.Random, text: str) -> str:
    """One word of `text` mistyped; slots are left alone."""
    words = text.split(" ")
    places = [i for i, word in enumerate(words) if len(word) >= 4 and word.isalpha() and word.islower()]
    if places:
        place = rng.choice(places)
        words[place] = slip(rng, words[place])
    return " ".join(words)


def shorten(rng: random.Random, text: str) -> str:
    """A few words written the way of chats."""
    for long, short in SHORT.items():
        if rng.random() < 0.5:
            text = f" {text} ".replace(f" {long} ", f" {short} ").strip()
    return text


def roughen(rng: random.Random, text: str) -> str:
    """`text`, slots unfilled, as somebody may type it."""
    if rng.random() < 0.35:
        text = vary(rng, text, 0.5)
    if rng.random() < 0.05:
        text = drop(rng, text)
    if rng.random() < 0.16:
        text = rng.choice(OPENERS) + text
    if rng.random() < 0.12:
        end = text[-1] if text[-1] in "?!." else ""
        text = text.rstrip("?!.") + rng.choice(CLOSERS) + end
    if rng.random() < 0.08:
        text = slips(rng, text)
    if rng.random() < 0.06:
        text = shorten(rng, text)
    return text


def dress(rng: random.Random, text: str) -> str:
    """Capitals and final punctuation, or the lack of them; `text` has its slots filled."""
    kind = rng.random()
    if kind < 0.45:
        text = text[:1].upper() + text[1:]
        if text[-1:].isalnum() and rng.random() < 0.5:
            text += "."
    elif kind < 0.55:
        text = text.lower()
    elif kind < 0.57:
        text = text.upper()
    if rng.random() < 0.3:
        text = text.rstrip(".!?") or text
    elif rng.random() < 0.05:
        text = text.rstrip(".") + rng.choice(["!", "!!", "...", "??", "?!"])
    return text
