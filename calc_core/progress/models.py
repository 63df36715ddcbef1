"""The tables. A change here needs a migration, see :mod:`calc_core.progress.migrations`."""

from __future__ import annotations

from datetime import UTC, datetime

from fsrs import Card, State
from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from calc_core.progress.records import LONGEST_NAME, Attempt


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC, also where the data base knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        """Return what is written."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        """Return what was read; SQLite drops the time zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """All tables, with names for the constraints, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class LearnerRow(Base):
    """Somebody who has a private code, and what they are in the middle of."""

    __tablename__ = "learners"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    draft: Mapped[str] = mapped_column(Text)
    settings: Mapped[str] = mapped_column(Text)


class AttemptRow(Base):
    """An :class:`Attempt`; ``number`` is the order in which they came."""

    __tablename__ = "attempts"
    __table_args__ = (UniqueConstraint("learner_id", "id"), Index(None, "learner_id", "at"))

    number: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey(LearnerRow.id, ondelete="CASCADE"))
    id: Mapped[str] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(LONGEST_NAME))
    level: Mapped[int]
    seed: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[str] = mapped_column(Text)
    skill: Mapped[str] = mapped_column(String(LONGEST_NAME))
    text: Mapped[str] = mapped_column(Text)
    score: Mapped[float] = mapped_column(Double)
    hints: Mapped[int]
    tries: Mapped[int]
    seconds: Mapped[float | None] = mapped_column(Double)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    mistakes: Mapped[list[MistakeRow]] = relationship(
        order_by="MistakeRow.position", lazy="raise", passive_deletes=True
    )

    @classmethod
    def of(cls, learner_id: int, attempt: Attempt) -> AttemptRow:
        """Return the row of an attempt."""
        return cls(
            learner_id=learner_id,
            id=attempt.id,
            kind=attempt.kind,
            level=int(attempt.level),
            seed=int(attempt.seed),
            source=attempt.source,
            skill=attempt.skill,
            text=attempt.text,
            score=float(attempt.score),
            hints=attempt.hints,
            tries=attempt.tries,
            seconds=attempt.seconds,
            at=attempt.at,
            mistakes=[
                MistakeRow(position=place, mistake=mistake)
                for place, mistake in enumerate(attempt.mistakes)
            ],
        )

    def attempt(self) -> Attempt:
        """Return the attempt of this row."""
        return Attempt(
            id=self.id,
            kind=self.kind,
            level=self.level,
            seed=self.seed,
            skill=self.skill,
            text=self.text,
            score=self.score,
            mistakes=tuple(row.mistake for row in self.mistakes),
            hints=self.hints,
            tries=self.tries,
            seconds=self.seconds,
            at=self.at,
            source=self.source,
        )


class MistakeRow(Base):
    """A mistake that was recognised in an attempt."""

    __tablename__ = "mistakes"

    attempt_number: Mapped[int] = mapped_column(
        ForeignKey(AttemptRow.number, ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    mistake: Mapped[str] = mapped_column(String(LONGEST_NAME))


class SkillRow(Base):
    """The card of a learner's skill, see :mod:`calc_core.progress.schedule`."""

    __tablename__ = "skills"

    learner_id: Mapped[int] = mapped_column(
        ForeignKey(LearnerRow.id, ondelete="CASCADE"), primary_key=True
    )
    skill: Mapped[str] = mapped_column(String(LONGEST_NAME), primary_key=True)
    state: Mapped[int]
    step: Mapped[int | None]
    stability: Mapped[float] = mapped_column(Double)
    difficulty: Mapped[float] = mapped_column(Double)
    due: Mapped[datetime] = mapped_column(UTCDateTime)
    last: Mapped[datetime] = mapped_column(UTCDateTime)

    def card(self) -> Card:
        """Return the card of this row."""
        return Card(
            card_id=0,  # without one, the package waits for a free millisecond
            state=State(self.state),
            step=self.step,
            stability=self.stability,
            difficulty=self.difficulty,
            due=self.due,
            last_review=self.last,
        )

    def keep(self, card: Card) -> None:
        """Take over a card that has been reviewed."""
        assert card.stability is not None  # a review sets all three
        assert card.difficulty is not None
        assert card.last_review is not None
        self.state = card.state.value
        self.step = card.step
        self.stability = card.stability
        self.difficulty = card.difficulty
        self.due = card.due
        self.last = card.last_review
