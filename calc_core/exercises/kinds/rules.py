"""One rule at a time: powers, products, quotients, compositions, exponentials and logarithms."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from calc_core.derive import Engine
from calc_core.exercises.functions import (
    POSITIVE,
    coefficient,
    curved_inner,
    elementary,
    inner,
    linear,
    linear_in_all,
    monomial,
    polynomial,
    positive_inner,
    tidied,
)
from calc_core.exercises.kinds.base import Degenerate, Draft, Kind
from calc_core.exercises.kinds.letters import PAIRS
from calc_core.exercises.kinds.partials import partial_draft
from calc_core.exercises.recipes import derivative
from calc_core.graph import Node, add, div, fn, mul, num, power, sym
from calc_core.terms import HALF

#: From random numbers, the variables, the one that moves and a level to a function.
Build = Callable[[Random, tuple[str, ...], str, int], Node]


# From this level on there is a chain rule in products, quotients and exponentials.
CHAIN_FROM = 4


def _of_rule(build: Build, *rules: str) -> Callable[[Random, int], Draft]:
    """Exercises on functions whose derivative needs one of the rules, and the chain rule from 4."""

    def make(rng: Random, level: int) -> Draft:
        names = rng.choice(PAIRS)
        x = rng.choice(names)
        f = tidied(build(rng, names, x, level))
        used = _rules(f, x)
        if f.free != set(names) or not used & set(rules):
            raise Degenerate
        if level >= CHAIN_FROM and "power" not in rules and "chain" not in used:
            raise Degenerate
        return partial_draft(f, x, names)

    return make


def _rules(f: Node, x: str) -> set[str]:
    """The rules that ∂f/∂x needs, and the outermost functions that they are used on."""
    steps = list(Engine().derive(derivative(f, x)).walk())
    return {s.rule for s in steps} | {s.detail for s in steps}


def _other(names: tuple[str, ...], x: str) -> Node:
    return sym(next(name for name in names if name != x))


def _both(names: tuple[str, ...]) -> Node:
    return add(*[sym(name) for name in names])


def _power_of(rng: Random, u: Node, low: int, high: int) -> Node:
    return power(u, num(rng.randint(low, high)))


# ── powers ────────────────────────────────────────────────────────────────────────────────────────


def _powers(rng: Random, names: tuple[str, ...], x: str, level: int) -> Node:
    """1 two terms of low degree, 2 three terms, 3 powers below a bar, 4 roots, 5 all of these."""
    moving, still = sym(x), _other(names, x)
    if level == 1:
        return polynomial(rng, names, 2, 2)
    if level == 2:
        return polynomial(rng, names, 3, 5)
    front = mul(num(coefficient(rng, 4)), _power_of(rng, still, 1, 2))
    below = div(front, _power_of(rng, moving, 1, 3))
    rooted = mul(num(rng.randint(2, 6)), still, fn("sqrt", moving))
    if level == 3:
        return add(monomial(rng, names, 3), below)
    if level == 4:
        return add(monomial(rng, names, 3), rooted)
    cubed = mul(num(2 * rng.randint(1, 3)), power(moving, num(rng.choice((3, 5))) * HALF), still)
    return add(rng.choice((rooted, cubed)), below, monomial(rng, names, 3))


# ── products ──────────────────────────────────────────────────────────────────────────────────────


def _products(rng: Random, names: tuple[str, ...], x: str, level: int) -> Node:
    """1 two polynomials, 2 a power and a function, 3 two functions, 4 a chain rule, 5 both."""
    moving, still = sym(x), _other(names, x)
    power_of_x = _power_of(rng, moving, 1, 3)
    if level == 1:
        first = add(power_of_x, num(coefficient(rng)))
        return mul(first, linear_in_all(rng, names))
    if level == 2:
        return mul(num(rng.randint(1, 4)), still, power_of_x, _of_variable(rng, moving))
    if level == 3:
        second = rng.choice((_of_variable(rng, moving), add(power_of_x, still)))
        return mul(rng.choice((still, num(rng.randint(2, 4)))), second, elementary(rng, moving))
    composed = elementary(rng, inner(rng, names))
    if level == 4:
        return mul(num(rng.randint(1, 3)), power_of_x, composed)
    third = rng.choice((elementary(rng, moving), elementary(rng, linear(rng, names))))
    return mul(rng.choice((power_of_x, still)), third, composed)


def _of_variable(rng: Random, x: Node) -> Node:
    return fn(rng.choice(("sin", "cos", "exp", "ln")), x)


# ── quotients ─────────────────────────────────────────────────────────────────────────────────────


def _quotients(rng: Random, names: tuple[str, ...], x: str, level: int) -> Node:
    """1 linear functions, 2 squares, 3 a function above, 4 a chain rule, 5 chain rules in both."""
    moving = sym(x)
    if level == 1:
        bottom = rng.choice((_both(names), add(moving, num(coefficient(rng)))))
        return div(linear_in_all(rng, names), bottom)
    if level == 2:
        top = rng.choice((monomial(rng, names, 2, 3), linear_in_all(rng, names)))
        return div(top, positive_inner(rng, names))
    if level == 3:
        bottom = rng.choice((_both(names), positive_inner(rng, names)))
        return div(_of_variable(rng, moving), bottom)
    if level == 4:
        return div(
            elementary(rng, inner(rng, names)), rng.choice((moving, moving**2, _both(names)))
        )
    bottom = add(num(rng.randint(1, 3)), fn("exp", linear(rng, names)))
    return div(elementary(rng, inner(rng, names)), bottom)


# ── compositions ──────────────────────────────────────────────────────────────────────────────────


def _compositions(rng: Random, names: tuple[str, ...], x: str, level: int) -> Node:
    """1 a power, 2 a function of a linear one, 3 of any, 4 its square, 5 a chain in a chain."""
    del x
    if level == 1:
        return _power_of(rng, linear_in_all(rng, names), 3, 6)
    if level == 2:
        return elementary(rng, linear_in_all(rng, names))
    if level == 3:
        if rng.random() < 0.4:
            return fn(rng.choice(POSITIVE), positive_inner(rng, names))
        return elementary(rng, curved_inner(rng, names))
    if level == 4:
        squared = power(fn(rng.choice(("sin", "cos")), inner(rng, names)), num(rng.choice((2, 3))))
        return rng.choice((squared, power(add(elementary(rng, inner(rng, names)), num(2)), num(3))))
    inside = elementary(rng, inner(rng, names))
    if inside.data != "exp" and rng.random() < 0.5:
        return fn(rng.choice(("exp", "sin")), inside)
    return fn(rng.choice(POSITIVE), add(num(rng.randint(2, 3)), inside))


# ── exponentials and logarithms ───────────────────────────────────────────────────────────────────


def _exponentials(rng: Random, names: tuple[str, ...], x: str, level: int) -> Node:
    """1 eˣ and ln x, 2 of linear functions, 3 of any, 4 other bases, 5 a power of a variable."""
    moving, still = sym(x), _other(names, x)
    name = rng.choice(("exp", "ln"))
    if level == 1:
        return add(mul(num(rng.randint(2, 6)), still, fn(name, moving)), monomial(rng, names, 2))
    if level == 2:
        inside = add(*[mul(num(rng.randint(2, 5)), sym(name)) for name in names])
        return rng.choice((fn(name, inside), mul(num(rng.randint(2, 4)), fn(name, inside))))
    if level == 3:
        if name == "ln":
            return mul(monomial(rng, (x,), 2, 3), fn("ln", mul(moving, still)))
        composed = fn("exp", curved_inner(rng, names))
        return rng.choice((composed, mul(moving, composed)))
    base = num(rng.choice((2, 3, 5, 10)))
    if level == 4:
        based = power(base, inner(rng, names))
        return rng.choice((based, mul(_power_of(rng, moving, 1, 2), based)))
    exponent = rng.choice((mul(still, moving), _both(names), mul(num(rng.randint(2, 3)), moving)))
    base = still if rng.random() < 0.3 else moving
    return mul(rng.choice((num(1), still)), power(base, exponent))


KINDS = (
    Kind("power-rule", "Powers and sums", "rules", _of_rule(_powers, "power")),
    Kind("product-rule", "Product rule", "rules", _of_rule(_products, "product")),
    Kind("quotient-rule", "Quotient rule", "rules", _of_rule(_quotients, "quotient", "reciprocal")),
    Kind("chain-rule", "Chain rule", "rules", _of_rule(_compositions, "chain")),
    Kind(
        "exponentials",
        "Exponentials and logarithms",
        "rules",
        _of_rule(_exponentials, "exp", "ln", "exponential", "logarithmic"),
    ),
)
