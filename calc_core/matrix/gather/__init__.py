"""The differential of a scalar, brought to the form from which its derivative is read off.

df is a sum of terms that are linear in dX.  Each of them is written as tr(L U R) with dX somewhere
in U, and by the rules of :mod:`calc_core.matrix.gather.rules` L and R grow until U is dX or its
transpose.  Where L U R is a number its trace is the number itself and is not written.  Last, going
round in the trace, R L = M: df = tr(M dX) or c dx by rows, tr(dXᵀ G) or dxᵀ g by columns.

Source: Magnus and Neudecker, *Matrix Differential Calculus*, 3rd ed., §9.3 to §9.6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from calc_core.errors import InputError
from calc_core.graph import ADD, ONE, ZERO, Node, add
from calc_core.matrix.gather.opening import OPENERS
from calc_core.matrix.gather.rules import RULES
from calc_core.matrix.gather.slot import Range, Slot, middle, traced
from calc_core.matrix.nodes import IDENTITY, MATMUL, TRANSPOSE, identity, matmul, move, series
from calc_core.matrix.tidy.parts import chain, peel
from calc_core.matrix.tidy.products import product
from calc_core.matrix.tidy.tidier import MatrixTidier
from calc_core.matrix.tidy.transposes import transposed
from calc_core.shapes import rows


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
            apply = RULES.get(slot.inner.op)
            if apply is None:
                raise InputError(f"dX cannot be taken out of the operation “{slot.inner.op}” yet.")
            rule, further = apply(self.t, slot)
            rules[rule] = None
            moved.extend(further)
        return [part for slot in moved for part in self._opened(slot)], tuple(rules)

    def _opened(self, slot: Slot) -> list[Slot]:
        """The term with the products, sums, traces and scalars around dX taken apart."""
        opener = OPENERS.get(slot.inner.op)
        if slot.is_done or opener is None:
            return [slot]
        return [part for piece in opener(self.t, slot) for part in self._opened(piece)]

    # The end

    def _turned(self, slot: Slot, by_columns: bool) -> tuple[Slot, tuple[str, ...]]:
        """The term as tr(M dX) or, by columns, as tr(dXᵀ G)."""
        t = self.t
        if not slot.inner.shape:
            return slot, ()
        is_transposed = slot.inner.op == TRANSPOSE
        symbol = slot.inner.args[0] if is_transposed else slot.inner
        scalars, matrix = peel(middle(t, slot))
        used = []
        if slot.left and slot.right:
            used.append("as-trace" if slot.is_number else "cyclic")
        if is_transposed != by_columns:
            vector = 1 in symbol.shape
            used.append("own-transpose" if vector else "transpose")
            matrix = transposed(t, matrix)
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
        body = traced(matmul(*[f for f in pair if f.shape and f.op != IDENTITY]))
        return self.t.powers([*scalars, (body, 1)]) if scalars else body

    def _whole(self, slots: Sequence[Slot]) -> Node:
        return add(*[self._node(slot) for slot in slots])

    def _node(self, slot: Slot) -> Node:
        factors = [*slot.left, slot.inner, *slot.right]
        body = traced(matmul(*factors)) if slot.inner.shape else slot.inner
        whole = self.t.powers([*slot.scalars, (body, 1)]) if slot.scalars else body
        return _summed(whole, slot.ranges)


def _terms(u: Node) -> tuple[Node, ...]:
    return u.args if u.op == ADD else (u,)


def _factors(u: Node) -> tuple[Node, ...]:
    if not u.shape or u.op == IDENTITY:
        return ()
    return u.args if u.op == MATMUL else (u,)


def _summed(u: Node, ranges: Sequence[Range]) -> Node:
    for index, low, high in ranges:
        u = series(u, index, low, high)
    return u
