"""The slope at a point: level curves and field, the surface and its tangent plane."""

from __future__ import annotations

from calc_core.calculus import gradient
from calc_core.expression import Expression
from calc_core.figures import (
    Style,
    curve_with_tangent,
    gradient_field,
    pretty,
    surface_with_tangent,
)
from calc_core.geometry import View, sample_gradient
from calc_core.labs.scene import Scene, problem_of, program


def slope(f: Expression, view: View, style: Style, *, compact: bool = False) -> Scene:
    """The gradient of a scalar function, to be dragged.

    ``compact``  the level curves alone: the picture beside a derivation.
    """
    slopes = gradient(f).guarded
    sample = sample_gradient(f.node, slopes, view, pretty)
    if len(view.shown) == 1:
        figures = {"curve": curve_with_tangent(sample, style)}
    else:
        figures = {"field": gradient_field(sample, style)}
        if not compact:
            figures["surface"] = surface_with_tangent(sample, style)
    return Scene(
        model="slope",
        label="The slope at a point that can be dragged",
        figures=figures,
        problem=problem_of(f, view, visible=list(sample.height.visible)),
        program=program(f, view, f=f.node, gradient=slopes),
        notes=sample.height.notes,
    )
