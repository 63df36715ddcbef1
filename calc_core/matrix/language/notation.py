"""Matrix expressions in two spellings, plain text and LaTeX."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from calc_core.graph import MATRIX
from calc_core.matrix.language.reading import Problem, read
from calc_core.parse.notation import Notation
from calc_core.printing import Latex, Text


def matrix_notation(reading: Callable[[str], Problem] = read) -> Notation[Problem]:
    r"""The notation of matrix expressions; ``reading`` knows what is said about the letters.

    >>> matrix_notation().to_latex("a' inv(X) b")
    'a^{\\top} X^{-1} b'
    >>> matrix_notation().to_text(r"a^{\top}X^{-1}b")
    'aᵀ·X⁻¹·b'
    """
    return Notation(reading, _meaning, _latex, _text)


def _meaning(problem: Problem) -> object:
    return problem.node, problem.wrt, frozenset(problem.symbols), problem.decimal


def _latex(problem: Problem) -> Iterator[str]:
    to = Latex(decimal=problem.decimal)
    yield to(problem.node)
    yield rf"f\left({to(problem.wrt)}\right) = {to(problem.node)}"


def _text(problem: Problem) -> Iterator[str]:
    to = Text(decimal=problem.decimal)
    yield to(problem.node)
    name = problem.wrt.data.name if problem.wrt.op == MATRIX else problem.wrt.data
    yield f"f({name}) = {to(problem.node)}"
