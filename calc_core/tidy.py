"""Tidying: local rewrites that turn a raw result into what a person would write.

Nothing here expands or factors for its own sake, and nothing looks further than one sum or
one fraction.  Each rewrite has a name from :data:`REWRITES`, so that a derivation can say what was done.
All rewrites are identities of real expressions wherever the left-hand side is defined.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt

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
    Number,
    add,
    array,
    bindings,
    div,
    entries,
    fn,
    mul,
    num,
    power,
    rebuild,
    shape,
    substitute,
)
from calc_core.known_values import known_value
from calc_core.terms import (
    as_node,
    as_power,
    content,
    exact,
    factors,
    fold_power,
    is_negative,
    join,
    like,
    rank,
    split,
    terms,
)

# Names of the rewrites, in the order in which a person would do them.
REWRITES = (
    "substitute",
    "matrix-product",
    "zero-one",
    "arithmetic",
    "powers",
    "brackets",
    "like-terms",
    "pythagoras",
    "compound-fraction",
    "cancel",
    "factor",
    "values",
)
_BIT = {name: 1 << i for i, name in enumerate(REWRITES)}

# A product of a factor and a sum is multiplied out on trial only up to this many terms.
_TRIAL_TERMS = 24


def names_of(mask: int) -> tuple[str, ...]:
    """The names of the rewrites in a mask."""
    return tuple(name for name in REWRITES if mask & _BIT[name])


@dataclass(slots=True)
class _Part:
    """What a product holds of one base: base^(number + Σ symbolic)."""

    number: Number = 0
    symbolic: list[Node] = field(default_factory=list)
    # The factors it came from, with their multiplicities: kept as written if alone.
    written: list[tuple[Node, int]] = field(default_factory=list)


class Tidier:
    """Tidies nodes, once each, and remembers by which rewrites."""

    def __init__(self) -> None:
        self._done: dict[Node, tuple[Node, int]] = {}
        self._bottoms: dict[Node, Node] = {}
        self._used = 0

    def __call__(self, root: Node) -> tuple[Node, tuple[str, ...]]:
        """The tidy form of ``root`` and the names of the rewrites that led there."""
        outer, self._used = self._used, 0
        try:
            result = self._tidy(root)
            return result, names_of(self._used)
        finally:
            self._used = outer

    def _tidy(self, node: Node) -> Node:
        known = self._done.get(node)
        if known is None:
            if not node.args:
                return node
            outer, self._used = self._used, 0
            args = tuple([self._tidy(a) for a in node.args])
            result = self._build(node, args)
            known = self._done[node] = result, self._used
            self._done.setdefault(result, (result, 0))
            self._used = outer
        self._used |= known[1]
        return known[0]

    def _build(self, node: Node, args: tuple[Node, ...]) -> Node:
        op = node.op
        if op == ADD:
            return self.sum(args)
        if op == MUL:
            return self.product(args)
        if op == DIV:
            return self.quotient(*args)
        if op == POW:
            return self.power(*args)
        if op == FN:
            return self.function(node.data, args)
        if op == AT and not args[0].inert:
            self._note("substitute")
            return self._tidy(substitute(args[0], bindings(rebuild(node, args))))
        if op == DOT:
            return self._matrix_product(rebuild(node, args))
        if op == PIECEWISE and all(value is args[0] for value in args[::2]):
            return args[0]
        return rebuild(node, args)

    def _matrix_product(self, node: Node) -> Node:
        self._note("matrix-product")
        products = [self._tidy(e) for e in entries(node)]
        return array(shape(node), products) if shape(node) else products[0]

    def _note(self, rewrite: str) -> None:
        self._used |= _BIT[rewrite]

    # ── sums ──────────────────────────────────────────────────────────────────────────────────

    def sum(self, args: tuple[Node, ...] | list[Node]) -> Node:
        """The sum of tidy nodes: flat, like terms collected, a positive term first."""
        if len(args) == 1:
            return args[0]
        flat = self._collect(self._flatten(args))
        if len(flat) > 1:
            taken_out = self._taken_out(flat)
            if taken_out is not None:
                return taken_out
            shorter = self._multiplied_out(flat)
            flat = flat if shorter is None else shorter
            flat = self._pythagoras(flat)
        if not flat:
            return ZERO
        return add(*_positive_first(flat))

    def _flatten(self, args: tuple[Node, ...] | list[Node]) -> list[Node]:
        flat: list[Node] = []
        for a in args:
            if a.op == ADD:
                flat.extend(a.args)
            elif a is ZERO:
                self._note("zero-one")
            elif a.op in (MUL, DIV) and split(a)[1].op == ADD:
                self._note("brackets")
                coefficient, bracket = split(a)
                flat.extend(self.product((num(coefficient), t)) for t in bracket.args)
            else:
                flat.append(a)
        return flat

    def _collect(self, flat: list[Node]) -> list[Node]:
        sums: dict[object, tuple[Number, Node, Node]] = {}
        merged = False
        for term in flat:
            coefficient, rest = split(term)
            key = like(rest)
            if key in sums:
                before, rest, _ = sums[key]
                total = exact(before + coefficient)
                sums[key] = total, rest, join(total, rest)
                self._note("arithmetic" if rest is ONE else "like-terms")
                merged = True
            else:
                sums[key] = coefficient, rest, term
        if not merged:
            return flat
        return [term for coefficient, _, term in sums.values() if coefficient != 0]

    def _multiplied_out(self, flat: list[Node]) -> list[Node] | None:
        """The terms with products of sums multiplied out, if that makes the whole shorter."""
        if not any(_has_sum(t) for t in flat):
            return None
        outer = self._used
        expanded: list[Node] = []
        for term in flat:
            if len(expanded) + _width(term) > _TRIAL_TERMS:
                return None
            expanded.extend(self._expand(term))
        collected = self._collect(expanded)
        if sum(t.size for t in collected) < sum(t.size for t in flat):
            self._note("brackets")
            return collected
        self._used = outer
        return None

    def _expand(self, term: Node) -> list[Node]:
        """The term multiplied out where one of its factors is a sum."""
        if term.op != MUL:
            return [term]
        for i, factor in enumerate(term.args):
            whole = _small_square(factor)
            if whole is not None:
                rest = term.args[:i] + term.args[i + 1 :]
                if factor.op == POW:
                    rest = (*rest, whole)
                products = [self.product((*rest, t)) for t in whole.args]
                return [piece for p in products for piece in self._expand(p)]
        return [term]

    def _pythagoras(self, flat: list[Node]) -> list[Node]:
        """c·sin²u·r + c·cos²u·r = c·r, and cosh² − sinh² = 1 likewise."""
        for i, term in enumerate(flat):
            for square in _squares(term, ("sin", "cosh")):
                inner = square.args[0].args[0]
                partner, sign = ("cos", 1) if square.args[0].data == "sin" else ("sinh", -1)
                rest = self.quotient(term, square)
                other = power(fn(partner, inner), num(2))
                wanted = like_with_sign(self.product((num(sign), rest, other)))
                for j, candidate in enumerate(flat):
                    if j != i and like_with_sign(candidate) == wanted:
                        self._note("pythagoras")
                        kept = [t for k, t in enumerate(flat) if k not in (i, j)]
                        kept.insert(min(i, j), rest)
                        return self._pythagoras(self._collect(kept))
        return flat

    def _taken_out(self, flat: list[Node]) -> Node | None:
        """(Σ aᵢ)·s where every term holds the same s, a power of a sum or an exponential."""
        common = _tall_factors(flat[0])
        for term in flat[1:]:
            if not common:
                return None
            other = _tall_factors(term)
            common = {b: min(n, other[b]) for b, n in common.items() if b in other}
        if not common:
            return None
        out = [as_node(b, num(n)) for b, n in common.items()]
        inverse = tuple((f, -1) for f in out)
        rest = [self._product(((t, 1), *inverse)) for t in flat]
        if all(_is_polynomial_in(common, r) for r in rest):
            # (y − 1) + 3(y − 1)² is in its best form: a polynomial in y − 1.
            return None
        self._note("factor")
        return self.product((self.sum(rest), *out))

    # ── products and fractions ────────────────────────────────────────────────────────────────

    def quotient(self, top: Node, bottom: Node) -> Node:
        """top/bottom for tidy nodes."""
        if bottom is ZERO:
            return div(top, bottom)
        return self._product(((top, 1), (bottom, -1)))

    def product(self, args: tuple[Node, ...]) -> Node:
        """The product of tidy nodes: one number, then each base once, at most one fraction bar."""
        if len(args) == 1:
            return args[0]
        return self._product(tuple([(a, 1) for a in args]))

    def _product(self, signed: tuple[tuple[Node, int], ...]) -> Node:
        collected = _Product(self)
        for node, multiplicity in signed:
            collected.take(node, multiplicity)
        if collected.coefficient == 0:
            self._note("zero-one")
            return ZERO
        top, bottom = collected.sides()
        if bottom:
            rewritten = self._fraction(collected.coefficient, top, bottom)
            if rewritten is not None:
                return rewritten
        return self._compose(collected.coefficient, top, bottom)

    def _compose(self, coefficient: Number, top: list[Node], bottom: list[Node]) -> Node:
        alone = top[0] if coefficient == -1 and len(top) == 1 else ZERO
        if alone.op == ADD and any(is_negative(t) for t in alone.args):
            # −(x − y) is y − x.
            self._note("brackets")
            turned = [self.product((num(-1), t)) for t in alone.args]
            coefficient, top = 1, [add(*_positive_first(turned))]
        above = mul(*sorted(top, key=rank))
        below = mul(*sorted(bottom, key=rank))
        return join(coefficient, above if below is ONE else div(above, below))

    def _fraction(self, coefficient: Number, top: list[Node], bottom: list[Node]) -> Node | None:
        """A fraction without fractions in it and without common factors; None if it is one."""
        for side, sign in ((top, 1), (bottom, -1)):
            for i, factor in enumerate(side):
                base, exponent = as_power(factor)
                if base.op != ADD or not isinstance(exponent.data, int) or exponent.op != NUM:
                    continue
                cleared = self._cleared(base) or (self._factored(base) if sign > 0 else None)
                if cleared is None:
                    continue
                sides = [list(top), list(bottom)]
                del sides[0 if sign > 0 else 1][i]
                n = exponent.data * sign
                signed = [(num(coefficient), 1)]
                signed += [(f, 1) for f in sides[0]] + [(f, -1) for f in sides[1]]
                return self._product((*signed, *[(f, m * n) for f, m in cleared]))
        return None

    def _cleared(self, total: Node) -> list[tuple[Node, int]] | None:
        """Σ aᵢ/bᵢ as (Σ aᵢ b/bᵢ)/b with the least common b."""
        b = self._common_bottom(total)
        if b is ONE:
            return None
        self._note("compound-fraction")
        return [(self.sum([self._product(((t, 1), (b, 1))) for t in total.args]), 1), (b, -1)]

    def _common_bottom(self, total: Node) -> Node:
        """The least common denominator of the terms of a sum."""
        known = self._bottoms.get(total)
        if known is None:
            known = self._bottoms[total] = self._tidy(_common_bottom(total))
        return known

    def _factored(self, total: Node) -> list[tuple[Node, int]] | None:
        """Common factors of all the terms taken out of a sum."""
        parts = [split(t) for t in total.args]
        shared = content([c for c, _ in parts])
        if all(c < 0 for c, _ in parts):
            shared = -shared
        common = _powers(parts[0][1])
        for _, rest in parts[1:]:
            other = _powers(rest)
            common = {b: min(n, other[b]) for b, n in common.items() if b in other}
            if not common:
                break
        common = {b: n for b, n in common.items() if n > 0}
        if not common and shared == 1:
            return None
        self._note("factor")
        out = [num(shared), *[as_node(b, num(n)) for b, n in common.items()]]
        inverse = tuple((f, -1) for f in out)
        inner = self.sum([self._product(((t, 1), *inverse)) for t in total.args])
        return [(inner, 1), *[(f, 1) for f in out]]

    # ── powers and functions ──────────────────────────────────────────────────────────────────

    def power(self, base: Node, exponent: Node) -> Node:
        """base^exponent for tidy nodes."""
        if exponent is ONE:
            self._note("zero-one")
            return base
        if exponent is ZERO and base is not ZERO:
            self._note("zero-one")
            return ONE
        if exponent.op == NUM and isinstance(exponent.data, int):
            return self._integer_power(base, exponent.data)
        if base is ONE:
            self._note("zero-one")
            return ONE
        if base is E:
            return fn("exp", exponent)
        return power(base, exponent)

    def _integer_power(self, base: Node, n: int) -> Node:
        if base.op == NUM:
            value = fold_power(base.data, n)
            if value is not None:
                self._note("arithmetic")
                return num(value)
        inner, exponent = as_power(base)
        if exponent is not ONE:
            self._note("powers")
            return self._tidy_power(inner, self.product((num(n), exponent)))
        if base.op == FN and base.data == "root" and base.args[1] is num(n):
            self._note("powers")
            return base.args[0]
        if base.op == MUL and base.args[0].op == NUM:
            return self._product(((base, n),))
        return power(base, num(n))

    def _tidy_power(self, base: Node, exponent: Node) -> Node:
        if exponent is ZERO:
            return ONE
        return as_node(base, exponent)

    def function(self, name: str, args: tuple[Node, ...]) -> Node:
        """A known function of tidy nodes, with the values that everybody knows."""
        value = known_value(name, args)
        if value is not None:
            self._note("values")
            return value
        if name == "ln" and args[0].op == FN and args[0].data == "exp":
            self._note("values")
            return args[0].args[0]
        if name == "exp" and args[0].op == FN and args[0].data == "ln":
            self._note("values")
            return args[0].args[0]
        if name == "sqrt" and args[0].op == NUM:
            return self._square_root(args[0])
        return fn(name, *args)

    def _square_root(self, u: Node) -> Node:
        ratio = Fraction(u.data)
        if ratio >= 0:
            top, bottom = _whole_root(ratio.numerator), _whole_root(ratio.denominator)
            if top is not None and bottom is not None:
                self._note("arithmetic")
                return num(Fraction(top, bottom))
        return fn("sqrt", u)


class _Product:
    """The powers of a product while they are being collected."""

    def __init__(self, tidier: Tidier) -> None:
        self.tidier = tidier
        self.coefficient: Number = 1
        self.parts: dict[Node, _Part] = {}
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
            self.take(node.args[0], n)
            self.take(node.args[1], -n)
        elif op == POW and self._is_compound(node):
            self.take(node.args[0], n * node.args[1].data)
        else:
            base, exponent = as_power(node)
            part = self.parts.get(base)
            if part is None:
                part = self.parts[base] = _Part()
            if exponent.op == NUM:
                part.number = exact(part.number + exponent.data * n)
            else:
                part.symbolic.append(
                    exponent if n == 1 else self.tidier.product((num(n), exponent))
                )
            part.written.append((node, n))

    def _take_number(self, node: Node, n: int) -> None:
        value = fold_power(node.data, n)
        if value is None:
            part = self.parts.setdefault(node, _Part())
            part.number += n
            part.written.append((node, n))
            return
        self._numbers += 1
        if node is ONE:
            self.tidier._note("zero-one")
        elif self._numbers > 1:
            self.tidier._note("arithmetic")
        self.coefficient = exact(self.coefficient * value)

    @staticmethod
    def _is_compound(node: Node) -> bool:
        base, exponent = node.args
        whole = exponent.op == NUM and isinstance(exponent.data, int)
        return whole and base.op in (MUL, DIV)

    def sides(self) -> tuple[list[Node], list[Node]]:
        """The factors above and below the bar."""
        top: list[Node] = []
        bottom: list[Node] = []
        for base, part in self.parts.items():
            if len(part.written) == 1:
                self._place_as_written(*part.written[0], top, bottom)
            elif part.symbolic:
                self._place_symbolic(base, part, top, bottom)
            else:
                self.tidier._note("powers" if part.number > 0 else "cancel")
                _place(base, part.number, top, bottom)
        return top, bottom

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
            top.append(as_node(base, self.tidier.product((num(n), exponent))))

    def _place_symbolic(self, base: Node, part: _Part, top: list[Node], bottom: list[Node]) -> None:
        exponents = [*part.symbolic, num(part.number)] if part.number else part.symbolic
        total = self.tidier.sum(exponents)
        count = sum(len(terms(e)) for e in exponents)
        if base is not E or len(terms(total)) < count:
            self.tidier._note("powers")
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


def _positive_first(flat: list[Node]) -> list[Node]:
    """The sum with its first positive term at the front, if it would begin with a minus sign."""
    if is_negative(flat[0]):
        for i, term in enumerate(flat):
            if not is_negative(term):
                return [term, *flat[:i], *flat[i + 1 :]]
    return flat


def like_with_sign(u: Node) -> tuple[Number, object]:
    """A key that is equal for equal terms whatever the order of their factors."""
    coefficient, rest = split(u)
    return coefficient, like(rest)


def _top(u: Node) -> tuple[Node, ...]:
    return factors(u.args[0] if u.op == DIV else u)


def _bottom(u: Node) -> list[Node]:
    """What stands below the bar in a term, its number left out; (a/b)^n counts as a^n/b^n."""
    below = [f for f in factors(u.args[1]) if f.op != NUM] if u.op == DIV else []
    for factor in _top(u):
        base, exponent = as_power(factor)
        if base.op == DIV and exponent.op == NUM and isinstance(exponent.data, int):
            if exponent.data > 0:
                below.extend(as_node(f, exponent) for f in factors(base.args[1]) if f.op != NUM)
        elif exponent.op == NUM and exponent.data < 0:
            below.append(as_node(base, num(-exponent.data)))
    return below


def _common_bottom(total: Node) -> Node:
    common: dict[Node, Number] = {}
    for term in total.args:
        for factor in _bottom(term):
            base, exponent = as_power(factor)
            if exponent.op != NUM:
                return ONE
            common[base] = max(common.get(base, 0), exponent.data)
    return mul(*[as_node(base, num(n)) for base, n in common.items()])


def _powers(v: Node) -> dict[Node, Number]:
    """The numeric exponents of the bases above the bar."""
    found: dict[Node, Number] = {}
    for factor in _top(v):
        base, exponent = as_power(factor)
        if exponent.op == NUM:
            found[base] = exponent.data
        else:
            found[factor] = 1
    return found


def _tall_factors(u: Node) -> dict[Node, Number]:
    """The exponents of the sums and exponentials above the bar."""
    found: dict[Node, Number] = {}
    for factor in _top(u):
        base, exponent = as_power(factor)
        if base is E:
            found[factor] = 1
        elif base.op == ADD and exponent.op == NUM and exponent.data > 0:
            found[base] = exponent.data
    return found


def _is_polynomial_in(bases: dict[Node, Number], u: Node) -> bool:
    return all(f.op == NUM or as_power(f)[0] in bases for f in factors(u))


def _small_square(u: Node) -> Node | None:
    """U if it is a sum, v if it is v² of a sum v."""
    if u.op == ADD:
        return u
    if u.op == POW and u.args[0].op == ADD and u.args[1] is num(2):
        return u.args[0]
    return None


def _width(u: Node) -> int:
    """How many terms u has when multiplied out."""
    width = 1
    for factor in factors(u):
        if factor.op == ADD:
            width *= len(factor.args)
        elif _small_square(factor) is not None:
            width *= len(factor.args[0].args) ** 2
    return width


def _has_sum(u: Node) -> bool:
    return u.op == MUL and any(_small_square(f) is not None for f in u.args)


def _squares(u: Node, names: tuple[str, ...]) -> list[Node]:
    return [
        f
        for f in _top(u)
        if f.op == POW
        and f.args[1].op == NUM
        and f.args[1].data == 2
        and f.args[0].op == FN
        and f.args[0].data in names
    ]


def _whole_root(n: int) -> int | None:
    root = isqrt(n)
    return root if root * root == n else None
