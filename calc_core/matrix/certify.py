"""The independent check of every step with matrices.

At random matrices of two sizes the value of each goal, the differential ``d(u, X)`` or the
derivative ``D(u, X)``, is computed from the values of u alone, by the complex step, and compared
with the value of what the law made of it.  The laws are not consulted.  What does not agree is
looked at again with differences along the real line; what still does not agree is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from calc_core.certify import CONFIRMED_BY_FORM, TOLERANCE, Certificate, Check
from calc_core.derive import Step
from calc_core.graph import ADD, INERT, Node, Symbol
from calc_core.matrix.kernels import Value
from calc_core.matrix.numbers import Numbers, Oracle
from calc_core.matrix.oracle import Derivatives
from calc_core.matrix.sampling import Sample, sample

# Of differences along the real line, extrapolated twice.
ROUGH_TOLERANCE = 1e-6
# Differences that are rounding, beside the terms that cancel in what is compared.
NOISE = 1e-12

NO_SAMPLE = "no matrices were found at which everything is defined."
DIFFERENT = "the two sides differ at random matrices."
UNDEFINED = "the two sides have no values at the random matrices."
MISSHAPEN = "the two sides have different shapes."


class MatrixCertifier:
    """Checks steps and lines of one derivation at one set of random matrices.

    ``points`` is the number of samples; 0 if none was found.
    """

    def __init__(self, *roots: Node, symbols: Iterable[Symbol] = ()) -> None:
        self._samples = sample(roots, symbols)
        self.points = len(self._samples)
        self._done: dict[Node, Node] = {}
        self._pairs: dict[tuple[Node, Node], Check] = {}
        self._exact = [at for s in self._samples for at in _readers(s, Derivatives(self._done))]
        self._rough: list[Numbers] | None = None

    def certify(self, root: Step) -> Certificate:
        """Check every step below ``root``."""
        steps = tuple(root.walk())
        # An inner derivative counts as done: if its own step is wrong, that one is reported.
        self._done.update([(step.goal, step.result) for step in steps])
        sizes = "two sizes" if self.points > 1 else "one size"
        checks = {step: self._of_step(step) for step in steps}
        return Certificate(checks, self.points, f"random matrices of {sizes}")

    def equal(self, left: Node, right: Node) -> Check:
        """Whether two expressions, which may hold inert derivatives, have the same values."""
        if left is right:
            return CONFIRMED_BY_FORM
        known = self._pairs.get((left, right))
        if known is None:
            known = self._pairs[left, right] = self._compared(left, right)
        return known

    def _of_step(self, step: Step) -> Check:
        checks = [self.equal(step.goal, step.after), self.equal(step.goal, step.result)]
        bad = [check for check in checks if not check.confirmed]
        return bad[0] if bad else max(checks, key=lambda check: check.error)

    def _compared(self, left: Node, right: Node) -> Check:
        if not self.points:
            return Check(False, "", np.inf, NO_SAMPLE)
        error, reason = _difference(self._exact, left, right, TOLERANCE)
        if not reason:
            return Check(True, "random matrices", error)
        if left.inert or right.inert:
            error, doubt = _difference(self._differences(), left, right, ROUGH_TOLERANCE)
            if not doubt:
                return Check(True, "differences", error)
        return Check(False, "random matrices", np.inf, reason)

    def _differences(self) -> list[Numbers]:
        """The samples again, where derivatives are had by differences."""
        if self._rough is None:
            oracle = Derivatives(self._done, rough=True)
            self._rough = [at for s in self._samples for at in _readers(s, oracle)]
        return self._rough


def _readers(drawn: Sample, oracle: Oracle) -> Iterator[Numbers]:
    for places in drawn.places:
        yield Numbers(drawn.values, drawn.sizes, drawn.moves, oracle, places)


# ── comparing ─────────────────────────────────────────────────────────────────────────────────────


def _difference(
    readers: Iterable[Numbers], left: Node, right: Node, tolerance: float
) -> tuple[float, str]:
    """The largest relative difference at the samples, and what is wrong if it is too large."""
    worst = 0.0
    with np.errstate(all="ignore"):
        for at in readers:
            try:
                error, reason = _relative(at, left, right, tolerance)
            except (ValueError, IndexError):
                # A matrix without an inverse, or factors that do not fit together.
                return np.inf, UNDEFINED
            if reason:
                return np.inf, reason
            worst = max(worst, error)
    return worst, ""


def _relative(at: Numbers, left: Node, right: Node, tolerance: float) -> tuple[float, str]:
    a, b = at(left), at(right)
    if a.shape != b.shape and not _is_zero(a) and not _is_zero(b):
        return np.inf, MISSHAPEN
    largest = max(float(np.abs(a).max()), float(np.abs(b).max()))
    if not np.isfinite(largest):
        return np.inf, UNDEFINED
    apart = float(np.abs(a - b).max())
    if apart <= tolerance * largest:
        return (apart / largest if largest else 0.0), ""
    is_noise = apart <= NOISE * max(_scale(at, left), _scale(at, right))
    return (0.0, "") if is_noise else (apart / largest, DIFFERENT)


def _is_zero(value: Value) -> bool:
    """Whether a value is the number 0, which stands for a zero matrix of any shape."""
    return not value.ndim and value == 0


def _scale(at: Numbers, node: Node) -> float:
    """The size of the terms that may have cancelled: of sums, and of what is differentiated."""
    if node.op == ADD:
        return max(_scale(at, a) for a in node.args)
    if node.op in INERT and not node.args[0].inert:
        return _scale(at, node.args[0])
    return float(np.abs(at(node)).max())
