"""Tokens to a tree: precedence climbing, as for formulas of numbers.

From loose to tight: sums; products from left to right, where factors side by side go together
before ``⊙``, ``⊗``, ``·`` and ``:`` join them; signs; powers and transposes.

What they join is read by its parts, each in its own module: brackets, calls, atoms.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from calc_core.matrix.language import tree as t
from calc_core.matrix.language.atoms import Atoms
from calc_core.matrix.language.tree import Tree
from calc_core.parse import limits
from calc_core.parse.tokens import Kind, Token

_STARTS = (Kind.NUMBER, Kind.NAME, Kind.CONSTANT, Kind.FUNCTION, Kind.OPEN)
_PREFIX_COMMANDS = ("frac", "sqrt", "radical")
_JOINED_BY = {
    ".*": t.ENTRYWISE, "./": t.RATIO, "⊗": t.KRONECKER, "·": t.DOTTED, ":": t.COLON,
    "\\": t.SOLVED,
}  # fmt: skip
_MULTIPLYING = ("*", "@", "/", *_JOINED_BY)
_NESTING = ("/", "./", ":", "\\")
_FLAT = (t.ENTRYWISE, t.KRONECKER, t.DOTTED)
_REFUSED = {
    ".+": ("The sign .+ is not read.", "Write x + s*ones(n) to add a number to every entry."),
    ".-": ("The sign .- is not read.", "Write x - s*ones(n) to take a number from every entry."),
    "⊕": ("The direct sum ⊕ is not supported.", "Write + for a sum."),
    "!": ("Factorials are not read here.", "Write factorial(x)."),
    "†": ("The pseudo-inverse is not supported.", "Write inv(A'*A)*A'."),
}


class Grammar(Atoms):
    """Reads a whole formula."""

    def formula(self) -> Tree:
        """Everything up to the end."""
        result = self.sum()
        if self.at_operator(",", ";"):
            raise self.error(
                self.token, "A list needs brackets.", "Write (a, b) for the column of a and b."
            )
        if self.token.kind is not Kind.END:
            raise self.unexpected()
        return result

    # Sums and products

    def sum(self) -> Tree:
        """Terms with signs between them."""
        self.deeper()
        start = self.token.start
        terms = [self.term(self.signs())]
        while self.at_operator("+", "-") and not self.begins_entry():
            minus = self.advance().text == "-"
            terms.append(self.term(minus ^ self.signs()))
        if self.at_operator(*_REFUSED):
            raise self.error(self.token, *_REFUSED[self.token.text])
        self.depth -= 1
        return terms[0] if len(terms) == 1 else self.made(t.SUM, terms, None, start)

    def signs(self) -> bool:
        """Takes the signs before an operand; whether they make a minus."""
        minus = False
        while self.at_operator("+", "-"):
            minus ^= self.advance().text == "-"
        return minus

    def term(self, minus: bool) -> Tree:
        """A product; a sign before it belongs to the whole of it."""
        start = self.token.start
        product = self.product()
        return self.made(t.NEGATIVE, [product], None, start) if minus else product

    def product(self) -> Tree:
        """Factors from left to right."""
        start = self.token.start
        factors = self.side_by_side()
        nested = 0
        while self.at_operator(*_MULTIPLYING):
            nested += self.token.text in _NESTING
            limits.check_depth(nested, self.token.start)
            factors = self._multiplied(factors, start)
        return self._whole(factors, start)

    def _multiplied(self, factors: list[Tree], start: int) -> list[Tree]:
        """The factors with what the sign that stands here brings."""
        token = self.advance()
        if token.text in ("*", "@"):
            self._note_order(token, factors, start)
            return factors + self.side_by_side(signed=True)
        left = self._whole(factors, start)
        if token.text == "/":
            below = self.signed_power()
            fraction = self.made(t.OVER, [left, below], None, start)
            return [fraction, *(self.side_by_side() if self.goes_on() else [])]
        at = self.token.start
        right = self._whole(self.side_by_side(signed=True), at)
        return [self._joined(_JOINED_BY[token.text], left, right, start)]

    def _joined(self, op: str, left: Tree, right: Tree, start: int) -> Tree:
        """Two factors with a sign between them; A ⊙ B ⊙ C is one product of three."""
        flat = left.op == op and op in _FLAT and not left.bracketed
        return self.made(op, [*(left.args if flat else (left,)), right], None, start)

    def _note_order(self, token: Token, factors: list[Tree], start: int) -> None:
        joined = len(factors) == 1 and factors[0].op in (t.ENTRYWISE, t.KRONECKER)
        if joined and not factors[0].bracketed:
            shown = " ".join(self.text[start : token.start].split())
            self.note(token, f"This product multiplies the whole of {shown[:40]}; "
                             "write brackets if something else is meant.")  # fmt: skip

    def _whole(self, factors: list[Tree], start: int) -> Tree:
        if len(factors) == 1:
            return factors[0]
        end = factors[-1].end
        return Tree(t.PRODUCT, tuple(factors), None, start, end)

    def side_by_side(self, signed: bool = False) -> list[Tree]:
        """Factors without a sign between them."""
        factors = [self.signed_power() if signed else self.power()]
        while self.goes_on():
            token = self.token
            if token.kind is Kind.NUMBER:
                shown = self.source(self.index, self.index + 1)
                if self.before.kind is Kind.NUMBER:
                    raise self.error(token, "Two numbers stand side by side.",
                                     "Write * for their product.")  # fmt: skip
                if token.value == 1 and not self.peek().is_a(Kind.OPERATOR, "'", "^", "_"):
                    self.note(token, "This 1 is read as a column of ones.")
                    self.advance()
                    factors.append(self.made(t.CONSTANT, [], "1", token.start))
                    continue
                self.note(token, f"This {shown} is read as a factor; write ^{shown} for a power.")
            factors.append(self.power())
        return factors

    def signed_power(self) -> Tree:
        """A power with signs before it, after an operator."""
        start = self.token.start
        minus = self.signs()
        inner = self.power()
        return self.made(t.NEGATIVE, [inner], None, start) if minus else inner

    def goes_on(self) -> bool:
        """Whether a factor follows without a sign."""
        return self.starts_operand() and not self.begins_entry()

    def starts_operand(self) -> bool:
        """Whether the next token begins an operand."""
        token = self.token
        if token.kind in _STARTS:
            return True
        if token.kind is Kind.BAR:
            return not (self.open_bars and self.open_bars[-1] == token.text)
        return token.is_a(Kind.COMMAND, *_PREFIX_COMMANDS)

    # Powers and transposes

    def power(self) -> Tree:
        """An atom with its powers and transposes."""
        self.deeper()
        start = self.token.start
        base = self.atom()
        for nested in count():
            token = self.token
            limits.check_depth(nested, token.start)
            if self.at_operator("'"):
                self.advance()
                base = self.made(t.TRANSPOSED, [base], None, start)
            elif self.at_operator("^"):
                self.advance()
                base = self.raised(base, start)
            elif self.at_operator(".^"):
                self.advance()
                base = self.made(t.ENTRY_POWER, [base, self.exponent()], token.start, start)
            elif self.at_operator("_") and base.op == t.POWER and base.args[0].op == t.BARS:
                norm = replace(base.args[0], script=self.script())
                base = replace(base, args=(norm, base.args[1]), end=self.before.end)
            elif self.at_operator(".") and self._is_method():
                self.advance()
                base = self.method(base, start)
            else:
                break
        self.depth -= 1
        return base

    def raised(self, base: Tree, start: int) -> Tree:
        """What follows a sign ^: T, -T, ⊙ with an exponent for the entries, or an exponent."""
        at = self.token
        if self.at(Kind.OPEN, "{") and self.peek().is_a(Kind.OPERATOR, ".*"):
            return self.made(t.ENTRY_POWER, [base, self._entrywise_exponent()], at.start, start)
        marks = self._transposing()
        if marks is None:
            exponent = self.exponent()
            if self.at_operator("^") and not self._transposes_next():
                self.advance()
                exponent = self.raised(exponent, exponent.start)
            return self.made(t.POWER, [base, exponent], at.start, start)
        negative, length = marks
        self.index += length
        if negative:
            one = Tree(t.NUMBER, (), -1, at.start, self.before.end)
            base = self.made(t.POWER, [base, one], at.start, start)
        return self.made(t.TRANSPOSED, [base], None, start)

    def _entrywise_exponent(self) -> Tree:
        """What follows the sign in x^{⊙ 2}, up to the brace."""
        self.index += 2
        exponent = self.sum()
        if self.token.kind is not Kind.CLOSE:
            raise self.unexpected()
        self.advance()
        return exponent

    def _transposes_next(self) -> bool:
        self.index += 1
        marks = self._transposing()
        self.index -= 1
        return marks is not None

    def _transposing(self) -> tuple[bool, int] | None:
        """Whether a transpose is written here, negative or not, and by how many tokens."""
        i, depth = self.index, 0
        while self.tokens[i].is_a(Kind.OPEN, "{", "("):
            i, depth = i + 1, depth + 1
        negative = self.tokens[i].is_a(Kind.OPERATOR, "-")
        i += negative
        if negative and self.tokens[i].is_a(Kind.NUMBER) and self.tokens[i].value == 1:
            i += 1
        if not (self.tokens[i].is_a(Kind.NAME, "T") or self.tokens[i].is_a(Kind.OPERATOR, "'")):
            return None
        i += 1
        while depth and self.tokens[i].kind is Kind.CLOSE:
            i, depth = i + 1, depth - 1
        return None if depth else (negative, i - self.index)

    def exponent(self) -> Tree:
        """What stands raised: a bracket, a number, a letter or a call, with a sign."""
        self.deeper()
        start = self.token.start
        if self._in_braces(("†", "+", "*")):
            self.advance()
        minus = self.signs()
        if self.at_operator("†", "*", ".*") or self.at(Kind.NAME, "H") or self._is_plus():
            raise self._odd_mark()
        inner = self.atom()
        self.depth -= 1
        if minus and inner.op == t.NUMBER:
            return replace(inner, data=-inner.data, start=start)
        return self.made(t.NEGATIVE, [inner], None, start) if minus else inner

    def _in_braces(self, marks: tuple[str, ...]) -> bool:
        inner = self.peek()
        marked = inner.is_a(Kind.OPERATOR, *marks) or inner.is_a(Kind.NAME, "H")
        return self.at(Kind.OPEN, "{") and marked and self.peek(2).kind is Kind.CLOSE

    def _is_plus(self) -> bool:
        return self.before.is_a(Kind.OPERATOR, "+") and not self.starts_operand()

    def _odd_mark(self) -> Exception:
        shown = self.source(self.index, self.index + 1)
        if self._is_plus() or shown == "†":
            hint = "Write inv(A'*A)*A' if the columns of A are independent."
            return self.error(self.before, "The pseudo-inverse is not supported.", hint)
        return self.error(self.token, f"The mark {shown} belongs to complex matrices.",
                          "Write A' or A^T: all matrices are real here.")  # fmt: skip

    def _is_method(self) -> bool:
        following = self.peek()
        named = following.kind in (Kind.NAME, Kind.FUNCTION)
        return named and not following.gap and not self.token.gap

    def method(self, base: Tree, start: int) -> Tree:
        """What follows the dot in A.T, A.t(), A.dot(B) and A.trace()."""
        token = self.advance()
        args = [base]
        if self.at(Kind.OPEN, "(") and not self.token.gap:
            if self.peek().kind is Kind.CLOSE:
                self.index += 2
            else:
                args += self.arguments()
        if token.is_a(Kind.NAME, "T", "t") and len(args) == 1:
            return self.made(t.TRANSPOSED, args, None, start)
        if token.is_a(Kind.NAME, "I") and len(args) == 1:
            one = Tree(t.NUMBER, (), -1, token.start, token.end)
            return self.made(t.POWER, [base, one], token.start, start)
        if token.is_a(Kind.FUNCTION, "dot") and len(args) == 2:
            return self.made(t.PRODUCT, args, None, start)
        if token.kind is Kind.FUNCTION:
            return self.made(t.CALL, args, token.text, start)
        raise self.error(token, "A dot can only stand in a decimal number.",
                         "Write * for a product, and A.T for the transpose.")  # fmt: skip
