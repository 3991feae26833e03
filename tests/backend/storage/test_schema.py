"""The migrations and the tables say the same, and a file of another time or program is recognised."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from unittest import mock

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, NullPool, create_engine

from alisa.runtime.errors import StorageError
from backend.storage import habit_tables, schema, thought_tables  # noqa: F401 - their tables are compared, too
from backend.storage.files import make_private
from backend.storage.tables import FULL_TEXT, metadata
from tests.backend.storage.steps import ask


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A migrated file, in a folder with a percent sign: alembic's configuration must not trip over it."""
    path = tmp_path / "100% mine" / "alisa.db"
    path.parent.mkdir()
    make_private(path)
    assert schema.stored_revision(path) is None
    schema.migrate(path)
    return path


def test_migrations_make_what_the_tables_say(fresh: Path) -> None:
    """Alembic finds no difference between a migrated file and the tables that the code uses."""

    def ours(name: str | None, kind: str, _parents: object) -> bool:
        return not (kind == "table" and str(name).startswith(FULL_TEXT))

    engine = create_engine(URL.create("sqlite", database=str(fresh)), poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_listed_revisions_are_those_in_the_folder() -> None:
    """`REVISIONS` is alembic's own list, oldest first, so the quick look at start is never wrong."""
    config = Config()
    config.set_main_option("script_location", str(schema._SCRIPTS).replace("%", "%%"))
    found = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(found)) == schema.REVISIONS


def test_migrating_again_changes_nothing(fresh: Path) -> None:
    """A file of today is left as it is."""
    before = fresh.read_bytes()
    schema.migrate(fresh)
    assert fresh.read_bytes() == before
    assert schema.stored_revision(fresh) == schema.HEAD


def test_a_migration_happens_whole_or_not_at_all(tmp_path: Path) -> None:
    """A migration that fails half-way leaves the file as it was."""
    path = tmp_path / "a.db"
    make_private(path)
    with mock.patch("alembic.op.create_index", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        schema.migrate(path)
    assert ask(path, "SELECT name FROM sqlite_master") == []
    schema.migrate(path)
    assert schema.stored_revision(path) == schema.HEAD


def test_a_newer_file_is_refused_and_left_alone(fresh: Path) -> None:
    """A file that a later Alisa wrote is named as such."""
    with closing(sqlite3.connect(fresh)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError) as caught:
        schema.stored_revision(fresh)
    assert caught.value.code == "database_newer"
    assert "Update Alisa" in caught.value.hint


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    """A good database with other tables is not overwritten."""
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE recipes (x)")
    with pytest.raises(StorageError) as caught:
        schema.stored_revision(path)
    assert caught.value.code == "database_foreign"


def test_a_sqlite_without_full_text_search_is_named(tmp_path: Path) -> None:
    """A Python whose SQLite lacks FTS5 gets a sentence that says so."""
    path = tmp_path / "a.db"
    make_private(path)
    missing = sqlite3.OperationalError("no such module: fts5")
    with mock.patch("alembic.command.upgrade", side_effect=missing), pytest.raises(StorageError) as caught:
        schema.migrate(path)
    assert caught.value.code == "sqlite_without_search"


def test_the_usual_start_does_not_import_alembic(fresh: Path) -> None:
    """Alembic costs a tenth of a second: a file of today is opened without it."""
    code = (
        "import sys, pathlib\n"
        "from backend.storage import history, schema\n"
        "assert schema.stored_revision(pathlib.Path(sys.argv[1])) == schema.HEAD\n"
        "print('alembic' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code, str(fresh)], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"
