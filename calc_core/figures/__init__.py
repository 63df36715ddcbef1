"""Arrays become Plotly figures here, and nowhere else.

Samples come from :mod:`calc_core.geometry`; each kind has its figures.
Figures that belong together are returned apart, so that a page can put them side by side on a
wide screen and below each other on a phone.
"""

from __future__ import annotations

import plotly.graph_objects as go

from calc_core.figures.mapping import map_figures
from calc_core.figures.naming import arguments, equations, pretty
from calc_core.figures.plane import curve_with_parabola, curve_with_tangent, gradient_field
from calc_core.figures.space import quadratic_surface, surface_with_tangent
from calc_core.figures.style import DARK, LIGHT, Style
from calc_core.geometry.sampling import GradientSample, QuadraticSample

__all__ = [
    "DARK",
    "LIGHT",
    "Style",
    "arguments",
    "curve_with_parabola",
    "curve_with_tangent",
    "equations",
    "gradient_field",
    "gradient_figures",
    "map_figures",
    "pretty",
    "quadratic_figures",
    "quadratic_surface",
    "surface_with_tangent",
]


def gradient_figures(sample: GradientSample, style: Style) -> tuple[go.Figure, ...]:
    """Field and surface of a function of several variables; curve and tangent of one variable."""
    if len(sample.view.shown) == 1:
        return (curve_with_tangent(sample, style),)
    return gradient_field(sample, style), surface_with_tangent(sample, style)


def quadratic_figures(sample: QuadraticSample, style: Style) -> tuple[go.Figure, ...]:
    """The function and its second-order Taylor polynomial: a surface, or a curve."""
    if len(sample.view.shown) == 1:
        return (curve_with_parabola(sample, style),)
    return (quadratic_surface(sample, style),)
