"""What is written in brackets or blocks: lists, vectors, matrices, cases and integrals."""

from __future__ import annotations

from dataclasses import dataclass

from calc_core.graph import (
    ARRAY,
    LOGIC,
    ONE,
    PIECEWISE,
    REL,
    TRUE,
    Node,
    array,
    cases,
    entries,
    fn,
    integral,
    piecewise,
    sym,
)
from calc_core.parse import limits
from calc_core.parse.calls import Calls
from calc_core.parse.tokens import Kind, Token
from calc_core.parse.variables import letter_of

_SEPARATORS = (",", ";", "\\\\", "&")
OR, AND, RELATION, SUM = range(4)
"""How strongly operators bind, the loosest first."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: a value, perhaps with the condition under which it holds."""

    node: Node
    condition: Node | None
    first: Token

    @property
    def is_condition(self) -> bool:
        """Whether this entry is itself a condition, of the value before it."""
        return self.condition is None and self.node.op in (REL, LOGIC)


class Blocks(Calls):
    """Reads what stands between brackets."""

    inside_cases = 0  # how many brackets around this place may hold conditions
    integrals = 0  # how many integrals wait for their "dx" at this level of brackets
    blanks = 0  # how many products were made by a blank alone
    swallowed = ""  # the variable of a "dt" found on top of a fraction: ∫ dt/t

    # Values by cases

    def value(self) -> Node:
        """A whole expression, by cases if so written."""
        item = self.item()
        return self.one_value([item]) if item.condition else item.node

    def item(self) -> Item:
        """An entry of a list, with its condition: a, a if c, a if c else b, c ? a : b, c : a."""
        first = self.token
        if self.accept(Kind.WORD, "else"):
            self._skip_colon()
            if self._ends_item():
                return Item(TRUE, None, first)
            return Item(self.expression(), TRUE, first)
        if self.at(Kind.WORD, "if", "elif") and not self.is_conditional_call():
            return self.condition_first()
        node = self.expression()
        if self.accept(Kind.WORD, "if"):
            at = self.token
            condition = self.condition(self.expression(), at)
            return self._after_condition(node, condition, first)
        if self.accept(Kind.WORD, "else"):
            return Item(node, TRUE, first)
        if self.at_operator("?"):
            self.condition(node, first)
            self.advance()
            yes = self.value()
            if not self.accept(Kind.OPERATOR, ":"):
                raise self.error(self.token, "The part after : is missing.", "Write c ? a : b.")
            return Item(self.by_cases([(yes, node)], self.value(), first), None, first)
        if self.at_operator(":") and node.op in (REL, LOGIC):
            self.advance()
            return Item(self.expression(), node, first)
        return Item(node, None, first)

    def _after_condition(self, node: Node, condition: Node, first: Token) -> Item:
        if not self.accept(Kind.WORD, "else"):
            return Item(node, condition, first)
        self.deeper()
        rest = self.item()
        self.depth -= 1
        pairs = [(node, condition)]
        if rest.condition is not None:
            pairs.append((rest.node, rest.condition))
            return Item(self.by_cases(pairs, None, first), None, first)
        return Item(self.by_cases(pairs, rest.node, first), None, first)

    def condition_first(self) -> Item:
        """If c then a else b; or the bare condition of the entry before, "if x > 0"."""
        first = self.advance()
        at = self.token
        condition = self.condition(self.expression(), at)
        if not (self.at(Kind.WORD, "then") or self.at_operator(":")):
            return Item(condition, None, first)
        self.advance()
        return self._after_condition(self.expression(), condition, first)

    def _skip_colon(self) -> None:
        if self.at_operator(":"):
            self.advance()

    def _ends_item(self) -> bool:
        return self.token.kind in (Kind.END, Kind.CLOSE) or (
            self.at_operator(*_SEPARATORS) or self.at_full_stop()
        )

    def by_cases(self, pairs: list[tuple[Node, Node]], default: Node | None, token: Token) -> Node:
        """The cases, one list even if the last was by cases itself."""
        pairs = [(self.scalar(value, token), condition) for value, condition in pairs]
        if default is not None:
            self.scalar(default, token)
            pairs += cases(default) if default.op == PIECEWISE else [(default, TRUE)]
        return piecewise(*pairs)

    def one_value(self, items: list[Item]) -> Node:
        """The function by cases that these entries make; a last one without condition is "else"."""
        pairs: list[tuple[Node, Node | None]] = []
        for item in items:
            if not item.is_condition:
                self.scalar(item.node, item.first)
                pairs.append((item.node, item.condition))
            elif pairs and pairs[-1][1] is None:
                pairs[-1] = (pairs[-1][0], item.node)
            else:
                raise self.error(item.first, "This condition belongs to no value.",
                                 "Write the value first: x^2 if x > 0, else 0.")  # fmt: skip
        if not pairs:
            raise self.error(items[0].first, "This condition belongs to no value.", "")
        done: list[tuple[Node, Node]] = []
        for i, (value, condition) in enumerate(pairs):
            if condition is None and value.op == PIECEWISE:
                done += cases(value)
            elif condition is not None:
                done.append((value, condition))
            elif i == len(pairs) - 1:
                done.append((value, TRUE))
            else:
                raise self.error(
                    items[min(i, len(items) - 1)].first,
                    "One of the cases has no condition.",
                    "Write x^2 if x > 0, else 0.",
                )
        return piecewise(*done)

    def is_conditional_call(self) -> bool:
        """Whether the word is used as in If(x > 0, a, b)."""
        opener = self.index + 1
        return (
            self.tokens[opener].is_a(Kind.OPEN, "(", "[")
            and self.has_comma(opener)
            and (self.tokens[self.pairs[opener] + 1].kind is not Kind.RELATION)
        )

    def cases_call(self, head: Token) -> Node:
        """piecewise((a, c), (b, d)), piecewise(c, a, b), Piecewise[{{a, c}, {b, d}}, e]."""
        if not self.at(Kind.OPEN, "(", "[", "{", "\\{"):
            raise self.error(head, "The cases are missing.",
                             "Write piecewise((x^2, x > 0), (0, true)).")  # fmt: skip
        self.inside_cases += 1
        self.advance()
        rows = self.listing()
        self.inside_cases -= 1
        items = self.flat([item for row in rows for item in row])
        self.close()
        if items[0].is_condition:
            swapped: list[Item] = []
            while len(items) > 1:
                condition, value, *items = items
                if not condition.is_condition or value.is_condition:
                    raise self.error(condition.first, "Conditions and values have to take turns.",
                                     "Write piecewise(x > 0, x^2, 0).")  # fmt: skip
                swapped.append(Item(value.node, condition.node, value.first))
            items = swapped + items
        return self.one_value(items)

    def flat(self, items: list[Item]) -> list[Item]:
        """Lists of cases inside the list taken apart."""
        result: list[Item] = []
        for item in items:
            if item.node.op == ARRAY and len(item.node.data) == 1:
                result += [Item(entry, None, item.first) for entry in entries(item.node)]
            else:
                result.append(item)
        return result

    # Brackets

    def listing(self) -> list[list[Item]]:
        r"""Entries between separators: ; and \\ begin a new row.  At least one entry."""
        outer, self.integrals = self.integrals, 0
        rows: list[list[Item]] = [[self.item()]]
        while separator := self.separator():
            if separator == "row":
                rows.append([])
            rows[-1].append(self.item())
        self.integrals = outer
        return rows

    def separator(self) -> str:
        """Takes what separates two entries: "row", "entry", or nothing at the end of the list."""
        kind = ""
        while self.at_operator(*_SEPARATORS) or self.at_full_stop():
            sign = self.token.text
            # "x^2, & x > 0", ", \\\\" and "; \\\\" occur; two commas are an entry left out.
            if kind and sign == self.before.text == ",":
                raise self.missing()
            self.advance()
            kind = "row" if sign in (";", "\\\\") or kind == "row" else "entry"
        return "" if self.token.kind in (Kind.CLOSE, Kind.END) else kind

    def at_full_stop(self) -> bool:
        """Whether a sentence ends here, with the list or with one of its rows."""
        following = self.peek()
        return self.at_operator(".") and (
            following.kind is Kind.CLOSE or following.is_a(Kind.OPERATOR, "\\\\")
        )

    def close(self) -> None:
        """Takes the closing bracket: brackets are known to match."""
        if self.token.kind is not Kind.CLOSE:
            raise self.unexpected()
        self.advance()

    def arguments(self) -> list[Node]:
        """The list in the brackets that open here."""
        self.advance()
        rows = self.listing()
        self.close()
        items = [item for row in rows for item in row]
        if any(item.condition is not None for item in items):
            return [self.one_value(items)]
        for item in items:
            if item.is_condition:
                self.scalar(item.node, item.first)
        return [item.node for item in items]

    def bracket(self) -> Node:
        """A group, a vector, a matrix or a function by cases."""
        opener = self.advance()
        if opener.text == "|":
            return self.absolute(opener)
        if opener.text in ("⌊", "⌈"):
            return fn("floor" if opener.text == "⌊" else "ceil", self.one_scalar(opener))
        braces = opener.text in ("{", "\\{")
        if opener.text == "cases" or (braces and self.at(Kind.OPEN, "matrix", "cases")):
            return self.cases_block(opener)
        self.inside_cases += braces
        blanks = self.blanks
        rows = self.listing()
        self.inside_cases -= braces
        over = self.fraction_in_group(rows, opener)
        self.close()
        items = [item for row in rows for item in row]
        if over is not None:
            return over
        if len(items) == 1 and not items[0].condition:
            if opener.text == "[" and self.blanks > blanks:
                self._note_blank(opener)
            return items[0].node
        if any(item.condition is not None or item.is_condition for item in items):
            if not self.inside_cases and not braces and len(items) > 1:
                raise self.error(items[0].first, "A condition stands in a list.",
                                 "Write piecewise((x^2, x > 0), (0, true)).")  # fmt: skip
            return self.one_value(items)
        if opener.text == "[" and len(rows) > 1 and self.blanks > blanks:
            self._note_blank(opener)
        return self.stacked(rows, opener)

    def _note_blank(self, opener: Token) -> None:
        self.note(
            opener,
            "In square brackets a blank is read as a product; write commas between entries "
            "and ; between rows.",
        )

    def fraction_in_group(self, rows: list[list[Item]], opener: Token) -> Node | None:
        r"""The fraction {a \over b}; None if this is none."""
        if not self.accept(Kind.COMMAND, "over"):
            return None
        if len(rows) > 1 or len(rows[0]) > 1:
            raise self.error(opener, "A fraction with \\over cannot hold a list.", "Write \\frac.")
        return self.divided(rows[0][0].node, self.value(), opener)

    def cases_block(self, opener: Token) -> Node:
        r"""\begin{cases} … and a brace before an array, which means the same."""
        inner = self.advance() if opener.text != "cases" else None
        self.inside_cases += 1
        rows = self.listing()
        self.inside_cases -= 1
        if inner:
            self.close()
        self.close()
        return self.one_value([item for row in rows for item in row])

    def absolute(self, opener: Token) -> Node:
        r"""What stands between \left| and \right|."""
        return fn("abs", self.one_scalar(opener))

    def one_scalar(self, opener: Token) -> Node:
        """The one number that stands in brackets other than round ones."""
        rows = self.listing()
        if len(rows) > 1 or len(rows[0]) > 1:
            raise self.error(opener, "One number is needed between these signs.", "")
        self.close()
        item = rows[0][0]
        return self.scalar(self.one_value([item]) if item.condition else item.node, opener)

    def angle_list(self) -> Node:
        """<x, y>, where > is no sign of comparison."""
        opener = self.advance()
        items: list[Node] = []
        outer, self.integrals = self.integrals, 0
        while True:
            items.append(self.scalar(self.expression(SUM), self.token))
            if not self.accept(Kind.OPERATOR, ","):
                break
        self.integrals = outer
        if len(items) == 1 or not self.accept(Kind.RELATION, "gt"):
            raise self.error(opener, "The vector that begins with < is not complete.",
                             "Write <x, y>.")  # fmt: skip
        return self.vector(items, opener)

    def vector(self, items: list[Node], opener: Token) -> Node:
        """The array of these components, themselves numbers or rows of a matrix."""
        return self.stacked([[Item(node, None, opener) for node in items]], opener)

    def stacked(self, rows: list[list[Item]], opener: Token) -> Node:
        """Entries in rows as an array: one column or one row is a vector."""
        items = [item for row in rows for item in row]
        if len(items) > limits.ENTRIES:
            raise self.error(opener, f"There are more than {limits.ENTRIES} entries.", "")
        inner = [item.node for item in items if item.node.op == ARRAY]
        if inner:
            same = len(inner) == len(items) and len({node.data for node in inner}) == 1
            if not same or len(inner[0].data) != 1:
                raise self.error(opener, "The rows of this matrix do not have equal lengths.",
                                 "Write [[a, b], [c, d]].")  # fmt: skip
            parts = [entry for node in inner for entry in node.args]
            if len(parts) > limits.ENTRIES:
                raise self.error(opener, f"There are more than {limits.ENTRIES} entries.", "")
            return array((len(inner), inner[0].data[0]), parts)
        nodes = [self.scalar(item.node, item.first) for item in items]
        columns = len(rows[0])
        if any(len(row) != columns for row in rows):
            raise self.error(opener, "The rows of this matrix do not have equal lengths.",
                             "Write [[a, b], [c, d]].")  # fmt: skip
        if columns == 1 or len(rows) == 1:
            found = array((len(nodes),), nodes)
            if len(nodes) > 1 and (len(rows) > 1 or all(i.first.text == "[" for i in items)):
                self.columns.add(found)
            return found
        return array((len(rows), columns), nodes)

    # Integrals

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
