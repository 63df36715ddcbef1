"""Arrays become Plotly figures here, and nowhere else.

Samples come from :mod:`calc_core.geometry`; each kind has its figures.
Figures that belong together are made apart, so that a page can put them side by side on a wide
screen and below each other on a phone.
"""

from __future__ import annotations

from calc_core.figures.curve import curve_with_tangent
from calc_core.figures.field import gradient_field
from calc_core.figures.naming import equations, pretty
from calc_core.figures.space import quadratic_surface, surface_with_tangent
from calc_core.figures.style import DARK, LIGHT, Style

__all__ = [
    "DARK",
    "LIGHT",
    "Style",
    "curve_with_tangent",
    "equations",
    "gradient_field",
    "pretty",
    "quadratic_surface",
    "surface_with_tangent",
]
