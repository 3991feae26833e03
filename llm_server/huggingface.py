"""Hugging Face as a source of model files: addresses, what it says of a file, and its refusals in plain words.

`HF_ENDPOINT` names a mirror, `HF_TOKEN` an access token; both as in Hugging Face's own tools.
How the bytes are fetched is the business of `download`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import httpx

from alisa.runtime.errors import AlisaError, MissingError
from llm_server.catalogue import Model

ENDPOINT = "https://huggingface.co"
CONNECT_SECONDS = 15.0
SILENCE_SECONDS = 60.0
"""How long a connection may bring nothing before it counts as lost."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file at its source."""

    url: str
    size: int
    """bytes; 0 where the source does not say"""
    sha256: str
    """lower-case hex; "" where the source does not say"""


class NoNetworkError(MissingError):
    """The source of a download could not be reached at all."""


def endpoint(env: Mapping[str, str] | None = None) -> str:
    """Return the address of Hugging Face, or of the mirror that the user named."""
    named = (os.environ if env is None else env).get("HF_ENDPOINT", "").strip().rstrip("/")
    return named or ENDPOINT


def client(env: Mapping[str, str] | None = None) -> httpx.Client:
    """Return an HTTP client for Hugging Face; the token goes to its host alone, not where it redirects to."""
    token = (os.environ if env is None else env).get("HF_TOKEN", "").strip()
    return httpx.Client(
        headers={"User-Agent": "alisa", "Accept-Encoding": "identity"}
        | ({"Authorization": f"Bearer {token}"} if token else {}),
        timeout=httpx.Timeout(SILENCE_SECONDS, connect=CONNECT_SECONDS),
        follow_redirects=True,
    )


def file_url(model: Model, base: str) -> str:
    """Return the address that the file of `model` is downloaded from."""
    return f"{base}/{model.repo}/resolve/{quote(model.revision, safe='')}/{quote(model.file)}"


def look_up(model: Model, http: httpx.Client, base: str) -> RemoteFile:
    """Return what Hugging Face says of the file of `model`, checked against what the catalogue says.

    The headers `X-Linked-Size` and `X-Linked-Etag` carry size and SHA-256 of a large file; they stand
    on the answer that redirects to the storage. Where they are missing (mirrors), the API is asked.
    Raises NoNetworkError, MissingError (not there, not allowed), AlisaError (not the file that the
    catalogue means).
    """
    url = file_url(model, base)
    try:
        answer = http.head(url, follow_redirects=False)
        for _ in range(3):  # a renamed repository redirects to its new address, the rest to the storage
            if answer.next_request is None or urlsplit(answer.headers["location"]).netloc:
                break
            answer = http.send(answer.next_request, follow_redirects=False)
        if answer.status_code >= 400:
            raise refusal(answer.status_code, model)
        size, sha256 = _from_headers(answer.headers)
        if not (size and sha256):
            api_size, api_sha256 = _from_api(model, http, base)
            size, sha256 = size or api_size, sha256 or api_sha256
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise no_network(base) from error
    _compare(model, size, sha256)
    return RemoteFile(url, size or model.size, sha256 or model.sha256)


def refusal(status: int, model: Model) -> AlisaError:
    """Return the error for an answer that will not change by trying again."""
    if status in (401, 403):
        return MissingError(
            "not_allowed",
            f"Hugging Face wants to know who you are before it hands out {model.title}.",
            f"Accept its terms at {model.page}, make an access token there, set it as HF_TOKEN, then try again.",
        )
    if status in (404, 410):
        return MissingError(
            "not_there",
            f"{model.filename} is not at {model.repo} any more.",
            "Choose another model: alisa models list",
        )
    return AlisaError("source_failed", f"Hugging Face answered with error {status}.", "Try again in a few minutes.")


def no_network(base: str) -> NoNetworkError:
    """Return the error for a source that cannot be reached."""
    host = urlsplit(base).hostname or base
    return NoNetworkError(
        "no_network",
        f"{host} cannot be reached: there seems to be no network.",
        "Check the connection and try again. Alisa talks without it; only new models need it.",
    )


def _from_headers(headers: httpx.Headers) -> tuple[int, str]:
    etag = headers.get("x-linked-etag", "").removeprefix("W/").strip('"').lower()
    size = headers.get("x-linked-size", "")
    return (int(size) if size.isdecimal() else 0), (etag if _SHA256.fullmatch(etag) else "")


def _from_api(model: Model, http: httpx.Client, base: str) -> tuple[int, str]:
    """Return size and SHA-256 as the API tells them: the `lfs` entry of the file."""
    url = f"{base}/api/models/{model.repo}/paths-info/{quote(model.revision, safe='')}"
    answer = http.post(url, json={"paths": [model.file], "expand": False})
    if answer.status_code != 200:
        return 0, ""
    try:
        entries = answer.json()
        entry = next(item for item in entries if item.get("path") == model.file)
        lfs = entry.get("lfs") or {}
        size, sha256 = int(lfs.get("size") or entry.get("size") or 0), str(lfs.get("oid") or "").lower()
    except (ValueError, TypeError, AttributeError, StopIteration):
        return 0, ""
    return max(size, 0), (sha256 if _SHA256.fullmatch(sha256) else "")


def _compare(model: Model, size: int, sha256: str) -> None:
    """Raise when the source has another file than the catalogue means."""
    if not model.sha256:
        return
    if (sha256 and sha256 != model.sha256) or (size and model.size and size != model.size):
        raise AlisaError(
            "changed_at_source",
            f"The file for {model.title} at Hugging Face is not the one that Alisa knows.",
            "It was replaced there. Choose another model, or name the file itself: "
            f"alisa models pull {model.repo}/{model.file}",
        )
