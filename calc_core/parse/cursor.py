"""A place in the tokens, and what every part of the grammar needs there."""

from __future__ import annotations

from dataclasses import replace

from calc_core.errors import InputError
from calc_core.expression import Note
from calc_core.graph import ARRAY, LOGIC, REL, Node
from calc_core.parse import limits
from calc_core.parse.tokens import Kind, Token

OR, AND, RELATION, SUM = range(4)
"""How strongly operators bind, the loosest first."""

_SHOWN_AT_MOST = 24


class Place:
    """Reads tokens one by one; ``index`` is the next."""

    def __init__(self, tokens: list[Token], pairs: dict[int, int], text: str) -> None:
        self.tokens = tokens
        self.pairs = pairs
        self.text = text
        self.index = 0
        self.notes: list[Note] = []
        self.columns: set[Node] = set()  # vectors that were written from top to bottom
        self.depth = 0

    @property
    def token(self) -> Token:
        """The next token."""
        return self.tokens[self.index]

    @property
    def before(self) -> Token:
        """The token before the next."""
        return self.tokens[self.index - 1]

    def peek(self, ahead: int = 1) -> Token:
        """The token so many places further on."""
        return self.tokens[min(self.index + ahead, len(self.tokens) - 1)]

    def at(self, kind: Kind, *texts: str) -> bool:
        """Whether the next token is one of these."""
        return self.token.is_a(kind, *texts)

    def at_operator(self, *texts: str) -> bool:
        """Whether the next token is one of these operators."""
        return self.token.is_a(Kind.OPERATOR, *texts)

    def advance(self) -> Token:
        """Takes the next token."""
        token = self.token
        if token.kind is not Kind.END:
            self.index += 1
        return token

    def accept(self, kind: Kind, *texts: str) -> bool:
        """Takes the next token if it is one of these."""
        if self.at(kind, *texts):
            self.advance()
            return True
        return False

    def digit(self) -> Token:
        r"""Takes the first digit of a number, or one that cannot be parted: \frac12 is a half."""
        token = self.token
        if len(token.text) == 1 or not token.text.isdigit():
            return self.advance()
        first, rest = token.text[0], token.text[1:]
        self.tokens[self.index] = Token(
            Kind.NUMBER, rest, token.start + 1, token.end, False, False, int(rest)
        )
        return replace(token, text=first, end=token.start + 1, value=int(first))

    def deeper(self) -> None:
        """Counts one more level of nesting."""
        self.depth += 1
        limits.check_steps(self.depth, min(self.token.start, max(len(self.text) - 1, 0)))

    def source(self, first: int, last: int) -> str:
        """The text of the tokens from first to last (not included), shortened if it is long."""
        if first >= last:
            return ""
        start = self.tokens[first].start
        # Cut before blanks are looked for: a formula may be long and shown piece by piece.
        end = min(self.tokens[last - 1].end, start + 4 * _SHOWN_AT_MOST)
        piece = " ".join(self.text[start:end].split())
        return piece if len(piece) <= _SHOWN_AT_MOST else piece[:_SHOWN_AT_MOST] + "…"

    def note(self, token: Token, message: str) -> None:
        """Tells a choice between two readings."""
        self.notes.append(Note(token.start, message))

    def error(self, token: Token, message: str, hint: str = "") -> InputError:
        """An error at a token; at the last character if it is the end of the text."""
        column = token.start
        if token.kind is Kind.END:
            column = max(len(self.text.rstrip()) - 1, 0)
        return InputError(message, column, hint)

    def missing(self) -> InputError:
        """The error when an operand is expected and something else stands there."""
        token, before = self.token, self.before if self.index else None
        shown = self.text[token.start : token.end]
        last = self.text[before.start : before.end] if before else ""
        if token.kind is Kind.END:
            if not last:
                return InputError("There is no formula here.", None, "Type a function.")
            return self.error(token, f"Something is missing after {last}.", "Complete it.")
        if token.kind is Kind.OPERATOR and before and before.kind is Kind.OPERATOR:
            return self._two_operators(before, token)
        if token.kind is Kind.CLOSE:
            if before and before.kind is Kind.OPEN:
                return self.error(token, f"Nothing stands between {last} and {shown}.",
                                  "Write something there, or delete both.")  # fmt: skip
            return self.error(token, f"Something is missing before {shown}.", "Complete it.")
        if token.kind is Kind.RELATION or token.kind is Kind.OPERATOR:
            after = f" after {last}" if last else ""
            return self.error(token, f"The sign {shown} cannot stand here{after}.",
                              "A number, letter or function is missing before it.")  # fmt: skip
        return self.error(token, f"{shown} cannot stand here.", "Type a number or letter there.")

    def _two_operators(self, before: Token, token: Token) -> InputError:
        first = self.text[before.start : before.end] or before.text
        second = self.text[token.start : token.end] or token.text
        hint = "Delete one of them."
        next_one, last_one = self.peek(), self.peek(-2)
        operands = (Kind.NAME, Kind.NUMBER, Kind.CONSTANT)
        if self.index >= 2 and last_one.kind in operands and next_one.kind in operands:
            left = self.text[last_one.start : last_one.end]
            right = self.text[next_one.start : next_one.end]
            hint = f"Write {left}{first}{right}."
        return self.error(token, f"The signs {first} and {second} cannot follow each other.", hint)

    def unexpected(self) -> InputError:
        """The error when the formula should have ended, or gone on with an operator."""
        token = self.token
        shown = self.text[token.start : token.end] or token.text
        if token.is_a(Kind.OPERATOR, "_"):
            return self.error(token, "A subscript can only stand on a letter.", "Write x_1.")
        if token.is_a(Kind.OPERATOR, ":", "@", "?", "→", "↦", "<->", ":=", "&", "\\\\"):
            return self.error(
                token, f"The sign {shown} has no meaning here.", "Type only the formula."
            )
        if token.is_a(Kind.OPERATOR, "."):
            return self.error(token, "A dot can only stand in a decimal number.",
                              "Write * for a product.")  # fmt: skip
        if token.is_a(Kind.RELATION, "eq"):
            return self.error(token, "An equation stands where a formula is needed.",
                              "Type only one side.")  # fmt: skip
        if token.kind is Kind.BAR:
            return self.error(token, "This bar has no partner.", "Write |x| or abs(x).")
        return self.error(token, f"{shown} cannot stand here.", "")


