"""A scalar function and its derivative, taken to every entry of a matrix."""

from __future__ import annotations

from collections.abc import Callable

from calc_core.graph import ADD, DIV, FN, MUL, POW, Node, add, div, mul, sym
from calc_core.matrix.nodes import each, hadamard, ones, quotient
from calc_core.outer import OUTER
from calc_core.shapes import columns, rows

# The argument of a scalar function; no name that a person types has a blank in it.
_ENTRY = sym(" entry")


def entrywise(a: Node, b: Node) -> Node:
    """The entrywise product of two matrices, or the multiple of one by a scalar."""
    return hadamard(a, b) if a.shape and b.shape else mul(a, b)


def slope(u: Node) -> Node | None:
    """f′(A) for u = f(A) of each entry, or None if the derivative of f is not in the table.

    A row of :data:`calc_core.outer.OUTER` gives f′ of a letter; every operation in it is then read
    as one on all the entries of A.  Where f′ is the same number everywhere it is that number.
    """
    if u.data not in OUTER:
        return None
    a, *parameters = u.args
    partial = OUTER[u.data].partials(_ENTRY, *parameters)[0]
    return lifted(partial, a)


def lifted(f: Node, a: Node) -> Node:
    """A scalar expression in the letter of an entry as one in the whole matrix A."""
    if f is _ENTRY:
        return a
    if _ENTRY.data not in f.free:
        return f
    return _LIFTS[f.op](f, [lifted(part, a) for part in f.args], a)


def _sum(_: Node, parts: list[Node], a: Node) -> Node:
    everywhere = ones(rows(a.shape), columns(a.shape))
    return add(*[part if part.shape else mul(part, everywhere) for part in parts])


def _product(_: Node, parts: list[Node], __: Node) -> Node:
    scalars = [part for part in parts if not part.shape]
    return mul(*scalars, hadamard(*[part for part in parts if part.shape]))


def _fraction(_: Node, parts: list[Node], __: Node) -> Node:
    top, bottom = parts
    return quotient(top, bottom) if bottom.shape else div(top, bottom)


_LIFTS: dict[str, Callable[[Node, list[Node], Node], Node]] = {
    ADD: _sum,
    MUL: _product,
    DIV: _fraction,
    POW: lambda _, parts, __: each("power", *parts),
    FN: lambda f, parts, _: each(f.data, *parts),
}
