"""The tidier of matrix expressions: the scalar one with the rewrites of matrices."""

from __future__ import annotations

from collections.abc import Sequence

from calc_core.graph import EACH, MINUS_ONE, ONE, SERIES, ZERO, Node, rebuild
from calc_core.matrix.nodes import (
    ADJUGATE,
    DET,
    INVERSE,
    LOGSUMEXP,
    MATFN,
    MATPOW,
    NORM,
    QUOTIENT,
    SOFTMAX,
)
from calc_core.matrix.tidy.parts import zero
from calc_core.matrix.tidy.single import REWRITES
from calc_core.matrix.tidy.sums import alike, factored, plain_first
from calc_core.tidy import Tidier

# Operators that are not 0 at 0, or ask for the shape of what they are taken of.
_SHAPED = frozenset(
    (EACH, SOFTMAX, LOGSUMEXP, MATFN, MATPOW, INVERSE, ADJUGATE, DET, NORM, QUOTIENT)
)


class MatrixTidier(Tidier):
    """Tidies matrices and the scalars made of them."""

    def _build(self, node: Node, args: tuple[Node, ...]) -> Node:
        if node.op in _SHAPED and ZERO in args:
            pairs = zip(args, node.args, strict=True)
            args = tuple([zero(old.shape) if a is ZERO else a for a, old in pairs])
        rewrite = REWRITES.get(node.op)
        if rewrite is not None:
            return rewrite(self, node, args)
        if node.op == SERIES:
            return self._series(node, args)
        return super()._build(node, args)

    def _series(self, node: Node, args: tuple[Node, ...]) -> Node:
        body, index, low, high = args
        if body is ZERO:
            return ZERO
        if index.data in body.free:
            return rebuild(node, args)
        self.note("like-terms")
        return self.product((self.sum((high, self.product((MINUS_ONE, low)), ONE)), body))

    def sum(self, args: Sequence[Node]) -> Node:
        """The sum of tidy nodes, equal scalars written alike and common factors taken out."""
        total = super().sum(alike(self, args))
        # What is taken out of some terms may be common with others then.
        while (shorter := factored(self, total)) is not total:
            total = shorter
        return plain_first(total)