class Cursor(Place):
    """A place in a formula of numbers, and what is a number there."""

    def __init__(
        self, tokens: list[Token], pairs: dict[int, int], text: str, declared: frozenset[str]
    ) -> None:
        super().__init__(tokens, pairs, text)
        self.declared = declared  # letters that the person called variables: never functions
        self.start = 0  # where the formula begins, behind its heading
        self.growth = limits.Growth()

    def scalar(self, node: Node, token: Token) -> Node:
        """The node, if it is a number at every point."""
        if node.op in (REL, LOGIC):
            raise self.error(
                token,
                "A condition stands where a number is needed.",
                "Write piecewise((x^2, x > 0), (0, true)) for a function by cases.",
            )
        if node.op == ARRAY:
            hint = "Write the vector as a list of its components: (x^2 y, x + y)."
            if self.decimal_comma():
                hint = "A decimal number is written with a point: 0.5."
            raise self.error(token, "A vector or list stands where a number is needed.", hint)
        return node

    def decimal_comma(self) -> int | None:
        """The index of the first comma that touches digits on both sides, as in 0,5."""
        for i in range(1, len(self.tokens) - 1):
            before, after = self.tokens[i - 1], self.tokens[i + 1]
            digits = before.kind is Kind.NUMBER and after.kind is Kind.NUMBER
            if digits and self.tokens[i].is_a(Kind.OPERATOR, ",") and not after.gap:
                return i
        return None

    def condition(self, node: Node, token: Token) -> Node:
        """The node, if it is true or false at every point."""
        if node.op not in (REL, LOGIC):
            raise self.error(token, "A condition is needed here.", "Write one such as x > 0.")
        return node

    def close(self) -> None:
        """Takes the closing bracket: brackets are known to match."""
        if self.token.kind is not Kind.CLOSE:
            raise self.unexpected()
        self.advance()

    def at_full_stop(self) -> bool:
        """Whether a sentence ends here, with the list or with one of its rows."""
        following = self.peek()
        return self.at_operator(".") and (
            following.kind is Kind.CLOSE or following.is_a(Kind.OPERATOR, "\\\\")
        )

    # Parts that are defined further down the line

    def value(self) -> Node:
        """A whole expression, by cases if so written."""
        raise NotImplementedError

    def expression(self, level: int = OR) -> Node:
        """An expression whose operators bind at least as strongly as the level."""
        raise NotImplementedError

    def factor(self) -> Node:
        """A power, or what may stand in its place."""
        raise NotImplementedError

    def starts_operand(self) -> bool:
        """Whether the next token begins an operand."""
        raise NotImplementedError
