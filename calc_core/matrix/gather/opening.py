"""What is taken apart in passing, with no rule to be named: sums, products, traces and scalars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from calc_core.graph import ADD, ARRAY, DIV, MUL, ONE, SERIES, ZERO, Node, array, substitute
from calc_core.matrix.gather.slot import Slot, traced
from calc_core.matrix.nodes import MATMUL, TRACE, free_letter
from calc_core.matrix.tidy.parts import is_moving, peel
from calc_core.matrix.tidy.products import product
from calc_core.matrix.tidy.tidier import MatrixTidier
from calc_core.tidy.base import Signed


def _open_sum(_: MatrixTidier, slot: Slot) -> list[Slot]:
    return [replace(slot, inner=term) for term in slot.inner.args]


def _open_multiple(t: MatrixTidier, slot: Slot) -> list[Slot]:
    scalars, rest = _split_scalars(slot.inner)
    if rest is slot.inner:
        return [_with_moving_scalar(t, slot)]
    return [replace(slot, inner=rest, scalars=(*slot.scalars, *scalars))]


def _with_moving_scalar(t: MatrixTidier, slot: Slot) -> Slot:
    """s(dX) · N for a constant matrix N: a number times s(dX)."""
    inner = slot.inner
    moving = next(f for f in inner.args if is_moving(f))
    scalars, matrix = peel(inner)
    kept = [(s, n) for s, n in scalars if s is not moving]
    number = traced(product(t, (*slot.left, matrix, *slot.right)))
    return replace(
        slot, inner=moving, left=(), right=(), scalars=(*slot.scalars, *kept, (number, 1))
    )


def _open_product(_: MatrixTidier, slot: Slot) -> list[Slot]:
    factors = slot.inner.args
    where = next(i for i, f in enumerate(factors) if is_moving(f))
    return [
        replace(
            slot,
            inner=factors[where],
            left=(*slot.left, *factors[:where]),
            right=(*factors[where + 1 :], *slot.right),
        )
    ]


def _open_trace(_: MatrixTidier, slot: Slot) -> list[Slot]:
    return [replace(slot, inner=slot.inner.args[0])]


def _open_series(_: MatrixTidier, slot: Slot) -> list[Slot]:
    body, index, low, high = slot.inner.args
    around = [*slot.left, *slot.right, *[s for s, _ in slot.scalars]]
    taken = {name for u in around for name in u.free} | {r.data for r, _, _ in slot.ranges}
    if index.data in taken:
        # The sum is about to hold all that stands around it.
        letter = free_letter(taken | body.free)
        body, index = substitute(body, {index: letter}), letter
    return [replace(slot, inner=body, ranges=(*slot.ranges, (index, low, high)))]


def _open_entries(t: MatrixTidier, slot: Slot) -> list[Slot]:
    """Σ e_i u_ij e_jᵀ for a matrix written by its entries."""
    m, n = slot.inner.shape
    found = []
    for k, entry in enumerate(slot.inner.args):
        if is_moving(entry):
            i, j = divmod(k, n)
            factor = product(t, (*slot.left, _unit(i, m), _unit_row(j, n), *slot.right))
            number = (traced(factor), 1)
            scalars = (*slot.scalars, number)
            found.append(replace(slot, inner=entry, left=(), right=(), scalars=scalars))
    return found


def _split_scalars(u: Node) -> tuple[list[Signed], Node]:
    """The constant factors of a multiple, and the factor with dX.

    U itself, if that factor is a scalar before a constant matrix.
    """
    if u.op == DIV:
        return [(u.args[1], -1)], u.args[0]
    moving = next(f for f in u.args if is_moving(f))
    others = [f for f in u.args if f is not moving]
    if any(f.shape for f in others):
        return [], u
    return [(f, 1) for f in others], moving


def _unit(i: int, n: int) -> Node:
    """The i-th column of the n×n identity matrix."""
    return array((n, 1), [ONE if k == i else ZERO for k in range(n)]) if n > 1 else ONE


def _unit_row(j: int, n: int) -> Node:
    return array((1, n), [ONE if k == j else ZERO for k in range(n)]) if n > 1 else ONE


OPENERS: dict[str, Callable[[MatrixTidier, Slot], list[Slot]]] = {
    ADD: _open_sum,
    MUL: _open_multiple,
    DIV: _open_multiple,
    MATMUL: _open_product,
    TRACE: _open_trace,
    SERIES: _open_series,
    ARRAY: _open_entries,
}
