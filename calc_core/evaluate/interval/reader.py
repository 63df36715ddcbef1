"""The interval reader: a graph becomes a programme of interval operations on many boxes at once.

Source: Moore, Kearfott, Cloud, *Introduction to Interval Analysis* (SIAM 2009), ch. 5: the natural
interval extension F of an expression f encloses its range, x ∈ X ⟹ f(x) ∈ F(X).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from calc_core.errors import InputError
from calc_core.evaluate.interval import functions
from calc_core.evaluate.interval.arithmetic import (
    INF,
    NO,
    YES,
    Array,
    Bools,
    Intervals,
    add,
    between,
    divide,
    exactly,
    hull,
    multiply,
    negative,
    power,
    subtract,
    widened,
)
from calc_core.graph import (
    ADD,
    AT,
    BINDERS,
    CONST,
    DIV,
    FN,
    INTEGRAL,
    LOGIC,
    MINUS_ONE,
    MUL,
    NUM,
    PIECEWISE,
    POW,
    REL,
    SYM,
    Node,
    bindings,
    entries,
    outside_binders,
)

# Panels of an integral's range: the mean of the integrand is enclosed on each.
PANELS = 16


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What a condition is on many boxes: may it hold somewhere, does it hold everywhere."""

    possible: Bools
    certain: Bools


Point = dict[str, Intervals]
Memory = dict[Node, Any]
Ranges = Mapping[Node, tuple[float, float]]
Box = Callable[[Array, Array], list[Any]]


def compile_intervals(
    roots: Node | Sequence[Node], names: Sequence[str], given: Ranges | None = None
) -> Box:
    """A function of boxes, given by their lower and their upper corners, each (N, n).

    ``given`` says of nodes between which numbers their value is to be: what of a box is outside is
    not of interest.  The function returns :class:`Intervals` for each entry of the roots, and
    :class:`Truth` for each condition.

    Raises InputError, naming it, for an operation that has no interval reading.

    >>> from calc_core.graph import sym
    >>> x, y = sym("x"), sym("y")
    >>> product, = compile_intervals(x * y, ["x", "y"])(np.array([[0, 1]]), np.array([[2, 3]]))
    >>> product.low.tolist(), bool(product.high[0] >= 6)
    ([0.0], True)
    """
    nodes = [roots] if isinstance(roots, Node) else list(roots)
    scalars = [entry for node in nodes for entry in entries(node)]
    order = list(outside_binders(*scalars))
    for node in order:
        _check(node, names)

    def run(low: Array, high: Array) -> list[Any]:
        point = {
            name: between(low[:, k], high[:, k]) for k, name in enumerate(names)
        }  # one row of boxes each
        with np.errstate(all="ignore"):
            memory = _values(order, point, given or {})
        return [memory[node] for node in scalars]

    return run


def _check(node: Node, names: Sequence[str]) -> None:
    if node.op == SYM and node.data not in names:
        raise InputError(f"There is no value for {node.data}.", hint="Give a number in its place.")
    name = node.data if node.op == FN else node.data[0] if node.op == "app" else node.op
    if node.op not in _READERS or (node.op == FN and name not in functions.READINGS):
        raise InputError(
            f"{name} cannot be read on intervals.", hint="Nothing can be certified about it."
        )
    if node.op in BINDERS:
        bound = [x.data for x in node.args[BINDERS[node.op].bound]]
        for inner in outside_binders(node.args[0]):
            _check(inner, [*names, *bound])


def _values(order: Sequence[Node], point: Point, given: Ranges) -> Memory:
    memory: Memory = {}
    for node in order:
        value = _READERS[node.op](node, memory, point)
        memory[node] = functions.limited(value, *given[node]) if node in given else value
    return memory


def _inside(node: Node, point: Point) -> Intervals:
    """The body of a binder, at other values of the bound symbols."""
    body = node.args[0]
    found: Intervals = _values(list(outside_binders(body)), point, {})[body]
    return found


def _product(node: Node, memory: Memory, _: Point) -> Intervals:
    args = list(node.args)
    if args[0] is MINUS_ONE and len(args) == 2:
        return negative(memory[args[1]])
    # x·x is a square, and a square is not negative.
    counted = {a: args.count(a) for a in args}
    parts = [power(memory[a], k) if k > 1 else memory[a] for a, k in counted.items()]
    return reduce(multiply, parts)


def _sum(node: Node, memory: Memory, _: Point) -> Intervals:
    total: Intervals = reduce(add, [memory[a] for a in node.args])
    return total


