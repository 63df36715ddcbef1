"""Sums: flat, like terms collected, multiplied out or factored where that is shorter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from calc_core.graph import (
    ADD,
    DIV,
    MINUS_ONE,
    MUL,
    NUM,
    ONE,
    POW,
    ZERO,
    Node,
    Number,
    add,
    fn,
    num,
    power,
)
from calc_core.terms import as_node, exact, join, like, split
from calc_core.tidy.base import Tidying
from calc_core.tidy.readings import (
    has_sum,
    is_polynomial_in,
    is_shorter,
    like_with_sign,
    positive_first,
    small_square,
    squares,
    tall_factors,
    total_size,
    width,
)

# Products of sums are multiplied out on trial only up to this many nodes, and terms.
TRIAL_SIZE, TRIAL_TERMS = 300, 24


class Like(NamedTuple):
    """Like terms so far: ``term`` is coefficient·rest; for ``sign`` see :func:`like`."""

    coefficient: Number
    sign: int
    rest: Node
    term: Node


class Sums:
    """Adds tidy nodes."""

    def __init__(self, tidying: Tidying) -> None:
        self._t = tidying

    def __call__(self, args: Sequence[Node]) -> Node:
        """The sum of tidy nodes: flat, like terms collected, a positive term first."""
        if len(args) == 1:
            return args[0]
        flat = self._flatten(args)
        if len(flat) == 1:
            return flat[0]
        flat = self._collect(flat)
        if len(flat) > 1:
            taken_out = self._taken_out(flat)
            if taken_out is not None:
                return taken_out
            while (shorter := self._multiplied_out(flat)) is not None:
                flat = shorter
            flat = self._pythagoras(flat)
        if not flat:
            return ZERO
        return add(*positive_first(flat))

    def _flatten(self, args: Sequence[Node]) -> list[Node]:
        flat: list[Node] = []
        moving = [a for a in args if a is not ZERO]
        if len(moving) < len(args):
            self._t.note("zero-one")
        if len(moving) == 1:
            return moving
        for a in moving:
            if a.op == ADD:
                flat.extend(a.args)
            elif (
                a.op == MUL and a.args[0] is MINUS_ONE and len(a.args) == 2 and a.args[1].op == ADD
            ):
                self._t.note("brackets")
                flat.extend(self._t.product((MINUS_ONE, t)) for t in a.args[1].args)
            else:
                flat.append(a)
        return flat

    def _collect(self, flat: list[Node]) -> list[Node]:
        found: dict[object, Like] = {}
        for term in flat:
            coefficient, rest = split(term)
            sign, key = like(rest)
            first = found.get(key)
            if first is None:
                found[key] = Like(coefficient, sign, rest, term)
            else:
                self._t.note("arithmetic" if rest is ONE else "like-terms")
                total = exact(first.coefficient + coefficient * sign * first.sign)
                found[key] = Like(total, first.sign, first.rest, join(total, first.rest))
        if len(found) == len(flat):
            return flat
        return [one.term for one in found.values() if one.coefficient != 0]

    def _multiplied_out(self, flat: list[Node]) -> list[Node] | None:
        """The terms with products of sums multiplied out, where that makes the whole shorter."""
        long = [i for i, t in enumerate(flat) if has_sum(t)]
        if not long or total_size(flat) > TRIAL_SIZE:
            return None
        if sum(width(t) for t in flat) > TRIAL_TERMS:
            return None
        # All of them together, or one at a time: whichever is shorter.
        choices = [set(long), *[{i} for i in long if len(long) > 1]]
        best: Sequence[Node] = flat
        for chosen in choices:
            with self._t.quietly():
                expanded = self._expand_some(flat, chosen)
                collected = self._collect(expanded)
            # Only for the sake of terms that come together.
            if len(collected) < len(expanded) and is_shorter(collected, best):
                best = collected
        if best is flat:
            return None
        self._t.note("brackets")
        self._t.note("like-terms")
        return list(best)

    def _expand_some(self, flat: list[Node], chosen: set[int]) -> list[Node]:
        return [p for i, t in enumerate(flat) for p in (self._expand(t) if i in chosen else [t])]

    def _expand(self, term: Node) -> list[Node]:
        """The term multiplied out where one of its factors is a sum."""
        if term.op == ADD:
            return [piece for t in term.args for piece in self._expand(t)]
        if term.op == DIV and term.args[1].op == NUM:
            return [self._t.quotient(t, term.args[1]) for t in self._expand(term.args[0])]
        if term.op != MUL:
            return [term]
        for i, factor in enumerate(term.args):
            whole = small_square(factor)
            if whole is not None:
                rest = term.args[:i] + term.args[i + 1 :]
                if factor.op == POW:
                    rest = (*rest, whole)
                products = [self._t.product((*rest, t)) for t in whole.args]
                return [piece for p in products for piece in self._expand(p)]
        return [term]

    def _pythagoras(self, flat: list[Node]) -> list[Node]:
        """c·sin²u·r + c·cos²u·r = c·r, and cosh² − sinh² = 1 likewise."""
        for i, term in enumerate(flat):
            for square in squares(term, ("sin", "cosh")):
                inner = square.args[0].args[0]
                partner, sign = ("cos", 1) if square.args[0].data == "sin" else ("sinh", -1)
                other = power(fn(partner, inner), num(2))
                with self._t.quietly():
                    rest = self._t.quotient(term, square)
                    wanted = like_with_sign(self._t.product((num(sign), rest, other)))
                for j, candidate in enumerate(flat):
                    if j != i and like_with_sign(candidate) == wanted:
                        self._t.note("pythagoras")
                        kept = [t for k, t in enumerate(flat) if k not in (i, j)]
                        kept.insert(min(i, j), rest)
                        return self._pythagoras(self._collect(kept))
        return flat

    def _taken_out(self, flat: list[Node]) -> Node | None:
        """(Σ aᵢ)·s where every term holds the same s, a power of a sum or an exponential."""
        common = tall_factors(flat[0])
        for term in flat[1:]:
            if not common:
                return None
            other = tall_factors(term)
            common = {b: min(n, other[b]) for b, n in common.items() if b in other}
        if not common:
            return None
        out = [as_node(b, num(n)) for b, n in common.items()]
        inverse = tuple((f, -1) for f in out)
        with self._t.quietly():
            rest = [self._t.powers(((t, 1), *inverse)) for t in flat]
        if all(is_polynomial_in(common, r) for r in rest):
            # (y − 1) + 3(y − 1)² is in its best form: a polynomial in y − 1.
            return None
        if not is_shorter(rest, flat):
            return None
        self._t.note("factor")
        return self._t.product((self._t.sum(rest), *out))
