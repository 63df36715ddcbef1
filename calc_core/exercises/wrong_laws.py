"""Wrong laws: what people do in the place of a law, each as an entry that the engine can follow.

A mistake is a law, too.  Put before the right ones, an entry of this table makes the engine derive
what a person gets who believes in it, everywhere or at one place.  Which mistakes are common is
known from the classroom and from the literature on it, e.g. Orton, *Students' understanding of
differentiation*, Educational Studies in Mathematics 14 (1983).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from calc_core.graph import (
    ADD,
    APP,
    DIV,
    FN,
    MINUS_ONE,
    MUL,
    NUM,
    ONE,
    POW,
    SYM,
    ZERO,
    D,
    E,
    Node,
    add,
    depends,
    discharge,
    div,
    fn,
    mul,
    neg,
    num,
    power,
    sym,
)
from calc_core.outer import OUTER, outer_name, partials

Wrong = Callable[[Node, Node], Node | None]


@dataclass(frozen=True, slots=True, eq=False)
class WrongLaw:
    """One way to go wrong in the place of a law.

    ``mistake``  its id, see :mod:`calc_core.exercises.catalogue`; several entries may share one;
    ``apply``    what it makes of D(u, x) for a symbol x, or None where it is no temptation;
    ``heads``    the operators of u that it is about; none means any.
    """

    mistake: str
    apply: Wrong
    heads: tuple[str, ...] = ()


# ── readings ──────────────────────────────────────────────────────────────────────────────────────


def _still_and_moving(u: Node, x: Node) -> tuple[list[Node], list[Node]]:
    still = [f for f in u.args if not depends(f, x)]
    return still, [f for f in u.args if depends(f, x)]


def _composed(u: Node, x: Node) -> tuple[Node, Node] | None:
    """(f'(a), a) for u = f(a) with one moving argument a."""
    found = partials(u, x) if outer_name(u, x) else []
    return found[0] if len(found) == 1 else None


def _inside(u: Node, x: Node) -> Node | None:
    """The inner function of u, if there is one besides x itself."""
    found = _composed(u, x)
    return found[1] if found and found[1] is not x else None


def _power_parts(u: Node, x: Node) -> tuple[Node, Node] | None:
    """(base, exponent) of a power whose exponent stands still."""
    if u.op != POW or depends(u.args[1], x) or not depends(u.args[0], x):
        return None
    return u.args[0], u.args[1]


def _raised(exponent: Node, by: int) -> Node:
    return num(exponent.data + by) if exponent.op == NUM else exponent + by


def _instead(name: str, partial: Callable[[Node], Node]) -> Wrong:
    """The chain rule with a wrong derivative of the outermost function."""

    def apply(u: Node, x: Node) -> Node | None:
        if u.data != name or not depends(u.args[0], x):
            return None
        return partial(u.args[0]) * D(u.args[0], x)

    return apply


# ── chain rule ────────────────────────────────────────────────────────────────────────────────────


def _inner_forgotten(u: Node, x: Node) -> Node | None:
    found = _composed(u, x)
    return found[0] if found and found[1] is not x else None


def _derivative_inside(u: Node, x: Node) -> Node | None:
    inside, name = _inside(u, x), outer_name(u, x)
    if inside is None or name not in OUTER:
        return None
    args = [D(a, x) if a is inside else a for a in u.args]
    found = OUTER[name].partials(*args)
    return found[u.args.index(inside)]


def _outer_kept(u: Node, x: Node) -> Node | None:
    inside = _inside(u, x)
    return None if inside is None else u * D(inside, x)


def _inner_added(u: Node, x: Node) -> Node | None:
    found = _composed(u, x)
    return found[0] + D(found[1], x) if found and found[1] is not x else None


def _power_of_derivative(u: Node, x: Node) -> Node | None:
    parts = _power_parts(u, x)
    return power(D(parts[0], x), parts[1]) if parts and parts[0] is not x else None


# ── products ──────────────────────────────────────────────────────────────────────────────────────


def _of_product(combine: Callable[[Node, Node, Node], Node]) -> Wrong:
    """A wrong rule for the product of two moving factors, a still factor in front kept."""

    def apply(u: Node, x: Node) -> Node | None:
        still, moving = _still_and_moving(u, x)
        if len(moving) < 2:
            return None
        return mul(*still, combine(moving[0], mul(*moving[1:]), x))

    return apply


_product_of_derivatives = _of_product(lambda u, v, x: D(u, x) * D(v, x))
_product_first = _of_product(lambda u, v, x: D(u, x) * v)
_product_second = _of_product(lambda u, v, x: u * D(v, x))
_product_minus = _of_product(lambda u, v, x: D(u, x) * v - u * D(v, x))
_product_minus_back = _of_product(lambda u, v, x: u * D(v, x) - D(u, x) * v)
_product_as_sum = _of_product(lambda u, v, x: D(u, x) + D(v, x))


# ── quotients ─────────────────────────────────────────────────────────────────────────────────────


def _of_quotient(
    combine: Callable[[Node, Node, Node], Node], moving_top: bool | None = True
) -> Wrong:
    """A wrong rule for a quotient with a moving denominator, and a moving numerator or a still one.

    ``moving_top``  None where that does not matter.
    """

    def apply(u: Node, x: Node) -> Node | None:
        top, bottom = u.args
        fits = moving_top is None or depends(top, x) == moving_top
        return combine(top, bottom, x) if fits and depends(bottom, x) else None

    return apply


_quotient_plus = _of_quotient(lambda u, v, x: div(D(u, x) * v + u * D(v, x), v**2))
_quotient_turned = _of_quotient(lambda u, v, x: div(u * D(v, x) - D(u, x) * v, v**2))
_quotient_of_derivatives = _of_quotient(
    lambda u, v, x: div(D(u, x) if depends(u, x) else u, D(v, x)), moving_top=None
)
_reciprocal_plus = _of_quotient(lambda u, v, x: div(u * D(v, x), v**2), moving_top=False)
_reciprocal_unsquared = _of_quotient(lambda u, v, x: neg(div(u * D(v, x), v)), moving_top=False)
_reciprocal_alone = _of_quotient(lambda u, v, x: neg(div(u, v**2)), moving_top=False)
_quotient_unsquared = _of_quotient(lambda u, v, x: div(D(u, x) * v - u * D(v, x), v))
_quotient_without_bottom = _of_quotient(lambda u, v, x: D(u, x) * v - u * D(v, x))
_quotient_bottom_held = _of_quotient(lambda u, v, x: div(D(u, x), v))


def _exponent_wrong_way(u: Node, x: Node) -> Node | None:
    """c/vⁿ taken to −n c/vⁿ⁻¹: the negative exponent is raised towards 0."""
    top, bottom = u.args
    if depends(top, x) or not depends(bottom, x):
        return None
    v, n = _power_parts(bottom, x) or (bottom, ONE)
    return neg(div(n * top * D(v, x), power(v, _raised(n, -1))))


# ── powers and exponentials ───────────────────────────────────────────────────────────────────────


def _of_power(combine: Callable[[Node, Node], Node]) -> Wrong:
    def apply(u: Node, x: Node) -> Node | None:
        parts = _power_parts(u, x)
        return combine(*parts) * D(parts[0], x) if parts else None

    return apply


_exponent_kept = _of_power(lambda v, n: n * power(v, n))
_exponent_lost = _of_power(lambda v, n: power(v, _raised(n, -1)))
_exponent_raised = _of_power(lambda v, n: n * power(v, _raised(n, 1)))


def _exponential(u: Node, x: Node) -> tuple[Node, Node] | None:
    """(base, exponent) of an exponential in x."""
    if u.op == FN and u.data == "exp" and depends(u.args[0], x):
        return E, u.args[0]
    if u.op == POW and depends(u.args[1], x) and not depends(u.args[0], x):
        return u.args[0], u.args[1]
    return None


def _power_rule_on_exponential(u: Node, x: Node) -> Node | None:
    found = _exponential(u, x)
    if found is None:
        return None
    base, exponent = found
    return exponent * power(base, exponent - 1)


def _power_rule_on_exponential_with_chain(u: Node, x: Node) -> Node | None:
    wrong = _power_rule_on_exponential(u, x)
    found = _exponential(u, x)
    return wrong * D(found[1], x) if wrong and found and found[1] is not x else None


def _logarithm_forgotten(u: Node, x: Node) -> Node | None:
    found = _exponential(u, x)
    return u * D(found[1], x) if found and u.op == POW else None


# ── constants, and the other variables ────────────────────────────────────────────────────────────


def _numbers_lost(u: Node, x: Node) -> Node | None:
    if u.op == DIV:
        top = u.args[0]
        kept = mul(*[f for f in top.args if not _is_factor(f)]) if top.op == MUL else top
        return D(div(kept, u.args[1]), x) if kept is not top else None
    numbers = [f for f in u.args if _is_factor(f)]
    rest = [f for f in u.args if f not in numbers]
    return D(mul(*rest), x) if numbers and depends(mul(*rest), x) else None


def _is_factor(u: Node) -> bool:
    """Whether u is a number other than a sign."""
    return u.op == NUM and u is not MINUS_ONE


def _letters_lost(u: Node, x: Node) -> Node | None:
    still, moving = _still_and_moving(u, x)
    letters = [f for f in still if f.free]
    kept = [f for f in still if f not in letters]
    return mul(*kept, D(mul(*moving), x)) if letters and moving else None


def _still_factor_differentiated(u: Node, x: Node) -> Node | None:
    """(c u)' = c' u' with c' = 0."""
    still, moving = _still_and_moving(u, x)
    return ZERO if any(f.free for f in still) and moving else None


def _still_terms(replaced: Callable[[Node], Node], most: int = 9) -> Wrong:
    """Terms that do not move, so many at most, taken to something else than 0."""

    def apply(u: Node, x: Node) -> Node | None:
        if not 0 < sum(not depends(t, x) for t in u.args) <= most:
            return None
        return add(*[D(t, x) if depends(t, x) else replaced(t) for t in u.args])

    return apply


_constants_kept = _still_terms(lambda t: t)
_constants_to_one = _still_terms(lambda t: ONE, most=1)


def _others_move(u: Node, x: Node) -> Node | None:
    """Other variables are differentiated as well, each by itself, factor by factor."""
    if u.op == ADD:
        still = [t for t in u.args if not depends(t, x) and t.free]
        if not still:
            return None
        return add(*[_by_itself(t) if t in still else D(t, x) for t in u.args])
    factors, moving = _still_and_moving(u, x)
    letters = [f for f in factors if f.free]
    if not letters or not moving:
        return None
    numbers = [f for f in factors if not f.free]
    return mul(*numbers, *[_by_itself(f) for f in letters], D(mul(*moving), x))


def _by_itself(u: Node) -> Node:
    # Of b y the y is the more likely to be taken for a variable.
    return D(u, sym(max(u.free)))


def _kept(u: Node, x: Node) -> Node | None:
    return u if depends(u, x) else None


# ── signs ─────────────────────────────────────────────────────────────────────────────────────────


def _minus_lost(u: Node, x: Node) -> Node | None:
    if u.args[0] is not MINUS_ONE or not depends(u, x):
        return None
    return D(mul(*u.args[1:]), x)


def _minus_lost_in_sum(u: Node, x: Node) -> Node | None:
    turned = [mul(*t.args[1:]) if _is_minus(t) and depends(t, x) else t for t in u.args]
    return D(add(*turned), x) if tuple(turned) != u.args else None


def _is_minus(t: Node) -> bool:
    return t.op == MUL and t.args[0] is MINUS_ONE


# ── integrals ─────────────────────────────────────────────────────────────────────────────────────

_ANTIDERIVATIVES: dict[str, Callable[[Node], Node]] = {
    "sin": lambda u: neg(fn("cos", u)),
    "cos": lambda u: fn("sin", u),
    "exp": lambda u: fn("exp", u),
    "sinh": lambda u: fn("cosh", u),
    "cosh": lambda u: fn("sinh", u),
    "ln": lambda u: u * fn("ln", u) - u,
    "sqrt": lambda u: div(2 * u * fn("sqrt", u), num(3)),
}


def _integral(u: Node, x: Node) -> Node | None:
    """An antiderivative by x, of what has one in the table; inner functions must be linear."""
    if not depends(u, x):
        return u * x if u is not ZERO else None
    if u is x:
        return div(x**2, num(2))
    if u.op == FN and u.data in _ANTIDERIVATIVES:
        return _over_slope(_ANTIDERIVATIVES[u.data](u.args[0]), u.args[0], x)
    parts = _power_parts(u, x)
    if parts and parts[1].op == NUM and parts[1].data != -1:
        base, n = parts
        raised = _raised(n, 1)
        return _over_slope(div(power(base, raised), raised), base, x)
    found = _exponential(u, x)
    if found and u.op == POW:
        return _over_slope(div(u, fn("ln", found[0])), found[1], x)
    return _integral_of_quotient(u, x) if u.op == DIV and not depends(u.args[0], x) else None


def _integral_of_quotient(u: Node, x: Node) -> Node | None:
    """∫c/vⁿ for a linear v."""
    top, bottom = u.args
    base, n = _power_parts(bottom, x) or (bottom, ONE)
    if n.op != NUM:
        return None
    if n is ONE:
        return _over_slope(top * fn("ln", fn("abs", base)), base, x)
    lowered = _raised(n, -1)
    return _over_slope(neg(div(top, lowered * power(base, lowered))), base, x)


def _over_slope(found: Node, inner: Node, x: Node) -> Node | None:
    """∫f(a x + c) dx = F(a x + c)/a."""
    slope = linear_slope(inner, x)
    return None if slope is None else found if slope is ONE else div(found, slope)


def linear_slope(u: Node, x: Node) -> Node | None:
    """The factor a of u = a x + c, read off its form; None for anything else."""
    if u is x:
        return ONE
    if u.op == MUL:
        still, moving = _still_and_moving(u, x)
        return mul(*still) if moving == [x] else None
    if u.op == ADD:
        moving = [t for t in u.args if depends(t, x)]
        return linear_slope(moving[0], x) if len(moving) == 1 else None
    return None


_COMPOSED = (FN, POW, APP)

#: In the order in which they are tried: the more common first.
WRONG_LAWS: tuple[WrongLaw, ...] = (
    WrongLaw("inner-derivative-forgotten", _inner_forgotten, _COMPOSED),
    WrongLaw("product-of-derivatives", _product_of_derivatives, (MUL,)),
    WrongLaw("product-term-forgotten", _product_first, (MUL,)),
    WrongLaw("product-term-forgotten", _product_second, (MUL,)),
    WrongLaw("cosine-sign", _instead("cos", lambda u: fn("sin", u)), (FN,)),
    WrongLaw("product-with-minus", _product_minus, (MUL,)),
    WrongLaw("product-with-minus", _product_minus_back, (MUL,)),
    WrongLaw("product-as-sum", _product_as_sum, (MUL,)),
    WrongLaw("negative-exponent", _exponent_wrong_way, (DIV,)),
    WrongLaw("quotient-with-plus", _quotient_plus, (DIV,)),
    WrongLaw("quotient-turned-round", _quotient_turned, (DIV,)),
    WrongLaw("quotient-of-derivatives", _quotient_of_derivatives, (DIV,)),
    WrongLaw("quotient-not-squared", _quotient_unsquared, (DIV,)),
    WrongLaw("quotient-without-denominator", _quotient_without_bottom, (DIV,)),
    WrongLaw("quotient-denominator-held", _quotient_bottom_held, (DIV,)),
    WrongLaw("reciprocal-sign", _reciprocal_plus, (DIV,)),
    WrongLaw("quotient-not-squared", _reciprocal_unsquared, (DIV,)),
    WrongLaw("inner-derivative-forgotten", _reciprocal_alone, (DIV,)),
    WrongLaw("sine-sign", _instead("sin", lambda u: neg(fn("cos", u))), (FN,)),
    WrongLaw("hyperbolic-sign", _instead("cosh", lambda u: neg(fn("sinh", u))), (FN,)),
    WrongLaw("tangent-not-squared", _instead("tan", lambda u: fn("sec", u)), (FN,)),
    WrongLaw("root-without-half", _instead("sqrt", lambda u: 1 / fn("sqrt", u)), (FN,)),
    WrongLaw("root-not-below", _instead("sqrt", lambda u: fn("sqrt", u) / 2), (FN,)),
    WrongLaw("root-lost", _instead("sqrt", lambda u: 1 / (2 * u)), (FN,)),
    WrongLaw("arctangent-sign", _instead("atan", lambda u: 1 / (1 - u**2)), (FN,)),
    WrongLaw("power-rule-on-exponential", _power_rule_on_exponential, (FN, POW)),
    WrongLaw("power-rule-on-exponential", _power_rule_on_exponential_with_chain, (FN, POW)),
    WrongLaw("logarithm-of-base-forgotten", _logarithm_forgotten, (POW,)),
    WrongLaw("exponent-not-reduced", _exponent_kept, (POW,)),
    WrongLaw("exponent-not-in-front", _exponent_lost, (POW,)),
    WrongLaw("exponent-raised", _exponent_raised, (POW,)),
    WrongLaw("lost-constant", _numbers_lost, (MUL, DIV)),
    WrongLaw("held-factor-lost", _letters_lost, (MUL,)),
    WrongLaw("held-factor-to-zero", _still_factor_differentiated, (MUL,)),
    WrongLaw("other-variable-moves", _others_move, (ADD, MUL)),
    WrongLaw("constant-kept", _constants_kept, (ADD,)),
    WrongLaw("constant-to-one", _constants_to_one, (ADD,)),
    WrongLaw("minus-lost", _minus_lost, (MUL,)),
    WrongLaw("minus-lost", _minus_lost_in_sum, (ADD,)),
    WrongLaw("outer-not-differentiated", _outer_kept, _COMPOSED),
    WrongLaw("derivative-inside", _derivative_inside, (FN, POW)),
    WrongLaw("inner-derivative-added", _inner_added, _COMPOSED),
    WrongLaw("power-of-derivative", _power_of_derivative, (POW,)),
    WrongLaw("left-as-it-is", _kept, (SYM, FN, POW, MUL)),
    WrongLaw("integral", _integral, (SYM, NUM, FN, POW, MUL, ADD, DIV)),
)

# What these take off a goal leaves the rest of it for another law.
_PEELING = ("lost-constant", "held-factor-lost", "minus-lost")


def together(one: WrongLaw, other: WrongLaw) -> tuple[WrongLaw, ...]:
    """Two wrong laws as one person uses them, in the order in which an engine must try them.

    Where both are about the same composition, a law for it that does both comes first.
    """
    laws = tuple(sorted((one, other), key=lambda w: w.mistake not in _PEELING))
    for forgetful, outer in (laws, laws[::-1]):
        if forgetful.apply is _inner_forgotten and set(outer.heads) <= set(_COMPOSED):
            return WrongLaw(outer.mistake, _without_inner(outer.apply), outer.heads), *laws
    return laws


def _without_inner(wrong: Wrong) -> Wrong:
    """A wrong law for a composition, the inner derivative forgotten as well."""

    def apply(u: Node, x: Node) -> Node | None:
        inside, after = _inside(u, x), wrong(u, x)
        if inside is None or after is None:
            return None
        return discharge(after, {D(inside, x): ONE})

    return apply
