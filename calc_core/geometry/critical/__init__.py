"""Critical points: all of them in a box, certified by interval arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

import numpy as np

from calc_core.calculus import Function
from calc_core.derivation import canonical
from calc_core.errors import InputError
from calc_core.geometry.critical.exact import exact_coordinates
from calc_core.geometry.critical.problem import Boxes, Problem, problem
from calc_core.geometry.critical.report import solve
from calc_core.geometry.critical.result import (
    CriticalPoint,
    CriticalPoints,
    Interval,
    Place,
    exact_in,
)

__all__ = [
    "DEFAULT",
    "CriticalPoint",
    "CriticalPoints",
    "Place",
    "critical_points",
    "exact_coordinates",
    "exact_in",
]

DEFAULT = (-5.0, 5.0)
# A search that has not ended by then gives up what is left, and says so; see report.SEARCHING.
SECONDS = 3.0
# Slices of the box of which those at the edges are cut off if f is not defined in them.
SLICES = 64


def critical_points(
    f: Function, box: Mapping[str, Interval] | None = None, seconds: float = SECONDS
) -> CriticalPoints:
    """The critical points of f in a box, that is where ∇f = 0: minima, maxima and saddles.

    The box gives (low, high) for each variable, and is (−5, 5) in those not named.  Parts at its
    edges where f is not defined are cut off.  Every point that is called certified is proved: that
    there is exactly one critical point in its enclosure, and of which kind it is.  If ``complete``
    there are no others in the box; if not, the result says where something is undecided.

    Raises InputError if f cannot be read, has letters without a value or a part without an interval
    reading, or if the box is not one.

    >>> found = critical_points("x^3 - 3x y + y^3")
    >>> [(p.exact, p.kind) for p in found], found.complete
    ([({'x': 0, 'y': 0}, 'saddle'), ({'x': 1, 'y': 1}, 'minimum')], True)
    """
    given = problem(f)
    whole = _box(given, canonical(box or {}))
    inside = _domain(given, whole)
    if _is_constant(given, inside):
        ends = zip(inside.low[0].tolist(), inside.high[0].tolist(), strict=True)
        found = dict(zip(given.names, ends, strict=True))
        return CriticalPoints((), found, complete=False, is_constant=True)
    return solve(given, inside, inside, seconds)


def _box(given: Problem, box: Mapping[str, Interval]) -> Boxes:
    unknown = sorted(set(box) - set(given.names))
    if unknown:
        raise InputError(f"{', '.join(unknown)} is no variable of f.")
    ends = []
    for name in given.names:
        try:
            low, high = (float(end) for end in box.get(name, DEFAULT))
        except (TypeError, ValueError) as error:
            raise InputError(f"The range of {name} is not a pair of numbers.") from error
        if not (isfinite(low) and isfinite(high) and low < high):
            raise InputError(f"The range of {name} is empty.", hint="The lower end comes first.")
        ends.append((low, high))
    corners = np.array(ends).T
    return Boxes(corners[:1], corners[1:])


def _is_constant(given: Problem, box: Boxes) -> bool:
    """Whether it is proved that f is the same all over the box: continuous, and with slopes 0."""
    if not np.all(given.values(box).sure):
        return False
    gradient = given.gradient(box)
    return bool(
        np.all(given.hessian(box).smooth) and not np.any(gradient.low) and not np.any(gradient.high)
    )


def _domain(given: Problem, whole: Boxes) -> Boxes:
    """The box without slices at its edges in which f is not defined."""
    low, high = whole.low.copy(), whole.high.copy()
    for k in range(given.dimension):
        cuts = np.linspace(low[0, k], high[0, k], SLICES + 1)
        slices = Boxes(np.repeat(low, SLICES, axis=0), np.repeat(high, SLICES, axis=0))
        slices.low[:, k], slices.high[:, k] = cuts[:-1], cuts[1:]
        void = np.broadcast_to(given.values(slices).void, SLICES)
        if void.all():
            return whole
        defined = np.flatnonzero(~void)
        low[0, k], high[0, k] = cuts[defined[0]], cuts[defined[-1] + 1]
    return Boxes(low, high)
