"""The product rule gone wrong."""

from __future__ import annotations

from collections.abc import Callable

from calc_core.exercises.wrong_laws.law import Wrong
from calc_core.exercises.wrong_laws.readings import still_and_moving
from calc_core.graph import D, Node, mul


def _of_product(combine: Callable[[Node, Node, Node], Node]) -> Wrong:
    """A wrong rule for the product of two moving factors, a still factor in front kept."""

    def apply(u: Node, x: Node) -> Node | None:
        still, moving = still_and_moving(u, x)
        if len(moving) < 2:
            return None
        return mul(*still, combine(moving[0], mul(*moving[1:]), x))

    return apply


of_derivatives = _of_product(lambda u, v, x: D(u, x) * D(v, x))
first_term = _of_product(lambda u, v, x: D(u, x) * v)
second_term = _of_product(lambda u, v, x: u * D(v, x))
minus = _of_product(lambda u, v, x: D(u, x) * v - u * D(v, x))
minus_back = _of_product(lambda u, v, x: u * D(v, x) - D(u, x) * v)
as_sum = _of_product(lambda u, v, x: D(u, x) + D(v, x))
