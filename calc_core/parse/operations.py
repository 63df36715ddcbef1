"""Powers, roots, logarithms and fractions, built within bounds."""

from __future__ import annotations

from fractions import Fraction

from calc_core.graph import ARRAY, NUM, SYM, TWO, E, Node, array, div, fn, num, power
from calc_core.parse import limits
from calc_core.parse.cursor import Cursor
from calc_core.parse.tokens import Token


class Operations(Cursor):
    """Builds what may be too large, or not exist at all."""

    def raised(self, base: Node, exponent: Node, token: Token) -> Node:
        """base^exponent, within bounds."""
        if base.op == ARRAY and exponent.op == SYM and exponent.data == "T":
            if len(base.data) == 1:
                self.columns ^= {base}
            return _transposed(base)
        self.scalar(base, token)
        self.scalar(exponent, token)
        self.growth.check_power(base, exponent, token.start)
        if exponent.op == NUM and exponent.data <= 0 and self.growth.is_zero(base):
            raise self.error(token, "Zero cannot be raised to this power.", "")
        return fn("exp", exponent) if base is E else power(base, exponent)

    def rooted(self, of: Node, degree: Node, token: Token) -> Node:
        """The root of an integer degree or of a letter; else the power 1/degree."""
        self.scalar(of, token)
        self.scalar(degree, token)
        if degree.op == NUM:
            if degree.data == 0:
                raise self.error(token, "There is no root of degree 0.", "Write sqrt(x).")
            if degree is TWO:
                return fn("sqrt", of)
            if isinstance(degree.data, int) and 2 < degree.data <= limits.EXPONENT:
                return fn("root", of, degree)
        elif degree.free:
            return fn("root", of, degree)
        return self.raised(of, div(num(1), degree), token)

    def logarithm(self, head: Token, of: Node, base: Node) -> Node:
        """Log of a base; a base that is no positive number other than 1 is refused."""
        self.scalar(base, head)
        if base is E:
            return fn("ln", of)
        if base.op == NUM and (base.data <= 0 or base.data == 1):
            raise self.error(head, "The base of a logarithm is positive and not 1.", "")
        return fn("log", of, base)

    def divided(self, top: Node, bottom: Node, token: Token) -> Node:
        """The fraction; one of integers is a number."""
        self.scalar(top, token)
        self.scalar(bottom, token)
        if self.growth.is_zero(bottom):
            raise self.error(token, "Nothing can be divided by zero.", "")
        if isinstance(top.data, int) and isinstance(bottom.data, int):
            return num(Fraction(top.data, bottom.data))
        return div(top, bottom)


def _transposed(node: Node) -> Node:
    if len(node.data) == 1:
        return node
    rows, columns = node.data
    order = [i * columns + j for j in range(columns) for i in range(rows)]
    return array((columns, rows), [node.args[k] for k in order])
