"""Values at random points, by which answers are compared: first quickly, then to many digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calc_core.certify import no_derivatives, sample_points
from calc_core.evaluate.precise import precisely_equal
from calc_core.evaluate.sampled import Sampled
from calc_core.exercises.algebra import same_by_algebra
from calc_core.graph import Node, entries

Array = NDArray[np.float64]

# Relative; what is equal differs by rounding, what is not by far more at some of the points.
TOLERANCE = 1e-8
# Near a zero the size of the other values counts.
FLOOR = 1e-9
# At so many points equal values are looked at with many digits.
PRECISE_POINTS = 2


@dataclass(frozen=True, slots=True)
class Equality:
    """Whether two expressions are equal, and how that was found out."""

    is_equal: bool
    method: str = ""


BY_ALGEBRA = "by algebra"
TO_MANY_DIGITS = "to many digits at random points"
AT_POINTS = "at random points"


class Values:
    """Values of expressions at random points at which the roots are defined.

    ``roots``  the function and the right answer: what they have in common as domain counts;
    ``names``  letters that may occur beside those of the roots.
    """

    def __init__(self, roots: Sequence[Node], names: Sequence[str] = ()) -> None:
        self.point = sample_points([part for root in roots for part in entries(root)])
        self.count = len(next(iter(self.point.values()))) if self.point else 1
        for k, name in enumerate(name for name in names if name not in self.point):
            # Any values will do for a letter that the right answer does not hold.
            self.point[name] = 0.37 + 0.61 * k + 0.29 * np.arange(self.count)
        self._sampled = Sampled(self.point, no_derivatives)

    def knows(self, node: Node) -> bool:
        """Whether every letter of a node has values."""
        return node.free <= set(self.point)

    def __call__(self, node: Node) -> Array:
        """The values (entry, point); nan where one is undefined."""
        with np.errstate(all="ignore"):
            rows = [self._row(part) for part in entries(node)]
        return np.array(rows, dtype=float).reshape(len(rows), self.count)

    def _row(self, part: Node) -> Any:
        try:
            found = np.asarray(self._sampled(part))
        except (ArithmeticError, ValueError):  # where NumPy has no value it may say so
            return np.full(self.count, np.nan)
        if np.iscomplexobj(found):
            found = np.where(found.imag == 0, found.real, np.nan)
        return np.broadcast_to(found, (self.count,))

    def equality(self, left: Node, right: Node) -> Equality:
        """Whether two scalars are equal wherever the roots are defined."""
        if same_by_algebra(left, right):
            return Equality(True, BY_ALGEBRA)
        if not agree(self(left), self(right)).all():
            return Equality(False, AT_POINTS)
        verdicts = [self._to_many_digits(left, right, k) for k in range(self.count)]
        if False in verdicts:
            return Equality(False, TO_MANY_DIGITS)
        return Equality(True, TO_MANY_DIGITS if True in verdicts else AT_POINTS)

    def _to_many_digits(self, left: Node, right: Node, k: int) -> bool | None:
        if k >= PRECISE_POINTS:
            return None
        point = {name: float(v[k]) for name, v in self.point.items()}
        return precisely_equal(left, right, point, lambda _: None)


def agree(left: Array, right: Array) -> NDArray[np.bool_]:
    """Row by row, whether the values agree at all points; undefined values agree with nothing."""
    size = np.abs(left) + np.abs(right)
    scale = TOLERANCE * size + FLOOR * np.max(np.abs(right), axis=1, initial=0, keepdims=True)
    with np.errstate(invalid="ignore"):
        near = np.abs(left - right) <= scale + 1e-14
    rows: NDArray[np.bool_] = near.all(axis=1)
    return rows
