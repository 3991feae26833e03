"""The vocabulary: byte-level BPE, split as llama.cpp's `llama-bpe` pre-tokenizer splits, so that both sides agree."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from llm_server.starter.grammar.words import WORDS
from llm_server.starter.shape import SHAPE, SPECIALS, WHOLE_WORDS

# llama.cpp, src/llama-vocab.cpp, LLAMA_VOCAB_PRE_TYPE_LLAMA3
SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


COPIED = (
    *("name", "city", "food", "drink", "color", "animal", "hobby", "country", "month", "app", "job", "instrument"),
    *("thing", "place"),
)
"""Kinds of words that she has to say again from the prompt, the most important first."""


def whole_words(known: Iterable[str]) -> list[str]:
    """Words that get a token of their own, as the vocabulary spells them (`Ġ` is a space), without those it has.

    A word of one token can be said again by looking at one place. llama.cpp takes a whole word that the vocabulary
    holds before it tries any merge.
    """
    names = [*WORDS["name"], *(name.lower() for name in WORDS["name"])]
    words = [f"Ġ{word}" for word in names] + [f"{number:02d}" for number in range(100)]
    words += [f"Ġ{word}" for kind in COPIED[1:] for word in WORDS[kind] if " " not in word]
    there = set(known)
    return [word for word in dict.fromkeys(words) if word not in there][:WHOLE_WORDS]


def learn(texts: Iterable[str], path: Path) -> int:
    """Learn the merges from `texts`, write them to `path`, return the size of the vocabulary."""
    from tokenizers import models, pre_tokenizers, trainers

    tokenizer = around(models.BPE(ignore_merges=True))
    trainer = trainers.BpeTrainer(
        vocab_size=SHAPE.vocabulary - WHOLE_WORDS,
        special_tokens=list(SPECIALS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        min_frequency=3,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    path.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(path))
    return add_whole_words(path)


def around(model: Any) -> Any:
    """A tokenizer of this model that splits and spells as llama.cpp does."""
    from tokenizers import Regex, Tokenizer, decoders, pre_tokenizers

    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def restore(tokens: Sequence[str], merges: Sequence[str], path: Path) -> None:
    """Write the tokenizer with this vocabulary, in the order of the ids, and these merges (`a b`)."""
    from tokenizers import models

    ids = {token: place for place, token in enumerate(tokens)}
    pairs = [(left, right) for left, _, right in (merge.partition(" ") for merge in merges)]
    tokenizer = around(models.BPE(ids, pairs, ignore_merges=True))
    tokenizer.add_special_tokens(list(SPECIALS))
    path.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(path))


def add_whole_words(path: Path) -> int:
    """Give the words that are copied a token each; return the size of the vocabulary."""
    described = json.loads(path.read_text("utf-8"))
    vocabulary = described["model"]["vocab"]
    for word in whole_words(vocabulary):
        vocabulary[word] = len(vocabulary)
    path.write_text(json.dumps(described, ensure_ascii=False), "utf-8")
    return len(vocabulary)


def load(path: Path) -> Any:
    """The tokenizer written by `learn`."""
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(path))
