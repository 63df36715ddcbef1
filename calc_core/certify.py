"""The independent check of every step.

For random points at which f is defined, the value of each goal ``D(u, x)`` is computed from the
values of u alone, and compared with the value of what the law made of it and with the tidied
result.  The laws are not consulted.  What does not agree to a relative 10⁻⁷ is tried again with
fifty digits; what still does not agree, or cannot be computed, is reported as unconfirmed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from calc_core.conditions import conditions
from calc_core.derive import Step
from calc_core.evaluate.precise import precisely_equal
from calc_core.evaluate.sampled import Array, Sampled
from calc_core.graph import (
    AT,
    CONST,
    DERIV,
    LOGIC,
    NUM,
    REL,
    SYM,
    Node,
    at,
    bindings,
    entries,
    outside_binders,
    postorder,
    rebuild,
)

TOLERANCE = 1e-7
NOISE = 1e-14
LARGEST = 1e100
WANTED_POINTS = 4
# Checks to many digits are slow; a derivation that needs more of them than this is in trouble.
MOST_RETRIES = 40
SCALES = ((-2.0, 2.0), (0.1, 0.9), (1.1, 3.0), (-0.4, 0.4))
WIDE_SCALES = (*SCALES, (-10.0, 10.0), (0.0, 0.05), (3.0, 30.0), (-1.0, 0.0))


Pair = tuple[Node, Node]


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

    ``checks``  by step; ``points`` is the number of random points; ``where`` they lie, in words.
    """

    checks: dict[Step, Check]
    points: int
    where: str = ""

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
                f"{n} {noun} checked at {self.where or f'{self.points} random points'}, "
                f"largest relative difference {self.worst:.0e}."
            )
        bad = self.unconfirmed
        return f"{len(bad)} of {n} steps could not be confirmed: {bad[0][1].reason}"


class Certifier:
    """Checks steps and lines of one derivation at one set of points.

    The points are random unless given; ``functions`` gives values to unknown functions.
    """

    def __init__(
        self,
        *roots: Node,
        point: Mapping[str, Array] | None = None,
        functions: Mapping[str, Callable[..., Array]] | None = None,
    ) -> None:
        self._done: dict[Node, Node] = {}
        self._pairs: dict[tuple[Node, Node], Check] = {}
        self._retries = 0
        chosen = sample_points(roots) if point is None else point
        self.at = Sampled(chosen, self._oracle, functions=functions)
        self.points = len(next(iter(self.at.point.values()), ()))

    def certify(self, root: Step) -> Certificate:
        """Check every step below ``root``."""
        steps = tuple(root.walk())
        # Outer steps are checked against results even if these fail: the fault is the inner step's.
        self._done.update([(step.goal, step.result) for step in steps])
        claims = [_claims(step) for step in steps]
        self._compare({pair for pairs in claims for pair in pairs})
        checks = {step: self._worst(pairs) for step, pairs in zip(steps, claims, strict=True)}
        return Certificate(checks, max(self.points, 1))

    def equal(self, left: Node, right: Node) -> Check:
        """Whether two expressions, which may hold inert derivatives, agree entry by entry."""
        pairs = _scalar_pairs(left, right)
        self._compare(pairs)
        return self._worst(pairs)

    def _worst(self, pairs: Iterable[Pair]) -> Check:
        """The first failure, or else the check with the largest difference."""
        checks = [self._pairs[pair] for pair in pairs]
        bad = [check for check in checks if not check.confirmed]
        return bad[0] if bad else max(checks, key=_error, default=CONFIRMED_BY_FORM)

    def _compare(self, pairs: Iterable[Pair]) -> None:
        """Check the pairs that have not been checked, all their values in two arrays at once."""
        new = [pair for pair in pairs if pair not in self._pairs]
        left = np.full((len(new), max(self.points, 1)), np.nan)
        right = np.full_like(left, np.nan)
        with np.errstate(all="ignore"):
            for i, (a, b) in enumerate(new):
                if self.points or not (a.free or b.free):
                    left[i], right[i] = self.at(a), self.at(b)
            errors = _relative(left, right)
        for pair, error in zip(new, errors.tolist(), strict=True):
            known = error <= TOLERANCE
            self._pairs[pair] = Check(True, "random points", error) if known else self._doubt(pair)

    def _doubt(self, pair: Pair) -> Check:
        """A second look, with many digits, at a pair that did not agree."""
        if not self.points and (pair[0].free or pair[1].free):
            return Check(False, "", np.inf, "no point was found at which everything is defined.")
        if self._is_noise(*pair):
            return Check(True, "random points", 0.0)
        if self._agrees_precisely(*pair):
            return Check(True, "many digits", 0.0)
        return Check(False, "random points", np.inf, "the two sides differ at random points.")

    def _is_noise(self, a: Node, b: Node) -> bool:
        """Whether the two sides of a derivative differ by the rounding of its operand only."""
        if a.op != DERIV or a.args[0].inert:
            return False
        with np.errstate(all="ignore"):
            size = np.max(np.abs(self.at(a.args[0])))
            return bool(np.max(np.abs(self.at(a) - self.at(b))) <= NOISE * size)

    def _agrees_precisely(self, a: Node, b: Node) -> bool:
        """Whether both sides agree to twelve digits at all of the points."""
        self._retries += 1
        if self._retries > MOST_RETRIES:
            return False
        for i in range(self.points):
            point = {name: float(v[i]) for name, v in self.at.point.items()}
            if not precisely_equal(a, b, point, self._resolved):
                return False
        return True

    def _oracle(self, at: Sampled, node: Node) -> Array:
        """The value of an inert derivative: of what the operand is known to be, if it is inert."""
        u, x = node.args
        known = self._resolved(u) if u.inert else u
        if known is None or at.moved is not None:
            # A derivative of a derivative, or off the real line: differences of the complex step.
            return at.difference(u if known is None else known, x.data)
        return at.derivative(known, x.data)

    def _resolved(self, u: Node) -> Node | None:
        """An inert operand with the results of the steps checked before; None if one is missing."""
        known = self._done.get(u)
        if known is not None or u.op == DERIV:
            return known
        parts = [self._resolved(a) if a.inert else a for a in u.args]
        found = [part for part in parts if part is not None]
        return rebuild(u, tuple(found)) if len(found) == len(parts) else None


