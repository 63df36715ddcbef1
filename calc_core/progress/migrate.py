"""Bring the tables of a data base up to date."""

from __future__ import annotations

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from calc_core.progress.trouble import StoreError

MIGRATIONS = Path(__file__).parent / "migrations"

_TURN = 7206361811  # any number that all processes agree on
_in_this_process = threading.Lock()  # Alembic keeps the migration at work in module variables


def migrate(engine: Engine, migrations: Path = MIGRATIONS, target: str = "head") -> None:
    """Apply the migrations that are missing, all of them or none.

    Several threads and processes may do so at once: the first one works, the others wait for it.

    Raises:
        StoreError: the tables were made by a newer version of this program.
        SQLAlchemyError: the data base refuses.
    """
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.walk_revisions()}
    rebuilding = engine.execution_options(writes=True, foreign_keys=False)
    with _in_this_process, rebuilding.begin() as connection:
        wait_for_turn(connection)
        present = MigrationContext.configure(connection).get_current_revision()
        if present is not None and present not in known:
            raise StoreError(
                "Your progress was kept by a newer version of Nabla, which is needed to read it."
            )
        if target == "head" and present == scripts.get_current_head():
            return
        config.attributes["connection"] = connection
        command.upgrade(config, target)
        _check_references(connection)


def wait_for_turn(connection: Connection) -> None:
    """Hold other processes off until the transaction ends; SQLite's own BEGIN has done so."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = 0"))  # a migration may take its time
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})


def _check_references(connection: Connection) -> None:
    """Make up for the foreign keys that SQLite did not watch meanwhile."""
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            raise StoreError("Your progress could not be brought up to date; it is as it was.")
