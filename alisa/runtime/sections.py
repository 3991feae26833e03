"""The sections of the configuration that more than one process reads.

A section that only one process reads stands in that process's own `settings.py`.
How sections are read, healed and shown is `settings`' business.
"""

from __future__ import annotations

import ipaddress
import re
from datetime import time
from typing import Annotated, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from alisa.runtime.settings import Section, strictest

_NUMBER = r"(0x[0-9a-f]*|\d+)"
_NAME_OF_A_HOST = re.compile(
    rf"(?=.{{1,253}}\Z)(?!{_NUMBER}(\.{_NUMBER})*\Z)[a-z0-9-]{{1,63}}(\.[a-z0-9-]{{1,63}})*", re.ASCII | re.IGNORECASE
)


def _bindable(host: str) -> str:
    """Refuse what is no host. Above all "" and "0", which the system would take for every interface."""
    try:
        ipaddress.ip_address(host)
    except ValueError as error:
        if not _NAME_OF_A_HOST.fullmatch(host):
            raise ValueError("should be an address such as 127.0.0.1, or the name of a host") from error
    return host


class HubSettings(Section):
    """Where the hub listens, and who may connect."""

    section: ClassVar[str] = "hub"

    host: Annotated[str, AfterValidator(_bindable)] = strictest("127.0.0.1")
    """The address that the hub binds. Anything but loopback lets other machines in:
    they still need the token."""
    port: int = Field(8000, ge=0, le=65535)
    """The port that the hub listens on; 0 takes a free one."""
    allow_guests: bool = strictest(False)
    """Let programs on this machine connect without the token, in the plain dialect.
    Guests can talk; they cannot act."""
    queue_frames: int = Field(1024, ge=16, le=65536)
    """How many frames may wait for one client before it is disconnected for not reading."""
    max_message_chars: int = Field(16000, ge=100, le=200_000)
    """The longest message that she takes, in characters."""


def _model_server(url: str) -> str:
    """Refuse what is no web address, such as one without `http://`; `/v1` is added where no path stands."""
    url = url.strip().rstrip("/")
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # a broken IPv6 address, a port that is none
        usable = False
    if not usable or re.search(r"\s", url):
        raise ValueError("should be a web address such as http://127.0.0.1:11434/v1")
    return url if parts.path else parts._replace(path="/v1").geturl()


class LlmSettings(Section):
    """The language model: which, where, and how it speaks."""

    section: ClassVar[str] = "llm"

    engine: str = "openai"
    """The engine that makes the words: `openai` talks to llama.cpp and anything compatible; `scripted` is
    for tests."""
    url: Annotated[str, AfterValidator(_model_server)] = ""
    """An OpenAI-compatible server (Ollama, LM Studio, vLLM …), such as `http://127.0.0.1:11434/v1`.
    Empty: Alisa runs llama.cpp herself."""
    api_key: str = Field("", repr=False)
    """The key for that server. Alisa's own llama.cpp gets a new random key at each start."""
    model: str = "starter"
    """The model: a name from `alisa models list`, the path of a GGUF file, or a model's name at `url`."""
    server_path: str = ""
    """The llama.cpp server to run. Empty: `llama-server` or `llama` where installed, else the bundled one."""
    port: int = Field(0, ge=0, le=65535)
    """The port of Alisa's own llama.cpp; 0 takes a free one."""
    context_tokens: int = Field(4096, ge=512, le=1_048_576)
    """The context window of one conversation, in tokens."""
    parallel: int = Field(2, ge=1, le=64)
    """How many replies the model may write at the same time; each has its own context window."""
    gpu_layers: int = Field(33, ge=-1, le=999)
    """How many layers go to the GPU where there is one; -1 lets llama.cpp decide."""
    threads: int = Field(0, ge=0, le=512)
    """CPU threads for the model; 0 chooses by the machine and the size of the model."""
    max_reply_tokens: int = Field(512, ge=16, le=32768)
    """The longest reply, in tokens."""
    temperature: float = Field(0.8, ge=0.0, le=2.0)
    """How adventurous her words are; a mode may set its own."""
    first_token_timeout_seconds: float = Field(120.0, gt=0, le=3600)
    """How long a model may think before its first word."""
    stall_timeout_seconds: float = Field(20.0, gt=0, le=600)
    """How long a model may fall silent in the middle of a reply."""


class LogSettings(Section):
    """What is written down about the running program. Never what is said, unless the level is debug."""

    section: ClassVar[str] = "log"

    level: Literal["debug", "info", "warning", "error"] = "info"
    """The least important line that is still written."""
    max_mib: int = Field(5, ge=1, le=1024)
    """The size at which a log file is rotated, in MiB."""
    keep: int = Field(3, ge=1, le=50)
    """How many rotated files are kept for each process."""


def _time_of_day(text: str) -> str:
    """Refuse what is no time of day such as 22:00."""
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text, re.ASCII):
        raise ValueError("should be a time of day such as 22:00")
    return text


class QuietSettings(Section):
    """The hours in which she is sleepy and does not speak up by herself."""

    section: ClassVar[str] = "quiet"

    on: bool = True
    """Keep quiet hours."""
    begins: Annotated[str, AfterValidator(_time_of_day)] = "22:00"
    """When they begin, by the clock of this computer."""
    ends: Annotated[str, AfterValidator(_time_of_day)] = "08:00"
    """When they end; the same time as `begins` means that there are none."""

    def include(self, now: time) -> bool:
        """Whether this time of day is a quiet one; they may go over midnight."""
        if not self.on:
            return False
        begins, ends, minute = time.fromisoformat(self.begins), time.fromisoformat(self.ends), now.replace(tzinfo=None)
        return begins <= minute < ends if begins <= ends else minute >= begins or minute < ends
