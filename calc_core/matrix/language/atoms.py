"""What cannot be taken apart: numbers, names, calls, brackets, bars and LaTeX commands."""

from __future__ import annotations

from calc_core.matrix.language import tree as t
from calc_core.matrix.language.calls import Calls
from calc_core.matrix.language.tree import Tree
from calc_core.parse.tokens import Kind, Token

_UNKNOWN_FUNCTIONS = ("f", "g", "h")


class Atoms(Calls):
    """Reads the smallest parts of a formula."""

    named: frozenset[str] = frozenset()  # letters that the person named: never functions

    def atom(self) -> Tree:
        """A number, a name, a call, something in brackets or bars."""
        token = self.token
        match token.kind:
            case Kind.NUMBER:
                self.advance()
                one = token.value == 1 and self.at_operator("_")
                if one:
                    return self.made(t.CONSTANT, [], "1", token.start, self.script())
                return self.made(t.NUMBER, [], token.value, token.start)
            case Kind.CONSTANT:
                return self._constant()
            case Kind.NAME:
                return self._name()
            case Kind.FUNCTION:
                return self.call()
            case Kind.OPEN:
                return self.bracket()
            case Kind.BAR:
                return self.bars()
            case Kind.COMMAND:
                return self._command()
            case Kind.RELATION if token.text == "lt":
                return self.angle()
            case _:
                raise self.missing()

    def _constant(self) -> Tree:
        token = self.advance()
        if token.text == "infinity":
            raise self.error(token, "Infinity is not a number to calculate with.", "")
        script = self.script() if token.text == "1" and self.at_operator("_") else None
        return self.made(t.CONSTANT, [], token.text, token.start, script)

    def _name(self) -> Tree:
        token = self.advance()
        if token.text == "sigma" and self.at_dotted_call() and "sigma" not in self.named:
            self.advance()
            return self.made(t.DOTTED_CALL, self.arguments(), "sigmoid", token.start)
        if token.text == "sigma" and self._is_sigmoid():
            self.note(token, "σ(…) is read as the sigmoid; write σ*(…) for a product.")
            return self.made(t.CALL, self.arguments(), "sigmoid", token.start)
        if self._is_index(token):
            raise self.error(
                self.token,
                "Entries cannot be picked by an index.",
                f"Write a'*{token.text}*b with unit vectors a and b, or {token.text}_{{12}} "
                "for a name.",
            )
        if token.text in _UNKNOWN_FUNCTIONS and self.at(Kind.OPEN, "(") and not self.token.gap:
            raise self.error(token, f"The function {token.text} is not known.",
                             f"Write {token.text}*(…) for a product.")  # fmt: skip
        return self.made(t.NAME, [], token.text, token.start)

    def _is_index(self, name: Token) -> bool:
        """Whether an index follows, as in X[1,2], x[3] and X(1,2)."""
        if self.token.gap:
            return False
        if self.at(Kind.OPEN, "["):
            return not self.blanks_separate
        if not self.at(Kind.OPEN, "(") or not name.text[0].isupper():
            return False
        inside = self.tokens[self.index + 1 : self.pairs[self.index]]
        return len(inside) == 3 and inside[1].is_a(Kind.OPERATOR, ",")

    def _is_sigmoid(self) -> bool:
        bare = any(
            token.is_a(Kind.NAME, "sigma") and not following.is_a(Kind.OPEN, "(")
            for token, following in zip(self.tokens, self.tokens[1:], strict=False)
        )
        touching = self.at(Kind.OPEN, "(") and not self.token.gap
        return touching and not bare and "sigma" not in self.named

    # Commands of LaTeX

    def _command(self) -> Tree:
        head = self.advance()
        if head.text == "frac":
            top, below = self._argument(head), self._argument(head)
            return self.made(t.OVER, [top, below], below.start, head.start)
        if head.text not in ("sqrt", "radical"):
            raise self.error(head, "This command is not read here.", "Type only the formula.")
        degree = None
        if head.text == "sqrt" and self.at(Kind.OPEN, "["):
            degree = self.braces()
        elif head.text == "radical" and head.value == 3:
            return self.made(t.CALL, [self.power()], "cbrt", head.start)
        inside = self._argument(head) if head.text == "sqrt" else self._under_root()
        args = [inside] if degree is None else [inside, degree]
        return self.made(t.CALL, args, "root" if degree else "sqrt", head.start)

    def _under_root(self) -> Tree:
        if not self.starts_operand():
            raise self.missing()
        return self.atom()

    def _argument(self, head: Token) -> Tree:
        """What a LaTeX command takes: braces, or one letter, digit or command."""
        if self.at(Kind.NUMBER):
            digit = self.digit()
            return Tree(t.NUMBER, (), digit.value, digit.start, digit.end)
        if self.at(Kind.OPEN, "{"):
            self.deeper()
            inner = self.braces()
            self.depth -= 1
            return inner
        if self.starts_operand():
            self.deeper()
            inner = self.atom()
            self.depth -= 1
            return inner
        name = self.text[head.start : head.end]
        raise self.error(self.token, f"{name} needs braces here.", f"Write {name}{{…}}.")
