"""Products and fractions: each base once, no fraction within a fraction, no common factor."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd

from calc_core.graph import ADD, NUM, ONE, ZERO, Node, Number, add, div, mul, num
from calc_core.terms import as_node, as_power, content, exact, is_negative, join, rank, split
from calc_core.tidy.base import Signed, Tidying
from calc_core.tidy.collected import Collected
from calc_core.tidy.readings import common_bottom, is_shorter, positive_first, powers


class Products:
    """Multiplies and divides tidy nodes."""

    def __init__(self, tidying: Tidying) -> None:
        self._t = tidying
        self._bottoms: dict[Node, Node] = {}

    def __call__(self, signed: Sequence[Signed]) -> Node:
        """One number, then each base once, and at most one fraction bar."""
        collected = Collected(self._t)
        for node, multiplicity in signed:
            collected.take(node, multiplicity)
        if collected.coefficient == 0:
            self._t.note("zero-one")
            return ZERO
        top, bottom = collected.sides()
        if bottom:
            rewritten = self._fraction(collected.coefficient, top, bottom)
            if rewritten is not None:
                return rewritten
        several = len(top) + len(bottom) > 1 or collected.coefficient.denominator > 1
        taken_out = self._from_sums(top) if several else None
        if taken_out is not None:
            # Without their common factors two sums may have become equal.
            factors = [*taken_out, *[(f, -1) for f in bottom]]
            return self._t.powers([(num(collected.coefficient), 1), *factors])
        return self._compose(collected.coefficient, top, bottom)

    def _from_sums(self, top: list[Node]) -> list[Signed] | None:
        """The factors with what is common to the terms of a sum taken out; None if nothing is."""
        taken: list[Signed] = []
        for factor in top:
            taken += (self._factored(factor) if factor.op == ADD else None) or [(factor, 1)]
        return taken if len(taken) > len(top) else None

    def _compose(self, coefficient: Number, top: list[Node], bottom: list[Node]) -> Node:
        alone = top[0] if coefficient < 0 and len(top) == 1 else ZERO
        if alone.op == ADD and any(is_negative(t) for t in alone.args):
            # −(x − y) is y − x.
            self._t.note("brackets")
            turned = [_divided(t, -1) for t in alone.args]
            coefficient, top = -coefficient, [add(*positive_first(turned))]
        above = mul(*(sorted(top, key=rank) if len(top) > 1 else top))
        below = mul(*(sorted(bottom, key=rank) if len(bottom) > 1 else bottom))
        return join(coefficient, above if below is ONE else div(above, below))

    def _fraction(self, coefficient: Number, top: list[Node], bottom: list[Node]) -> Node | None:
        """A fraction without fractions in it and without common factors; None if it is one."""
        for side, sign in ((top, 1), (bottom, -1)):
            for i, factor in enumerate(side):
                base, exponent = as_power(factor)
                if base.op != ADD or not isinstance(exponent.data, int) or exponent.op != NUM:
                    continue
                cleared = self._cleared(base) or (
                    self._factored(base) if sign > 0 else _without_number(base, coefficient)
                )
                if cleared is None:
                    continue
                sides = [list(top), list(bottom)]
                del sides[0 if sign > 0 else 1][i]
                n = exponent.data * sign
                signed = [(num(coefficient), 1)]
                signed += [(f, 1) for f in sides[0]] + [(f, -1) for f in sides[1]]
                return self._t.powers((*signed, *[(f, m * n) for f, m in cleared]))
        return None

    def _cleared(self, total: Node) -> list[Signed] | None:
        """Σ aᵢ/bᵢ as (Σ aᵢ b/bᵢ)/b with the least common b."""
        b = self._common_bottom(total)
        if b is ONE:
            return None
        whole = self._t.sum([self._t.powers(((t, 1), (b, 1))) for t in total.args])
        if whole.op == ADD and self._common_bottom(whole) is not ONE:
            return None
        self._t.note("compound-fraction")
        return [(whole, 1), (b, -1)]

    def _common_bottom(self, total: Node) -> Node:
        """The least common denominator of the terms of a sum."""
        known = self._bottoms.get(total)
        if known is None:
            known = self._bottoms[total] = self._t.tidy(common_bottom(total))
        return known

    def _factored(self, total: Node) -> list[Signed] | None:
        """Common factors of all the terms taken out of a sum."""
        parts = [split(t) for t in total.args]
        shared = content([c for c, _ in parts])
        if all(c < 0 for c, _ in parts):
            shared = -shared
        common = powers(parts[0][1])
        for _, rest in parts[1:]:
            other = powers(rest)
            common = {b: min(n, other[b]) for b, n in common.items() if b in other}
            if not common:
                break
        common = {b: n for b, n in common.items() if n > 0}
        if not common and shared == 1:
            return None
        out = [num(shared), *[as_node(b, num(n)) for b, n in common.items()]]
        inverse = tuple((f, -1) for f in out)
        with self._t.quietly():
            remaining = [self._t.powers(((t, 1), *inverse)) for t in total.args]
        if common and not is_shorter(remaining, total.args):
            return None
        self._t.note("factor")
        inner = self._t.sum(remaining)
        return [(inner, 1), *[(f, 1) for f in out]]


def _without_number(total: Node, coefficient: Number) -> list[Signed] | None:
    """A sum below the bar without its common number, where that cancels."""
    shared = content([split(t)[0] for t in total.args])
    if gcd(shared.numerator, coefficient.numerator) == 1:
        return None
    return [(add(*[_divided(t, shared) for t in total.args]), 1), (num(shared), 1)]


def _divided(u: Node, by: Number) -> Node:
    coefficient, rest = split(u)
    return join(exact(Fraction(coefficient) / by), rest)
