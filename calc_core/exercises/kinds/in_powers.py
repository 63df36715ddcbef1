"""Polynomials that are shown in powers of x − a."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from calc_core.derive import Engine
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.functions import tidied
from calc_core.exercises.recipes import Here
from calc_core.exercises.work import Recipe
from calc_core.graph import POW, SYM, ZERO, Node, add, substitute, sym
from calc_core.printing import Latex, Text
from calc_core.terms import terms


@dataclass(frozen=True)
class InPowers(FormulaAnswer):
    """A polynomial that is shown in powers of x − a, in whatever form it is given."""

    shown: Node = ZERO

    approximates = True

    def text(self) -> str:
        """The right answer as a person would type it."""
        return str(Text()(self.shown))

    def latex(self) -> str:
        """The right answer in LaTeX."""
        return str(Latex()(self.shown))


def steps_from(here: Here) -> list[Node]:
    """X − a for each variable x and its value a; x itself where a is 0."""
    return [x if a is ZERO else x - a for x, a in here.items()]


def in_powers(polynomial: Callable[[Sequence[Node]], Recipe], here: Here) -> Node:
    """A polynomial in the steps x − a, tidied as one in letters, so that it stays in x − a."""
    letters = [sym(f"Delta_{x.data}") for x in here]
    names = {letter.data for letter in letters}
    tidy = tidied(polynomial(letters)(Engine()))
    # The lowest powers first, as a Taylor polynomial is written.
    ordered = sorted(terms(tidy), key=lambda term: _degree(term, names))
    return substitute(add(*ordered), dict(zip(letters, steps_from(here), strict=True)))


def _degree(term: Node, names: set[str]) -> int:
    """How many of the letters a term has as factors."""
    if term.op == SYM:
        return int(term.data in names)
    if term.op == POW:
        return int(term.args[1].data) * _degree(term.args[0], names)
    return sum(_degree(factor, names) for factor in term.args)
