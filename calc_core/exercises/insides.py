"""What an answer would be if one function in it were taken at the right place.

The chain rule leaves what stands inside a function as it is: who writes cos x for cos(x y) has
changed it.  The same can happen to the base of a power, and to what stands below a bar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from calc_core.graph import DIV, FN, NUM, POW, Node, postorder, rebuild

# So many replacements are looked at.
MOST = 24


class Mended(NamedTuple):
    """The id of the mistake, the formula without it, and where it is."""

    mistake: str
    node: Node
    spot: Node


def with_right_insides(given: Node, right: Node) -> Iterator[Mended]:
    """The given formula with an inside of the right one in the place of one of its own."""
    found = (
        Mended(mistake, _replaced(given, inside_of, wrong, good), spot)
        for mistake, inside_of in _INSIDES
        for wrong, spot in _strange(given, right, inside_of).items()
        for good in _met(right, inside_of)
    )
    return islice(found, MOST)


Inside = Callable[[Node], int | None]


def _of_function(u: Node) -> int | None:
    """Which operand of a node is inside a function, if one is."""
    if u.op == FN and len(u.args) == 1:
        return 0
    is_exponential = u.op == POW and not u.args[0].free and bool(u.args[1].free)
    return 1 if is_exponential else None


def _of_power(u: Node) -> int | None:
    return 0 if u.op == POW and u.args[1].op == NUM else None


def _below_bar(u: Node) -> int | None:
    return 1 if u.op == DIV else None


_INSIDES: tuple[tuple[str, Inside], ...] = (
    ("inside-changed", _of_function),
    ("inside-changed", _of_power),
    ("denominator-changed", _below_bar),
)


def _met(u: Node, inside_of: Inside) -> dict[Node, Node]:
    """Every inside in a formula, with a node that it is inside of."""
    places = ((node, inside_of(node)) for node in postorder(u))
    return {node.args[i]: node for node, i in places if i is not None and node.args[i].free}


def _strange(given: Node, right: Node, inside_of: Inside) -> dict[Node, Node]:
    """The insides of the given formula that the right one has not."""
    known = _met(right, inside_of)
    return {inside: spot for inside, spot in _met(given, inside_of).items() if inside not in known}


def _replaced(u: Node, inside_of: Inside, wrong: Node, good: Node) -> Node:
    """The formula with another inside wherever the wrong one is inside."""
    if not u.args:
        return u
    args = [_replaced(a, inside_of, wrong, good) for a in u.args]
    i = inside_of(u)
    if i is not None and u.args[i] is wrong:
        args[i] = good
    return rebuild(u, tuple(args))
