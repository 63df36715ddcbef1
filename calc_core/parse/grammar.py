"""The grammar: precedence climbing over an allow-list, building graph nodes and nothing else.

From loose to tight: or, and, not, comparisons, sums, products (written or by standing side by
side, from left to right with fractions), signs, powers.
"""

from __future__ import annotations

from itertools import pairwise

from calc_core.graph import (
    ARRAY,
    LOGIC,
    NUM,
    PI,
    POW,
    REL,
    SYM,
    TRUE,
    E,
    Node,
    add,
    entries,
    fn,
    logic,
    mul,
    neg,
    num,
    rel,
    sym,
)
from calc_core.parse.blocks import AND, OR, RELATION, SUM, Blocks, Item
from calc_core.parse.tokens import Kind, Token

_STARTS = (Kind.NUMBER, Kind.NAME, Kind.CONSTANT, Kind.FUNCTION, Kind.OPEN)
_PREFIX_COMMANDS = ("frac", "sqrt", "radical", "int")
_LETTERS = (Kind.NAME, Kind.CONSTANT)


class Grammar(Blocks):
    """Reads a whole formula."""

    open_bars: tuple[str, ...] = ()
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
        if i is not None:
            sign = "-" if self._is_sign(i - 2) else ""
            whole = f"{sign}{self.source(i - 1, i)}.{self.source(i + 1, i + 2)}"
            raise self.error(
                self.tokens[i], "A decimal number is written with a point.", f"Write {whole}."
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

    # Operators

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
                raise self.error(token, "Two numbers stand side by side.",
                                 f"Write {shown}*{number} for their product.")  # fmt: skip
            if before.kind is Kind.CLOSE:
                message = f"This {number} is read as a factor; write ^{number} for a power."
            else:
                message = (
                    f"{shown} {number} is read as a product; write {shown}^{number} for a power."
                )
            self.note(token, message)
        elif before.is_a(Kind.CONSTANT, "e") and token.kind in _LETTERS and not token.gap:
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
        return token.is_a(Kind.COMMAND, *_PREFIX_COMMANDS)

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
        simple = last.kind in (Kind.NUMBER, *_LETTERS) and self.tokens[at].kind is not Kind.OPEN
        if not simple or token.gap or token.soft:
            return
        if token.kind in _LETTERS and self.starts_operand():
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

    # Atoms

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
        if self.token.kind in _LETTERS and not self.token.gap and self.starts_operand():
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
            return self.digit()
        if self.at(Kind.NAME):
            self.advance()
            return sym(token.text)
        inner = self.at(Kind.OPEN, "{", "(", "[", "|") or self.at(Kind.COMMAND, *_PREFIX_COMMANDS)
        if inner or self.at(Kind.CONSTANT):
            self.deeper()
            node = self.scalar(self.atom(), token)
            self.depth -= 1
            return node
        name = self.text[head.start : head.end]
        raise self.error(token, f"{name} needs braces here.", f"Write {name}{{…}}.")

    def digit(self) -> Node:
        r"""The first digit of a number: \frac12 is a half."""
        token = self.token
        if len(token.text) == 1 or not token.text.isdigit():
            self.advance()
            return num(token.value)
        rest = token.text[1:]
        self.tokens[self.index] = Token(
            Kind.NUMBER, rest, token.start + 1, token.end, False, False, int(rest)
        )
        return num(int(token.text[0]))


def _is_assignment(item: Item) -> bool:
    node = item.node
    return item.is_condition and node.data == "eq" and node.args[0].op == SYM
