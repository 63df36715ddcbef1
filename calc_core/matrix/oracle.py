"""The values of derivatives, computed from the values of what is differentiated.

No law is used: the differential is the complex step Im u(X + ih dX)/h, exact to rounding for
analytic u (Squire and Trapp, SIAM Review 40, 1998), or a difference along the real line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from calc_core.graph import DIFFERENTIAL, MATRIX, Node, discharge
from calc_core.matrix.kernels import NoContinuation, Value
from calc_core.matrix.layouts import SHAPE_LAW, arranged, public_shape
from calc_core.matrix.nodes import symbol_of
from calc_core.matrix.numbers import IMAGINARY_STEP, Numbers

REAL_STEP = 2e-3


class Derivatives:
    """Gives the inert ``d(u, x)``, and ``D(u, x)`` in its layout, their values.

    ``done``   results of the inert derivatives that may stand within others;
    ``rough``  whether to take differences for all.
    """

    def __init__(self, done: Mapping[Node, Node], rough: bool = False) -> None:
        self._done = done
        self._rough = rough

    def __call__(self, at: Numbers, node: Node) -> Value:
        """The value of an inert derivative."""
        u, x = node.args
        if u.inert:
            u = discharge(u, self._done)
        if node.op == DIFFERENTIAL:
            return self._differential(at, u, symbol_of(x).name)
        return self._derivative(at, u, x, node.data or SHAPE_LAW)

    def _differential(
        self, at: Numbers, u: Node, name: str, direction: Value | None = None
    ) -> Value:
        """The derivative in a direction, by itself in that of dX: those values all u share."""
        # Inside another derivative, or outside one that is not known, the complex step is taken.
        if not (self._rough or u.inert or at.off_the_line):
            there = at.moving(name) if direction is None else at.towards(name, direction)
            try:
                return np.imag(there(u)) / IMAGINARY_STEP
            except NoContinuation:
                pass
        return slope(at, u, name, at.moves[name] if direction is None else direction)

    def _derivative(self, at: Numbers, u: Node, x: Node, layout: str) -> Value:
        """The derivative by every entry of X, by the shape law, arranged as a matrix."""
        extents = at.extents(u.shape)
        by_entry = [
            np.broadcast_to(self._differential(at, u, symbol_of(x).name, direction), extents)
            for direction in directions(x, at.extents(x.shape))
        ]
        axes = at.extents(public_shape(u.shape) + public_shape(x.shape))
        tensor = np.stack(by_entry, axis=-1).reshape(axes)
        return arranged(tensor, u.shape, x.shape, layout)


def slope(at: Numbers, u: Node, name: str, direction: Value) -> Value:
    """Central differences with steps h, h/2, h/4, extrapolated to 0 (Richardson): error O(h⁶)."""

    def central(h: float) -> Value:
        value = at.values[name]
        return (at.at(name, value + h * direction)(u) - at.at(name, value - h * direction)(u)) / (
            2 * h
        )

    wide, middle, near = [central(h) for h in (REAL_STEP, REAL_STEP / 2, REAL_STEP / 4)]
    first, second = (4 * middle - wide) / 3, (4 * near - middle) / 3
    return (16 * second - first) / 15


def directions(x: Node, extents: tuple[int, ...]) -> Iterator[Value]:
    """For each entry of a symbol, in row-major order, how the symbol moves when that entry does.

    Entries of a symmetric matrix that are equal move together; those that are zero by the structure
    do not move at all.
    """
    if x.op != MATRIX:
        yield np.float64(1.0)
        return
    traits = x.data.traits
    for i, j in np.ndindex(*extents):
        direction = np.zeros(extents)
        if _may_move(traits, i, j):
            direction[i, j] = 1.0
            if "symmetric" in traits:
                direction[j, i] = 1.0
        yield direction


def _may_move(traits: tuple[str, ...], i: int, j: int) -> bool:
    if "diagonal" in traits:
        return i == j
    return not (("lower" in traits and i < j) or ("upper" in traits and i > j))
