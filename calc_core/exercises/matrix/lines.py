"""The differential of a function line by line, one law a line, with a wrong law in it if wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from calc_core.exercises.matrix.function import MatrixFunction
from calc_core.exercises.matrix.values import MatrixValues
from calc_core.exercises.matrix.wrong_laws.table import MATRIX_WRONG_LAWS
from calc_core.exercises.wrong_laws.law import WrongLaw
from calc_core.graph import Node, discharge, inert_parts, substitute
from calc_core.light import lightly
from calc_core.matrix.identify import MatrixEngine
from calc_core.matrix.kernels import Value
from calc_core.matrix.laws import LAWS, avoiding
from calc_core.matrix.nodes import d
from calc_core.matrix.numbers import Numbers
from calc_core.matrix.sampling import Sample
from calc_core.matrix.tidy import MatrixTidier

TOLERANCE = 1e-8


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``before``, with ``made`` in the place of ``goal``, is ``after``.

    ``law``    the id of the law that is used, in :mod:`calc_core.matrix.laws`;
    ``wrong``  the wrong law that stands in its place, if one does.
    """

    before: Node
    goal: Node
    law: str
    made: Node
    after: Node
    wrong: WrongLaw | None = None

    @property
    def mistake(self) -> str:
        """The id of the mistake, or nothing."""
        return self.wrong.mistake if self.wrong is not None else ""


class Blackboard:
    """The lines of the differential of a function."""

    def __init__(self, function: MatrixFunction) -> None:
        self.start = d(function.node, function.x)
        self._function = function
        self._engine = MatrixEngine(avoiding(LAWS, function.node.free), MatrixTidier())

    @cached_property
    def _samples(self) -> tuple[Sample, ...]:
        return MatrixValues(self._function).samples

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines by the right laws."""
        return tuple(self._continued(self.start))

    def spoilt(self, at: int, wrong: WrongLaw) -> tuple[Line, ...]:
        """The lines with a wrong law in the place of one, and what follows from it."""
        good = self.lines[at]
        bad = self.tempted(good, wrong)
        if bad is None:
            raise LookupError(f"{wrong.mistake} is no temptation in this line")
        return (*self.lines[:at], bad, *self._continued(bad.after))

    def tempting(self, line: Line) -> Iterator[Line]:
        """What wrong laws make of a line, where that is something else; each mistake once."""
        seen: set[str] = set()
        for wrong in MATRIX_WRONG_LAWS:
            found = self.tempted(line, wrong) if wrong.mistake not in seen else None
            if found is not None:
                seen.add(wrong.mistake)
                yield found

    def tempted(self, line: Line, wrong: WrongLaw) -> Line | None:
        """The line by a wrong law; None where it does not apply, or nothing else comes out."""
        u, x = line.goal.args
        if wrong.heads and u.op not in wrong.heads:
            return None
        after = wrong.apply(u, x)
        if after is None or self._is_right(after, line.goal):
            return None
        whole = lightly(substitute(line.before, {line.goal: after}))
        return Line(line.before, line.goal, line.law, after, whole, wrong)

    def _continued(self, node: Node) -> Iterator[Line]:
        while True:
            goals = inert_parts(node)
            if not goals:
                return
            step = self._engine.derive(goals[0])
            after = lightly(substitute(node, {goals[0]: step.after}))
            # What moves is written dX at once; a line that looks the same is none.
            if not (step.rule == "d-variable" or after is node):
                yield Line(node, goals[0], step.rule, step.after, after)
            node = after

    def _is_right(self, after: Node, goal: Node) -> bool:
        left, right = self._carried_out(after), self._carried_out(goal)
        pairs = [(_numbers(drawn, left), _numbers(drawn, right)) for drawn in self._samples]
        return all(a is not None and b is not None and _near(a, b) for a, b in pairs)

    def _carried_out(self, node: Node) -> Node:
        return discharge(node, {g: self._engine.derive(g).result for g in inert_parts(node)})


def _numbers(drawn: Sample, node: Node) -> Value | None:
    try:
        with np.errstate(all="ignore"):
            return Numbers(drawn.values, drawn.sizes, drawn.moves)(node)
    except (ValueError, IndexError):
        return None


def _near(a: Any, b: Any) -> bool:
    if np.shape(a) != np.shape(b):
        return False
    size = max(float(np.abs(a).max()), float(np.abs(b).max()))
    return bool(np.abs(a - b).max() <= TOLERANCE * size)
