"""The curvature of the graph of f: by colour, along a direction that turns, and its extremes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from calc_core.calculus import gradient, hessian
from calc_core.expression import Expression
from calc_core.figures import Style, pretty
from calc_core.figures.curvature import (
    curvature_along,
    curvature_map,
    curvature_surface,
    curve_with_circle,
    euler_curve,
    is_to_scale,
    normal_section,
)
from calc_core.geometry import View, graph_curvature, robust_range
from calc_core.geometry.sampling import Height, sample_height
from calc_core.graph import Node
from calc_core.labs.scene import Control, Scene, problem_of, program, rounded

Array = NDArray[np.float64]

USUAL = 30.0
NOT_TO_SCALE = (
    "The heights of f or the ranges are too different for one scale on all axes: in space shapes "
    "are distorted, and the circle looks like an ellipse. The normal section and the numbers are "
    "true."
)
CURVE_NOT_TO_SCALE = (
    "The axes have different scales, so that the circle looks like an ellipse. The numbers are "
    "true."
)
NO_DIRECTION = (
    "With one variable there is no direction v to turn: the graph is a curve, its own section, and "
    "its curvature is f″ / (1 + f′²)^(3/2)."
)
SHADES = (("gaussian", "Gaussian curvature K"), ("mean", "mean curvature M"))


def curvature(f: Expression, view: View, style: Style, *, compact: bool = False) -> Scene:
    """How the graph of f bends, as a matter of its shape in space.

    ``compact``  the graph alone.
    """
    slopes, seconds = gradient(f).guarded, hessian(f).guarded
    height = sample_height(f.node, view, pretty)
    first, second = _derivatives(slopes, seconds, view, height)
    if len(view.shown) == 1:
        return _of_curve(f, view, style, height, (slopes, seconds), first[0], second[0, 0])
    gaussian, mean = graph_curvature(first, second)
    figures: dict[str, Any] = {"surface": curvature_surface(height, view, style)}
    reach = float(view.spans.max()) / 2
    if not compact:
        figures["map"] = curvature_map(height, view, style)
        figures["section"] = normal_section(reach, view, style)
        figures["euler"] = euler_curve(view, style)
    return Scene(
        model="curvature",
        label="The curvature of the graph, in a direction that can be turned",
        figures=figures,
        problem=problem_of(
            f,
            view,
            visible=list(height.visible),
            reach=reach,
            sizes={"gaussian": _size(gaussian), "mean": _size(mean)},
        ),
        program=program(f, view, f=f.node, gradient=slopes, hessian=seconds),
        controls=(
            Control("choice", "shade", "Colour", options=SHADES),
            Control("slider", "turn", "angle of v", 0.0, 360.0, 1.0, unit="°"),
            Control("play", "round", "Turn v half round", seconds=8.0),
        ),
        state={"shade": "gaussian", "turn": USUAL},
        notes=(*height.notes, *(() if is_to_scale(height, view) else (NOT_TO_SCALE,))),
    )


def _of_curve(
    f: Expression,
    view: View,
    style: Style,
    height: Height,
    derivatives: tuple[Node, Node],
    slope: Array,
    second: Array,
) -> Scene:
    with np.errstate(all="ignore"):
        bent = second / (1 + slope**2) ** 1.5
    return Scene(
        model="curvature",
        label="The circle that lies closest to the curve",
        figures={
            "curve": curve_with_circle(height, view, style),
            "along": curvature_along(height, bent, view, style),
        },
        problem=problem_of(
            f, view, visible=list(height.visible), reach=float(view.spans.max()) / 2
        ),
        program=program(f, view, f=f.node, gradient=derivatives[0], hessian=derivatives[1]),
        notes=(
            *height.notes,
            NO_DIRECTION,
            *(() if is_to_scale(height, view) else (CURVE_NOT_TO_SCALE,)),
        ),
    )


def _derivatives(slopes: Node, seconds: Node, view: View, height: Height) -> tuple[Array, Array]:
    """The first and second derivatives by the variables shown, on the grid of the graph."""
    n, places = len(view.names), view.shown_places
    first = view.over(view.function(slopes, (n,)), height.grid)[places]
    second = view.over(view.function(seconds, (n, n)), height.grid)[np.ix_(places, places)]
    return first, second


def _size(values: Array) -> float:
    """How far the colours reach to both sides of 0; the spikes beyond have the last colour."""
    size = max(abs(end) for end in robust_range(values))
    return rounded(size) if size > 0 else 1.0
