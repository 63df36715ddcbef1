"""The image of a box under a map of space: of its six faces, which bound the image."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from calc_core.evaluate import Grid
from calc_core.geometry.domain import gaps
from calc_core.geometry.poles import has_pole, robust_range, value_range
from calc_core.geometry.sampling import Range, Show
from calc_core.geometry.view import Array, View
from calc_core.graph import Node, entries

FACE_POINTS = 21
INNER_POINTS = 13
# Coordinates that spread this much further than their bulk are left to run out of the figure.
FAR = 4.0
# A coordinate that spreads less than this part of the others is constant but for rounding.
CONSTANT = 1e-9


@dataclass(frozen=True)
class BoxImage:
    """f: R³ → R³ over the ranges of all three variables.

    ``faces``   the images of the six faces, (3, k, k) each; ``window``  the ranges of the image;
    ``notes``   what the page has to say about it.
    """

    box: View
    faces: tuple[Array, ...]
    window: tuple[Range, ...]
    notes: tuple[str, ...]


def sample_box(f: Node, view: View, show: Show = str) -> BoxImage:
    """The image of the ranges."""
    box = replace(view, shown=view.names)
    faces = []
    for name in box.names:
        for end in box.ranges[name]:
            others = tuple(other for other in box.names if other != name)
            side = replace(box, shown=others, point={**box.point, name: end})
            values = side.over(side.function(f, (3,)), side.grid(FACE_POINTS))
            faces.append(np.where(np.isfinite(values).all(axis=0), values, np.nan))
    inside = box.grid(INNER_POINTS)
    defined = np.isfinite(box.over(box.function(f, (3,)), inside)).all(axis=0)
    missing = gaps(np.asarray(defined), inside, show)
    on_faces = np.concatenate([face.reshape(3, -1) for face in faces], axis=1)
    window = image_window(f, box, inside, on_faces)
    drawn = tuple(without_far(face, window) for face in faces)
    return BoxImage(box, drawn, window, (missing.sentence,) if missing else ())


def image_window(f: Node, view: View, grid: Grid, more: Array | None = None) -> tuple[Range, ...]:
    """The range of each coordinate of the image, without what runs off to infinity.

    ``grid``  where it is looked at; ``more``  further points of the image, (3, k).
    """
    windows = []
    further = np.empty((3, 0)) if more is None else more
    for component, others in zip(entries(f), further, strict=True):
        coordinate = view.function(component)
        values = view.over(coordinate, grid)
        found = np.concatenate([values.ravel(), others])
        (low, high), (bottom, top) = value_range(found), robust_range(found)
        is_far = high - low > FAR * (top - bottom) > 0
        runs_off = is_far and (np.isinf(values).any() or has_pole(coordinate, grid, values))
        windows.append((bottom, top) if runs_off else (low, high))
    widest = max(high - low for low, high in windows)
    return tuple(
        (low, high) if high - low > CONSTANT * widest else ((low + high) / 2,) * 2
        for low, high in windows
    )


def without_far(points: Array, window: tuple[Range, ...]) -> Array:
    """Points (3, …) with gaps where they are far outside the window."""
    low, high = np.array(window).T.reshape(2, 3, *[1] * (points.ndim - 1))
    reach = FAR * np.where(high > low, high - low, 1.0)
    with np.errstate(invalid="ignore"):
        near = ((points > low - reach) & (points < high + reach)).all(axis=0)
    return np.where(near, points, np.nan)
