"""The two functions that everything else is a means to."""

from __future__ import annotations

from calc_core.errors import InputError
from calc_core.exercises.exercise import Exercise
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.functions import LEVELS
from calc_core.exercises.kinds import EXERCISE_KINDS
from calc_core.exercises.left_sides import graded
from calc_core.exercises.verdict import Verdict


def generate(kind: str, level: int = 1, seed: int = 0) -> Exercise:
    """The exercise of a kind, a level from 1 to 5 and a seed: the same on every machine.

    Raises InputError for an unknown kind or level.

    >>> generate("partial", 1, 3) .task == generate("partial", 1, 3).task
    True
    """
    known = EXERCISE_KINDS.get(kind)
    if known is None:
        raise InputError(f"There is no exercise of the kind {kind!r}.")
    if level not in LEVELS:
        raise InputError("A level is a number from 1 to 5.")
    return known.exercise(level, seed)


def grade(exercise: Exercise, text: str) -> Verdict:
    """What is to be said of an answer.  Raises InputError for what cannot be read."""
    answer = exercise.answer
    if isinstance(answer, FormulaAnswer):
        return graded(exercise, answer, text)
    return answer.grade(text)
