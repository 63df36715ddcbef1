"""What an exercise on matrices is about: a function, what it is differentiated by, the shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from calc_core.graph import MATRIX, Node
from calc_core.matrix.derivation import MatrixDerivation, name_of
from calc_core.matrix.gradient import derive
from calc_core.matrix.language import Problem, read
from calc_core.printing import Latex
from calc_core.printing.latex import symbol_latex
from calc_core.shapes import Shape


@dataclass(frozen=True)
class MatrixFunction:
    """A function of scalars, vectors and matrices.

    ``text``       in the language of matrices;
    ``wrt``        the letter that moves;
    ``shapes``     the shape of every letter: () of a scalar, (n, 1) of a column, (m, n);
    ``symmetric``  the letters of symmetric matrices.
    """

    text: str
    wrt: str
    shapes: Mapping[str, Shape]
    symmetric: tuple[str, ...] = ()

    @cached_property
    def problem(self) -> Problem:
        """The function, as it is read."""
        return self._read(self.text)

    @cached_property
    def derivation(self) -> MatrixDerivation:
        """Its derivative by the shape law, with the steps."""
        return derive(self.problem)

    @property
    def node(self) -> Node:
        """The function as a node."""
        return self.problem.node

    @property
    def x(self) -> Node:
        """The symbol that moves."""
        return self.problem.wrt

    def answer(self, text: str) -> Problem:
        """A formula in the letters of this function.  Raises InputError if it cannot be read."""
        return self._read(text)

    def foreign(self, found: Problem) -> list[str]:
        """Letters that have no business here."""
        return sorted({name_of(symbol) for symbol in found.symbols} - set(self.shapes))

    def latex(self) -> str:
        """The function in LaTeX."""
        return str(Latex()(self.node))

    def declared(self) -> str:
        r"""Who is who: $x \in \mathbb{R}^{n}$, $B \in \mathbb{R}^{n \times n}$, in Markdown."""
        kinds: dict[str, list[str]] = {}
        for name, shape in self.shapes.items():
            kinds.setdefault(_space(shape), []).append(symbol_latex(name))
        parts = [rf"${', '.join(names)} \in {space}$" for space, names in kinds.items()]
        return ", ".join(parts)

    def _read(self, text: str) -> Problem:
        shapes = {name: shape or "scalar" for name, shape in self.shapes.items()}
        found = read(text, self.wrt, shapes)
        occurring = {name_of(s) for s in found.symbols if s.op == MATRIX}
        symmetric = [name for name in self.symmetric if name in occurring]
        return read(text, self.wrt, shapes, symmetric) if symmetric else found


def _space(shape: Shape) -> str:
    if not shape:
        return r"\mathbb{R}"
    if shape[1] == 1:
        return rf"\mathbb{{R}}^{{{shape[0]}}}"
    return rf"\mathbb{{R}}^{{{shape[0]} \times {shape[1]}}}"
