"""What an answer would be if a function in it were taken at the right place.

The chain rule leaves what stands inside a function as it is: who writes cos x for cos(x y) has
changed it.  The same can happen to the base of a power, and to what stands below a bar.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import NamedTuple

from calc_core.graph import DIV, FN, NUM, POW, Node, entries, postorder, rebuild

# So many replacements are looked at.
MOST = 24
INSIDE, DENOMINATOR = "inside-changed", "denominator-changed"


class Mended(NamedTuple):
    """The id of the mistake, the formula without it, and where it is."""

    mistake: str
    node: Node
    spot: Node


def with_right_insides(given: Node, right: Node, functions: Collection[Node]) -> Iterator[Mended]:
    """The given formula with an inside of the right one in the place of one of its own.

    ``functions``  what is differentiated: an inside that was to stay must be in there.
    """
    stays = _insides_of(functions)
    return islice(_mended(given, right, stays), MOST)


def _mended(given: Node, right: Node, stays: Collection[Node]) -> Iterator[Mended]:
    for mistake, place in _PLACES:
        known = _functions(right, place)
        good = dict.fromkeys(u for _, u in known if mistake == DENOMINATOR or u in stays)
        for spots, wrong in _strange(_functions(given, place), known):
            for inside in good:
                if not _is_other_function(wrong, inside):
                    yield Mended(mistake, _with(given, spots, inside, place), spots[0])


#: Which operand of a node is inside it, if one is.
Place = Callable[[Node], int | None]


def _of_function(u: Node) -> int | None:
    if u.op == FN and len(u.args) == 1:
        return 0
    is_exponential = u.op == POW and not u.args[0].free and u.args[1].free
    return 1 if is_exponential else None


def _of_power(u: Node) -> int | None:
    return 0 if u.op == POW and u.args[1].op == NUM else None


def _below_bar(u: Node) -> int | None:
    return 1 if u.op == DIV else None


_PLACES: tuple[tuple[str, Place], ...] = (
    (INSIDE, _of_function),
    (INSIDE, _of_power),
    (DENOMINATOR, _below_bar),
)


def _functions(u: Node, place: Place) -> list[tuple[Node, Node]]:
    """Every node of a formula that has a moving inside, with it."""
    places = [(node, place(node)) for node in postorder(u)]
    return [(n, n.args[i]) for n, i in places if i is not None and n.args[i].free]


def _insides_of(functions: Collection[Node]) -> set[Node]:
    """All insides of functions, and the functions themselves, which may be put into others."""
    found = {
        inside for f in functions for _, place in _PLACES for _, inside in _functions(f, place)
    }
    return found.union(*[entries(f) for f in functions])


def _strange(
    given: list[tuple[Node, Node]], right: list[tuple[Node, Node]]
) -> list[tuple[list[Node], Node]]:
    """The nodes of the given formula that the right one has not, those of one inside together."""
    known = {(node.op, node.data, inside) for node, inside in right}
    found: dict[Node, list[Node]] = {}
    for node, inside in given:
        if (node.op, node.data, inside) not in known:
            found.setdefault(inside, []).append(node)
    return [(nodes, inside) for inside, nodes in found.items()]


def _is_other_function(wrong: Node, good: Node) -> bool:
    """Whether sin² has become cos²: then it is not the inside that has changed."""
    return wrong.op == good.op == FN and wrong.args == good.args


def _with(u: Node, spots: list[Node], inside: Node, place: Place) -> Node:
    """The formula with another inside at some of its nodes."""
    args = [_with(a, spots, inside, place) for a in u.args]
    i = place(u)
    if u in spots and i is not None:
        args[i] = inside
    return rebuild(u, tuple(args))
