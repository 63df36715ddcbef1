"""Inverses and powers of matrices, differentiated as if they were numbers."""

from __future__ import annotations

from collections.abc import Callable

from calc_core.exercises.matrix.wrong_laws.readings import of_inside
from calc_core.exercises.wrong_laws.law import Wrong
from calc_core.graph import NUM, TWO, Node, depends, neg, num
from calc_core.matrix.nodes import d, inverse, matmul, matrix_power

with_plus = of_inside(lambda a, da: matmul(inverse(a), da, inverse(a)))
squared_left = of_inside(lambda a, da: neg(matmul(inverse(a), inverse(a), da)))
squared_right = of_inside(lambda a, da: neg(matmul(da, inverse(a), inverse(a))))
left_only = of_inside(lambda a, da: neg(matmul(inverse(a), da)))
right_only = of_inside(lambda a, da: neg(matmul(da, inverse(a))))


def _of_power(combine: Callable[[Node, Node, Node], Node]) -> Wrong:
    def apply(u: Node, x: Node) -> Node | None:
        a, k = u.args
        if k.op != NUM or k.data < 2 or not depends(a, x):
            return None
        rest = a if k is TWO else matrix_power(a, num(k.data - 1))
        return combine(k, rest, d(a, x))

    return apply


power_left = _of_power(lambda k, rest, da: k * matmul(rest, da))
power_right = _of_power(lambda k, rest, da: k * matmul(da, rest))
