"""Answers that are formulas: a number, a row, a column or a matrix of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar, Literal

from calc_core.exercises.diagnosing import Sought, diagnose, of_this_shape
from calc_core.exercises.exercise import Field
from calc_core.exercises.forms import is_number, is_simple, with_odd_roots
from calc_core.exercises.tasks import column
from calc_core.exercises.values import Equality, Values
from calc_core.exercises.vectors import worked_out
from calc_core.exercises.verdict import Verdict, diagnosis, judged, right
from calc_core.exercises.work import Work
from calc_core.expression import Expression
from calc_core.graph import ZERO, Node, array, entries, substitute, sym
from calc_core.light import lightly
from calc_core.parse import parse
from calc_core.parse.reading import parse_vectors
from calc_core.printing import Latex, Text

Form = Literal["any", "simple", "number"]
Layout = Literal["row", "column", "any"]


@dataclass(frozen=True)
class FormulaAnswer:
    """A formula is asked for.

    ``work``   how the right answer and the likely wrong ones come about;
    ``names``  the letters that an answer may hold, variables first;
    ``roots``  what else must be defined where answers are compared: usually the function;
    ``form``   ``"number"`` for a single number, ``"simple"`` for what cannot be tidied further;
    ``layout`` how a vector is to be written; ``"any"`` where it does not matter.

    The shape is that of the right answer: () for a number, (n,) for a row, (m, n) for a matrix.
    """

    work: Work
    names: tuple[str, ...]
    roots: tuple[Node, ...] = ()
    form: Form = "any"
    layout: Layout = "row"

    #: Whether it stands in for the function, so that f(x, y) = … may be written before it.
    approximates: ClassVar[bool] = False

    @cached_property
    def node(self) -> Node:
        """The right answer."""
        return self.work.right()

    @cached_property
    def values(self) -> Values:
        """Points at which the function and the right answer are defined."""
        return Values((*self.roots, self.node), self.names)

    @property
    def sought(self) -> Sought:
        """What a wrong answer is compared with."""
        return Sought(self.node, self.values, self.roots)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the right answer."""
        return self.node.shape

    @property
    def field(self) -> Field:
        """A line, or a grid of cells, the shape of which is for the learner to find."""
        return Field("grid" if self.shape else "formula", self.names)

    def text(self) -> str:
        """The right answer as a person would type it."""
        return str(Text()(self.node))

    def latex(self) -> str:
        """The right answer in LaTeX."""
        return str(Latex()(self.node))

    def read(self, text: str) -> Expression:
        """The answer as it was typed, vectors in it multiplied by numbers.  Raises InputError."""
        if not self.shape:
            return parse(text, self.names or None)
        read = parse_vectors(text, self.names or None)
        carried_out = worked_out(read.node)
        # Of ½ (1, 4) nobody is asked to write (½·1, ½·4) before it counts as worked out.
        node = read.node if carried_out is read.node else lightly(carried_out)
        return replace(read, node=node)

    def grade(self, text: str) -> Verdict:
        """What is to be said of an answer.  Raises InputError for what cannot be read."""
        read = self.read(text)
        return replace(self._judged(read), read=_shown(read))

    def _judged(self, read: Expression) -> Verdict:
        given = _fitted(read.node, self.shape)
        foreign = sorted(given.free - set(self.names))
        if foreign:
            return _foreign(foreign[0], given, self)
        if given.shape != self.shape:
            return self._of_another_shape(given)
        found = self._compared(given)
        if not all(equality.is_equal for equality in found):
            rooted = with_odd_roots(given)
            found = self._compared(rooted) if rooted is not given else found
        if not all(equality.is_equal for equality in found):
            return self.of_wrong(given)
        if self._is_turned(read):
            return judged(diagnosis(f"{_other(self.layout)}-for-{self.layout}"))
        return self.of_right(given, found)

    def of_wrong(self, given: Node) -> Verdict:
        """What is to be said of an answer of the right shape with another value."""
        return diagnose(self.work, given, self.sought)

    def of_right(self, given: Node, found: list[Equality]) -> Verdict:
        """What is to be said of an answer that has the right value; ``found`` entry by entry."""
        method = max((equality.method for equality in found), key=len)
        if self.form == "number" and not all(is_number(part) for part in entries(given)):
            return judged(diagnosis("not-worked-out"))
        if self.form == "simple" and not is_simple(given, self.node):
            return judged(diagnosis("unsimplified"))
        return right(method)

    def _is_turned(self, read: Expression) -> bool:
        """Whether a row was written as a column, or the reverse."""
        if len(self.shape) != 1 or self.layout == "any":
            return False
        return read.is_column != (self.layout == "column")

    def _compared(self, given: Node) -> list[Equality]:
        return [self.values.equality(a, b) for a, b in zip(*self._pairs(given), strict=True)]

    def _pairs(self, given: Node) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
        return entries(given), entries(self.node)

    def _of_another_shape(self, given: Node) -> Verdict:
        turned = _fitted(_transposed(given), self.shape)
        if turned.shape == self.shape:
            pairs = zip(*self._pairs(turned), strict=True)
            if all(self.values.equality(a, b).is_equal for a, b in pairs):
                return judged(diagnosis("transposed"))
        found = of_this_shape(self.work, given, self.values)
        if found is not None:
            return found
        return Verdict(0.0, _shapes(given.shape, self.shape), (diagnosis("shape"),))


def _shown(read: Expression) -> str:
    """The answer as it was understood, in LaTeX."""
    if read.is_column and len(read.shape) == 1:
        return column(read.components)
    return str(Latex(decimal=read.decimal)(read.node))


def _other(layout: Layout) -> str:
    return "column" if layout == "row" else "row"


def _fitted(given: Node, shape: tuple[int, ...]) -> Node:
    """A row typed as a matrix of one row is the same row, and a single entry a row of one."""
    if shape == () and given.shape in ((1,), (1, 1)):
        return entries(given)[0]
    if not given.shape and set(shape) == {1}:
        return array(shape, [given])
    if 1 in shape and given.shape == (max(shape),):
        return array(shape, entries(given))
    return given


def _transposed(u: Node) -> Node:
    if len(u.shape) != 2:
        return u
    m, n = u.shape
    return array((n, m), [u.args[i * n + j] for j in range(n) for i in range(m)])


def _foreign(letter: str, given: Node, answer: FormulaAnswer) -> Verdict:
    """The verdict on an answer with a letter that has no business in it."""
    if letter in ("C", "c", "K", "k") and _is_right_without(letter, given, answer):
        return judged(diagnosis("integration-constant"))
    return judged(diagnosis("foreign-letter", sym(letter)))


def _is_right_without(letter: str, given: Node, answer: FormulaAnswer) -> bool:
    rest = substitute(given, {sym(letter): ZERO})
    if rest.free - set(answer.names) or rest.shape != answer.shape:
        return False
    pairs = zip(entries(rest), entries(answer.node), strict=True)
    return all(answer.values.equality(a, b).is_equal for a, b in pairs)


def _shapes(given: tuple[int, ...], wanted: tuple[int, ...]) -> str:
    said = f"The answer is {_shape(wanted)}; this is {_shape(given)}."
    if len(given) < len(wanted):
        said += " Write commas between the entries of a row, and semicolons between rows."
    return said


def _shape(shape: tuple[int, ...]) -> str:
    if not shape:
        return "a single number or formula"
    if len(shape) == 1:
        return f"a row of {shape[0]}"
    return f"a matrix of {shape[0]} × {shape[1]}"
