"""What Alembic runs to apply migrations, on the connection that ``migrate`` hands over."""

from __future__ import annotations

from alembic import context

from calc_core.progress.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