def _power(node: Node, memory: Memory, _: Point) -> Intervals:
    base, exponent = (memory[a] for a in node.args)
    if node.args[0].op == CONST and node.args[0].data == "e":
        return functions.exponential(exponent)
    n = functions.whole_number(exponent)
    found: Intervals = power(base, n) if n is not None else functions.real_power(base, exponent)
    return found


def _function(node: Node, memory: Memory, _: Point) -> Intervals:
    found: Intervals = functions.READINGS[node.data](*[memory[a] for a in node.args])
    return found


_CONSTANTS = {
    name: Intervals(widened(np.array([[value], [value]]), 1), YES, NO)
    for name, value in (("pi", np.pi), ("e", np.e))
}


def _constant(node: Node, _: Memory, __: Point) -> Intervals:
    if node.data not in _CONSTANTS:
        raise InputError(f"{node.data} has no value.")
    return _CONSTANTS[node.data]


def _comparison(node: Node, memory: Memory, _: Point) -> Truth:
    a, b = (memory[part] for part in node.args)
    sure, void = a.sure & b.sure, a.void | b.void
    kind = node.data
    if kind in ("gt", "ge"):
        a, b, kind = b, a, {"gt": "lt", "ge": "le"}[kind]
    apart = (a.high < b.low) | (b.high < a.low)
    if kind == "eq":
        same = (a.low == a.high) & (b.low == b.high) & (a.low == b.low)
        return Truth(~apart & ~void, sure & same)
    if kind == "ne":
        same = (a.low == a.high) & (b.low == b.high) & (a.low == b.low)
        return Truth(~(sure & same), sure & apart)
    if kind == "lt":
        return Truth((a.low < b.high) & ~void, sure & (a.high < b.low))
    return Truth((a.low <= b.high) & ~void, sure & (a.high <= b.low))


def _logical(node: Node, memory: Memory, _: Point) -> Truth:
    parts: list[Truth] = [memory[a] for a in node.args]
    if node.data == "not":
        return Truth(~parts[0].certain, ~parts[0].possible)
    if not parts:
        return Truth(YES, YES) if node.data == "true" else Truth(NO, NO)
    both = np.logical_and if node.data == "and" else np.logical_or
    return Truth(
        reduce(both, [p.possible for p in parts]), reduce(both, [p.certain for p in parts])
    )


def _piecewise(node: Node, memory: Memory, point: Point) -> Intervals:
    """The hull of the cases that may decide; sure where one case decides on the whole box."""
    count = len(next(iter(point.values())).low) if point else 1
    still: Bools = np.full(count, True)
    total = Intervals(np.zeros((2, count)), still, still)
    choices = np.zeros(count, dtype=int)
    for case, condition in zip(node.args[::2], node.args[1::2], strict=True):
        value, truth = memory[case], memory[condition]
        chosen = still & truth.possible
        choices += chosen
        unused = Intervals(value.ends, value.sure | ~chosen, value.void | ~chosen)
        total = hull(total, unused)
        still = still & ~truth.certain
    return Intervals(total.ends, total.sure & (choices == 1) & ~still, total.void)


def _integral(node: Node, memory: Memory, point: Point) -> Intervals:
    """∫ f from a to b as (b − a) times the mean of f, enclosed panel by panel."""
    _, bound, low, high = node.args
    a, b = memory[low], memory[high]
    width = subtract(b, a)
    total = exactly(0)
    for k in range(PANELS):
        part = multiply(width, between(k / PANELS, (k + 1) / PANELS))
        total = add(total, _inside(node, {**point, bound.data: add(a, part)}))
    found = multiply(width, multiply(total, between(1 / PANELS, 1 / PANELS)))
    # An integrand that is not defined on a part of the range may have an integral, or none.
    ends = np.array([np.where(found.sure, found.low, -INF), np.where(found.sure, found.high, INF)])
    return Intervals(ends, found.sure, a.void | b.void)


def _at(node: Node, memory: Memory, point: Point) -> Intervals:
    values = {x.data: memory[v] for x, v in bindings(node).items()}
    return _inside(node, {**point, **values})


_READERS: dict[str, Callable[[Node, Memory, Point], Any]] = {
    NUM: lambda node, _, __: exactly(node.data),
    CONST: _constant,
    SYM: lambda node, _, point: point[node.data],
    ADD: _sum,
    MUL: _product,
    DIV: lambda node, memory, _: divide(memory[node.args[0]], memory[node.args[1]]),
    POW: _power,
    FN: _function,
    PIECEWISE: _piecewise,
    REL: _comparison,
    LOGIC: _logical,
    INTEGRAL: _integral,
    AT: _at,
}
