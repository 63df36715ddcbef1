"""The grammar of a whole formula, over an allow-list: it builds graph nodes and nothing else.

Its parts build on each other, each in a module of its own: cursor, operations, bare_arguments,
calls, letters, integrals, cases, blocks, atoms, operators.
"""

from __future__ import annotations

from calc_core.graph import ARRAY, SYM, Node
from calc_core.parse.cases import Item
from calc_core.parse.operators import Operators
from calc_core.parse.tokens import Kind, Token


class Grammar(Operators):
    """Reads a whole formula."""

    several = False  # whether each component had a name of its own: x = …, y = …

    def formula(self) -> Node:
        """Everything up to the end: one value, a list of components, or cases."""
        rows = self.listing()
        if self.token.kind is not Kind.END:
            raise self.unexpected()
        items = [item for row in rows for item in row]
        if self.start and len(items) > 1 and all(map(_is_assignment, items[1:])):
            self.several = True
            return self.vector([item.node for item in self._right_sides(items)], self.tokens[0])
        if any(item.condition is not None for item in items) or (
            len(items) > 1 and any(item.is_condition for item in items)
        ):
            return self.one_value(items)
        if len(items) == 1:
            return items[0].node
        self._check_decimal_comma()
        self.note(self.tokens[0], "A list without brackets is read as a vector function.")
        return self.stacked(rows, self.tokens[0])

    def _check_decimal_comma(self) -> None:
        i = self.decimal_comma()
        if i is not None and not self._has_other_comma():
            sign = "-" if self._is_sign(i - 2) else ""
            whole = f"{sign}{self.source(i - 1, i)}.{self.source(i + 1, i + 2)}"
            raise self.error(
                self.tokens[i], "A decimal number is written with a point.", f"Write {whole}."
            )

    def _has_other_comma(self) -> bool:
        """Whether a comma that touches both its neighbours can only part entries: 3,2t,-4t."""
        return any(
            token.is_a(Kind.OPERATOR, ",")
            and not (token.gap or after.gap)
            and not (before.kind is Kind.NUMBER and after.kind is Kind.NUMBER)
            for before, token, after in zip(
                self.tokens, self.tokens[1:], self.tokens[2:], strict=False
            )
        )

    def _is_sign(self, i: int) -> bool:
        """Whether a minus at index i belongs to the number behind it, and subtracts nothing."""
        if i < self.start or not self.tokens[i].is_a(Kind.OPERATOR, "-"):
            return False
        before = self.tokens[i - 1]
        return i == self.start or before.kind in (Kind.OPEN, Kind.OPERATOR)

    def _right_sides(self, items: list[Item]) -> list[Item]:
        """The components of x = u + v, y = u v, where the first name was taken as heading."""
        return [items[0], *[Item(item.node.args[1], None, item.first) for item in items[1:]]]


class VectorGrammar(Grammar):
    """Reads sums and products of vectors and numbers, too."""

    def scalar(self, node: Node, token: Token) -> Node:
        """A vector may be a term or a factor here; whether the shapes fit is seen later."""
        return node if node.op == ARRAY else super().scalar(node, token)


def _is_assignment(item: Item) -> bool:
    node = item.node
    return item.is_condition and node.data == "eq" and node.args[0].op == SYM
