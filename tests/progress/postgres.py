"""A PostgreSQL server for the tests, in a temporary folder, that nobody else can reach."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL

DEBIAN = Path("/usr/lib/postgresql")
START_SECONDS = 30


@contextmanager
def running_postgres() -> Iterator[URL]:
    """The address of a data base on a fresh server, which is gone afterwards."""
    programs = _programs()
    who = _server_account()
    folder = Path(tempfile.mkdtemp(prefix="nabla-", dir="/tmp"))  # paths of sockets must be short
    try:
        if who is not None:
            os.chown(folder, who, -1)
        data = folder / "data"
        options = ["--username=nabla", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run(
            [programs / "initdb", *options, data], check=True, user=who, capture_output=True
        )
        # It listens in this folder only, and does not wait for the disk: no test cuts the power.
        settings = ("listen_addresses=", f"unix_socket_directories={folder}", "fsync=off")
        arguments = [word for setting in settings for word in ("-c", setting)]
        with (folder / "log").open("w") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, *arguments], user=who, stdout=log, stderr=log
            )
        try:
            url = URL.create(
                "postgresql", username="nabla", database="postgres", query={"host": str(folder)}
            )
            _wait_for(server, url, folder / "log")
            yield url
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait()
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not versions:
        pytest.fail("PostgreSQL is not installed: `make postgres` does that.")
    return versions[-1].parent


def _server_account() -> int | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return names.get("postgres", names.get("nobody"))


def _wait_for(server: subprocess.Popen[bytes], url: URL, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(url.render_as_string(hide_password=False)).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                pytest.fail(f"PostgreSQL did not start:\n{log.read_text()}")
            time.sleep(0.05)
        else:
            return
