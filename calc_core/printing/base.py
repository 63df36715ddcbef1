"""What every way of printing shares: precedence, signs, brackets and names for shared parts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from fractions import Fraction

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
    bindings,
    cases,
    div,
    mul,
    num,
)

# How tightly a printed form holds together; a part is bracketed where its context asks for more.
SUM, MINUS, PRODUCT, POWER, ATOM = 0, 1, 2, 3, 4

# Functions whose power is customarily written sin²x.
POWER_ON_NAME = frozenset(
    "sin cos tan sec csc cot sinh cosh tanh sech csch coth".split()
)


def split_sign(u: Node) -> tuple[bool, Node]:
    """(whether u is written with a leading minus, u without it)."""
    if u.op == NUM and u.data < 0:
        return True, num(-u.data)
    if u.op == MUL and u.args[0].op == NUM and u.args[0].data < 0:
        first = num(-u.args[0].data)
        rest = u.args[1:]
        return True, mul(*rest) if first is ONE else mul(first, *rest)
    if u.op == DIV:
        minus, top = split_sign(u.args[0])
        if minus:
            return True, div(top, u.args[1])
    return False, u


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
        """u printed in full, though it has a name."""
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
            known = (name, ATOM) if name is not None else self._forms(u)
            if u is self.mark:
                known = self.marked(known[0]), known[1]
            self._memo[u] = known
        return known

    def within(self, u: Node, least: int) -> str:
        """u, bracketed if it holds together less tightly than ``least``."""
        text, tightness = self.form(u)
        return self.bracket(text) if tightness < least else text

    def _forms(self, u: Node) -> tuple[str, int]:
        match u.op:
            case op if op == NUM:
                return self.number(u.data)
            case op if op in (SYM, CONST):
                return self.symbol(u.data), ATOM
            case op if op == ADD:
                return self.sum(u), SUM
            case op if op == MUL:
                return self.product(u)
            case op if op == DIV:
                return self._fraction(u)
            case op if op == POW:
                return self.power(u), POWER
            case op if op == FN:
                return self.function(u.data, u.args)
            case op if op == APP:
                return self.unknown(*u.data, u.args), ATOM
            case op if op == DERIV:
                return self.derivative(*_gathered(u)), ATOM
            case op if op == INTEGRAL:
                return self.integral(*u.args), MINUS
            case op if op == PIECEWISE:
                return self.piecewise(cases(u)), ATOM
            case op if op == REL:
                left, right = (self.within(a, SUM) for a in u.args)
                return f"{left} {self.relations[u.data]} {right}", SUM
            case op if op == LOGIC:
                return self.logic(u), SUM
            case op if op == AT:
                return self.at(u.args[0], list(bindings(u).items())), ATOM
            case op if op == DOT:
                return self.matrix_product(*u.args), PRODUCT
            case op if op == ARRAY:
                return self.array(u.data, u.args), ATOM
        raise TypeError(f"no printed form for {u.op!r}")

    def sum(self, u: Node) -> str:
        """Terms joined by + and −."""
        pieces: list[str] = []
        for term in u.args:
            named = term in self.names or term is self.mark
            minus, rest = (False, term) if named else split_sign(term)
            # A nested sum needs brackets only where a minus would fall on its first term alone.
            text = self.within(rest, PRODUCT if minus else SUM)
            if pieces and not minus and text.startswith(self.minus):
                text = self.bracket(text)
            joint = self.minus if minus else ""
            if pieces:
                joint = f" {self.minus if minus else '+'} "
            pieces.append(joint + text)
        return "".join(pieces)

    def product(self, u: Node) -> tuple[str, int]:
        """Factors side by side, with a dot only where it is needed."""
        minus, rest = split_sign(u)
        if minus:
            return self.minus + self.within(rest, PRODUCT), MINUS
        pieces: list[str] = []
        for i, factor in enumerate(u.args):
            text = self.within(factor, PRODUCT if i == 0 else POWER)
            if i and text.startswith(self.minus):
                text = self.bracket(text)
            if i:
                pieces.append(self.joint(u.args[i - 1], factor))
            pieces.append(text)
        return "".join(pieces), PRODUCT

    def _fraction(self, u: Node) -> tuple[str, int]:
        minus, rest = split_sign(u)
        if minus and u.args[0] not in self.names:
            return self.minus + self.within(rest, PRODUCT), MINUS
        return self.fraction(*u.args), self.fraction_tightness

    def number(self, value: Number) -> tuple[str, int]:
        """A rational number."""
        if value < 0:
            return self.minus + self.number(-value)[0], MINUS
        if isinstance(value, int):
            return str(value), ATOM
        written = short_decimal(value) if self.decimal else None
        if written is not None:
            return written, ATOM
        return self.fraction(num(value.numerator), num(value.denominator)), self.fraction_tightness

    def is_total(self, u: Node) -> bool:
        """Whether a derivative of u is written with d: u depends on one variable alone."""
        return self.total and len(u.free - self.still) <= 1

    relations: Mapping[str, str]
    minus: str
    fraction_tightness: int

    @abstractmethod
    def bracket(self, text: str) -> str: ...
    @abstractmethod
    def marked(self, text: str) -> str: ...
    @abstractmethod
    def symbol(self, name: str) -> str: ...
    @abstractmethod
    def joint(self, left: Node, right: Node) -> str: ...
    @abstractmethod
    def fraction(self, top: Node, bottom: Node) -> str: ...
    @abstractmethod
    def power(self, u: Node) -> str: ...
    @abstractmethod
    def function(self, name: str, args: tuple[Node, ...]) -> tuple[str, int]: ...
    @abstractmethod
    def unknown(self, name: str, orders: tuple[int, ...], args: tuple[Node, ...]) -> str: ...
    @abstractmethod
    def derivative(self, u: Node, by: tuple[Node, ...]) -> str: ...
    @abstractmethod
    def integral(self, body: Node, bound: Node, low: Node, high: Node) -> str: ...
    @abstractmethod
    def piecewise(self, pairs: list[tuple[Node, Node]]) -> str: ...
    @abstractmethod
    def logic(self, u: Node) -> str: ...
    @abstractmethod
    def at(self, body: Node, values: list[tuple[Node, Node]]) -> str: ...
    @abstractmethod
    def matrix_product(self, left: Node, right: Node) -> str: ...
    @abstractmethod
    def array(self, shape: tuple[int, ...], args: tuple[Node, ...]) -> str: ...


def _gathered(u: Node) -> tuple[Node, tuple[Node, ...]]:
    """D(D(f, x), y) as (f, (x, y)): the operand and the variables, innermost first."""
    operand, x = u.args
    if operand.op == DERIV:
        inner, before = _gathered(operand)
        return inner, (*before, x)
    return operand, (x,)


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
