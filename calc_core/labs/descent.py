"""Gradient descent, momentum and Newton's method from a point that can be dragged.

Near a minimum with the Hessian H a step of size s multiplies the error along an eigenvector to λ in
1 − sλ, so that descent converges for s < 2/λ_max and no longer (Nocedal & Wright, *Numerical
Optimization*, §3.3; Boyd & Vandenberghe, *Convex Optimization*, §9.3).  With momentum β, Polyak's
heavy ball, the bound is 2(1 + β)/λ_max (Polyak 1964).
"""

from __future__ import annotations

from math import ceil, log10

import numpy as np

from calc_core.calculus import gradient, hessian
from calc_core.expression import Expression
from calc_core.figures import Style, pretty
from calc_core.figures.descent import (
    factor_of_step,
    paths_on_curve,
    paths_on_levels,
    sizes_over_steps,
    values_over_steps,
)
from calc_core.geometry import View
from calc_core.geometry.sampling import sample_height
from calc_core.graph import Node
from calc_core.labs.scene import Control, Scene, problem_of, program, rounded_step

MOST_STEPS = 200
# Where curvature is looked at along each axis, and how much of what is found bends no more.
PLACES = 9
MOST_OF_IT = 0.8
# Without curvature any step size does.
USUAL = 0.1
SMALLEST, LARGEST = 1e-9, 1e6


def descent(f: Expression, view: View, style: Style, *, compact: bool = False) -> Scene:
    """Paths down a scalar function, of one variable or more.

    ``compact``  the paths alone.
    """
    slopes, seconds = gradient(f).guarded, hessian(f).guarded
    height = sample_height(f.node, view, pretty)
    step = usual_step(seconds, view)
    power = ceil(log10(step))
    steps = (10.0 ** (power - 2), 10.0 ** (power + 2))
    is_curve = len(view.shown) == 1
    figures = (
        {"curve": paths_on_curve(height, view, style)}
        if is_curve
        else {"field": paths_on_levels(height, view, style)}
    )
    if not compact:
        figures["values"] = values_over_steps(style)
        figures["sizes"] = sizes_over_steps(style)
        figures["factors"] = factor_of_step(steps, style)
    return Scene(
        model="descent",
        label="Ways down from a point that can be dragged",
        figures=figures,
        problem=problem_of(f, view, visible=list(height.visible), stepRange=list(steps)),
        program=program(f, view, f=f.node, gradient=slopes, hessian=seconds),
        controls=(
            Control("slider", "step", "step size s", *steps, log=True),
            Control("slider", "beta", "momentum β", 0.0, 0.99, 0.01),
            Control("slider", "steps", "number of steps", 0, MOST_STEPS, 1),
            Control("toggle", "descent", "gradient descent"),
            Control("toggle", "momentum", "with momentum"),
            Control("toggle", "newton", "Newton’s method"),
            Control("play", "walk", "Step by step", seconds=8.0),
        ),
        state={
            "step": step,
            "beta": 0.8,
            "steps": 60.0,
            "descent": True,
            "momentum": True,
            "newton": True,
        },
        notes=(*height.notes, *_shadows(view)),
    )


def usual_step(seconds: Node, view: View) -> float:
    """About ½/λ for the curvature λ of most of what is shown, to one digit: well below 2/λ."""
    n = len(view.names)
    found = view.over(view.function(seconds, (n, n)), view.grid(PLACES))
    matrices = np.moveaxis(found.reshape(n, n, -1), -1, 0)
    finite = matrices[np.isfinite(matrices).all(axis=(1, 2))]
    if not len(finite):
        return USUAL
    bends = np.abs(np.linalg.eigvalsh(finite)).max(axis=1)
    usual = float(np.quantile(bends, MOST_OF_IT))
    return rounded_step(min(max(0.5 / usual, SMALLEST), LARGEST)) if usual > 0 else USUAL


def _shadows(view: View) -> tuple[str, ...]:
    """What the figure does not show of a path in more than two variables."""
    if not view.held:
        return ()
    x, y = map(pretty, view.shown)
    return (
        f"All {len(view.names)} variables move; the figure shows where {x} and {y} go, over the "
        "level curves of the slice.",
    )
