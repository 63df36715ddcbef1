"""The check of every line by numbers, from the values of the function alone.

A line that still holds h is compared with the quotient it came from, at random points and small h
of either sign.  A limit is compared with the complex step where the function is analytic, otherwise
with quotients for ever smaller h (Richardson's extrapolation).  No method is consulted.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from calc_core.certify import SCALES, WIDE_SCALES, Check, no_derivatives
from calc_core.definition.polynomials import tidy
from calc_core.definition.quotients import Quotient, T, Work
from calc_core.definition.signs import folded
from calc_core.evaluate.sampled import Array, Sampled
from calc_core.graph import LIMIT, ZERO, Node, postorder, rebuild

TOLERANCE = 1e-7
# Limits of extrapolated quotients are worth less digits.
LOOSE = 1e-6
# Sizes of h for the lines before the limit; the smaller ones where a case holds very near only.
SIZES = ((1e-3, 1e-2), (1e-5, 1e-4))
POINTS = 6
SETTLED = 1e-3
TINY = (1e-9, 1e-13, 1e-17, 1e-40)


def without_limits(u: Node) -> Node:
    """U with every lim F replaced by F."""
    done: dict[Node, Node] = {}
    for node in postorder(u):
        args = tuple([done[a] for a in node.args])
        done[node] = args[0] if node.op == LIMIT else rebuild(node, args)
    return done[u]


def confirmed(work: Work) -> bool:
    """Check the lines of a work, and say whether all were confirmed."""
    checker = Checker(work.quotient)
    work.points = checker.points
    try:
        work.checks = [checker.line(move.node) for move in work.moves]
        if work.value is None:
            work.checks.append(checker.missing())
    except ArithmeticError:
        return False
    return all(check.confirmed for check in work.checks)


class Checker:
    """Checks the lines of one quotient."""

    def __init__(self, q: Quotient) -> None:
        self.q = q
        self.body = folded(q.body)
        self._here = [self._sample(size) for size in SIZES]

    @property
    def _tiny(self) -> tuple[float, ...]:
        """Sizes of h at which the quotient keeps its digits: any, if f(0) = 0 is at stake."""
        exact = self.q.a is ZERO and tidy(self.q.as_written()) is ZERO
        return TINY if exact else TINY[:1]

    @property
    def points(self) -> int:
        """At how many points the lines are compared."""
        return len(self._here[0][self.q.h.data])

    def line(self, node: Node) -> Check:
        """Whether a line says the same as the quotient: for small h, or in the limit."""
        plain = folded(without_limits(node))
        if plain.free - self._here[0].keys():
            return Check(False, "", np.inf, "it holds a letter that the quotient does not.")
        with np.errstate(all="ignore"):
            held = any(n is self.q.h for n in postorder(plain))
            apart = node.op == LIMIT or any(n.op == LIMIT for n in postorder(node))
            return self._before(plain) if held or apart else self._limit(plain)

    def _before(self, node: Node) -> Check:
        errors = []
        for point in self._here:
            at = Sampled(point, no_derivatives)
            if not len(point[self.q.h.data]):
                continue
            errors.append(_error(at(self.body), at(node)))
            if errors[-1] <= TOLERANCE:
                return Check(True, "random points and small h", errors[-1])
        return _doubtful(errors, "random points and small h")

    def _limit(self, value: Node) -> Check:
        point = {n: v for n, v in self._here[0].items() if n != self.q.h.data}
        at = Sampled(point, no_derivatives)
        found = at(value)
        errors = []
        if self.q.here is None and not self.q.side and at.is_analytic(self.q.u):
            moving = Sampled({**point, T.data: at(self.q.a)}, no_derivatives)
            errors.append(_error(moving.derivative(self.q.u, T.data), found))
            if errors[-1] <= TOLERANCE:
                return Check(True, "complex step", errors[-1])
        signs = {"": (1, -1), "+": (1,), "-": (-1,)}[self.q.side]
        error = max(self._nearer(point, s, found) for s in signs)
        if error <= LOOSE:
            return Check(True, "ever smaller h", error)
        return _doubtful([*errors, error], "ever smaller h")

    def missing(self) -> Check:
        """Whether the quotient really has no limit."""
        point = {n: v[:1] for n, v in self._here[0].items() if n != self.q.h.data}
        rng = np.random.default_rng(3)
        signs = {"": (1, -1), "+": (1,), "-": (-1,)}[self.q.side]
        with np.errstate(all="ignore"):
            values = [
                self._at(point, s * rng.uniform(0.1, 1) * 10.0**-k)
                for k in range(6, 12)
                for s in signs
            ]
        spread = float(np.nanmax(values) - np.nanmin(values))
        method = "ever smaller h"
        if spread > SETTLED:
            return Check(True, method, 0.0)
        return Check(False, method, spread, "the quotients seem to settle down.")

    def _at(self, point: dict[str, Array], h: float) -> Array:
        shape = np.shape(next(iter(point.values()))) if point else (1,)
        return Sampled({**point, self.q.h.data: np.full(shape, h)}, no_derivatives)(self.body)

    def _nearer(self, point: dict[str, Array], side: int, wanted: Array) -> float:
        """The distance of the quotients from the limit, extrapolated or near by."""
        tiny = min(_error(self._at(point, side * h), wanted) for h in self._tiny)
        column = [self._at(point, side * 0.02 / 2**k) for k in range(7)]
        for n in range(1, len(column)):
            column = [b + (b - a) / (2**n - 1) for a, b in pairwise(column)]
        return min(tiny, _error(column[0], wanted))

    def _sample(self, size: tuple[float, float]) -> dict[str, Array]:
        """Random points at which f(a) and f(a + h) are defined."""
        h = self.q.h.data
        names = sorted((self.body.free | self.q.a.free) - {h, T.data})
        rng = np.random.default_rng(11)
        for scales, n in ((SCALES, 60), (WIDE_SCALES, 2000)):
            count = n * len(scales)
            point = {
                name: np.concatenate([rng.uniform(a, b, n) for a, b in scales]) for name in names
            }
            signs = {"": (-1.0, 1.0), "+": (1.0,), "-": (-1.0,)}[self.q.side]
            point[h] = rng.uniform(*size, count) * rng.choice(signs, count)
            with np.errstate(all="ignore"):
                values = np.broadcast_to(Sampled(point, no_derivatives)(self.body), count)
            good = np.flatnonzero(np.isfinite(values) & (np.abs(values) < 1e8))
            if len(good) >= POINTS:
                chosen = good[:: len(good) // POINTS][:POINTS]
                return {name: v[chosen] for name, v in point.items()}
        return {name: np.empty(0) for name in (*names, h)}


def _error(left: Array, right: Array) -> float:
    if not np.size(left) or not np.size(right):
        return float("inf")
    error = float(np.max(np.abs(left - right) / (1.0 + np.abs(left))))
    return error if np.isfinite(error) else float("inf")


def _doubtful(errors: list[float], method: str) -> Check:
    error = min(errors, default=float("inf"))
    if not np.isfinite(error):
        return Check(False, method, error, "no point was found at which everything is defined.")
    return Check(False, method, error, f"the two sides differ by {error:.1e}.")
