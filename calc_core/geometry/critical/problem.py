"""What is asked: f with its gradient, its Hessian and where they hold, read on boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calc_core.calculus import Function, read_scalar, variables_of
from calc_core.conditions import conditions
from calc_core.derive import Engine
from calc_core.errors import InputError
from calc_core.evaluate import compile_numpy
from calc_core.evaluate.interval import Intervals, Truth, compile_intervals, exactly
from calc_core.expression import Expression
from calc_core.graph import NUM, REL, D, Node

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Boxes:
    """N boxes in n variables: their lower and their upper corners, (N, n) each."""

    low: Array
    high: Array

    def __len__(self) -> int:
        return len(self.low)

    def __getitem__(self, chosen: Any) -> Boxes:
        return Boxes(self.low[chosen], self.high[chosen])

    @property
    def middle(self) -> Array:
        """The midpoints, as floats that lie in the boxes."""
        return np.clip(self.low + (self.high - self.low) / 2, self.low, self.high)

    @property
    def width(self) -> Array:
        """The lengths of the sides."""
        return self.high - self.low

    def inflated(self, part: float) -> Boxes:
        """Larger on every side by a part of the width, and by one number at least."""
        pad = self.width * part
        return Boxes(np.nextafter(self.low - pad, -np.inf), np.nextafter(self.high + pad, np.inf))

    def hull(self) -> Boxes:
        """The one box around all."""
        return Boxes(self.low.min(axis=0, keepdims=True), self.high.max(axis=0, keepdims=True))

    def within(self, outer: Boxes) -> Bools:
        """(N, M): whether box i lies in the outer box j."""
        above = self.low[:, None] >= outer.low[None]
        below = self.high[:, None] <= outer.high[None]
        return np.asarray((above & below).all(axis=2))


def together(parts: Sequence[Boxes], n: int) -> Boxes:
    """All the boxes of several lists, in n variables."""
    empty = np.zeros((0, n))
    return Boxes(
        np.concatenate([empty, *[p.low for p in parts]]),
        np.concatenate([empty, *[p.high for p in parts]]),
    )


@dataclass(frozen=True, slots=True)
class Enclosed:
    """Enclosures of a vector or a matrix on N boxes.

    ``low``, ``high``  (N, …), unbounded where nothing is known;
    ``smooth``         whether f is analytic on the whole box, so that the derivatives are right;
    ``void``           whether f is not defined anywhere in the box.
    """

    low: Array
    high: Array
    smooth: Bools
    void: Bools


@dataclass(frozen=True)
class Problem:
    """A function and its derivatives.

    ``slopes``  the entries of the gradient, n of them;
    ``second``  the entries of the Hessian on and above the diagonal, row by row;
    ``asked``   the conditions under which f is differentiable, and, by the form of its parts, then
                analytic (see :mod:`calc_core.conditions`).
    """

    expression: Expression
    slopes: tuple[Node, ...]
    second: tuple[Node, ...]
    asked: tuple[Node, ...]

    @property
    def f(self) -> Node:
        """The function."""
        return self.expression.node

    @property
    def names(self) -> tuple[str, ...]:
        """The variables in order."""
        return self.expression.variables

    @property
    def dimension(self) -> int:
        """How many variables there are."""
        return len(self.names)

    @cached_property
    def _given(self) -> dict[Node, tuple[float, float]]:
        return dict(part for condition in self.asked for part in _range_of(condition))

    @cached_property
    def _first(self) -> Any:
        roots = [self.f, *self.asked, *self.slopes]
        return compile_intervals(roots, self.names, self._given)

    @cached_property
    def _closer(self) -> Any:
        roots = [self.f, *self.asked, *self.slopes, *self.second]
        return compile_intervals(roots, self.names, self._given)

    @cached_property
    def plain(self) -> Any:
        """The gradient and the upper half of the Hessian as plain numbers, for guesses."""
        return compile_numpy([*self.slopes, *self.second], self.names)

    @cached_property
    def _slopes_only(self) -> Any:
        return compile_intervals(self.slopes, self.names)

    def gradient(self, boxes: Boxes) -> Enclosed:
        """The gradient on boxes: the natural interval extension."""
        found = self._first(boxes.low, boxes.high)
        return self._enclosed(found, found[-self.dimension :], len(boxes))

    def gradient_at(self, points: Array) -> tuple[Array, Array]:
        """Enclosures of the gradient at points, (N, n)."""
        low, high, _ = _stacked(self._slopes_only(points, points), len(points))
        return low, high

    def hessian(self, boxes: Boxes) -> Enclosed:
        """The Hessian on boxes, (N, n, n)."""
        found = self._closer(boxes.low, boxes.high)
        upper = self._enclosed(found, found[-len(self.second) :], len(boxes))
        low, high = (self.symmetric(part) for part in (upper.low, upper.high))
        return Enclosed(low, high, upper.smooth, upper.void)

    def symmetric(self, upper: Array) -> Array:
        """(N, n(n+1)/2) entries on and above the diagonal as symmetric matrices, (N, n, n)."""
        n = self.dimension
        square = np.zeros((len(upper), n, n))
        rows, columns = np.triu_indices(n)
        square[:, rows, columns] = upper
        square[:, columns, rows] = upper
        return square

    def _enclosed(self, found: list[Any], wanted: list[Intervals], count: int) -> Enclosed:
        low, high, sure = _stacked(wanted, count)
        values: Intervals = found[0]
        slopes = found[1 + len(self.asked) : 1 + len(self.asked) + self.dimension]
        smooth = sure & values.sure
        for part in slopes:
            smooth = smooth & part.sure
        truths: list[Truth] = found[1 : 1 + len(self.asked)]
        for truth in truths:
            smooth = smooth & truth.certain
        return Enclosed(low, high, smooth, np.broadcast_to(values.void, count))

    def values(self, boxes: Boxes) -> Intervals:
        """The function itself on boxes."""
        found: Intervals = self._first(boxes.low, boxes.high)[0]
        return found


def _range_of(condition: Node) -> Iterator[tuple[Node, tuple[float, float]]]:
    """(u, (low, high)) from u > low or u < high: where f has a gradient, u lies there."""
    if condition.op == REL and condition.data in ("lt", "gt") and condition.args[1].op == NUM:
        u, bound = condition.args
        low, high = exactly(bound.data).ends[:, 0]
        yield u, (float(low), np.inf) if condition.data == "gt" else (-np.inf, float(high))


def _stacked(parts: list[Intervals], count: int) -> tuple[Array, Array, Bools]:
    """Lower ends, upper ends (count, …) and whether all are sure; unbounded where void."""
    low, high = np.empty((count, len(parts))), np.empty((count, len(parts)))
    sure = np.full(count, True)
    for k, part in enumerate(parts):
        low[:, k] = np.where(part.void, -np.inf, part.low)
        high[:, k] = np.where(part.void, np.inf, part.high)
        sure &= part.sure & ~part.void
    return low, high, sure


def problem(f: Function) -> Problem:
    """The problem of f.

    Raises InputError if f cannot be read, is a vector function, has letters without a value, or if
    there is no law for one of its parts.
    """
    expression = read_scalar(f)
    variables = variables_of(expression)
    if expression.constants:
        names = ", ".join(expression.constants)
        raise InputError(f"There is no value for {names}.", hint="Write a number in its place.")
    engine = Engine()
    slopes = tuple([engine.derive(D(expression.node, x)).result for x in variables])
    second = tuple(
        engine.derive(D(slope, y)).result for i, slope in enumerate(slopes) for y in variables[i:]
    )
    return Problem(expression, slopes, second, conditions(expression.node))
