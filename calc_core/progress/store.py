"""The store: what a learner did, under a private code, in a data base."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from calc_core.errors import InputError
from calc_core.progress import queries
from calc_core.progress.choice import IN_A_ROW, next_level, next_skill
from calc_core.progress.codes import hash_of, new_code
from calc_core.progress.database import database_url, erase_traces, open_engine, turn_to_write
from calc_core.progress.export import exported
from calc_core.progress.migrate import migrate
from calc_core.progress.models import AttemptRow, LearnerRow, SkillRow
from calc_core.progress.notes import EMPTY, LONGEST_DRAFT, LONGEST_SETTINGS, read_note, write_note
from calc_core.progress.records import Attempt, MistakeCount, SkillState
from calc_core.progress.schedule import reviewed
from calc_core.progress.trouble import told_plainly


def open_store(url: str | None = None) -> Store:
    """Open the store, made or brought up to date if need be.

    ``url`` is an address like ``sqlite:///progress.sqlite3`` or ``postgresql://user@host/name``;
    without one, the environment variable NABLA_DATABASE is used, and without that a file in the
    folder NABLA_DATA or in the person's own data folder. ``sqlite://`` keeps all in memory.

    Raises:
        StoreError: the data base cannot be used.
    """
    with told_plainly():
        engine = open_engine(database_url(url))
        try:
            migrate(engine)
        except BaseException:
            engine.dispose()
            raise
    return Store(engine)


class Store:
    """The progress of all learners. Any number of threads and processes may use one data base.

    Each method is one transaction: when it returns, what it changed is on the disk, and if it
    raises, nothing was changed. All of them raise

    * :class:`InputError` if nothing is kept under the code;
    * :class:`StoreError` if the data base cannot be used at the moment.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = turn_to_write(engine)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    # learners

    def new_learner(self) -> str:
        """Return the private code of a new learner, which is kept nowhere: only its hash is."""
        code = new_code()
        with self._writing() as session:
            session.add(LearnerRow(code_hash=hash_of(code), draft=EMPTY, settings=EMPTY))
        return code

    def knows(self, code: str) -> bool:
        """Return whether something is kept under the code; of what is no code, nothing is."""
        try:
            with self._reading() as session:
                queries.learner(session, code)
        except InputError:
            return False
        return True

    def export(self, code: str) -> dict[str, Any]:
        """Return all that is kept under the code, ready for JSON; ``version`` names the format."""
        with self._reading() as session:
            learner = queries.learner(session, code)
            attempts = queries.newest(session, learner)
            return exported(learner, attempts[::-1], queries.cards(session, learner))

    def delete(self, code: str) -> None:
        """Delete all that is kept under the code, and the code itself."""
        with self._writing() as session:
            # The foreign keys of the other tables cascade in the data base.
            session.delete(queries.learner(session, code, lock=True))
        with told_plainly():
            erase_traces(self._engine)

    # practising

    def record(self, code: str, attempt: Attempt) -> None:
        """Keep an attempt, and move its skill to a new date.

        An attempt whose id is kept already changes nothing, so after a crash or a
        :class:`StoreError` the same one can be sent again.
        """
        with self._writing() as session:
            learner = queries.learner(session, code, lock=True)
            if queries.has_attempt(session, learner, attempt.id):
                return
            session.add(AttemptRow.of(learner.id, attempt))
            row = session.get(SkillRow, (learner.id, attempt.skill))
            card = reviewed(row.card() if row else None, attempt)
            if row is None:
                row = SkillRow(learner_id=learner.id, skill=attempt.skill)
                session.add(row)
            row.keep(card)

    def choose(
        self,
        code: str,
        skills: Sequence[str],
        now: datetime | None = None,
        rng: random.Random | None = None,
    ) -> str:
        """Return which of the ``skills`` to practise next.

        Of those that are due, the one least certain to be known; if none is, the first one that was
        never practised; if there is none, again the least certain. Skills are mixed: the one
        practised last is not repeated while another one will do.

        Raises:
            ValueError: there are no skills.
        """
        now = now or datetime.now(UTC)
        with self._reading() as session:
            learner = queries.learner(session, code)
            states = {state.skill: state for state in queries.states(session, learner, now)}
            last = queries.last_skill(session, learner)
        return next_skill(states, skills, last, now, rng or random.Random())

    def level(self, code: str, skill: str) -> int:
        """Return the level, 1 to 5, at which to go on with a skill.

        One up after two right answers in a row, each at once and without a hint; one down after two
        wrong ones.
        """
        with self._reading() as session:
            learner = queries.learner(session, code)
            return next_level(queries.newest(session, learner, IN_A_ROW, skill=skill))

    # looking back

    def history(
        self, code: str, limit: int | None = 100, kind: str | None = None
    ) -> tuple[Attempt, ...]:
        """Return the attempts, all or those at one kind of exercise, the newest first."""
        only = {} if kind is None else {"kind": kind}
        with self._reading() as session:
            return queries.newest(session, queries.learner(session, code), limit, **only)

    def skills(self, code: str, now: datetime | None = None) -> tuple[SkillState, ...]:
        """Return where the learner stands with each skill practised so far, the next due first."""
        with self._reading() as session:
            learner = queries.learner(session, code)
            return queries.states(session, learner, now or datetime.now(UTC))

    def mistakes(self, code: str) -> tuple[MistakeCount, ...]:
        """Return the mistakes made so far, those first that were made most in the last attempts."""
        with self._reading() as session:
            return queries.mistakes(session, queries.learner(session, code))

    # what the learner is in the middle of

    def draft(self, code: str) -> dict[str, Any]:
        """Return the draft that was kept last, or an empty one."""
        with self._reading() as session:
            return read_note(queries.learner(session, code).draft)

    def save_draft(self, code: str, data: Mapping[str, Any]) -> None:
        """Keep what the learner is in the middle of, in place of the draft before.

        Put the id of the attempt to come into it: after a crash the same answer then counts once.

        Raises:
            InputError: the draft is too long.
            TypeError, ValueError: it is not JSON.
        """
        note = write_note(data, LONGEST_DRAFT)
        with self._writing() as session:
            queries.learner(session, code, lock=True).draft = note

    def settings(self, code: str) -> dict[str, Any]:
        """Return the settings that were kept last, or none."""
        with self._reading() as session:
            return read_note(queries.learner(session, code).settings)

    def save_settings(self, code: str, data: Mapping[str, Any]) -> None:
        """Keep how the learner likes to work, in place of the settings before.

        Raises:
            InputError: the settings are too long.
            TypeError, ValueError: they are not JSON.
        """
        note = write_note(data, LONGEST_SETTINGS)
        with self._writing() as session:
            queries.learner(session, code, lock=True).settings = note

    # transactions

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with told_plainly(), Session(self._engine) as session:
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        engine = self._engine.execution_options(writes=True)
        with told_plainly(), self._turn, Session(engine) as session, session.begin():
            yield session
