"""What the grammar reads: the form of a text, before anybody knows the shapes of its names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

NUMBER, CONSTANT, NAME, CALL = "number", "constant", "name", "call"
SUM, NEGATIVE, PRODUCT, OVER = "sum", "negative", "product", "over"
POWER, ENTRY_POWER, TRANSPOSED = "power", "entry power", "transposed"
BARS, ANGLE, LITERAL = "bars", "angle", "literal"
# exp.(X): the function of every entry.
DOTTED_CALL = "dotted call"
# Operators between two factors that are no plain product.
ENTRYWISE, RATIO, KRONECKER, DOTTED, COLON, SOLVED = (
    "entrywise", "ratio", "kronecker", "dotted", "colon", "solved",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """One piece of the form: ``op`` over ``args``; it stands from ``start`` to ``end``.

    ``data``  the value of a number, the name of a name, the row of a call, the signs of a sum…;
    ``script``  what stands lowered at it: the F of ‖A‖_F, the n of 1_n, the 2 of log_2.
    """

    op: str
    args: tuple[Tree, ...]
    data: Any
    start: int
    end: int
    script: Tree | None = None
    bracketed: bool = False

    def is_a(self, op: str, *data: Any) -> bool:
        """Whether it is of this kind, with one of these data (any, when none is named)."""
        return self.op == op and (not data or self.data in data)


def walk(root: Tree) -> Iterator[Tree]:
    """Every piece, from left to right as far as they stand in that order."""
    stack = [root]
    while stack:
        tree = stack.pop()
        yield tree
        stack.extend(reversed(tree.args))
        if tree.script is not None:
            stack.append(tree.script)
