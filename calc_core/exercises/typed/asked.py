"""What a task makes of a function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from calc_core.derivation import Derivation
from calc_core.exercises.exercise import Answer
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.work import Work
from calc_core.expression import Expression


@dataclass(frozen=True, slots=True)
class Asked:
    """A task put to a function; ``skill`` is the kind that practises the same."""

    words: str
    answer: Answer
    solution: Callable[[], Derivation] | None
    skill: str


#: From the function, its variables and what is typed beside it to the question.
Ask = Callable[[str, str, str], Asked]


def formula(work: Work, f: Expression) -> FormulaAnswer:
    """A formula in the letters of a function is asked for."""
    return FormulaAnswer(work, (*f.variables, *f.constants), (f.node,))
