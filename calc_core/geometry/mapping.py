"""Samples of vector functions f: Rⁿ → Rᵐ: curves, patches of surfaces, grids and their images."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from calc_core.evaluate import Grid
from calc_core.geometry import box_image
from calc_core.geometry.domain import Gaps, gaps
from calc_core.geometry.poles import shown_range, value_range
from calc_core.geometry.sampling import CURVE_POINTS, Range, Show, jacobian_at
from calc_core.geometry.stretching import determinant, size_factor
from calc_core.geometry.view import View
from calc_core.graph import Node, array, entries

Array = NDArray[np.float64]

# Cells along each axis, and points along each side of a cell, which is curved in the image.
CELLS = 14
SIDE = 4
# The chosen cell is larger than those of the grid, so that its shape is seen from the back row.
CHOSEN = 2.5
PATCH_POINTS = 41
SOLID_POINTS = 21


@dataclass(frozen=True)
class CurveSample:
    """A curve t ↦ f(t) in Rᵐ: its points (m, k), and position and velocity at the chosen t."""

    view: View
    parameter: Array
    values: Array
    speed: Array
    value: Array
    velocity: Array
    gaps: Gaps


@dataclass(frozen=True)
class PlaneMapSample:
    """f: R² → R² on the cells of a grid.

    ``cells``, ``images``  outlines of the cells and of their images, (c, 2, points), closed; an
                           image that a pole tears apart is nan;
    ``centres``            the middle of each cell, (c, 2), and ``image_centres`` where it goes;
    ``areas``              |det J| there, (c,); ``orientation``  the sign of det J, (c,);
    ``cell``, ``image``    outline of one cell around the point, and of its true image, (2, points);
    ``steps``              the sides of that cell, (2,);
    ``parallelogram``      the image of that cell under f(p) + J(x − p), (2, 5);
    ``window``             the ranges of the image that are drawn.
    """

    view: View
    cells: Array
    images: Array
    centres: Array
    image_centres: Array
    areas: Array
    orientation: Array
    visible_areas: Range
    value: Array
    jacobian: Array
    steps: Array
    cell: Array
    image: Array
    parallelogram: Array
    window: tuple[Range, Range]
    gaps: Gaps

    @property
    def determinant(self) -> float:
        """Det J at the point: by how much area grows there, negative if orientation turns."""
        return float(determinant(self.jacobian))


@dataclass(frozen=True)
class PatchSample:
    """A surface (u, v) ↦ f(u, v) in R³: points (3, nv, nu), and area factors (nv, nu)."""

    view: View
    grid: Grid
    values: Array
    areas: Array
    visible_areas: Range
    value: Array
    jacobian: Array
    gaps: Gaps


@dataclass(frozen=True)
class SolidSample:
    """f: R³ → R³: images of the three coordinate surfaces through the point, each (3, k, k).

    ``sheets[i]`` is the image of the surface on which variable i is held; ``window``  the ranges of
    the image of all of the box, since the point may go anywhere in it.
    """

    view: View
    sheets: tuple[Array, ...]
    window: tuple[Range, ...]
    value: Array
    jacobian: Array
    steps: Array
    gaps: Gaps

    @property
    def determinant(self) -> float:
        """Det J at the point: by how much volume grows there, negative if orientation turns."""
        return float(determinant(self.jacobian))


MapSample = CurveSample | PlaneMapSample | PatchSample | SolidSample


def sample_map(f: Node, jacobian: Node, view: View, show: Show = str) -> MapSample | None:
    """The sample that pictures f: Rⁿ → Rᵐ, or None where there is no picture of such a map.

    There is one for n = 1 and m = 2, 3; n = 2 and m = 2, 3; n = m = 3.
    """
    n, m = len(view.names), len(entries(f))
    if n == 1 and m in (2, 3):
        return _curve(f, jacobian, view, show)
    if n == 2 and m == 2:
        return _plane_map(f, jacobian, view, show)
    if n == 2 and m == 3:
        return _patch(f, jacobian, view, show)
    if n == m == 3:
        return _solid(f, jacobian, view, show)
    return None


def _curve(f: Node, jacobian: Node, view: View, show: Show) -> CurveSample:
    m = len(entries(f))
    grid = view.grid(CURVE_POINTS)
    function, slope = view.function(f, (m,)), view.function(jacobian, (m, 1))
    values = view.over(function, grid)
    defined: NDArray[np.bool_] = np.isfinite(values).all(axis=0)  # type: ignore[assignment]
    return CurveSample(
        view=view,
        parameter=grid.axes[0],
        values=np.where(defined, values, np.nan),
        speed=size_factor(view.over(slope, grid)),
        value=view.here(function),
        velocity=view.here(slope)[:, 0],
        gaps=gaps(defined, grid, show),
    )


def _plane_map(f: Node, jacobian: Node, view: View, show: Show) -> PlaneMapSample:
    function, slopes = view.function(f, (2,)), view.function(jacobian, (2, 2))
    fine, middle = view.grid(CELLS * SIDE + 1), _middles(view)
    values, J = view.over(function, fine), view.over(slopes, middle)
    window = tuple(shown_range(view.function(g), fine, values[i]) for i, g in enumerate(entries(f)))
    cells, images = _outlines(np.array(fine.full())), _outlines(values)
    factor = determinant(J).ravel()
    drawn = np.isfinite(factor)
    # A cell that a pole tears apart, or throws far off, has no image that could be drawn.
    images[~_near(images, window)] = np.nan
    defined: NDArray[np.bool_] = np.isfinite(values).all(axis=0)  # type: ignore[assignment]
    value, here = view.here(function), jacobian_at(view, jacobian, 2)
    steps = CHOSEN * view.spans / CELLS
    sides = view.shown_at[:, None] + steps[:, None] * (_square(SIDE * 3) - 0.5)
    return PlaneMapSample(
        view=view,
        cells=cells[drawn],
        images=images[drawn],
        centres=np.array(middle.full()).reshape(2, -1).T[drawn],
        image_centres=view.over(function, middle).reshape(2, -1).T[drawn],
        areas=np.abs(factor)[drawn],
        orientation=np.sign(factor)[drawn],
        visible_areas=_visible_areas(np.abs(factor)[drawn]),
        value=value,
        jacobian=here,
        steps=steps,
        cell=sides,
        image=function(*sides),
        parallelogram=value[:, None] + here @ (steps[:, None] * (_square(1) - 0.5)),
        window=(window[0], window[1]),
        gaps=gaps(defined, fine, show),
    )


def _middles(view: View) -> Grid:
    edges = view.grid(CELLS + 1)
    return Grid(view.shown, tuple((axis[1:] + axis[:-1]) / 2 for axis in edges.axes))


def _square(side: int) -> Array:
    """The outline of the unit square, counter-clockwise and closed, (2, 4·side + 1)."""
    go, zero = np.arange(side) / side, np.zeros(side)
    across = np.concatenate([go, zero + 1, 1 - go, zero, [0.0]])
    up = np.concatenate([zero, go, zero + 1, 1 - go, [0.0]])
    return np.array([across, up])


def _outlines(points: Array) -> Array:
    """Closed outlines of the CELLS² cells of a grid of points (2, rows, columns)."""
    across, up = (_square(SIDE) * SIDE).round().astype(int)
    corner = np.arange(CELLS) * SIDE
    rows = corner[:, None, None] + up
    columns = corner[None, :, None] + across
    return np.moveaxis(points[:, rows, columns].reshape(2, CELLS * CELLS, -1), 0, 1)


def _near(images: Array, window: tuple[Range, ...]) -> NDArray[np.bool_]:
    """Which images are at most a window's width outside the window: not torn apart by a pole."""
    low, high = np.array(window).T[:, None, :, None]
    reach = np.where(high > low, high - low, 1.0)
    inside = (images > low - reach) & (images < high + reach)
    return np.asarray(inside.all(axis=(1, 2)))