def sample_points(roots: Sequence[Node]) -> dict[str, Array]:
    """Random real points at which every part of the roots is finite: a few, or none."""
    scalars = list(dict.fromkeys(s for root in roots for s in _functions_in(root)))
    names = sorted({node.data for node in postorder(*roots) if node.op == SYM})
    if not names:
        return {}
    for scales, count in ((SCALES, 8), (SCALES, 200), (WIDE_SCALES, 4000)):
        candidates = {name: _candidates(i, scales, count) for i, name in enumerate(names)}
        good = _finite_at(scalars, candidates)
        if np.count_nonzero(good) >= 2:
            chosen = np.flatnonzero(good)[:: max(1, np.count_nonzero(good) // WANTED_POINTS)]
            return {name: v[chosen[:WANTED_POINTS]] for name, v in candidates.items()}
    return {name: np.empty(0) for name in names}


def _functions_in(root: Node) -> list[Node]:
    """The functions that the goal is about, with no inert derivative in them."""
    if not root.inert:
        return list(entries(root))
    if root.op == DERIV:
        return _functions_in(root.args[0])
    if root.op == AT:
        # At the values, and at the points themselves, at which the inner steps are checked.
        values, inside = bindings(root), _functions_in(root.args[0])
        there = [at(f, values) for f in inside]
        return [*inside, *there, *[v for v in values.values() if v.op != SYM]]
    return [f for part in root.args for f in _functions_in(part)]


def _error(check: Check) -> float:
    return check.error


def _relative(left: Array, right: Array) -> Array:
    """The largest relative difference in each row; near a zero the scale of the row counts."""
    size = np.abs(left) + np.abs(right)
    scale = size + 1e-6 * np.max(size, axis=1, keepdims=True)
    return np.max(np.abs(left - right) / np.where(scale == 0, 1.0, scale), axis=1)


@lru_cache(maxsize=1024)
def _candidates(which: int, scales: tuple[tuple[float, float], ...], n: int) -> Array:
    """Random numbers for one variable, n of each scale; the same for the same variable."""
    rng = np.random.default_rng((which, n))
    return np.concatenate([rng.uniform(low, high, n) for low, high in scales])


def _claims(step: Step) -> list[Pair]:
    """What a step claims to be equal, scalar by scalar."""
    after = _scalar_pairs(step.goal, step.after)
    return after if step.result is step.after else after + _scalar_pairs(step.goal, step.result)


def _scalar_pairs(left: Node, right: Node) -> list[Pair]:
    if not left.shape:
        return [] if left is right else [(left, right)]
    pairs = zip(entries(left), entries(right), strict=True)
    return [pair for pair in dict.fromkeys(pairs) if pair[0] is not pair[1]]


def no_derivatives(_: Sampled, node: Node) -> Array:
    """An oracle for what holds no derivative.  Raises LookupError."""
    raise LookupError(f"there should be no derivative here: {node!r}")


def _finite_at(scalars: list[Node], candidates: dict[str, Array]) -> Array:
    here = Sampled(candidates, no_derivatives)
    good = np.ones(len(next(iter(candidates.values()))), dtype=bool)
    with np.errstate(all="ignore"):
        for node in outside_binders(*scalars):
            if node.op not in (SYM, NUM, CONST, REL, LOGIC):
                value = here(node)
                good &= np.isfinite(value) & (np.abs(value) < LARGEST)
        for condition in conditions(*scalars):
            good &= here(condition)
    return good
