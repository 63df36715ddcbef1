"""Wrong laws on differentials: what people do in the place of a law, as entries for the engine.

Put before the right ones (:mod:`calc_core.matrix.laws`), an entry makes the engine derive what a
person gets who believes in it.  Most of them treat matrices as if they were numbers: that they
commute, are their own transposes, and have a derivative 1/x² of the inverse.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from calc_core.exercises.wrong_laws.law import Wrong, WrongLaw
from calc_core.graph import (
    ADD,
    DIV,
    FN,
    MINUS_ONE,
    MUL,
    NUM,
    POW,
    TWO,
    Node,
    add,
    depends,
    div,
    fn,
    mul,
    neg,
    num,
    power,
)
from calc_core.matrix.nodes import (
    DET,
    INVERSE,
    MATMUL,
    MATPOW,
    NORM,
    TRANSPOSE,
    d,
    det,
    inverse,
    matmul,
    matrix_power,
    trace,
    transpose,
)
from calc_core.rules import partials
from calc_core.shapes import columns, rows

# ── readings ──────────────────────────────────────────────────────────────────────────────────────


def _fit(factors: list[Node]) -> bool:
    """Whether neighbours can be multiplied."""
    return all(columns(a.shape) == rows(b.shape) for a, b in pairwise(factors))


def _product_like(u: Node, factors: list[Node]) -> Node | None:
    """The product of the factors, if they fit and it has the shape of u."""
    if not factors or not _fit(factors):
        return None
    found = matmul(*factors)
    return found if found.shape == u.shape else None


def _block(u: Node, x: Node) -> tuple[list[Node], Node, list[Node]] | None:
    """(before, middle, after) of a product: the constant factors around what moves."""
    moving = [i for i, f in enumerate(u.args) if depends(f, x)]
    if not moving:
        return None
    first, last = moving[0], moving[-1] + 1
    return list(u.args[:first]), matmul(*u.args[first:last]), list(u.args[last:])


def _inner(a: Node, change: Node) -> Node:
    """The sum of a_ij dA_ij."""
    product = matmul(transpose(a), change)
    return product if a.shape[1] == 1 else trace(product)


def _of_inside(combine: Callable[[Node, Node], Node | None]) -> Wrong:
    """A wrong law for an operator of one moving operand: from it and its differential."""

    def apply(u: Node, x: Node) -> Node | None:
        a = u.args[0]
        return combine(a, d(a, x)) if depends(a, x) else None

    return apply


# ── inverses and powers ───────────────────────────────────────────────────────────────────────────

_inverse_with_plus = _of_inside(lambda a, da: matmul(inverse(a), da, inverse(a)))
_inverse_squared_left = _of_inside(lambda a, da: neg(matmul(inverse(a), inverse(a), da)))
_inverse_squared_right = _of_inside(lambda a, da: neg(matmul(da, inverse(a), inverse(a))))
_inverse_left_only = _of_inside(lambda a, da: neg(matmul(inverse(a), da)))
_inverse_right_only = _of_inside(lambda a, da: neg(matmul(da, inverse(a))))


def _of_power(combine: Callable[[Node, Node, Node], Node]) -> Wrong:
    def apply(u: Node, x: Node) -> Node | None:
        a, k = u.args
        if k.op != NUM or k.data < 2 or not depends(a, x):
            return None
        rest = a if k is TWO else matrix_power(a, num(k.data - 1))
        return combine(k, rest, d(a, x))

    return apply


_power_left = _of_power(lambda k, rest, da: k * matmul(rest, da))
_power_right = _of_power(lambda k, rest, da: k * matmul(da, rest))


# ── products ──────────────────────────────────────────────────────────────────────────────────────


def _moved(u: Node, x: Node, to_front: bool) -> Node | None:
    """The product rule with every small change put in front, or at the end."""
    terms = []
    for i, f in enumerate(u.args):
        if depends(f, x):
            rest = [*u.args[:i], *u.args[i + 1 :]]
            factors = [d(f, x), *rest] if to_front else [*rest, d(f, x)]
            term = _product_like(u, factors)
            if term is None:
                return None
            terms.append(term)
    return add(*terms) if len(terms) > 1 else None


def _one_term(which: int) -> Wrong:
    """Only the first, or the last, term of the product rule."""

    def apply(u: Node, x: Node) -> Node | None:
        moving = [i for i, f in enumerate(u.args) if depends(f, x)]
        if len(moving) < 2:
            return None
        i = moving[which]
        build = matmul if u.op == MATMUL else mul
        return build(*u.args[:i], d(u.args[i], x), *u.args[i + 1 :])

    return apply


def _around(u: Node, x: Node, arranged: Callable[..., list[Node]]) -> Node | None:
    found = _block(u, x)
    if found is None or not (found[0] or found[2]):
        return None
    before, middle, after = found
    return _product_like(u, arranged(before, d(middle, x), after))


def _constants_to_the_right(u: Node, x: Node) -> Node | None:
    return _around(u, x, lambda before, dm, after: [dm, *before, *after])


def _constants_to_the_left(u: Node, x: Node) -> Node | None:
    return _around(u, x, lambda before, dm, after: [*before, *after, dm])


def _left_constant_lost(u: Node, x: Node) -> Node | None:
    return _around(u, x, lambda before, dm, after: [dm, *after] if before else [])


def _right_constant_lost(u: Node, x: Node) -> Node | None:
    return _around(u, x, lambda before, dm, after: [*before, dm] if after else [])


def _quadratic(turned: bool) -> Wrong:
    """The differential of vᵀMv as 2vᵀM dv, or as 2vᵀMᵀ dv: right for symmetric M only."""

    def apply(u: Node, x: Node) -> Node | None:
        first, *middle, last = u.args
        if first is not transpose(last) or not middle or not depends(last, x):
            return None
        if any(depends(m, x) for m in middle):
            return None
        inside = transpose(matmul(*middle)) if turned else matmul(*middle)
        return TWO * matmul(first, inside, d(last, x))

    return apply


# ── transposes, traces, determinants, norms ───────────────────────────────────────────────────────


def _transpose_lost(u: Node, x: Node) -> Node | None:
    a = u.args[0]
    return d(a, x) if depends(a, x) and a.shape == u.shape else None


_det_without_inverse = _of_inside(lambda a, da: det(a) * trace(da))
_det_not_inverted = _of_inside(lambda a, da: det(a) * trace(matmul(a, da)))
_det_without_factor = _of_inside(lambda a, da: trace(matmul(inverse(a), da)))


def _of_log_det(combine: Callable[[Node, Node], Node]) -> Wrong:
    def apply(u: Node, x: Node) -> Node | None:
        inner = u.args[0]
        if u.data != "ln" or inner.op != DET or not depends(inner, x):
            return None
        a = inner.args[0]
        return combine(a, d(a, x))

    return apply


_log_det_as_det = _of_log_det(lambda a, da: det(a) * trace(matmul(inverse(a), da)))
_log_det_without_inverse = _of_log_det(lambda a, da: trace(da))
_log_det_not_inverted = _of_log_det(lambda a, da: trace(matmul(a, da)))
_log_det_by_det = _of_log_det(lambda a, da: trace(da) / det(a))

_norm_without_denominator = _of_inside(_inner)
_norm_as_its_square = _of_inside(lambda a, da: TWO * _inner(a, da))


def _square_without_two(u: Node, x: Node) -> Node | None:
    base, exponent = u.args
    if base.op != NORM or exponent is not TWO or not depends(base, x):
        return None
    a = base.args[0]
    return _inner(a, d(a, x))


# ── functions of a number ─────────────────────────────────────────────────────────────────────────


def _outside(u: Node, x: Node) -> tuple[Node, Node] | None:
    """(f'(v), v) of a number u = f(v)."""
    if u.shape or (u.op == FN and u.args[0].op == DET) or u.args[0].op == NORM:
        return None
    found = [(p, a) for p, a in partials(u, x) if depends(a, x)]
    return found[0] if len(found) == 1 else None


def _outer_lost(u: Node, x: Node) -> Node | None:
    found = _outside(u, x)
    return d(found[1], x) if found else None


def _outer_kept(u: Node, x: Node) -> Node | None:
    found = _outside(u, x)
    is_its_own = u.op == POW and u.args[0].op == "const"
    return u * d(found[1], x) if found and not is_its_own else None


def _exponent(change: Callable[[Node, Node], Node]) -> Wrong:
    def apply(u: Node, x: Node) -> Node | None:
        base, exponent = u.args
        if exponent.op != NUM or base.op == NORM or not depends(base, x):
            return None
        return change(base, exponent) * d(base, x)

    return apply


_exponent_kept = _exponent(lambda v, n: n * power(v, n))
_exponent_lost = _exponent(lambda v, n: power(v, num(n.data - 1)))


def _instead(name: str, partial: Callable[[Node], Node]) -> Wrong:
    """The chain rule with a wrong derivative of the outermost function."""

    def apply(u: Node, x: Node) -> Node | None:
        if u.data != name or not depends(u.args[0], x):
            return None
        return partial(u.args[0]) * d(u.args[0], x)

    return apply


def _of_quotient(combine: Callable[[Node, Node, Node, Node], Node]) -> Wrong:
    """A wrong rule for a quotient of numbers with a moving denominator: of u, v, du, dv."""

    def apply(u: Node, x: Node) -> Node | None:
        top, bottom = u.args
        if u.shape or not depends(bottom, x) or not depends(top, x):
            return None
        return combine(top, bottom, d(top, x), d(bottom, x))

    return apply


_quotient_plus = _of_quotient(lambda u, v, du, dv: div(v * du + u * dv, v**2))
_quotient_turned = _of_quotient(lambda u, v, du, dv: div(u * dv - v * du, v**2))
_quotient_unsquared = _of_quotient(lambda u, v, du, dv: div(v * du - u * dv, v))
_quotient_bottom_held = _of_quotient(lambda u, v, du, dv: div(du, v))


def _of_reciprocal(combine: Callable[[Node, Node, Node], Node]) -> Wrong:
    def apply(u: Node, x: Node) -> Node | None:
        top, bottom = u.args
        if depends(top, x) or top.shape or not depends(bottom, x):
            return None
        return combine(top, bottom, d(bottom, x))

    return apply


_reciprocal_with_plus = _of_reciprocal(lambda c, v, dv: div(c * dv, v**2))
_reciprocal_unsquared = _of_reciprocal(lambda c, v, dv: neg(div(c * dv, v)))


# ── sums and multiples ────────────────────────────────────────────────────────────────────────────


def _minus_lost(u: Node, x: Node) -> Node | None:
    turned = [mul(*t.args[1:]) if _is_minus(t) and depends(t, x) else t for t in u.args]
    moving = [t for t in turned if depends(t, x)]
    return add(*[d(t, x) for t in moving]) if tuple(turned) != u.args else None


def _is_minus(t: Node) -> bool:
    return t.op == MUL and t.args[0] is MINUS_ONE


def _number_lost(u: Node, x: Node) -> Node | None:
    """A number in front, or below the bar, is lost."""
    if u.op == DIV:
        return d(u.args[0], x) if u.args[1].op == NUM and depends(u.args[0], x) else None
    numbers = [f for f in u.args if f.op == NUM and f is not MINUS_ONE]
    rest = [f for f in u.args if f not in numbers]
    moving = mul(*rest)
    return d(moving, x) if numbers and depends(moving, x) else None


#: In the order in which they are tried: the more telling first.
MATRIX_WRONG_LAWS: tuple[WrongLaw, ...] = (
    WrongLaw("inverse-with-plus", _inverse_with_plus, (INVERSE,)),
    WrongLaw("inverse-as-number", _inverse_squared_left, (INVERSE,)),
    WrongLaw("inverse-as-number", _inverse_squared_right, (INVERSE,)),
    WrongLaw("inverse-once", _inverse_left_only, (INVERSE,)),
    WrongLaw("inverse-once", _inverse_right_only, (INVERSE,)),
    WrongLaw("middle-taken-as-symmetric", _quadratic(turned=False), (MATMUL,)),
    WrongLaw("middle-taken-as-symmetric", _quadratic(turned=True), (MATMUL,)),
    WrongLaw("matrix-product-term", _one_term(0), (MATMUL, MUL)),
    WrongLaw("matrix-product-term", _one_term(-1), (MATMUL, MUL)),
    WrongLaw("matrix-product-order", lambda u, x: _moved(u, x, to_front=True), (MATMUL,)),
    WrongLaw("matrix-product-order", lambda u, x: _moved(u, x, to_front=False), (MATMUL,)),
    WrongLaw("constant-factor-moved", _constants_to_the_right, (MATMUL,)),
    WrongLaw("constant-factor-moved", _constants_to_the_left, (MATMUL,)),
    WrongLaw("constant-matrix-lost", _left_constant_lost, (MATMUL,)),
    WrongLaw("constant-matrix-lost", _right_constant_lost, (MATMUL,)),
    WrongLaw("transpose-lost", _transpose_lost, (TRANSPOSE,)),
    WrongLaw("determinant-without-inverse", _det_without_inverse, (DET,)),
    WrongLaw("determinant-without-inverse", _det_not_inverted, (DET,)),
    WrongLaw("determinant-factor-lost", _det_without_factor, (DET,)),
    WrongLaw("log-determinant-as-determinant", _log_det_as_det, (FN,)),
    WrongLaw("log-determinant-without-inverse", _log_det_without_inverse, (FN,)),
    WrongLaw("log-determinant-without-inverse", _log_det_not_inverted, (FN,)),
    WrongLaw("log-determinant-without-inverse", _log_det_by_det, (FN,)),
    WrongLaw("matrix-power-rule", _power_left, (MATPOW,)),
    WrongLaw("matrix-power-rule", _power_right, (MATPOW,)),
    WrongLaw("square-without-two", _square_without_two, (POW,)),
    WrongLaw("norm-without-denominator", _norm_without_denominator, (NORM,)),
    WrongLaw("norm-as-its-square", _norm_as_its_square, (NORM,)),
    WrongLaw("outer-derivative-lost", _outer_lost, (FN, POW)),
    WrongLaw("outer-not-differentiated", _outer_kept, (FN, POW)),
    WrongLaw("exponent-not-reduced", _exponent_kept, (POW,)),
    WrongLaw("exponent-not-in-front", _exponent_lost, (POW,)),
    WrongLaw("root-without-half", _instead("sqrt", lambda v: 1 / fn("sqrt", v)), (FN,)),
    WrongLaw("cosine-sign", _instead("cos", lambda v: fn("sin", v)), (FN,)),
    WrongLaw("sine-sign", _instead("sin", lambda v: neg(fn("cos", v))), (FN,)),
    WrongLaw("quotient-with-plus", _quotient_plus, (DIV,)),
    WrongLaw("quotient-turned-round", _quotient_turned, (DIV,)),
    WrongLaw("quotient-not-squared", _quotient_unsquared, (DIV,)),
    WrongLaw("quotient-denominator-held", _quotient_bottom_held, (DIV,)),
    WrongLaw("reciprocal-with-plus", _reciprocal_with_plus, (DIV,)),
    WrongLaw("quotient-not-squared", _reciprocal_unsquared, (DIV,)),
    WrongLaw("minus-lost", _minus_lost, (ADD,)),
    WrongLaw("lost-constant", _number_lost, (MUL, DIV)),
)
