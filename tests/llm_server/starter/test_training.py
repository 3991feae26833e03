"""From dialogues to a file: weights per token, the shared prefix, the schedule, the export. Needs the extra `train`."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from llm_server.starter.grammar.dialogue import dialogue
from llm_server.starter.template import Message

torch = pytest.importorskip("torch")
pytest.importorskip("tokenizers")
pytest.importorskip("gguf")

from llm_server.starter import batches, cli, copying, dataset, drills, tokenizer, train  # noqa: E402
from llm_server.starter.model import Network  # noqa: E402
from llm_server.starter.shape import SHAPE, Shape  # noqa: E402


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("starter") / "tokenizer.json"
    tokenizer.learn(cli.texts(1, 7000), path)
    return path


def test_only_her_own_words_count_fully(vocabulary: Path) -> None:
    """Her words and their end are FIRST or SAID, what she is not taught is SKIPPED, everything else READ."""
    loaded = tokenizer.load(vocabulary)
    messages = (
        Message("user", "hello"),
        Message("assistant", "<emotion=happy> Hi.", learn=False),
        Message("user", "why?"),
        Message("assistant", "<emotion=calm> Mm."),
    )
    body = dataset.encode(loaded, messages)
    said = loaded.decode([int(i) for i, kind in zip(body.ids, body.kinds, strict=True) if kind >= dataset.SAID])
    skipped = loaded.decode([int(i) for i, kind in zip(body.ids, body.kinds, strict=True) if kind == dataset.SKIPPED])
    assert said.strip() == "<emotion=calm> Mm."
    assert skipped.strip() == "<emotion=happy> Hi."


def test_a_shard_comes_back_as_it_was_written(vocabulary: Path, tmp_path: Path) -> None:
    """Prefixes and bodies survive the file."""
    made = dataset.write_shard(tmp_path / "a.npz", vocabulary, 3, tokens=40_000, long_share=0.3, brief=False)
    groups = dataset.load(tmp_path / "a.npz")
    assert sum(len(body.ids) for group in groups for body in group.bodies) == made
    assert all(len(group.prefix) + len(body.ids) <= dataset.LONGEST for group in groups for body in group.bodies)


def test_a_shared_prefix_changes_nothing() -> None:
    """Bodies behind one prefix get the hidden states that each would get alone."""
    torch.manual_seed(0)
    network = Network(Shape(vocabulary=64, width=64, layers=2, heads=2, kv_heads=1, feed_forward=64))
    prefix, bodies = torch.randint(0, 64, (7,)), torch.randint(0, 64, (3, 5))
    positions = torch.arange(7, 12).repeat(3, 1)
    padded = torch.cat([prefix, torch.zeros(4, dtype=torch.long)])
    together = network(padded, bodies, positions, 7)
    for row in range(3):
        alone = network(prefix, bodies[row : row + 1], positions[:1], 7)
        assert torch.allclose(together[row], alone[0], atol=1e-5)


def test_the_rate_warms_up_and_falls_with_the_clock() -> None:
    """From little, to all, to the floor."""
    recipe = train.Recipe(warmup_steps=10)
    assert train.rate(0.0, 0, recipe) == pytest.approx(0.1)
    assert train.rate(0.0, 500, recipe) == 1.0
    assert 0.5 < train.rate(0.5, 500, recipe) < 0.52
    assert train.rate(1.0, 9999, recipe) == pytest.approx(recipe.floor)


def test_a_planted_network_copies_before_it_has_learned_anything() -> None:
    """In a run of random tokens said twice, the true next token of the second time is among her first few guesses."""
    torch.manual_seed(0)
    network = Network()
    copying.plant(network)
    once = torch.randperm(SHAPE.vocabulary)[:60]
    ids = torch.cat([once, once])[None]
    with torch.no_grad():
        scores = network.logits(network(ids[0, :0], ids, torch.arange(120)[None], 0))[0]
    told = torch.arange(64, 119)
    wanted = scores[told, ids[0, told + 1]]
    rank = (scores[told] > wanted[:, None]).sum(1)
    assert float((rank < 5).float().mean()) > 0.9


@pytest.mark.parametrize("maker", [drills.again, drills.pairs])
def test_what_counts_in_a_drill_can_be_known(maker: Callable[..., tuple[list[int], list[int]]]) -> None:
    """Every token that counts followed the same token before."""
    for seed in range(20):
        ids, kinds = maker(random.Random(seed), 96, 100)
        assert len(ids) == len(kinds) == 96
        for place in (place for place, kind in enumerate(kinds) if kind == dataset.SAID):
            earlier = [ids[i + 1] for i in range(place - 2) if ids[i] == ids[place - 1]]
            assert ids[place] in earlier


def test_batches_have_few_shapes_and_whole_rows(vocabulary: Path, tmp_path: Path) -> None:
    """Every batch has one of the known lengths, and never more rows than its tokens allow."""
    dataset.write_shard(tmp_path / "a.npz", vocabulary, 3, tokens=60_000, long_share=0.2, brief=True)
    recipe = train.Recipe()
    made = batches.cut(dataset.load(tmp_path / "a.npz"), recipe.batch_tokens)
    assert made
    for batch in made:
        if batch.length in batches.LENGTHS:
            assert len(batch.rows) * batch.length <= recipe.batch_tokens
        else:
            assert len(batch.rows) == 1
        assert all(len(batch.group.bodies[row].ids) <= batch.length for row in batch.rows)


def test_a_run_learns_stops_goes_on_and_exports(vocabulary: Path, tmp_path: Path) -> None:
    """A few seconds of training, resumed, end as a GGUF of the right size with the template inside."""
    from llm_server.starter.export import export

    for kind, brief in (("brief", True), ("full", False)):
        dataset.write_shard(tmp_path / f"{kind}-0.npz", vocabulary, 3, tokens=20_000, long_share=0.0, brief=brief)
    checkpoint, lines = tmp_path / "model.pt", list[str]()
    train.train(tmp_path, checkpoint, train.Recipe(seconds=2, threads=1), lines.append)
    train.train(tmp_path, checkpoint, train.Recipe(seconds=3, threads=1), lines.append)
    assert any(line.startswith("going on after") for line in lines)
    size = export(checkpoint, vocabulary, tmp_path / "model.gguf")
    written = (tmp_path / "model.gguf").read_bytes()
    assert len(written) == size
    assert b"<|start_header_id|>" in written


def test_training_goes_on_from_the_file_that_ships(tmp_path: Path) -> None:
    """The vocabulary comes back as it was, the weights as the file keeps them; what is there already stays."""
    from llm_server.starter.reopen import reopen
    from llm_server.starter.shape import MODEL_FILE

    words, start = tmp_path / "tokenizer.json", tmp_path / "start.pt"
    reopen(MODEL_FILE, words, start)
    loaded = tokenizer.load(words)
    assert loaded.get_vocab_size() == SHAPE.vocabulary
    text = "<|start_header_id|>user<|end_header_id|>\n\nHello, I'm Zofia.<|eot_id|>"
    ids = loaded.encode(text, add_special_tokens=False).ids
    assert loaded.decode(ids, skip_special_tokens=False) == text
    assert ids[0] == 2
    Network().load_state_dict(torch.load(start, weights_only=True)["model"])
    before = words.read_bytes()
    reopen(MODEL_FILE, words, start)
    assert words.read_bytes() == before


def test_dialogues_are_never_cut(vocabulary: Path) -> None:
    """An ordinary dialogue fits the longest sequence many times over."""
    loaded = tokenizer.load(vocabulary)
    assert len(dataset.encode(loaded, dialogue(random.Random(1)).messages).ids) < dataset.LONGEST // 2
