"""Operators, by precedence climbing.

From loose to tight: or, and, not, comparisons, sums, products (written or by standing side by
side, from left to right with fractions), signs, powers.
"""

from __future__ import annotations

from itertools import pairwise

from calc_core.graph import (
    ARRAY,
    LOGIC,
    NUM,
    POW,
    REL,
    SYM,
    E,
    Node,
    add,
    entries,
    fn,
    logic,
    mul,
    neg,
    rel,
    sym,
)
from calc_core.parse.atoms import LETTERS, PREFIX_COMMANDS, Atoms
from calc_core.parse.cursor import AND, OR, RELATION, SUM
from calc_core.parse.tokens import Kind, Token

_STARTS = (Kind.NUMBER, Kind.NAME, Kind.CONSTANT, Kind.FUNCTION, Kind.OPEN)


class Operators(Atoms):
    """Reads expressions, and tells where people mean different things by the same signs."""

    def expression(self, level: int = OR) -> Node:
        """An expression whose operators bind at least as strongly as the level."""
        self.deeper()
        first = self.token
        if level <= RELATION and self.accept(Kind.WORD, "not"):
            node = logic("not", self.condition(self.expression(RELATION), first))
        else:
            node = self.term()
            if self.at_operator("+", "-"):
                node = self.sum(node, first)
            if level <= RELATION and self.at(Kind.RELATION):
                node = self.comparison(node)
        if level <= AND and self.at(Kind.WORD, "and"):
            node = self._joined("and", node, RELATION)
        if level <= OR and self.at(Kind.WORD, "or"):
            node = self._joined("or", node, AND)
        self.depth -= 1
        return node

    def _joined(self, word: str, left: Node, level: int) -> Node:
        token = self.token
        if left.op not in (REL, LOGIC):
            sign = self.text[token.start : token.end]
            hint = "Write ^ for a power." if sign == "∧" else "Write conditions, such as x > 0."
            raise self.error(token, f"{sign} can only join conditions.", hint)
        conditions = [left]
        while self.accept(Kind.WORD, word):
            at = self.token
            conditions.append(self.condition(self.expression(level), at))
        return logic(word, *conditions)

    def comparison(self, left: Node) -> Node:
        """A < b, or a chain a < b < c; points are compared entry by entry."""
        token = self.token
        sides, kinds = [left], []
        while self.at(Kind.RELATION):
            kinds.append(self.advance().text)
            sides.append(self.expression(SUM))
        links = [
            self._compared(kind, a, b, token)
            for kind, (a, b) in zip(kinds, pairwise(sides), strict=True)
        ]
        return links[0] if len(links) == 1 else logic("and", *links)

    def _compared(self, kind: str, left: Node, right: Node, token: Token) -> Node:
        if ARRAY in (left.op, right.op):
            same = left.op == right.op and left.data == right.data
            if not same or kind not in ("eq", "ne"):
                raise self.error(token, "These two cannot be compared.",
                                 "Write (x, y) = (0, 0), or x > 0.")  # fmt: skip
            pairs = zip(entries(left), entries(right), strict=True)
            return logic("and" if kind == "eq" else "or", *[rel(kind, a, b) for a, b in pairs])
        return rel(kind, self.scalar(left, token), self.scalar(right, token))

    def sum(self, left: Node, first: Token) -> Node:
        """The terms that follow the first one."""
        terms = [self.scalar(left, first)]
        while self.at_operator("+", "-"):
            minus = self.advance().text == "-"
            first = self.token
            term = self.scalar(self.term(), first)
            terms.append(neg(term) if minus else term)
        return add(*terms)

    def term(self) -> Node:
        """A product, from left to right; a sign before it belongs to the whole of it."""
        first = self.token
        signs = self.signs()
        start = self.index
        node = self.factor()
        factors = [node]
        while True:
            token = self.token
            if self.at_operator("*"):
                self.advance()
                factors.append(self._signed_factor())
            elif self.at_operator("/"):
                self.advance()
                below = self.index
                top = mul(*[self.scalar(factor, token) for factor in factors])
                factors = [self.divided(top, self._signed_factor(), token)]
                self.note_slash(start, below)
            elif self.starts_operand():
                self.side_by_side(token, factors[-1])
                self.scalar(factors[0], first)
                factors.append(self.scalar(self.factor(), token))
            else:
                break
        if len(factors) > 1:
            self.scalar(factors[0], first)
        node = mul(*factors)
        for _ in range(signs % 2):
            node = neg(self.scalar(node, first))
        return node

    def signs(self) -> int:
        """Takes the signs before an operand, and counts the minus signs."""
        minus = 0
        while self.at_operator("+", "-"):
            minus += self.advance().text == "-"
        return minus

    def _signed_factor(self) -> Node:
        first = self.token
        minus = self.signs()
        node = self.scalar(self.factor(), first)
        return neg(node) if minus % 2 else node

    def side_by_side(self, token: Token, left: Node) -> None:
        """Tells what a product without a sign could be mistaken for."""
        before = self.before
        self.blanks += token.gap
        shown = self.source(self.index - 1, self.index)
        if token.kind is Kind.NUMBER:
            number = self.source(self.index, self.index + 1)
            if left.op == NUM and before.kind is Kind.NUMBER:
                is_mixed = self.peek().is_a(Kind.OPERATOR, "/")
                instead = f"{shown} + {number}/…" if is_mixed else f"{shown}*{number}"
                meant = "the mixed number" if is_mixed else "their product"
                raise self.error(
                    token, "Two numbers stand side by side.", f"Write {instead} for {meant}."
                )
            if before.kind is Kind.CLOSE:
                message = f"This {number} is read as a factor; write ^{number} for a power."
            else:
                message = (
                    f"{shown} {number} is read as a product; write {shown}^{number} for a power."
                )
            self.note(token, message)
        elif before.is_a(Kind.CONSTANT, "e") and token.kind in LETTERS and not token.gap:
            name = self.source(self.index, self.index + 1)
            self.note(before, f"e{name} is read as e·{name}; write e^{name} for a power.")

    def note_slash(self, start: int, below: int) -> None:
        """1/2x is half of x: tells so when something touches the denominator."""
        token = self.token
        if not self.starts_operand():
            return
        bottom = self.source(below, self.index)
        numbers = self.tokens[below].kind is Kind.NUMBER and below + 1 == self.index
        # Nobody takes 1/2 x or 1/(2x) y for anything else.
        if (token.gap and numbers) or self.pairs.get(below) == self.index - 1:
            return
        top = self.source(start, below - 1)
        rest = self.source(self.index, self.end_of_operand(self.index))
        blank = " " if token.gap else ""
        self.note(
            self.tokens[below],
            f"{top}/{bottom}{blank}{rest} is read as ({top}/{bottom})·{rest}; "
            f"write {top}/({bottom}{blank}{rest}) for the fraction of both.",
        )

    def starts_operand(self) -> bool:
        """Whether the next token begins an operand."""
        token = self.token
        if token.kind in _STARTS:
            return not self.at_differential()
        if token.kind is Kind.BAR:
            return not self.bar_closes(token)
        return token.is_a(Kind.COMMAND, *PREFIX_COMMANDS)

    # Powers

    def factor(self) -> Node:
        """An atom with its powers and factorials; powers group from the right."""
        self.deeper()
        first, start = self.token, self.index
        node = self.atom()
        while self.at_operator("^", "!") or self._at_late_subscript(node):
            token = self.advance()
            if token.text == "!":
                node = self._factorial(node, first, token)
            elif token.text == "_":
                node = self.with_subscript(node, token)
            else:
                node = self._raised_here(node, first, start, token)
        self.depth -= 1
        return node

    def _factorial(self, node: Node, first: Token, token: Token) -> Node:
        if self.at_operator("!"):
            raise self.error(self.token, "A double factorial cannot be read.",
                             "Write (n!)! or one !.")  # fmt: skip
        self.scalar(node, first)
        self.growth.check_factorial(node, token.start)
        return fn("factorial", node)

    def _at_late_subscript(self, node: Node) -> bool:
        base = node.args[0] if node.op == POW else node
        late = node is not base and base.op == SYM and "_" not in base.data
        return late and self.at_operator("_")

    def with_subscript(self, node: Node, token: Token) -> Node:
        """x^2_1, where LaTeX allows the subscript to come after the power."""
        index = self.script()
        if index.op not in (NUM, SYM) or not str(index.data).isalnum():
            raise self.error(token, "A subscript can only hold letters and digits.", "Write x_1.")
        return self.raised(sym(f"{node.args[0].data}_{index.data}"), node.args[1], token)

    def _raised_here(self, base: Node, first: Token, start: int, token: Token) -> Node:
        if base.op == ARRAY and self._is_transpose():
            self.factor()
            return self.raised(base, sym("T"), token)
        self.scalar(base, first)
        at = self.index
        exponent = self._exponent()
        if first.is_a(Kind.NAME, "E") and at == start + 2:
            self.note(first, "E is read as an ordinary letter; write e for Euler's number.")
        if exponent is sym("T"):
            self.note(token, "T is read as an exponent; transposes belong to matrices.")
        self.note_exponent(base, start, at)
        return self.raised(base, exponent, token)

    def _is_transpose(self) -> bool:
        token = self.peek() if self.at(Kind.OPEN, "{") else self.token
        return token.is_a(Kind.NAME, "T")

    def _exponent(self) -> Node:
        first = self.token
        minus = self.signs()
        node = self.scalar(self.factor(), first)
        return neg(node) if minus % 2 else node

    def note_exponent(self, base: Node, start: int, at: int) -> None:
        """e^2x is e^2·x: tells so where people often mean the other."""
        token, last = self.token, self.before
        simple = last.kind in (Kind.NUMBER, *LETTERS) and self.tokens[at].kind is not Kind.OPEN
        if not simple or token.gap or token.soft:
            return
        if token.kind in LETTERS and self.starts_operand():
            variable = bool(base.free) and last.kind is Kind.NUMBER
            if not variable and self.index - at <= 2:
                self._note_power(start, at, "", "product")
            return
        one = last.is_a(Kind.NUMBER) and last.value == 1 and self.index - at <= 2
        negative = base is E and self.tokens[at].is_a(Kind.OPERATOR, "-")
        if self.at_operator("/") and (one or negative):
            self._note_power(start, at, "/", "fraction")
        elif self.at_operator("+", "-") and negative:
            self._note_power(start, at, token.text, "whole")

    def _note_power(self, start: int, at: int, sign: str, what: str) -> None:
        after = self.index + bool(sign)
        rest = self.source(after, self.end_of_operand(after))
        power, exponent = self.source(start, self.index), self.source(at, self.index)
        self.note(
            self.tokens[start],
            f"{power}{sign}{rest} is read as ({power}){sign or '·'}{rest}; "
            f"write {self.source(start, at - 1)}^({exponent}{sign}{rest}) "
            f"for the power of the {what}.",
        )
