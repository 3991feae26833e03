"""What a check is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from alisa.cli.sections import SECTIONS
from alisa.runtime.paths import Home
from alisa.runtime.sections import HubSettings, LlmSettings
from alisa.runtime.settings import Settings, load


class Level(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    WARNING = "warning"
    """she runs, but something does not, or may not for long"""
    PROBLEM = "problem"
    """she does not run, or not as configured"""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, in a sentence, and what to do about it."""

    level: Level
    says: str
    fix: str = ""


@dataclass(frozen=True)
class Patient:
    """What is examined: a home, the environment, and the settings that they hold."""

    home: Home
    env: Mapping[str, str]

    @cached_property
    def settings(self) -> Settings:
        return load(*SECTIONS, home=self.home, env=self.env, complete=True)

    @property
    def hub(self) -> HubSettings:
        return self.settings[HubSettings]

    @property
    def llm(self) -> LlmSettings:
        return self.settings[LlmSettings]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked at. It yields at least one finding."""

    name: str
    looks_at: str
    """in a few words, for the page about troubles"""
    run: Callable[[Patient], Iterator[Finding]]


def ok(says: str) -> Finding:
    return Finding(Level.OK, says)


def warning(says: str, fix: str) -> Finding:
    return Finding(Level.WARNING, says, fix)


def problem(says: str, fix: str) -> Finding:
    return Finding(Level.PROBLEM, says, fix)
