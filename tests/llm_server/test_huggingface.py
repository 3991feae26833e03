"""What Hugging Face says of a file, and what Alisa makes of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from alisa.runtime.errors import AlisaError
from llm_server import huggingface
from llm_server.catalogue import Model
from llm_server.huggingface import RemoteFile
from tests.llm_server.source import FILE, REPO, Source

CONTENT = b"GGUF and so on"


@pytest.fixture
def source() -> Iterator[Source]:
    with Source(CONTENT).serve() as serving:
        yield serving


def look_up(source: Source, model: Model | None = None, env: dict[str, str] | None = None) -> RemoteFile:
    with huggingface.client(env or {}) as http:
        return huggingface.look_up(model or source.model(), http, source.url)


def test_size_and_checksum_come_from_the_headers(source: Source) -> None:
    """`X-Linked-Size` and `X-Linked-Etag` are enough; the file's address names the revision."""
    found = look_up(source, source.model(revision="refs/pr/3"))
    assert found.size == len(CONTENT)
    assert found.sha256 == source.digest
    assert found.url == f"{source.url}/{REPO}/resolve/refs%2Fpr%2F3/{FILE}"


def test_a_mirror_without_these_headers_is_asked_through_the_api(source: Source) -> None:
    """The API's `lfs` entry says the same."""
    source.linked_headers = False
    assert look_up(source).sha256 == source.digest


def test_a_renamed_repository_is_found(source: Source) -> None:
    """Its old address redirects to the new one, and there the file is described."""
    assert look_up(source, source.model(repo="old/name")).sha256 == source.digest


def test_a_source_that_says_nothing_leaves_the_catalogue_to_decide(source: Source) -> None:
    """Without any record, what the catalogue knows is what is checked."""
    source.linked_headers = source.api = False
    known = source.model(size=len(CONTENT), sha256=source.digest)
    assert look_up(source, known) == RemoteFile(look_up(source).url, len(CONTENT), source.digest)
    assert look_up(source).sha256 == ""


@pytest.mark.parametrize("known", [{"sha256": "0" * 64}, {"sha256": "right", "size": 5}])
def test_another_file_than_the_catalogue_means_is_refused(source: Source, known: dict[str, object]) -> None:
    """A file that was replaced at the source is not downloaded under the old name."""
    known = {name: source.digest if value == "right" else value for name, value in known.items()}
    with pytest.raises(AlisaError) as caught:
        look_up(source, source.model(**known))
    assert caught.value.code == "changed_at_source"
    assert f"{REPO}/{FILE}" in caught.value.hint


@pytest.mark.parametrize(("status", "code"), [(401, "not_allowed"), (404, "not_there"), (500, "source_failed")])
def test_a_refusal_says_what_to_do(source: Source, status: int, code: str) -> None:
    """A gated or vanished repository is told as what it is."""
    source.metadata_status = status
    with pytest.raises(AlisaError) as caught:
        look_up(source)
    assert caught.value.code == code


def test_the_token_goes_to_hugging_face_only_when_there_is_one(source: Source) -> None:
    """`HF_TOKEN` is sent as a bearer token; without it nothing is."""
    look_up(source)
    look_up(source, env={"HF_TOKEN": "hf_secret"})
    assert source.authorizations == ["", "Bearer hf_secret"]


def test_the_endpoint_can_be_a_mirror() -> None:
    """`HF_ENDPOINT` wins over the usual address; a trailing slash does no harm."""
    assert huggingface.endpoint({}) == "https://huggingface.co"
    assert huggingface.endpoint({"HF_ENDPOINT": "http://mirror.example/hub/"}) == "http://mirror.example/hub"
