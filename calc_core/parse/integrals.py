"""Integrals: the sign with its limits, the call, and a dt on top of a fraction."""

from __future__ import annotations

from calc_core.graph import ARRAY, ONE, Node, integral, sym
from calc_core.parse.cursor import SUM
from calc_core.parse.letters import Letters
from calc_core.parse.tokens import Kind, Token
from calc_core.parse.variables import letter_of


class Integrals(Letters):
    """Reads integrals."""

    integrals = 0  # how many integrals wait for their "dx" at this level of brackets
    swallowed = ""  # the variable of a "dt" found on top of a fraction: ∫ dt/t

    def integral_sign(self) -> Node:
        """The integral ∫_a^b … dx."""
        head = self.advance()
        low = high = None
        while self.at_operator("_", "^"):
            lower = self.advance().text == "_"
            if lower and low is None:
                low = self.script()
            elif not lower and high is None:
                high = self.scalar(self.factor(), head) if self.plain_limit() else self.script()
            else:
                raise self.error(self.before, "A limit is given twice.", "Write ∫_0^x.")
        if low is None or high is None:
            raise self.error(head, "An integral needs both limits.", "Write ∫_0^x e^(-t^2) dt.")
        self.deeper()
        self.integrals += 1
        swallowed, self.swallowed = self.swallowed, ""
        at = self.token
        body = ONE if self.at_differential() else self.scalar(self.expression(SUM), at)
        if self.swallowed:
            name = self.swallowed
            self.integrals -= 1
        elif self.at_differential():
            self.advance()
            name = self.advance().text
            self.integrals -= 1
            if self.at_operator("/"):
                # A quotient after "dt" is under the integral: ∫ dt/t.
                self.advance()
                body = self.divided(body, self.scalar(self.factor(), self.token), self.token)
        else:
            raise self.error(head, "The variable of integration is missing.",
                             "End the integral with dt: ∫_0^x e^(-t^2) dt.")  # fmt: skip
        self.swallowed = swallowed
        self.depth -= 1
        return self._integrated(head, body, name, low, high)

    def plain_limit(self) -> bool:
        """Whether the upper limit is a letter or number, which may have a power: ∫_0^x^2."""
        return self.token.kind in (Kind.NAME, Kind.NUMBER, Kind.CONSTANT)

    def _integrated(self, head: Token, body: Node, name: str, low: Node, high: Node) -> Node:
        if name in low.free | high.free:
            self.note(head, f"{name} is the variable of integration and stands in a limit as well; "
                            "these are two different things.")  # fmt: skip
        return integral(body, sym(name), low, high)

    def at_differential(self) -> bool:
        """Whether the next two tokens are the "dx" that ends the innermost integral."""
        if not self.integrals or not self.token.is_a(Kind.NAME, "d"):
            return False
        # In ∫ x d dx the first d is a constant.
        return self.peek().kind is Kind.NAME and self.peek().text != "d"

    def integral_call(self, head: Token) -> Node:
        """An integral as int(f, t, a, b), integrate(f, (t, a, b)) or Integrate[f, {t, a, b}]."""
        if not self.at(Kind.OPEN, "(", "[", "{"):
            raise self.error(head, "An integral needs a function and its limits.",
                             "Write int(e^(-t^2), t, 0, x).")  # fmt: skip
        args = self.arguments()
        if len(args) == 2 and args[1].op == ARRAY and len(args[1].data) == 1:
            args = [args[0], *args[1].args]
        if len(args) != 4 or args[1].op != "sym":
            raise self.error(head, "An integral takes a function, its variable and two limits.",
                             "Write int(e^(-t^2), t, 0, x).")  # fmt: skip
        body, bound, low, high = [self.scalar(arg, head) for arg in args]
        return self._integrated(head, body, bound.data, low, high)

    def numerator_with_differential(self) -> bool:
        """Whether the group that opens here ends in "dt", under an integral."""
        close = self.pairs.get(self.index)
        if not self.integrals or close is None or close < self.index + 3:
            return False
        d, name = self.tokens[close - 2], self.tokens[close - 1]
        return d.is_a(Kind.NAME, "d") and name.kind is Kind.NAME and bool(letter_of(name.text))

    def top_with_differential(self) -> Node:
        r"""The numerator of \frac{… dt}{…} without its dt, which is remembered."""
        opener = self.advance()
        outer, self.integrals = self.integrals, 1
        body = ONE if self.at_differential() else self.scalar(self.expression(SUM), opener)
        if not self.at_differential():
            raise self.unexpected()
        self.advance()
        self.swallowed = self.advance().text
        self.integrals = outer
        self.close()
        return body
