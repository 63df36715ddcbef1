"""What the practice page asks, as plain data."""

from __future__ import annotations

import pytest

from calc_core.exercises import EXERCISE_KINDS
from calc_core.exercises.formula import FormulaAnswer
from calc_core.practice import CellError, Reference, ask, check, judge

GRADIENT = Reference("own", source="task=gradient&f=x^2 y".replace(" ", "%20"))


@pytest.mark.parametrize("kind", EXERCISE_KINDS)
def test_an_exercise_has_working_or_says_how_it_is_answered(kind: str) -> None:
    reference = Reference(kind, 2, 1)
    asked = ask(reference)
    assert asked.has_working is isinstance(reference.exercise().answer, FormulaAnswer)
    assert asked.has_working is not bool(asked.instead)
    if not asked.has_working:
        assert asked.instead.startswith("This exercise is answered ")
        assert asked.instead.endswith(".")
        assert check(reference, ["x = 1"]).message == asked.instead


@pytest.mark.parametrize("kind", EXERCISE_KINDS)
def test_a_verdict_tells_how_an_answer_was_read(kind: str) -> None:
    reference = Reference(kind, 1, 1)
    exercise = reference.exercise()
    read = judge(reference, exercise.answer.text()).read
    if exercise.answer.field.kind == "choice":
        assert read is None
    else:
        assert read
        assert read.count("{") == read.count("}")


@pytest.mark.parametrize(
    ("kind", "text", "read"),
    [
        ("partial", "f_x = 2x y/3", r"\frac{2\,x\,y}{3}"),
        ("partial", "1/2 x", r"\frac{1}{2}\,x"),
        ("gradient", "(x; y)", r"\begin{pmatrix} x \\ y \end{pmatrix}"),
        ("linear-estimate", "-1.375", "-1.375"),
        ("critical-kinds", "(1, 2) min", r"\left(1, 2\right)\ \text{minimum}"),
        ("derivative-shape", "m by n", r"m \times n"),
        ("quadratic-form", "2 x'", r"2\,x^{\top}"),
    ],
)
def test_it_is_read_as_it_was_meant(kind: str, text: str, read: str) -> None:
    assert judge(Reference(kind, 3, 5), text).read == read


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("", "Write 0 where nothing is left."),
        ("f_x = 2x y", "Write only what stands behind it: 2x y"),
        ("f_x =", "Write only what stands behind it: …"),
        ("-1,375", "Write -1.375."),
        ("(x, y)", "A cell holds one number or formula."),
    ],
)
def test_a_cell_that_cannot_be_read_says_which(cell: str, said: str) -> None:
    with pytest.raises(CellError) as caught:
        judge(GRADIENT, (("x", cell),))
    assert said in str(caught.value)
    assert caught.value.place == (0, 1)


def test_cells_are_a_row() -> None:
    assert judge(GRADIENT, (("2 x y", "x^2"),)).is_right
    column = judge(GRADIENT, (("2 x y",), ("x^2",)))
    assert [found.mistake for found in column.mistakes] == ["column-for-row"]
