"""From a text to an Expression: scan, match brackets, take off the heading, read, choose."""

from __future__ import annotations

from collections.abc import Sequence

from calc_core.errors import InputError
from calc_core.expression import Expression, Note
from calc_core.graph import (
    ADD,
    ARRAY,
    DIV,
    LOGIC,
    MUL,
    REL,
    ZERO,
    Node,
    add,
    entries,
    neg,
)
from calc_core.parse.brackets import match_brackets
from calc_core.parse.grammar import Grammar, VectorGrammar
from calc_core.parse.guarded import guarded
from calc_core.parse.heading import Heading, read_heading
from calc_core.parse.scanner import scan
from calc_core.parse.tokens import Kind, Token
from calc_core.parse.variables import declared, detect

_DERIVES = "The app differentiates by itself: type only the function."
_TRAILING = (".", ",", ";")


def parse(text: str, variables: Sequence[str] | str | None = None) -> Expression:
    """Reads a function: plain text, Unicode or LaTeX, a scalar, vector or matrix.

    The form is kept as it was written; nothing is computed.  ``variables`` are the names to
    differentiate by, in order; without them they are detected.  Raises InputError, and nothing
    else, for what cannot be read.

    >>> f = parse("f(x, y) = x^2 y + sin xy")
    >>> f.name, f.variables, f.node.op
    ('f', ('x', 'y'), 'add')
    """
    return guarded(text, lambda checked: _function(checked, declared(variables)))


def parse_vectors(text: str, variables: Sequence[str] | str | None = None) -> Expression:
    """Reads the same, and sums and products of vectors and numbers as well: (1, -1)/√2.

    They are nodes of a sum or a product, as they were written.

    >>> parse_vectors("2 (x, y)").node.op
    'mul'
    """
    return guarded(text, lambda checked: _function(checked, declared(variables), VectorGrammar))


def parse_equation(text: str, variables: Sequence[str] | str | None = None) -> Expression:
    """Reads an equation, and returns left side − right side; without ``=`` the side itself.

    >>> parse_equation("x^2 + y^2 = 0").node is parse("x^2 + y^2").node
    True
    """
    return guarded(text, lambda checked: _equation(checked, declared(variables)))


class _Reading:
    """One text on its way to an Expression."""

    def __init__(
        self,
        text: str,
        chosen: tuple[str, ...] | None,
        equation: bool,
        grammar: type[Grammar] = Grammar,
    ) -> None:
        self.text = text
        self.chosen = chosen
        tokens, self.notes, self.decimal = scan(text)
        _drop_trailing(tokens)
        if len(tokens) == 1:
            raise InputError("There is no formula here.", None, "Type a function, such as x^2 y.")
        pairs = match_brackets(tokens, text)
        _refuse_derivatives(tokens, pairs)
        self.heading = read_heading(tokens, pairs, equation)
        known = frozenset(chosen or ()) | frozenset(self.heading.variables or ())
        if self.heading.end and tokens[self.heading.end].kind is Kind.END:
            last = tokens[self.heading.end - 1]
            raise InputError(
                "Nothing stands on the right of the sign =.", last.start, "Type the function there."
            )
        self.grammar = grammar(tokens, pairs, text, known)
        self.grammar.index = self.grammar.start = self.heading.end

    def expression(self, node: Node) -> Expression:
        free = node.free
        names = self.chosen or self.heading.variables or detect(free)
        notes = [*self.notes, *self.grammar.notes, *_notes_on_names(self.grammar)]
        unique = {(note.column, note.message): note for note in notes}
        return Expression(
            text=self.text,
            node=node,
            variables=names,
            constants=tuple(sorted(free - set(names))),
            name="" if self.grammar.several else self.heading.name,
            notes=tuple(sorted(unique.values(), key=lambda note: note.column)),
            decimal=self.decimal,
            is_column=any(part in self.grammar.columns for part in _factors(node)),
        )


def _factors(node: Node) -> tuple[Node, ...]:
    """The node, or what a product or fraction is made of: the vector in it is one of these."""
    return (node, *node.args) if node.op in (MUL, DIV) else (node,)


def _function(
    text: str, chosen: tuple[str, ...] | None, language: type[Grammar] = Grammar
) -> Expression:
    reading = _Reading(text, chosen, equation=False, grammar=language)
    grammar = reading.grammar
    node = grammar.formula()
    if node.op in (REL, LOGIC):
        raise _no_function(grammar)
    _check_size(grammar, node)
    return reading.expression(node)


