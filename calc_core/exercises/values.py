"""Values at random points, by which answers are compared: first quickly, then to many digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from sympy import Float

from calc_core.certify import no_derivatives, sample_points
from calc_core.evaluate.precise import precisely_equal
from calc_core.evaluate.sampled import Sampled
from calc_core.exercises.algebra import same_by_algebra
from calc_core.graph import Node, entries

Array = NDArray[np.float64]

# Relative; what is equal differs by rounding, what is not by far more at some of the points.
TOLERANCE = 1e-8
# Near a zero the size of the other values counts: of most of them, for near a pole they are huge.
FLOOR, MOST = 1e-9, 0.75
# What agrees in so many digits is equal: π and its first thirty are not.
EXACT = Float("1e-40")
# Points that are tried, taken, and too few to be taken; how many values are negative.
CANDIDATES, POINTS, FEWEST, NEGATIVE = 600, 100, 8, 0.45
# A relative difference that is no rounding.
CLEARLY = 1e-4
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
        self.point = _points([part for root in roots for part in entries(root)])
        self.count = len(next(iter(self.point.values()))) if self.point else 1
        for name in names:
            # Any values will do for a letter that the right answer does not hold.
            if name not in self.point:
                self.point[name] = _candidates(name, self.count)
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
        a, b = self(left)[0], self(right)[0]
        if not np.isfinite(a).all() or not np.isfinite(b).all() or _far_apart(a, b):
            return Equality(False, AT_POINTS)
        verdicts = [self._to_many_digits(left, right, k) for k in _in_doubt(a, b)]
        if False in verdicts:
            return Equality(False, TO_MANY_DIGITS)
        if None in verdicts and not agree(a[None], b[None]).all():
            return Equality(False, AT_POINTS)
        return Equality(True, TO_MANY_DIGITS if True in verdicts else AT_POINTS)

    def _to_many_digits(self, left: Node, right: Node, k: int) -> bool | None:
        point = {name: float(v[k]) for name, v in self.point.items()}
        return precisely_equal(left, right, point, lambda _: None, EXACT)


def _far_apart(left: Array, right: Array) -> bool:
    """Whether rows of values differ by more than rounding could ever explain."""
    off, size = np.abs(left - right), np.abs(left) + np.abs(right)
    return bool(np.any((off > CLEARLY * size) & (off > CLEARLY * np.max(np.abs(right)))))


def _in_doubt(left: Array, right: Array) -> list[int]:
    """The points at which two rows of values differ most."""
    with np.errstate(invalid="ignore"):
        off = np.abs(left - right) / (np.abs(left) + np.abs(right))
    ranks = np.argsort(np.nan_to_num(off), kind="stable")[::-1]
    return [int(k) for k in ranks[:PRECISE_POINTS]]


def _points(roots: Sequence[Node]) -> dict[str, Array]:
    """Random points at which the roots are defined: of all signs, near 0 and further away."""
    names = sorted({name for root in roots for name in root.free})
    if not names:
        return {}
    found = {name: _candidates(name, CANDIDATES) for name in names}
    with np.errstate(all="ignore"):
        values = Sampled(found, no_derivatives)
        rows = [np.broadcast_to(values(root), (CANDIDATES,)) for root in roots]
    good = np.flatnonzero(np.all([np.isreal(row) & np.isfinite(row) for row in rows], axis=0))
    if len(good) < FEWEST:
        return dict(sample_points(roots))
    return {name: row[good[:POINTS]] for name, row in found.items()}


@lru_cache(maxsize=256)
def _candidates(name: str, count: int) -> Array:
    """Random values for a letter, always the same ones for the same letter."""
    rng = np.random.default_rng(crc32(name.encode()))
    scale = rng.choice((0.5, 2.0, 4.0), size=count, p=(0.2, 0.6, 0.2))
    sign = np.where(rng.random(count) < NEGATIVE, -1.0, 1.0)
    return np.asarray(np.round(sign * scale * rng.random(count), 12))


def agree(left: Array, right: Array) -> NDArray[np.bool_]:
    """Row by row, whether the values agree at all points; undefined values agree with nothing."""
    size = np.abs(left) + np.abs(right)
    scale = TOLERANCE * size + FLOOR * _usual(np.abs(right))
    with np.errstate(invalid="ignore"):
        near = (np.abs(left - right) <= scale + 1e-14) & np.isfinite(size)
    rows: NDArray[np.bool_] = near.all(axis=1)
    return rows


def _usual(sizes: Array) -> Array | float:
    """What most of the sizes in a row do not exceed; a quantile, found without sorting."""
    if not sizes.size:
        return 0.0
    k = int(MOST * (sizes.shape[1] - 1))
    return np.partition(sizes, k, axis=1)[:, k : k + 1]
