"""The second order at a point: the quadratic surface, its level curves, and how far it is off."""

from __future__ import annotations

from typing import Any

from calc_core.calculus import gradient, hessian
from calc_core.expression import Expression
from calc_core.figures import Style, pretty, quadratic_surface
from calc_core.figures.plane import equal_axes
from calc_core.figures.quadratic import curve_with_error, quadratic_levels, taylor_errors
from calc_core.geometry import View, sample_quadratic
from calc_core.geometry.sampling import QuadraticSample
from calc_core.labs.scene import Control, Scene, problem_of, program, rounded

# The circles around the point: from the half of the smaller range down to this part of it.
SMALLEST = 1 / 300
USUAL = 1 / 4
NOT_TO_SCALE = (
    "The axes have different scales: in the flat figure the principal directions, which are "
    "perpendicular, do not look so."
)


def bending(f: Expression, view: View, style: Style, *, compact: bool = False) -> Scene:
    """The graph of f and its second-order Taylor polynomial, at a point to be moved.

    ``compact``  the graph alone: the picture beside a derivation.
    """
    slopes, seconds = gradient(f).guarded, hessian(f).guarded
    sample = sample_quadratic(f.node, slopes, seconds, view, pretty)
    reach = float(view.spans.min()) / 2
    radii = (rounded(reach * SMALLEST), reach)
    return Scene(
        model="bending",
        label="The quadratic approximation at a point that can be moved",
        figures=_figures(sample, radii, style, compact),
        problem=problem_of(f, view, visible=list(sample.height.visible), radii=list(radii)),
        program=program(f, view, f=f.node, gradient=slopes, hessian=seconds),
        controls=() if compact else (Control("slider", "radius", "distance r", *radii, log=True),),
        state={} if compact else {"radius": rounded(reach * USUAL)},
        notes=(*sample.height.notes, *_scales(view, compact)),
    )


def _figures(
    sample: QuadraticSample, radii: tuple[float, float], style: Style, compact: bool
) -> dict[str, Any]:
    if len(sample.view.shown) == 1:
        figures = {"curve": curve_with_error(sample, style)}
    else:
        figures = {"surface": quadratic_surface(sample, style)}
        if not compact:
            figures["levels"] = quadratic_levels(sample.height, sample.view, style)
    if not compact:
        figures["error"] = taylor_errors(sample.view, radii, style)
    return figures


def _scales(view: View, compact: bool) -> tuple[str, ...]:
    is_true = len(view.shown) == 1 or bool(equal_axes(view.spans))
    return () if compact or is_true else (NOT_TO_SCALE,)
