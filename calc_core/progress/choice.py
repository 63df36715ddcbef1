"""Which skill, and at which level, comes next."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime

from calc_core.progress.records import HIGHEST_LEVEL, Attempt, SkillState
from calc_core.progress.schedule import is_right_at_once, is_wrong

#: So many answers of one kind in a row change the level.
IN_A_ROW = 2


def next_skill(
    states: Mapping[str, SkillState],
    skills: Sequence[str],
    last: str | None,
    now: datetime,
    rng: random.Random,
) -> str:
    """Return the skill to practise: one that is due, else a new one, else the least certain one.

    Skills are mixed: ``last``, the one just practised, comes again at once only if no other is due
    (or, when nothing is due and nothing new, if there is no other). Equally weak ones are drawn by
    lot.

    Raises:
        ValueError: there is no skill to choose from.
    """
    if not skills:
        raise ValueError("There is no skill to choose from.")
    known = [states[skill] for skill in dict.fromkeys(skills) if skill in states]
    due = [state for state in known if state.due <= now]
    if due:
        return _weakest(due, last, rng)
    for skill in skills:
        if skill not in states:
            return skill
    return _weakest(known, last, rng)


def _weakest(states: Sequence[SkillState], last: str | None, rng: random.Random) -> str:
    others = [state for state in states if state.skill != last] or states
    return min(others, key=lambda state: (*_strength(state), rng.random())).skill


def _strength(state: SkillState) -> tuple[float, float]:
    # Rounded, so that answers of the same afternoon count as equally strong.
    return round(state.retrievability, 2), round(state.stability, 1)


def next_level(recent: Sequence[Attempt]) -> int:
    """Return the level to go on with, from the attempts at one skill, the newest first.

    One up after two first answers in a row that were right without a hint, one down after two that
    were wrong, both at the level of the newest attempt; the first level if there is none.
    """
    if not recent:
        return 1
    level = recent[0].level
    row = recent[:IN_A_ROW]
    if len(row) == IN_A_ROW and all(attempt.level == level for attempt in row):
        if all(map(is_right_at_once, row)):
            level += 1
        elif all(is_wrong(attempt.score) for attempt in row):
            level -= 1
    return min(max(level, 1), HIGHEST_LEVEL)
