"""What the store asks of the data base, inside a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, selectinload

from calc_core.errors import InputError
from calc_core.progress.codes import hash_of
from calc_core.progress.models import AttemptRow, LearnerRow, MistakeRow, SkillRow
from calc_core.progress.records import Attempt, MistakeCount, SkillState
from calc_core.progress.schedule import RIGHT, retrievability

#: The attempts that count as recent when mistakes are counted.
RECENT = 20

_NEWEST_FIRST = (AttemptRow.at.desc(), AttemptRow.number.desc())


def learner(session: Session, code: str, lock: bool = False) -> LearnerRow:
    """Return the learner with this code; ``lock`` holds off others who change the same learner.

    Raises:
        InputError: there is none.
    """
    query = select(LearnerRow).where(LearnerRow.code_hash == hash_of(code))
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise InputError(
            "Nothing is kept under this code.", hint="Look at it once more, or begin a new one."
        )
    return found


def has_attempt(session: Session, learner: LearnerRow, attempt_id: str) -> bool:
    """Return whether the learner's attempt with this id is kept already."""
    query = select(AttemptRow.number).where(
        AttemptRow.learner_id == learner.id, AttemptRow.id == attempt_id
    )
    return session.scalar(query) is not None


def newest(
    session: Session, learner: LearnerRow, limit: int | None = None, **only: str
) -> tuple[Attempt, ...]:
    """Return the attempts, or those with the given ``kind`` or ``skill``, the newest first."""
    query = (
        select(AttemptRow)
        .filter_by(learner_id=learner.id, **only)
        .order_by(*_NEWEST_FIRST)
        .limit(limit)
        .options(selectinload(AttemptRow.mistakes))
    )
    return tuple(row.attempt() for row in session.scalars(query))


def last_skill(session: Session, learner: LearnerRow) -> str | None:
    """Return the skill practised last."""
    query = select(AttemptRow.skill).where(AttemptRow.learner_id == learner.id)
    return session.scalar(query.order_by(*_NEWEST_FIRST).limit(1))


def cards(session: Session, learner: LearnerRow) -> Sequence[SkillRow]:
    """Return the cards of the learner's skills, the next due first."""
    query = select(SkillRow).where(SkillRow.learner_id == learner.id)
    return session.scalars(query.order_by(SkillRow.due, SkillRow.skill)).all()


def states(session: Session, learner: LearnerRow, now: datetime) -> tuple[SkillState, ...]:
    """Return how the learner stands with each skill, the next due first."""
    counted = session.execute(
        select(AttemptRow.skill, func.count(), _sum_if(AttemptRow.score >= RIGHT))
        .where(AttemptRow.learner_id == learner.id)
        .group_by(AttemptRow.skill)
    )
    counts = {skill: (attempts, right) for skill, attempts, right in counted}
    return tuple(
        SkillState(
            skill=row.skill,
            attempts=counts[row.skill][0],
            right=counts[row.skill][1],
            last=row.last,
            due=row.due,
            stability=row.stability,
            retrievability=retrievability(row.card(), now),
        )
        for row in cards(session, learner)
    )


def mistakes(session: Session, learner: LearnerRow) -> tuple[MistakeCount, ...]:
    """Return how often each mistake was made, those first that were made most of late."""
    recent = (
        select(AttemptRow.number)
        .where(AttemptRow.learner_id == learner.id)
        .order_by(*_NEWEST_FIRST)
        .limit(RECENT)
    )
    count = func.count()
    lately = _sum_if(AttemptRow.number.in_(recent))
    rows = session.execute(
        select(MistakeRow.mistake, count, lately, func.max(AttemptRow.at))
        .join(AttemptRow, AttemptRow.number == MistakeRow.attempt_number)
        .where(AttemptRow.learner_id == learner.id)
        .group_by(MistakeRow.mistake)
        .order_by(lately.desc(), count.desc(), MistakeRow.mistake)
    )
    return tuple(MistakeCount(*row) for row in rows)


def _sum_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
