"""MathML Core, which Chromium, Firefox and Safari set by themselves.

What stands where is Latex's: its brackets, its dots, its sin²x.  Only the writing differs, and that
a part can carry an identity, ``<mrow data-node="17">…</mrow>``, by which a page finds it again.

MathML Core, W3C Candidate Recommendation, https://www.w3.org/TR/mathml-core/.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from calc_core.functions import FUNCTIONS
from calc_core.graph import (
    ARRAY,
    DIV,
    MATRIX,
    NUM,
    ONE,
    SYM,
    Node,
)
from calc_core.printing.base import ATOM, FORMS, POWER, PRODUCT, SUM, Form, is_plain, runs
from calc_core.printing.latex import BARE, Latex
from calc_core.printing.latex import GREEK as GREEK_NAMES
from calc_core.printing.marks import above, fenced, mi, mn, mo, row, sub, sup, table, text, under
from calc_core.printing.matrices import DET, is_factor
from calc_core.printing.matrix_mathml import MATHML, shape_mathml
from calc_core.printing.text import GREEK

_VARIANTS = {"varepsilon": "ε", "vartheta": "ϑ", "varphi": "φ", "epsilon": "ϵ", "phi": "ϕ"}
_LETTERS = {name: _VARIANTS.get(name) or GREEK[name] for name in GREEK_NAMES}

# Between factors: close together, or a dot.  Both say "times" to who listens.
_CLOSE = '<mo lspace="0" rspace="0.17em">&#x2062;</mo>'
_JOINTS = {r"\,": _CLOSE, r" \cdot ": "<mo>⋅</mo>"}
# What Latex's names of functions are when they are more than a word.
_SPECIAL = {
    r"\Gamma": "Γ",
    r"\psi": "ψ",
    r"\sigma": "σ",
    r"\mathrm{B}": "B",
    r"\ln\Gamma": "lnΓ",
}
_FENCES = {"abs": ("|", "|"), "floor": ("⌊", "⌋"), "ceil": ("⌈", "⌉")}
_APPLY = "<mo>&#x2061;</mo>"
_APPLY_BARE = '<mo lspace="0" rspace="0.17em">&#x2061;</mo>'
_THIN = '<mspace width="0.17em"/>'
_LEADING = re.compile(r"(?:<mrow[^>]*>)*<mo[^>]*>−</mo>")


def symbol_mathml(name: str) -> str:
    """A name such as x_1, theta or v_max."""
    head, _, index = name.partition("_")
    letter = mi(_LETTERS.get(head, head))
    if not index:
        return letter
    return sub(letter, mn(index) if index.isdigit() else mi(_LETTERS.get(index, index)))


class MathML(Latex):
    """Prints nodes as MathML, to stand inside ``<math>``.

    ``ids``  the parts that carry an identity, and which.
    """

    forms: Mapping[str, Form] = MappingProxyType(FORMS | MATHML)
    minus = mo("−")
    plus = mo("+")
    relations: Mapping[str, str] = MappingProxyType(
        {
            r: mo(sign)
            for r, sign in zip(("lt", "le", "gt", "ge", "eq", "ne"), "<≤>≥=≠", strict=True)
        }
    )

    def __init__(
        self,
        names: Mapping[Node, str] | None = None,
        mark: Node | None = None,
        decimal: bool = False,
        total: bool = False,
        still: Iterable[str] = (),
        shapes: bool = False,
        ids: Mapping[Node, int | str] | None = None,
    ) -> None:
        super().__init__(names, mark, decimal, total, still, shapes)
        self.ids = dict(ids or {})

    def form(self, u: Node) -> tuple[str, int]:
        if self.shapes and u.shape and is_factor(u):
            printed, tightness = self._without_shapes(u)
            return under(printed, shape_mathml(self, u.shape)), tightness
        printed, tightness = super().form(u)
        return self.picked(u, printed), tightness

    def picked(self, u: Node, printed: str) -> str:
        """The form of u with its identity, if it has one."""
        if u not in self.ids:
            return printed
        return f'<mrow data-node="{html.escape(str(self.ids[u]))}">{printed}</mrow>'

    def signed(self, term: Node, sign: str, text: str) -> str:
        if self.minus not in sign or term not in self.ids:
            return sign + text
        # Alone in its row a minus would count as a sign, and stand too close.
        between = sign.replace("<mo>", '<mo form="infix">') if sign.startswith(" ") else sign
        return self.picked(term, between + text)

    def opens_with_minus(self, text: str) -> bool:
        return bool(_LEADING.match(text))

    def digits(self, text: str) -> str:
        return mn(text)

    def bracket(self, text: str) -> str:
        return fenced("(", text, ")")

    def marked(self, text: str) -> str:
        return f'<mrow class="nb-mark">{text}</mrow>'

    def symbol(self, name: str) -> str:
        return symbol_mathml(name)

    def joint(self, left: Node, right: Node) -> str:
        return _JOINTS[super().joint(left, right)]

    def fraction(self, top: Node, bottom: Node) -> str:
        if top.op == ARRAY:
            return self.fraction(ONE, bottom) + _CLOSE + self(top)
        return above(self(top), self(bottom))

    def power(self, u: Node) -> str:
        base, exponent = u.args
        raised = self.exponent(exponent)
        # In sin²x there is no sin x that could be picked.
        if base not in self.ids and self._raises_the_name(base, exponent):
            name = sup(self.function_name(base.data), raised)
            return self._set(name, base.args, bare=True)
        return sup(self._base(base), raised)

    def exponent(self, u: Node) -> str:
        if u.op == DIV and all(is_plain(a) for a in u.args):
            return self.picked(u, f"{self(u.args[0])}{mo('/')}{self(u.args[1])}")
        if u.op == NUM and not isinstance(u.data, int) and not self.decimal:
            sign = self.minus if u.data < 0 else ""
            return f"{sign}{mn(abs(u.data.numerator))}{mo('/')}{mn(u.data.denominator)}"
        return self.plain(u)

    def function_name(self, name: str) -> str:
        latex = FUNCTIONS[name].latex
        word = re.sub(r"\\operatorname|[\\{}]", "", latex)
        return mi(_SPECIAL.get(latex, word), upright=True)

    def function(self, name: str, args: tuple[Node, ...]) -> tuple[str, int]:
        inside = [self(a) for a in args]
        match name:
            case "exp":
                return sup(mi("e"), self.exponent(args[0])), POWER
            case "sqrt":
                return f"<msqrt>{inside[0]}</msqrt>", ATOM
            case "root":
                return f"<mroot>{row(inside[0])}{row(inside[1])}</mroot>", ATOM
            case "abs" | "floor" | "ceil":
                left, right = _FENCES[name]
                return fenced(left, inside[0], right), ATOM
            case "factorial":
                return self.within(args[0], ATOM) + mo("!"), POWER
            case "log":
                return self._set(sub(mi("log"), inside[1]), args[:1], bare=True), POWER
            case "polygamma":
                order = fenced("(", inside[0], ")")
                return self._set(sup(mi("ψ", upright=True), order), args[1:]), POWER
        bare = FUNCTIONS[name].latex in BARE
        return self._set(self.function_name(name), args, bare), POWER

    def _set(self, name: str, args: tuple[Node, ...], bare: bool = False) -> str:
        alone = bare and len(args) == 1 and args[0] is not self.mark
        if alone and (is_plain(args[0]) or args[0].op == DET):
            return f"{name}{_APPLY_BARE}{self(args[0])}"
        return name + _APPLY + self.bracket(mo(",").join(self(a) for a in args))

    def unknown(self, name: str, orders: tuple[int, ...], args: tuple[Node, ...]) -> str:
        inside = self.bracket(mo(",").join(self(a) for a in args))
        return self.unknown_name(name, orders, args) + _APPLY + inside

    def unknown_name(self, name: str, orders: tuple[int, ...], args: tuple[Node, ...]) -> str:
        head, count = symbol_mathml(name), sum(orders)
        if not count:
            return head
        if len(args) == 1:
            return sup(head, mo("′" * count) if count < 4 else fenced("(", mn(count), ")"))
        return sub(head, _CLOSE.join(self.argument_indices(orders, args)))

    def derivative(self, u: Node, by: tuple[Node, ...]) -> str:
        d = mi("d" if self.is_total(u) else "∂", upright=True)
        top = sup(d, mn(len(by))) if len(by) > 1 else d
        # As in LaTeX: the variable that is differentiated by last stands first.
        factors = runs(d + self.plain(x) for x in reversed(by))
        below = _THIN.join(x if n == 1 else sup(x, mn(n)) for x, n in factors)
        if u in self.names or u.op in (SYM, MATRIX):
            return above(top + self.plain(u), below)
        return above(top, below) + fenced("[", self(u), "]")

    def integral(self, body: Node, bound: Node, low: Node, high: Node) -> str:
        limits = f"<msubsup>{mo('∫')}{row(self(low))}{row(self(high))}</msubsup>"
        inside = self.within(body, SUM + 1)
        return f"{limits}{inside}{_THIN}{mi('d', upright=True)}{self(bound)}"

    def limit(self, body: Node, bound: Node, value: Node, side: str) -> str:
        goal = sup(self(value), mo(side)) if side else self(value)
        return under(mo("lim"), f"{self(bound)}{mo('→')}{goal}") + self.within(body, PRODUCT)

    def piecewise(self, pairs: list[tuple[Node, Node]]) -> str:
        rows = [(self(value), self._condition(c)) for value, c in pairs]
        return fenced("{", table(rows, "nb-cases"), "")

    def _condition(self, c: Node) -> str:
        return text("otherwise") if c.data == "true" else text("if ") + self(c)

    def logic(self, u: Node) -> str:
        if u.data in ("true", "false"):
            return text(u.data)
        if u.data == "not":
            return text("not ") + self.bracket(self(u.args[0]))
        return text(f" {u.data} ").join(self(a) for a in u.args)

    def at(self, body: Node, values: list[tuple[Node, Node]]) -> str:
        pairs = [self(x) + mo("=") + self(v) for x, v in values if x is not v]
        if not pairs:
            return self(body)
        return sub(fenced("", self.within(body, PRODUCT), "|"), mo(",").join(pairs))

    def matrix_product(self, left: Node, right: Node) -> str:
        return self._over_shape(left, is_row=True) + _CLOSE + self._over_shape(right, is_row=False)

    def _over_shape(self, u: Node, is_row: bool) -> str:
        printed, (m, n) = self.as_matrix(u, is_row)
        return under(printed, mn(m) + mo("×") + mn(n))

    def array(self, shape: tuple[int, ...], args: tuple[Node, ...]) -> str:
        width = shape[-1]
        printed = [self(a) for a in args]
        rows = [printed[i : i + width] for i in range(0, len(args), width)]
        return fenced("(", table(rows), ")")


def formula(inside: str, display: bool = True) -> str:
    """The whole formula, ready for a page."""
    style = ' display="block"' if display else ""
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML"{style}>{inside}</math>'
