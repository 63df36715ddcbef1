"""Tests over a long table, in lots: one test for each row costs more than what it looks at."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any

import pytest

SIZE = 25
Test = Callable[..., None]


def in_lots(name: str, rows: Sequence[Any], ids: Callable[[Any], str]) -> Callable[[Test], Test]:
    """Parametrize a test by one of its arguments; a failure tells the row, by ``ids``."""
    lots = [rows[k : k + SIZE] for k in range(0, len(rows), SIZE)]

    def decorate(test: Test) -> Test:
        @functools.wraps(test)
        def whole(lot: Sequence[Any], **others: Any) -> None:
            for row in lot:
                try:
                    test(**{name: row}, **others)
                except BaseException as problem:
                    problem.add_note(f"{name}: {ids(row)}")
                    raise

        signature = inspect.signature(test)
        parameters = signature.parameters.values()
        of_lots = [p.replace(name="lot") if p.name == name else p for p in parameters]
        whole.__signature__ = signature.replace(parameters=of_lots)  # type: ignore[attr-defined]
        named = [ids(lot[0])[:40] + " …" for lot in lots]
        return pytest.mark.parametrize("lot", lots, ids=named)(whole)

    return decorate
