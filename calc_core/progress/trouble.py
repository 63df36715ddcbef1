"""What goes wrong with a data base, said in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection

BUSY = "Your progress is busy just now and nothing was kept. Please try again in a moment."
FULL = "The disk that keeps your progress is full, so nothing can be kept."
AWAY = "Your progress cannot be reached just now. You can go on, but nothing is kept."

#: SQLite's primary result codes, and PostgreSQL's SQLSTATE codes.
_SENTENCES: dict[int | str, str] = {
    5: BUSY,  # SQLITE_BUSY
    6: BUSY,  # SQLITE_LOCKED
    13: FULL,  # SQLITE_FULL
    "40001": BUSY,  # serialization_failure
    "40P01": BUSY,  # deadlock_detected
    "53100": FULL,  # disk_full
    "53300": BUSY,  # too_many_connections
    "55P03": BUSY,  # lock_not_available
    "57014": BUSY,  # query_canceled, by a time limit
}


class StoreError(Exception):
    """The data base cannot be used; ``str(error)`` is one sentence for the person at the screen.

    Whatever was being kept at that moment is kept as a whole or not at all.
    """


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn errors of the data base and of the file system into :class:`StoreError`."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise StoreError(_sentence(error)) from error


def _sentence(error: Exception) -> str:
    if isinstance(error, NoConnection):
        return BUSY
    cause = error.orig if isinstance(error, DBAPIError) else None
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return _SENTENCES.get(code & 0xFF, AWAY)  # the low byte is the primary code
    return _SENTENCES.get(getattr(cause, "sqlstate", None) or "", AWAY)
