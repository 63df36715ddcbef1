"""Values by cases, in all the ways in which people write them."""

from __future__ import annotations

from dataclasses import dataclass

from calc_core.graph import ARRAY, LOGIC, PIECEWISE, REL, TRUE, Node, cases, entries, piecewise
from calc_core.parse.integrals import Integrals
from calc_core.parse.tokens import Kind, Token

SEPARATORS = (",", ";", "\\\\", "&")


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


class Cases(Integrals):
    """Reads values with conditions."""

    inside_cases = 0  # how many brackets around this place may hold conditions

    def listing(self) -> list[list[Item]]:
        r"""Entries between separators: ; and \\ begin a new row.  At least one entry."""
        raise NotImplementedError

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
            self.at_operator(*SEPARATORS) or self.at_full_stop()
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
