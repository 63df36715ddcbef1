"""One term of a differential, with dX somewhere inside it."""

from __future__ import annotations

from dataclasses import dataclass

from calc_core.graph import MOVE, Node
from calc_core.matrix.nodes import TRANSPOSE, identity, trace
from calc_core.matrix.tidy.products import product
from calc_core.matrix.tidy.tidier import MatrixTidier
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


def middle(t: MatrixTidier, slot: Slot) -> Node:
    """R L, with tr(L U R) = tr(RL U)."""
    around = [*slot.right, *slot.left]
    if around:
        return product(t, around)
    return identity(rows(slot.inner.shape))


def traced(u: Node) -> Node:
    """tr(u), which of a number is the number itself."""
    return trace(u) if u.shape else u
