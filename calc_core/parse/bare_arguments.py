"""What a function takes that is written without brackets."""

from __future__ import annotations

from calc_core.graph import FN, Node, mul, neg, num
from calc_core.parse.operations import Operations
from calc_core.parse.tokens import Kind, Token

_TRIG = ("sin", "cos", "tan", "sec", "csc", "cot")
INVERSE = {name: f"a{name}" for name in (*_TRIG, *[f"{name}h" for name in _TRIG])}
_ANGULAR = frozenset((*INVERSE, *INVERSE.values(), "exp"))


class BareArguments(Operations):
    """Finds where the argument of a function ends: sin 2x cos y is sin(2x)·cos(y)."""

    def bare_argument(self, head: Token, first: int) -> Node:
        """What a function without brackets takes: sin 2x cos y is sin(2x)·cos(y).

        A product ends at a sign, at another function and at a blank after a letter; a number in
        front goes with what follows it.
        """
        self.deeper()
        name = self.source(first, self.index)
        negative = False
        while self.at_operator("-", "+") and not self.peek().gap:
            negative ^= self.advance().text == "-"
        start = self.index
        if not self.starts_operand() or self.at(Kind.OPEN, "matrix", "cases"):
            raise self.error(
                head, f"{name} needs an argument.", f"Write {self.source(first, first + 1)}(x)."
            )
        factors = [self.scalar(self.factor(), self.tokens[start])]
        angular = head.text in _ANGULAR
        noted = False
        while True:
            token = self.token
            constant = all(not f.free and f.op != FN for f in factors)
            if self.at_operator("*", "/"):
                trivial = token.text == "/" and factors == [num(1)]
                if not constant or token.gap or not (angular or trivial):
                    break
                self.advance()
                if not self.starts_operand():
                    raise self.missing()
                right = self.scalar(self.factor(), self.token)
                if token.text == "/":
                    factors = [self.divided(mul(*factors), right, token)]
                else:
                    factors.append(right)
                noted = noted or bool(right.free)
                continue
            if not self.starts_operand() or token.kind is Kind.NUMBER:
                break
            takes = self.belongs(token, head, constant, angular)
            if not takes:
                break
            fraction = self.before.kind is Kind.CLOSE and token.kind is Kind.NAME
            noted = noted or fraction or (constant and token.gap) or self._softly_joined(token)
            at = self.token
            factors.append(self.scalar(self.factor(), at))
        argument = mul(*factors)
        if noted:
            shown = self.source(start, self.index)
            self.note(head, f"{name} {shown} is read as {name}({shown}); "
                            "write brackets if something else is meant.")  # fmt: skip
        self.note_where_it_ends(name, head, start, not argument.free)
        self.depth -= 1
        return neg(argument) if negative else argument

    def _softly_joined(self, token: Token) -> bool:
        before = self.text[self.before.start : self.before.end]
        return token.soft and not before.startswith("\\")

    def belongs(self, token: Token, head: Token, constant: bool, angular: bool) -> bool:
        """Whether the factor that follows is still under the function."""
        root = head.text in ("sqrt", "cbrt")
        if self.before.is_a(Kind.BAR) or self.before.is_a(Kind.CLOSE, "|"):
            return False  # ln|x| is as complete as ln(x)
        if token.kind is Kind.FUNCTION or token.is_a(Kind.COMMAND, "radical", "sqrt", "int"):
            return constant and angular and not token.gap
        if token.kind in (Kind.NAME, Kind.CONSTANT):
            return not token.gap or (constant and not root)
        return constant and (angular or not (token.gap or root))

    def note_where_it_ends(self, name: str, head: Token, start: int, constant: bool) -> None:
        """Tells the choice if what follows could have been part of the argument."""
        token = self.token
        shown = self.source(start, self.index)
        if self.tokens[start].kind is Kind.FUNCTION or (constant and token.kind is Kind.OPERATOR):
            return
        if self.at_operator("/") and not token.gap and self.peek().kind is not Kind.FUNCTION:
            below = self.source(self.index + 1, self.end_of_operand(self.index + 1))
            self.note(
                head,
                f"{name} {shown}/{below} is read as {name}({shown})/{below}; "
                f"write {name}({shown}/{below}) for the function of the fraction.",
            )
        elif self.starts_operand() and token.kind is not Kind.FUNCTION:
            if token.is_a(Kind.COMMAND, "radical", "sqrt", "int"):
                return
            rest = self.source(self.index, self.end_of_operand(self.index))
            self.note(
                head,
                f"{name} {shown} {rest} is read as {name}({shown})·{rest}; "
                f"write {name}({shown} {rest}) for the function of the product.",
            )

    def end_of_operand(self, index: int) -> int:
        """The index behind the operand at this index, roughly: it is for showing only."""
        function = self.tokens[index].kind is Kind.FUNCTION
        index += function
        if index in self.pairs:
            return self.pairs[index] + 1
        return min(index + 1, len(self.tokens) - 1)