def _equation(text: str, chosen: tuple[str, ...] | None) -> Expression:
    reading = _Reading(text, chosen, equation=True)
    if _is_constant_side(reading):
        reading.grammar.index = reading.grammar.start = 0
        reading.heading = Heading()
    grammar = reading.grammar
    node = grammar.formula()
    if node.op == REL and node.data == "eq":
        left, right = node.args
        terms = left.args if left.op == ADD else (left,)
        node = left if right is ZERO else add(*terms, neg(right))
    elif node.op in (REL, LOGIC):
        column = _relation(grammar).start
        raise InputError("One sign = is needed in an equation.", column, "Write x^2 + y^2 = 1.")
    if node.op == ARRAY:
        raise InputError("An equation between numbers is needed.", 0, "Write x^2 + y^2 = 1.")
    _check_size(grammar, node)
    return reading.expression(node)


def _is_constant_side(reading: _Reading) -> bool:
    """Whether F(x, y) = 0 is meant, an equation for an unknown F, and no definition."""
    rest = reading.grammar.tokens[reading.heading.end :]
    return bool(reading.heading.end) and not any(token.kind is Kind.NAME for token in rest)


def _check_size(grammar: Grammar, node: Node) -> None:
    grammar.growth.check_whole(*entries(node))


def _drop_trailing(tokens: list[Token]) -> None:
    """A formula copied from a sentence ends as the sentence does."""
    while len(tokens) > 1 and tokens[-2].is_a(Kind.OPERATOR, *_TRAILING):
        del tokens[-2]


def _relation(grammar: Grammar) -> Token:
    """The first sign of comparison outside all brackets."""
    i = grammar.start
    while i < len(grammar.tokens) - 1:
        if grammar.tokens[i].kind is Kind.RELATION or grammar.tokens[i].kind is Kind.WORD:
            return grammar.tokens[i]
        i = grammar.pairs.get(i, i) + 1
    return grammar.tokens[0]


def _no_function(grammar: Grammar) -> InputError:
    token = _relation(grammar)
    if token.is_a(Kind.RELATION, "eq"):
        return InputError(
            "This is an equation, not a function.",
            token.start,
            "Type only one side, or write f(x, y) = in front of the function.",
        )
    return InputError(
        "This is a condition, not a function.",
        token.start,
        "Write x^2 if x > 0, else 0 for a function by cases.",
    )


def _refuse_derivatives(tokens: list[Token], pairs: dict[int, int]) -> None:
    r"""d/dx, dy/dx, \frac{d}{dx}: what people type for the task instead of the function."""
    for i, token in enumerate(tokens):
        if token.is_a(Kind.COMMAND, "frac") and tokens[i + 1].is_a(Kind.OPEN, "{"):
            top = i + 2
            bottom = pairs[i + 1] + 1
            if tokens[bottom].is_a(Kind.OPEN, "{"):
                bottom += 1
        elif token.is_a(Kind.NAME, "d"):
            top = i
            bottom = i + 1
            while bottom < min(i + 4, len(tokens)) and not tokens[bottom].is_a(Kind.OPERATOR, "/"):
                bottom += 1
            if bottom >= len(tokens) or not tokens[bottom].is_a(Kind.OPERATOR, "/"):
                continue
            bottom += 1
        else:
            continue
        if _is_differential(tokens, bottom) and tokens[top].is_a(Kind.NAME, "d"):
            raise InputError("A derivative cannot be typed here.", token.start, _DERIVES)


def _is_differential(tokens: list[Token], i: int) -> bool:
    if i + 1 >= len(tokens) or not tokens[i].is_a(Kind.NAME, "d"):
        return False
    return tokens[i + 1].kind is Kind.NAME and not tokens[i + 1].gap


def _notes_on_names(grammar: Grammar) -> list[Note]:
    """What a reader of other conventions should know about a name."""
    seen = {token.text: token for token in reversed(grammar.tokens) if token.kind is Kind.NAME}
    messages: dict[str, str] = {}
    for name in ("i", "j"):
        messages[name] = (
            f"{name} is read as an ordinary name: neither the imaginary unit nor a unit vector; "
            "a vector is written (a, b)."
        )
    for name in ("xi", "mu", "nu"):
        if name in seen and grammar.text[seen[name].start : seen[name].end] == name:
            product = "*".join(name)
            messages[name] = f"{name} is read as the Greek letter; write {product} for a product."
    for name in ("X", "Y", "Z"):
        if name.lower() in seen:
            messages[name] = f"{name} and {name.lower()} are two different names."
    return [Note(seen[name].start, text) for name, text in messages.items() if name in seen]
