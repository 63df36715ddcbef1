"""Figures of vector functions, by the numbers of their variables and components."""

from __future__ import annotations

import plotly.graph_objects as go

from calc_core.figures.curve_map import components, plane_curve, space_curve
from calc_core.figures.patch_map import patch_domain, surface_patch
from calc_core.figures.plane_map import domain_grid, image_grid
from calc_core.figures.solid_map import solid_image
from calc_core.figures.style import Style
from calc_core.geometry.mapping import (
    CurveSample,
    MapSample,
    PatchSample,
    PlaneMapSample,
    SolidSample,
)

__all__ = [
    "components",
    "domain_grid",
    "image_grid",
    "map_figures",
    "patch_domain",
    "plane_curve",
    "solid_image",
    "space_curve",
    "surface_patch",
]


def map_figures(sample: MapSample | None, style: Style) -> tuple[go.Figure, ...]:
    """The figures of a map: the domain and its image, or the image alone, or nothing."""
    match sample:
        case PlaneMapSample():
            return domain_grid(sample, style), image_grid(sample, style)
        case CurveSample() if len(sample.value) == 2:
            return (plane_curve(sample, style),)
        case CurveSample():
            return (space_curve(sample, style),)
        case PatchSample():
            return (surface_patch(sample, style),)
        case SolidSample():
            return (solid_image(sample, style),)
        case _:
            return ()
