"""Finding out what was done with matrices: wrong laws first, then what the answer itself shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import islice

from calc_core.exercises.diagnosing.insides import INSIDE, Mended, with_right_insides
from calc_core.exercises.matrix.edits import Edit, mended, spoilt
from calc_core.exercises.matrix.suspects import Believers, MatrixSuspect
from calc_core.exercises.matrix.values import MatrixValues, Table, ratio, same, transposed
from calc_core.exercises.verdict import Diagnosis, Verdict, diagnosis, judged
from calc_core.graph import Node

# So many changes of an answer, and so many pairs of mistakes, are looked at.
MOST_EDITS, MOST_PAIRS = 400, 150
# Numbers that an answer may be off by as a factor, for it to be said.
PLAIN = (2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 9.0, 10.0)


class Inquiry:
    """One wrong answer of the right shape.

    ``table``   the values of the given formula, ``goal`` those of the right one;
    ``plans``   results of wrong plans, of the same shape;
    ``turned``  the mistake that a transposed answer is.
    """

    def __init__(
        self,
        given: Node,
        right: Node,
        values: MatrixValues,
        believers: Believers,
        plans: Iterable[MatrixSuspect],
        turned: str,
    ) -> None:
        self.given, self.right, self.values = given, right, values
        self.believers, self.plans, self.turned = believers, tuple(plans), turned
        self.table, self.goal = values(given), values(right)

    def verdict(self) -> Verdict:
        """The simplest explanation that is found."""
        if self.table is None or self.goal is None:
            return judged(diagnosis("undefined"))
        looks: tuple[Callable[[Table, Table], tuple[Diagnosis, ...]], ...] = (
            self._by_law,
            self._as_a_whole,
            self._by_edit,
            self._combined,
            self._edited,
            self._by_two_laws,
        )
        for look in looks:
            found = look(self.table, self.goal)
            if found:
                return judged(*found)
        return judged(diagnosis("unknown"))

    def _by_law(self, table: Table, _: Table) -> tuple[Diagnosis, ...]:
        return _first(s for s in self._suspects() if same(s.table, table))

    def _suspects(self) -> Iterator[MatrixSuspect]:
        yield from self.believers.single
        yield from self.plans

    def _as_a_whole(self, table: Table, goal: Table) -> tuple[Diagnosis, ...]:
        found = whole_mistake(table, goal, self.turned)
        return (diagnosis(found),) if found else ()

    def _by_edit(self, table: Table, goal: Table) -> tuple[Diagnosis, ...]:
        insides = [inside for inside in self._insides if same(self.values(inside.node), goal)]
        for inside in insides:
            if inside.mistake == INSIDE:
                return (diagnosis(INSIDE, inside.spot),)
        for edit, made in self._edits:
            if same(made, goal):
                return (diagnosis(edit.mistake, edit.spot),)
        for edit in islice(spoilt(self.right), MOST_EDITS):
            if same(self.values(edit.node), table):
                return (diagnosis(edit.mistake),)
        return tuple([diagnosis(inside.mistake, inside.spot) for inside in insides[:1]])

    @property
    def _insides(self) -> Iterator[Mended]:
        return with_right_insides(self.given, self.right, (self.values.function,))

    def _combined(self, table: Table, _: Table) -> tuple[Diagnosis, ...]:
        """A wrong law or plan, and then something wrong with the result as a whole."""
        for suspect in self._suspects():
            more = whole_mistake(table, suspect.table, self.turned)
            if more:
                return (*said(suspect), diagnosis(more))
        return ()

    def _edited(self, _: Table, goal: Table) -> tuple[Diagnosis, ...]:
        """A slip of the pen beside something else."""
        for edit, made in self._edits:
            more = whole_mistake(made, goal, self.turned)
            if more:
                return diagnosis(edit.mistake, edit.spot), diagnosis(more)
        for suspect in self._suspects():
            for edit, made in self._edits:
                if same(made, suspect.table):
                    return (*said(suspect), diagnosis(edit.mistake, edit.spot))
        return ()

    @cached_property
    def _edits(self) -> tuple[tuple[Edit, Table], ...]:
        """The given formula without one slip of the pen, and the values that it has then."""
        found = []
        for edit in islice(mended(self.given), MOST_EDITS):
            made = self.values(edit.node)
            if made is not None:
                found.append((edit, made))
        return tuple(found)

    def _by_two_laws(self, table: Table, _: Table) -> tuple[Diagnosis, ...]:
        for suspect in islice(self.believers.double(), MOST_PAIRS):
            if same(suspect.table, table):
                return said(suspect)
        return ()


def whole_mistake(table: Table, goal: Table, turned: str) -> str:
    """What is wrong with a result as a whole: its sign, a factor, or that it is transposed."""
    if same(transposed(table), goal):
        return turned
    factor = ratio(table, goal)
    if factor is None:
        return ""
    if factor < 0 and abs(factor + 1) < 1e-7:
        return "sign"
    if abs(factor - 0.5) < 1e-7:
        return "factor-two-lost"
    is_plain = any(abs(abs(factor) - c) < 1e-7 for n in PLAIN for c in (n, 1 / n))
    return "factor" if is_plain else ""


def said(suspect: MatrixSuspect) -> tuple[Diagnosis, ...]:
    """What is said of a suspect."""
    spots = (*suspect.spots, *[None] * len(suspect.mistakes))
    return tuple(diagnosis(m, spot) for m, spot in zip(suspect.mistakes, spots, strict=False))


def _first(suspects: Iterable[MatrixSuspect]) -> tuple[Diagnosis, ...]:
    found = next(iter(suspects), None)
    return said(found) if found is not None else ()
