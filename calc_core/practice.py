"""What the practice page asks, from plain data to plain data, so that a worker can answer it.

An exercise goes by its :class:`Reference`; it is made again from it wherever it is needed, which
takes a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calc_core.errors import InputError
from calc_core.exercises import EXERCISE_KINDS, Exercise, Verdict, generate
from calc_core.exercises.exercise import Field
from calc_core.lesson import Derived, as_latex
from calc_core.lines import Level
from calc_core.parse import parse

#: The cells of a grid, row by row.
Cells = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Reference:
    """Which exercise: its kind, level and seed, or its kind and what a teacher typed."""

    kind: str
    level: int = 1
    seed: int = 0
    source: str = ""

    def exercise(self) -> Exercise:
        """The exercise.  Raises InputError if there is none."""
        return generate(self.kind, self.level, self.seed)


@dataclass(frozen=True, slots=True)
class Asked:
    """An exercise as it is shown; see :class:`calc_core.exercises.Exercise` for the fields."""

    reference: Reference
    title: str
    topic: str
    skill: str
    task: str
    field: Field


class CellError(InputError):
    """A cell of a grid cannot be read; ``place`` is its row and column, counted from 0."""

    def __init__(self, problem: InputError, place: tuple[int, int]) -> None:
        super().__init__(problem.message, problem.column, problem.hint)
        self.problem, self.place = problem, place

    def __reduce__(self) -> tuple[type[CellError], tuple[InputError, tuple[int, int]]]:  # type: ignore[override]
        return CellError, (self.problem, self.place)


def ask(reference: Reference) -> Asked:
    """The exercise, to be shown.  Raises InputError if there is none."""
    exercise = reference.exercise()
    kind = EXERCISE_KINDS[exercise.kind]
    return Asked(
        reference, kind.title, kind.topic, exercise.skill, exercise.task, exercise.answer.field
    )


def judge(reference: Reference, given: str | Cells) -> Verdict:
    """What is to be said of an answer.  Raises InputError for what cannot be read."""
    exercise = reference.exercise()
    text = given if isinstance(given, str) else joined(given, exercise.answer.field.names)
    return exercise.grade(text)


@dataclass(frozen=True, slots=True)
class Worked:
    """The whole solution of an exercise.

    ``answer``   the right answer in LaTeX;
    ``derived``  the derivation, if there is one; ``remark`` what else is to be said.
    """

    answer: str
    derived: Derived | None
    remark: str


def solve(reference: Reference, level: Level) -> Worked:
    """The worked solution.  Raises InputError if there is no such exercise."""
    exercise = reference.exercise()
    derived = None
    if exercise.solution is not None:
        derivation = exercise.solution()
        data = derivation.to_dict(level)
        derived = Derived(data, as_latex(data), derivation.text(level), python="")
    return Worked(exercise.answer.latex(), derived, exercise.remark)


def joined(cells: Cells, names: tuple[str, ...]) -> str:
    """The text of a grid.  Raises CellError for the first cell that cannot be read.

    >>> joined((("x", "y"),), ("x", "y"))
    '[(x), (y)]'
    """
    for i, row in enumerate(cells):
        for j, cell in enumerate(row):
            _check_cell(cell, names, (i, j))
    rows = ", ".join(f"[{', '.join(f'({cell})' for cell in row)}]" for row in cells)
    return f"[{rows}]" if len(cells) > 1 else rows


def _check_cell(cell: str, names: tuple[str, ...], place: tuple[int, int]) -> None:
    try:
        if not cell.strip():
            raise InputError("This cell is empty.", hint="Write 0 where nothing is left.")
        if not parse(cell, names or None).is_scalar:
            raise InputError("A cell holds one number or formula.")
    except InputError as problem:
        raise CellError(problem, place) from None
