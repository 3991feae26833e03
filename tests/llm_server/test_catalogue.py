"""The catalogue: sound as it ships, and unsound entries are refused."""

from __future__ import annotations

import pytest

from alisa.runtime.errors import AlisaError
from alisa.runtime.sections import LlmSettings
from llm_server import catalogue
from llm_server.catalogue import BIG, STARTER

ENTRY = '[[model]]\nname = "a-model"\ntitle = "A"\nrepo = "o/r"\nfile = "a.gguf"\n'


def test_the_shipped_catalogue_is_sound() -> None:
    """Every model can be told apart, is described in a line, and has its license and size."""
    models = catalogue.load()
    assert models[0].name == STARTER
    assert models[0].ships
    assert len({model.filename for model in models}) == len(models) >= 9
    for model in models[1:]:
        assert model.size > 500_000_000
        assert model.license != "unknown"
        assert model.terms in ("open", "conditional")
        assert 20 < len(model.about) <= 110
        assert model.page == f"https://huggingface.co/{model.repo}"
        assert (model.revision == "main") == (not model.sha256), "a checksum is only true of a pinned upload"


def test_the_default_big_model_is_what_the_settings_are_made_for() -> None:
    """Llama 3.1 8B Instruct in Q4_K_M, with a context of 4096 and 33 layers on the graphics card."""
    big = catalogue.find(catalogue.load(), BIG)
    assert big is not None
    assert (big.repo, big.filename) == (
        "bartowski/Meta-Llama-3.1-8B-Instruct-GGUF",
        "Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf",
    )
    assert (LlmSettings().context_tokens, LlmSettings().gpu_layers, LlmSettings().model) == (4096, 33, STARTER)


@pytest.mark.parametrize(
    "line",
    [
        'name = "../a"',
        'file = "/etc/passwd"',
        'file = "a/../../b.gguf"',
        'file = "a.bin"',
        'repo = "https://x/y"',
        'sha256 = "ABC"',
        "size = -1",
        "active = 0",
        'terms = "free"',
        'colour = "red"',
    ],
)
def test_an_unsound_entry_is_refused_with_its_name(line: str) -> None:
    """A path that leaves its folder, a checksum that is none, a field nobody knows: never taken."""
    field = line.partition(" ")[0]
    text = "\n".join(row for row in ENTRY.splitlines() if not row.startswith(f"{field} ")) + f"\n{line}\n"
    with pytest.raises(ValueError, match=field):
        catalogue.parse(text)


def test_a_name_stands_once() -> None:
    """Two models of one name would be a lottery."""
    with pytest.raises(ValueError, match="a-model"):
        catalogue.parse(ENTRY + ENTRY)


def test_a_broken_catalogue_is_an_error_with_a_hint(tmp_path: object) -> None:
    """Not TOML, or not there: one sentence."""
    from pathlib import Path

    path = Path(str(tmp_path)) / "catalogue.toml"
    for text in (None, "[[model", '[[model]]\nname = "x"\n'):
        if text is not None:
            path.write_text(text)
        with pytest.raises(AlisaError) as caught:
            catalogue.load(path)
        assert caught.value.hint


def test_an_unknown_name_suggests_the_nearest() -> None:
    """A typing error is answered with what was probably meant."""
    error = catalogue.unknown("lama-3.1-8b", [model.name for model in catalogue.load()])
    assert "llama-3.1-8b" in error.hint
    assert error.exit_code == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("owner/repo/file.gguf", ("owner/repo", "file.gguf", "main", "file")),
        ("hf:o/r/sub/f.Q4_K_M.gguf@v1.0", ("o/r", "sub/f.Q4_K_M.gguf", "v1.0", "f.Q4_K_M")),
        ("o/r/../f.gguf", None),
        ("llama-3.1-8b", None),
        ("o/r/f.safetensors", None),
    ],
)
def test_any_file_on_hugging_face_can_be_named(text: str, expected: tuple[str, ...] | None) -> None:
    """`owner/repository/file.gguf`, with a revision where one is wanted."""
    model = catalogue.from_hub(text)
    assert (model and (model.repo, model.file, model.revision, model.name)) == expected
