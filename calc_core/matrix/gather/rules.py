"""The rules by which dX comes out of an operation, for terms tr(L U R) with dX in U.

- tr(L Uᵀ R) = tr(Rᵀ U Lᵀ);
- tr(L (S ⊙ U) R) = tr((RL ⊙ Sᵀ) U);
- tr(L Diag(u) R) = diag(RL)ᵀ u, and c diag(U) = tr(Diag(cᵀ) U) for a row c;
- c vec(U) = tr(unvec(cᵀ)ᵀ U);
- tr(L (U ⊗ B) R) by the Jacobian of vec(U ⊗ B).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from calc_core.graph import ONE, Node
from calc_core.matrix.gather.slot import Slot, middle
from calc_core.matrix.jacobian import VecForm
from calc_core.matrix.nodes import (
    DIAG,
    DIAGONAL,
    HADAMARD,
    KRON,
    QUOTIENT,
    TOTAL,
    TRANSPOSE,
    TRIANGLE,
    UNVEC,
    VEC,
    diag,
    diagonal,
    hadamard,
    ones,
    quotient,
    transpose,
    triangle,
    unvec,
    vec,
)
from calc_core.matrix.tidy.parts import is_moving, peel
from calc_core.matrix.tidy.products import product
from calc_core.matrix.tidy.tidier import MatrixTidier
from calc_core.matrix.tidy.transposes import OPPOSITE, transposed
from calc_core.shapes import columns, rows


def _transpose(t: MatrixTidier, slot: Slot) -> tuple[str, list[Slot]]:
    left = tuple(transposed(t, f) for f in reversed(slot.right))
    right = tuple(transposed(t, f) for f in reversed(slot.left))
    rule = "own-transpose" if slot.is_number else "transpose"
    return rule, [replace(slot, inner=slot.inner.args[0], left=left, right=right)]


def _hadamard(t: MatrixTidier, slot: Slot) -> tuple[str, list[Slot]]:
    factors = slot.inner.args
    where = next(i for i, f in enumerate(factors) if is_moving(f))
    others = hadamard(*factors[:where], *factors[where + 1 :])
    turned = transposed(t, middle(t, slot))
    weight = t.tidy(transpose(t.tidy(hadamard(turned, others))))
    return "hadamard-in-trace", [_weighted(slot, weight, factors[where])]


def _quotient(t: MatrixTidier, slot: Slot) -> tuple[str, list[Slot]]:
    top, bottom = slot.inner.args
    if not top.shape:
        top, bottom = slot.inner, ONE
    turned = transposed(t, middle(t, slot))
    weight = t.tidy(transpose(t.tidy(quotient(turned, bottom))))
    return "hadamard-in-trace", [_weighted(slot, weight, top)]


def _weighted(slot: Slot, weight: Node, inner: Node) -> Slot:
    scalars, matrix = peel(weight)
    left = () if matrix is ONE else (matrix,)
    return replace(slot, inner=inner, left=left, right=(), scalars=(*slot.scalars, *scalars))


def _diag(t: MatrixTidier, slot: Slot) -> tuple[str, list[Slot]]:
    row = t.tidy(transpose(diagonal(middle(t, slot))))
    return "diag-in-trace", [_weighted(slot, row, slot.inner.args[0])]


def _diagonal(t: MatrixTidier, slot: Slot) -> tuple[str, list[Slot]]:
    matrix = t.tidy(diag(transposed(t, middle(t, slot))))
    return "diag-in-trace", [_weighted(slot, matrix, slot.inner.args[0])]


def _total(_: MatrixTidier, slot: Slot) -> tuple[str, list[Slot]]:
    inner = slot.inner.args[0]
    left = (ones(1, rows(inner.shape)),) if rows(inner.shape) != 1 else ()
    right = (ones(columns(inner.shape), 1),) if columns(inner.shape) != 1 else ()
    return "sum-by-ones", [replace(slot, inner=inner, left=left, right=right)]


def _vec(t: MatrixTidier, slot: Slot) -> tuple[str, list[Slot]]:
    inner = slot.inner.args[0]
    column = transposed(t, middle(t, slot))
    weight = t.tidy(transpose(unvec(column, inner.shape)))
    return "vec-in-trace", [_weighted(slot, weight, inner)]


def _unvec(t: MatrixTidier, slot: Slot) -> tuple[str, list[Slot]]:
    turned = transposed(t, middle(t, slot))
    row = t.tidy(transpose(vec(turned)))
    return "vec-in-trace", [_weighted(slot, row, slot.inner.args[0])]


def _triangle(t: MatrixTidier, slot: Slot) -> tuple[str, list[Slot]]:
    weight = triangle(OPPOSITE[slot.inner.data], middle(t, slot))
    return "triangle-in-trace", [_weighted(slot, t.tidy(weight), slot.inner.args[0])]


def _kron(t: MatrixTidier, slot: Slot) -> tuple[str, list[Slot]]:
    """tr(M (U ⊗ B)) = vec(Mᵀ)ᵀ vec(U ⊗ B), the vec of U ⊗ B being linear in that of U."""
    factors = slot.inner.args
    moving = next(f for f in factors if is_moving(f))
    step = VecForm(t, moving)(slot.inner)
    turned = transposed(t, middle(t, slot))
    row = product(t, (t.tidy(transpose(vec(turned))), step))
    scalars, matrix = peel(row)
    whole = (*slot.scalars, *scalars)
    inner = vec(moving) if columns(moving.shape) != 1 else moving
    return "kronecker-by-vec", [replace(slot, inner=inner, left=(matrix,), right=(), scalars=whole)]


RULES: dict[str, Callable[[MatrixTidier, Slot], tuple[str, list[Slot]]]] = {
    TRANSPOSE: _transpose,
    HADAMARD: _hadamard,
    QUOTIENT: _quotient,
    DIAG: _diag,
    DIAGONAL: _diagonal,
    TOTAL: _total,
    VEC: _vec,
    UNVEC: _unvec,
    TRIANGLE: _triangle,
    KRON: _kron,
}