def _visible_areas(areas: Array) -> Range:
    """From 0 to the area factor that nearly all cells stay under: a few must not dim the rest."""
    if areas.size == 0:
        return 0.0, 1.0
    high = min(float(areas.max()), 2 * float(np.quantile(areas, 0.9)))
    return 0.0, high if high > 0 else max(float(areas.max()), 1.0)


def _patch(f: Node, jacobian: Node, view: View, show: Show) -> PatchSample:
    grid = view.grid(PATCH_POINTS)
    function = view.function(f, (3,))
    values = view.over(function, grid)
    areas = size_factor(view.over(view.function(jacobian, (3, 2)), grid))
    defined: NDArray[np.bool_] = np.isfinite(values).all(axis=0)  # type: ignore[assignment]
    return PatchSample(
        view=view,
        grid=grid,
        values=np.where(defined, values, np.nan),
        areas=areas,
        visible_areas=_visible_areas(areas[np.isfinite(areas)]),
        value=view.here(function),
        jacobian=jacobian_at(view, jacobian, 3),
        gaps=gaps(defined, grid, show),
    )


def _solid(f: Node, jacobian: Node, view: View, show: Show) -> SolidSample:
    names = view.names
    sheets = []
    missing = Gaps(0.0, {}, "")
    for held in names:
        side = replace(view, shown=tuple(name for name in names if name != held))
        grid = side.grid(SOLID_POINTS)
        values = side.over(side.function(f, (3,)), grid)
        defined: NDArray[np.bool_] = np.isfinite(values).all(axis=0)  # type: ignore[assignment]
        sheets.append(np.where(defined, values, np.nan))
        missing = missing or gaps(defined, grid, show)
    spans = np.array([view.ranges[name][1] - view.ranges[name][0] for name in names])
    at = view.here(view.function(array((3,), entries(f)), (3,)))
    box = replace(view, shown=names)
    window = box_image.image_window(f, box, box.grid(box_image.INNER_POINTS))
    slopes = jacobian_at(view, jacobian, 3)
    return SolidSample(view, tuple(sheets), window, at, slopes, spans / 5, missing)


def image_window(sample: PatchSample | SolidSample) -> list[Range]:
    """The range of each coordinate of the image."""
    if isinstance(sample, SolidSample):
        return list(sample.window)
    return [value_range(row) for row in sample.values]
