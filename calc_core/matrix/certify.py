"""The independent check of every step with matrices.

At random matrices of two sizes the value of each goal, the differential ``d(u, X)`` or the
derivative ``D(u, X)``, is computed from the values of u alone, by the complex step, and compared
with the value of what the law made of it.  The laws are not consulted.  What does not agree is
looked at again with differences along the real line; what still does not agree is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import prod

import numpy as np

from calc_core.certify import CONFIRMED_BY_FORM, TOLERANCE, Certificate, Check
from calc_core.derive import Step
from calc_core.graph import (
    ADD,
    BINDERS,
    DIV,
    INERT,
    LOGIC,
    MATRIX,
    MUL,
    PIECEWISE,
    POW,
    REL,
    SYM,
    Node,
    Symbol,
)
from calc_core.matrix.kernels import Value
from calc_core.matrix.nodes import (
    DET,
    DIAG,
    DIAGONAL,
    HADAMARD,
    INVERSE,
    KRON,
    MATMUL,
    MATPOW,
    QUOTIENT,
    SUBSCRIPT,
    TOTAL,
    TRACE,
    TRANSPOSE,
    TRIANGLE,
    UNVEC,
    VEC,
)
from calc_core.matrix.numbers import Numbers, Oracle
from calc_core.matrix.oracle import Derivatives
from calc_core.matrix.sampling import Sample, sample

# Of differences along the real line, extrapolated twice.
ROUGH_TOLERANCE = 1e-6
# Differences that are rounding, beside the terms that cancel in what is compared: some hundred
# times the rounding of one operation.
NOISE = 1e-13
# What inverses and quotients make of rounding is believed up to here, beside the largest term.
MOST_GROWTH = 1e6

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
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        return np.inf, UNDEFINED
    largest = max(_largest(a), _largest(b))
    apart = float(np.abs(a - b).max())
    if apart <= tolerance * largest:
        return (apart / largest if largest else 0.0), ""
    is_noise = apart <= NOISE * max(_Scale(at).of(left), _Scale(at).of(right))
    return (0.0, "") if is_noise else (apart / largest, DIFFERENT)


def _is_zero(value: Value) -> bool:
    """Whether a value is the number 0, which stands for a zero matrix of any shape."""
    return not value.ndim and value == 0


def _largest(value: Value) -> float:
    return float(np.abs(value).max())


class _Scale:
    """How large the terms are that cancel in a node, or in what is differentiated in it.

    A bound in the manner of a running error analysis: sums add up what they are made of, products
    multiply it, and inverses, quotients and functions make it grow by their condition.  As small
    changes pass through the same operations, it will do for derivatives, too.
    """

    def __init__(self, at: Numbers) -> None:
        self._at = at
        self._found: dict[Node, float] = {}

    def of(self, root: Node) -> float:
        """The scale of a node; no larger than what the largest part of it makes believable."""
        top = max(self._value(part) for part in self._parts(root))
        return min(self(root), MOST_GROWTH * top)

    def __call__(self, node: Node) -> float:
        found = self._found.get(node)
        if found is None:
            found = self._found[node] = max(self._value(node), self._made(node))
        return found

    def _parts(self, root: Node) -> Iterator[Node]:
        stack, seen = [root], {root}
        while stack:
            node = stack.pop()
            yield node
            new = [a for a in _seen_through(node) if a not in seen]
            seen.update(new)
            stack += new

    def _value(self, node: Node) -> float:
        """The largest entry; of a symbol at least 1, as its small change is."""
        largest = _largest(self._at(node))
        return max(largest, 1.0) if node.op in (MATRIX, SYM) else largest

    def _made(self, node: Node) -> float:
        scales = [self(a) for a in _seen_through(node)]
        if not scales:
            return 0.0
        if node.op in _PRODUCTS:
            return prod(scales)
        if node.op == ADD:
            return sum(scales)
        if node.op in _REARRANGED or node.op in INERT:
            return scales[0]
        if node.op in (DIV, QUOTIENT):
            return scales[0] * self._condition(node.args[1]) / self._smallest(node.args[1])
        if node.op == INVERSE:
            return self._value(node) ** 2 * scales[0]
        if node.op == DET:
            return float(scales[0] ** len(np.atleast_1d(self._at(node.args[0]))))
        if node.op == MATPOW:
            return self._of_matrix_power(node, scales[0])
        grown = max(self._condition(a) for a in _seen_through(node))
        if node.op == POW:
            return self._value(node) * grown * max(1.0, scales[1])
        return max(self._value(node), *scales) * grown

    def _of_matrix_power(self, node: Node, scale: float) -> float:
        exponent = float(np.real(self._at(node.args[1])))
        if exponent < 0:
            scale *= _largest(np.linalg.inv(self._at(node.args[0]))) ** 2
        return float(scale ** abs(exponent))

    def _condition(self, node: Node) -> float:
        return max(1.0, self(node) / self._smallest(node))

    def _smallest(self, node: Node) -> float:
        """The smallest entry that is not 0."""
        value = np.abs(self._at(node))
        return float(np.min(value, where=value > 0, initial=np.inf))


_PRODUCTS = frozenset((MUL, MATMUL, HADAMARD, KRON))
_REARRANGED = frozenset((TRANSPOSE, VEC, UNVEC, DIAG, DIAGONAL, TRIANGLE, TRACE, TOTAL))
# Parts of these hold letters that are bound, or have no values where another case applies.
_CLOSED = frozenset((*BINDERS, PIECEWISE, REL, LOGIC, SUBSCRIPT))


def _seen_through(node: Node) -> tuple[Node, ...]:
    """The parts in which something may have cancelled."""
    if node.op in INERT:
        return () if node.args[0].inert else node.args[:1]
    return () if node.op in _CLOSED else node.args
