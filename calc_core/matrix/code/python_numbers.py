"""Writes numbers, functions and conditions for NumPy, JAX or PyTorch."""

from __future__ import annotations

from calc_core.errors import InputError
from calc_core.evaluate.arrays import HALF
from calc_core.graph import CONST, FN, LOGIC, NUM, PIECEWISE, POW, Node, cases
from calc_core.matrix.code.dialects import Dialect
from calc_core.matrix.code.functions import SPECIAL
from calc_core.matrix.code.names import Names
from calc_core.matrix.code.writer import (
    ATOM,
    LOOSE,
    POWER,
    PRODUCT,
    SHARED,
    SUM,
    Code,
    Findings,
    Writer,
    is_call,
)
from calc_core.matrix.nodes import DET, EACH


class PythonNumbers(Writer):
    """A writer of one of the dialects, as far as numbers and functions of every entry go.

    ``like``  the argument whose type constant tensors take, if any.
    """

    def __init__(
        self,
        dialect: Dialect,
        like: str,
        names: Names,
        counts: frozenset[str],
        findings: Findings,
    ) -> None:
        super().__init__(names, counts, findings)
        self.dialect, self.like, self.label = dialect, like, dialect.label

    def call(self, name: str, *args: str, of: str = "") -> Code:
        """A function of the library, np.name(…) or np.of.name(…)."""
        inside = f"{of}." if of else ""
        return Code(f"{self.dialect.module}.{inside}{name}({', '.join(args)})")

    def typed(self, name: str, *args: str, own: str = "") -> Code:
        """A constant matrix, of the type of the arguments; ``own`` is a function written before."""
        more = [f"dtype={self.like}.dtype"] if self.dialect.typed and self.like else []
        return Code(f"{own or f'{self.dialect.module}.{name}'}({', '.join([*args, *more])})")

    def helper(self, name: str) -> str:
        """A function that is written before the main one."""
        self.helpers[name] = None
        return name

    def constant(self, node: Node) -> Code:
        """Pi and e."""
        return Code(f"{self.dialect.module}.{node.data}")

    # ── functions of numbers, alone and entry by entry ────────────────────────────────────────────

    def function(self, node: Node) -> Code:
        """A known function; ln det X by the logarithms of the pivots."""
        if node.data == "power":
            return self.power(node)
        inner = node.args[0]
        if node.op == FN and node.data == "ln" and inner.op == DET:
            return Code(f"{self.call('slogdet', self(inner.args[0]), of='linalg').text}[1]")
        template = self.dialect.functions.get(node.data)
        if template is None or len(node.args) > 2:
            raise InputError(f"There is no code in {self.dialect.label} for {node.data}.")
        if node.data in SPECIAL and self.dialect.special:
            self.imports[self.dialect.special] = None
        return self.from_template(template, node)

    def from_template(self, template: str, node: Node) -> Code:
        """A call or a formula of a table of functions."""
        first = node.args[0]
        second = node.args[1] if len(node.args) > 1 else first
        name = template.partition("(")[0]
        if name in self.dialect.helpers:
            self.helper(name)
        text = template.format(
            # The order of a polygamma function is an integer.
            self(first) if node.data == "polygamma" else self._argument(first, LOOSE),
            self._argument(second, LOOSE),
            x=self._argument(first, POWER),
            y=self._argument(second, POWER),
            np=self.dialect.module,
        )
        return Code(text, ATOM if is_call(text) else SUM)

    def _argument(self, node: Node, level: int) -> str:
        if self.dialect.typed and not node.shape and not node.free:
            # The functions of PyTorch want tensors.
            return self.typed("tensor", f"float({self(node)})").text
        return self(node, level)

    def power(self, node: Node) -> Code:
        """Powers, of a matrix entry by entry; roots and reciprocals as such."""
        base, exponent = node.args
        if base.op == CONST and base.data == "e":
            return self.call("exp", self._argument(exponent, LOOSE))
        if exponent.op != NUM:
            return Code(f"{self(base, ATOM)} ** {self(exponent, POWER)}", POWER)
        value = exponent.data
        if value < 0:
            return Code(f"1 / {self._positive_power(base, -value)}", PRODUCT)
        text = self._positive_power(base, value)
        return Code(text, ATOM if value == HALF else POWER)

    def _positive_power(self, base: Node, value: object) -> str:
        if value == HALF:
            return self.call("sqrt", self._argument(base, LOOSE)).text
        exponent = str(value) if isinstance(value, int) else f"({value})"
        return self(base, POWER) if value == 1 else f"{self(base, ATOM)} ** {exponent}"

    # ── conditions ────────────────────────────────────────────────────────────────────────────────

    def piecewise(self, node: Node) -> Code:
        """The cases by np.where, nan where none holds."""
        text = f"{self.dialect.module}.nan"
        for value, condition in reversed(cases(node)):
            text = self.call("where", self(condition), self(value), text).text
        return Code(text)

    def logic(self, node: Node) -> Code:
        """Conditions put together."""
        if node.data in ("true", "false"):
            text = node.data.capitalize()
            return self.call("tensor", text) if self.dialect.typed else Code(text)
        text = self(node.args[0])
        if node.data == "not":
            return self.call("logical_not", text)
        for other in node.args[1:]:
            text = self.call(f"logical_{node.data}", text, self(other)).text
        return Code(text)


PythonNumbers.writes = {
    **SHARED,
    CONST: PythonNumbers.constant,
    FN: PythonNumbers.function,
    EACH: PythonNumbers.function,
    POW: PythonNumbers.power,
    PIECEWISE: PythonNumbers.piecewise,
    LOGIC: PythonNumbers.logic,
}
