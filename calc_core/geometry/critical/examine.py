"""A further look at a critical point that the Hessian does not decide."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np

from calc_core.derive import Engine
from calc_core.evaluate import compile_numpy
from calc_core.geometry.critical.problem import Array, Problem
from calc_core.geometry.numerals import numeral, vector
from calc_core.graph import ZERO, D, Node, substitute, sym
from calc_core.tidy import Tidier

# Distances at which f is looked at, as parts of the box.
RADII = (1e-2, 3e-3, 1e-3)
CURVES = (1.0, 2.0, 0.5, 3.0, 1.5, 4.0, 0.25, 0.75)
NOISE = 1e-14
HIGHEST_ORDER = 12
ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}

RISES = "f rises in every direction tried: it looks like a minimum."
FALLS = "f falls in every direction tried: it looks like a maximum."
LEVEL_UP = "f falls in no direction tried, and stays level in some."
LEVEL_DOWN = "f rises in no direction tried, and stays level in some."


def examined(problem: Problem, point: Array, spans: Array, exact: dict[str, Node] | None) -> str:
    """What f does near the point, in a sentence; proved only for one variable at an exact point."""
    if exact is not None and problem.dimension == 1:
        decided = _first_derivative_that_counts(problem, exact)
        if decided:
            return decided
    return _Look(problem, point, spans).sentence()


def _first_derivative_that_counts(problem: Problem, exact: dict[str, Node]) -> str:
    """For one variable: the order of the first derivative that is not 0, and its sign, decide.

    Source: T. M. Apostol, *Mathematical Analysis* (2nd ed. 1974), §13.5, theorem 13.9 (Taylor).
    """
    (name,) = problem.names
    engine, tidier, u = Engine(), Tidier(), problem.slopes[0]
    for order in range(2, HIGHEST_ORDER + 1):
        u = engine.derive(D(u, sym(name))).result
        value = tidier(substitute(u, {sym(name): exact[name]}))[0]
        if value is ZERO:
            continue
        number = float(compile_numpy(value, [])()) if not value.free else np.nan
        if not np.isfinite(number) or number == 0:
            return ""
        ordinal = ORDINALS.get(order, f"{order}th")
        told = f"The first derivative after f′ that is not 0 is the {ordinal}, {numeral(number)}"
        if order % 2:
            return f"{told}: f crosses its tangent, no extremum."
        return f"{told}: a {'minimum' if number > 0 else 'maximum'}."
    return ""


class _Look:
    """Values of f on small spheres around a point, of the shape of the box."""

    def __init__(self, problem: Problem, point: Array, spans: Array) -> None:
        self.problem, self.point, self.spans = problem, point, spans
        self._run = compile_numpy(problem.f, problem.names)
        self.here = float(self._run(*point))
        self.directions = _directions(problem.dimension)
        self.changes = np.array([self._changes(r * self.directions) for r in RADII])

    def _changes(self, steps: Array) -> Any:
        """F(p + s) − f(p), 0 where it is lost in the rounding, nan where there is none."""
        moved = self.point + steps * self.spans
        with np.errstate(all="ignore"):
            change = self._run(*moved.T) - self.here
        finite = np.abs(change[np.isfinite(change)])
        noise = NOISE * (abs(self.here) + finite.max(initial=0.0))
        return np.where(np.abs(change) <= noise, 0.0, change)

    def sentence(self) -> str:
        if not np.isfinite(self.here):
            return "f is not defined here."
        seen = self.changes[:, np.isfinite(self.changes).all(axis=0)]
        if not seen.size:
            return "f is not defined all around."
        partly = "" if seen.shape == self.changes.shape else "Where it is defined, "
        up, down = (seen > 0), (seen < 0)
        if up.any(axis=1).all() and down.any(axis=1).all():
            return partly + self._both()
        if not down.any():
            return partly + (RISES if up.all() else LEVEL_UP if up.any() else "f stays level.")
        if not up.any():
            return partly + (FALLS if down.all() else LEVEL_DOWN)
        return partly + "f takes both signs at some distances and not at others: not clear."

    def _both(self) -> str:
        """Both signs on every sphere: along which lines, or along which curve?"""
        rising, falling = (self.changes > 0).all(axis=0), (self.changes < 0).all(axis=0)
        if rising.any() and falling.any():
            up, down = self._shown(rising), self._shown(falling)
            return f"f rises towards {up} and falls towards {down}: no extremum."
        curve = self._curve(-1.0 if rising.any() else 1.0)
        change = "falls" if rising.any() else "rises"
        other = "rises" if rising.any() else "falls"
        along = curve or "some curve, by its values on small circles"
        return f"f {other} along the straight lines tried but {change} along {along}: no extremum."

    def _shown(self, chosen: Any) -> str:
        """The steepest of the chosen directions, an axis if there is one."""
        on_axis = np.abs(self.directions).max(axis=1) == 1
        wanted = chosen & on_axis if (chosen & on_axis).any() else chosen
        best = int(np.argmax(np.where(wanted, np.abs(self.changes[0]), -1.0)))
        return vector(self.directions[best] * self.spans / self.spans.max(), 2)

    def _curve(self, sign: float) -> str:
        """A parabola through the point along which f has the sign everywhere."""
        t = np.array([s * r for r in RADII for s in (-1, 1)])
        size = self.spans.max()
        for i, j in permutations(range(self.problem.dimension), 2):
            for c in (s * c for c in CURVES for s in (1, -1)):
                steps = np.zeros((len(t), self.problem.dimension))
                steps[:, i], steps[:, j] = t * size, c * (t * size) ** 2
                if (self._changes(steps / self.spans) * sign > 0).all():
                    return self._parabola(i, j, c)
        return ""

    def _parabola(self, i: int, j: int, c: float) -> str:
        def away(k: int) -> tuple[str, bool]:
            name, at = self.problem.names[k], round(float(self.point[k]), 6)
            moved = f"{name} {'−' if at > 0 else '+'} {numeral(abs(at))}"
            return (moved, True) if at else (name, False)

        (left, _), (right, moved) = away(j), away(i)
        factor = {1.0: "", -1.0: "−"}.get(c, f"{numeral(c)} ")
        return f"{left} = {factor}{f'({right})' if moved else right}²"


def _directions(n: int) -> Array:
    """Unit vectors, the axes among them: two, around the circle, or spread over the sphere."""
    if n == 1:
        return np.array([[1.0], [-1.0]])
    if n == 2:
        angles = np.arange(720) * np.pi / 360
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).round(12)
    random = np.random.default_rng(0).normal(size=(2000, n))
    spread = random / np.linalg.norm(random, axis=1, keepdims=True)
    return np.concatenate([np.eye(n), -np.eye(n), spread])
