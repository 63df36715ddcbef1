"""What the letters in a person's working stand for, put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from calc_core.derive import Engine
from calc_core.graph import (
    ARRAY,
    AT,
    DERIV,
    D,
    Node,
    array,
    at,
    bindings,
    discharge,
    entries,
    inert_parts,
    rebuild,
    substitute,
)

#: Letters, as symbols, and what they stand for.
Meanings = Mapping[Node, Node]


@dataclass(frozen=True, slots=True)
class Slopes:
    """A letter z that an equation makes a function of others, and its derivatives by them.

    ``of``         the derivative by each of the others;
    ``functions``  whose partial derivatives are by one variable alone, the letter held still;
    ``is_held``    whether it is held still in every formula, and only ∂z/∂x itself moves.
    """

    letter: Node
    of: Meanings
    functions: tuple[Node, ...] = ()
    is_held: bool = False

    def held(self) -> Slopes:
        """The same, the letter held still."""
        return replace(self, is_held=True)


def put_in(node: Node, meanings: Meanings, slopes: Slopes | None = None) -> Node:
    """``node`` with the meanings in place of the letters, under inert derivatives as well.

    The derivative by such a letter is taken first: du²/du at u = x y is 2u there, and not a
    derivative by a product.  The derivative of y² by x, where y is a function of x, is total.

    >>> from calc_core.graph import sym
    >>> x, y, u = sym("x"), sym("y"), sym("u")
    >>> put_in(D(u**2, x), {u: x * y}) is D((x * y)**2, x)
    True
    """
    if not node.inert:
        return substitute(node, meanings)
    if node.op == DERIV and node.args[1] in meanings:
        numbers = {x: v for x, v in meanings.items() if not v.shape}
        vectors = {x: v for x, v in meanings.items() if v.shape}
        return at(put_in(node, vectors, slopes) if vectors else node, numbers)
    if node.op == DERIV:
        return _derivative(node, meanings, slopes)
    if node.op == AT:
        values = {x: put_in(v, meanings, slopes) for x, v in bindings(node).items()}
        outside = {x: v for x, v in meanings.items() if x not in values}
        return at(put_in(node.args[0], outside, slopes), values)
    return rebuild(node, tuple([put_in(a, meanings, slopes) for a in node.args]))


def _derivative(node: Node, meanings: Meanings, slopes: Slopes | None) -> Node:
    u, x = node.args
    inside = put_in(u, meanings, slopes)
    if slopes is None or x not in slopes.of or u in slopes.functions or inside.shape:
        return D(inside, x)
    if slopes.is_held and u is not slopes.letter:
        return D(inside, x)
    return D(inside, x) + D(inside, slopes.letter) * slopes.of[x]


def settled(node: Node, engine: Engine) -> Node:
    """``node`` with its inert derivatives worked out, and values put in where they are asked for.

    Raises InputError where there is no law for a derivative.
    """
    found = {part: engine.derive(part).result for part in inert_parts(node)}
    return filled(discharge(node, found))


def once(node: Node, engine: Engine) -> Node:
    """``node`` with the derivatives under other derivatives worked out, so that one can be checked.

    The derivative of a derivative could be had by differences of differences only.
    """
    if not node.inert:
        return node
    found = {}
    for part in inert_parts(node):
        u, x = part.args
        if u.inert:
            found[part] = D(settled(u, engine), x)
    return discharge(node, found)


def filled(node: Node) -> Node:
    """``node`` with the values put in for the bound letters of every part that has any."""
    if node.op == AT:
        return substitute(filled(node.args[0]), bindings(node))
    if not node.args:
        return node
    return rebuild(node, tuple([filled(a) for a in node.args]))


def fitted(node: Node, shape: tuple[int, ...]) -> Node:
    """``node`` in this shape if it differs by extents of 1 only: a row as a matrix of one row."""
    plain = [extent for extent in shape if extent != 1]
    if node.op == ARRAY and [extent for extent in node.shape if extent != 1] == plain:
        return array(shape, node.args) if shape else node.args[0]
    if node.op != ARRAY and not plain and shape:
        return array(shape, [node])
    return node


class Derived(NamedTuple):
    """A derivative: of which function, entry by entry, and by which variables."""

    of: tuple[Node, ...]
    by: tuple[Node, ...]


def derived(node: Node) -> Derived | None:
    """How a derivative by one variable after the other is made up, a point left aside.

    >>> from calc_core.graph import sym
    >>> x, y = sym("x"), sym("y")
    >>> derived(D(D(x * y, x), y)) == ((x * y,), (y, x))
    True
    """
    parts = [_taken_apart(part) for part in entries(node)]
    by = parts[0][1]
    return (
        Derived(tuple([f for f, _ in parts]), by) if by and all(p[1] == by for p in parts) else None
    )


def _taken_apart(part: Node) -> tuple[Node, tuple[Node, ...]]:
    """(function, variables) of one entry."""
    if part.op == AT and not any(v.free for v in bindings(part).values()):
        part = part.args[0]
    by = []
    while part.op == DERIV:
        by.append(part.args[1])
        part = part.args[0]
    return filled(part), tuple(by)
