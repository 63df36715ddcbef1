"""Derivatives of functions that are given by an equation only."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from random import Random

import numpy as np

from calc_core.certify import no_derivatives
from calc_core.composite import implicit
from calc_core.evaluate.sampled import Array, Sampled
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.functions import elementary, is_sensible, tidied
from calc_core.exercises.kinds.base import Degenerate, Draft, Kind
from calc_core.exercises.recipes import by, of_several, opposite
from calc_core.exercises.tasks import expression_of, latex, partial_symbol
from calc_core.exercises.verdict import Verdict, right
from calc_core.exercises.work import Recipe, Slip, Work
from calc_core.graph import Node, add, div, fn, mul, num, power, sym

ON_THE_CURVE = "at points that satisfy the equation"
# Newton's method for points on the curve, and how near they must be.
STEPS, NEAR, TOLERANCE, WANTED = 40, 1e-11, 1e-8, 4
LONGEST = 40


class OnTheCurve(FormulaAnswer):
    """A formula that need only be right where the equation holds, the first of the roots."""

    def of_wrong(self, given: Node) -> Verdict:
        """As for any formula; what is the same by the equation is right as well."""
        return right(ON_THE_CURVE) if self._agrees(given) else super().of_wrong(given)

    def _agrees(self, given: Node) -> bool:
        point = self.curve
        if not len(point[self.names[0]]):
            return False
        values = Sampled(point, no_derivatives)
        with np.errstate(all="ignore"):
            a, b = np.broadcast_arrays(values(given), values(self.node))
        return bool(np.allclose(a, b, rtol=TOLERANCE, atol=0))

    @cached_property
    def curve(self) -> dict[str, Array]:
        """A few points on the curve at which the derivative exists."""
        f, y = self.roots[0], self.names[-1]
        rng = np.random.default_rng(1)
        point = {name: rng.uniform(0.2, 2.5, 300) for name in self.names}
        with np.errstate(all="ignore"):
            for _ in range(STEPS):
                slope = self._value(self._partial, point)
                point = {**point, y: point[y] - self._value(f, point) / slope}
            good = np.abs(self._value(f, point)) < NEAR
            good &= np.isfinite(self._value(self.node, point)) & (np.abs(point[y]) < 10)
        chosen = np.flatnonzero(good)[:WANTED]
        return {name: values[chosen] for name, values in point.items()}

    @cached_property
    def _partial(self) -> Node:
        return Work(by(self.roots[0], self.names[-1])).right()

    def _value(self, u: Node, point: dict[str, Array]) -> Array:
        found = Sampled(point, no_derivatives)(u)
        return np.broadcast_to(found, point[self.names[0]].shape)


# ── the work ──────────────────────────────────────────────────────────────────────────────────────


def implicit_work(f: Node, y: str, x: str) -> Work:
    """∂y/∂x = −(∂F/∂x)/(∂F/∂y), and what is computed in its place."""
    top, bottom = by(f, x), by(f, y)
    slips = (
        Slip("implicit-sign-lost", _ratio(top, bottom)),
        Slip("implicit-upside-down", opposite(_ratio(bottom, top))),
        Slip("implicit-upside-down-without-sign", _ratio(bottom, top)),
        Slip("dependent-held-still", top),
        Slip("dependent-held-still", opposite(top)),
        Slip("partials-multiplied", of_several([top, bottom], lambda p: mul(*p))),
        Slip("partials-added", of_several([top, bottom], lambda p: add(*p))),
    )
    return Work(opposite(_ratio(top, bottom)), slips)


def _ratio(top: Recipe, bottom: Recipe) -> Recipe:
    return of_several([top, bottom], lambda parts: div(*parts))


# ── exercises ─────────────────────────────────────────────────────────────────────────────────────


def _draft(f: Node, c: int, names: tuple[str, ...], x: str) -> Draft:
    """The function that f = c defines for the last of the names."""
    f, y = tidied(f), names[-1]
    whole = f - num(c)
    if f.free != set(names):
        raise Degenerate
    others = [Slip("wrong-variable", opposite(_ratio(by(f, z), by(f, y)))) for z in names[:-1]]
    work = implicit_work(f, y, x)
    work = Work(
        work.recipe, (*work.slips, *[s for s, z in zip(others, names, strict=False) if z != x])
    )
    answer = OnTheCurve(work, names, (whole,))
    if y not in answer.node.free or not is_sensible(answer.node, LONGEST):
        raise Degenerate
    if len(answer.curve[y]) < WANTED:
        raise Degenerate
    symbol = partial_symbol(y, x)
    if len(names) == 2:
        symbol = rf"\dfrac{{\mathrm{{d}}{y}}}{{\mathrm{{d}}{x}}}"
    given = " and ".join(f"${name}$" for name in names[:-1])
    letters = ", ".join(f"${name}$" for name in names[:-1]) + f" and ${names[-1]}$"
    return Draft(
        rf"The equation ${latex(f)} = {c}$ makes ${y}$ a function of {given}. Find ${symbol}$ as a "
        rf"formula in {letters}.",
        answer,
        lambda: implicit(expression_of(whole, names), y, x),
    )


def _curve(rng: Random, level: int) -> Draft:
    """1 squares, 2 with products, 3 cubic, 4 with a function of one variable, 5 of a product."""
    f = _equation(rng, [sym("x"), sym("y")], level)
    return _draft(f, rng.randint(1, 12), ("x", "y"), "x")


def _surface(rng: Random, level: int) -> Draft:
    """1 squares, 2 with products, 3 cubic, 4 with a function of one variable, 5 of a product."""
    x, y, z = (sym(name) for name in ("x", "y", "z"))
    f = add(_equation(rng, [x, z], level), rng.choice((y**2, 2 * y, y * z, x * y, num(3) * y)))
    return _draft(f, rng.randint(1, 12), ("x", "y", "z"), rng.choice(("x", "y")))


def _equation(rng: Random, letters: Sequence[Node], level: int) -> Node:
    x, y = letters
    a, b = num(rng.randint(1, 5)), num(rng.randint(2, 5))
    if level == 1:
        return add(a * x**2, b * y**2)
    if level == 2:
        return rng.choice(
            (add(a * x**2, b * x * y, y**2), add(x**2 * y, b * y), a * x**2 + x * y**2)
        )
    if level == 3:
        return rng.choice(
            (
                add(x**3, y**3, mul(num(-a.data), x, y)),
                add(x**2 * y**3, b * x),
                add(a * x**3, x * y**2, b * y),
                add(power(x, num(3)) * y, a * y**2),
            )
        )
    if level == 4:
        return rng.choice(
            (
                add(x * fn("exp", y), a * y),
                add(a * y, fn("sin", y), b * x**2),
                add(y * fn("exp", x), y**2),
                add(fn("ln", y), a * x * y),
                add(a * y, mul(x, fn("cos", y))),
            )
        )
    composed = elementary(rng, rng.choice((x * y, x**2 * y, x + b * y)))
    return add(composed, rng.choice((a * y, y**2, a * x + y, x * y)))


KINDS = (
    Kind("implicit", "Implicit derivative", "rules", _curve),
    Kind("implicit-surface", "Implicit partial derivative", "rules", _surface),
)
