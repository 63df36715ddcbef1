"""The factors of a product, gathered by their bases."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from calc_core.graph import DIV, FN, MUL, NUM, ONE, POW, ZERO, E, Node, Number, fn, num, power
from calc_core.terms import as_node, as_power, exact, fold_power, is_root, terms
from calc_core.tidy.base import Tidying


@dataclass(slots=True)
class Part:
    """What a product holds of one base: base^(number + Σ symbolic)."""

    number: Number = 0
    symbolic: list[Node] = field(default_factory=list)
    # The factors it came from, with their multiplicities: kept as written if alone.
    written: list[tuple[Node, int]] = field(default_factory=list)


class Collected:
    """The powers of a product while they are being collected."""

    def __init__(self, tidying: Tidying) -> None:
        self._t = tidying
        self.coefficient: Number = 1
        self.parts: dict[Node, Part] = {}
        self._numbers = 0

    def take(self, node: Node, n: int) -> None:
        """Multiply by node^n."""
        op = node.op
        if op == NUM:
            self._take_number(node, n)
        elif op == MUL:
            for factor in node.args:
                self.take(factor, n)
        elif op == DIV and node.args[1] is not ZERO:
            if n < 0:
                self._t.note("compound-fraction")
            self.take(node.args[0], n)
            self.take(node.args[1], -n)
        elif op == POW and self._is_compound(node):
            self.take(node.args[0], n * node.args[1].data)
        else:
            base, exponent = as_power(node)
            part = self.parts.get(base)
            if part is None:
                part = self.parts[base] = Part()
            if exponent.op == NUM:
                part.number = exact(part.number + exponent.data * n)
            else:
                part.symbolic.append(exponent if n == 1 else self._t.product((num(n), exponent)))
            part.written.append((node, n))

    def _take_number(self, node: Node, n: int) -> None:
        value = fold_power(node.data, n)
        if value is None:
            part = self.parts.setdefault(node, Part())
            part.number += n
            part.written.append((node, n))
            return
        self._numbers += 1
        if self._numbers > 1 and node is not ONE:
            self._t.note("arithmetic")
        self.coefficient = exact(self.coefficient * value)

    @staticmethod
    def _is_compound(node: Node) -> bool:
        base, exponent = node.args
        whole = exponent.op == NUM and isinstance(exponent.data, int)
        return whole and base.op in (MUL, DIV)

    def sides(self) -> tuple[list[Node], list[Node]]:
        """The factors above and below the bar."""
        self._settle()
        top: list[Node] = []
        bottom: list[Node] = []
        for base, part in self.parts.items():
            if len(part.written) == 1:
                self._place_as_written(*part.written[0], top, bottom)
            elif part.symbolic:
                self._place_symbolic(base, part, top, bottom)
            else:
                self._t.note("powers" if part.number > 0 else "cancel")
                _place(base, part.number, top, bottom)
        return top, bottom

    def _settle(self) -> None:
        """Take apart what has come to a whole power of a product, a number or a root."""
        for base, part in list(self.parts.items()):
            if part.symbolic or not isinstance(part.number, int):
                continue
            if base.op in (MUL, DIV, NUM) and part.number != 0:
                del self.parts[base]
                self.take(base, part.number)
            elif base.op == FN and base.data == "abs":
                self._settle_absolute(base.args[0], part)
            elif is_root(base) and abs(part.number) >= base.args[1].data:
                self._t.note("powers")
                whole = int(Fraction(part.number, base.args[1].data))
                part.number -= whole * base.args[1].data
                part.written.clear()
                self.take(base.args[0], whole)

    def _settle_absolute(self, u: Node, size: Part) -> None:
        """|u|^a sgn(u)^b as u^a where a is even or b is odd; u is not 0 where sgn u = ±1."""
        if not isinstance(size.number, int):
            return
        sign = self.parts.get(fn("sign", u))
        odd = sign is not None and not sign.symbolic and sign.number in (1, -1)
        if size.number % 2 == 0 or odd:
            self._t.note("absolute")
            del self.parts[fn("abs", u)]
            if sign is not None and odd and size.number % 2:
                del self.parts[fn("sign", u)]
            if size.number:
                self.take(u, size.number)

    def _place_as_written(self, node: Node, n: int, top: list[Node], bottom: list[Node]) -> None:
        if n in (1, -1):
            base, exponent = as_power(node)
            if n == -1 and exponent.op == NUM and exponent.data < 0:
                _place(base, -exponent.data, top, bottom)
            else:
                (top if n == 1 else bottom).append(node)
            return
        base, exponent = as_power(node)
        if exponent.op == NUM:
            _place(base, exact(exponent.data * n), top, bottom)
        else:
            top.append(as_node(base, self._t.product((num(n), exponent))))

    def _place_symbolic(self, base: Node, part: Part, top: list[Node], bottom: list[Node]) -> None:
        exponents = [*part.symbolic, num(part.number)] if part.number else part.symbolic
        total = self._t.sum(exponents)
        count = sum(len(terms(e)) for e in exponents)
        if base is not E or len(terms(total)) < count:
            self._t.note("powers")
            if total.op == NUM:
                _place(base, total.data, top, bottom)
            else:
                top.append(as_node(base, total))
            return
        for node, n in part.written:
            (top if n > 0 else bottom).append(node if n in (1, -1) else power(node, num(abs(n))))


def _place(base: Node, exponent: Number, top: list[Node], bottom: list[Node]) -> None:
    if exponent > 0:
        top.append(as_node(base, num(exponent)))
    elif exponent < 0:
        bottom.append(as_node(base, num(exact(-exponent))))
