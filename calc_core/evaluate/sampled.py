"""Values of a graph at a handful of points, real or with one variable moved off the real line.

This reader serves the certificate.  It knows no law of differentiation: a derivative is the
complex step Im f(x + ih)/h, exact to rounding for analytic f (Squire & Trapp, SIAM Review 40,
1998), and a five-point central difference elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any
from zlib import crc32

import numpy as np

from calc_core.evaluate.arrays import CONSTANTS, RELATION
from calc_core.evaluate.quadrature import integrate
from calc_core.functions import FUNCTIONS
from calc_core.graph import (
    ADD,
    APP,
    AT,
    CONST,
    DERIV,
    DIV,
    DOT,
    FN,
    INTEGRAL,
    LOGIC,
    MUL,
    NUM,
    PIECEWISE,
    POW,
    REL,
    SYM,
    Node,
    bindings,
    cases,
    entries,
)

Array = Any
Oracle = Callable[["Sampled", Node], Array]

IMAGINARY_STEP = 1e-30
REAL_STEP = 2e-4


class Sampled:
    """Values of nodes at sample points; each node once.

    ``point``  arrays for the symbols, all of one shape;
    ``moved``  the symbol that has an imaginary part, if any;
    ``oracle`` gives the values of inert derivatives;
    ``functions`` gives values to unknown functions, which have a smooth stand-in otherwise.
    """

    def __init__(
        self,
        point: Mapping[str, Array],
        oracle: Oracle,
        moved: str | None = None,
        base: Sampled | None = None,
        functions: Mapping[str, Callable[..., Array]] | None = None,
    ) -> None:
        self.point = dict(point)
        self.functions = functions or {}
        self.is_analytic: Analyticity = base.is_analytic if base is not None else Analyticity()
        self.moved = moved
        self.oracle = oracle
        self._base = base
        self._memo: dict[Node, Array] = {}
        self._stepped: dict[str, Sampled] = {}

    def __call__(self, node: Node) -> Array:
        """The values of a scalar node."""
        value = self._memo.get(node)
        if value is None:
            if self._base is not None and self.moved not in node.free:
                value = self._base(node)
            else:
                value = _READERS[node.op](self, node)
            self._memo[node] = value
        return value

    def stepped(self, name: str) -> Sampled:
        """The same points with an imaginary step in one variable."""
        found = self._stepped.get(name)
        if found is None:
            point = {**self.point, name: self.point[name] + 1j * IMAGINARY_STEP}
            found = self._stepped[name] = Sampled(point, self.oracle, name, self, self.functions)
        return found

    def shifted(self, name: str, by: Array) -> Sampled:
        """The points moved along one variable, by a real amount."""
        return self.inside({name: self.point[name] + by})

    def inside(self, values: Mapping[str, Array]) -> Sampled:
        """The points with other values for some symbols."""
        point = {**self.point, **values}
        there = Sampled(point, self.oracle, self.moved, functions=self.functions)
        there.is_analytic = self.is_analytic
        return there

    def derivative(self, u: Node, name: str) -> Array:
        """∂u/∂name by the complex step, or by differences where u is not analytic."""
        if name not in u.free:
            return 0.0
        if self.is_analytic(u):
            return np.imag(self.stepped(name)(u)) / IMAGINARY_STEP
        return self.difference(u, name)

    def difference(self, u: Node, name: str) -> Array:
        """∂u/∂name by the five-point central difference, error O(h⁴)."""
        h = REAL_STEP
        near = self.shifted(name, h)(u) - self.shifted(name, -h)(u)
        far = self.shifted(name, 2 * h)(u) - self.shifted(name, -2 * h)(u)
        return (8 * near - far) / (12 * h)

    def read_symbol(self, node: Node) -> Array:
        """The values of a symbol."""
        return self.point[node.data]

    def read_inert(self, node: Node) -> Array:
        """The values of an inert derivative, from the oracle."""
        return self.oracle(self, node)

    def read_function(self, node: Node) -> Array:
        """The values of a known function."""
        row = FUNCTIONS[node.data]
        args = [self(a) for a in node.args]
        if self.moved is None:
            return row.real(*args)
        return (row.analytic or row.real)(*args)

    def read_integral(self, node: Node) -> Array:
        """The values of a definite integral."""
        body, bound, low, high = node.args
        a, b = self(low), self(high)
        grid = np.shape(next(iter(self.point.values()))) if self.point else ()

        def integrand(t: Array) -> Array:
            # The points get a leading axis for the nodes of the quadrature.
            return self.inside({bound.data: t})(body)

        return integrate(integrand, a, b, grid)


def _at_values(at: Sampled, node: Node) -> Array:
    values = {x.data: at(v) + np.zeros(()) for x, v in bindings(node).items()}
    return at.inside(values)(node.args[0])


def _power(at: Sampled, node: Node) -> Array:
    base, exponent = node.args
    if exponent.op == NUM and isinstance(exponent.data, int):
        return at(base) ** float(exponent.data)
    return np.power(at(base), at(exponent))


def _sum(at: Sampled, node: Node) -> Array:
    total = at(node.args[0])
    for term in node.args[1:]:
        total = total + at(term)
    return total


def _product(at: Sampled, node: Node) -> Array:
    total = at(node.args[0])
    for factor in node.args[1:]:
        total = total * at(factor)
    return total


def _piecewise(at: Sampled, node: Node) -> Array:
    value: Array = np.nan
    for case, condition in reversed(cases(node)):
        value = np.where(at(condition), at(case), value)
    return value


def _relation(at: Sampled, node: Node) -> Array:
    return RELATION[node.data](*[np.real(at(a)) for a in node.args])


def _logic(at: Sampled, node: Node) -> Array:
    parts = [at(a) for a in node.args]
    if node.data == "not":
        return np.logical_not(parts[0])
    if not parts:
        return node.data == "true"
    return reduce(np.logical_and if node.data == "and" else np.logical_or, parts)


def _stand_in(at: Sampled, node: Node) -> Array:
    """A smooth function in the place of an unknown one: Σ c sin(a·u + b), fixed by its name."""
    name, orders = node.data
    if name in at.functions and not any(orders):
        return at.functions[name](*[at(u) for u in node.args])
    n = len(node.args)
    rng = np.random.default_rng(crc32(f"{name}/{n}".encode()))
    total: Array = 0.0
    for _ in range(3):
        a, (b, c) = rng.uniform(0.4, 1.2, n), rng.uniform(0.5, 2.0, 2)
        phase = b + sum(k * at(u) for k, u in zip(a, node.args, strict=True))
        # d/dv sin v = sin(v + π/2), as often as the function is differentiated.
        scale = float(np.prod(a ** np.array(orders)))
        total = total + c * scale * np.sin(phase + sum(orders) * np.pi / 2)
    return total


_READERS: dict[str, Callable[[Sampled, Node], Array]] = {
    # Not a Python float, which would raise where an array has inf or nan.
    NUM: lambda at, node: np.float64(node.data),
    CONST: lambda at, node: CONSTANTS[node.data],
    SYM: Sampled.read_symbol,
    ADD: _sum,
    MUL: _product,
    DIV: lambda at, node: np.true_divide(at(node.args[0]), at(node.args[1])),
    POW: _power,
    FN: Sampled.read_function,
    APP: _stand_in,
    PIECEWISE: _piecewise,
    REL: _relation,
    LOGIC: _logic,
    INTEGRAL: Sampled.read_integral,
    AT: _at_values,
    DOT: lambda at, node: at(entries(node)[0]),
    DERIV: Sampled.read_inert,
}


class Analyticity:
    """Whether the complex step may be used: every part has a continuation.  Each node once."""

    def __init__(self) -> None:
        self._known: dict[Node, bool] = {}

    def __call__(self, u: Node) -> bool:
        """Whether u may be stepped off the real line."""
        known = self._known.get(u)
        if known is None:
            known = self._known[u] = _is_smooth(u) and all(self(a) for a in u.args)
        return known


def _is_smooth(node: Node) -> bool:
    if node.op == FN:
        return FUNCTIONS[node.data].analytic is not None
    return node.op not in (PIECEWISE, DERIV)
