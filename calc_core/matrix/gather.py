r"""The differential of a scalar, brought to the form from which its derivative is read off.

df is a sum of terms that are linear in dX.  Each of them is written as tr(L U R) with dX somewhere
in U, and L and R grow until U is dX or its transpose:

- tr(L Uᵀ R) = tr(Rᵀ U Lᵀ);
- tr(L (S ⊙ U) R) = tr((RL ⊙ Sᵀ) U);
- tr(L Diag(u) R) = diag(RL)ᵀ u, and c diag(U) = tr(Diag(cᵀ) U) for a row c;
- c vec(U) = tr(unvec(cᵀ)ᵀ U);
- tr(L (U ⊗ B) R) by the Jacobian of vec(U ⊗ B).

Where L U R is a number its trace is the number itself and is not written.  Last, going round in the
trace, R L = M: df = tr(M dX) or c dx by rows, tr(dXᵀ G) or dxᵀ g by columns.

Source: Magnus and Neudecker, *Matrix Differential Calculus*, 3rd ed., §9.3 to §9.6.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from calc_core.errors import InputError
from calc_core.graph import (
    ADD,
    ARRAY,
    DIV,
    MOVE,
    MUL,
    ONE,
    SERIES,
    ZERO,
    Node,
    add,
    array,
    substitute,
)
from calc_core.matrix.jacobian import VecForm
from calc_core.matrix.nodes import (
    DIAG,
    DIAGONAL,
    HADAMARD,
    IDENTITY,
    KRON,
    MATMUL,
    QUOTIENT,
    TOTAL,
    TRACE,
    TRANSPOSE,
    TRIANGLE,
    UNVEC,
    VEC,
    diag,
    diagonal,
    free_letter,
    hadamard,
    identity,
    matmul,
    move,
    ones,
    quotient,
    series,
    trace,
    transpose,
    triangle,
    unvec,
    vec,
)
from calc_core.matrix.tidy.parts import chain, is_moving, peel
from calc_core.matrix.tidy.products import product
from calc_core.matrix.tidy.tidier import MatrixTidier
from calc_core.matrix.tidy.transposes import OPPOSITE, transposed
from calc_core.shapes import columns, rows
from calc_core.tidy.base import Signed

Range = tuple[Node, Node, Node]


@dataclass(frozen=True, slots=True)
class Slot:
    """One term: Σ over the ranges of scalars · tr(left · inner · right), dX being in ``inner``."""

    inner: Node
    left: tuple[Node, ...] = ()
    right: tuple[Node, ...] = ()
    scalars: tuple[Signed, ...] = ()
    ranges: tuple[Range, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether nothing but dX or its transpose is left inside."""
        u = self.inner
        return u.op == MOVE or (u.op == TRANSPOSE and u.args[0].op == MOVE)

    @property
    def is_number(self) -> bool:
        """Whether left · inner · right is a number, and needs no trace."""
        ends = [*self.left, self.inner, *self.right]
        return rows(ends[0].shape) == columns(ends[-1].shape) == 1


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the way: the whole differential, and the rules by which it was rewritten."""

    node: Node
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """df = tr(matrix · dX) (by columns: tr(dXᵀ · matrix)), and the lines that lead there."""

    matrix: Node
    lines: tuple[Line, ...]


class Gathering:
    """Gathers the differential of one scalar around dX."""

    def __init__(self, tidy: MatrixTidier) -> None:
        self.t = tidy

    def __call__(self, differential: Node, x: Node, by_columns: bool) -> Gathered:
        """The factor of dX, for a tidy differential of shape ()."""
        terms = _terms(differential) if differential is not ZERO else ()
        slots = [slot for term in terms for slot in self._opened(Slot(term))]
        lines: list[Line] = []
        while not all(slot.is_done for slot in slots):
            slots, rules = self._advance(slots)
            lines.append(Line(self._whole(slots), rules))
        turned = [self._turned(slot, by_columns) for slot in slots]
        rules = tuple(dict.fromkeys(r for _, some in turned for r in some))
        if rules:
            lines.append(Line(self._whole([slot for slot, _ in turned]), rules))
        matrix = self._collected([slot for slot, _ in turned])
        lines.append(Line(self._final(matrix, x, by_columns), ("collect",)))
        return Gathered(matrix, tuple(lines))

    def _advance(self, slots: Sequence[Slot]) -> tuple[list[Slot], tuple[str, ...]]:
        """Every term one rewriting further in; products and scalars are opened in passing.

        Raises InputError, naming the operation, where there is no rewriting.
        """
        moved: list[Slot] = []
        rules: dict[str, None] = {}
        for slot in slots:
            if slot.is_done:
                moved.append(slot)
                continue
            rule, further = _RULES.get(slot.inner.op, Gathering._no_rule)(self, slot)
            rules[rule] = None
            moved.extend(further)
        return [part for slot in moved for part in self._opened(slot)], tuple(rules)

    def _opened(self, slot: Slot) -> list[Slot]:
        """The term with the products, sums, traces and scalars around dX taken apart."""
        opener = _OPENERS.get(slot.inner.op)
        if slot.is_done or opener is None:
            return [slot]
        return [part for piece in opener(self, slot) for part in self._opened(piece)]

    # Taking apart: no rule to be named

    def _open_sum(self, slot: Slot) -> list[Slot]:
        return [replace(slot, inner=term) for term in slot.inner.args]

    def _open_multiple(self, slot: Slot) -> list[Slot]:
        scalars, rest = _split_scalars(slot.inner)
        if rest is slot.inner:
            return [self._with_moving_scalar(slot)]
        return [replace(slot, inner=rest, scalars=(*slot.scalars, *scalars))]

    def _with_moving_scalar(self, slot: Slot) -> Slot:
        """s(dX) · N for a constant matrix N: a number times s(dX)."""
        inner = slot.inner
        moving = next(f for f in inner.args if is_moving(f))
        scalars, matrix = peel(inner)
        kept = [(s, n) for s, n in scalars if s is not moving]
        number = self._traced(product(self.t, (*slot.left, matrix, *slot.right)))
        return replace(
            slot, inner=moving, left=(), right=(), scalars=(*slot.scalars, *kept, (number, 1))
        )

    def _open_product(self, slot: Slot) -> list[Slot]:
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

    def _open_trace(self, slot: Slot) -> list[Slot]:
        return [replace(slot, inner=slot.inner.args[0])]

    def _open_series(self, slot: Slot) -> list[Slot]:
        body, index, low, high = slot.inner.args
        around = [*slot.left, *slot.right, *[s for s, _ in slot.scalars]]
        taken = {name for u in around for name in u.free} | {r.data for r, _, _ in slot.ranges}
        if index.data in taken:
            # The sum is about to hold all that stands around it.
            letter = free_letter(taken | body.free)
            body, index = substitute(body, {index: letter}), letter
        return [replace(slot, inner=body, ranges=(*slot.ranges, (index, low, high)))]

    def _open_entries(self, slot: Slot) -> list[Slot]:
        """Σ e_i u_ij e_jᵀ for a matrix written by its entries."""
        m, n = slot.inner.shape
        found = []
        for k, entry in enumerate(slot.inner.args):
            if is_moving(entry):
                i, j = divmod(k, n)
                factor = product(self.t, (*slot.left, _unit(i, m), _unit_row(j, n), *slot.right))
                number = (self._traced(factor), 1)
                scalars = (*slot.scalars, number)
                found.append(replace(slot, inner=entry, left=(), right=(), scalars=scalars))
        return found

    # Rules

    def _middle(self, slot: Slot) -> Node:
        """R L, with tr(L U R) = tr(RL U)."""
        around = [*slot.right, *slot.left]
        if around:
            return product(self.t, around)
        return identity(rows(slot.inner.shape))

    def _transpose(self, slot: Slot) -> tuple[str, list[Slot]]:
        t = self.t
        left = tuple(transposed(t, f) for f in reversed(slot.right))
        right = tuple(transposed(t, f) for f in reversed(slot.left))
        rule = "own-transpose" if slot.is_number else "transpose"
        return rule, [replace(slot, inner=slot.inner.args[0], left=left, right=right)]

    def _hadamard(self, slot: Slot) -> tuple[str, list[Slot]]:
        factors = slot.inner.args
        where = next(i for i, f in enumerate(factors) if is_moving(f))
        others = hadamard(*factors[:where], *factors[where + 1 :])
        turned = transposed(self.t, self._middle(slot))
        weight = self.t.tidy(transpose(self.t.tidy(hadamard(turned, others))))
        return "hadamard-in-trace", [self._weighted(slot, weight, factors[where])]

    def _quotient(self, slot: Slot) -> tuple[str, list[Slot]]:
        top, bottom = slot.inner.args
        if not top.shape:
            top, bottom = slot.inner, ONE
        turned = transposed(self.t, self._middle(slot))
        weight = self.t.tidy(transpose(self.t.tidy(quotient(turned, bottom))))
        return "hadamard-in-trace", [self._weighted(slot, weight, top)]

    def _weighted(self, slot: Slot, weight: Node, inner: Node) -> Slot:
        scalars, matrix = peel(weight)
        left = () if matrix is ONE else (matrix,)
        return replace(slot, inner=inner, left=left, right=(), scalars=(*slot.scalars, *scalars))

    def _diag(self, slot: Slot) -> tuple[str, list[Slot]]:
        row = self.t.tidy(transpose(diagonal(self._middle(slot))))
        return "diag-in-trace", [self._weighted(slot, row, slot.inner.args[0])]

    def _diagonal(self, slot: Slot) -> tuple[str, list[Slot]]:
        matrix = self.t.tidy(diag(transposed(self.t, self._middle(slot))))
        return "diag-in-trace", [self._weighted(slot, matrix, slot.inner.args[0])]

    def _total(self, slot: Slot) -> tuple[str, list[Slot]]:
        inner = slot.inner.args[0]
        left = (ones(1, rows(inner.shape)),) if rows(inner.shape) != 1 else ()
        right = (ones(columns(inner.shape), 1),) if columns(inner.shape) != 1 else ()
        return "sum-by-ones", [replace(slot, inner=inner, left=left, right=right)]

    def _vec(self, slot: Slot) -> tuple[str, list[Slot]]:
        inner = slot.inner.args[0]
        column = transposed(self.t, self._middle(slot))
        weight = self.t.tidy(transpose(unvec(column, inner.shape)))
        return "vec-in-trace", [self._weighted(slot, weight, inner)]

    def _unvec(self, slot: Slot) -> tuple[str, list[Slot]]:
        turned = transposed(self.t, self._middle(slot))
        row = self.t.tidy(transpose(vec(turned)))
        return "vec-in-trace", [self._weighted(slot, row, slot.inner.args[0])]

    def _triangle(self, slot: Slot) -> tuple[str, list[Slot]]:
        weight = triangle(OPPOSITE[slot.inner.data], self._middle(slot))
        return "triangle-in-trace", [self._weighted(slot, self.t.tidy(weight), slot.inner.args[0])]

    def _kron(self, slot: Slot) -> tuple[str, list[Slot]]:
        """tr(M (U ⊗ B)) = vec(Mᵀ)ᵀ vec(U ⊗ B), the vec of U ⊗ B being linear in that of U."""
        factors = slot.inner.args
        moving = next(f for f in factors if is_moving(f))
        step = VecForm(self.t, moving)(slot.inner)
        turned = transposed(self.t, self._middle(slot))
        row = product(self.t, (self.t.tidy(transpose(vec(turned))), step))
        scalars, matrix = peel(row)
        whole = (*slot.scalars, *scalars)
        inner = vec(moving) if columns(moving.shape) != 1 else moving
        return "kronecker-by-vec", [
            replace(slot, inner=inner, left=(matrix,), right=(), scalars=whole)
        ]

    @staticmethod
    def _no_rule(_: Gathering, slot: Slot) -> tuple[str, list[Slot]]:
        raise InputError(f"dX cannot be taken out of the operation “{slot.inner.op}” yet.")

    # The end

    def _turned(self, slot: Slot, by_columns: bool) -> tuple[Slot, tuple[str, ...]]:
        """The term as tr(M dX) or, by columns, as tr(dXᵀ G)."""
        t = self.t
        if not slot.inner.shape:
            return slot, ()
        is_transposed = slot.inner.op == TRANSPOSE
        symbol = slot.inner.args[0] if is_transposed else slot.inner
        scalars, middle = peel(self._middle(slot))
        used = []
        if slot.left and slot.right:
            used.append("as-trace" if slot.is_number else "cyclic")
        matrix = middle
        if is_transposed != by_columns:
            vector = 1 in symbol.shape
            used.append("own-transpose" if vector else "transpose")
            matrix = transposed(t, middle)
        if by_columns:
            turned = replace(slot, inner=transposed(t, symbol), left=(), right=_factors(matrix))
        else:
            turned = replace(slot, inner=symbol, left=_factors(matrix), right=())
        if turned == slot:
            used = []
        return replace(turned, scalars=(*slot.scalars, *scalars)), tuple(used)

    def _collected(self, slots: Sequence[Slot]) -> Node:
        terms = []
        for slot in slots:
            around = slot.left or slot.right
            body = product(self.t, around) if around else self._nothing(slot)
            whole = self.t.powers([*slot.scalars, (body, 1)])
            terms.append(_summed(whole, slot.ranges))
        return self.t.sum(terms) if terms else ZERO

    @staticmethod
    def _nothing(slot: Slot) -> Node:
        # A column of one row alone, or a square matrix: tr(dX) = tr(I dX).
        return identity(rows(slot.inner.shape)) if slot.inner.shape else ONE

    def _final(self, matrix: Node, x: Node, by_columns: bool) -> Node:
        """tr(M dX) or tr(dXᵀ G) as one term."""
        if matrix is ZERO:
            return ZERO
        change = move(x)
        scalars, rest = peel(matrix)
        if not change.shape:
            return self.t.product((matrix, change))
        change = transposed(self.t, change) if by_columns else change
        pair = (change, *chain(rest)) if by_columns else (*chain(rest), change)
        body = self._traced(matmul(*[f for f in pair if f.shape and f.op != IDENTITY]))
        return self.t.powers([*scalars, (body, 1)]) if scalars else body

    def _traced(self, u: Node) -> Node:
        return trace(u) if u.shape else u

    def _whole(self, slots: Sequence[Slot]) -> Node:
        return add(*[self._node(slot) for slot in slots])

    def _node(self, slot: Slot) -> Node:
        factors = [*slot.left, slot.inner, *slot.right]
        body = self._traced(matmul(*factors)) if slot.inner.shape else slot.inner
        whole = self.t.powers([*slot.scalars, (body, 1)]) if slot.scalars else body
        return _summed(whole, slot.ranges)


def _terms(u: Node) -> tuple[Node, ...]:
    return u.args if u.op == ADD else (u,)


def _factors(u: Node) -> tuple[Node, ...]:
    if not u.shape or u.op == IDENTITY:
        return ()
    return u.args if u.op == MATMUL else (u,)


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


def _summed(u: Node, ranges: Sequence[Range]) -> Node:
    for index, low, high in ranges:
        u = series(u, index, low, high)
    return u


def _unit(i: int, n: int) -> Node:
    """The i-th column of the n×n identity matrix."""
    return array((n, 1), [ONE if k == i else ZERO for k in range(n)]) if n > 1 else ONE


def _unit_row(j: int, n: int) -> Node:
    return array((1, n), [ONE if k == j else ZERO for k in range(n)]) if n > 1 else ONE


_OPENERS: dict[str, Callable[[Gathering, Slot], list[Slot]]] = {
    ADD: Gathering._open_sum,
    MUL: Gathering._open_multiple,
    DIV: Gathering._open_multiple,
    MATMUL: Gathering._open_product,
    TRACE: Gathering._open_trace,
    SERIES: Gathering._open_series,
    ARRAY: Gathering._open_entries,
}

_RULES: dict[str, Callable[[Gathering, Slot], tuple[str, list[Slot]]]] = {
    TRANSPOSE: Gathering._transpose,
    HADAMARD: Gathering._hadamard,
    QUOTIENT: Gathering._quotient,
    DIAG: Gathering._diag,
    DIAGONAL: Gathering._diagonal,
    TOTAL: Gathering._total,
    VEC: Gathering._vec,
    UNVEC: Gathering._unvec,
    TRIANGLE: Gathering._triangle,
    KRON: Gathering._kron,
}
