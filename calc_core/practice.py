"""What the practice page asks, from plain data to plain data, so that a worker can answer it.

An exercise goes by its :class:`Reference`; it is made again from it wherever it is needed, which
takes a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from calc_core.derivation import Derivation
from calc_core.errors import InputError
from calc_core.exercises import EXERCISE_KINDS, Exercise, Verdict, generate, grade
from calc_core.exercises.choosing import Choosing
from calc_core.exercises.exercise import Field
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.hints import Hint, hints
from calc_core.exercises.typed import OWN, Typed
from calc_core.exercises.working import WorkReport, check_work, line_notation
from calc_core.exercises.working.instead import how_instead
from calc_core.figures import Style
from calc_core.figures.questions import question_figure
from calc_core.geometry.questions import Twin
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

    @property
    def name(self) -> str:
        """A name that tells it from other exercises, fit to be part of a key."""
        own = f"{crc32(self.source.encode()):x}" if self.source else self.seed
        return f"{self.kind}_{self.level}_{own}"

    def exercise(self) -> Exercise:
        """The exercise.  Raises InputError if there is none."""
        if self.kind == OWN:
            return Typed.read(self.source).exercise()
        return generate(self.kind, self.level, self.seed)


@dataclass(frozen=True, slots=True)
class Asked:
    """An exercise as it is shown; see :class:`calc_core.exercises.Exercise` for the fields.

    ``has_figure``   whether there is a picture;
    ``has_working``  whether there is a derivation, so that working can be checked and rules be
                     chosen;  ``instead``  how it is answered where there is none, in one sentence.
    """

    reference: Reference
    title: str
    topic: str
    skill: str
    task: str
    field: Field
    has_figure: bool
    has_working: bool
    instead: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The figure of an exercise, as Plotly has it, of so many panels, and the same in words."""

    figure: dict[str, Any]
    panels: int
    twin: Twin
    can_click: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """What came of choosing a rule: where the derivation stands, and what is said."""

    applies: bool
    why: str
    state: dict[str, Any]


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
    kind = EXERCISE_KINDS[exercise.skill]
    has_working = isinstance(exercise.answer, FormulaAnswer)
    return Asked(
        reference=reference,
        title=kind.title,
        topic=kind.topic,
        skill=exercise.skill,
        task=exercise.task,
        field=exercise.answer.field,
        has_figure=exercise.figure is not None,
        has_working=has_working,
        instead="" if has_working else how_instead(exercise),
    )


def picture(reference: Reference, style: Style) -> Picture:
    """The figure of an exercise.  Raises InputError if it has none."""
    made = reference.exercise().figure
    if made is None:
        raise InputError("This exercise has no figure.")
    question = made()
    figure = question_figure(question, style).to_dict()
    return Picture(figure, len(question.panels), question.twin, question.can_click)


def hints_for(reference: Reference) -> tuple[Hint, ...]:
    """All hints, in the order in which they are shown.  Raises InputError.

    A choice between lines of a derivation has none: the derivation would tell.
    """
    exercise = reference.exercise()
    return () if exercise.answer.field.kind == "choice" else hints(exercise)


def check(reference: Reference, lines: Sequence[str]) -> WorkReport:
    """What is to be said of a person's own working.  Raises InputError if there is no exercise."""
    return check_work(reference.exercise(), lines)


def line_in_latex(reference: Reference, above: Sequence[str], line: str) -> str | None:
    """A line of working as an editor shows it; None if it cannot be read, or not be so written.

    ``above``  the lines above it, in which letters may be given a meaning.
    Raises InputError if there is no working to check.
    """
    return line_notation(reference.exercise(), above).to_latex(line)


def line_in_text(reference: Reference, above: Sequence[str], latex: str) -> str | None:
    """A line of working as it is typed, likewise."""
    return line_notation(reference.exercise(), above).to_text(latex)


def begin_choosing(reference: Reference, automatic: Sequence[str]) -> dict[str, Any]:
    """The state of a derivation for which the learner is to choose the rules.

    Raises InputError if the exercise has none of this kind.
    """
    return Choosing.begin(_derivation(reference), automatic).to_dict()


def choose(reference: Reference, state: Mapping[str, Any], rule: str, part: int) -> Chosen:
    """Where the derivation stands after a rule was chosen.  Raises InputError."""
    choice = Choosing.from_dict(state, _derivation(reference)).choose(rule, part)
    return Chosen(choice.applies, choice.why, choice.state.to_dict())


def make_automatic(
    reference: Reference, state: Mapping[str, Any], automatic: Sequence[str]
) -> dict[str, Any]:
    """Where the derivation stands when these rules apply by themselves.  Raises InputError."""
    standing = Choosing.from_dict(state, _derivation(reference))
    return standing.with_automatic(automatic).to_dict()


def _derivation(reference: Reference) -> Derivation:
    made = reference.exercise().solution
    if made is None:
        raise InputError("This exercise has no derivation to choose rules for.")
    return made()


def judge(reference: Reference, given: str | Cells) -> Verdict:
    """What is to be said of an answer.  Raises InputError for what cannot be read."""
    exercise = reference.exercise()
    text = given if isinstance(given, str) else joined(given, exercise.answer.field.names)
    return grade(exercise, text)


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
        if "=" in cell:
            sign = cell.rindex("=")
            hint = f"Write only what stands behind it: {cell[sign + 1 :].strip() or '…'}"
            raise InputError("A cell holds the formula alone, without a sign =.", sign, hint)
        if not parse(cell, names or None).is_scalar:
            raise InputError("A cell holds one number or formula.")
    except InputError as problem:
        raise CellError(problem, place) from None
