"""The image of a box under a map of space: of its six faces, which bound the image."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from calc_core.geometry.domain import gaps
from calc_core.geometry.poles import robust_range, value_range
from calc_core.geometry.sampling import Range, Show
from calc_core.geometry.view import Array, View
from calc_core.graph import Node

FACE_POINTS = 21
INNER_POINTS = 13
# Coordinates that spread this much further than their bulk are left to run out of the figure.
FAR = 4.0


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
    window = image_window(np.concatenate([face.reshape(3, -1) for face in faces], axis=1))
    drawn = tuple(without_far(face, window) for face in faces)
    return BoxImage(box, drawn, window, (missing.sentence,) if missing else ())


def image_window(points: Array) -> tuple[Range, ...]:
    """The range of each coordinate of points (3, k), without what runs off to infinity."""
    windows = []
    for row in points:
        (low, high), (bottom, top) = value_range(row), robust_range(row)
        is_far = high - low > FAR * (top - bottom) > 0
        windows.append((bottom, top) if is_far else (low, high))
    return tuple(windows)


def without_far(points: Array, window: tuple[Range, ...]) -> Array:
    """Points (3, …) with gaps where they are far outside the window."""
    low, high = np.array(window).T.reshape(2, 3, *[1] * (points.ndim - 1))
    reach = FAR * np.where(high > low, high - low, 1.0)
    with np.errstate(invalid="ignore"):
        near = ((points > low - reach) & (points < high + reach)).all(axis=0)
    return np.where(near, points, np.nan)
