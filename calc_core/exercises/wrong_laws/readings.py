"""How an operand is read before a law, right or wrong, is used on it."""

from __future__ import annotations

from calc_core.graph import FN, NUM, POW, E, Node, depends, num
from calc_core.outer import outer_name, partials


def still_and_moving(u: Node, x: Node) -> tuple[list[Node], list[Node]]:
    """The factors or terms that x does not move, and those that it does."""
    still = [f for f in u.args if not depends(f, x)]
    return still, [f for f in u.args if depends(f, x)]


def composed(u: Node, x: Node) -> tuple[Node, Node] | None:
    """(f'(a), a) for u = f(a) with one moving argument a."""
    found = partials(u, x) if outer_name(u, x) else []
    return found[0] if len(found) == 1 else None


def inner_of(u: Node, x: Node) -> Node | None:
    """The inner function of u, if there is one besides x itself."""
    found = composed(u, x)
    return found[1] if found and found[1] is not x else None


def power_parts(u: Node, x: Node) -> tuple[Node, Node] | None:
    """(base, exponent) of a power whose exponent stands still."""
    if u.op != POW or depends(u.args[1], x) or not depends(u.args[0], x):
        return None
    return u.args[0], u.args[1]


def raised(exponent: Node, by: int) -> Node:
    """The exponent with a number added, worked out where it is a number."""
    return num(exponent.data + by) if exponent.op == NUM else exponent + by


def exponential(u: Node, x: Node) -> tuple[Node, Node] | None:
    """(base, exponent) of an exponential in x."""
    if u.op == FN and u.data == "exp" and depends(u.args[0], x):
        return E, u.args[0]
    if u.op == POW and depends(u.args[1], x) and not depends(u.args[0], x):
        return u.args[0], u.args[1]
    return None
