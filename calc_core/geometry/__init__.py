"""What derivatives mean in the picture: bending, stretching, domains, poles."""

from calc_core.geometry.curvature import Bending, bending, graph_curvature, second_derivative
from calc_core.geometry.domain import Gaps, gaps
from calc_core.geometry.mapping import MapSample, sample_map
from calc_core.geometry.numerals import numeral, vector
from calc_core.geometry.poles import (
    has_pole,
    robust_range,
    shown_range,
    value_range,
    without_jumps,
)
from calc_core.geometry.sampling import (
    GradientSample,
    QuadraticSample,
    sample_gradient,
    sample_quadratic,
)
from calc_core.geometry.stretching import determinant, singular_values, size_factor
from calc_core.geometry.view import View

__all__ = [
    "Bending",
    "Gaps",
    "GradientSample",
    "MapSample",
    "QuadraticSample",
    "View",
    "bending",
    "determinant",
    "gaps",
    "graph_curvature",
    "has_pole",
    "numeral",
    "robust_range",
    "sample_gradient",
    "sample_map",
    "sample_quadratic",
    "second_derivative",
    "shown_range",
    "singular_values",
    "size_factor",
    "value_range",
    "vector",
    "without_jumps",
]
