"""What a wrong law on differentials leads to: derivatives by a table with the mistake in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from calc_core.errors import InputError
from calc_core.exercises.matrix.function import MatrixFunction
from calc_core.exercises.matrix.values import MatrixValues, Table, same
from calc_core.exercises.matrix.wrong_laws.numbers import QUOTIENT, RECIPROCAL
from calc_core.exercises.matrix.wrong_laws.table import MATRIX_WRONG_LAWS
from calc_core.exercises.wrong_laws.law import WrongLaw
from calc_core.exercises.wrong_laws.quotients import jointly
from calc_core.graph import Node
from calc_core.light import lightly
from calc_core.matrix.identify import MatrixEngine
from calc_core.matrix.laws import LAWS, avoiding
from calc_core.matrix.nodes import d
from calc_core.matrix.tidy import MatrixTidier
from calc_core.rules import Law


@dataclass(frozen=True, slots=True)
class MatrixSuspect:
    """A derivative that these mistakes lead to; ``spots`` are the operands at which they happen."""

    mistakes: tuple[str, ...]
    table: Table
    spots: tuple[Node, ...] = ()


class Believers:
    """People who believe in wrong laws, and the derivatives that they find."""

    def __init__(self, function: MatrixFunction, values: MatrixValues) -> None:
        self.f, self.x = function.node, function.x
        self.values = values
        self._right = values(function.derivation.node)

    @cached_property
    def single(self) -> tuple[MatrixSuspect, ...]:
        """One wrong law wherever it tempts, then at one of several places."""
        found: list[MatrixSuspect] = []
        for wrong, goals in self.tempting:
            found += self._suspects((wrong,), (wrong.mistake,), self._spot(goals[0]))
        for wrong, goals in self.tempting:
            for goal in goals if len(goals) > 1 else ():
                found += self._suspects((wrong,), (wrong.mistake,), self._spot(goal), goal)
        return tuple(found)

    def _spot(self, goal: Node) -> tuple[Node, ...]:
        """The operand at which a law was used; the whole function need not be pointed at."""
        return () if goal.args[0] is self.f else (goal.args[0],)

    def double(self) -> Iterator[MatrixSuspect]:
        """Two different wrong laws."""
        for (one, _), (other, _) in combinations(self.tempting, 2):
            if one.mistake != other.mistake:
                joint = jointly((QUOTIENT, RECIPROCAL), one, other)
                yield from self._suspects((*joint, one, other), (one.mistake, other.mistake))

    @cached_property
    def tempting(self) -> tuple[tuple[WrongLaw, tuple[Node, ...]], ...]:
        """The wrong laws that somewhere could be used, each with the goals that it meets."""
        found = []
        for wrong in MATRIX_WRONG_LAWS:
            believer = Believer((wrong,), self.f)
            believer.differential(self.f, self.x)
            if believer.met:
                found.append((wrong, tuple(dict.fromkeys(believer.met))))
        return tuple(found)

    def _suspects(
        self,
        wrongs: tuple[WrongLaw, ...],
        mistakes: tuple[str, ...],
        spots: tuple[Node, ...] = (),
        only: Node | None = None,
    ) -> Iterator[MatrixSuspect]:
        change = Believer(wrongs, self.f, only).differential(self.f, self.x)
        table = None if change is None else self.values.of_differential(change)
        if table is not None and not same(table, self._right):
            yield MatrixSuspect(mistakes, table, spots)


class Believer:
    """An engine that puts wrong laws before the right ones, and remembers the goals they met."""

    def __init__(self, wrongs: tuple[WrongLaw, ...], f: Node, only: Node | None = None) -> None:
        self.met: list[Node] = []
        self._only = only
        laws = tuple(Law(w.mistake, "", self._tempted(w), w.heads) for w in wrongs)
        self._engine = MatrixEngine((*laws, *avoiding(LAWS, f.free)), _Lightly())

    def differential(self, f: Node, x: Node) -> Node | None:
        """The differential of f; None where the mistake leads to what no law is about."""
        try:
            return self._engine.derive(d(f, x)).result
        except (ArithmeticError, ValueError, InputError):
            return None

    def _tempted(self, wrong: WrongLaw) -> Callable[[Node, Node], Node | None]:
        def apply(u: Node, x: Node) -> Node | None:
            after = wrong.apply(u, x)
            goal = d(u, x)
            if after is None or (self._only is not None and goal is not self._only):
                return None
            self.met.append(goal)
            return after

        return apply


class _Lightly(MatrixTidier):
    """Only what keeps wrong results small: nobody reads them."""

    def __call__(self, root: Node) -> tuple[Node, tuple[str, ...]]:
        return lightly(root), ()
