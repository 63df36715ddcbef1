"""All that is kept about a learner, as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from calc_core.progress.models import LearnerRow, SkillRow
from calc_core.progress.notes import read_note
from calc_core.progress.records import Attempt

#: The version of the format; it changes when a key changes its meaning or goes away.
VERSION = 1


def exported(
    learner: LearnerRow, attempts: Iterable[Attempt], cards: Iterable[SkillRow]
) -> dict[str, Any]:
    """Return everything in the rows as JSON-ready data; times are in UTC, as ISO 8601 has them."""
    return {
        "format": "nabla-progress",
        "version": VERSION,
        "code_sha256": learner.code_hash,
        "settings": read_note(learner.settings),
        "draft": read_note(learner.draft),
        "attempts": [_attempt(attempt) for attempt in attempts],
        "skills": [_card(row) for row in cards],
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return asdict(attempt) | {
        "mistakes": list(attempt.mistakes),
        "at": attempt.at.isoformat(),
    }


def _card(row: SkillRow) -> dict[str, Any]:
    return {
        "skill": row.skill,
        "state": row.card().state.name.lower(),
        "step": row.step,
        "stability": row.stability,
        "difficulty": row.difficulty,
        "due": row.due.isoformat(),
        "last": row.last.isoformat(),
    }
