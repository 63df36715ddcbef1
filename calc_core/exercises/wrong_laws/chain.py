"""The chain rule gone wrong, and wrong derivatives of functions by name."""

from __future__ import annotations

from collections.abc import Callable

from calc_core.exercises.wrong_laws.law import Wrong
from calc_core.exercises.wrong_laws.readings import composed, inner_of, power_parts
from calc_core.graph import D, Node, depends, power
from calc_core.outer import OUTER, outer_name


def instead(
    name: str, partial: Callable[[Node], Node], derivative: Callable[[Node, Node], Node] = D
) -> Wrong:
    """The chain rule with a wrong derivative of the outermost function; by D, or by d."""

    def apply(u: Node, x: Node) -> Node | None:
        if u.data != name or not depends(u.args[0], x):
            return None
        return partial(u.args[0]) * derivative(u.args[0], x)

    return apply


def inner_forgotten(u: Node, x: Node) -> Node | None:
    """f(a)' = f'(a)."""
    found = composed(u, x)
    return found[0] if found and found[1] is not x else None


def derivative_inside(u: Node, x: Node) -> Node | None:
    """f(a)' = f'(a')."""
    inside, name = inner_of(u, x), outer_name(u, x)
    if inside is None or name not in OUTER:
        return None
    args = [D(a, x) if a is inside else a for a in u.args]
    found = OUTER[name].partials(*args)
    return found[u.args.index(inside)]


def outer_kept(u: Node, x: Node) -> Node | None:
    """f(a)' = f(a) a'."""
    inside = inner_of(u, x)
    return None if inside is None else u * D(inside, x)


def inner_added(u: Node, x: Node) -> Node | None:
    """f(a)' = f'(a) + a'."""
    found = composed(u, x)
    return found[0] + D(found[1], x) if found and found[1] is not x else None


def power_of_derivative(u: Node, x: Node) -> Node | None:
    """(vⁿ)' = (v')ⁿ."""
    parts = power_parts(u, x)
    return power(D(parts[0], x), parts[1]) if parts and parts[0] is not x else None
