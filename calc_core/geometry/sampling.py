"""From a function and its derivatives to the arrays that a picture of them needs.

Each sampler takes nodes (the function, and the derivatives as :mod:`calc_core.derive` found them)
and a :class:`View`, and returns plain arrays: the figures, the text beside them and the browser
read the same ones.  Numbers of points are chosen so that a figure stays a few tens of kilobytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calc_core.evaluate import Grid
from calc_core.geometry.curvature import Bending, bending
from calc_core.geometry.domain import Gaps, gaps, where
from calc_core.geometry.numerals import numeral
from calc_core.geometry.poles import shown_range, without_jumps
from calc_core.geometry.view import View, finite
from calc_core.graph import Node

Array = NDArray[np.float64]
Range = tuple[float, float]
Show = Callable[[str], str]

CURVE_POINTS = 401
SURFACE_POINTS = 60
ARROWS = 13
# The part of the range that the tangent plane and the quadratic surface cover, to each side.
NEAR = 0.17


@dataclass(frozen=True)
class Height:
    """f over the shown variables, with what is missing in it.

    ``values``   f on the grid; nan where it is not defined, or torn at a pole;
    ``visible``  the heights to be drawn: all, or at a pole the bulk of them;
    ``gaps``     where f has no finite value;
    ``notes``    what the page has to say about it, a sentence each.
    """

    grid: Grid
    values: Array
    visible: Range
    gaps: Gaps
    notes: tuple[str, ...]


@dataclass(frozen=True)
class GradientSample:
    """f of one or more variables, its gradient on a coarser grid and at the point.

    ``arrows``    the gradient's components along the shown axes, on ``arrow_grid``;
    ``value``     f at the point; ``gradient``  all n partial derivatives there, (n,).
    """

    view: View
    height: Height
    arrow_grid: Grid
    arrows: Array
    value: float
    gradient: Array

    @property
    def slope(self) -> Array:
        """The partial derivatives at the point by the shown variables."""
        return self.gradient[self.view.shown_places]

    @property
    def defined_here(self) -> bool:
        """Whether f has a value and a gradient at the point."""
        return finite([self.value, *self.gradient])


@dataclass(frozen=True)
class QuadraticSample:
    """f, its second-order Taylor polynomial near the point, and how that bends.

    ``near``       the grid around the point; ``quadratic``  the Taylor polynomial on it;
    ``hessian``    by the shown variables, (k, k); ``bending``  its principal directions;
    ``principal``  the curves on the Taylor surface over the principal directions, (k, k+1, points):
                   for each direction the coordinates and the height.
    """

    view: View
    height: Height
    value: float
    gradient: Array
    hessian: Array
    bending: Bending
    near: Grid
    quadratic: Array
    principal: Array

    @property
    def defined_here(self) -> bool:
        """Whether f has a value, a gradient and a Hessian at the point."""
        return finite([self.value, *self.gradient, *self.hessian.ravel()])


def sample_height(f: Node, view: View, show: Show = str) -> Height:
    """The heights of f on a grid of the shown variables, of one or two dimensions."""
    grid = view.grid(CURVE_POINTS if len(view.shown) == 1 else SURFACE_POINTS)
    function = view.function(f)
    raw = view.over(function, grid)
    visible = shown_range(function, grid, raw)
    missing = gaps(np.isfinite(raw), grid, show)
    notes = [missing.sentence] if missing else []
    low, high = visible
    with np.errstate(invalid="ignore"):
        beyond = np.isfinite(raw) & ((raw < low) | (raw > high))
    if beyond.any():
        place = where(beyond, grid, show)
        notes.append(f"Cut off {place}, where it leaves {numeral(low)} … {numeral(high)}.")
    return Height(grid, without_jumps(raw, visible), visible, missing, tuple(notes))


def sample_gradient(f: Node, gradient: Node, view: View, show: Show = str) -> GradientSample:
    """A scalar f and its gradient, whose n entries are in the order of ``view.names``."""
    n = len(view.names)
    function, slopes = view.function(f), view.function(gradient, (n,))
    arrow_grid = _inner_grid(view, ARROWS)
    # The formula of a gradient may have values where f has none: 1/x beside ln x.
    defined = np.isfinite(view.over(function, arrow_grid))
    return GradientSample(
        view=view,
        height=sample_height(f, view, show),
        arrow_grid=arrow_grid,
        arrows=np.where(defined, view.over(slopes, arrow_grid)[view.shown_places], np.nan),
        value=float(view.here(function)),
        gradient=view.here(slopes),
    )


def _inner_grid(view: View, count: int) -> Grid:
    """Points in the middles of count×count cells, so that arrows keep off the border."""
    axes = []
    for name in view.shown:
        low, high = view.ranges[name]
        half = (high - low) / count / 2
        axes.append(np.linspace(low + half, high - half, count))
    return Grid(view.shown, tuple(axes))


def sample_quadratic(
    f: Node, gradient: Node, hessian: Node, view: View, show: Show = str
) -> QuadraticSample:
    """A scalar f with its gradient (n entries) and Hessian (n×n)."""
    n = len(view.names)
    places = view.shown_places
    height = sample_height(f, view, show)
    value = float(view.here(view.function(f)))
    slope = view.here(view.function(gradient, (n,)))[places]
    second = view.here(view.function(hessian, (n, n)))[np.ix_(places, places)]
    bent = bending(second)
    near = _near(view)
    steps = np.array(near.full()) - view.shown_at.reshape(-1, *[1] * len(places))
    return QuadraticSample(
        view=view,
        height=height,
        value=value,
        gradient=slope,
        hessian=second,
        bending=bent,
        near=near,
        quadratic=_taylor(value, slope, second, steps),
        principal=_principal_curves(value, slope, second, bent, view),
    )


def _near(view: View) -> Grid:
    axes = [
        np.linspace(at - NEAR * span, at + NEAR * span, 25)
        for at, span in zip(view.shown_at, view.spans, strict=True)
    ]
    return Grid(view.shown, tuple(axes))


def _taylor(value: float, slope: Array, second: Array, steps: Array) -> Array:
    """f(p) + g·s + ½ sᵀHs for steps s along the first axis."""
    with np.errstate(all="ignore"):
        linear = np.einsum("i,i...->...", slope, steps)
        square = np.einsum("i...,ij,j...->...", steps, second, steps)
        return np.asarray(value + linear + square / 2)


def _principal_curves(
    value: float, slope: Array, second: Array, bent: Bending, view: View
) -> Array:
    # As long as fits into the patch in that direction.
    lengths = [
        np.min(NEAR * view.spans / np.maximum(np.abs(direction), 1e-9))
        for direction in bent.directions
    ]
    curves = []
    for direction, length in zip(bent.directions, lengths, strict=True):
        steps = direction[:, None] * np.linspace(-length, length, 41)
        heights = _taylor(value, slope, second, steps)
        curves.append([*(view.shown_at[:, None] + steps), heights])
    return np.array(curves)


def tangent_patch(sample: GradientSample) -> tuple[Grid, Array]:
    """The tangent line or plane around the point: its corners, and the heights there.

    It is kept small enough to stay, by and large, in the range of heights that is drawn.
    """
    view, (low, high) = sample.view, sample.height.visible
    rise = float(np.abs(sample.slope) @ view.spans) * NEAR
    part = NEAR * min(1.0, 0.45 * (high - low) / rise if rise > 0 else 1.0)
    axes = [
        np.array([at - part * span, at + part * span])
        for at, span in zip(view.shown_at, view.spans, strict=True)
    ]
    grid = Grid(view.shown, tuple(axes))
    steps = np.array(grid.full()) - view.shown_at.reshape(-1, *[1] * len(view.shown))
    return grid, np.asarray(sample.value + np.einsum("i,i...->...", sample.slope, steps))


def jacobian_at(view: View, jacobian: Node, rows: int) -> Array:
    """The m×n Jacobian at the point."""
    return view.here(view.function(jacobian, (rows, len(view.names))))
