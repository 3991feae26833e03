"""One of N, chosen by name: a table of engines that are imported only when they are chosen.

A row names the factory, the extra that it needs and what it can do. Third parties add rows by
entry point. What an engine is for, and what its factory takes, is the caller's business.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from alisa.runtime.errors import EngineError, MissingError, UsageError
from alisa.runtime.sources import guess


@dataclass(frozen=True, slots=True)
class Engine:
    """A row: how an engine is called, where its factory is, and what it needs."""

    name: str
    factory: str
    """`"package.module:callable"`"""
    extra: str = ""
    """the optional dependency group of `pyproject.toml` that it needs"""
    summary: str = ""
    capabilities: frozenset[str] = field(default_factory=frozenset)
    offered: bool = True
    """whether people are shown its name; those for tests can be chosen all the same"""


class Registry:
    """The engines of one kind ("language model", "voice" …), built-in and third-party."""

    def __init__(self, kind: str, rows: Iterable[Engine], entry_point_group: str = "") -> None:
        self.kind = kind
        self._rows = {row.name: row for row in rows}
        self._group = entry_point_group
        self._searched = not entry_point_group

    def names(self) -> tuple[str, ...]:
        """Return every name that can be chosen, the built-in ones first."""
        self._search()
        return tuple(self._rows)

    def rows(self) -> tuple[Engine, ...]:
        """Return every row, the built-in ones first."""
        self._search()
        return tuple(self._rows.values())

    def row(self, name: str) -> Engine:
        """Return the row of that name. Raises UsageError, which lists the names."""
        if name not in self._rows:
            self._search()
        if name in self._rows:
            return self._rows[name]
        near = guess(name, [row.name for row in self._rows.values() if row.offered])
        question = f"Did you mean {near}? " if near else ""
        raise UsageError(
            "unknown_engine",
            f"There is no {self.kind} engine called {name!r}.",
            f"{question}Choose one of: {', '.join(name for name, row in self._rows.items() if row.offered)}.",
        )

    def create(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Import the engine's factory, call it with the arguments and return what it made.

        Raises UsageError (unknown name), MissingError (its extra is not installed) or
        EngineError (it cannot be imported). What the factory itself raises passes through.
        """
        return self._factory(self.row(name))(*args, **kwargs)

    def _factory(self, engine: Engine) -> Any:
        import importlib

        module_name, _, attribute = engine.factory.partition(":")
        try:
            found: Any = importlib.import_module(module_name)
            for part in attribute.split("."):
                found = getattr(found, part)
        except (ImportError, OSError, AttributeError) as error:  # OSError: a shared library is not there
            raise self._import_error(engine, module_name, error) from error
        return found

    def _import_error(self, engine: Engine, module: str, error: Exception) -> MissingError | EngineError:
        missing = (error.name or "") if isinstance(error, ModuleNotFoundError) else ""
        if engine.extra and missing and not (module + ".").startswith(missing + "."):
            library = missing.partition(".")[0]
            return MissingError(
                "extra_missing",
                f"The {self.kind} engine {engine.name!r} needs {library}, which is not installed.",
                f'In Alisa\'s folder run: python -m pip install -e ".[{engine.extra}]"',
            )
        reason = " ".join(str(error).split()) or type(error).__name__
        return EngineError(
            "engine_broken",
            f"The {self.kind} engine {engine.name!r} cannot be loaded: {reason}.",
            "Choose another engine, or install Alisa again.",
        )

    def _search(self) -> None:
        """Add the rows of other packages once; a built-in name cannot be taken over."""
        if self._searched:
            return
        self._searched = True
        from importlib.metadata import entry_points

        for point in entry_points(group=self._group):
            package = point.dist.name if point.dist else "another package"
            self._rows.setdefault(point.name, Engine(point.name, point.value, summary=f"from {package}"))
