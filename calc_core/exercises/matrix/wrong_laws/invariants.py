"""Transposes, determinants and norms gone wrong."""

from __future__ import annotations

from collections.abc import Callable

from calc_core.exercises.matrix.wrong_laws.readings import of_inside
from calc_core.exercises.wrong_laws.law import Wrong
from calc_core.graph import TWO, Node, depends
from calc_core.matrix.nodes import DET, NORM, d, det, inverse, matmul, trace, transpose


def transpose_lost(u: Node, x: Node) -> Node | None:
    """d(Aᵀ) = dA."""
    a = u.args[0]
    return d(a, x) if depends(a, x) and a.shape == u.shape else None


det_without_inverse = of_inside(lambda a, da: det(a) * trace(da))
det_not_inverted = of_inside(lambda a, da: det(a) * trace(matmul(a, da)))
det_without_factor = of_inside(lambda a, da: trace(matmul(inverse(a), da)))


def _of_log_det(combine: Callable[[Node, Node], Node]) -> Wrong:
    def apply(u: Node, x: Node) -> Node | None:
        inner = u.args[0]
        if u.data != "ln" or inner.op != DET or not depends(inner, x):
            return None
        a = inner.args[0]
        return combine(a, d(a, x))

    return apply


log_det_as_det = _of_log_det(lambda a, da: det(a) * trace(matmul(inverse(a), da)))
log_det_without_inverse = _of_log_det(lambda a, da: trace(da))
log_det_not_inverted = _of_log_det(lambda a, da: trace(matmul(a, da)))
log_det_by_det = _of_log_det(lambda a, da: trace(da) / det(a))


def _inner(a: Node, change: Node) -> Node:
    """The sum of a_ij dA_ij."""
    product = matmul(transpose(a), change)
    return product if a.shape[1] == 1 else trace(product)


norm_without_denominator = of_inside(_inner)
norm_as_its_square = of_inside(lambda a, da: TWO * _inner(a, da))


def square_without_two(u: Node, x: Node) -> Node | None:
    """d(‖a‖²) = aᵀ da."""
    base, exponent = u.args
    if base.op != NORM or exponent is not TWO or not depends(base, x):
        return None
    a = base.args[0]
    return _inner(a, d(a, x))
