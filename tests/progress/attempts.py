"""Attempts as the tests need them."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from calc_core.progress import Attempt

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def attempt(**fields: Any) -> Attempt:
    """A right answer, at once but not quickly, except for the given fields."""
    usual: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "kind": "partial",
        "level": 1,
        "seed": 1,
        "skill": "chain-rule",
        "text": '"2 x y"',
        "score": 1.0,
        "mistakes": (),
        "hints": 0,
        "tries": 1,
        "seconds": 60.0,
        "at": NOON,
    }
    return Attempt(**(usual | fields))
