"""How a wrong law reads the operand of a differential."""

from __future__ import annotations

from collections.abc import Callable

from calc_core.exercises.wrong_laws.law import Wrong
from calc_core.graph import Node, depends
from calc_core.matrix.nodes import d


def of_inside(combine: Callable[[Node, Node], Node | None]) -> Wrong:
    """A wrong law for an operator of one moving operand: from it and its differential."""

    def apply(u: Node, x: Node) -> Node | None:
        a = u.args[0]
        return combine(a, d(a, x)) if depends(a, x) else None

    return apply
