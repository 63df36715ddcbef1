"""The chain rule in several variables: along a curve, and with new coordinates."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from calc_core.composite import chain
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.functions import (
    coefficient,
    elementary,
    is_sensible,
    monomial,
    polynomial,
    positive_inner,
    tidied,
)
from calc_core.exercises.kinds.base import Degenerate, Draft, Kind
from calc_core.exercises.recipes import by, known, of_several, put_in, total
from calc_core.exercises.tasks import expression_of, latex, partial_symbol
from calc_core.exercises.work import Recipe, Slip, Work
from calc_core.graph import Node, add, fn, mul, num, power, sym

OUTER = ("x", "y")
LONGEST = 45

#: The inner functions by the names of the variables that they stand for.
Inner = Mapping[str, Node]


def chain_work(f: Node, inner: Inner, t: str) -> Work:
    """d/dt f(x(t), y(t)) = Σ ∂f/∂x(x(t), y(t)) x'(t), and what is computed in its place."""
    table = {sym(name): g for name, g in inner.items()}
    outer = {name: put_in(by(f, name), table) for name in inner}
    unplaced = {name: by(f, name) for name in inner}
    speed = {name: by(g, t) for name, g in inner.items()}
    paths = [_product(outer[name], speed[name]) for name in inner]
    x, y = inner
    slips = [
        Slip(
            "outer-not-at-inner",
            of_several([_product(unplaced[n], speed[n]) for n in inner], total),
        ),
        *[Slip("one-path-only", path) for path in paths],
        Slip("inner-derivatives-missing", of_several(list(outer.values()), total)),
        *[
            Slip("one-inner-derivative-missing", of_several(kept, total))
            for kept in ([outer[x], paths[1]], [paths[0], outer[y]])
        ],
        Slip("paths-multiplied", of_several(paths, lambda parts: mul(*parts))),
        Slip(
            "inner-derivatives-exchanged",
            of_several([_product(outer[x], speed[y]), _product(outer[y], speed[x])], total),
        ),
        Slip("speeds-added", of_several(list(speed.values()), total)),
        Slip("not-differentiated", put_in(known(f), table)),
    ]
    return Work(of_several(paths, total), tuple(slips))


def _product(left: Recipe, right: Recipe) -> Recipe:
    return of_several([left, right], lambda parts: parts[0] * parts[1])


def _draft(f: Node, inner: Inner, variables: tuple[str, ...], t: str) -> Draft:
    answer = FormulaAnswer(chain_work(f, inner, t), (*variables, *OUTER), (f, *inner.values()))
    node = answer.node
    if not node.free or not is_sensible(node, LONGEST) or f.free != set(OUTER):
        raise Degenerate
    outer = expression_of(f, OUTER, "z")
    functions = {name: expression_of(g, variables) for name, g in inner.items()}
    given = ", ".join(f"${name} = {latex(g)}$" for name, g in inner.items())
    symbol = partial_symbol("z", t)
    if len(variables) == 1:
        symbol = rf"\dfrac{{\mathrm{{d}}z}}{{\mathrm{{d}}{t}}}"
    alone = " and ".join(f"${v}$" for v in variables)
    return Draft(
        rf"Let $z = {latex(f)}$ with {given}. Find ${symbol}$, written in {alone} alone.",
        answer,
        lambda: chain(outer, functions, t),
    )


# ── along a curve ─────────────────────────────────────────────────────────────────────────────────


def _along_a_curve(rng: Random, level: int) -> Draft:
    """1 and 2 polynomials, 3 a curve of functions, 4 a function outside, 5 functions in both."""
    t = sym("t")
    if level in (3, 5):
        curve = [_moving(rng, t), _moving(rng, t)]
    else:
        curve = [_polynomial(rng, t, 1 if level == 1 else 3) for _ in OUTER]
    if curve[0] is curve[1]:
        raise Degenerate
    return _draft(_outside(rng, level), dict(zip(OUTER, curve, strict=True)), ("t",), "t")


def _polynomial(rng: Random, t: Node, degree: int) -> Node:
    top = mul(num(rng.randint(1, 3)), power(t, num(rng.randint(1, degree))))
    if degree == 1 or rng.random() < 0.4:
        return tidied(add(top, num(coefficient(rng, 3))))
    return tidied(top)


def _moving(rng: Random, t: Node) -> Node:
    name = rng.choice(("sin", "cos", "exp", "ln"))
    inside = t if name == "ln" else tidied(mul(num(rng.randint(1, 3)), t))
    return rng.choice((fn(name, inside), fn(name, inside), power(t, num(2))))


def _outside(rng: Random, level: int) -> Node:
    """1 of degree 2, 2 and 3 of degree 3, 4 and 5 a function."""
    if level == 1:
        return polynomial(rng, OUTER, 2, 2)
    if level < 4:
        return add(monomial(rng, OUTER, 3), rng.choice((sym("x") ** 2, sym("y") ** 2)))
    inside = rng.choice((sym("x") * sym("y"), add(sym("x") ** 2, sym("y") ** 2)))
    if rng.random() < 0.3:
        return fn(rng.choice(("ln", "sqrt")), positive_inner(rng, OUTER))
    return elementary(rng, inside)


# ── new coordinates ───────────────────────────────────────────────────────────────────────────────


def _new_coordinates(rng: Random, level: int) -> Draft:
    """1 linear inner functions, 2 squares and products, 3 polar, 4 a function outside, 5 both."""
    names = rng.choice((("u", "v"), ("s", "t")))
    u, v = (sym(name) for name in names)
    a, b = num(rng.randint(1, 3)), num(rng.randint(1, 3))
    linear = (tidied(a * u + b * v), tidied(u - b * v))
    curved = (u * v, rng.choice((u**2 - v**2, u**2 + v**2, u + v)))
    mixed = (
        rng.choice((u * fn("cos", v), fn("exp", u) * v)),
        rng.choice((u * fn("sin", v), u * v)),
    )
    inner = {1: linear, 2: curved, 3: mixed, 4: rng.choice((linear, curved)), 5: mixed}[level]
    table = dict(zip(OUTER, inner, strict=True))
    f = _outside(rng, level) if level < 5 else elementary(rng, _of_both(rng))
    return _draft(f, table, names, rng.choice(names))


def _of_both(rng: Random) -> Node:
    x, y = (sym(name) for name in OUTER)
    return rng.choice((x * y, x + y, x - y, x + 2 * y))


KINDS = (
    Kind("chain-curve", "Chain rule along a curve", "rules", _along_a_curve),
    Kind("chain-coordinates", "Chain rule with new coordinates", "rules", _new_coordinates),
)
