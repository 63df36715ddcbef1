"""Fixtures: every test that takes `url` runs against SQLite and against PostgreSQL."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, make_url

from calc_core.progress import Store, open_store
from tests.progress.postgres import running_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """The server named by NABLA_TEST_POSTGRES, or a fresh one."""
    if named := os.environ.get("NABLA_TEST_POSTGRES"):
        yield make_url(named)
    else:
        with running_postgres() as url:
            yield url


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgres"))]
)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty data base."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/progress.sqlite3"
        return
    server: URL = request.getfixturevalue("postgres")
    schema = f"test_{uuid.uuid4().hex}"
    here = server.update_query_dict({"options": f"-csearch_path={schema}"})
    with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as admin:
        admin.execute(f"CREATE SCHEMA {schema}")
        yield here.render_as_string(hide_password=False)
        admin.execute("SET client_min_messages = warning")
        admin.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url) as opened:
        yield opened


@pytest.fixture
def code(store: Store) -> str:
    """The private code of a learner without a past."""
    return store.new_learner()
