"""The data base under the store: its tables, its promises, and what is said when it fails."""

import os
import shutil
import sqlite3
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, text

from calc_core.progress import Store, StoreError, database, open_store
from calc_core.progress.database import database_url, open_engine
from calc_core.progress.migrate import MIGRATIONS, migrate, wait_for_turn
from calc_core.progress.models import Base
from calc_core.progress.trouble import BUSY
from calc_core.progress.turns import Turns
from tests.progress.attempts import attempt

pytest_plugins = ["tests.progress.databases"]


@contextmanager
def engine_on(url: str) -> Iterator[Engine]:
    engine = open_engine(database_url(url))
    yield engine
    engine.dispose()


def revisions() -> list[str]:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]


def differences(engine: Engine) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Base.metadata))


@pytest.mark.parametrize("start", [None, *revisions()])
def test_the_migrations_lead_from_every_revision_to_the_models(url: str, start: str | None) -> None:
    with engine_on(url) as engine:
        if start:
            migrate(engine, target=start)
        migrate(engine)
        assert differences(engine) == []
        assert set(inspect(engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


LATER = """
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{head}"


def upgrade():
    op.create_table("extra", sa.Column("id", sa.Integer, primary_key=True))
    with op.batch_alter_table("learners", recreate="{recreate}") as learners:
        learners.add_column(sa.Column("pace", sa.Integer, nullable=False, server_default="3"))
    {end}
"""


def later_migrations(folder: Path, url: str, end: str = "") -> Path:
    """The migrations, and one more that rebuilds the table to which all others refer."""
    shutil.copytree(MIGRATIONS, folder)
    recreate = "always" if url.startswith("sqlite") else "auto"
    script = LATER.format(head=revisions()[0], recreate=recreate, end=end)
    (folder / "versions" / "next.py").write_text(script)
    return folder


def test_a_migration_keeps_every_row(url: str, tmp_path: Path) -> None:
    with open_store(url) as store:
        code = store.new_learner()
        store.record(code, attempt(mistakes=("sign",)))
        before = store.export(code)
    with engine_on(url) as engine:
        migrate(engine, later_migrations(tmp_path / "later", url))
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT pace FROM learners")) == 3
        assert Store(engine).export(code) == before


def test_a_migration_that_fails_changes_nothing(url: str, tmp_path: Path) -> None:
    with open_store(url) as store:
        code = store.new_learner()
        store.record(code, attempt())
    with engine_on(url) as engine:
        broken = later_migrations(tmp_path / "later", url, end="1 / 0")
        with pytest.raises(ZeroDivisionError):
            migrate(engine, broken)
        assert differences(engine) == []
        assert len(Store(engine).history(code)) == 1


def test_tables_of_a_newer_version_are_left_alone(url: str, tmp_path: Path) -> None:
    with engine_on(url) as engine:
        migrate(engine, later_migrations(tmp_path / "later", url))
    with pytest.raises(StoreError, match="newer version"):
        open_store(url)


def test_opening_waits_for_somebody_else_who_migrates(url: str) -> None:
    opened = threading.Event()

    def enter() -> None:
        open_store(url).close()
        opened.set()

    thread = threading.Thread(target=enter)
    with (
        engine_on(url) as engine,
        engine.execution_options(writes=True).begin() as connection,
    ):
        wait_for_turn(connection)
        thread.start()
        assert not opened.wait(0.5)
    thread.join()
    assert opened.is_set()


def test_threads_may_open_the_store_at_once(url: str) -> None:
    codes = []

    def enter() -> None:
        with open_store(url) as store:
            codes.append(store.new_learner())

    threads = [threading.Thread(target=enter) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_store(url) as store:
        assert [store.knows(code) for code in codes] == [True] * 6


# where it is kept


def test_the_file_lies_in_the_folder_of_the_person(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("NABLA_DATABASE", "NABLA_DATA", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    place = tmp_path / ".local" / "share" / "nabla" / "progress.sqlite3"
    assert database_url().database == str(place)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert database_url().database == str(tmp_path / "xdg" / "nabla" / "progress.sqlite3")
    monkeypatch.setenv("NABLA_DATA", "~/here")
    assert database_url().database == str(tmp_path / "here" / "progress.sqlite3")
    with open_store() as store:
        store.new_learner()
    file = tmp_path / "here" / "progress.sqlite3"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    monkeypatch.setenv("NABLA_DATABASE", "postgres://ada:secret@example.org/nabla")
    assert database_url().drivername == "postgresql+psycopg"


@pytest.mark.parametrize("address", ["mysql://me:secret@x/y", "progress.sqlite3", "://", "http:"])
def test_an_address_of_another_kind_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(StoreError, match="must start with sqlite: or postgresql:") as refused:
        open_store(address)
    assert "secret" not in str(refused.value)


def test_sqlite_is_set_to_lose_nothing(tmp_path: Path) -> None:
    with engine_on(f"sqlite:///{tmp_path}/p.sqlite3") as engine, engine.connect() as connection:
        pragmas = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
        patience = connection.scalar(text("PRAGMA busy_timeout"))
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
    }
    assert patience == 10_000


def test_the_files_hold_neither_codes_nor_what_was_deleted(tmp_path: Path) -> None:
    def on_disk() -> bytes:
        return b"".join(file.read_bytes() for file in tmp_path.iterdir())

    with open_store(f"sqlite:///{tmp_path}/p.sqlite3") as store:
        kept, gone = store.new_learner(), store.new_learner()
        for code, word in ((kept, "keepsake"), (gone, "farewell")):
            store.save_draft(code, {"answer": word})
            for _ in range(50):
                store.record(code, attempt(text=word * 20, mistakes=(word,)))
        full = on_disk()
        assert b"farewell" in full
        for code in (kept, gone):
            assert code.encode() not in full
            assert code.replace("-", "").encode() not in full
        store.delete(gone)
        assert b"farewell" not in on_disk()
        assert b"keepsake" in on_disk()


def test_a_store_in_memory_serves_all_threads() -> None:
    with open_store("sqlite://") as store:
        code = store.new_learner()
        rows = [attempt() for _ in range(20)]
        threads = [threading.Thread(target=store.record, args=(code, row)) for row in rows]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {row.id for row in store.history(code)} == {row.id for row in rows}


def test_threads_that_write_get_their_turns_in_the_order_in_which_they_came() -> None:
    turns = Turns(patience=10)
    order = []

    def take(name: int) -> None:
        with turns:
            order.append(name)

    threads = [threading.Thread(target=take, args=(name,)) for name in range(5)]
    with turns:
        for waiting, thread in enumerate(threads, start=1):
            thread.start()
            while len(turns._queue) < waiting:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


def test_who_waits_too_long_for_a_turn_does_not_hold_up_the_others() -> None:
    turns = Turns(patience=0.05)
    refused = []

    def take() -> None:
        try:
            turns.__enter__()
        except StoreError as error:
            refused.append(str(error))

    thread = threading.Thread(target=take)
    with turns:
        thread.start()
        thread.join()
    assert refused == [BUSY]
    for _ in range(2):
        with turns:
            assert turns._taken
    assert not turns._taken


# what is said when it fails


def test_a_store_that_others_hold_too_long_is_said_to_be_busy(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    with open_store(url) as store, open_store(url) as other:
        code = store.new_learner()
        with other._writing() as session:
            session.execute(text("UPDATE learners SET draft = '{}'"))
            with pytest.raises(StoreError, match="busy just now and nothing was kept"):
                store.record(code, attempt())
            assert store.history(code) == ()
        store.record(code, attempt())
        assert len(store.history(code)) == 1


def test_a_full_disk_loses_only_what_came_last(tmp_path: Path) -> None:
    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 40").close()

    url = f"sqlite:///{tmp_path}/p.sqlite3"
    with open_store(url) as store:
        code = store.new_learner()
    kept = []
    with engine_on(url) as engine:
        event.listen(engine, "connect", limit)
        store = Store(engine)
        rows = [attempt(text="x" * 10_000) for _ in range(40)]

        def record_all() -> None:
            for row in rows:
                store.record(code, row)
                kept.append(row.id)

        with pytest.raises(StoreError, match=r"The disk .* is full"):
            record_all()
        assert kept
        assert {row.id for row in store.history(code)} == set(kept)


def test_what_is_no_data_base_is_said_to_be_out_of_reach(tmp_path: Path) -> None:
    rubbish = tmp_path / "p.sqlite3"
    rubbish.write_bytes(os.urandom(5000))
    (tmp_path / "file").touch()
    for path in (rubbish, tmp_path, tmp_path / "file" / "p.sqlite3"):
        with pytest.raises(StoreError, match="cannot be reached") as told:
            open_store(f"sqlite:///{path}")
        assert str(path) not in str(told.value)


def test_a_server_that_is_away_is_said_to_be_out_of_reach(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be reached"):
        open_store(f"postgresql://nabla:secret@/nabla?host={tmp_path}")


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_server_that_dropped_its_connections_is_found_again(url: str) -> None:
    with open_store(url) as store:
        code = store.new_learner()
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND application_name = ''"
                " AND backend_type = 'client backend' AND query LIKE '%learners%'"
            )
        store.record(code, attempt())
        assert len(store.history(code)) == 1
