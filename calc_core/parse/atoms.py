"""What cannot be taken apart: numbers, letters, calls, brackets, bars and LaTeX commands."""

from __future__ import annotations

from calc_core.graph import PI, TRUE, E, Node, fn, logic, num, sym
from calc_core.parse.blocks import Blocks
from calc_core.parse.cases import Item
from calc_core.parse.tokens import Kind, Token

PREFIX_COMMANDS = ("frac", "sqrt", "radical", "int")
LETTERS = (Kind.NAME, Kind.CONSTANT)


class Atoms(Blocks):
    """Reads the smallest parts of a formula."""

    open_bars: tuple[str, ...] = ()

    def atom(self) -> Node:
        """What cannot be taken apart: a number, a letter, a call, a bracket."""
        token = self.token
        match token.kind:
            case Kind.NUMBER:
                self.advance()
                return num(token.value)
            case Kind.CONSTANT:
                self.advance()
                return E if token.text == "e" else PI
            case Kind.NAME:
                return self.letter()
            case Kind.FUNCTION:
                return self._function()
            case Kind.OPEN:
                return self.bracket()
            case Kind.BAR:
                return self.bars()
            case Kind.COMMAND:
                return self._command()
            case Kind.WORD:
                return self._word()
            case Kind.OPERATOR if token.text == "^" and self._is_raised_degree():
                return self._root_with_raised_degree()
            case Kind.RELATION if token.text == "lt":
                return self.angle_list()
            case _:
                raise self.missing()

    def _function(self) -> Node:
        head = self.token
        if head.text == "piecewise":
            self.advance()
            return self.cases_call(head)
        if head.text == "int":
            if self.peek().is_a(Kind.OPERATOR, "_"):
                return self.integral_sign()
            self.advance()
            return self.integral_call(head)
        return self.call()

    def _word(self) -> Node:
        token = self.token
        if token.text in ("true", "false"):
            self.advance()
            return TRUE if token.text == "true" else logic("false")
        if token.text == "if" and self.is_conditional_call():
            self.advance()
            return self.cases_call(token)
        raise self.missing()

    def bar_closes(self, token: Token) -> bool:
        """Whether a bar after an operand closes the absolute value that is open."""
        return bool(self.open_bars) and self.open_bars[-1] == token.text

    def bars(self) -> Node:
        """|x|, where the bar that opens and the one that closes look alike."""
        opener = self.advance()
        outer, self.open_bars = self.open_bars, (*self.open_bars, opener.text)
        inner = self.value()
        if not self.at(Kind.BAR, opener.text):
            if self.token.kind in (Kind.END, Kind.CLOSE):
                raise self.error(opener, "This bar has no partner.", "Write |x| or abs(x).")
            raise self.unexpected()
        self.advance()
        self.open_bars = outer
        return fn("abs", self.scalar(inner, opener))

    def listing(self) -> list[list[Item]]:
        """Entries between separators; the bars around the bracket are out of reach inside it."""
        outer, self.open_bars = self.open_bars, ()
        rows = super().listing()
        self.open_bars = outer
        return rows

    def _command(self) -> Node:
        token = self.token
        match token.text:
            case "frac":
                return self.fraction()
            case "sqrt":
                return self.root()
            case "radical":
                return self.radical()
            case "int":
                return self.integral_sign()
            case _:
                raise self.missing()

    def fraction(self) -> Node:
        r"""A fraction: \frac{a}{b}, \frac12, \frac xy."""
        head = self.advance()
        if self.numerator_with_differential():
            top = self.top_with_differential()
        else:
            top = self.latex_argument(head)
        return self.divided(top, self.latex_argument(head), head)

    def root(self) -> Node:
        r"""A root: \sqrt{x}, \sqrt[3]{x}, \sqrt 2."""
        head = self.advance()
        degree = num(2)
        if self.at(Kind.OPEN, "["):
            degree = self.bracket()
        return self.rooted(self.latex_argument(head), degree, head)

    def radical(self) -> Node:
        """√ takes a bracket or a single factor."""
        head = self.advance()
        degree = num(head.value)
        start = self.index
        if self.at(Kind.OPEN, "(", "{", "["):
            return self.rooted(self.bracket(), degree, head)
        if not self.starts_operand():
            raise self.missing()
        inside = self.factor()
        if self.token.kind in LETTERS and not self.token.gap and self.starts_operand():
            shown, rest = self.source(start, self.index), self.source(self.index, self.index + 1)
            self.note(head, f"√{shown}{rest} is read as √({shown})·{rest}; "
                            f"write √({shown}{rest}) for the root of the product.")  # fmt: skip
        elif self.at_operator("+", "-") and not self.token.gap and self.before.text != ")":
            shown = self.source(start, self.index)
            sign = self.source(self.index, self.index + 1)
            self.note(head, f"The root covers only {shown}; write √({shown} {sign} …) for more.")
        return self.rooted(inside, degree, head)

    def _is_raised_degree(self) -> bool:
        """Whether this is the 3 of ³√x."""
        group = self.pairs.get(self.index + 1, self.index + 1)
        return self.tokens[min(group + 1, len(self.tokens) - 1)].is_a(Kind.COMMAND, "radical")

    def _root_with_raised_degree(self) -> Node:
        head = self.advance()
        degree = self.script()
        inside = self.radical()
        return self.rooted(inside.args[0], degree, head)

    def latex_argument(self, head: Token) -> Node:
        """What a LaTeX command takes: braces, or one letter, digit or command."""
        token = self.token
        if self.at(Kind.NUMBER):
            return num(self.digit().value)
        if self.at(Kind.NAME):
            self.advance()
            return sym(token.text)
        inner = self.at(Kind.OPEN, "{", "(", "[", "|") or self.at(Kind.COMMAND, *PREFIX_COMMANDS)
        if inner or self.at(Kind.CONSTANT):
            self.deeper()
            node = self.scalar(self.atom(), token)
            self.depth -= 1
            return node
        name = self.text[head.start : head.end]
        raise self.error(token, f"{name} needs braces here.", f"Write {name}{{…}}.")
