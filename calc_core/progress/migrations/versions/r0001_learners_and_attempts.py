"""Learners, their attempts with the mistakes in them, and the cards of their skills."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "learners",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("draft", sa.Text, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_learners"),
        sa.UniqueConstraint("code_hash", name="uq_learners_code_hash"),
    )
    op.create_table(
        "attempts",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("learner_id", sa.Integer, nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(100), nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("skill", sa.String(100), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("hints", sa.Integer, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Double),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_attempts"),
        sa.UniqueConstraint("learner_id", "id", name="uq_attempts_learner_id_id"),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learners.id"], name="fk_attempts_learners", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_attempts_learner_id_at", "attempts", ["learner_id", "at"])
    op.create_table(
        "mistakes",
        sa.Column("attempt_number", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("mistake", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("attempt_number", "position", name="pk_mistakes"),
        sa.ForeignKeyConstraint(
            ["attempt_number"], ["attempts.number"], name="fk_mistakes_attempts", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "skills",
        sa.Column("learner_id", sa.Integer, nullable=False),
        sa.Column("skill", sa.String(100), nullable=False),
        sa.Column("state", sa.Integer, nullable=False),
        sa.Column("step", sa.Integer),
        sa.Column("stability", sa.Double, nullable=False),
        sa.Column("difficulty", sa.Double, nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("learner_id", "skill", name="pk_skills"),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learners.id"], name="fk_skills_learners", ondelete="CASCADE"
        ),
    )
