"""What is written in brackets or blocks: lists, vectors, matrices and groups."""

from __future__ import annotations

from calc_core.graph import ARRAY, Node, array, fn
from calc_core.parse import limits
from calc_core.parse.cases import SEPARATORS, Cases, Item
from calc_core.parse.cursor import SUM
from calc_core.parse.tokens import Kind, Token


class Blocks(Cases):
    """Reads what stands between brackets."""

    blanks = 0  # how many products were made by a blank alone

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
        while self.at_operator(*SEPARATORS) or self.at_full_stop():
            sign = self.token.text
            # "x^2, & x > 0", ", \\\\" and "; \\\\" occur; two commas are an entry left out.
            if kind and sign == self.before.text == ",":
                raise self.missing()
            self.advance()
            kind = "row" if sign in (";", "\\\\") or kind == "row" else "entry"
        return "" if self.token.kind in (Kind.CLOSE, Kind.END) else kind

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
