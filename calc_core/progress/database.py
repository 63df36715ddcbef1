"""Where the progress is kept: an SQLite file, unless a PostgreSQL server is named.

Both keep a promise once made. A transaction that has been committed is on the disk; one that was
cut short, by whatever crash, has left no trace.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from calc_core.progress.trouble import StoreError
from calc_core.progress.turns import Turns

#: How long to wait for others who are writing, in seconds.
PATIENCE = 10.0

_POSTGRESQL = {"postgres", "postgresql", "postgresql+psycopg"}


def database_url(given: str | None = None) -> URL:
    """Return the address of the data base: the given one, NABLA_DATABASE, or a file.

    The file is ``progress.sqlite3`` in the folder NABLA_DATA, or else in the person's own data
    folder, ``~/.local/share/nabla``.

    Raises:
        StoreError: the address is neither SQLite's nor PostgreSQL's.
    """
    text = given or os.environ.get("NABLA_DATABASE") or ""
    if not text:
        return URL.create("sqlite", database=str(_data_folder() / "progress.sqlite3"))
    try:
        url = make_url(text)
    except ArgumentError:
        url = URL.create("unreadable")
    if url.drivername in _POSTGRESQL:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite":
        return url
    # The address may hold a password, so it is not repeated here.
    raise StoreError("The address of the data base must start with sqlite: or postgresql:.")


def _data_folder() -> Path:
    if named := os.environ.get("NABLA_DATA"):
        return Path(named).expanduser()
    shared = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(shared) / "nabla"


def open_engine(url: URL) -> Engine:
    """Return an engine on that address; nothing is asked of the data base yet.

    Statements that write must run on ``engine.execution_options(writes=True)``. Those that rebuild
    tables need ``foreign_keys=False``, too: SQLite rebuilds a table by dropping the old one, which
    would delete all that refers to it.

    Raises:
        OSError: the folder or the file of an SQLite data base cannot be made.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    engine = create_engine(
        url,
        hide_parameters=True,  # answers and hashes stay out of the logs
        pool_pre_ping=True,  # a server that was restarted is found again
        pool_timeout=PATIENCE,
        connect_args={"connect_timeout": int(PATIENCE)},
    )
    event.listen(engine, "connect", _limit_waiting)
    return engine


def _sqlite(url: URL) -> Engine:
    in_memory = url.database in {None, "", ":memory:"}
    if not in_memory and not str(url.database).startswith("file:"):
        _make_private(Path(str(url.database)))
    engine = create_engine(
        url,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_timeout=PATIENCE,
        # A data base in memory lives and dies with its connection, so all must share the one.
        pool_size=1 if in_memory else 5,
        max_overflow=0 if in_memory else 10,
        connect_args={"check_same_thread": False, "timeout": PATIENCE},
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _make_private(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _set_up(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    # Python's module would begin transactions late and by its own rules; `_begin` does it instead.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",  # readers do not wait for a writer
        "synchronous = FULL",  # a commit returns when it is on the disk
        "secure_delete = ON",  # what is deleted is overwritten
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    foreign_keys = "ON" if options.get("foreign_keys", True) else "OFF"
    connection.exec_driver_sql(f"PRAGMA foreign_keys = {foreign_keys}")
    # A transaction that starts by reading and then wants to write can be refused at once, whatever
    # the patience; one that will write must say so at its start.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN")


def _limit_waiting(connection: Any, _: ConnectionPoolEntry) -> None:
    milliseconds = int(PATIENCE * 1000)
    connection.autocommit = True
    connection.execute(f"SET lock_timeout = {milliseconds}")
    connection.execute(f"SET statement_timeout = {milliseconds}")
    connection.autocommit = False


def turn_to_write(engine: Engine) -> AbstractContextManager[None]:
    """Return what to enter before a transaction that writes: SQLite lets in one at a time."""
    return Turns(PATIENCE) if engine.dialect.name == "sqlite" else nullcontext()


def erase_traces(engine: Engine) -> None:
    """Empty SQLite's log of changes, where copies of what was deleted may still stand.

    If somebody is reading just now, that is left to the next time.
    """
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.rollback()  # no checkpoint inside a transaction
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
