"""LaTeX, in the subset that KaTeX sets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from calc_core.functions import FUNCTIONS
from calc_core.graph import (
    ADD,
    APP,
    ARRAY,
    DERIV,
    DIV,
    FN,
    MATRIX,
    MUL,
    NUM,
    ONE,
    POW,
    SYM,
    Node,
)
from calc_core.printing.base import (
    ATOM,
    FORMS,
    POWER,
    POWER_ON_NAME,
    PRODUCT,
    SUM,
    Form,
    Printer,
    is_plain,
    runs,
)
from calc_core.printing.matrices import DET, is_factor
from calc_core.printing.matrix_latex import LATEX, ends_bare, shape_latex

_GREEK_LETTERS = """
alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho
sigma tau upsilon phi varphi chi psi omega
Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
"""
GREEK = frozenset(_GREEK_LETTERS.split())

# Functions whose argument may stand without brackets; others would be read as a product.
BARE = frozenset(
    FUNCTIONS[name].latex
    for name in (
        *POWER_ON_NAME,
        "ln",
        "asin",
        "acos",
        "atan",
        "acot",
        "asec",
        "acsc",
        "asinh",
        "acosh",
        "atanh",
        "acoth",
        "asech",
        "acsch",
    )
)

MARK = r"\textcolor{#c2410c}{%s}"


def symbol_latex(name: str) -> str:
    """A name such as x_1, theta or v_max in LaTeX."""
    head, _, index = name.partition("_")
    letter = f"\\{head}" if head in GREEK else head if len(head) == 1 else rf"\mathrm{{{head}}}"
    if not index:
        return letter
    if len(index) > 1 and index.isalpha():
        index = f"\\{index}" if index in GREEK else rf"\mathrm{{{index}}}"
    return f"{letter}_{{{index}}}"


class Latex(Printer):
    """Prints nodes as LaTeX.

    With ``shapes`` each factor that is a matrix stands over its shape.
    """

    forms: Mapping[str, Form] = MappingProxyType(FORMS | LATEX)
    minus = "-"
    fraction_tightness = PRODUCT
    relations: Mapping[str, str] = MappingProxyType(
        {"lt": "<", "le": r"\le", "gt": ">", "ge": r"\ge", "eq": "=", "ne": r"\ne"}
    )

    def __init__(
        self,
        names: Mapping[Node, str] | None = None,
        mark: Node | None = None,
        decimal: bool = False,
        total: bool = False,
        still: Iterable[str] = (),
        shapes: bool = False,
    ) -> None:
        super().__init__(names, mark, decimal, total, still)
        self.shapes = shapes

    def form(self, u: Node) -> tuple[str, int]:
        if not (self.shapes and u.shape and is_factor(u)):
            return super().form(u)
        text, tightness = self._without_shapes(u)
        # Room at the sides keeps the shapes of neighbours apart.
        return rf"\underset{{\:{shape_latex(self, u.shape)}\:}}{{{text}}}", tightness

    def plain(self, u: Node) -> str:
        return self._without_shapes(u)[0]

    def _without_shapes(self, u: Node) -> tuple[str, int]:
        if not self.shapes:
            return self.form(u)
        self.shapes, memo, self._memo = False, self._memo, {}
        try:
            return self.form(u)
        finally:
            self.shapes, self._memo = True, memo

    def bracket(self, text: str) -> str:
        return rf"\left({text}\right)"

    def marked(self, text: str) -> str:
        return MARK % text

    def symbol(self, name: str) -> str:
        return symbol_latex(name)

    def joint(self, left: Node, right: Node) -> str:
        # A dot before digits, around what is still to be done, and after a bare sin x.
        if DERIV in (left.op, right.op) or _starts_with_digit(right) or _ends_open(left, right):
            return r" \cdot "
        both_fractions = left.op == DIV and right.op == DIV
        return r" \cdot " if both_fractions or left.op == APP else r"\,"

    def fraction(self, top: Node, bottom: Node) -> str:
        if top.op == ARRAY:
            return rf"{self.fraction(ONE, bottom)}\,{self(top)}"
        return rf"\frac{{{self(top)}}}{{{self(bottom)}}}"

    def power(self, u: Node) -> str:
        base, exponent = u.args
        raised = self.exponent(exponent)
        if self._raises_the_name(base, exponent):
            name = FUNCTIONS[base.data].latex
            return self._applied(f"{name}^{{{raised}}}", base.args, bare=True)
        return f"{self._base(base)}^{{{raised}}}"

    def _raises_the_name(self, base: Node, exponent: Node) -> bool:
        """Whether to write sin²x."""
        if base.op != FN or base.data not in POWER_ON_NAME:
            return False
        named = base in self.names or base is self.mark
        return not named and isinstance(exponent.data, int) and exponent.data > 0

    def _base(self, base: Node) -> str:
        tall = base.op in (FN, DIV) and base.data not in ("abs", "floor", "ceil")
        if (tall or base.op == DERIV) and base not in self.names:
            return self.bracket(self(base))
        return self.within(base, ATOM)

    def exponent(self, u: Node) -> str:
        # Fractions flat, and no shapes.
        if u.op == DIV and all(is_plain(a) for a in u.args):
            return f"{self(u.args[0])}/{self(u.args[1])}"
        if u.op == NUM and not isinstance(u.data, int) and not self.decimal:
            return f"{u.data.numerator}/{u.data.denominator}"
        return self.plain(u)

    def function_name(self, name: str) -> str:
        return FUNCTIONS[name].latex

    def function(self, name: str, args: tuple[Node, ...]) -> tuple[str, int]:
        inside = [self(a) for a in args]
        match name:
            case "exp":
                return f"e^{{{self.exponent(args[0])}}}", POWER
            case "sqrt":
                return rf"\sqrt{{{inside[0]}}}", ATOM
            case "root":
                return rf"\sqrt[{inside[1]}]{{{inside[0]}}}", ATOM
            case "abs":
                return rf"\left|{inside[0]}\right|", ATOM
            case "floor":
                return rf"\left\lfloor {inside[0]} \right\rfloor", ATOM
            case "ceil":
                return rf"\left\lceil {inside[0]} \right\rceil", ATOM
            case "factorial":
                return f"{self.within(args[0], ATOM)}!", POWER
            case "log":
                return self._applied(rf"\log_{{{inside[1]}}}", args[:1], bare=True), POWER
            case "polygamma":
                return self._applied(rf"\psi^{{({inside[0]})}}", args[1:]), POWER
        return self._applied(self.function_name(name), args), POWER

    def _applied(self, name: str, args: tuple[Node, ...], bare: bool = False) -> str:
        bare = (bare or name in BARE) and len(args) == 1 and args[0] is not self.mark
        if bare and (is_plain(args[0]) or args[0].op == DET):
            return f"{name} {self(args[0])}"
        return name + self.bracket(", ".join(self(a) for a in args))

    def unknown(self, name: str, orders: tuple[int, ...], args: tuple[Node, ...]) -> str:
        inside = self.bracket(", ".join(self(a) for a in args))
        return self.unknown_name(name, orders, args) + inside

    def unknown_name(self, name: str, orders: tuple[int, ...], args: tuple[Node, ...]) -> str:
        """g, g′, g_x or g with the positions of the arguments as indices."""
        head = symbol_latex(name)
        count = sum(orders)
        if not count:
            return head
        if len(args) == 1:
            return head + "'" * count if count < 4 else f"{head}^{{({count})}}"
        index = " ".join(self.argument_indices(orders, args))
        return f"{head}_{{{index}}}"

    def derivative(self, u: Node, by: tuple[Node, ...]) -> str:
        d = r"\mathrm{d}" if self.is_total(u) else r"\partial "
        order = f"^{{{len(by)}}}" if len(by) > 1 else ""
        below = r"\,".join(self._differentials(d, by))
        if u in self.names or u.op in (SYM, MATRIX):
            return rf"\frac{{{d}{order} {self.plain(u)}}}{{{below}}}"
        return rf"\frac{{{d}{order}}}{{{below}}}\left[{self(u)}\right]"

    def _differentials(self, d: str, by: tuple[Node, ...]) -> list[str]:
        # ∂²/∂y∂x differentiates by x first: the outermost variable stands first.
        factors = runs(f"{d}{self.plain(x)}" for x in reversed(by))
        return [factor if n == 1 else f"{factor}^{{{n}}}" for factor, n in factors]

    def integral(self, body: Node, bound: Node, low: Node, high: Node) -> str:
        inside = self.within(body, SUM + 1)
        return rf"\int_{{{self(low)}}}^{{{self(high)}}} {inside}\,\mathrm{{d}}{self(bound)}"

    def limit(self, body: Node, bound: Node, value: Node, side: str) -> str:
        goal = self(value) + (f"^{{{side}}}" if side else "")
        return rf"\lim_{{{self(bound)} \to {goal}}} {self.within(body, PRODUCT)}"

    def piecewise(self, pairs: list[tuple[Node, Node]]) -> str:
        rows = [rf"{self(value)} & {self._condition(c)}" for value, c in pairs]
        return r"\begin{cases}" + r" \\[4pt] ".join(rows) + r"\end{cases}"

    def _condition(self, c: Node) -> str:
        return r"\text{otherwise}" if c.data == "true" else rf"\text{{if }} {self(c)}"

    def logic(self, u: Node) -> str:
        if u.data in ("true", "false"):
            return rf"\text{{{u.data}}}"
        if u.data == "not":
            return rf"\text{{not }}{self.bracket(self(u.args[0]))}"
        return rf" \text{{ {u.data} }} ".join(self(a) for a in u.args)

    def at(self, body: Node, values: list[tuple[Node, Node]]) -> str:
        where = r",\,".join(f"{self(x)}={self(v)}" for x, v in values if x is not v)
        if not where:
            return self(body)
        return rf"\left. {self.within(body, PRODUCT)} \right|_{{{where}}}"

    def matrix_product(self, left: Node, right: Node) -> str:
        return self._over_shape(left, is_row=True) + r"\," + self._over_shape(right, is_row=False)

    def _over_shape(self, u: Node, is_row: bool) -> str:
        printed, (m, n) = self.as_matrix(u, is_row)
        return rf"\underset{{{m} \times {n}}}{{{printed}}}"

    def array(self, shape: tuple[int, ...], args: tuple[Node, ...]) -> str:
        width = shape[-1]
        printed = [self(a) for a in args]
        rows = [" & ".join(printed[i : i + width]) for i in range(0, len(args), width)]
        gap = r" \\[4pt] " if any("frac" in p for p in printed) else r" \\ "
        return r"\begin{pmatrix}" + gap.join(rows) + r"\end{pmatrix}"

    def column(self, args: tuple[Node, ...]) -> str:
        """A column vector."""
        return self.array((len(args), 1), args)


def _starts_with_digit(u: Node) -> bool:
    if u.op in (MUL, POW, ADD):
        return u.op != ADD and _starts_with_digit(u.args[0])
    return u.op == NUM


def _ends_open(left: Node, right: Node) -> bool:
    """Whether left is a bare ``sin x`` that would swallow what follows."""
    if left.op == MUL:
        return _ends_open(left.args[-1], right)
    if ends_bare(left):
        return True
    inner = left.args[0] if left.op == POW else left
    if inner.op != FN or inner.data in ("exp", "sqrt", "root", "abs", "floor", "ceil"):
        return False
    follows = right.args[0] if right.op == POW else right
    return follows.op != FN or bool(re.match("sqrt|exp|abs|root", follows.data))
