"""Atoms: names and numbers, calls, brackets, bars, and matrices written out entry by entry."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from calc_core.errors import InputError
from calc_core.functions import FUNCTIONS
from calc_core.matrix.language import tree as t
from calc_core.matrix.language.tree import Tree
from calc_core.matrix.language.vocabulary import SCALAR_VALUED, spelled
from calc_core.parse import limits
from calc_core.parse.cursor import Place
from calc_core.parse.tokens import Kind, Token

_ROUND = ("(", "[", "{", "\\{", ".")
_TRIGONOMETRIC = frozenset(("sin", "cos", "tan", "sinh", "cosh", "tanh", "cot", "sec", "csc"))
_UNKNOWN_FUNCTIONS = ("f", "g", "h")
_MATRIX_VALUED = frozenset(
    ("inv", "transpose", "hadamard", "kron", "vec", "diag", "Diag", "eye", "ones", "zeros", "expm",
     "logm", "sinm", "cosm", "outer", "softmax", "solve", "adjugate", "triu", "tril", "matmul")
)  # fmt: skip


class Brackets(Place):
    """Reads what cannot be taken apart."""

    open_bars: tuple[str, ...] = ()
    named: frozenset[str] = frozenset()  # letters that the person named: never functions
    blanks_separate = False  # whether a blank here stands between two entries of [1 2; 3 4]

    # Defined further down the line

    def sum(self) -> Tree:
        """Terms with signs between them."""
        raise NotImplementedError

    def power(self) -> Tree:
        """An atom with its powers and transposes."""
        raise NotImplementedError

    def raised(self, base: Tree, start: int) -> Tree:
        """What follows a sign ^."""
        raise NotImplementedError

    def signs(self) -> bool:
        """Takes the signs before an operand; whether they make a minus."""
        raise NotImplementedError

    def goes_on(self) -> bool:
        """Whether a factor follows without a sign."""
        raise NotImplementedError

    def starts_operand(self) -> bool:
        """Whether the next token begins an operand."""
        raise NotImplementedError

    # What every part uses

    def made(
        self, op: str, args: list[Tree], data: Any, start: int, script: Tree | None = None
    ) -> Tree:
        """A piece from its start to where the reading has come."""
        return Tree(op, tuple(args), data, start, self.before.end, script)

    def begins_entry(self) -> bool:
        """Whether the next token begins the next entry of [1 -2]."""
        token = self.token
        if not self.blanks_separate or not (token.gap or token.soft):
            return False
        return token.kind is not Kind.OPERATOR or not self.peek().gap

    # Atoms

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

    def script(self) -> Tree:
        """What stands lowered after the sign _."""
        self.advance()
        token = self.token
        if self.at(Kind.OPEN, "{") and self.peek().is_a(Kind.OPERATOR, "*"):
            self.index += 3
            return self.made(t.NAME, [], "*", token.start)
        if self.at_operator("*"):
            self.advance()
            return self.made(t.NAME, [], "*", token.start)
        if self.at(Kind.CONSTANT, "infinity"):
            self.advance()
            return self.made(t.NAME, [], "∞", token.start)
        if self.at(Kind.OPEN, "{") and self.peek().is_a(Kind.CONSTANT, "infinity"):
            self.index += 3
            return self.made(t.NAME, [], "∞", token.start)
        if token.kind in (Kind.NUMBER, Kind.NAME) or self.at(Kind.OPEN, "{"):
            self.deeper()
            inner = self.braces() if self.at(Kind.OPEN) else self.advanced()
            self.depth -= 1
            return inner
        raise self.error(token, "The subscript is missing.", "Write ‖A‖_F or 1_n.")

    def advanced(self) -> Tree:
        """The number or name that stands here, and nothing more."""
        token = self.advance()
        if token.kind is Kind.NUMBER:
            return self.made(t.NUMBER, [], token.value, token.start)
        return self.made(t.NAME, [], token.text, token.start)

    # Calls

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
            return [self._stacked(rows, self.before)]
        return rows[0]

    # Brackets

    def listing(self, opener: Token) -> list[list[Tree]]:
        r"""Entries between separators up to the closing bracket; ; and \\ begin a new row."""
        outer = self.open_bars, self.blanks_separate
        self.open_bars = ()
        self.blanks_separate = opener.text == "[" and opener.end - opener.start == 1
        rows = [[self.sum()]]
        while self.token.kind is not Kind.CLOSE:
            rows = self._next_entry(rows)
        self.advance()
        self.open_bars, self.blanks_separate = outer
        return rows

    def _next_entry(self, rows: list[list[Tree]]) -> list[list[Tree]]:
        if self.at_operator(";", "\\\\"):
            self.advance()
            if self.token.kind is Kind.CLOSE:
                return rows
            rows.append([self.sum()])
        elif self.at_operator(",", "&"):
            self.advance()
            rows[-1].append(self.sum())
        elif self.begins_entry():
            rows[-1].append(self.sum())
        else:
            raise self.unexpected()
        return rows

    def bracket(self) -> Tree:
        """A group, or a matrix written out."""
        i = self.index
        opener = self.advance()
        if opener.text in ("|", "‖"):
            return self._between(opener, self.listing(opener))
        if opener.text == "⟨":
            return self._inner(opener, self.listing(opener))
        if opener.text in ("⌊", "⌈", "cases"):
            raise self.error(opener, "This bracket is not read here.", "Write ( and ).")
        rows = self.listing(opener)
        entries = [entry for row in rows for entry in row]
        commas = any(token.is_a(Kind.OPERATOR, ",") for token in self.tokens[i : self.index])
        if len(entries) == 1 and not self._is_list_of_lists(opener, entries):
            return replace(entries[0], start=opener.start, end=self.before.end, bracketed=True)
        if len(rows) == 1 and self._is_list_of_lists(opener, entries):
            rows = [list(entry.args) for entry in entries]
        elif len(rows) == 1 and commas and opener.text != "matrix":
            return self._literal([[entry] for entry in entries], opener, "list")
        return self._literal(rows, opener, "")

    def _is_list_of_lists(self, opener: Token, entries: list[Tree]) -> bool:
        lists = all(e.op == t.LITERAL and e.data[2] == "list" for e in entries)
        return lists and opener.text != "matrix" and (len(entries) > 1 or opener.text == "[")

    def _stacked(self, rows: list[list[Tree]], last: Token) -> Tree:
        return self._literal(rows, replace(last, start=rows[0][0].start), "")

    def _literal(self, rows: list[list[Tree]], opener: Token, kind: str) -> Tree:
        width = len(rows[0])
        if any(len(row) != width for row in rows):
            row = next(row for row in rows if len(row) != width)
            raise InputError(
                f"The rows are not of one length: the first has {width}, this one {len(row)}.",
                row[0].start,
                "Give all rows the same number of entries.",
            )
        if width * len(rows) > limits.ENTRIES:
            raise self.error(opener, f"More than {limits.ENTRIES} entries are too many.", "")
        entries = [entry for row in rows for entry in row]
        return self.made(t.LITERAL, entries, (len(rows), width, kind), opener.start)

    def braces(self) -> Tree:
        """The one value in the brackets that open here."""
        opener = self.advance()
        rows = self.listing(opener)
        if len(rows) > 1 or len(rows[0]) > 1:
            raise self.error(opener, "One value is needed between these brackets.", "")
        return rows[0][0]

    # Bars and angles

    def bars(self) -> Tree:
        """|X| and ‖x‖, where the bar that opens and the one that closes look alike."""
        opener = self.advance()
        outer, self.open_bars = self.open_bars, (*self.open_bars, opener.text)
        inner = self.sum()
        if not self.at(Kind.BAR, opener.text):
            if self.token.kind in (Kind.END, Kind.CLOSE):
                raise self.error(opener, "This bar has no partner.", "Write |X| or ‖x‖.")
            raise self.unexpected()
        self.advance()
        self.open_bars = outer
        return self._between(opener, [[inner]])

    def _between(self, opener: Token, rows: list[list[Tree]]) -> Tree:
        if len(rows) > 1 or len(rows[0]) > 1:
            raise self.error(opener, "One value is needed between these bars.", "")
        script = self.script() if self.at_operator("_") else None
        return self.made(t.BARS, rows[0], opener.text, opener.start, script)

    def angle(self) -> Tree:
        """<x, y>, where > is no sign of comparison."""
        opener = self.advance()
        entries = [self.sum()]
        while self.at_operator(","):
            self.advance()
            entries.append(self.sum())
        if not self.at(Kind.RELATION, "gt"):
            raise self.error(opener, "The inner product that begins with < is not complete.",
                             "Write <x, y> or x'*y.")  # fmt: skip
        self.advance()
        return self._inner(opener, [entries])

    def _inner(self, opener: Token, rows: list[list[Tree]]) -> Tree:
        if len(rows) > 1 or len(rows[0]) != 2:
            raise self.error(opener, "An inner product has two factors.", "Write <x, y>.")
        if self.at_operator("_"):
            self.script()
        return self.made(t.ANGLE, rows[0], None, opener.start)

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
            return self._digit()
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

    def _digit(self) -> Tree:
        r"""The first digit of a number: \frac12 is a half."""
        token = self.token
        if len(token.text) == 1 or not token.text.isdigit():
            return self.advanced()
        rest = token.text[1:]
        self.tokens[self.index] = Token(
            Kind.NUMBER, rest, token.start + 1, token.end, False, False, int(rest)
        )
        return Tree(t.NUMBER, (), int(token.text[0]), token.start, token.start + 1)
