"""A derivation of a matrix gradient or Hessian with all that a page shows beside it."""

from __future__ import annotations

from dataclasses import dataclass

from calc_core.errors import InputError
from calc_core.lesson import Derived, as_latex
from calc_core.lines import Level
from calc_core.matrix.derivation import MatrixDerivation, name_of
from calc_core.matrix.gradient import derive, derive_hessian
from calc_core.matrix.language import Problem
from calc_core.matrix.layouts import SHAPE_LAW
from calc_core.matrix.nodes import matrix, subscript
from calc_core.matrix_lesson.question import Question, extent_text, shape_text
from calc_core.printing import Latex


@dataclass(frozen=True, slots=True)
class MatrixStudy:
    """A derivative as plain data.

    ``derived``   as in a lesson: the lines, and what can be copied;
    ``by_law``    the extents of the derivative by the shape law; ``laid_out`` in the layout shown;
    ``index``     the formula of one entry as an equation in LaTeX, or nothing;
    ``no_index``  why there is none.
    """

    derived: Derived
    by_law: str
    laid_out: str
    index: str = ""
    no_index: str = ""


def study(
    question: Question, layout: str = SHAPE_LAW, level: Level = "usual", show_shapes: bool = False
) -> MatrixStudy:
    r"""The derivative of a matrix expression.  Raises InputError.

    >>> found = study(Question("a' X b"))
    >>> found.by_law, found.laid_out, found.index
    ('m×n', 'm×n', '\\frac{\\partial f}{\\partial X_{ij}} = a_{i}\\,b_{j}')
    """
    derivation = derive(question.problem(), layout)
    index, no_index = "", ""
    try:
        index = index_equation(derivation)
    except InputError as reason:
        no_index = reason.message
    return MatrixStudy(
        as_derived(derivation, level, show_shapes, _as_python(derivation, question, layout)),
        _by_law(derivation),
        shape_text(derivation.node.shape) if derivation.node.shape else "",
        index,
        no_index,
    )


def hessian_of(
    question: Question, level: Level = "usual", show_shapes: bool = False
) -> MatrixStudy:
    """The Hessian of a scalar function of a vector.  Raises InputError."""
    derivation = derive_hessian(question.problem())
    python = _as_python(derivation, question, "")
    derived = as_derived(derivation, level, show_shapes, python)
    return MatrixStudy(derived, _by_law(derivation), _by_law(derivation))


def as_derived(
    derivation: MatrixDerivation, level: Level, show_shapes: bool, python: str = ""
) -> Derived:
    """A derivation as plain data, and what can be copied of it."""
    derivation.show_shapes = show_shapes
    data = derivation.to_dict(level)
    return Derived(data, as_latex(data), derivation.text(level), python)


def _by_law(derivation: MatrixDerivation) -> str:
    return "×".join(map(extent_text, derivation.shape)) or "a number"


def _as_python(derivation: MatrixDerivation, question: Question, layout: str) -> str:
    """A programme; ``layout`` is empty for a Hessian."""
    call = "matrix_gradient" if layout else "matrix_hessian"
    arguments = [repr(question.text), repr(name_of(derivation.problem.wrt))]
    if question.declared:
        arguments.append(f"shapes={question.declared!r}")
    if question.structure:
        arguments.append(f"structure={question.structure!r}")
    if layout not in ("", SHAPE_LAW):
        arguments.append(f"layout={layout!r}")
    return (
        f"from calc_core import {call}\n\n"
        f"derivation = {call}({', '.join(arguments)})\n"
        "print(derivation.text())    # every line with its rule\n"
        "print(derivation.latex())\n"
    )


def index_equation(derivation: MatrixDerivation) -> str:
    """The formula of one entry.  Raises InputError where there is none."""
    form = derivation.index_form
    formula = Latex(decimal=derivation.expression.decimal)(form.node)
    return f"{entry_symbol(derivation.problem, form.f, form.x)} = {formula}"


def entry_symbol(problem: Problem, f: tuple[str, ...], x: tuple[str, ...]) -> str:
    """∂f_ij/∂X_kl, with those letters or numbers."""
    above = Latex()(subscript(matrix("f", ("m", "n")), *f)) if f else "f"
    below = Latex()(subscript(problem.wrt, *x) if x else problem.wrt)
    return rf"\frac{{\partial {above}}}{{\partial {below}}}"
