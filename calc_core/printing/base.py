"""What every way of printing shares: precedence, signs, brackets and names for shared parts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import groupby
from typing import Any

from calc_core.graph import (
    ADD,
    APP,
    ARRAY,
    AT,
    CONST,
    DERIV,
    DIV,
    DOT,
    FN,
    INTEGRAL,
    LIMIT,
    LOGIC,
    MUL,
    NUM,
    ONE,
    PIECEWISE,
    POW,
    REL,
    SYM,
    Node,
    Number,
    array,
    bindings,
    cases,
    entries,
    mul,
    num,
)
from calc_core.terms import factors, split, split_sign

# How tightly a printed form holds together; a part is bracketed where its context asks for more.
SUM, MINUS, PRODUCT, POWER, ATOM = 0, 1, 2, 3, 4

# Functions whose power is customarily written sin²x.
POWER_ON_NAME = frozenset(
    ("sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "sech", "csch", "coth")
)

# Products of matrices: the names of their operators, which stand in calc_core.matrix above.
MATMUL = "matmul"
INFIX = ("hadamard", "quotient", "kron")

# What prints one operator: (printer, node) to (the node printed, how tightly that holds together).
Form = Callable[[Any, Node], tuple[str, int]]


class Printer(ABC):
    """Prints nodes.

    ``names``    how named parts are written (each a node and its printed name);
    ``mark``     a node that is being worked on, highlighted where the form can;
    ``decimal``  rational numbers as decimals where they end soon;
    ``total``    whether the derivative of what depends on one variable alone is written with d;
    ``still``    names that are constants, and do not count as variables for that.
    """

    def __init__(
        self,
        names: Mapping[Node, str] | None = None,
        mark: Node | None = None,
        decimal: bool = False,
        total: bool = False,
        still: Iterable[str] = (),
    ) -> None:
        self.names = dict(names or {})
        self.mark = mark
        self.decimal = decimal
        self.total = total
        self.still = frozenset(still)
        self._memo: dict[Node, tuple[str, int]] = {}

    def __call__(self, u: Node) -> str:
        """u, printed."""
        return self.form(u)[0]

    def definition(self, u: Node) -> str:
        """U printed in full, though it has a name."""
        name = self.names.pop(u, None)
        self._memo.pop(u, None)
        try:
            return self(u)
        finally:
            if name is not None:
                self.names[u] = name
                self._memo.clear()

    def form(self, u: Node) -> tuple[str, int]:
        """(u printed, how tightly that holds together)."""
        known = self._memo.get(u)
        if known is None:
            name = self.names.get(u)
            known = (name, ATOM) if name is not None else self.forms[u.op](self, u)
            if u is self.mark:
                known = self.marked(known[0]), known[1]
            self._memo[u] = known
        return known

    def plain(self, u: Node) -> str:
        """U without shapes, where there is no room for them."""
        return self(u)

    def within(self, u: Node, least: int) -> str:
        """u, bracketed if it holds together less tightly than ``least``."""
        text, tightness = self.form(u)
        return self.bracket(text) if tightness < least else text

    def comparison(self, u: Node) -> tuple[str, int]:
        """Two sides and the relation between them."""
        left, right = (self.within(a, SUM) for a in u.args)
        return f"{left} {self.relations[u.data]} {right}", SUM

    def sum(self, u: Node) -> str:
        """Terms joined by + and −."""
        pieces: list[str] = []
        for term in u.args:
            named = term in self.names or term is self.mark
            minus, rest = (False, term) if named else split_sign(term)
            text = self.within(rest, PRODUCT if minus or (pieces and rest.op == ADD) else SUM)
            if pieces and not minus and self.opens_with_minus(text):
                text = self.bracket(text)
            joint = self.minus if minus else ""
            if pieces:
                joint = f" {self.minus if minus else self.plus} "
            pieces.append(self.signed(term, joint, text))
        return "".join(pieces)

    def signed(self, term: Node, sign: str, text: str) -> str:  # noqa: ARG002 (for others to use)
        """A term of a sum behind its sign; ``text`` is the term without a minus of its own."""
        return sign + text

    def opens_with_minus(self, text: str) -> bool:
        """Whether the first sign of a printed form is a minus."""
        return text.startswith(self.minus)

    def product(self, u: Node) -> tuple[str, int]:
        """Factors side by side, with a dot only where it is needed."""
        minus, rest = split_sign(u)
        if minus:
            return self.minus + self.within(rest, PRODUCT), MINUS
        pieces: list[str] = []
        for i, factor in enumerate(u.args):
            text = self.within(factor, _least(u.args, i))
            if i and self.opens_with_minus(text):
                text = self.bracket(text)
            if i:
                pieces.append(self.joint(u.args[i - 1], factor))
            pieces.append(text)
        return "".join(pieces), PRODUCT

    def argument_indices(self, orders: tuple[int, ...], args: tuple[Node, ...]) -> list[str]:
        """What an unknown function was differentiated by: letters, or positions in doubt."""
        plain = all(a.op == SYM for a in args) and len(set(args)) == len(args)
        by = [self(a) if plain else self.digits(str(i + 1)) for i, a in enumerate(args)]
        return [by[i] for i, n in enumerate(orders) for _ in range(n)]

    def quotient(self, u: Node) -> tuple[str, int]:
        """A written fraction, its minus sign in front."""
        minus, rest = split_sign(u)
        if minus and u.args[0] not in self.names:
            return self.minus + self.within(rest, PRODUCT), MINUS
        if self.decimal:
            coefficient, rest = split(u)
            if isinstance(coefficient, Fraction) and short_decimal(coefficient):
                if rest is ONE:
                    return self.number(coefficient)
                return self.product(mul(num(coefficient), *factors(rest)))
        return self.fraction(*u.args), self.fraction_tightness

    def number(self, value: Number) -> tuple[str, int]:
        """A rational number."""
        if value < 0:
            return self.minus + self.number(-value)[0], MINUS
        if isinstance(value, int):
            return self.digits(str(value)), ATOM
        written = short_decimal(value) if self.decimal else None
        if written is not None:
            return self.digits(written), ATOM
        return self.fraction(num(value.numerator), num(value.denominator)), self.fraction_tightness

    def as_matrix(self, u: Node, is_row: bool) -> tuple[str, tuple[int, int]]:
        """A factor of a matrix product as a matrix, and its extents.

        ``is_row``  whether a vector stands as a row.
        """
        (m, *rest) = u.shape
        extents = (m, *rest) if rest else (1, m) if is_row else (m, 1)
        if u.op != AT:
            return self.array(extents, entries(u)), extents
        body = array(extents, entries(u.args[0]))
        return self.at(body, list(bindings(u).items())), extents

    def digits(self, text: str) -> str:
        """Digits as the form sets them."""
        return text

    def is_total(self, u: Node) -> bool:
        """Whether a derivative of u is written with d: u depends on one variable alone."""
        return self.total and len(u.free - self.still) <= 1

    forms: Mapping[str, Form]
    relations: Mapping[str, str]
    plus = "+"
    minus: str
    fraction_tightness: int

    @abstractmethod
    def bracket(self, text: str) -> str:
        """The text in brackets."""

    @abstractmethod
    def marked(self, text: str) -> str:
        """The text, highlighted."""

    @abstractmethod
    def symbol(self, name: str) -> str:
        """A name."""

    @abstractmethod
    def joint(self, left: Node, right: Node) -> str:
        """What stands between two factors."""

    @abstractmethod
    def fraction(self, top: Node, bottom: Node) -> str:
        """A fraction of two nodes."""

    @abstractmethod
    def power(self, u: Node) -> str:
        """A power."""

    @abstractmethod
    def exponent(self, u: Node) -> str:
        """U as an exponent."""

    @abstractmethod
    def function_name(self, name: str) -> str:
        """What a known function is called."""

    @abstractmethod
    def function(self, name: str, args: tuple[Node, ...]) -> tuple[str, int]:
        """A known function, and how tightly its form holds together."""

    @abstractmethod
    def unknown(self, name: str, orders: tuple[int, ...], args: tuple[Node, ...]) -> str:
        """An unknown function, differentiated ``orders[i]`` times by argument i."""

    @abstractmethod
    def derivative(self, u: Node, by: tuple[Node, ...]) -> str:
        """An inert derivative of u by the variables, innermost first."""

    @abstractmethod
    def integral(self, body: Node, bound: Node, low: Node, high: Node) -> str:
        """A definite integral."""

    @abstractmethod
    def limit(self, body: Node, bound: Node, value: Node, side: str) -> str:
        """A limit, from the side "+", "-" or from both."""

    @abstractmethod
    def piecewise(self, pairs: list[tuple[Node, Node]]) -> str:
        """(value, condition) pairs."""

    @abstractmethod
    def logic(self, u: Node) -> str:
        """A combination of conditions."""

    @abstractmethod
    def at(self, body: Node, values: list[tuple[Node, Node]]) -> str:
        """A node at values of its symbols."""

    @abstractmethod
    def matrix_product(self, left: Node, right: Node) -> str:
        """A product of matrices."""

    @abstractmethod
    def array(self, shape: tuple[int, ...], args: tuple[Node, ...]) -> str:
        """Entries in row-major order."""


FORMS: dict[str, Form] = {
    NUM: lambda to, u: to.number(u.data),
    SYM: lambda to, u: (to.symbol(u.data), ATOM),
    CONST: lambda to, u: (to.symbol(u.data), ATOM),
    ADD: lambda to, u: (to.sum(u), SUM),
    MUL: lambda to, u: to.product(u),
    DIV: lambda to, u: to.quotient(u),
    POW: lambda to, u: (to.power(u), POWER),
    FN: lambda to, u: to.function(u.data, u.args),
    APP: lambda to, u: (to.unknown(u.data[0], u.data[1], u.args), ATOM),
    DERIV: lambda to, u: (to.derivative(*_gathered(u)), ATOM),
    INTEGRAL: lambda to, u: (to.integral(*u.args), MINUS),
    LIMIT: lambda to, u: (to.limit(u.args[0], u.args[1], u.args[2], u.data or ""), MINUS),
    PIECEWISE: lambda to, u: (to.piecewise(cases(u)), ATOM),
    REL: lambda to, u: to.comparison(u),
    LOGIC: lambda to, u: (to.logic(u), SUM),
    AT: lambda to, u: (to.at(u.args[0], list(bindings(u).items())), ATOM),
    DOT: lambda to, u: (to.matrix_product(u.args[0], u.args[1]), PRODUCT),
    ARRAY: lambda to, u: (to.array(u.data, u.args), ATOM),
}


def _least(args: tuple[Node, ...], i: int) -> int:
    """How tightly factor i of a product must hold together to stand without brackets."""
    if args[i].op in INFIX:
        return POWER
    if args[i].op != MATMUL:
        return POWER if i else PRODUCT
    # 2AX and tr(A)AX are plain; but (xᵀx)A and (aᵀb)(cᵀd) would be read as other products.
    others = args[:-1]
    plain = i == len(others) and not any(a.shape or a.op == MATMUL for a in others)
    return PRODUCT if plain else POWER


def _gathered(u: Node) -> tuple[Node, tuple[Node, ...]]:
    """D(D(f, x), y) as (f, (x, y)): the operand and the variables, innermost first."""
    operand, x = u.args
    if operand.op == DERIV:
        inner, before = _gathered(operand)
        return inner, (*before, x)
    return operand, (x,)


def runs(printed: Iterable[str]) -> list[tuple[str, int]]:
    """Equal neighbours, and how many they are.

    >>> runs(["∂x", "∂x", "∂y"])
    [('∂x', 2), ('∂y', 1)]
    """
    return [(text, len(list(run))) for text, run in groupby(printed)]


def short_decimal(value: Fraction) -> str | None:
    """The value as a decimal of at most six places, if it ends so soon."""
    for places in range(1, 7):
        shifted = value * 10**places
        if shifted.denominator == 1:
            digits = str(shifted.numerator).rjust(places + 1, "0")
            return f"{digits[:-places]}.{digits[-places:]}"
    return None


def is_plain(u: Node) -> bool:
    """Whether u may stand behind a function's name without brackets."""
    return u.op in (SYM, CONST) or (u.op == NUM and isinstance(u.data, int) and u.data >= 0)
