"""Values of matrix expressions at random matrices of two sizes, by which answers are compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calc_core.errors import InputError
from calc_core.exercises.matrix.function import MatrixFunction
from calc_core.graph import Node
from calc_core.matrix.derivation import name_of
from calc_core.matrix.layouts import SHAPE_LAW, arranged, public_shape
from calc_core.matrix.nodes import symbol_of
from calc_core.matrix.numbers import Numbers, symbols_in
from calc_core.matrix.oracle import directions
from calc_core.matrix.sampling import Sample, sample
from calc_core.shapes import Extent, Shape, measure

Array = NDArray[np.float64]
#: A matrix of two axes for each sample.
Table = tuple[Array, ...]

# Relative; what is equal differs by rounding, what is not by far more.
TOLERANCE = 1e-8


class MatrixValues:
    """Values at random matrices at which the function and its derivative are defined."""

    def __init__(self, function: MatrixFunction) -> None:
        self.function, self._x = function.node, function.x
        self._name = name_of(self._x)
        symbols = [symbol_of(symbol) for symbol in function.problem.symbols]
        self.samples = sample((self.function, function.derivation.node), symbols)
        if not self.samples:
            raise LookupError("the function is defined at no matrices that were tried")

    def __call__(self, node: Node, sizes: Mapping[str, Extent] | None = None) -> Table | None:
        """The values of a formula; None where it has none, or its shapes do not fit.

        ``sizes``  extents for letters of extents that only this formula has.
        """
        found = []
        for drawn in self.samples:
            value = _value(_reader(drawn, sizes or {}), node)
            if value is None:
                return None
            found.append(np.atleast_2d(value))
        return tuple(found)

    def of_differential(self, change: Node) -> Table | None:
        """The derivative that a differential stands for: its values at every unit move of X."""
        tables = [self._gradient(drawn, change) for drawn in self.samples]
        known = [table for table in tables if table is not None]
        return tuple(known) if len(known) == len(tables) else None

    def _gradient(self, drawn: Sample, change: Node) -> Array | None:
        at = Numbers(drawn.values, drawn.sizes)
        extents = at.extents(self.function.shape)
        by_entry = []
        for direction in directions(self._x, at.extents(self._x.shape)):
            value = _value(Numbers(drawn.values, drawn.sizes, {self._name: direction}), change)
            if value is None or (value.ndim and value.shape != extents):
                return None
            by_entry.append(np.broadcast_to(value, extents))
        axes = at.extents(public_shape(self.function.shape) + public_shape(self._x.shape))
        tensor = np.stack(by_entry, axis=-1).reshape(axes)
        return np.atleast_2d(arranged(tensor, self.function.shape, self._x.shape, SHAPE_LAW))


def _reader(drawn: Sample, sizes: Mapping[str, Extent]) -> Numbers:
    more = {letter: measure(extent, drawn.sizes) for letter, extent in sizes.items()}
    return Numbers(drawn.values, {**drawn.sizes, **more})


def _value(at: Numbers, node: Node) -> Any:
    with np.errstate(all="ignore"):
        try:
            value = at.full(node)
        except (ValueError, IndexError, KeyError, InputError):
            # Factors that do not fit together, a matrix without inverse, a letter without value.
            return None
    return value if np.isfinite(value).all() else None


def same(left: Table | None, right: Table | None) -> bool:
    """Whether two tables hold the same matrices."""
    if left is None or right is None:
        return False
    return all(_near(a, b) for a, b in zip(left, right, strict=True))


def _near(a: Array, b: Array) -> bool:
    if a.shape != b.shape:
        return False
    size = max(float(np.abs(a).max()), float(np.abs(b).max()))
    return bool(np.abs(a - b).max() <= TOLERANCE * size)


def transposed(table: Table) -> Table:
    """Every matrix transposed."""
    return tuple(matrix.T for matrix in table)


def multiplied(table: Table, factor: float) -> Table:
    """Every matrix times a number."""
    return tuple(factor * matrix for matrix in table)


def ratio(left: Table, right: Table) -> float | None:
    """The number c with left = c right, if there is one that is not 0."""
    for a, b in zip(left, right, strict=True):
        if a.shape != b.shape:
            return None
    place = np.unravel_index(int(np.abs(right[0]).argmax()), right[0].shape)
    divisor = float(right[0][place])
    factor = float(left[0][place]) / divisor if divisor else 0.0
    return factor if factor and same(left, multiplied(right, factor)) else None


def fitting(given: Node, wanted: Shape) -> dict[str, Extent] | None:
    """What letters of extents must be for a formula to have a shape; None if it has another.

    The extents of an I that stands alone are not known from the formula.
    """
    if len(given.shape) != len(wanted):
        return None
    known = {str(e) for symbol in symbols_in(given).values() for e in symbol.shape}
    free: dict[str, Extent] = {}
    for extent, goal in zip(given.shape, wanted, strict=True):
        if extent == goal:
            continue
        if not isinstance(extent, str) or extent in known or free.get(extent, goal) != goal:
            return None
        free[extent] = goal
    return free


def shown_shape(shape: Sequence[Extent]) -> str:
    """A shape for people.

    >>> shown_shape(("n", 1)), shown_shape(("m", "n")), shown_shape(())
    ('a column (n × 1)', 'a matrix (m × n)', 'a single number')
    """
    if not shape:
        return "a single number"
    size = " × ".join(map(str, shape))
    if shape[0] == 1:
        return f"a row ({size})"
    return f"a column ({size})" if shape[1] == 1 else f"a matrix ({size})"
