"""The independent check of every step.

For random points at which f is defined, the value of each goal ``D(u, x)`` is computed from the
values of u alone, and compared with the value of what the law made of it and with the tidied
result.  The laws are not consulted.  What does not agree to a relative 10⁻⁷ is tried again with
fifty digits; what still does not agree, or cannot be computed, is reported as unconfirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from calc_core.derive import Step
from calc_core.evaluate.sampled import Array, Sampled
from calc_core.graph import ARRAY, DERIV, SYM, D, Node, entries, postorder, rebuild, shape

TOLERANCE = 1e-7
WANTED_POINTS = 4
SCALES = ((-2.0, 2.0), (0.1, 0.9), (1.1, 3.0), (-0.4, 0.4))
WIDE_SCALES = (*SCALES, (-10.0, 10.0), (0.0, 0.05), (3.0, 30.0), (-1.0, 0.0))


@dataclass(frozen=True, slots=True)
class Check:
    """What the check of one step or line showed."""

    confirmed: bool
    method: str
    error: float
    reason: str = ""


CONFIRMED_BY_FORM = Check(True, "the same expression", 0.0)


@dataclass(frozen=True, slots=True)
class Certificate:
    """The checks of all the steps of a derivation.

    ``checks``  by step; ``points`` is the number of random points; ``seconds`` what it took.
    """

    checks: dict[Step, Check]
    points: int

    @property
    def confirmed(self) -> bool:
        """Whether every step was confirmed."""
        return all(c.confirmed for c in self.checks.values())

    @property
    def unconfirmed(self) -> tuple[tuple[Step, Check], ...]:
        """The steps that were not."""
        return tuple((s, c) for s, c in self.checks.items() if not c.confirmed)

    @property
    def worst(self) -> float:
        """The largest relative difference seen among the confirmed steps."""
        return max((c.error for c in self.checks.values() if c.confirmed), default=0.0)

    def summary(self) -> str:
        """The outcome in one sentence."""
        n = len(self.checks)
        if self.confirmed:
            noun = "step" if n == 1 else "steps"
            return (
                f"{n} {noun} checked at {self.points} random points, "
                f"largest relative difference {self.worst:.0e}."
            )
        bad = self.unconfirmed
        return f"{len(bad)} of {n} steps could not be confirmed: {bad[0][1].reason}"


class Certifier:
    """Checks steps and lines of one derivation at one set of points."""

    def __init__(self, *roots: Node) -> None:
        self._done: dict[Node, Node] = {}
        self._pairs: dict[tuple[Node, Node], Check] = {}
        self.at = Sampled(sample_points(roots, self._oracle), self._oracle)
        self.points = len(next(iter(self.at.point.values()), ()))

    def certify(self, root: Step) -> Certificate:
        """Check every step below ``root``."""
        with np.errstate(all="ignore"):
            checks = {step: self._check(step) for step in root.walk()}
        return Certificate(checks, max(self.points, 1))

    def _check(self, step: Step) -> Check:
        worst = CONFIRMED_BY_FORM
        # Outer steps are checked against this result even if it fails here: the fault is this step's.
        self._done[step.goal] = step.result
        for shown in dict.fromkeys((step.after, step.result)):
            check = self._agree(step.goal, shown)
            if not check.confirmed:
                return check
            worst = max(worst, check, key=lambda c: c.error)
        return worst

    def equal(self, left: Node, right: Node) -> Check:
        """Whether two expressions, which may hold inert derivatives, agree entry by entry."""
        with np.errstate(all="ignore"):
            return self._agree(left, right)

    def _agree(self, goal: Node, shown: Node) -> Check:
        pairs = list(zip(_scalars(goal), _scalars(shown), strict=True))
        checks = [self._pair(a, b) for a, b in dict.fromkeys(pairs)]
        bad = [c for c in checks if not c.confirmed]
        return bad[0] if bad else max(checks, key=lambda c: c.error)

    def _pair(self, a: Node, b: Node) -> Check:
        if a is b:
            return CONFIRMED_BY_FORM
        known = self._pairs.get((a, b))
        if known is None:
            known = self._pairs[a, b] = self._compare(a, b)
        return known

    def _compare(self, a: Node, b: Node) -> Check:
        if not self.points and (a.free or b.free):
            return Check(False, "", np.inf, "no point was found at which everything is defined.")
        left, right = self.at(a), self.at(b)
        difference = np.max(np.abs(left - right))
        scale = 1.0 + np.max(np.abs(left))
        error = float(difference / scale)
        if error <= TOLERANCE:
            return Check(True, "random points", error)
        return Check(False, "random points", error, f"the two sides differ by {error:.1e}.")

    def _oracle(self, at: Sampled, node: Node) -> Array:
        """The value of an inert derivative: of what the operand is known to be, if it is inert."""
        u, x = node.args
        if u.inert:
            u = self._resolved(u)
        if at.moved is None:
            return at.derivative(u, x.data)
        # A derivative of a derivative off the real line: differences of the complex step.
        return at.difference(u, x.data)

    def _resolved(self, u: Node) -> Node:
        known = self._done.get(u)
        if known is not None:
            return known
        parts = [self._resolved(a) if a.inert else a for a in u.args]
        if u.op == DERIV:
            raise LookupError("an inner derivative was not checked before the outer one")
        return rebuild(u, tuple(parts))


def _scalars(u: Node) -> Iterator[Node]:
    """The scalar entries of u; of an inert derivative by an array, by the shape law."""
    if u.op == DERIV and shape(u):
        for f, x in product(list(_scalars(u.args[0])), list(_scalars(u.args[1]))):
            yield D(f, x)
    else:
        yield from entries(u)


def sample_points(roots: Iterable[Node], oracle: object) -> dict[str, Array]:
    """Random real points at which every part of the roots is finite: a few, or none."""
    scalars = [s for root in roots for s in _functions_in(root)]
    names = sorted({n for s in postorder(*scalars) for n in s.free})
    if not names:
        return {}
    rng = np.random.default_rng(20)
    for scales, count in ((SCALES, 8), (SCALES, 200), (WIDE_SCALES, 4000)):
        candidates = {name: _candidates(rng, scales, count) for name in names}
        good = _finite_at(scalars, candidates)
        if np.count_nonzero(good) >= 2:
            chosen = np.flatnonzero(good)[:: max(1, np.count_nonzero(good) // WANTED_POINTS)]
            return {name: v[chosen[:WANTED_POINTS]] for name, v in candidates.items()}
    return {name: np.empty(0) for name in names}


def _functions_in(root: Node) -> list[Node]:
    """The operands of the goal, with no inert derivative in them."""
    if root.op in (DERIV, ARRAY):
        parts = root.args[:1] if root.op == DERIV else root.args
        return [f for part in parts for f in _functions_in(part)]
    return [root]


def _candidates(rng: np.random.Generator, scales: tuple[tuple[float, float], ...], n: int) -> Array:
    """n numbers of each scale, the same places for all the variables of a scale."""
    return np.concatenate([rng.uniform(low, high, n) for low, high in scales])


def _finite_at(scalars: list[Node], candidates: dict[str, Array]) -> Array:
    def nothing(at: Sampled, node: Node) -> Array:
        raise LookupError("a point is chosen before anything is differentiated")

    at = Sampled(candidates, nothing)
    good = np.ones(len(next(iter(candidates.values()))), dtype=bool)
    with np.errstate(all="ignore"):
        for node in postorder(*scalars):
            if node.op not in (SYM, "rel", "logic"):
                value = at(node)
                good &= np.isfinite(value) & (np.abs(value) < 1e8)
    return good
