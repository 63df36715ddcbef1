"""Plain text that a person reads in a terminal and that the parser reads back."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from types import MappingProxyType

from calc_core.graph import (
    AT,
    CONST,
    DOT,
    FN,
    MATRIX,
    NUM,
    ONE,
    POW,
    SYM,
    Node,
    bindings,
    entries,
)
from calc_core.printing.base import ATOM, FORMS, MATMUL, POWER, PRODUCT, Form, Printer
from calc_core.printing.matrices import INVERSE, MATRIX_POWER, TRANSPOSE, inverse_transposed
from calc_core.printing.matrix_text import TEXT

_NAMES = {
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "acot": "arccot",
    "asec": "arcsec",
    "acsc": "arccsc",
    "asinh": "arsinh",
    "acosh": "arcosh",
    "atanh": "artanh",
}
_SIDES = str.maketrans("+-", "⁺⁻")
_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
GREEK = dict(zip(_GREEK_NAMES.split(), "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ", strict=True))
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

# What stands close behind a number, 2x, and what it may be raised by, 2x².
_CLOSE = (SYM, CONST, FN, MATRIX)
_RAISED = (POW, TRANSPOSE, INVERSE, MATRIX_POWER)


class Text(Printer):
    """Prints nodes as text such as ``2x·y + x²·cos(x·y)``."""

    forms: Mapping[str, Form] = MappingProxyType(FORMS | TEXT)
    minus = "-"
    fraction_tightness = PRODUCT
    relations: Mapping[str, str] = MappingProxyType(
        {"lt": "<", "le": "≤", "gt": ">", "ge": "≥", "eq": "=", "ne": "≠"}
    )

    def bracket(self, text: str) -> str:
        return f"({text})"

    def marked(self, text: str) -> str:
        return text

    def symbol(self, name: str) -> str:
        head, _, index = name.partition("_")
        return GREEK.get(head, head) + (f"_{GREEK.get(index, index)}" if index else "")

    def joint(self, left: Node, right: Node) -> str:
        head = right.args[0] if right.op == MATMUL else right
        if head.op in _RAISED:
            head = inverse_transposed(self, head) or head.args[0]
        # 1/2x would be read, and 1ln x misread: only a number in one piece stands close.
        close = left.op == NUM and left is not ONE and "/" not in self(left)
        return "" if close and head.op in _CLOSE else "·"

    def fraction(self, top: Node, bottom: Node) -> str:
        least = POWER if top.shape or top.op == MATMUL else PRODUCT
        return f"{self.within(top, least)}/{self.within(bottom, POWER)}"

    def power(self, u: Node) -> str:
        base, exponent = u.args
        if exponent.op == NUM and isinstance(exponent.data, int) and 1 < exponent.data < 10:
            return f"{self.within(base, ATOM)}{str(exponent.data).translate(_SUPERSCRIPT)}"
        return f"{self.within(base, ATOM)}^{self.exponent(exponent)}"

    def exponent(self, u: Node) -> str:
        return self.within(u, ATOM)

    def function_name(self, name: str) -> str:
        return _NAMES.get(name, name)

    def function(self, name: str, args: tuple[Node, ...]) -> tuple[str, int]:
        inside = ", ".join(self(a) for a in args)
        if name == "exp":
            return f"e^{self.within(args[0], ATOM)}", POWER
        if name == "abs":
            return f"|{inside}|", ATOM
        if name == "factorial":
            return f"{self.within(args[0], ATOM)}!", POWER
        return f"{self.function_name(name)}({inside})", ATOM

    def unknown(self, name: str, orders: tuple[int, ...], args: tuple[Node, ...]) -> str:
        inside = ", ".join(self(a) for a in args)
        if len(args) == 1:
            return f"{name}{chr(39) * orders[0]}({inside})"
        index = "".join(self.argument_indices(orders, args))
        return f"{name}_{index}({inside})" if index else f"{name}({inside})"

    def derivative(self, u: Node, by: tuple[Node, ...]) -> str:
        d = "d" if self.is_total(u) else "∂"
        order = str(len(by)).translate(_SUPERSCRIPT) if len(by) > 1 else ""
        runs = [(self(x), len(list(run))) for x, run in groupby(reversed(by))]
        below = "".join(
            f"{d}{x}" + (str(n).translate(_SUPERSCRIPT) if n > 1 else "") for x, n in runs
        )
        operand = self(u)
        if u in self.names or u.op in (SYM, MATRIX):
            return f"{d}{order}{operand}/{below}"
        return f"{d}{order}/{below}[{operand}]"

    def integral(self, body: Node, bound: Node, low: Node, high: Node) -> str:
        return f"int({self(body)}, {self(bound)}, {self(low)}, {self(high)})"

    def limit(self, body: Node, bound: Node, value: Node, side: str) -> str:
        goal = self(value) + side.translate(_SIDES)
        return f"lim[{self(bound)}→{goal}] {self.within(body, PRODUCT)}"

    def piecewise(self, pairs: list[tuple[Node, Node]]) -> str:
        rows = ", ".join(f"({self(value)}, {self(c)})" for value, c in pairs)
        return f"piecewise({rows})"

    def logic(self, u: Node) -> str:
        if u.data in ("true", "false"):
            return str(u.data)
        if u.data == "not":
            return f"not ({self(u.args[0])})"
        return f" {u.data} ".join(self(a) for a in u.args)

    def at(self, body: Node, values: list[tuple[Node, Node]]) -> str:
        where = ", ".join(f"{self(x)}={self(v)}" for x, v in values if x is not v)
        return f"{self.within(body, PRODUCT)}|_({where})" if where else self(body)

    def matrix_product(self, left: Node, right: Node) -> str:
        return f"{self._entry_by_entry(left)} × {self._entry_by_entry(right)}"

    def _entry_by_entry(self, u: Node) -> str:
        if u.op == AT:
            inside = self._entry_by_entry(u.args[0])
            where = ", ".join(f"{self(x)}={self(v)}" for x, v in bindings(u).items() if x is not v)
            return f"{inside}|_({where})"
        return self(u) if u.op == DOT else self.array(u.shape, entries(u))

    def array(self, shape: tuple[int, ...], args: tuple[Node, ...]) -> str:
        if len(shape) == 1:
            return f"({', '.join(self(a) for a in args)})"
        width = shape[-1]
        if shape[0] == 1 and len(shape) == 2:
            # ((a, b)) would be read as (a, b), which is a column.
            return f"[{self.array((width,), args)}]"
        rows = [self.array((width,), args[i : i + width]) for i in range(0, len(args), width)]
        return f"({', '.join(rows)})"
