"""The tidier of matrix expressions: the scalar one with the rewrites of matrices."""

from __future__ import annotations

from collections.abc import Sequence

from calc_core.graph import SERIES, ZERO, Node
from calc_core.matrix.tidy.single import REWRITES
from calc_core.matrix.tidy.sums import alike, factored, plain_first
from calc_core.tidy import Tidier


class MatrixTidier(Tidier):
    """Tidies matrices and the scalars made of them."""

    def _build(self, node: Node, args: tuple[Node, ...]) -> Node:
        rewrite = REWRITES.get(node.op)
        if rewrite is not None:
            return rewrite(self, node, args)
        if node.op == SERIES and args[0] is ZERO:
            return ZERO
        return super()._build(node, args)

    def sum(self, args: Sequence[Node]) -> Node:
        """The sum of tidy nodes, equal scalars written alike and common factors taken out."""
        return plain_first(factored(self, super().sum(alike(self, args))))
