"""Words with their arguments, in brackets or without."""

from __future__ import annotations

from dataclasses import replace

from calc_core.functions import FUNCTIONS
from calc_core.matrix.language import tree as t
from calc_core.matrix.language.brackets import Brackets
from calc_core.matrix.language.tree import Tree
from calc_core.matrix.language.vocabulary import SCALAR_VALUED, spelled
from calc_core.parse.tokens import Kind, Token

_ROUND = ("(", "[", "{", "\\{", ".")
_TRIGONOMETRIC = frozenset(("sin", "cos", "tan", "sinh", "cosh", "tanh", "cot", "sec", "csc"))
_MATRIX_VALUED = frozenset(
    ("inv", "transpose", "hadamard", "kron", "vec", "diag", "Diag", "eye", "ones", "zeros", "expm",
     "logm", "sinm", "cosm", "outer", "softmax", "solve", "adjugate", "triu", "tril", "matmul")
)  # fmt: skip


class Calls(Brackets):
    """Finds how far the argument of a word reaches."""

    def call(self) -> Tree:
        """A word with its argument, in brackets or not."""
        head = self.advance()
        script = self.script() if self.at_operator("_") else None
        exponent = None
        if self.at_operator("^"):
            exponent = self.index
            self._skip_exponent(head)
        if self.at_operator("_") and script is None:
            script = self.script()
        op = t.CALL
        if self.at_dotted_call() and script is None and exponent is None:
            self.advance()
            op = t.DOTTED_CALL
        args = self._given(head)
        result = self.made(op, args, head.text, head.start, script)
        if exponent is None:
            return result
        raised = self._raised_later(result, exponent)
        if raised.op == t.POWER and FUNCTIONS.get(head.text):
            return replace(raised, op=t.ENTRY_POWER)
        return raised

    def at_dotted_call(self) -> bool:
        """Whether a dot and a bracket follow, as in exp.(X)."""
        touching = not self.token.gap and not self.peek().gap
        return self.at_operator(".") and touching and self.peek().is_a(Kind.OPEN, "(")

    def _spelled(self, head: Token) -> str:
        return spelled(self.text, head.start, head.text)

    def _skip_exponent(self, head: Token) -> None:
        """Goes past the 2 of sin² x."""
        self.advance()
        negative = self.at_operator("-") or self.peek().is_a(Kind.OPERATOR, "-")
        if negative and head.text in _TRIGONOMETRIC:
            raise self.error(head, f"{head.text}^-1 can mean two things.",
                             f"Write arc{head.text}(x) or 1/{head.text}(x).")  # fmt: skip
        if self.at_operator("-"):
            self.advance()
        if self.at(Kind.OPEN):
            self.index = self.pairs[self.index] + 1
        elif self.token.kind in (Kind.NUMBER, Kind.NAME):
            self.advance()
        else:
            raise self.missing()

    def _raised_later(self, result: Tree, exponent: int) -> Tree:
        """The result raised to the power that stands further left."""
        here = self.index
        self.index = exponent + 1
        raised = self.raised(result, result.start)
        self.index = here
        return replace(raised, end=self.before.end)

    def _given(self, head: Token) -> list[Tree]:
        if self.at(Kind.OPEN, *_ROUND):
            return self.arguments()
        self.deeper()
        start = self.index
        if not (self.starts_operand() or self.at_operator("+", "-")):
            name = self._spelled(head)
            raise self.error(head, f"{name} needs an argument.", f"Write {name}(X).")
        minus = self.signs()
        at = self.token
        inner = self._reach(head)
        if minus:
            inner = self.made(t.NEGATIVE, [inner], None, at.start)
        self.depth -= 1
        if inner.op == t.PRODUCT and self.text[at.start : inner.end].count(" "):
            shown, name = self.source(start, self.index), self._spelled(head)
            self.note(head, f"{name} {shown} is read as {name}({shown}); "
                            "write brackets if something else is meant.")  # fmt: skip
        return [inner]

    def _reach(self, head: Token) -> Tree:
        """The factors to which a word without brackets is applied."""
        start = self.token.start
        complete = self.token.kind in (Kind.BAR, Kind.FUNCTION)
        factors = [self.power()]
        trace = head.text == "trace"
        if complete and not trace:
            return factors[0]
        while not self._ends_reach(trace):
            if self.at_operator("*", "@", "·"):
                self.advance()
            factors.append(self.power())
        if len(factors) == 1:
            return factors[0]
        return Tree(t.PRODUCT, tuple(factors), None, start, factors[-1].end)

    def _ends_reach(self, trace: bool) -> bool:
        token = self.token
        if trace and self.at_operator("*", "@", "·"):
            token = self.peek()
        elif not self.goes_on():
            return True
        if token.kind is Kind.FUNCTION:
            return token.text in SCALAR_VALUED or not (trace or token.text in _MATRIX_VALUED)
        return token.is_a(Kind.COMMAND) or token.kind is Kind.OPERATOR

    def arguments(self) -> list[Tree]:
        """The list in the brackets that open here."""
        rows = self.listing(self.advance())
        if len(rows) > 1:
            return [self.stacked(rows, self.before)]
        return rows[0]
