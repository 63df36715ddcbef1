"""A function of three variables over a box: where its level surfaces are looked for."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from calc_core.geometry.domain import gaps
from calc_core.geometry.poles import shown_range
from calc_core.geometry.sampling import Range, Show
from calc_core.geometry.view import View
from calc_core.graph import Node

# Enough to find the range of the values; the surface itself is computed in the browser.
BOX_POINTS = 25


@dataclass(frozen=True)
class LevelSample:
    """f over a box.

    ``box``      the view with all three variables along axes;
    ``visible``  the levels to be chosen from: all values, or at a pole the bulk of them;
    ``notes``    what the page has to say about it, a sentence each.
    """

    box: View
    visible: Range
    notes: tuple[str, ...]


def sample_levels(f: Node, view: View, show: Show = str) -> LevelSample:
    """The values of a function of three variables over the ranges of all three."""
    box = replace(view, shown=view.names, ranges=_whole(view))
    grid, function = box.grid(BOX_POINTS), box.function(f)
    values = box.over(function, grid)
    missing = gaps(np.isfinite(values), grid, show)
    return LevelSample(
        box, shown_range(function, grid, values), (missing.sentence,) if missing else ()
    )


def _whole(view: View) -> dict[str, Range]:
    """The ranges of all variables; one without gets as long a range as the others on average."""
    half = float(view.spans.mean()) / 2
    return {
        name: view.ranges.get(name, (view.point[name] - half, view.point[name] + half))
        for name in view.names
    }
