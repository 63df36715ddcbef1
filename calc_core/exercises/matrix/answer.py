"""Answers that are formulas in the language of matrices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from calc_core.errors import InputError
from calc_core.exercises.equations import parts, right_sides
from calc_core.exercises.exercise import Field
from calc_core.exercises.matrix.diagnose import Inquiry, said, whole_mistake
from calc_core.exercises.matrix.edits import spoilt
from calc_core.exercises.matrix.function import MatrixFunction
from calc_core.exercises.matrix.suspects import Believers, MatrixSuspect
from calc_core.exercises.matrix.values import (
    MatrixValues,
    fitting,
    same,
    shown_shape,
    transposed,
)
from calc_core.exercises.verdict import Verdict, diagnosis, judged, right
from calc_core.graph import Node, substitute, sym
from calc_core.matrix.language import Problem
from calc_core.matrix.layouts import is_column
from calc_core.matrix.nodes import identity
from calc_core.printing import Latex, Text
from calc_core.printing.latex import symbol_latex
from calc_core.shapes import Shape

_DENOMINATOR = re.compile(
    r"(?:/|\}\s*\{)\s*\(?\s*(?:∂|\\partial|\\mathrm\s*\{?d\}?|d)\s*([A-Za-z]\w*)"
)
_SUBSCRIPT = re.compile(r"_\s*\{?\s*([A-Za-z]\w*)")
AT_MATRICES = "at random matrices of two sizes"


@dataclass(frozen=True)
class MatrixAnswer:
    """The derivative of a function of matrices is asked for, laid out by the shape law.

    ``function``  what is differentiated, by what, and the shapes of the letters;
    ``plans``     wrong plans that tempt people: ids of mistakes, and the formulas that they lead
                  to, in the language of matrices.
    """

    function: MatrixFunction
    plans: tuple[tuple[str, str], ...] = ()

    @property
    def node(self) -> Node:
        """The right answer."""
        return self.function.derivation.node

    @property
    def shape(self) -> Shape:
        """The shape of the right answer: () , (1, n), (m, n)."""
        return self.node.shape

    @property
    def field(self) -> Field:
        """A line in the language of matrices."""
        return Field("matrix", tuple(self.function.shapes))

    def text(self) -> str:
        """The right answer as a person would type it."""
        return str(Text()(self.node))

    def latex(self) -> str:
        """The right answer in LaTeX."""
        return str(Latex()(self.node))

    @cached_property
    def values(self) -> MatrixValues:
        """Matrices at which the function and its derivative are defined."""
        return MatrixValues(self.function)

    @cached_property
    def believers(self) -> Believers:
        """People who believe in wrong laws."""
        return Believers(self.function, self.values)

    def grade(self, text: str) -> Verdict:
        """What is to be said of an answer.  Raises InputError for what cannot be read."""
        found = tuple(parts(text))
        bare = right_sides(text, found)
        if "d" not in self.function.shapes and _has_small_change(bare, self.function.wrt):
            return judged(diagnosis("differential-typed"))
        given = self.function.answer(bare)
        verdict = self._judged(given)
        by = _by_which(found[0].left)
        if by not in ("", self.function.wrt):
            verdict = self._of_other(by, verdict)
        return replace(verdict, read=str(Latex()(given.node)))

    def _judged(self, found: Problem) -> Verdict:
        foreign = self.function.foreign(found)
        if foreign:
            return judged(diagnosis("foreign-letter", sym(foreign[0])))
        sizes = fitting(found.node, self.shape)
        if sizes is None:
            return self._of_another_shape(found.node)
        given = _with_extents(found.node, sizes)
        if same(self.values(given), self.values(self.node)):
            return right(AT_MATRICES)
        plans = [plan for shape, plan in self._planned if shape == self.shape]
        inquiry = Inquiry(given, self.node, self.values, self.believers, plans, self._turned)
        return inquiry.verdict()

    def _of_other(self, by: str, verdict: Verdict) -> Verdict:
        """The verdict where the left side names the derivative by another letter."""
        wanted, named = symbol_latex(self.function.wrt), symbol_latex(by)
        if verdict.is_right:
            sentence = (
                "The right side is what is asked for, but the left side names the derivative by "
                f"${named}$."
            )
            return judged(replace(diagnosis("other-name"), sentence=sentence))
        if [found.mistake for found in verdict.mistakes] == ["wrong-variable"]:
            return verdict
        message = f"The left side names the derivative by ${named}$; ${wanted}$ moves here."
        return replace(verdict, message=f"{message} {verdict.message}")

    @property
    def _turned(self) -> str:
        """The mistake that a transposed answer is."""
        if self.function.node.shape:
            return "jacobian-transposed" if self.function.x.shape else "transposed"
        return "column-for-row" if is_column(self.function.x.shape) else "matrix-transposed"

    def _of_another_shape(self, given: Node) -> Verdict:
        table = self.values(given)
        turned = fitting(given, self.shape[::-1]) is not None
        if table is not None and turned:
            if same(transposed(table), self.values(self.node)):
                return judged(diagnosis(self._turned))
            for suspect in self.believers.single:
                if same(transposed(table), suspect.table):
                    return judged(*said(suspect), diagnosis(self._turned))
        for shape, plan in self._planned:
            if table is None or fitting(given, shape) is None:
                continue
            if same(table, plan.table):
                return judged(*said(plan))
            more = whole_mistake(table, plan.table, "")
            if more and plan.mistakes == ("wrong-variable",):
                # By b the derivative of (A x - b)² differs from that by x in the inner factor.
                return judged(diagnosis("inner-matrix-lost"))
            if more:
                return judged(*said(plan), diagnosis(more))
        wanted, here = shown_shape(self.shape), shown_shape(given.shape)
        sentence = f"The answer is {wanted}; this is {here}."
        for edit in spoilt(self.node):
            # What is left of the right answer when a term or a factor is forgotten.
            if fitting(given, edit.node.shape) is not None and same(table, self.values(edit.node)):
                found = diagnosis(edit.mistake)
                return judged(replace(found, sentence=f"{found.sentence} {sentence}"))
        return judged(replace(diagnosis("matrix-shape"), sentence=sentence))

    @cached_property
    def _planned(self) -> tuple[tuple[Shape, MatrixSuspect], ...]:
        """The results of wrong plans, each with its shape."""
        found = []
        for mistake, node in self._plans():
            table = self.values(node)
            if table is not None and not same(table, self.values(self.node)):
                found.append((node.shape, MatrixSuspect((mistake,), table)))
        return tuple(found)

    def _plans(self) -> Iterator[tuple[str, Node]]:
        for mistake, text in self.plans:
            yield mistake, self.function.answer(text).node
        for name in self.function.shapes:
            if name != self.function.wrt:
                try:
                    other = replace(self.function, wrt=name).derivation.node
                except InputError:
                    continue
                yield "wrong-variable", other
        yield "not-differentiated", self.function.node


def _by_which(left: str) -> str:
    """The letter that the left side differentiates by: X in ∂f/∂X, f_X or ∇_X f; or nothing."""
    found = _DENOMINATOR.search(left) or _SUBSCRIPT.search(left)
    return found[1] if found else ""


def _has_small_change(text: str, name: str) -> bool:
    """Whether dX stands in the answer."""
    return re.search(rf"(?<![A-Za-z/])d\s?{re.escape(name)}(?![A-Za-z])", text) is not None


def _with_extents(given: Node, sizes: dict[str, int | str]) -> Node:
    """The formula with the extents of an I that stood alone."""
    if not sizes:
        return given
    table = {identity(letter): identity(extent) for letter, extent in sizes.items()}
    return substitute(given, table)
