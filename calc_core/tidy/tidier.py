"""The tidier: dispatch on the operator, powers, and known functions."""

from __future__ import annotations

from collections.abc import Sequence

from calc_core.graph import (
    ADD,
    AT,
    DIV,
    DOT,
    FN,
    MUL,
    NUM,
    ONE,
    PIECEWISE,
    POW,
    ZERO,
    E,
    Node,
    array,
    bindings,
    entries,
    fn,
    num,
    power,
    rebuild,
    substitute,
)
from calc_core.known_values import known_value
from calc_core.terms import HALF, as_node, as_power, fold_power, fold_root, is_root
from calc_core.tidy.base import Signed, Tidying, names_of
from calc_core.tidy.products import Products
from calc_core.tidy.sums import Sums


class Tidier(Tidying):
    """Tidies nodes, once each, and remembers by which rewrites."""

    def __init__(self) -> None:
        super().__init__()
        self._done: dict[Node, tuple[Node, int]] = {}
        self._sum = Sums(self)
        self._powers = Products(self)

    def __call__(self, root: Node) -> tuple[Node, tuple[str, ...]]:
        """The tidy form of ``root`` and the names of the rewrites that led there."""
        if not root.args:
            return root, ()
        outer, self.used = self.used, 0
        try:
            result = self.tidy(root)
            return result, names_of(self.used)
        finally:
            self.used = outer

    def tidy(self, node: Node) -> Node:
        """The tidy form of a node; each node once."""
        known = self._done.get(node)
        if known is None:
            if not node.args:
                return node
            outer, self.used = self.used, 0
            result = self._matrix_product(node) if node.op == DOT else self._by_parts(node)
            known = self._done[node] = result, self.used
            self._done.setdefault(result, (result, 0))
            self.used = outer
        self.used |= known[1]
        return known[0]

    def _by_parts(self, node: Node) -> Node:
        args = tuple([self.tidy(a) for a in node.args])
        before = self.used
        result = self._build(node, args)
        if result is node:
            self.used = before
        return result

    def _build(self, node: Node, args: tuple[Node, ...]) -> Node:
        op = node.op
        if op == ADD:
            return self.sum(args)
        if op == MUL:
            if ONE in args:
                self.note("zero-one")
            return self.product(args)
        if op == DIV:
            return self.quotient(*args)
        if op == POW:
            return self.power(*args)
        if op == FN:
            return self.function(node.data, args)
        if op == AT and not args[0].inert:
            self.note("substitute")
            return self.tidy(substitute(args[0], bindings(rebuild(node, args))))
        if op == PIECEWISE and all(value is args[0] for value in args[::2]):
            return args[0]
        return rebuild(node, args)

    def _matrix_product(self, node: Node) -> Node:
        self.note("matrix-product")
        products = [self.tidy(e) for e in entries(node)]
        return array(node.shape, products) if node.shape else products[0]

    def sum(self, args: Sequence[Node]) -> Node:
        """The sum of tidy nodes: flat, like terms collected, a positive term first."""
        return self._sum(args)

    def powers(self, signed: Sequence[Signed]) -> Node:
        """The product of the powers: one number, each base once, at most one fraction bar."""
        return self._powers(signed)

    def power(self, base: Node, exponent: Node) -> Node:
        """base^exponent for tidy nodes."""
        if exponent is ONE:
            self.note("zero-one")
            return base
        if exponent is ZERO and base is not ZERO:
            self.note("zero-one")
            return ONE
        if exponent.op == NUM and isinstance(exponent.data, int):
            return self._integer_power(base, exponent.data)
        if base is ONE:
            self.note("zero-one")
            return ONE
        if base is E:
            return fn("exp", exponent)
        if base.op == NUM and exponent.op == NUM:
            value = fold_root(base.data, exponent.data)
            if value is not None:
                self.note("arithmetic")
                return num(value)
        return as_node(base, exponent)

    def _integer_power(self, base: Node, n: int) -> Node:
        if base.op == NUM:
            value = fold_power(base.data, n)
            if value is not None:
                self.note("arithmetic")
                return num(value)
        inner, exponent = as_power(base)
        if exponent is not ONE:
            self.note("powers")
            total = self.product((num(n), exponent))
            return ONE if total is ZERO else as_node(inner, total)
        if base.op == MUL and base.args[0].op == NUM:
            self.note("powers")
            return self.powers(((base, n),))
        if is_root(base) and abs(n) >= base.args[1].data:
            return self.powers(((base, n),))
        return power(base, num(n))

    def function(self, name: str, args: tuple[Node, ...]) -> Node:
        """A known function of tidy nodes, with the values that everybody knows."""
        value = known_value(name, args)
        if value is not None:
            self.note("values")
            return value
        if name == "ln" and args[0].op == FN and args[0].data == "exp":
            self.note("values")
            return args[0].args[0]
        if name == "exp" and args[0].op == FN and args[0].data == "ln":
            self.note("values")
            return args[0].args[0]
        if name == "sqrt" and args[0].op == NUM:
            return self.power(args[0], HALF)
        return fn(name, *args)
