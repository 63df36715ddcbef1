"""Brackets, bars and angles, and matrices written out entry by entry."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from calc_core.errors import InputError
from calc_core.matrix.language import tree as t
from calc_core.matrix.language.tree import Tree
from calc_core.parse import limits
from calc_core.parse.cursor import Place
from calc_core.parse.tokens import Kind, Token


class Brackets(Place):
    """Reads what stands in brackets, bars and angles."""

    open_bars: tuple[str, ...] = ()
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

    def stacked(self, rows: list[list[Tree]], last: Token) -> Tree:
        """The matrix of these rows, which ends with the last token."""
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
