"""One line of a person's working: equations, and the names on the left of them.

``f_x = 2x y``, ``= 2 x y``, ``u = x y, v = x + y``, ``det J = y - x``: a line is one statement or
several, and a statement is a chain of sides joined by ``=``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from calc_core.errors import InputError
from calc_core.graph import APP, LOGIC, REL, Node, entries
from calc_core.parse import limits
from calc_core.parse.brackets import match_brackets
from calc_core.parse.derivative_notation import WorkingGrammar
from calc_core.parse.tokens import Kind, Token
from calc_core.parse.working_scanner import Scope, scan_working

# A heading in words, such as "Jacobian: " or "slope at the point = "; and words before a formula.
_HEADING = re.compile(r"([^=:]*[A-Za-z]{3}[^=:]*)[:=]")
_CONNECTIVE = re.compile(
    r"\s*(?:so|hence|thus|then|therefore|also|now|with|where|let|because|since|here)\b[,:]?",
    re.IGNORECASE,
)
# The name of a rule behind a line, such as "[product rule]".
_REMARK = re.compile(r"\s*[(\[][A-Za-z ,;:]*\b(?:rule|law|derivative)s?\b[A-Za-z ,;:]*[)\]]\s*$")
_ARROWS = ("↦", "→")
# The signs that occur in a name such as D_u f(1, 2) or |∇f|, but not in a formula.
_OF_NAMES = (",", "_", "'", "''")
_LONGEST_NAME = 14


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an equation.

    ``node``    what it says, with inert derivatives; None for a mere name, such as T_2(x, y);
    ``letter``  the name, if it is a single letter that may be given a meaning;
    ``text``    as it was typed; ``column`` where it begins.
    """

    node: Node | None
    text: str
    column: int
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A chain of sides that are said to be equal; ``goes_on`` if it begins with the sign =."""

    sides: tuple[Side, ...]
    goes_on: bool = False


def read_line(text: str, scope: Scope) -> tuple[Statement, ...]:
    """The statements of one line.  Raises InputError, and nothing else.

    >>> [statement] = read_line("= 2x + d/dx[3y]", Scope(("x", "y")))
    >>> statement.goes_on, statement.sides[0].node.op
    (True, 'add')
    """
    text = _REMARK.sub("", limits.check_text(text)) or text
    try:
        return _Line(text, scope).statements()
    except RecursionError:
        raise InputError("The formula is nested too deep.", None, "Write it flatter.") from None


class _Line:
    """One line on its way to statements."""

    def __init__(self, text: str, scope: Scope) -> None:
        self.text = text
        self.scope = scope
        self.heading, self.tokens = _scanned(text, scope)
        while self.tokens[0].is_a(Kind.OPERATOR, *_ARROWS, ":"):
            del self.tokens[0]
        while len(self.tokens) > 1 and self.tokens[-2].is_a(Kind.OPERATOR, ".", ",", ";"):
            del self.tokens[-2]
        self.pairs = match_brackets(self.tokens, text)

    def statements(self) -> tuple[Statement, ...]:
        parts = self._split(0, len(self.tokens) - 1, (",", ";"))
        if len(parts) > 1 and all(len(self._sides(*part)) > 1 for part in parts):
            found = [self._statement(*part) for part in parts]
        else:
            found = [self._statement(0, len(self.tokens) - 1)]
        return tuple([statement for statement in found if statement.sides])

    def _split(self, start: int, end: int, signs: tuple[str, ...]) -> list[tuple[int, int]]:
        """The spans between separators outside all brackets."""
        parts, first, i = [], start, start
        while i < end:
            if self.tokens[i].is_a(Kind.OPERATOR, *signs) or (
                self.tokens[i].is_a(Kind.RELATION, *signs)
            ):
                parts.append((first, i))
                first = i + 1
            i = self.pairs.get(i, i) + 1
        return [*parts, (first, end)]

    def _sides(self, start: int, end: int) -> list[tuple[int, int]]:
        return self._split(start, end, ("eq", ":="))

    def _statement(self, start: int, end: int) -> Statement:
        spans = self._sides(start, end)
        goes_on = len(spans) > 1 and spans[0][0] == spans[0][1]
        spans = spans[goes_on:]
        # "f_x =", and the rest on the next line.
        is_cut = len(spans) > 1 and spans[-1][0] == spans[-1][1]
        spans = spans[: len(spans) - is_cut]
        sides = [self._named()] if self.heading and start == 0 else []
        for k, (first, last) in enumerate(spans):
            is_left = is_cut or k < len(spans) - 1
            if first < last or not is_left:
                sides.append(self._side(first, last, is_left))
        return Statement(tuple(sides), goes_on and not self.heading)

    def _named(self) -> Side:
        return Side(None, self.heading, 0)

    def _side(self, first: int, last: int, is_left: bool) -> Side:
        if first >= last:
            where = self.tokens[max(first - 1, 0)]
            raise InputError("Nothing stands beside this sign.", where.start, "Write a formula.")
        inside = self.tokens[first:last]
        text = self.text[inside[0].start : inside[-1].end]
        column = inside[0].start
        letter = inside[0].text if last - first == 1 and inside[0].kind is Kind.NAME else ""
        may_be_a_name = is_left and _is_a_name(inside)
        try:
            node = self._read(inside)
        except InputError:
            if may_be_a_name:
                return Side(None, text, column)
            raise
        if may_be_a_name and (node.op == APP or not node.free <= self.scope.letters):
            return Side(None, text, column, letter)
        return Side(node, text, column, letter)

    def _read(self, inside: list[Token]) -> Node:
        stop = inside[-1].end
        tokens = [*inside, Token(Kind.END, "", stop, stop)]
        grammar = WorkingGrammar(tokens, match_brackets(tokens, self.text), self.text, self.scope)
        node = grammar.formula()
        if node.op in (REL, LOGIC):
            raise InputError("A condition stands where a formula is needed.", inside[0].start)
        grammar.growth.check_whole(*entries(node))
        return node


def _scanned(text: str, scope: Scope) -> tuple[str, list[Token]]:
    """A heading in words, if there is one, and the tokens behind it."""
    found = _CONNECTIVE.match(text)
    if found is not None:
        text = _blanked(text, found.end())
    try:
        return "", scan_working(text, scope)
    except InputError:
        found = _HEADING.match(text)
        if found is None:
            raise
        return found.group(1).strip(), scan_working(_blanked(text, found.end()), scope)


def _blanked(text: str, end: int) -> str:
    """The text with blanks up to an index, so that a column in it stays one."""
    return " " * end + text[end:]


def _is_a_name(tokens: list[Token]) -> bool:
    """Whether this looks like the name of something, such as D_u f(1, 2) or T_2(x, y)."""
    starts = (Kind.NAME, Kind.COMMAND, Kind.BAR)
    return (
        len(tokens) <= _LONGEST_NAME
        and tokens[0].kind in starts
        and all(token.kind is not Kind.OPERATOR or token.text in _OF_NAMES for token in tokens)
    )
