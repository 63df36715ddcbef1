"""What a learner has done about one exercise so far."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import streamlit as st

from calc_core.exercises import Verdict
from calc_core.practice import Asked, Cells, Reference
from calc_core.progress import Attempt
from pages.parts.practice import memory

Given = str | Cells
# Attempts get their ids from what they are, so that the same one is never counted twice.
_ATTEMPTS = uuid.UUID("6a0d3c52-7a5b-4a8e-9f0e-5d4b1d1c9a77")


@dataclass
class Trial:
    """One exercise in hand.

    ``typed``    what is in the fields, by their names;
    ``judged``   the answer that was checked last;
    ``tries``    how many answers were checked;  ``hints``  how many hints were shown.
    """

    typed: dict[str, Any] = field(default_factory=dict)
    judged: Given | None = None
    tries: int = 0
    hints: int = 0
    solved: bool = False
    has_seen_solution: bool = False
    since: float = field(default_factory=monotonic)


def trial_of(reference: Reference) -> Trial:
    """The trial of an exercise: as it was left on this page, or in the learner's draft."""
    trials: dict[Reference, Trial] = st.session_state.setdefault("trials", {})
    if reference not in trials:
        trials[reference] = _restored(reference)
    return trials[reference]


def _restored(reference: Reference) -> Trial:
    kept = memory.draft()
    if kept.get("exercise") != asdict(reference):
        return Trial()
    return Trial(
        typed=dict(kept.get("typed", {})),
        judged=_given(kept.get("judged")),
        tries=int(kept.get("tries", 0)),
        hints=int(kept.get("hints", 0)),
        solved=bool(kept.get("solved", False)),
        has_seen_solution=bool(kept.get("has_seen_solution", False)),
    )


def _given(kept: Any) -> Given | None:
    """An answer as it was, before it was kept: a grid's rows come back as lists."""
    return tuple(map(tuple, kept)) if isinstance(kept, list) else kept


def keep(reference: Reference) -> None:
    """Keep the trial as the learner's draft: after a crash it goes on from here."""
    trial = trial_of(reference)
    memory.save_draft(
        {
            "exercise": asdict(reference),
            "typed": trial.typed,
            "judged": trial.judged,
            "tries": trial.tries,
            "hints": trial.hints,
            "solved": trial.solved,
            "has_seen_solution": trial.has_seen_solution,
        }
    )


def resumed() -> Reference | None:
    """The exercise that the learner was in the middle of, if one is kept."""
    kept = memory.draft().get("exercise")
    return Reference(**kept) if kept else None


def judge(asked: Asked, given: Given, verdict: Verdict) -> None:
    """Take down what was said of an answer, here and in the learner's record."""
    trial = trial_of(asked.reference)
    is_new, trial.judged = trial.judged != given, given
    if trial.solved:
        return
    # The same answer once more is the same try, and has the same id: it is not counted again.
    trial.tries += is_new
    trial.solved = verdict.is_right
    memory.record(_attempt(asked, trial, given, verdict))
    keep(asked.reference)


def _attempt(asked: Asked, trial: Trial, given: Given, verdict: Verdict) -> Attempt:
    reference = asked.reference
    text = given if isinstance(given, str) else repr([list(row) for row in given])
    name = f"{memory.begin()}/{asdict(reference)}/{trial.tries}/{text}"
    return Attempt(
        id=str(uuid.uuid5(_ATTEMPTS, name)),
        kind=reference.kind,
        level=reference.level,
        seed=reference.seed,
        skill=asked.skill,
        text=text,
        # Who has seen the solution has not found it.
        score=0.0 if trial.has_seen_solution else verdict.score,
        mistakes=tuple(found.mistake for found in verdict.mistakes),
        hints=trial.hints,
        tries=trial.tries,
        seconds=monotonic() - trial.since,
        at=datetime.now(UTC),
        source=reference.source,
    )
