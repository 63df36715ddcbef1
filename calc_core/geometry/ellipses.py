"""What J makes of the unit circle at each place of a grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calc_core.evaluate import Grid
from calc_core.geometry.stretching import determinant, singular_values
from calc_core.geometry.view import View
from calc_core.graph import Node

Array = NDArray[np.float64]

ELLIPSES = 9
POINTS = 32
# The half axis of an ellipse of the usual size, and of the largest, in widths of a grid cell.
USUAL, LARGEST = 0.3, 0.48


@dataclass(frozen=True)
class EllipseField:
    """The images of the unit circle under J(p) for the places p of a grid.

    ``centres``        (k, 2), of those places where J has a value and is not 0;
    ``outlines``       closed, drawn around the places, (k, 2, points): smaller by ``scale``, and
                       the largest of them by more;
    ``axes``           σ₁ ≥ σ₂, (k, 2);
    ``determinants``   ±σ₁σ₂, (k,).
    """

    view: View
    centres: Array
    outlines: Array
    axes: Array
    determinants: Array
    scale: float

    def chosen(self, turned: bool) -> NDArray[np.bool_]:
        """Those at which the orientation is reversed, or those at which it is not."""
        return np.asarray((self.determinants < 0) == turned)


def sample_ellipses(jacobian: Node, view: View, unit: Array) -> EllipseField:
    """The field of a 2×2 Jacobian; ``unit`` are lengths on the two axes that look the same."""
    grid = Grid(view.shown, tuple(_middles(*view.ranges[name]) for name in view.shown))
    J = view.over(view.function(jacobian, (2, 2)), grid).reshape(2, 2, -1)
    axes = singular_values(J).T
    drawn = np.isfinite(axes).all(axis=1) & (axes[:, 0] > 0)
    J, axes = np.moveaxis(J, -1, 0)[drawn], axes[drawn]
    centres = np.array(grid.full()).reshape(2, -1).T[drawn]
    width = float(np.min(view.spans / unit)) / ELLIPSES
    scale = USUAL * width / float(np.median(axes[:, 0])) if len(axes) else 1.0
    smaller = np.minimum(scale, LARGEST * width / axes[:, 0])
    angles = np.linspace(0, 2 * np.pi, POINTS + 1)
    circle = np.array([np.cos(angles), np.sin(angles)])
    shapes = (J @ circle) * smaller[:, None, None] * unit[:, None]
    return EllipseField(
        view=view,
        centres=centres,
        outlines=centres[:, :, None] + shapes,
        axes=axes,
        determinants=determinant(np.moveaxis(J, 0, -1)),
        scale=scale,
    )


def _middles(low: float, high: float) -> Array:
    half = (high - low) / ELLIPSES / 2
    return np.linspace(low + half, high - half, ELLIPSES)
